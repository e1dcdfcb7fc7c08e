import Testing

@testable import TextSearch

/// Which texts are spellings of one value.
@Suite struct SpellingGroupTests {
  @Test(arguments: [
    ("Huế", "HUẾ", true), ("Huế", "Hue\u{302}\u{301}", true), ("Huế", "Hue", false), ("hoà", "hòa", true),
    ("HOÀ", "hòa", true),
    ("Khánh Hòa", "khánh hoà", true), ("hoàn", "hòan", false), ("Évry", "évry", true), ("Évry", "Evry", false),
    ("đ", "Đ", true),
    ("đ", "d", false), ("œ", "Œ", true), ("œ", "oe", false), ("ﬁ", "fi", false), ("m²", "m2", false),
    ("a b", "a  b", false),
    ("l'an", "l’an", false), ("ΑΒΓ", "αβγ", true), ("Мир", "мир", true), ("", "", true), ("12", "12", true),
    ("ƯƠNG", "ương", true),
  ]) func groups(a: String, b: String, areOne: Bool) {
    #expect((SpellingGroup.key(of: a) == SpellingGroup.key(of: b)) == areOne, "\(a) \(b)")
  }
}

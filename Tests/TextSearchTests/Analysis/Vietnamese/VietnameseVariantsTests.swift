import TestSupport
import Testing

@testable import TextSearch

@Suite struct VietnameseVariantsTests {
  private static let syllables = "analysis/vietnamese/syllables_hunspell.txt"

  private static func other(_ form: String) -> String? {
    VietnameseVariants.other(Array(form.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [
    ("kỹ", "kĩ"), ("lý", "lí"), ("mỹ", "mĩ"), ("quý", "quí"), ("hy", "hi"), ("sỹ", "sĩ"), ("tỷ", "tỉ"), ("ky", "ki"),
    ("qui", "quy"), ("tỵ", "tị"), ("kì", "kỳ"),
  ])
  func `one syllable, two spellings`(form: String, other: String) {
    #expect(VietnameseVariantsTests.other(form) == other)
    #expect(VietnameseVariantsTests.other(other) == form)
  }

  @Test(arguments: [
    "", "y", "i", "ý", "nghi", "thi", "thuỳ", "bi", "vi", "chi", "kim", "kia", "quỳnh", "tuy", "gì", "quê",
  ])
  func `all else has one spelling`(form: String) {
    #expect(VietnameseVariantsTests.other(form) == nil)
  }

  @Test(.enabled(if: TestData.isPresent(syllables)))
  func `the other spelling is a syllable and leads back`() throws {
    var count = 0
    for line in try TestData.lines(VietnameseVariantsTests.syllables) {
      let form = Array(line.utf8)
      guard VietnameseSyllable.shared.accepts(form), let other = VietnameseVariants.other(form) else { continue }
      count += 1
      #expect(VietnameseSyllable.shared.accepts(other), "\(line)")
      #expect(VietnameseVariants.other(other) == form, "\(line)")
    }
    #expect(count > 40)
  }
}

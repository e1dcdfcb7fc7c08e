import TestSupport
import Testing

@testable import TextSearch

@Suite struct TypedInputTests {
  private static let letters = "analysis/vietnamese/letters_telex_vni_viqr.tsv"
  private static let syllables = "analysis/vietnamese/syllables_hunspell.txt"

  private static func decode(_ keys: String) -> String? {
    TypedInput.decode(Array(keys.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [
    ("ddoois", "đối"), ("ngoaij", "ngoại"), ("d9o61i", "đối"), ("ngoa5i", "ngoại"), ("nguwowif", "người"),
    ("ngu7o72i", "người"), ("nguoi72", "người"), ("nguowif", "người"), ("nguoiwf", "người"), ("w", "ư"),
    ("tw", "tư"), ("nhwng", "nhưng"), ("nhuwngx", "những"), ("thuowr", "thuở"), ("thuowngf", "thường"),
    ("thuongwf", "thường"), ("wowcs", "ước"), ("muaw", "mưa"), ("luuw", "lưu"), ("quow", "quơ"), ("hoawcj", "hoặc"),
    ("DDoois", "đối"), ("DOOSID", "đối"), ("D9O61I", "đối"), ("dodois", "đối"), ("hoaf", "hoà"), ("thuyr", "thuỷ"),
    ("khoer", "khoẻ"), ("quys", "quý"), ("quoocs", "quốc"), ("gif", "gì"), ("giaf", "già"), ("gieengs", "giếng"),
    ("booong", "boong"), ("goongf", "gồng"), ("gooongf", "goòng"), ("ngoaos", "ngoáo"), ("ngoeof", "ngoèo"),
    ("khuyur", "khuỷu"), ("xuana", "xuân"), ("tieengs", "tiếng"), ("tie61ng", "tiếng"), ("tieng16", "tiếng"),
    ("vieetj", "việt"), ("vie65t", "việt"), ("nghieeng", "nghiêng"), ("cuar", "của"), ("nuwowcs", "nước"),
  ])
  func `typing is decoded`(keys: String, expected: String) {
    #expect(TypedInputTests.decode(keys) == expected)
  }

  @Test(arguments: [
    "", "an", "doi", "ngoai", "pass", "tests", "12", "2025", "mp3", "w3c", "1a", "a12", "doot", "aaaaaaaaaaaaaaaa",
    "oooooooooooooo", "đoois", "x", "s", "6", "9d", "hello", "window", "caâ",
  ])
  func `what is no typing stays`(keys: String) {
    #expect(TypedInputTests.decode(keys) == nil)
  }

  @Test(.enabled(if: TestData.isPresent(letters)))
  func `every letter of the table`() throws {
    var rows = 0
    for line in try TestData.lines(TypedInputTests.letters).dropFirst() {
      let columns = line.split(separator: "\t").map(String.init)
      let expected = columns[0].lowercased()
      for keys in columns[4...5] {
        let letter = TypedInput.decodeLetter(Array(keys.utf8)).map { String(decoding: $0, as: UTF8.self) }
        #expect(letter == expected, "\(keys)")
      }
      rows += 1
    }
    #expect(rows == 146)
  }

  @Test(.enabled(if: TestData.isPresent(syllables)))
  func `attested syllables come back from their keys`() throws {
    var count = 0
    var failures: [String] = []
    for line in try TestData.lines(TypedInputTests.syllables) {
      let form = Array(line.lowercased().precomposedStringWithCanonicalMapping.utf8)
      guard VietnameseSyllable.shared.accepts(form), !form.allSatisfy({ $0 < 0x80 }) else { continue }
      let expected = String(decoding: ToneMarks.canonical(form), as: UTF8.self)
      for keys in KeyEncoder.telex(expected) + KeyEncoder.vni(expected) {
        count += 1
        let found = TypedInputTests.decode(keys)
        if found != expected { failures.append("\(keys): \(found ?? "nil"), not \(expected)") }
      }
    }
    #expect(failures.isEmpty, "\(failures.count): \(failures.prefix(40))")
    #expect(count > 40_000)
  }
}

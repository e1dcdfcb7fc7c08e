import TestSupport
import Testing

@testable import FTSInput

@Suite struct VIQRTests {
  private static let letters = "analysis/vietnamese/letters_telex_vni_viqr.tsv"

  @Test(.enabled(if: TestData.isPresent(letters)))
  func `every letter of the table`() throws {
    for line in try TestData.lines(VIQRTests.letters).dropFirst() {
      let columns = line.split(separator: "\t").map(String.init)
      let text = VIQR.decode(columns[6])
      #expect(Array(text.unicodeScalars) == Array(columns[0].unicodeScalars), "\(columns[6])")
      // The marks escaped are themselves.
      let escaped = columns[6].map { "\\\($0)" }.joined()
      #expect(VIQR.decode(escaped) == columns[6])
    }
  }

  @Test(arguments: [
    // The samples of the Viet-Std group.
    ("To^i ye^u tie^'ng nu+o+'c to^i tu+` khi mo+'i ra ddo+`i\\.", "Tôi yêu tiếng nước tôi từ khi mới ra đời."),
    ("O^ng te^n gi`\\? To^i te^n la` Tra^`n Va(n Hie^'u\\.", "Ông tên gì? Tôi tên là Trần Văn Hiếu."),
    ("Ted\\dy Thu.y\\.", "Teddy Thụy."),
    // A mark that makes no letter is punctuation.
    ("A+ b. c' (x) 1+1 = 2? y+z", "A+ b. c' (x) 1+1 = 2? y+z"), ("Vie^.t Nam.", "Việt Nam."),
    ("ba('c (ba('c)", "bắc (bắc)"), ("la`.", "là."), ("la.", "lạ"), ("la\\.", "la."), ("co'?", "có?"),
    // Marks in either order, capitals of both kinds.
    ("tie^'ng tie'^ng", "tiếng tiếng"), ("DDo^`ng Ddo^`ng ddo^`ng", "Đồng Đồng đồng"), ("dD", "dD"),
    // URLs hold marks behind vowels: escaped, or in literal or English text.
    ("http://example\\.com/a\\?b=1", "http://example.com/a?b=1"),
    ("\\lhttp://example.com/a?b=c\\d\\v ba.n", "http://example.com/a?b=c\\d bạn"),
    ("\\mIs it true? No. a\\.\\v Thu+'", "Is it true? No. a. Thứ"),
    ("http://example.com", "http://examplẹcom"),
    ("\\\\", "\\"), ("a\\", "a\\"), ("", ""), ("a\\\\'", "a\\'"), ("o\\^'", "o^'"),
  ])
  func `running text`(text: String, expected: String) {
    #expect(Array(VIQR.decode(text).unicodeScalars) == Array(expected.unicodeScalars))
  }
}

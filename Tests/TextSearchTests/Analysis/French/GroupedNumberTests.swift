import Testing

@testable import TextSearch

/// Telephone and SIRET numbers: one number, however it is grouped.
@Suite struct GroupedNumberTests {
  private let analyzer = TestAnalyzer()

  @Test(arguments: [
    "01 23 45 67 89", "01.23.45.67.89", "01-23-45-67-89", "0123456789", "01\u{A0}23\u{A0}45\u{A0}67\u{A0}89",
    "01\u{202F}23\u{202F}45\u{202F}67\u{202F}89",
  ])
  func telephoneNumbersAreOne(text: String) throws {
    #expect(analyzer.forms("Tél. : \(text).") == ["tél", "0123456789"])
    #expect(analyzer.forms("ĐT \(text), Hà Nội") == ["đt", "0123456789", "hà", "nội"])
    let token = analyzer.tokens("au \(text) le matin")[1]
    #expect(String(decoding: token.source, as: UTF8.self) == text)
    let index = try TestIndex(["d": "Appelez le \(text) le matin"])
    for query in ["01 23 45 67 89", "01.23.45.67.89", "0123456789", "01-23-45-67-89", "\"le 01 23 45 67 89 le matin\""]
    {
      #expect(try index.keys(parsing: query) == ["d"], "\(query)")
    }
  }

  @Test(arguments: [
    "123 456 789 00012", "12345678900012", "123.456.789.00012", "123\u{A0}456\u{A0}789\u{A0}00012",
  ])
  func establishmentNumbersAreOne(text: String) throws {
    #expect(analyzer.forms("SIRET \(text) RCS") == ["siret", "12345678900012", "rcs"])
    let index = try TestIndex(["d": "SIRET : \(text)"])
    for query in ["123 456 789 00012", "12345678900012", "\"siret 123 456 789 00012\""] {
      #expect(try index.keys(parsing: query) == ["d"], "\(query)")
    }
  }

  @Test(arguments: [
    ("0912 345 678", "0912345678"), ("0912.345.678", "0912345678"), ("0912-345-678", "0912345678"),
    ("091 234 5678", "0912345678"), ("0912 34 56 78", "0912345678"), ("028 3822 1234", "02838221234"),
    ("(028) 3822 1234", "02838221234"), ("0283 822 1234", "02838221234"), ("028.3822.1234", "02838221234"),
    ("0912\u{A0}345\u{A0}678", "0912345678"), ("+84 912 345 678", "0912345678"), ("+84912345678", "0912345678"),
    ("+84 28 3822 1234", "02838221234"), ("+84.912.345.678", "0912345678"), ("+33 1 23 45 67 89", "0123456789"),
    ("+33 (0)1 23 45 67 89", "0123456789"), ("+33123456789", "0123456789"), ("+33-1-23-45-67-89", "0123456789"),
    ("+33\u{A0}1\u{A0}23\u{A0}45\u{A0}67\u{A0}89", "0123456789"),
  ])
  func telephoneNumbersOfVietnamAndWithCountryCodes(text: String, number: String) throws {
    #expect(analyzer.forms("ĐT: \(text), gọi") == ["đt", number, "gọi"])
    #expect(analyzer.forms("Tél. \(text)") == ["tél", number] && analyzer.forms(text) == [number])
    let index = try TestIndex(["d": "Appelez le \(text) le matin", "other": "Appelez le 33 ou le 84"])
    for query in [number, "\"le \(text) le\"", "+\(number)", "\"\(text)\""] {
      #expect(try index.keys(parsing: query) == ["d"], "\(query)")
    }
    #expect(try index.keys(text) == ["d"])
    // A parenthesis at the beginning of an operand groups.
    if !text.hasPrefix("(") { #expect(try index.keys(parsing: text + " matin") == ["d"]) }
  }

  @Test(arguments: [
    ("+33 1 23 45", ["33", "1", "23", "45"]), ("+33", ["33"]), ("+84 trang", ["84", "trang"]), ("+", []),
    ("+33 1 23 45 67 89 10", ["33", "1", "23", "45", "67", "89", "10"]), ("0112 345 678", ["0112", "345678"]),
    ("+49 30 123456", ["49", "30", "123456"]), ("0912 345 678 9", ["0912", "345678", "9"]),
    ("7 0912 345 678", ["7", "0912", "345678"]), ("0912 345-678", ["0912", "345", "678"]),
    ("0912 345 678k", ["0912", "345", "678k"]), ("028) 3822 1234", ["028", "3822", "1234"]), ("+33 (0)", ["33", "0"]),
    ("+33 (0)1", ["33", "0", "1"]), ("2020 345 678", ["2020", "345678"]),
  ])
  func otherGroupsStay(text: String, expected: [String]) { #expect(analyzer.forms(text) == expected) }

  @Test func aPlusBeforeOtherNumbersRequiresThem() throws {
    let index = try TestIndex(["d": "en 2025 et 33 autres", "other": "en 33"])
    #expect(try index.keys(parsing: "+33 +2025") == ["d"] && index.keys(parsing: "+2025 33") == ["d"])
  }

  @Test(arguments: [
    ("01.02.2024", ["01.02.2024"]), ("01 02 2024", ["01", "02", "2024"]), ("01-02-2024", ["01", "02", "2024"]),
    ("01 23 45 67", ["01", "23", "45", "67"]), ("01 23 45 67 89 10", ["01", "23", "45", "67", "89", "10"]),
    ("12 01 23 45 67 89", ["12", "01", "23", "45", "67", "89"]), ("01 23-45 67 89", ["01", "23", "45", "67", "89"]),
    ("01 23 45 67 8901", ["01", "23", "45", "67", "8901"]), ("00 23 45 67 89", ["00", "23", "45", "67", "89"]),
    ("01 23 45 67 89e", ["01", "23", "45", "67", "89e"]), ("12 23 45 67 89", ["12", "23", "45", "67", "89"]),
    ("123 456 789", ["123456789"]), ("123 456 789 0001", ["123456789", "0001"]),
    ("123456789 00012", ["123456789", "00012"]),
    ("123 456 789 000123", ["123456789", "000123"]), ("1 234 567,89", ["1234567,89"]), ("12.34.56", ["12.34.56"]),
  ])
  func otherNumbersStay(text: String, expected: [String]) { #expect(analyzer.forms(text) == expected) }
}

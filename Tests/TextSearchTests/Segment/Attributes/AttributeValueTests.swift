import TestSupport
import Testing

@testable import TextSearch

/// Typed values: reading, order, types and schemas.
@Suite struct AttributeValueTests {
  @Test(arguments: [
    ("0", 0), ("-0", 0), ("7", 7), ("+7", 7), ("-7", -7), ("007", 7), ("7.0", 7), ("7.000", 7), ("1e3", 1000),
    ("1.5E+3", 1500), ("1500e-2", 15), ("0e999", 0), ("0.0", 0), ("9223372036854775807", Int64.max),
    ("-9223372036854775808", Int64.min), ("9.223372036854775807e18", Int64.max), ("10e-1", 1),
  ]) func wholeNumbersAreRead(text: String, number: Int64) {
    #expect(AttributeValue(text, as: .integer) == .integer(number))
  }

  @Test(arguments: [
    "", "-", "+", ".5", "5.", "7.5", "1e", "e3", "1e+", "1e1.5", "9223372036854775808", "1e19", "1e1000",
    "1e99999999999",
    "15e-2", "0x10", " 7", "7 ", "1,000", "٧", "--7", "1e--3", "NaN",
  ]) func otherTextsAreNoNumbers(text: String) {
    #expect(AttributeValue(text, as: .integer) == .keyword(text))
    #expect(AttributeSchema(["n": .integer]).misfits([text, "3"], of: "n") == [text])
  }

  @Test func typesOfAttributesThatAreNotDeclared() {
    let schema = AttributeSchema(["n": .integer, "date": .keyword])
    #expect(schema.type(of: "n") == .integer && schema.type(of: "date") == .keyword)
    #expect(AttributeSchema().type(of: "date") == .date && AttributeSchema().type(of: "n") == .keyword)
    #expect(schema.misfits(["x"], of: "date").isEmpty && schema.misfits(["x"], of: "other").isEmpty)
    #expect(schema.fingerprint != AttributeSchema().fingerprint)
    #expect(schema.fingerprint == AttributeSchema(["date": .keyword, "n": .integer]).fingerprint)
  }

  @Test func keysAreInTheOrderOfValues() {
    var random = SeededRandom(seed: 1211)
    for type in AttributeType.allCases {
      let values = (0..<300).map { _ in AttributeValue(AttributeModel.text(of: type, &random), as: type) }
      #expect(values.sorted().map(AttributeKey.init) == values.map(AttributeKey.init).sorted(), "seed 1211")
      #expect(Set(values).count == Set(values.map(AttributeKey.init)).count, "seed 1211")
      for value in values { #expect(AttributeValue(value.text, as: type) == value, "seed 1211") }
    }
    #expect(AttributeValue.keyword("e\u{301}") != .keyword("é"))
    #expect([.keyword(""), AttributeValue.integer(9)].sorted() == [.integer(9), .keyword("")])
  }

  @Test func longTextsAreCutAtAnEnd() {
    for text in [
      String(repeating: "a", count: 1024), String(repeating: "é", count: 700), "x" + String(repeating: "ộ", count: 500),
    ] {
      guard case .text(let bytes) = AttributeKey(.keyword(text + "tail")) else { return }
      let cut = String(decoding: bytes, as: UTF8.self)
      #expect(text.hasPrefix(cut) && bytes.count <= 1024 && bytes.count > 1020)
    }
  }
}

import Foundation
import Testing

@testable import TextSearch

/// Raised and lowered digits and letters.
@Suite struct ScriptDigitTests {
  private let analyzer = TestAnalyzer()

  @Test(arguments: [
    ("CO₂", "CO2"), ("H₂O", "H2O"), ("h₂so₄", "H2SO4"), ("C₆H₁₂O₆", "C6H12O6"), ("m²", "m2"), ("km²", "km2"),
    ("20m²", "20m2"), ("M³", "m3"), ("x¹⁰", "x10"), ("l’H₂O", "H2O"), ("É₂", "É2"), ("XIXᵉ", "XIXe"), ("XIXᵉ", "19e"),
    ("Mᵐᵉ", "Mme"), ("Mˡˡᵉ", "Mlle"), ("1ᵉʳ", "1er"), ("Nᵒ", "no"),
  ])
  func oneAddress(first: String, second: String) throws {
    for text in [first, first.decomposedStringWithCanonicalMapping, first + " "] {
      #expect(analyzer.tokens(text).map(\.address) == analyzer.tokens(second).map(\.address), "\(text)")
    }
    for (text, query) in [(first, second), (second, first)] {
      #expect(try TestIndex(["d": "Le taux de \(text) est bas, nồng độ \(text) thấp"]).keys(parsing: query) == ["d"])
      #expect(try TestIndex(["d": "Le taux de \(text) est bas"]).keys(parsing: "\"taux de \(query) est bas\"") == ["d"])
    }
  }

  @Test(arguments: [
    ("10³", ["10", "3"]), ("10³⁰ kg", ["10", "30", "kg"]), ("10₂", ["10", "2"]), ("10³km", ["10", "3", "km"]),
    ("10³⁰km²", ["10", "30", "km2"]), ("² ici", ["2", "ici"]), ("²km", ["2", "km"]), ("1 234²", ["1234", "2"]),
    ("SO₄²⁻", ["so4"]), ("la commission² des", ["la", "commission", "des"]), ("Đổi mới¹", ["đổi", "mới"]),
    ("mot ¹ ici", ["mot", "ici"]), ("x² + y²", ["x2", "y2"]), ("m³/s", ["m3", "s"]), ("5 m²", ["5", "m2"]),
    ("½ ①", []),
  ])
  func tokens(text: String, expected: [String]) { #expect(analyzer.forms(text) == expected) }

  @Test func powersAreNoLongerNumbers() throws {
    let index = try TestIndex(["power": "environ 10³ habitants", "number": "environ 103 habitants"])
    #expect(try index.keys(parsing: "103") == ["number"])
    #expect(try index.keys(parsing: "\"10³ habitants\"") == ["power"])
    #expect(try index.keys(parsing: "co₂*").isEmpty)
    #expect(try TestIndex(["d": "CO₂e émis"]).keys(parsing: "CO₂*") == ["d"])
  }
}

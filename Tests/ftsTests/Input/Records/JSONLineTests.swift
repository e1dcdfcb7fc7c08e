import Foundation
import TestSupport
import Testing

@testable import FTSInput

/// Lines of JSON: RFC 8259, checked against Foundation's parser.
///
/// Meant differences from it: malformed UTF-8 and half surrogate pairs are replaced and counted, nesting ends at 256,
/// a line holds no line break, numbers have no largest value, a U+FEFF at the head of a string stays, and there is no
/// comma before a closing bracket (RFC 8259 has none; Foundation on Linux takes it).
@Suite struct JSONLineTests {
  private func parse(_ text: String) throws -> JSONLine { try JSONLine(Array(text.utf8).span) }

  private func parse(_ bytes: [UInt8]) throws -> JSONLine { try JSONLine(bytes.span) }

  @Test func `Members of every kind`() throws {
    let line = try parse(
      #" { "s" : "t" , "n":-1.5e+3,"t":true,"f":false,"z":null,"a":[1,{"b":"c"},[]],"o":{"p":{}} , "":""}"# + "\t\r ")
    #expect(line["s"] == "t")
    #expect(line["n"] == "-1.5e+3")
    #expect(line["t"] == "true")
    #expect(line["f"] == "false")
    for name in ["z", "a", "o", "b", "p", "none"] { #expect(line[name] == nil, "\(name)") }
    #expect(line[""] == "")
    #expect(line.members.members.map(\.name) == ["s", "n", "t", "f", "a", "a.b", ""])
    #expect(line.members["a"] == ["1"] && line.members["a.b"] == ["c"])
    #expect(line.arrays == ["a"] && line.objects == ["a": ["a.b"], "o": ["o.p"], "o.p": []])
    #expect(line.repaired == 0)
  }

  @Test func `Of members of one name the last counts`() throws {
    #expect(try parse(#"{"a":"1","a":"2"}"#)["a"] == "2")
  }

  @Test func `Escapes`() throws {
    let line = try parse(#"{"a":"\"\\\/\b\f\n\r\tA\u0041\u00e9\u1ED1\u0000\uD83D\uDE42"}"#)
    #expect(line["a"] == "\"\\/\u{8}\u{C}\n\r\tAAéố\u{0}🙂")
  }

  static let halves = [
    (#"\ud83d"#, "\u{FFFD}", 1), (#"\ude42"#, "\u{FFFD}", 1), (#"\ud83dx"#, "\u{FFFD}x", 1),
    (#"\ud83d\n"#, "\u{FFFD}\n", 1),
    (#"\ud83d\ud83d\ude42"#, "\u{FFFD}🙂", 1), (#"\ude42\ud83d"#, "\u{FFFD}\u{FFFD}", 2),
    (#"\ud83d\u0041"#, "\u{FFFD}A", 1),
  ]

  @Test(arguments: halves) func `Half surrogate pairs are replaced and counted`(
    escaped: String, text: String, repaired: Int
  ) throws {
    let line = try parse("{\"a\":\"\(escaped)\"}")
    #expect(line["a"] == text)
    #expect(line.repaired == repaired)
  }

  @Test func `Malformed UTF-8 is replaced and counted`() throws {
    let line = try parse(Array(#"{"a":"x"#.utf8) + [0xFF, 0x79, 0xC3] + Array(#"z","b":"ok"}"#.utf8))
    #expect(line["a"] == "x\u{FFFD}y\u{FFFD}z")
    #expect(line["b"] == "ok")
    #expect(line.repaired == 2)
  }

  @Test func `A string keeps its U+FEFF`() throws {
    #expect(try parse("{\"a\":\"\u{FEFF}x\"}")["a"]?.unicodeScalars.count == 2)
  }

  static let broken = [
    "", " ", "{", "}", "[]", "[{}]", "null", "\"a\"", "1", "{}{}", "{} x", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#,
    #"{"a":1 "b":2}"#, #"{"a" 1}"#, #"{a:1}"#, #"{'a':1}"#, #"{"a":'b'}"#, #"{"a":"b}"#, #"{"a":"\x"}"#,
    #"{"a":"\u12"}"#,
    #"{"a":"\u12g4"}"#, #"{"a":"\"#, #"{"a":01}"#, #"{"a":1.}"#, #"{"a":.5}"#, #"{"a":+1}"#, #"{"a":1e}"#, #"{"a":-}"#,
    #"{"a":nul}"#, #"{"a":True}"#, #"{"a":NaN}"#, #"{"a":0x1}"#, #"{"a":[1,]}"#, #"{"a":[1 2]}"#, #"{"a":[}"#,
    #"{"a":{"b"}}"#, #"{"a":{1:2}}"#, #"{"a":[1}}"#, "{\"a\":\"tab\tin\"}", "{\"a\":\"\u{1}\"}", "\u{FEFF}{}",
    "{\"a\":1}\u{0}",
    "{\"a\":1}\u{A0}", "// {}", "{/**/}",
  ]

  @Test(arguments: broken) func `Broken lines are refused, by Foundation too`(text: String) {
    #expect(throws: JSONLine.Failure.self) { try parse(text) }
    if text != "\u{FEFF}{}", !JSONLineTests.endsInComma(text) {
      #expect(JSONLineTests.foundation(Array(text.utf8)) == nil)
    }
  }

  @Test func `The column of a failure is that of the byte`() {
    #expect(throws: JSONLine.Failure(column: 6, message: "a value expected")) { try parse(#"{"a":}"#) }
    #expect(throws: JSONLine.Failure(column: 1, message: "an object expected")) { try parse("x") }
    #expect(throws: JSONLine.Failure(column: 9, message: "text after the object")) { try parse(#"{"a":1} x"#) }
  }

  @Test func `Nesting ends at 256 and never overflows the stack`() throws {
    func nested(_ depth: Int) -> String {
      "{\"a\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
    }
    #expect(try parse(nested(200)).members.members.isEmpty)
    #expect(try parse(nested(255)).members.members.isEmpty)
    #expect(throws: JSONLine.Failure.self) { try parse(nested(256)) }
    #expect(throws: JSONLine.Failure.self) { try parse(nested(1_000_000)) }
    #expect(throws: JSONLine.Failure.self) { try parse(String(repeating: "{\"a\":", count: 100_000)) }
  }

  // MARK: Against Foundation

  private static func foundation(_ bytes: [UInt8]) -> [String: Any]? {
    (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any]
  }

  private static func endsInComma(_ text: String) -> Bool { text.contains(/,[ \t]*[}\]]/) }

  private static let texts = [
    "", "a", "pivoine", "đối ngoại", "e\u{301}", "🙂", "\u{2028}", #"\n"#, #"\""#, #"\\"#, #"\u00e9"#, #"\ud83d\ude42"#,
    "/", #"\/"#,
  ]
  private static let scalars = [
    "0", "-0", "1", "-12", "3.25", "1e3", "2E-2", "6.02e+23", "true", "false", "null", "123456789",
  ]

  private func value(_ random: inout SeededRandom, depth: Int) -> String {
    switch random.integer(0...(depth < 4 ? 9 : 7)) {
    case 0...3: return string(&random)
    case 4...7: return random.pick(JSONLineTests.scalars)
    case 8:
      let items = (0..<random.integer(0...3)).map { _ in value(&random, depth: depth + 1) }
      return "[" + space(&random) + items.joined(separator: "," + space(&random)) + "]"
    default: return object(&random, depth: depth + 1)
    }
  }

  private func string(_ random: inout SeededRandom) -> String {
    "\"" + (0..<random.integer(0...3)).map { _ in random.pick(JSONLineTests.texts) }.joined() + "\""
  }

  private func space(_ random: inout SeededRandom) -> String { random.pick(["", "", "", " ", "\t", "  "]) }

  private func object(_ random: inout SeededRandom, depth: Int) -> String {
    let members = (0..<random.integer(0...4)).map { number in
      "\"m\(number)\"" + space(&random) + ":" + space(&random) + value(&random, depth: depth)
    }
    return "{" + space(&random) + members.joined(separator: space(&random) + ",") + space(&random) + "}"
  }

  /// Expects the verdict and the values of Foundation.
  private func compare(_ text: String, _ context: String) {
    let bytes = Array(text.utf8)
    let line = try? parse(bytes)
    let object = JSONLineTests.foundation(bytes)
    if let line, line.repaired > 0 { return }
    guard let line, let object else {
      if line == nil, JSONLineTests.endsInComma(text) { return }
      if object == nil, text.contains(/[eE]\+?[0-9]{3}/) { return }
      #expect((line == nil) == (object == nil), "\(context): \(text.debugDescription)")
      return
    }
    // Foundation keeps any one of several members with one name.
    for (name, value) in object where text.components(separatedBy: "\"\(name)\"").count == 2 {
      check(line[name], value, "\(context): \(name) in \(text.debugDescription)")
    }
    for member in line.members.members {
      let isKnown = object.keys.contains { member.name == $0 || member.name.hasPrefix($0 + ".") }
      #expect(isKnown, "\(context): \(member.name) in \(text.debugDescription)")
    }
  }

  private func check(_ ours: String?, _ value: Any, _ context: String) {
    if let text = value as? String {
      #expect(ours.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars), "\(context)")
    } else if value is NSNull || value is [Any] || value is [String: Any] {
      #expect(ours == nil, "\(context)")
    } else if ours == "true" || ours == "false" {
      #expect((value as? Bool) == (ours == "true"), "\(context)")
    } else {
      let theirs = (value as? NSNumber)?.doubleValue ?? .nan
      let number = ours.flatMap(Double.init) ?? .infinity
      #expect(abs(theirs - number) <= 1e-12 * abs(number), "\(context)")
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func `Random lines are read as Foundation reads them`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for round in 0..<1000 {
      let text = object(&random, depth: 0)
      #expect((try? parse(text)) != nil, "seed \(seed), round \(round): \(text)")
      compare(text, "seed \(seed), round \(round)")
    }
  }

  @Test(arguments: [4, 5, 6] as [UInt64]) func `Mutated lines are taken or refused as Foundation does`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let letters = Array(#"{}[]:,"\/u0123456789abcdefntrue-+.E é🙂"#.unicodeScalars)
    for round in 0..<2000 {
      var scalars = Array(object(&random, depth: 0).unicodeScalars)
      for _ in 0..<random.integer(1...2) {
        let index = random.integer(0...scalars.count - 1)
        switch random.integer(0...3) {
        case 0: scalars.remove(at: index)
        case 1: scalars.insert(random.pick(letters), at: index)
        case 2: scalars[index] = random.pick(letters)
        default: scalars.swapAt(index, random.integer(0...scalars.count - 1))
        }
        if scalars.isEmpty { scalars.append("{") }
      }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      compare(String(view), "seed \(seed), round \(round)")
    }
  }

  @Test func `Random bytes are refused or read, never fatal`() {
    let seed: UInt64 = 7
    var random = SeededRandom(seed: seed)
    for round in 0..<5000 {
      var bytes = Array(object(&random, depth: 0).utf8)
      for _ in 0..<random.integer(1...4) { bytes[random.integer(0...bytes.count - 1)] = UInt8(random.integer(0...255)) }
      if random.integer(0...3) == 0 { bytes.removeLast(random.integer(0...bytes.count)) }
      do {
        #expect(try parse(bytes).repaired >= 0)
      } catch let failure as JSONLine.Failure {
        #expect((1...bytes.count + 1).contains(failure.column), "seed \(seed), round \(round)")
      } catch {
        Issue.record(error, "seed \(seed), round \(round)")
      }
    }
  }
}

import TextSearch

/// Standard output, buffered, for data; standard error, unbuffered, for messages.
final class Output {
  private var bytes: [UInt8] = []
  private static let bufferSize = 1 << 16

  /// Whether standard output is a terminal that may show colours.
  let isStyled: Bool

  init() {
    isStyled = SystemCalls.isTerminal(SystemCalls.standardOutput) && SystemCalls.environment("NO_COLOR") == nil
  }

  /// Writes a line to standard output; it may stay in the buffer until ``flush()``.
  ///
  /// - Throws: ``SearchError`` if standard output cannot be written.
  func line(_ text: String) throws(SearchError) {
    bytes.append(contentsOf: text.utf8)
    bytes.append(0x0A)
    if bytes.count >= Output.bufferSize { try flush() }
  }

  /// Writes the buffered lines. Blocks until standard output takes them.
  func flush() throws(SearchError) {
    guard !bytes.isEmpty else { return }
    defer { bytes.removeAll(keepingCapacity: true) }
    try SystemCalls.write(SystemCalls.standardOutput, bytes.span, path: "standard output")
  }

  /// Returns a text with spaces instead of control characters: a document must not send commands to the terminal.
  static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }) else {
      return text
    }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      out.append(scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? " " : scalar)
    }
    return String(out)
  }

  /// Writes a line to standard error; a failure is ignored, since there is no other channel to report it on.
  static func say(_ text: String) {
    let bytes = Array((text + "\n").utf8)
    try? SystemCalls.write(SystemCalls.standardError, bytes.span, path: "standard error")
  }
}

/// Numbers as text for people to read.
enum Format {
  /// Returns a number with `digits` digits after the point, rounded half away from zero, in every locale alike.
  static func fixed(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return String(value) }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    let whole = Int(scaled / scale)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard digits > 0 else { return sign + String(whole) }
    let fraction = String(Int(scaled - Double(whole) * scale))
    return sign + String(whole) + "." + String(repeating: "0", count: max(0, digits - fraction.count)) + fraction
  }

  /// Returns two hexadecimal digits for each byte.
  static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  /// Returns a number with thousands separated by commas.
  static func grouped(_ value: some BinaryInteger) -> String {
    var out = ""
    let digits = String(value)
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0, out != "-" { out.append(",") }
      out.append(digit)
    }
    return out
  }

  /// Returns a number of bytes in bytes, kB or MB (powers of 1000).
  static func bytes(_ count: Int) -> String {
    if count < 10_000 { return "\(grouped(count)) bytes" }
    if count < 10_000_000 { return fixed(Double(count) / 1000, 0) + " kB" }
    return fixed(Double(count) / 1_000_000, 1) + " MB"
  }
}

/// A JSON object on one line; members keep the order in which they are added.
struct JSONObject {
  private var text = "{"

  mutating func add(_ name: String, _ value: String?) {
    addName(name)
    if let value { text += JSONObject.quoted(value) } else { text += "null" }
  }

  mutating func add(_ name: String, _ value: some FixedWidthInteger) {
    addName(name)
    text += String(value)
  }

  mutating func add(_ name: String, _ value: Double?) {
    addName(name)
    text += value.map { $0.isFinite ? $0.description : "null" } ?? "null"
  }

  mutating func add(_ name: String, _ values: [String]) {
    addName(name)
    text += "[" + values.map(JSONObject.quoted).joined(separator: ",") + "]"
  }

  mutating func add(_ name: String, numbers: [some FixedWidthInteger]) {
    addName(name)
    text += "[" + numbers.map { String($0) }.joined(separator: ",") + "]"
  }

  mutating func add(_ name: String, _ value: Bool) {
    addName(name)
    text += value ? "true" : "false"
  }

  mutating func add(_ name: String, object: JSONObject) {
    addName(name)
    text += object.line
  }

  mutating func add(_ name: String, objects: [JSONObject]) {
    addName(name)
    text += "[" + objects.map(\.line).joined(separator: ",") + "]"
  }

  mutating func add(_ name: String, _ value: Float) {
    addName(name)
    text += value.isFinite ? value.description : "null"
  }

  /// The object with its closing brace.
  var line: String { text + "}" }

  private mutating func addName(_ name: String) {
    if text.utf8.count > 1 { text += "," }
    text += JSONObject.quoted(name) + ":"
  }

  /// Returns a JSON string literal; control characters are escaped.
  static func quoted(_ value: String) -> String {
    var out: [UInt8] = [0x22]
    for byte in value.utf8 {
      switch byte {
      case 0x22: out += [0x5C, 0x22]
      case 0x5C: out += [0x5C, 0x5C]
      case 0x0A: out += [0x5C, 0x6E]
      case 0x0D: out += [0x5C, 0x72]
      case 0x09: out += [0x5C, 0x74]
      case 0..<0x20, 0x7F:
        let digits = String(byte, radix: 16)
        out += Array("\\u00".utf8) + Array((digits.utf8.count < 2 ? "0" : "").utf8) + Array(digits.utf8)
      default: out.append(byte)
      }
    }
    out.append(0x22)
    return String(decoding: out, as: UTF8.self)
  }
}

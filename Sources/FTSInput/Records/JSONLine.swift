/// The members of a JSON object on one line, with unescaped strings (RFC 8259).
///
/// Numbers, `true` and `false` are kept as texts; so are the strings, numbers and Booleans of arrays. Objects, arrays
/// in arrays and `null` are left out. The grammar of the whole line is checked.
struct JSONLine {
  /// A syntax error.
  struct Failure: Error, Equatable {
    /// Column in bytes, from 1.
    let column: Int
    /// What is wrong there.
    let message: String
  }

  /// Members whose value is a string, number or Boolean.
  private(set) var members: [(name: String, value: String)] = []
  /// Members whose value is an array.
  private(set) var arrays: [(name: String, values: [String])] = []
  /// Number of malformed UTF-8 sequences and unpaired surrogates that were replaced.
  private(set) var repaired = 0

  private static let maximumNesting = 256

  /// Parses a line of UTF-8.
  ///
  /// - Throws: `Failure` if the line is not a JSON object.
  init(_ line: Span<UInt8>) throws(Failure) {
    var scanner = Scanner(line)
    scanner.skipSpace()
    try scanner.expect(0x7B, "an object")
    scanner.skipSpace()
    if !scanner.take(0x7D) {
      repeat {
        scanner.skipSpace()
        let name = try scanner.readString()
        scanner.skipSpace()
        try scanner.expect(0x3A, "a colon")
        scanner.skipSpace()
        if scanner.isAtArray {
          arrays.append((name, try scanner.readArray()))
        } else if let value = try scanner.readValue(depth: 1) {
          members.append((name, value))
        }
        scanner.skipSpace()
      } while scanner.take(0x2C)
      try scanner.expect(0x7D, "a comma or the end of the object")
    }
    scanner.skipSpace()
    guard scanner.isAtEnd else { throw scanner.failure("text after the object") }
    repaired = scanner.repaired
  }

  /// Returns the value of the last member with a name.
  subscript(name: String) -> String? { members.last { $0.name == name }?.value }

  /// A recursive-descent parser of a line.
  private struct Scanner: ~Escapable {
    private let line: Span<UInt8>
    private var index = 0
    var repaired = 0

    @_lifetime(copy line)
    init(_ line: Span<UInt8>) { self.line = line }

    var isAtEnd: Bool { index >= line.count }
    var isAtArray: Bool { index < line.count && line[index] == 0x5B }

    func failure(_ message: String) -> Failure { Failure(column: index + 1, message: message) }

    mutating func skipSpace() {
      while index < line.count, line[index] == 0x20 || line[index] == 0x09 || line[index] == 0x0D { index += 1 }
    }

    /// Skips a byte if it is the next one.
    mutating func take(_ byte: UInt8) -> Bool {
      guard index < line.count, line[index] == byte else { return false }
      index += 1
      return true
    }

    /// Skips a byte.
    ///
    /// - Throws: `Failure` if it is not the next one.
    mutating func expect(_ byte: UInt8, _ what: String) throws(Failure) {
      guard take(byte) else { throw failure("\(what) expected") }
    }

    /// Reads a value and returns the text of a string, number or Boolean; nil for null, arrays and objects.
    mutating func readValue(depth: Int) throws(Failure) -> String? {
      skipSpace()
      guard index < line.count else { throw failure("a value expected") }
      guard depth <= JSONLine.maximumNesting else { throw failure("nested too deeply") }
      switch line[index] {
      case 0x22: return try readString()
      case 0x7B:
        try skipContainer(close: 0x7D, hasNames: true, depth: depth)
        return nil
      case 0x5B:
        try skipContainer(close: 0x5D, hasNames: false, depth: depth)
        return nil
      default: return try readScalar()
      }
    }

    /// Reads an array and returns its strings, numbers and Booleans.
    mutating func readArray() throws(Failure) -> [String] {
      var values: [String] = []
      index += 1
      skipSpace()
      if take(0x5D) { return values }
      repeat {
        if let value = try readValue(depth: 2) { values.append(value) }
        skipSpace()
      } while take(0x2C)
      try expect(0x5D, "a comma or the end of the array")
      return values
    }

    /// Reads an array or object and drops its contents.
    private mutating func skipContainer(close: UInt8, hasNames: Bool, depth: Int) throws(Failure) {
      index += 1
      skipSpace()
      if take(close) { return }
      repeat {
        skipSpace()
        if hasNames {
          _ = try readString()
          skipSpace()
          try expect(0x3A, "a colon")
        }
        _ = try readValue(depth: depth + 1)
        skipSpace()
      } while take(0x2C)
      try expect(close, hasNames ? "a comma or the end of the object" : "a comma or the end of the array")
    }

    /// Reads true, false, null or a number; returns nil for null.
    private mutating func readScalar() throws(Failure) -> String? {
      let start = index
      while index < line.count, isScalarByte(line[index]) { index += 1 }
      var text = ""
      for offset in start..<index { text.unicodeScalars.append(Unicode.Scalar(line[offset])) }
      if text == "null" { return nil }
      if text == "true" || text == "false" || isNumber(text) { return text }
      index = start
      throw failure("a value expected")
    }

    private func isScalarByte(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
      default: false
      }
    }

    /// Whether a text is a number: -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?
    private func isNumber(_ text: String) -> Bool {
      var remainder = Substring(text)
      func takeDigits() -> Int {
        let digits = remainder.prefix { $0 >= "0" && $0 <= "9" }
        remainder = remainder.dropFirst(digits.count)
        return digits.count
      }
      if remainder.first == "-" { remainder = remainder.dropFirst() }
      if remainder.first == "0" { remainder = remainder.dropFirst() } else if takeDigits() == 0 { return false }
      if remainder.first == "." {
        remainder = remainder.dropFirst()
        if takeDigits() == 0 { return false }
      }
      if remainder.first == "e" || remainder.first == "E" {
        remainder = remainder.dropFirst()
        if remainder.first == "+" || remainder.first == "-" { remainder = remainder.dropFirst() }
        if takeDigits() == 0 { return false }
      }
      return remainder.isEmpty
    }

    /// Reads a string and returns it unescaped.
    mutating func readString() throws(Failure) -> String {
      guard take(0x22) else { throw failure("a string expected") }
      var bytes: [UInt8] = []
      while true {
        let start = index
        while index < line.count, line[index] != 0x22, line[index] != 0x5C, line[index] >= 0x20 { index += 1 }
        guard index < line.count else { throw failure("the string does not end") }
        // Safe because: the buffer is only read inside the closure.
        unsafe line.extracting(start..<index).withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
        if take(0x22) { return InputText.decode(bytes, repaired: &repaired) }
        guard take(0x5C) else { throw failure("control character in a string") }
        try readEscape(into: &bytes)
      }
    }

    /// Reads an escape sequence after its backslash.
    private mutating func readEscape(into bytes: inout [UInt8]) throws(Failure) {
      guard index < line.count else { throw failure("the string does not end") }
      let escape = line[index]
      index += 1
      switch escape {
      case 0x22, 0x5C, 0x2F: bytes.append(escape)
      case 0x62: bytes.append(0x08)
      case 0x66: bytes.append(0x0C)
      case 0x6E: bytes.append(0x0A)
      case 0x72: bytes.append(0x0D)
      case 0x74: bytes.append(0x09)
      case 0x75: try readUnicodeEscape(into: &bytes)
      default:
        index -= 1
        throw failure("unknown escape")
      }
    }

    /// Reads the digits of \uXXXX and the second half of a surrogate pair. An unpaired surrogate is replaced and
    /// counted.
    private mutating func readUnicodeEscape(into bytes: inout [UInt8]) throws(Failure) {
      var value = try readHex()
      if value & 0xFC00 == 0xD800, index + 1 < line.count, line[index] == 0x5C, line[index + 1] == 0x75 {
        let before = index
        index += 2
        let low = try readHex()
        if low & 0xFC00 == 0xDC00 {
          value = 0x1_0000 + (value & 0x3FF) << 10 + low & 0x3FF
        } else {
          index = before
        }
      }
      let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
      if Unicode.Scalar(value) == nil { repaired += 1 }
      bytes.append(contentsOf: UTF8.encode(scalar)!)
    }

    /// Reads four hexadecimal digits.
    private mutating func readHex() throws(Failure) -> UInt32 {
      var value: UInt32 = 0
      for _ in 0..<4 {
        guard index < line.count, let digit = hexDigit(line[index]) else {
          throw failure("four hexadecimal digits expected")
        }
        value = value << 4 | digit
        index += 1
      }
      return value
    }

    private func hexDigit(_ byte: UInt8) -> UInt32? {
      switch byte {
      case 0x30...0x39: UInt32(byte) - 0x30
      case 0x41...0x46: UInt32(byte) - 0x41 + 10
      case 0x61...0x66: UInt32(byte) - 0x61 + 10
      default: nil
      }
    }
  }
}

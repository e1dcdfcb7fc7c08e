/// The members of a JSON object, with unescaped strings (RFC 8259).
///
/// Numbers, `true` and `false` are kept as texts, `null` is left out. The values of an array are the values of its
/// member, those of arrays in it too. The members of an object in the object, or of the objects of an array, have names
/// with points: `author.name`. The grammar of the whole text is checked.
struct JSONLine {
  /// A syntax error.
  struct Failure: Error, Equatable {
    /// Column in bytes, from 1.
    let column: Int
    /// What is wrong there.
    let message: String
  }

  /// The members in order, with their values.
  private(set) var members = RecordMembers()
  /// Names of the members that are arrays.
  private(set) var arrays: Set<String> = []
  /// The members that are objects, or arrays with objects, each with the names of its own members.
  private(set) var objects: [String: Set<String>] = [:]
  /// Number of malformed UTF-8 sequences and unpaired surrogates that were replaced.
  private(set) var repaired = 0

  private static let maximumNesting = 256

  /// Parses UTF-8.
  ///
  /// - Throws: `Failure` if the text is not a JSON object.
  init(_ line: Span<UInt8>) throws(Failure) {
    var scanner = Scanner(line)
    scanner.skipSpace()
    guard scanner.isAt(0x7B) else { throw scanner.failure("an object expected") }
    try readObject(&scanner, prefix: "", depth: 1, isInArray: false)
    scanner.skipSpace()
    guard scanner.isAtEnd else { throw scanner.failure("text after the object") }
    repaired = scanner.repaired
  }

  /// Returns the value of the last member with a name, if it is a string, number or Boolean.
  subscript(name: String) -> String? { arrays.contains(name) ? nil : members[name]?.first }

  /// Returns the names of all members of a member that is an object, and of the objects in it.
  func names(below name: String) -> Set<String> {
    var names: Set<String> = []
    var open = [name]
    while let next = open.popLast() {
      for member in objects[next] ?? [] where names.insert(member).inserted { open.append(member) }
    }
    return names
  }

  /// Reads the object at the scanner's offset.
  ///
  /// - Parameter isInArray: whether values are added to those of the objects before. Else the last of several members
  ///   with one name wins.
  private mutating func readObject(
    _ scanner: inout Scanner, prefix: String, depth: Int, isInArray: Bool
  ) throws(Failure) {
    guard depth <= JSONLine.maximumNesting else { throw scanner.failure("nested too deeply") }
    try scanner.expect(0x7B, "an object")
    scanner.skipSpace()
    if scanner.take(0x7D) { return }
    repeat {
      scanner.skipSpace()
      let name = prefix + (try scanner.readString())
      if !prefix.isEmpty { objects[String(prefix.dropLast()), default: []].insert(name) }
      scanner.skipSpace()
      try scanner.expect(0x3A, "a colon")
      scanner.skipSpace()
      if !isInArray { forget(name) }
      try readValue(&scanner, of: name, depth: depth + 1, isInArray: isInArray)
      scanner.skipSpace()
    } while scanner.take(0x2C)
    try scanner.expect(0x7D, "a comma or the end of the object")
  }

  /// Reads the value of a member.
  private mutating func readValue(
    _ scanner: inout Scanner, of name: String, depth: Int, isInArray: Bool
  ) throws(Failure) {
    guard depth <= JSONLine.maximumNesting else { throw scanner.failure("nested too deeply") }
    if scanner.isAt(0x7B) {
      if objects[name] == nil { objects[name] = [] }
      try readObject(&scanner, prefix: name + ".", depth: depth, isInArray: isInArray)
    } else if scanner.isAt(0x5B) {
      if !isInArray { arrays.insert(name) }
      try readArray(&scanner, of: name, depth: depth)
    } else if let value = try scanner.readScalarOrString() {
      members.append([value], to: name)
    }
  }

  /// Reads the array at the scanner's offset.
  private mutating func readArray(_ scanner: inout Scanner, of name: String, depth: Int) throws(Failure) {
    try scanner.expect(0x5B, "an array")
    scanner.skipSpace()
    if scanner.take(0x5D) { return }
    repeat {
      scanner.skipSpace()
      try readValue(&scanner, of: name, depth: depth + 1, isInArray: true)
      scanner.skipSpace()
    } while scanner.take(0x2C)
    try scanner.expect(0x5D, "a comma or the end of the array")
  }

  /// Drops the values of an earlier member with the same name.
  private mutating func forget(_ name: String) {
    if members[name] != nil { members.set(name, []) }
    arrays.remove(name)
    for member in objects.removeValue(forKey: name) ?? [] { forget(member) }
  }

  /// A recursive-descent parser of a line.
  private struct Scanner: ~Escapable {
    private let line: Span<UInt8>
    private var index = 0
    var repaired = 0

    @_lifetime(copy line)
    init(_ line: Span<UInt8>) { self.line = line }

    var isAtEnd: Bool { index >= line.count }

    func isAt(_ byte: UInt8) -> Bool { index < line.count && line[index] == byte }

    func failure(_ message: String) -> Failure { Failure(column: index + 1, message: message) }

    mutating func skipSpace() {
      while index < line.count, [0x20, 0x09, 0x0D, 0x0A].contains(line[index]) { index += 1 }
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

    /// Reads a string, number, Boolean or null and returns its text; nil for null.
    mutating func readScalarOrString() throws(Failure) -> String? {
      guard index < line.count else { throw failure("a value expected") }
      return line[index] == 0x22 ? try readString() : try readScalar()
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

/// The objects of a JSON file: those of an array, or objects one after the other.
///
/// Only the ends of values are found here, by brackets and strings; `JSONLine` checks each object.
struct JSONElements: ~Escapable {
  /// What follows in the file.
  enum Element: Equatable {
    /// The bytes of a value and its line, from 1.
    case value(Range<Int>, line: Int)
    /// What is wrong at a line. Nothing is read after it.
    case failure(String, line: Int)
  }

  private let text: Span<UInt8>
  private var index = 0
  private var line = 1
  /// Whether the objects are those of an array; nil before the first value.
  private var isArray: Bool?
  private var isAtEnd = false
  private var isFirst = true

  @_lifetime(copy text)
  init(_ text: Span<UInt8>) { self.text = text }

  /// Returns the next value; nil at the end.
  @_lifetime(self: copy self)
  mutating func next() -> Element? {
    if isAtEnd { return nil }
    skipSpace()
    if isArray == nil {
      isArray = index < text.count && text[index] == 0x5B
      if isArray == true { index += 1 }
      skipSpace()
    }
    guard index < text.count else { return isArray == true ? fail("the array does not end") : finish() }
    if isArray == true, text[index] == 0x5D {
      index += 1
      skipSpace()
      return index < text.count ? fail("text after the array") : finish()
    }
    if isArray == true, !isFirst {
      guard text[index] == 0x2C else { return fail("a comma or the end of the array expected") }
      index += 1
      skipSpace()
    }
    isFirst = false
    return value()
  }

  @_lifetime(self: copy self)
  private mutating func finish() -> Element? {
    isAtEnd = true
    return nil
  }

  @_lifetime(self: copy self)
  private mutating func fail(_ message: String) -> Element? {
    isAtEnd = true
    return .failure(message, line: line)
  }

  /// Finds the end of the value at `index`.
  @_lifetime(self: copy self)
  private mutating func value() -> Element? {
    let (start, first) = (index, line)
    var depth = 0
    while index < text.count {
      switch text[index] {
      case 0x22: skipString()
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D:
        depth -= 1
        if depth < 0 { return scalar(start, first) }
        if depth == 0 {
          index += 1
          return .value(start..<index, line: first)
        }
      case 0x2C where depth == 0: return scalar(start, first)
      case 0x0A: line += 1
      default: break
      }
      index += 1
    }
    index = min(index, text.count)
    if depth > 0 {
      line = first
      return fail("the object does not end")
    }
    return .value(start..<index, line: first)
  }

  /// Returns the value between `start` and `index`, which is no object.
  @_lifetime(self: copy self)
  private mutating func scalar(_ start: Int, _ first: Int) -> Element? {
    index == start ? fail("a value expected") : .value(start..<index, line: first)
  }

  /// Moves to the closing quote of the string at `index`.
  @_lifetime(self: copy self)
  private mutating func skipString() {
    index += 1
    while index < text.count, text[index] != 0x22 {
      if text[index] == 0x0A { line += 1 }
      index += text[index] == 0x5C ? 2 : 1
    }
  }

  @_lifetime(self: copy self)
  private mutating func skipSpace() {
    while index < text.count {
      switch text[index] {
      case 0x0A: line += 1
      case 0x20, 0x09, 0x0D: break
      default: return
      }
      index += 1
    }
  }
}

/// The rows of a table of values separated by commas, semicolons or tabs (RFC 4180).
///
/// A value may stand in quotes, with doubled quotes and line ends in it. Quotes inside an unquoted value are text.
struct DelimitedText {
  /// A row of the table.
  struct Row: Equatable {
    /// The line on which it begins, from 1.
    let line: Int
    let values: [String]
    /// Whether a quote in it is never closed.
    let isOpen: Bool
  }

  private let bytes: [UInt8]
  private let separator: UInt8
  private var index = 0
  private var line = 1

  /// Prepares to read UTF-8.
  ///
  /// - Parameter separator: the byte between values; nil for the one of comma, semicolon and tab that the first line
  ///   has most often outside quotes.
  init(_ bytes: [UInt8], separator: UInt8? = nil) {
    self.bytes = bytes
    self.separator = separator ?? DelimitedText.likelySeparator(bytes)
  }

  /// Returns the next row that is not blank; nil at the end.
  mutating func next() -> Row? {
    while index < bytes.count {
      let row = row()
      if row.values.count > 1 || row.values.first?.isEmpty == false { return row }
    }
    return nil
  }

  private mutating func row() -> Row {
    let first = line
    var values: [String] = []
    var isOpen = false
    while true {
      values.append(value(&isOpen))
      guard index < bytes.count else { break }
      let end = bytes[index]
      index += 1
      if end == separator { continue }
      if end == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
      line += 1
      break
    }
    return Row(line: first, values: values, isOpen: isOpen)
  }

  /// Reads a value up to the separator or line end.
  private mutating func value(_ isOpen: inout Bool) -> String {
    var value: [UInt8] = []
    if index < bytes.count, bytes[index] == 0x22 { quoted(&value, &isOpen) }
    let start = index
    while index < bytes.count, bytes[index] != separator, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
    value += bytes[start..<index]
    return String(decoding: value, as: UTF8.self)
  }

  /// Reads a value in quotes.
  private mutating func quoted(_ value: inout [UInt8], _ isOpen: inout Bool) {
    index += 1
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x22 {
        guard index < bytes.count, bytes[index] == 0x22 else { return }
        index += 1
      }
      if byte == 0x0A { line += 1 }
      value.append(byte)
    }
    isOpen = true
  }

  /// Returns the separator that the first line has most often outside quotes; a comma if it has none.
  private static func likelySeparator(_ bytes: [UInt8]) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes {
      if byte == 0x22 { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A || byte == 0x0D, !counts.isEmpty { break }
      if byte == 0x2C || byte == 0x3B || byte == 0x09 { counts[byte, default: 0] += 1 }
    }
    let candidates: [UInt8] = [0x2C, 0x3B, 0x09]
    return candidates.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? 0x2C
  }
}

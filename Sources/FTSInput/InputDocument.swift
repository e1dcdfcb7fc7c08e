import TextSearch

/// Something in the input that could not be taken as it is.
package struct InputProblem: Error, Equatable, CustomStringConvertible {
  /// File, or file and line (`FILE:LINE`).
  package let place: String
  package let message: String

  package init(place: String, message: String) {
    self.place = place
    self.message = message
  }

  package var description: String { "\(place): \(message)" }
}

/// Text decoding that repairs and counts.
enum InputText {
  /// UTF-8 bytes as a string, malformed sequences replaced by U+FFFD and counted.
  static func decode(_ bytes: some Collection<UInt8>, repaired: inout Int) -> String {
    if let valid = String(validating: bytes, as: UTF8.self) { return valid }
    let text = String(decoding: bytes, as: UTF8.self)
    repaired += max(1, countReplacements(text) - countReplacements(in: bytes))
    return text
  }

  /// The text of a file without the byte order mark that it may begin with.
  static func withoutByteOrderMark(_ text: String) -> String {
    text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
  }

  private static func countReplacements(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1 == "\u{FFFD}" ? 1 : 0) }
  }

  /// U+FFFD that the text holds already (EF BF BD) is no repair.
  private static func countReplacements(in bytes: some Collection<UInt8>) -> Int {
    var count = 0
    var last: (UInt8, UInt8) = (0, 0)
    for byte in bytes {
      if last == (0xEF, 0xBF), byte == 0xBD { count += 1 }
      last = (last.1, byte)
    }
    return count
  }
}

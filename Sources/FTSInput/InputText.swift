/// Decoding of UTF-8 input, with repair of malformed sequences.
enum InputText {
  /// Returns UTF-8 bytes as a string. Malformed sequences are replaced by U+FFFD and their number is added to
  /// `repaired`.
  static func decode(_ bytes: some Collection<UInt8>, repaired: inout Int) -> String {
    if let valid = String(validating: bytes, as: UTF8.self) { return valid }
    let text = String(decoding: bytes, as: UTF8.self)
    repaired += max(1, countReplacements(text) - countReplacements(in: bytes))
    return text
  }

  /// Returns a text without its byte order mark.
  static func withoutByteOrderMark(_ text: String) -> String {
    text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
  }

  /// Returns the number of U+FFFD in a text.
  private static func countReplacements(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1 == "\u{FFFD}" ? 1 : 0) }
  }

  /// Returns the number of U+FFFD (EF BF BD) in the input, which are not repairs.
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

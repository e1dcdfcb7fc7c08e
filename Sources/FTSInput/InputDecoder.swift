/// The decoding of whole files: by a byte order mark, the chosen encoding, the one that a page names, or the fallback.
struct InputDecoder {
  /// A decoded file.
  struct Decoded {
    /// The text without a byte order mark.
    var text: String
    /// Number of sequences that were replaced.
    var repairs = 0
    /// The name of the encoding, for messages.
    var name: String
    var isFallback = false

    /// The line of the first replaced sequence, from 1.
    var firstRepairedLine: Int {
      var line = 1
      for scalar in text.unicodeScalars {
        if scalar == "\u{FFFD}" { break }
        if scalar == "\n" { line += 1 }
      }
      return line
    }
  }

  let settings: InputSettings

  /// Decodes a file.
  ///
  /// - Parameter isPage: whether the file is HTML, which may name its encoding.
  func decode(_ bytes: [UInt8], isPage: Bool = false) -> Decoded {
    var repairs = 0
    if let mark = UnicodeMark(bytes) {
      let text = mark.decode(bytes, repaired: &repairs)
      return Decoded(text: text, repairs: repairs, name: "UTF-16 or UTF-32")
    }
    let text = InputText.withoutByteOrderMark(settings.encoding.decode(bytes, repaired: &repairs))
    let first = Decoded(text: text, repairs: repairs, name: InputDecoder.name(settings.encoding))
    guard repairs > 0 else { return first }
    let named = isPage ? HTMLDocument.namedEncoding(bytes).flatMap { InputDecoder.encoding(ofPage: $0) } : nil
    guard let other = named ?? settings.fallback, other != settings.encoding else { return first }
    repairs = 0
    let again = other.decode(bytes, repaired: &repairs)
    return Decoded(text: again, repairs: repairs, name: InputDecoder.name(other), isFallback: true)
  }

  /// Returns the encoding that a page means: browsers read Latin-1 as windows-1252.
  private static func encoding(ofPage name: String) -> InputEncoding? {
    ["iso-8859-1", "latin1", "us-ascii", "ascii"].contains(name.lowercased()) ? .windows1252 : InputEncoding(name: name)
  }

  /// Returns the name of an encoding for messages.
  static func name(_ encoding: InputEncoding) -> String { encoding == .utf8 ? "UTF-8" : encoding.rawValue }
}

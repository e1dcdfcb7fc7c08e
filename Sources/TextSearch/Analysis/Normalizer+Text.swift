extension Normalizer {
  /// Returns the composed form (NFC) of a text. Most texts are composed and only scanned.
  func composed(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { Normalizer.mayCombine($0.value) }) else { return text }
    var out = String.UnicodeScalarView()
    for scalar in composed(text.unicodeScalars.map(\.value)) { out.append(Unicode.Scalar(scalar) ?? "\u{FFFD}") }
    return String(out)
  }

  /// Whether a scalar may be part of a sequence that is not composed; false for Latin, Greek and Cyrillic letters and
  /// their extensions.
  private static func mayCombine(_ scalar: UInt32) -> Bool {
    scalar >= 0x300 && !(0x370..<0x483).contains(scalar) && !(0x1E00..<0x2000).contains(scalar)
  }
}

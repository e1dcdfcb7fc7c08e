extension Normalizer {
  /// The composed writing of a text; most texts are so already and only looked through.
  func composed(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { Normalizer.mayCombine($0.value) }) else { return text }
    var out = String.UnicodeScalarView()
    for scalar in composed(text.unicodeScalars.map(\.value)) { out.append(Unicode.Scalar(scalar) ?? "\u{FFFD}") }
    return String(out)
  }

  /// False for Latin, Greek and Cyrillic letters and their extensions, which are composed as they stand.
  private static func mayCombine(_ scalar: UInt32) -> Bool {
    scalar >= 0x300 && !(0x370..<0x483).contains(scalar) && !(0x1E00..<0x2000).contains(scalar)
  }
}

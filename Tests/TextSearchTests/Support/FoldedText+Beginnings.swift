@testable import TextSearch

extension FoldedText {
  /// Whether the value means a beginning of a text.
  func matchesBeginning(of text: [UInt8]) -> Bool {
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars
    return scalars.indices.contains { matches(Array(String(scalars[..<$0]).utf8)) } || matches(text)
  }
}

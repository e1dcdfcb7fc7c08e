#if canImport(FTSInput)
  @testable import FTSInput
#endif

/// The readers of input as fuzzers feed them; see `FuzzTargets`.
enum InputFuzzTargets {
  static let all: [String: @Sendable ([UInt8]) throws -> Void] = [
    "json": json, "markdown": markdown, "encodings": encodings,
  ]

  @Sendable static func json(_ bytes: [UInt8]) {
    do {
      let line = try JSONLine(bytes.span)
      precondition(line.members.count + line.arrays.count <= bytes.count, "more members than bytes")
    } catch {
      precondition(error.column >= 0 && error.column <= bytes.count + 1, "column \(error.column)")
    }
  }

  @Sendable static func markdown(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let document = TextDocument(markdown: text)
    precondition(document.body.utf8.count <= text.utf8.count, "a body larger than its file")
    _ = TextDocument(plain: text)
    _ = FrontMatter(text.split(separator: "\n", omittingEmptySubsequences: false))
  }

  @Sendable static func encodings(_ bytes: [UInt8]) {
    for encoding in InputEncoding.allCases {
      var repairs = 0
      let text = encoding.decode(bytes, repaired: &repairs)
      precondition(repairs <= bytes.count && text.unicodeScalars.count <= 2 * bytes.count, "\(encoding.rawValue)")
    }
  }
}

#if canImport(FTSInput)
  @testable import FTSInput
#endif

/// The readers of input as fuzzers feed them; see `FuzzTargets`.
enum InputFuzzTargets {
  static let all: [String: @Sendable ([UInt8]) throws -> Void] = [
    "json": json, "records": records, "markdown": markdown, "frontmatter": frontMatter, "html": html,
    "encodings": encodings,
  ]

  @Sendable static func json(_ bytes: [UInt8]) {
    do {
      let line = try JSONLine(bytes.span)
      precondition(line.members.members.count <= bytes.count, "more members than bytes")
    } catch {
      precondition(error.column >= 0 && error.column <= bytes.count + 1, "column \(error.column)")
    }
  }

  @Sendable static func markdown(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let document = TextDocument(markdown: text)
    // The marker of a list may be longer than written, and a reference may be shorter than its text.
    precondition(document.body.utf8.count <= 4 * text.utf8.count, "a body larger than its file")
    _ = TextDocument(plain: text)
  }

  /// The first byte chooses the form, the others are the lines between its signs.
  @Sendable static func frontMatter(_ bytes: [UInt8]) {
    let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
    let sign = (bytes.first ?? 0) & 1 == 0 ? "---" : "+++"
    for page in [text, "\(sign)\n\(text)\n\(sign)\n"] {
      let lines = TextDocument.lines(page)
      guard let matter = FrontMatter(lines) else { continue }
      precondition(matter.lineCount <= lines.count, "more lines than the file has")
      precondition(matter.problems.allSatisfy { (1...lines.count).contains($0.line) }, "a problem outside the file")
    }
  }

  @Sendable static func html(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let document = HTMLDocument.document(text)
    precondition(document.body.unicodeScalars.count <= 4 * text.unicodeScalars.count, "a body larger than its page")
    _ = HTMLDocument.namedEncoding(bytes)
    _ = InputDecoder(settings: InputSettings(fallback: .windows1252)).decode(bytes, isPage: true)
  }

  /// Arrays of objects in JSON, and tables.
  @Sendable static func records(_ bytes: [UInt8]) {
    var elements = JSONElements(bytes.span)
    var end = 0
    while let element = elements.next() {
      guard case .value(let range, let line) = element else { continue }
      precondition(range.lowerBound >= end && range.upperBound <= bytes.count && line >= 1, "values overlap")
      end = range.upperBound
    }
    var table = DelimitedText(bytes)
    var values = 0
    while let row = table.next() { values += row.values.count }
    precondition(values <= bytes.count + 1, "more values than bytes")
  }

  @Sendable static func encodings(_ bytes: [UInt8]) {
    for encoding in InputEncoding.allCases {
      var repairs = 0
      let text = encoding.decode(bytes, repaired: &repairs)
      precondition(repairs <= bytes.count && text.unicodeScalars.count <= 2 * bytes.count, "\(encoding.rawValue)")
    }
  }
}

import TextSearch

/// A reader of documents from files, folders and standard input, one after the other.
package struct DocumentReader {
  /// Counts of what was read, and the problems.
  package struct Report: Sendable {
    /// Number of files read.
    package var files = 0
    /// Number of documents read.
    package var documents = 0
    /// Size of the input in bytes.
    package var bytes = 0
    /// Size of all fields of the documents in bytes of UTF-8.
    package var textBytes = 0
    /// Number of byte sequences that are invalid in the encoding and were replaced.
    package var repairs = 0
    /// Number of documents with such sequences.
    package var repairedDocuments = 0
    /// Number of files in folders that were skipped because of their type.
    package var skippedFiles = 0
    /// The first problems, at most `maximumProblems`.
    package private(set) var problems: [InputProblem] = []
    /// Number of all problems.
    package private(set) var problemCount = 0

    /// Maximum number of problems that are kept.
    package static let maximumProblems = 1000

    /// Adds a problem.
    package mutating func note(_ problem: InputProblem) {
      problemCount += 1
      if problems.count < Report.maximumProblems { problems.append(problem) }
    }
  }

  /// Counts and problems so far.
  package private(set) var report = Report()
  /// The files that were read, and the known files that have not changed.
  package private(set) var sources: [SourceList.Source] = []
  /// The files of `sources` that were read.
  package private(set) var readSources: [SourceList.Source] = []
  /// The file being read.
  private var source = SourceList.Source(path: "", name: "")
  /// The hash of its bytes so far.
  private var hash = ContentHash()
  private let files: [InputFiles.File]
  private let hasSeveralInputs: Bool
  private let encoding: InputEncoding
  private let schema: AttributeSchema
  private static let chunkSize = 1 << 20

  /// Finds the files of the inputs without reading them.
  ///
  /// - Parameters:
  ///   - inputs: paths of files and folders; `-` is standard input.
  ///   - encoding: the encoding of all text files and JSON lines. VIQR, in which the backslash has a meaning of its
  ///     own, is decoded in `title` and `body` after the line has been parsed.
  ///   - schema: the declared types of attributes. Values of another type are reported as problems, and kept.
  /// - Throws: `SearchError.system` for an input that does not exist or cannot be opened.
  package init(
    _ inputs: [String], encoding: InputEncoding = .utf8, schema: AttributeSchema = AttributeSchema()
  ) throws(SearchError) {
    self.encoding = encoding
    self.schema = schema
    let found = try InputFiles(inputs)
    files = found.files
    hasSeveralInputs = inputs.count > 1
    for problem in found.problems { report.note(problem) }
    report.skippedFiles = found.skipped
  }

  /// Calls `body` with every document. Files and lines that cannot be read are added to `report` and skipped.
  ///
  /// Blocks on reading the files or standard input.
  ///
  /// - Parameter known: the sources of an index. Files that have not changed since are skipped.
  /// - Throws: what `body` throws.
  package mutating func read(
    after known: SourceList = SourceList(), _ body: (Document) throws(SearchError) -> Void
  ) throws(SearchError) {
    let comparison = SourceComparison(known.encoding == encoding ? known : SourceList())
    for file in files {
      if let same = comparison.unchanged(file) {
        sources.append(same)
      } else {
        try read(file, body)
      }
    }
  }

  /// Reads a file and appends its source.
  private mutating func read(
    _ file: InputFiles.File, _ body: (Document) throws(SearchError) -> Void
  ) throws(SearchError) {
    source = SourceList.Source(path: file.path, name: file.name)
    hash = ContentHash()
    let oldProblems = report.problemCount
    if let stamp = SourceComparison.stamp(file) { source.stamp = stamp } else { source.isFlawed = true }
    report.files += 1
    switch file.kind {
    case .markdown, .plain: try readText(file, body)
    case .jsonLines: try readLines(file, body)
    case .standardInput: try readStandardInput(file, body)
    }
    source.hash = hash.value
    if report.problemCount > oldProblems { source.isFlawed = true }
    sources.append(source)
    readSources.append(source)
  }

  // MARK: Text files

  /// Reads a file that is one document.
  private mutating func readText(
    _ file: InputFiles.File, _ body: (Document) throws(SearchError) -> Void
  ) throws(SearchError) {
    var bytes: [UInt8] = []
    do {
      let descriptor = try SystemCalls.openForReading(file.path)
      defer { SystemCalls.close(descriptor) }
      try DocumentReader.readAll(descriptor, file.path, into: &bytes)
    } catch {
      report.note(InputProblem(location: file.path, message: error.description))
      return
    }
    try emitText(bytes, file, body)
  }

  /// Decodes a document and passes it to `body`.
  private mutating func emitText(
    _ bytes: [UInt8], _ file: InputFiles.File, _ body: (Document) throws(SearchError) -> Void
  ) throws(SearchError) {
    report.bytes += bytes.count
    hash.update(bytes.span)
    var repairs = 0
    let decoded = InputText.withoutByteOrderMark(encoding.decode(bytes, repaired: &repairs))
    let text = file.kind == .markdown ? TextDocument(markdown: decoded) : TextDocument(plain: decoded)
    var attributes = text.attributes
    if file.kind != .standardInput { attributes["path"] = [file.path] }
    let document = Document(key: file.name, title: text.title, body: text.body, attributes: attributes)
    try emit(document, repairs: repairs, location: file.path, body)
  }

  /// Counts a document, reports its repairs and misfits, and passes it to `body`.
  private mutating func emit(
    _ document: Document, repairs: Int, location: String, _ body: (Document) throws(SearchError) -> Void
  ) throws(SearchError) {
    if repairs > 0 {
      report.repairs += repairs
      report.repairedDocuments += 1
      let name = encoding == .utf8 ? "UTF-8" : encoding.rawValue
      report.note(
        InputProblem(
          location: location, message: "invalid \(name), \(repairs) \(repairs == 1 ? "sequence" : "sequences") replaced"
        ))
    }
    if !schema.declared.isEmpty { noteMisfits(document, location) }
    report.documents += 1
    source.keys.append(document.key)
    for field in document.fields { report.textBytes += field.text.utf8.count }
    try body(document)
  }

  /// Reports values that are not of the declared type.
  private mutating func noteMisfits(_ document: Document, _ location: String) {
    for (name, type) in schema.declared.sorted(by: { $0.key < $1.key }) {
      for value in schema.misfits(document.attributes[name] ?? [], of: name) {
        report.note(InputProblem(location: location, message: "attribute \(name): '\(value)' is no \(type.name)"))
      }
    }
  }

  /// Reads a file to its end.
  private static func readAll(
    _ file: SystemCalls.Descriptor, _ path: String, into bytes: inout [UInt8]
  ) throws(SearchError) {
    while try SystemCalls.read(file, into: &bytes, count: chunkSize, path: path) > 0 {}
  }

  // MARK: JSON lines

  /// Reads a file of JSON lines.
  private mutating func readLines(
    _ file: InputFiles.File, _ body: (Document) throws(SearchError) -> Void
  ) throws(SearchError) {
    let descriptor: SystemCalls.Descriptor
    do {
      descriptor = try SystemCalls.openForReading(file.path)
    } catch {
      report.note(InputProblem(location: file.path, message: error.description))
      return
    }
    defer { SystemCalls.close(descriptor) }
    try readLines(of: file, descriptor, after: [], body)
  }

  /// Reads lines from `start`, the bytes already read, and then from the file, one chunk at a time.
  private mutating func readLines(
    of file: InputFiles.File, _ descriptor: SystemCalls.Descriptor, after start: [UInt8],
    _ body: (Document) throws(SearchError) -> Void
  ) throws(SearchError) {
    var bytes = start
    var number = 0
    var searched = 0
    report.bytes += start.count
    hash.update(start.span)
    while true {
      var lineStart = 0
      while let end = DocumentReader.lineEnd(bytes.span, from: max(lineStart, searched)) {
        number += 1
        try readLine(bytes.span.extracting(lineStart..<end), number: number, of: file, body)
        lineStart = end + 1
      }
      if lineStart > 0 { bytes.removeSubrange(..<lineStart) }
      searched = bytes.count
      let taken: Int
      do {
        taken = try SystemCalls.read(descriptor, into: &bytes, count: DocumentReader.chunkSize, path: file.path)
      } catch {
        report.note(InputProblem(location: file.path, message: error.description))
        return
      }
      report.bytes += taken
      if taken == 0 { break }
      hash.update(bytes.span.extracting(searched..<searched + taken))
    }
    if !bytes.isEmpty { try readLine(bytes.span, number: number + 1, of: file, body) }
  }

  /// Returns the offset of the next LF; nil if there is none.
  private static func lineEnd(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    for index in start..<max(start, bytes.count) where bytes[index] == 0x0A { return index }
    return nil
  }

  /// Parses a line and passes its document to `body`. Blank lines are skipped.
  private mutating func readLine(
    _ line: Span<UInt8>, number: Int, of file: InputFiles.File, _ body: (Document) throws(SearchError) -> Void
  ) throws(SearchError) {
    if DocumentReader.isBlank(line) { return }
    let location = "\(file.path):\(number)"
    let object: JSONLine
    var repairs = 0
    do {
      object = try parse(number == 1 ? DocumentReader.withoutByteOrderMark(line) : line, &repairs)
    } catch {
      report.note(InputProblem(location: location, message: "column \(error.column): \(error.message)"))
      return
    }
    let attributes = attributes(object, file)
    if object["title"] == nil, object["body"] == nil {
      report.note(InputProblem(location: location, message: "neither title nor body: nothing to search in it"))
    }
    let document = Document(
      key: key(object["id"], number, file), title: text(object["title"]), body: text(object["body"]),
      attributes: attributes)
    try emit(document, repairs: repairs + object.repaired, location: location, body)
  }

  private static func isBlank(_ line: Span<UInt8>) -> Bool {
    for index in line.indices where line[index] != 0x20 && line[index] != 0x0D && line[index] != 0x09 { return false }
    return true
  }

  /// Parses a line, which is converted to UTF-8 first if it has an 8-bit encoding.
  private func parse(_ line: Span<UInt8>, _ repairs: inout Int) throws(JSONLine.Failure) -> JSONLine {
    guard encoding.isByteTable else { return try JSONLine(line) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(line.count)
    for index in line.indices { bytes.append(line[index]) }
    bytes = Array(encoding.decode(bytes, repaired: &repairs).utf8)
    return try JSONLine(bytes.span)
  }

  /// Returns the attributes: all members but `id`, `title` and `body`, and the path of a file. An array has several
  /// values.
  private func attributes(_ object: JSONLine, _ file: InputFiles.File) -> [String: [String]] {
    var attributes: [String: [String]] = file.kind == .standardInput ? [:] : ["path": [file.path]]
    func isOwn(_ name: String) -> Bool { name == "id" || name == "title" || name == "body" }
    for (name, value) in object.members where !isOwn(name) { attributes[name] = [value] }
    for (name, values) in object.arrays where !isOwn(name) && !values.isEmpty { attributes[name] = values }
    return attributes
  }

  /// Returns the text of a title or body, decoded if the encoding is VIQR.
  private func text(_ value: String?) -> String {
    guard let value else { return "" }
    return encoding == .viqr ? VIQR.decode(value) : value
  }

  /// Returns the key of a document: the id, prefixed by the file's name if there are several inputs; file and line if
  /// it has no id.
  private func key(_ id: String?, _ number: Int, _ file: InputFiles.File) -> String {
    guard let id, !id.isEmpty else { return "\(file.name):\(number)" }
    return hasSeveralInputs ? "\(file.name)/\(id)" : id
  }

  /// Returns the line without a UTF-8 byte order mark.
  @_lifetime(copy line)
  private static func withoutByteOrderMark(_ line: Span<UInt8>) -> Span<UInt8> {
    guard line.count >= 3, line[0] == 0xEF, line[1] == 0xBB, line[2] == 0xBF else { return line }
    return line.extracting(3..<line.count)
  }

  // MARK: Standard input

  /// Reads standard input: JSON lines if the first byte is `{`, else one document.
  private mutating func readStandardInput(
    _ file: InputFiles.File, _ body: (Document) throws(SearchError) -> Void
  ) throws(SearchError) {
    var bytes: [UInt8] = []
    _ = try SystemCalls.read(SystemCalls.standardInput, into: &bytes, count: DocumentReader.chunkSize, path: "-")
    if bytes.first == 0x7B {
      try readLines(of: file, SystemCalls.standardInput, after: bytes, body)
    } else {
      try DocumentReader.readAll(SystemCalls.standardInput, "-", into: &bytes)
      if !bytes.isEmpty { try emitText(bytes, file, body) }
    }
  }
}

import TextSearch

/// Reads documents from files, folders and standard input, one after the other.
package struct DocumentReader {
  /// What was read, and what could not be.
  package struct Report: Sendable {
    package var files = 0
    package var documents = 0
    /// Bytes of input.
    package var bytes = 0
    /// Bytes of titles and bodies.
    package var textBytes = 0
    /// Byte sequences that the encoding does not know and that were replaced, and in how many documents.
    package var repairs = 0
    package var repairedDocuments = 0
    /// Files in folders whose kind is not read.
    package var skippedFiles = 0
    /// The first problems, at most `maximumProblems`; `problemCount` counts them all.
    package private(set) var problems: [InputProblem] = []
    package private(set) var problemCount = 0

    package static let maximumProblems = 1000

    package mutating func note(_ problem: InputProblem) {
      problemCount += 1
      if problems.count < Report.maximumProblems { problems.append(problem) }
    }
  }

  package private(set) var report = Report()
  /// The files that were read, and those that were known and have not changed.
  package private(set) var sources: [SourceList.Source] = []
  /// The sources among them that were read.
  package private(set) var readSources: [SourceList.Source] = []
  private var source = SourceList.Source(path: "", name: "")
  private var hash = ContentHash()
  private let files: [InputFiles.File]
  private let hasSeveralInputs: Bool
  private let encoding: InputEncoding
  private let schema: AttributeSchema
  private static let chunkSize = 1 << 20

  /// Finds the files; reads none of them yet.
  ///
  /// - Parameter encoding: of all text files and of all JSON lines. In JSON lines VIQR, where the backslash has a meaning
  ///   of its own, is decoded when the line has been parsed, in `title` and `body`.
  /// - Parameter schema: values that are not of the type declared there are noted as problems; they are kept.
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

  /// Gives every document to `body`. What cannot be read is noted in `report` and passed over.
  ///
  /// - Parameter known: files that are as they are there are passed over.
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

  // MARK: Whole files

  private mutating func readText(
    _ file: InputFiles.File, _ body: (Document) throws(SearchError) -> Void
  ) throws(SearchError) {
    var bytes: [UInt8] = []
    do {
      let descriptor = try SystemCalls.openForReading(file.path)
      defer { SystemCalls.close(descriptor) }
      try DocumentReader.readAll(descriptor, file.path, into: &bytes)
    } catch {
      report.note(InputProblem(place: file.path, message: error.description))
      return
    }
    try giveText(bytes, file, body)
  }

  private mutating func giveText(
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
    try give(document, repairs: repairs, place: file.path, body)
  }

  private mutating func give(
    _ document: Document, repairs: Int, place: String, _ body: (Document) throws(SearchError) -> Void
  ) throws(SearchError) {
    if repairs > 0 {
      report.repairs += repairs
      report.repairedDocuments += 1
      let name = encoding == .utf8 ? "UTF-8" : encoding.rawValue
      report.note(
        InputProblem(
          place: place, message: "invalid \(name), \(repairs) \(repairs == 1 ? "place" : "places") replaced"))
    }
    if !schema.declared.isEmpty { noteMisfits(document, place) }
    report.documents += 1
    source.keys.append(document.key)
    for field in document.fields { report.textBytes += field.text.utf8.count }
    try body(document)
  }

  /// Notes values that are not of the type declared.
  private mutating func noteMisfits(_ document: Document, _ place: String) {
    for (name, type) in schema.declared.sorted(by: { $0.key < $1.key }) {
      for value in schema.misfits(document.attributes[name] ?? [], of: name) {
        report.note(InputProblem(place: place, message: "attribute \(name): '\(value)' is no \(type.name)"))
      }
    }
  }

  private static func readAll(
    _ file: SystemCalls.Descriptor, _ path: String, into bytes: inout [UInt8]
  ) throws(SearchError) {
    while try SystemCalls.read(file, into: &bytes, count: chunkSize, path: path) > 0 {}
  }

  // MARK: JSON lines

  private mutating func readLines(
    _ file: InputFiles.File, _ body: (Document) throws(SearchError) -> Void
  ) throws(SearchError) {
    let descriptor: SystemCalls.Descriptor
    do {
      descriptor = try SystemCalls.openForReading(file.path)
    } catch {
      report.note(InputProblem(place: file.path, message: error.description))
      return
    }
    defer { SystemCalls.close(descriptor) }
    try readLines(descriptor, [], file, body)
  }

  /// Reads lines from `bytes` (read already) and then from the file, a chunk at a time.
  private mutating func readLines(
    _ descriptor: SystemCalls.Descriptor, _ start: [UInt8], _ file: InputFiles.File,
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
        try readLine(bytes.span.extracting(lineStart..<end), number, file, body)
        lineStart = end + 1
      }
      if lineStart > 0 { bytes.removeSubrange(..<lineStart) }
      searched = bytes.count
      let taken: Int
      do {
        taken = try SystemCalls.read(descriptor, into: &bytes, count: DocumentReader.chunkSize, path: file.path)
      } catch {
        report.note(InputProblem(place: file.path, message: error.description))
        return
      }
      report.bytes += taken
      if taken == 0 { break }
      hash.update(bytes.span.extracting(searched..<searched + taken))
    }
    if !bytes.isEmpty { try readLine(bytes.span, number + 1, file, body) }
  }

  private static func lineEnd(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    for index in start..<max(start, bytes.count) where bytes[index] == 0x0A { return index }
    return nil
  }

  private mutating func readLine(
    _ line: Span<UInt8>, _ number: Int, _ file: InputFiles.File, _ body: (Document) throws(SearchError) -> Void
  ) throws(SearchError) {
    if DocumentReader.isBlank(line) { return }
    let place = "\(file.path):\(number)"
    let object: JSONLine
    var repairs = 0
    do {
      object = try parse(number == 1 ? DocumentReader.withoutByteOrderMark(line) : line, &repairs)
    } catch {
      report.note(InputProblem(place: place, message: "column \(error.column): \(error.message)"))
      return
    }
    let attributes = attributes(object, file)
    if object["title"] == nil, object["body"] == nil {
      report.note(InputProblem(place: place, message: "neither title nor body: nothing to search in it"))
    }
    let document = Document(
      key: key(object["id"], number, file), title: text(object["title"]), body: text(object["body"]),
      attributes: attributes)
    try give(document, repairs: repairs + object.repaired, place: place, body)
  }

  private static func isBlank(_ line: Span<UInt8>) -> Bool {
    for index in line.indices where line[index] != 0x20 && line[index] != 0x0D && line[index] != 0x09 { return false }
    return true
  }

  /// Parses a line, from another encoding by way of UTF-8.
  private func parse(_ line: Span<UInt8>, _ repairs: inout Int) throws(JSONLine.Failure) -> JSONLine {
    guard encoding.isByteTable else { return try JSONLine(line) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(line.count)
    for index in line.indices { bytes.append(line[index]) }
    bytes = Array(encoding.decode(bytes, repaired: &repairs).utf8)
    return try JSONLine(bytes.span)
  }

  /// The members that are not the document itself; an array gives several values.
  private func attributes(_ object: JSONLine, _ file: InputFiles.File) -> [String: [String]] {
    var attributes: [String: [String]] = file.kind == .standardInput ? [:] : ["path": [file.path]]
    func isOwn(_ name: String) -> Bool { name == "id" || name == "title" || name == "body" }
    for (name, value) in object.members where !isOwn(name) { attributes[name] = [value] }
    for (name, values) in object.arrays where !isOwn(name) && !values.isEmpty { attributes[name] = values }
    return attributes
  }

  private func text(_ value: String?) -> String {
    guard let value else { return "" }
    return encoding == .viqr ? VIQR.decode(value) : value
  }

  /// The id; behind the input's name where there are several inputs. Without an id: file and line.
  private func key(_ id: String?, _ number: Int, _ file: InputFiles.File) -> String {
    guard let id, !id.isEmpty else { return "\(file.name):\(number)" }
    return hasSeveralInputs ? "\(file.name)/\(id)" : id
  }

  @_lifetime(copy line)
  private static func withoutByteOrderMark(_ line: Span<UInt8>) -> Span<UInt8> {
    guard line.count >= 3, line[0] == 0xEF, line[1] == 0xBB, line[2] == 0xBF else { return line }
    return line.extracting(3..<line.count)
  }

  // MARK: Standard input

  /// JSON lines if the first byte is `{`, else one document.
  private mutating func readStandardInput(
    _ file: InputFiles.File, _ body: (Document) throws(SearchError) -> Void
  ) throws(SearchError) {
    var bytes: [UInt8] = []
    _ = try SystemCalls.read(SystemCalls.standardInput, into: &bytes, count: DocumentReader.chunkSize, path: "-")
    if bytes.first == 0x7B {
      try readLines(SystemCalls.standardInput, bytes, file, body)
    } else {
      try DocumentReader.readAll(SystemCalls.standardInput, "-", into: &bytes)
      if !bytes.isEmpty { try giveText(bytes, file, body) }
    }
  }
}

import TextSearch

/// A reader of documents from files, folders and standard input, one after the other.
package struct DocumentReader {
  /// Counts and problems so far.
  package internal(set) var report = InputReport()
  /// The files that were read, and the known files that have not changed.
  package private(set) var sources: [SourceList.Source] = []
  /// The files of `sources` that were read.
  package private(set) var readSources: [SourceList.Source] = []
  /// The file being read.
  private var source = SourceList.Source(path: "", name: "")
  /// The hash of its bytes so far.
  private var hash = ContentHash()
  /// Names of the attributes that members of objects became.
  private var nestedNames: Set<String> = []
  private let files: [InputFiles.File]
  private let hasSeveralInputs: Bool
  let settings: InputSettings
  private let schema: AttributeSchema
  private static let chunkSize = 1 << 20

  /// Takes a document. It throws what ends the reading.
  package typealias Taker = (Document) throws(SearchError) -> Void

  /// Finds the files of the inputs without reading them.
  ///
  /// - Parameters:
  ///   - inputs: paths of files and folders; `-` is standard input.
  ///   - settings: encodings and the map of fields. VIQR, in which the backslash has a meaning of its own, is decoded in
  ///     the values of JSON after the line has been parsed.
  ///   - schema: the declared types of attributes. Values of another type are reported as problems, and kept.
  /// - Throws: `SearchError.system` for an input that does not exist or cannot be opened.
  package init(
    _ inputs: [String], settings: InputSettings = InputSettings(), schema: AttributeSchema = AttributeSchema()
  ) throws(SearchError) {
    self.settings = settings
    self.schema = schema
    let found = try InputFiles(inputs)
    files = found.files
    hasSeveralInputs = inputs.count > 1
    for problem in found.problems { report.note(problem) }
    report.passedOver = found.passedOver
  }

  /// Calls `body` with every document. Files and lines that cannot be read are added to `report` and skipped.
  ///
  /// Blocks on reading the files or standard input.
  ///
  /// - Parameter known: the sources of an index. Files that have not changed since are skipped.
  /// - Throws: what `body` throws.
  package mutating func read(after known: SourceList = SourceList(), _ body: Taker) throws(SearchError) {
    let comparison = SourceComparison(known.settings == settings ? known : SourceList())
    for file in files {
      if let same = comparison.unchanged(file) {
        sources.append(same)
      } else {
        try read(file, body)
      }
    }
  }

  /// Reads a file and appends its source.
  private mutating func read(_ file: InputFiles.File, _ body: Taker) throws(SearchError) {
    source = SourceList.Source(path: file.path, name: file.name)
    hash = ContentHash()
    let oldProblems = report.problemCount
    if let stamp = SourceComparison.stamp(file) { source.stamp = stamp } else { source.isFlawed = true }
    report.files += 1
    try readContents(file, body)
    source.hash = hash.value
    if report.problemCount > oldProblems { source.isFlawed = true }
    sources.append(source)
    readSources.append(source)
  }

  /// Reads the contents of a file by its kind.
  private mutating func readContents(_ file: InputFiles.File, _ body: Taker) throws(SearchError) {
    let isInput = file.kind == .standardInput
    let descriptor: SystemCalls.Descriptor
    do {
      descriptor = isInput ? SystemCalls.standardInput : try SystemCalls.openForReading(file.path)
    } catch {
      report.note(InputProblem(location: file.path, message: error.description))
      return
    }
    defer { if !isInput { SystemCalls.close(descriptor) } }
    var bytes: [UInt8] = []
    guard take(descriptor, file, into: &bytes) > 0 || !isInput else { return }
    if BinaryContents.isBinary(bytes, settings.fallback ?? settings.encoding) {
      report.note(InputProblem(location: file.path, message: "no text but binary data; passed over"))
      return
    }
    let kind = isInput ? InputFiles.kind(ofStart: bytes) : file.kind
    if kind == .jsonLines, UnicodeMark(bytes) == nil { return try readLines(of: file, descriptor, after: bytes, body) }
    while take(descriptor, file, into: &bytes) > 0 {}
    switch kind {
    case .jsonLines: try readLines(of: file, nil, after: Array(decoded(bytes, file).utf8), body)
    case .json: try readObjects(bytes, file, body)
    case .commaSeparated: try readTable(bytes, file, separator: nil, body)
    case .tabSeparated: try readTable(bytes, file, separator: 0x09, body)
    case .markdown, .plain, .page, .standardInput: try readText(bytes, file, as: kind, body)
    }
  }

  /// Reads the next bytes of a file, counts and hashes them; returns their number, 0 at the end and after an error.
  private mutating func take(
    _ descriptor: SystemCalls.Descriptor, _ file: InputFiles.File, into bytes: inout [UInt8]
  ) -> Int {
    let start = bytes.count
    do {
      let count = try SystemCalls.read(
        descriptor, into: &bytes, count: DocumentReader.chunkSize, path: file.path)
      report.bytes += count
      hash.update(bytes.span.extracting(start..<start + count))
      return count
    } catch {
      report.note(InputProblem(location: file.path, message: error.description))
      return 0
    }
  }

  /// Decodes a file of several documents and reports what was replaced.
  private mutating func decoded(_ bytes: [UInt8], _ file: InputFiles.File) -> String {
    let decoded = InputDecoder(settings: settings).decode(bytes)
    note(decoded, file)
    return decoded.text
  }

  private mutating func note(_ decoded: InputDecoder.Decoded, _ file: InputFiles.File) {
    if decoded.isFallback { report.fallbackDocuments += 1 }
    guard decoded.repairs > 0 else { return }
    noteRepairs(decoded.repairs, decoded.name, at: "\(file.path):\(decoded.firstRepairedLine)")
  }

  private mutating func noteRepairs(_ repairs: Int, _ name: String, at location: String) {
    report.repairs += repairs
    report.repairedDocuments += 1
    let noun = repairs == 1 ? "sequence" : "sequences"
    report.note(InputProblem(location: location, message: "invalid \(name), \(repairs) \(noun) replaced"))
  }

  // MARK: Files of one document

  private mutating func readText(
    _ bytes: [UInt8], _ file: InputFiles.File, as kind: InputFiles.Kind, _ body: Taker
  ) throws(SearchError) {
    if bytes.isEmpty, file.kind == .standardInput { return }
    let decoded = InputDecoder(settings: settings).decode(bytes, isPage: kind == .page)
    note(decoded, file)
    let text =
      switch kind {
      case .markdown: TextDocument(markdown: decoded.text)
      case .page: HTMLDocument.document(decoded.text)
      default: TextDocument(plain: decoded.text)
      }
    for problem in text.problems {
      report.note(InputProblem(location: "\(file.path):\(problem.line)", message: problem.message))
    }
    var attributes = text.attributes
    if file.kind != .standardInput { attributes["path"] = [file.path] }
    let document = Document(key: file.name, title: text.title, body: text.body, attributes: attributes)
    try emit(document, location: file.path, body)
  }

  /// Counts a document, reports its misfits, and passes it to `body`.
  private mutating func emit(_ document: Document, location: String, _ body: Taker) throws(SearchError) {
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

  // MARK: JSON lines

  /// Reads lines from `start`, the bytes already read, and then from the file, one chunk at a time.
  private mutating func readLines(
    of file: InputFiles.File, _ descriptor: SystemCalls.Descriptor?, after start: [UInt8], _ body: Taker
  ) throws(SearchError) {
    var bytes = start
    var number = 0
    var searched = 0
    while true {
      var lineStart = 0
      while let end = DocumentReader.lineEnd(bytes.span, from: max(lineStart, searched)) {
        number += 1
        try readLine(bytes.span.extracting(lineStart..<end), number: number, of: file, body)
        lineStart = end + 1
      }
      if lineStart > 0 { bytes.removeSubrange(..<lineStart) }
      searched = bytes.count
      guard let descriptor, take(descriptor, file, into: &bytes) > 0 else { break }
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
    _ line: Span<UInt8>, number: Int, of file: InputFiles.File, _ body: Taker
  ) throws(SearchError) {
    if DocumentReader.isBlank(line) { return }
    let start = number == 1 ? DocumentReader.withoutByteOrderMark(line) : line
    try readObject(start, number: number, line: number, of: file, body)
  }

  private static func isBlank(_ line: Span<UInt8>) -> Bool {
    for index in line.indices where line[index] != 0x20 && line[index] != 0x0D && line[index] != 0x09 { return false }
    return true
  }

  /// Returns the line without a UTF-8 byte order mark.
  @_lifetime(copy line)
  private static func withoutByteOrderMark(_ line: Span<UInt8>) -> Span<UInt8> {
    guard line.count >= 3, line[0] == 0xEF, line[1] == 0xBB, line[2] == 0xBF else { return line }
    return line.extracting(3..<line.count)
  }

  // MARK: JSON

  /// Reads the objects of a file: those of an array, or one after the other.
  private mutating func readObjects(_ bytes: [UInt8], _ file: InputFiles.File, _ body: Taker) throws(SearchError) {
    let isMarked = UnicodeMark(bytes) != nil
    let text = isMarked ? Array(decoded(bytes, file).utf8) : bytes
    let start = DocumentReader.withoutByteOrderMark(text.span)
    var elements = JSONElements(start)
    var number = 0
    while let element = elements.next() {
      switch element {
      case .value(let range, let line):
        number += 1
        try readObject(start.extracting(range), number: number, line: line, of: file, body)
      case .failure(let message, let line):
        report.note(InputProblem(location: "\(file.path):\(line)", message: message))
      }
    }
  }

  /// Parses an object and passes its document to `body`.
  ///
  /// - Parameters:
  ///   - number: the ordinal of the object, which is in the key if it has no id.
  ///   - line: the line on which it begins.
  private mutating func readObject(
    _ bytes: Span<UInt8>, number: Int, line: Int, of file: InputFiles.File, _ body: Taker
  ) throws(SearchError) {
    let location = "\(file.path):\(line)"
    var repairs = 0
    var object: JSONLine
    do throws(JSONLine.Failure) {
      object = try parse(bytes, settings.encoding, &repairs)
      if object.repaired + repairs > 0, let fallback = settings.fallback, fallback.isByteTable, !isValid(bytes) {
        repairs = 0
        object = try parse(bytes, fallback, &repairs)
        report.fallbackDocuments += 1
      }
    } catch {
      report.note(InputProblem(location: location, message: "column \(error.column): \(error.message)"))
      return
    }
    repairs += object.repaired
    if repairs > 0 { noteRepairs(repairs, InputDecoder.name(settings.encoding), at: location) }
    let left = noteObjects(object, location)
    var members = object.members
    for name in left { members.set(name, []) }
    try emit(members, number: number, of: file, location: location, body)
  }

  /// Whether bytes are valid in the encoding of the input: escapes of surrogates without their other half are no matter of it.
  private func isValid(_ bytes: Span<UInt8>) -> Bool {
    !settings.encoding.isByteTable && String(validating: DocumentReader.array(bytes), as: UTF8.self) != nil
  }

  /// Parses an object, which is converted to UTF-8 first if it has an 8-bit encoding.
  private func parse(
    _ bytes: Span<UInt8>, _ encoding: InputEncoding, _ repairs: inout Int
  ) throws(JSONLine.Failure) -> JSONLine {
    guard encoding.isByteTable else { return try JSONLine(bytes) }
    let decoded = Array(encoding.decode(DocumentReader.array(bytes), repaired: &repairs).utf8)
    return try JSONLine(decoded.span)
  }

  private static func array(_ bytes: Span<UInt8>) -> [UInt8] {
    var array: [UInt8] = []
    array.reserveCapacity(bytes.count)
    for index in bytes.indices { array.append(bytes[index]) }
    return array
  }

  /// Maximum number of attributes that members of objects may become.
  private static let maximumNestedNames = 1000

  /// Reports members that are objects where a text is expected, and names of members in excess.
  ///
  /// - Returns: the names whose members are left out.
  private mutating func noteObjects(_ object: JSONLine, _ location: String) -> Set<String> {
    var left: Set<String> = []
    for (name, members) in object.objects.sorted(by: { $0.key < $1.key }) where !left.contains(name) {
      if settings.map.pairs.contains(where: { $0.member.hasPrefix(name + ".") }) { continue }
      if FieldMap.ownNames.contains(name), let first = members.min() {
        left.formUnion(object.names(below: name))
        report.note(
          InputProblem(location: location, message: "\(name) is an object; name the member: --map \(name)=\(first)"))
        continue
      }
      nestedNames.formUnion(members)
      guard nestedNames.count > DocumentReader.maximumNestedNames else { continue }
      nestedNames.subtract(members)
      left.formUnion(object.names(below: name))
      report.note(
        InputProblem(location: location, message: "\(name): too many different members; left out, see --map"))
    }
    return left
  }

  // MARK: Records

  /// Makes a document of the members of a record.
  ///
  /// - Parameter isDecoded: whether the whole file was decoded, by an encoding that is no table of bytes too.
  private mutating func emit(
    _ members: RecordMembers, number: Int, of file: InputFiles.File, location: String, isDecoded: Bool = false,
    _ body: Taker
  ) throws(SearchError) {
    var fields = settings.map.fields(of: members)
    if !fields.hasText {
      report.note(InputProblem(location: location, message: "neither title nor body: nothing to search in it"))
    }
    if settings.encoding == .viqr, !isDecoded {
      fields.title = VIQR.decode(fields.title)
      fields.body = VIQR.decode(fields.body)
    }
    if file.kind != .standardInput, fields.attributes["path"] == nil { fields.attributes["path"] = [file.path] }
    let document = Document(
      key: key(fields.id, number, file), title: fields.title, body: fields.body, attributes: fields.attributes)
    try emit(document, location: location, body)
  }

  /// Returns the key of a document: the id, prefixed by the file's name if there are several inputs; file and number
  /// if it has no id.
  private func key(_ id: String?, _ number: Int, _ file: InputFiles.File) -> String {
    guard let id, !id.isEmpty else { return "\(file.name):\(number)" }
    return hasSeveralInputs ? "\(file.name)/\(id)" : id
  }

  /// Reads the rows of a table below its head.
  private mutating func readTable(
    _ bytes: [UInt8], _ file: InputFiles.File, separator: UInt8?, _ body: Taker
  ) throws(SearchError) {
    var rows = DelimitedText(Array(decoded(bytes, file).utf8), separator: separator)
    guard let head = rows.next() else { return }
    let columns = TableColumns(head.values, map: settings.map)
    for problem in columns.problems {
      report.note(InputProblem(location: "\(file.path):\(head.line)", message: problem))
    }
    noteOpenQuote(head, file)
    var hasRows = false
    defer {
      if !hasRows {
        report.note(InputProblem(location: "\(file.path):\(head.line)", message: "a head without rows below it"))
      }
    }
    while let row = rows.next() {
      hasRows = true
      let location = "\(file.path):\(row.line)"
      noteOpenQuote(row, file)
      if row.values.count != columns.names.count {
        let message = "\(row.values.count) values, \(columns.names.count) columns"
        report.note(InputProblem(location: location, message: message))
      }
      try emit(columns.members(of: row.values), number: row.line, of: file, location: location, isDecoded: true, body)
    }
  }

  private mutating func noteOpenQuote(_ row: DelimitedText.Row, _ file: InputFiles.File) {
    guard row.isOpen else { return }
    report.note(
      InputProblem(location: "\(file.path):\(row.line)", message: "a quote that is opened here never ends"))
  }
}

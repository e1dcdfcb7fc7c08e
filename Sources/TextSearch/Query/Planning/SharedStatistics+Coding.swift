/// Encodes shared statistics as bytes and decodes them, to exchange them between the parts of a collection.
///
/// Integers are little-endian; lengths and counts have a variable number of bytes, each with seven bits:
///
///     magic (8)  version (4)  analyzer's fingerprint (8)  collection statistics (11 x 8)
///     number of attributes, for each: length, name         ascending
///     number of lists and pairs, for each: length, name, documents   ascending
///     number of words, for each: length, name, documents   ascending
///     checksum of all before it (8)
extension SharedStatistics {
  private static let magic: [UInt8] = Array("FTSstat\n".utf8)
  private static let version: UInt32 = 3

  /// The encoded statistics.
  public var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.write(contentsOf: SharedStatistics.magic)
    writer.write(SharedStatistics.version)
    writer.write(fingerprint)
    collection.write(to: &writer)
    writer.writeVariable(attributes.count)
    for name in attributes.map({ Array($0.utf8) }).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      writer.writeVariable(name.count)
      writer.write(contentsOf: name)
    }
    writer.writeVariable(frequencies.count)
    for name in frequencies.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      writer.writeVariable(name.count)
      writer.write(contentsOf: name)
      writer.writeVariable(frequencies[name] ?? 0)
    }
    writer.writeVariable(words.count)
    for (name, documents) in words.map({ ($0.key.name, $0.value) }).sorted(by: {
      $0.0.lexicographicallyPrecedes($1.0)
    }) {
      writer.writeVariable(name.count)
      writer.write(contentsOf: name)
      writer.writeVariable(documents)
    }
    writer.write(Checksum.of(writer.bytes.span))
    return SharedStatistics.array(writer.bytes.span)
  }

  private static func array(_ span: Span<UInt8>) -> [UInt8] {
    var array: [UInt8] = []
    array.reserveCapacity(span.count)
    for index in span.indices { array.append(span[index]) }
    return array
  }

  /// Decodes ``bytes``.
  ///
  /// - Throws: `SearchError.corrupt` for bytes that are damaged or no statistics; `.unsupportedVersion`.
  public init(_ bytes: [UInt8]) throws(SearchError) {
    let region = OwnedBytes.region(bytes.span, section: "statistics")
    guard region.count >= 20, try region.array(at: 0, count: 8) == SharedStatistics.magic else {
      throw region.corrupt(at: 0, "no shared statistics")
    }
    let found: UInt32 = try region.load(at: 8)
    guard found == SharedStatistics.version else {
      throw .unsupportedVersion(file: "shared statistics", found: Int(found), supported: Int(SharedStatistics.version))
    }
    try region.checkTrailingChecksum()
    var reader = ByteReader(try region.slice(at: 0, count: region.count - 8), at: 12)
    let fingerprint: UInt64 = try reader.read()
    let collection = try CollectionStatistics(&reader, maximumDocuments: SharedStatistics.maximumCount)
    let attributes = try SharedStatistics.readAttributes(&reader)
    let frequencies = try SharedStatistics.readFrequencies(&reader)
    var words: [Vocabulary.Word: UInt64] = [:]
    for (name, documents) in try SharedStatistics.readFrequencies(&reader) {
      guard let word = Vocabulary.Word(name: name) else { throw region.corrupt(at: reader.offset, "no word") }
      words[word] = documents
    }
    guard reader.isAtEnd else { throw region.corrupt(at: reader.offset, "bytes behind the last word") }
    self.init(fingerprint: fingerprint, collection, attributes: attributes, frequencies: frequencies, words: words)
  }

  /// Reads a file that holds ``bytes``.
  ///
  /// - Throws: `SearchError.corrupt` or `.unsupportedVersion`, with the path; `.system` if the file cannot be read.
  public init(path: String) throws(SearchError) {
    let file = try SystemCalls.openForReading(path)
    defer { SystemCalls.close(file) }
    var bytes: [UInt8] = []
    while try SystemCalls.read(file, into: &bytes, count: 1 << 16, path: path) > 0 {}
    do {
      try self.init(bytes)
    } catch {
      if case .unsupportedVersion(_, let found, let supported) = error {
        throw .unsupportedVersion(file: path, found: found, supported: supported)
      }
      throw error.inFile(path)
    }
  }

  private static func readAttributes(_ reader: inout ByteReader) throws(SearchError) -> Set<String> {
    var attributes: Set<String> = []
    var last: [UInt8]?
    for _ in 0..<(try reader.readCount()) {
      attributes.insert(String(decoding: try readName(&reader, after: &last), as: UTF8.self))
    }
    return attributes
  }

  private static func readFrequencies(_ reader: inout ByteReader) throws(SearchError) -> [[UInt8]: UInt64] {
    var frequencies: [[UInt8]: UInt64] = [:]
    var last: [UInt8]?
    for _ in 0..<(try reader.readCount()) {
      let name = try readName(&reader, after: &last)
      let frequency = try reader.readVariable()
      guard frequency <= maximumCount else { throw reader.region.corrupt(at: reader.offset, "count too large") }
      frequencies[name] = frequency
    }
    return frequencies
  }

  /// Reads a name, which must sort after the last one.
  private static func readName(
    _ reader: inout ByteReader, after last: inout [UInt8]?
  ) throws(SearchError) -> [UInt8] {
    let count = try reader.readCount()
    let name = try reader.region.array(at: reader.offset, count: count)
    try reader.skip(count)
    guard last.map({ $0.lexicographicallyPrecedes(name) }) ?? true else {
      throw reader.region.corrupt(at: reader.offset, "names do not ascend")
    }
    last = name
    return name
  }
}

extension Vocabulary.Word {
  /// The encoded word: kind, folded form, a zero byte, form.
  fileprivate var name: [UInt8] { [kind.rawValue] + folded + [0] + form }

  fileprivate init?(name: [UInt8]) {
    guard let kind = name.first.flatMap(TokenKind.init(rawValue:)), let zero = name.dropFirst().firstIndex(of: 0) else {
      return nil
    }
    self.init(kind: kind, folded: Array(name[1..<zero]), form: Array(name[(zero + 1)...]))
  }
}

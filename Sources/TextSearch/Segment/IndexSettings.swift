/// The settings that all segments of an index share. The manifest stores them, so that another writer continues with
/// them.
struct IndexSettings: Sendable, Equatable {
  /// Fingerprint of the analyzer.
  var fingerprint: UInt64
  /// Names of the text fields, in the order of their positions.
  var fields: [String] = []
  /// Numbers of the fields whose texts are stored, ascending.
  var storedFields: [Int] = []
  /// Compression of stored documents.
  var compression = StoredCompression.fast
  /// Whether French postings record which inflected forms each document contains.
  var keepsForms = true
  /// Whether the neighbours of occurrences and the frequencies of adjacent pairs are kept.
  var keepsPairs = true
  /// Declared types of attributes.
  var schema = AttributeSchema()
  /// What newer programs have added, in the order of the numbers; this one keeps it as it is.
  var extensions: [Extension] = []

  /// A part of the settings that this program does not know.
  struct Extension: Sendable, Equatable {
    let number: UInt64
    let bytes: [UInt8]

    /// Whether the index cannot be read without knowing it.
    var isRequired: Bool { number % 2 == 1 }
  }

  private static let formsFlag: UInt8 = 1
  private static let pairsFlag: UInt8 = 2
  private static let extensionsFlag: UInt8 = 4

  /// Appends the settings as the manifest stores them.
  func write(to writer: inout ByteWriter) {
    writer.write(fingerprint)
    writer.write(
      (keepsForms ? IndexSettings.formsFlag : 0) | (keepsPairs ? IndexSettings.pairsFlag : 0)
        | (extensions.isEmpty ? 0 : IndexSettings.extensionsFlag))
    writer.write(compression.rawValue)
    writer.writeVariable(fields.count)
    for name in fields { writer.writeString(name) }
    writer.writeVariable(storedFields.count)
    for field in storedFields { writer.writeVariable(field) }
    schema.write(to: &writer)
    guard !extensions.isEmpty else { return }
    writer.writeVariable(extensions.count)
    for own in extensions {
      writer.writeVariable(own.number)
      writer.writeVariable(own.bytes.count)
      writer.write(contentsOf: own.bytes)
    }
  }
}

extension IndexSettings {
  /// Reads the settings as the manifest stores them.
  init(_ reader: inout ByteReader) throws(SearchError) {
    self.init(fingerprint: try reader.read())
    let flags: UInt8 = try reader.read()
    let known = IndexSettings.formsFlag | IndexSettings.pairsFlag | IndexSettings.extensionsFlag
    guard flags & ~known == 0 else {
      throw reader.region.corrupt(at: reader.offset - 1, "unknown flags \(flags)")
    }
    keepsForms = flags & IndexSettings.formsFlag != 0
    keepsPairs = flags & IndexSettings.pairsFlag != 0
    let number: UInt8 = try reader.read()
    guard let compression = StoredCompression(rawValue: number) else {
      throw reader.region.corrupt(at: reader.offset - 1, "unknown compression \(number)")
    }
    self.compression = compression
    for _ in 0..<(try reader.readCount()) { fields.append(try reader.readString()) }
    for _ in 0..<(try reader.readCount()) {
      let field = try reader.readCount()
      guard field < fields.count, field > storedFields.last ?? -1 else {
        throw reader.region.corrupt(at: reader.offset, "stored field \(field) is unknown or out of order")
      }
      storedFields.append(field)
    }
    schema = try AttributeSchema(&reader)
    if flags & IndexSettings.extensionsFlag != 0 { try readExtensions(&reader) }
  }

  private mutating func readExtensions(_ reader: inout ByteReader) throws(SearchError) {
    let count = try reader.readCount()
    guard count > 0 else { throw reader.region.corrupt(at: reader.offset, "no extensions") }
    for _ in 0..<count {
      let number = try reader.readVariable()
      guard extensions.last.map({ $0.number < number }) ?? true else {
        throw reader.region.corrupt(at: reader.offset, "extension \(number) is out of order")
      }
      let size = try reader.readCount()
      let bytes = try reader.region.array(at: reader.offset, count: size)
      try reader.skip(size)
      extensions.append(Extension(number: number, bytes: bytes))
    }
  }
}

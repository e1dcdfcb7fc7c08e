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

  private static let formsFlag: UInt8 = 1
  private static let pairsFlag: UInt8 = 2

  /// Appends the settings as the manifest stores them.
  func write(to writer: inout ByteWriter) {
    writer.write(fingerprint)
    writer.write((keepsForms ? IndexSettings.formsFlag : 0) | (keepsPairs ? IndexSettings.pairsFlag : 0))
    writer.write(compression.rawValue)
    writer.writeVariable(fields.count)
    for name in fields { writer.writeString(name) }
    writer.writeVariable(storedFields.count)
    for field in storedFields { writer.writeVariable(field) }
    schema.write(to: &writer)
  }
}

extension IndexSettings {
  /// Reads the settings as the manifest stores them.
  init(_ reader: inout ByteReader) throws(SearchError) {
    self.init(fingerprint: try reader.read())
    let flags: UInt8 = try reader.read()
    guard flags & ~(IndexSettings.formsFlag | IndexSettings.pairsFlag) == 0 else {
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
  }
}

/// The types of an index's attributes: those that were declared, and a rule for all others.
///
/// An attribute that is not declared is a date if its name is `date`, else a keyword. The rule does not look at values,
/// so segments that are merged in any grouping agree.
public struct AttributeSchema: Sendable, Equatable {
  /// Types by name.
  public let declared: [String: AttributeType]

  /// Version of the rule for attributes that are not declared.
  private static let rules: UInt8 = 1
  private static let dateName = "date"

  public init(_ declared: [String: AttributeType] = [:]) { self.declared = declared }

  public func type(of name: String) -> AttributeType {
    declared[name] ?? (name == AttributeSchema.dateName ? .date : .keyword)
  }

  /// The values among `values` that cannot be read as the type of the attribute; always none for keywords.
  public func misfits(_ values: [String], of name: String) -> [String] {
    let type = type(of: name)
    return values.filter { AttributeValue($0, as: type).type != type }
  }

  /// Identifies the schema: segments of one index have the same.
  var fingerprint: UInt64 {
    var writer = ByteWriter()
    write(to: &writer)
    return Checksum.of(writer.bytes.span)
  }

  func write(to writer: inout ByteWriter) {
    writer.write(AttributeSchema.rules)
    writer.writeVariable(declared.count)
    for (name, type) in declared.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      writer.writeString(name)
      writer.write(type.rawValue)
    }
  }

  init(_ reader: inout ByteReader) throws(SearchError) {
    guard try reader.read(UInt8.self) == AttributeSchema.rules else {
      throw reader.region.corrupt(at: 0, "rules of another version")
    }
    var declared: [String: AttributeType] = [:]
    for _ in 0..<(try reader.readCount()) {
      let name = try reader.readString()
      declared[name] = try AttributeType(&reader)
    }
    self.init(declared)
  }
}

extension AttributeType {
  init(_ reader: inout ByteReader) throws(SearchError) {
    let number: UInt8 = try reader.read()
    guard let type = AttributeType(rawValue: number) else {
      throw reader.region.corrupt(at: reader.offset - 1, "attribute type \(number)")
    }
    self = type
  }
}

/// The types of an index's attributes: those that were declared, and a rule for all others.
///
/// An attribute that is not declared is a date if its name is `date`, else a keyword. The rule does not depend on
/// values, so segments agree in whatever grouping they are merged.
public struct AttributeSchema: Sendable, Equatable {
  /// Declared types by name.
  public let declared: [String: AttributeType]

  /// Version of the rule for attributes that are not declared.
  private static let rules: UInt8 = 1
  private static let dateName = "date"

  /// Creates a schema.
  ///
  /// - Parameter declared: types by name; none by default.
  public init(_ declared: [String: AttributeType] = [:]) { self.declared = declared }

  /// Returns the type of an attribute, declared or not.
  public func type(of name: String) -> AttributeType {
    declared[name] ?? (name == AttributeSchema.dateName ? .date : .keyword)
  }

  /// Returns those of `values` that cannot be read as the type of the attribute; none for keywords.
  public func misfits(_ values: [String], of name: String) -> [String] {
    let type = type(of: name)
    return values.filter { AttributeValue($0, as: type).type != type }
  }

  /// A checksum of the schema. All segments of an index have the same.
  var fingerprint: UInt64 {
    var writer = ByteWriter()
    write(to: &writer)
    return Checksum.of(writer.bytes.span)
  }

  /// Appends the schema as files store it.
  func write(to writer: inout ByteWriter) {
    writer.write(AttributeSchema.rules)
    writer.writeVariable(declared.count)
    for (name, type) in declared.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      writer.writeString(name)
      writer.write(type.rawValue)
    }
  }

  /// Reads a schema as files store it.
  init(_ reader: inout ByteReader) throws(SearchError) {
    guard try reader.read(UInt8.self) == AttributeSchema.rules else {
      throw reader.region.corrupt(at: reader.offset - 1, "rules of another version")
    }
    var declared: [String: AttributeType] = [:]
    for _ in 0..<(try reader.readCount()) {
      let name = try reader.readString()
      declared[name] = try AttributeType(&reader)
    }
    self.init(declared)
  }
}

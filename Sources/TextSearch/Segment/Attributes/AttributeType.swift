/// The type of the values of an attribute.
public enum AttributeType: UInt8, Sendable, CaseIterable {
  /// Texts: ranges compare their bytes, sorting their letters (``Collation``).
  case keyword = 1
  /// Signed integers of 64 bits.
  case integer = 2
  /// Years, months, days or seconds: ``AttributeDate``.
  case date = 3

  /// The name: `keyword`, `integer` or `date`.
  public var name: String {
    switch self {
    case .keyword: "keyword"
    case .integer: "integer"
    case .date: "date"
    }
  }

  /// Returns how to write values of a type, to end an error message with.
  static func hint(_ type: AttributeType) -> String {
    switch type {
    case .keyword: ""
    case .integer: "; write it in digits"
    case .date: "; write it as 2025, 2025-08, 2025-08-06 or 2025-08-06T10:30:00Z"
    }
  }

  /// Creates the type with a name; nil if there is none.
  public init?(name: String) {
    guard let type = AttributeType.allCases.first(where: { $0.name == name }) else { return nil }
    self = type
  }
}

extension AttributeType {
  /// Reads the number of a type.
  init(_ reader: inout ByteReader) throws(SearchError) {
    let number: UInt8 = try reader.read()
    guard let type = AttributeType(rawValue: number) else {
      throw reader.region.corrupt(at: reader.offset - 1, "unknown attribute type \(number)")
    }
    self = type
  }
}

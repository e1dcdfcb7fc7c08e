/// What a hit was sorted by: hits are in the order of their sort keys, in whatever direction they are sorted.
///
/// Keys of one ``AttributeOrder`` can be compared whatever shard, segment or process they come from.
public struct SortKey: Sendable, Hashable, Comparable {
  /// Bytes in the order of the hits.
  public let bytes: [UInt8]

  /// Creates a key of its bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether hits with `a` come before those with `b`.
  public static func < (a: SortKey, b: SortKey) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
}

extension SortKey {
  /// The first byte: values of the attribute's type, then texts, then nothing.
  private enum Kind: UInt8 {
    case number, text, missing
  }

  /// The key of a document without a value: behind all others.
  static let missing = SortKey([Kind.missing.rawValue])

  /// The key of an integer or date by its number.
  init(_ number: Int64, isDescending: Bool) {
    let bits = UInt64(bitPattern: number) ^ 1 << 63
    let ordered = isDescending ? ~bits : bits
    bytes =
      [Kind.number.rawValue]
      + stride(from: UInt64(56), through: 0, by: -8).map { UInt8(truncatingIfNeeded: ordered >> $0) }
  }

  /// The key of a text by its key in a collation.
  ///
  /// Descending keys have the complement of each byte. Zero bytes are followed by an FF before that, and the end is two zero bytes, so
  /// that the longer of two keys comes first.
  init(collated key: [UInt8], isDescending: Bool) {
    guard isDescending else {
      bytes = [Kind.text.rawValue] + key
      return
    }
    var bytes = [Kind.text.rawValue]
    for byte in key {
      bytes.append(~byte)
      if byte == 0 { bytes.append(0) }
    }
    self.bytes = bytes + [0xFF, 0xFF]
  }
}

/// An occurrence of a term in a segment that is being built: document, position, and the codes of the words beside it
/// (`NeighbourCode`). Ordered by document, then position.
struct TermOccurrence: BitwiseCopyable, Comparable {
  /// Documents and positions of a segment that is built stay below this: `SegmentBudget` and `IndexWriter.maximumTextBytes` see to it.
  static let limit = 1 << 28

  private let bits: UInt64

  @inline(__always)
  init(document: Int, position: UInt32, neighbours: UInt8) {
    bits = UInt64(document) &<< 36 | UInt64(position) &<< 8 | UInt64(neighbours)
  }

  @inline(__always)
  var document: UInt32 { UInt32(truncatingIfNeeded: bits &>> 36) }

  @inline(__always)
  var position: UInt32 { UInt32(truncatingIfNeeded: bits &>> 8) & UInt32(TermOccurrence.limit - 1) }

  @inline(__always)
  var neighbours: UInt8 { UInt8(truncatingIfNeeded: bits) }

  @inline(__always)
  static func < (a: TermOccurrence, b: TermOccurrence) -> Bool { a.bits < b.bits }
}

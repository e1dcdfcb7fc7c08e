/// Encodes clauses of a query as bits: few of them fit into a byte.
struct ClauseBits: BitwiseCopyable {
  /// They fit into a byte, of which one bit is taken; the last ones share one.
  let areFew: Bool

  init(_ clauses: Int) { areFew = clauses <= 8 }

  @inline(__always)
  subscript(clause: Int) -> UInt32 { 1 &<< UInt32(areFew ? min(clause, 6) : clause & 31) }
}

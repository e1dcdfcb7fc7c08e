/// Finds which of some documents a posting list holds, block by block.
///
/// A few documents of a block are found by steps of eight. Many are found by a table: the block's documents write their indices
/// into it by document number. What other blocks have left there does no harm, since the document at the index is compared
/// (Briggs and Torczon, "An efficient representation for sparse sets", 1993).
struct DocumentFinder: ~Copyable {
  /// Documents of a block from which on they are found by the table.
  private static let manyDocuments = 8

  private let span: Int
  /// Indices in a block, by the distance of a document from a base; empty before the first use.
  private var slots = GrowableBuffer<UInt8>(capacity: 0)

  /// - Parameter span: distance of two documents, in documents, that the table is not for; at least the size of any window.
  init(span: Int) { self.span = span }

  /// Runs `body` on documents (ascending): their index, their posting ordinal, and whether the list holds them; the ordinal is
  /// meaningless where it does not. Documents of blocks that the list does not have are left out.
  ///
  /// - Parameters:
  ///   - window: where all documents lie, if they are known to.
  ///   - firstBlock: returns the first block from another on that may hold documents from a number on.
  @inline(__always)
  mutating func find(
    _ documents: borrowing GrowableBuffer<UInt32>, in block: inout PostingBlock, window: Range<UInt32>?,
    firstBlock: (borrowing PostingBlock, Int, UInt32) throws(SearchError) -> Int,
    body: (inout PostingBlock, Int, UInt32, Bool) throws(SearchError) -> Void
  ) throws(SearchError) {
    let count = documents.count
    if let window {
      precondition(window.count <= span)
      guard count > 0 else { return }
      precondition(window.contains(documents[0]) && window.contains(documents[count - 1]))
    }
    var (number, next) = (0, 0)
    while number < count {
      next = try firstBlock(block, next, documents[number])
      guard next < block.blockCount else { return }
      try block.loadDocuments(of: next)
      let ordinal = PostingOrdinal.first(ofBlock: next)
      let last = block.documents[block.count &- 1]
      let many = number &+ DocumentFinder.manyDocuments
      // Safe because: documents are read by indices below their count.
      if unsafe many < count && documents[unchecked: many] <= last, let base = fillTable(block, window) {
        let (own, slots) = unsafe (block.documents.unsafeBase, slots.unsafeBase)
        let limit = UInt32(truncatingIfNeeded: span &- 1)
        while unsafe number < count && documents[unchecked: number] <= last {
          let document = unsafe documents[unchecked: number]
          // A document before the base has some slot.
          let slot = window == nil ? min(document &- base, limit) : document &- base
          // Safe because: slots are 0 or indices of a block, 128 documents of which can be read whatever is loaded.
          let index = unsafe slots[Int(slot)]
          try unsafe body(&block, number, ordinal | UInt32(index), own[Int(index)] == document)
          number &+= 1
        }
      } else {
        let own = unsafe block.documents.unsafeBase
        var index = 0
        while unsafe number < count && documents[unchecked: number] <= last {
          let document = unsafe documents[unchecked: number]
          index = block.index(of: document, from: index)
          // Safe because: greater numbers follow the block's documents, where an index may lead.
          try unsafe body(&block, number, ordinal | UInt32(truncatingIfNeeded: index), own[index] == document)
          number &+= 1
        }
      }
      next &+= 1
    }
  }

  /// Writes the indices of a block's documents, those in a window if there is one, into the table; returns the document of its
  /// first slot, or nil where they are too far apart.
  @inline(__always)
  private mutating func fillTable(_ block: borrowing PostingBlock, _ window: Range<UInt32>?) -> UInt32? {
    if slots.isEmpty { slots.append(repeating: 0, count: span) }
    let own = unsafe block.documents.unsafeBase
    let base = unsafe window?.lowerBound ?? own[0]
    guard unsafe window != nil || own[block.count &- 1] &- base < UInt32(truncatingIfNeeded: span) else { return nil }
    let slots = unsafe slots.unsafeBase
    // Safe because: the documents ascend, so that their distances from the base are below the span.
    let indices = if let window { block.indices(in: window) } else { 0..<block.count }
    for index in indices {
      unsafe slots[Int(own[index] &- base)] = UInt8(truncatingIfNeeded: index)
    }
    return base
  }
}

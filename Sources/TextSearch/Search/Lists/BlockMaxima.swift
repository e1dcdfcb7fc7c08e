/// The last document of each block of a list, and the upper bound of its documents' inputs.
@safe
struct BlockMaxima: ~Copyable {
  struct Block: BitwiseCopyable {
    let last: UInt32
    /// Infinite where the block's impacts do not bound it.
    let maximum: Float
  }

  let count: Int
  // Safe because: `count` blocks, allocated here, written once, freed in `deinit`.
  private let base: UnsafeMutablePointer<Block>

  /// - Parameters:
  ///   - list: one of less than a block is decoded for its maximum.
  ///   - highestWeight: the highest weight of the list's documents.
  init(_ list: inout PostingBlock, _ tables: ScoringTables, highestWeight: Float) throws(SearchError) {
    let entries = list.skipEntries
    let count = max(1, entries.count)
    let base = UnsafeMutablePointer<Block>.allocate(capacity: count)
    do throws(SearchError) {
      if entries.count == 0 {
        unsafe base[0] = try list.onlyBlock(tables)
      } else {
        try entries.forEachImpacts { block, last, impacts in
          // Safe because: there are `count` blocks, and 256 norms.
          let maximum = ImpactAccumulator.maximum(impacts, highestWeight) { unsafe tables.lengthNorms[$0] }
          unsafe base[block] = Block(last: last, maximum: maximum)
        }
      }
    } catch {
      unsafe base.deallocate()
      throw error
    }
    self.count = count
    unsafe self.base = base
  }

  deinit { unsafe base.deallocate() }

  @inline(__always)
  subscript(block: Int) -> Block {
    precondition(UInt(bitPattern: block) < UInt(bitPattern: count), "no such block")
    return unsafe base[block]
  }

  /// Returns the first block from `start` on whose last document is not before `document`; `count` if there is none.
  ///
  /// - Complexity: O(1) for the next four blocks, else logarithmic in the number of blocks.
  func first(from start: Int, reaching document: UInt32) -> Int {
    (start..<max(start, count)).partitionPoint(steps: 4) { self[$0].last >= document }
  }
}

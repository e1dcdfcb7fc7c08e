/// The last document of each block of a list, and the most that one of the block's documents adds to x.
@safe
struct BlockMaxima: ~Copyable {
  struct Bound: BitwiseCopyable {
    let last: UInt32
    let maximum: Float
  }

  let count: Int
  // Safe because: `count` bounds, allocated here, written once, freed in `deinit`.
  private let base: UnsafeMutablePointer<Bound>

  /// - Parameters:
  ///   - cursor: over the list; of less than a block it is decoded for its bound.
  ///   - highestWeight: the most that a document of the list weighs.
  init(_ cursor: inout PostingCursor, _ tables: ScoringTables, highestWeight: Float) throws(SearchError) {
    let records = cursor.records
    let count = max(1, records.count)
    let base = UnsafeMutablePointer<Bound>.allocate(capacity: count)
    do throws(SearchError) {
      if records.count == 0 {
        unsafe base[0] = try cursor.shortBound(tables)
      } else {
        try records.forEachFront { block, last, front in
          // Safe because: there are `count` bounds, and 256 normalizers.
          let maximum = ImpactAccumulator.maximum(front, highestWeight) { unsafe tables.lengthNorms[$0] }
          unsafe base[block] = Bound(last: last, maximum: maximum)
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
  subscript(block: Int) -> Bound {
    precondition(UInt(bitPattern: block) < UInt(bitPattern: count), "no such block")
    return unsafe base[block]
  }

  /// The first block from `start` on whose last document is not before `document`; `count` if there is none.
  func first(from start: Int, reaching document: UInt32) -> Int {
    var low = start
    // Most steps are short; the rest is halved.
    let near = min(start &+ 4, count)
    while low < near {
      if self[low].last >= document { return low }
      low &+= 1
    }
    var high = count
    while low < high {
      let middle = (low &+ high) &>> 1
      if self[middle].last < document { low = middle &+ 1 } else { high = middle }
    }
    return low
  }
}

/// The last document of each block of a list, and upper bounds of its documents' inputs: of each block, or one of the whole list.
@safe
struct BlockMaxima: ~Copyable {
  struct Block: BitwiseCopyable {
    let last: UInt32
    /// Infinite where the block's impacts do not bound it.
    let maximum: Float
  }

  let count: Int
  /// The upper bound of all blocks, where it is one for the whole list.
  let whole: Float?
  // Safe because: `count` numbers each. The last documents are mapped as long as the owner keeps the segment; those of a list of
  // less than a block, and all maxima, are allocated here, written once, freed in `deinit`. There are no maxima beside `whole`.
  private let lasts: UnsafeRawPointer
  private let maxima: UnsafeMutablePointer<Float>
  private let ownsLasts: Bool

  /// - Parameters:
  ///   - list: one of less than a block is decoded for its maximum. What it is mapped from outlives this.
  ///   - highestWeight: the highest weight of the list's documents.
  ///   - isWhole: one upper bound is enough, which reads a list of many blocks in groups.
  init(
    _ list: inout PostingBlock, _ tables: ScoringTables, highestWeight: Float, isWhole: Bool
  ) throws(SearchError) {
    let entries = list.skipEntries
    guard entries.count > 0 else {
      let block = try list.onlyBlock(tables)
      let last = UnsafeMutablePointer<UInt32>.allocate(capacity: 1)
      unsafe last.initialize(to: UInt32(littleEndian: block.last))
      unsafe self.init(
        count: 1, whole: block.maximum, lasts: UnsafeRawPointer(last), maxima: .allocate(capacity: 0), ownsLasts: true)
      return
    }
    let lasts = unsafe try entries.lastDocuments()
    // Safe because: there are 256 norms.
    let bound = { (impacts: UInt64) in
      ImpactAccumulator.maximum(impacts, highestWeight) { unsafe tables.lengthNorms[$0] }
    }
    if isWhole, entries.groupCount > 0 {
      var maximum: Float = 0
      for group in 0..<entries.groupCount { maximum = max(maximum, bound(try entries.impactWord(ofGroup: group))) }
      unsafe self.init(
        count: entries.count, whole: maximum, lasts: lasts, maxima: .allocate(capacity: 0), ownsLasts: false)
      return
    }
    let maxima = UnsafeMutablePointer<Float>.allocate(capacity: entries.count)
    do throws(SearchError) {
      // Safe because: there are as many as blocks.
      try entries.forEachImpacts { block, impacts in unsafe maxima[block] = bound(impacts) }
    } catch {
      unsafe maxima.deallocate()
      throw error
    }
    unsafe self.init(count: entries.count, whole: nil, lasts: lasts, maxima: maxima, ownsLasts: false)
  }

  /// Safe because: as said of the properties.
  @unsafe
  private init(
    count: Int, whole: Float?, lasts: UnsafeRawPointer, maxima: UnsafeMutablePointer<Float>, ownsLasts: Bool
  ) {
    (self.count, self.whole, self.ownsLasts) = (count, whole, ownsLasts)
    unsafe self.lasts = lasts
    unsafe self.maxima = maxima
  }

  deinit {
    if ownsLasts { unsafe lasts.deallocate() }
    unsafe maxima.deallocate()
  }

  @inline(__always)
  subscript(block: Int) -> Block {
    precondition(UInt(bitPattern: block) < UInt(bitPattern: count), "no such block")
    return unsafe Block(last: last(block), maximum: whole ?? maxima[block])
  }

  /// Safe because: the caller's block is below the count.
  @unsafe
  @inline(__always)
  private func last(_ block: Int) -> UInt32 {
    UInt32(littleEndian: unsafe lasts.loadUnaligned(fromByteOffset: 4 &* block, as: UInt32.self))
  }

  /// Returns the first block from `start` on whose last document is not before `document`; `count` if there is none.
  ///
  /// - Complexity: logarithmic in the number of blocks that are passed over.
  func first(from start: Int, reaching document: UInt32) -> Int {
    precondition(start >= 0)
    // Safe because: the range ends at the count.
    return (start..<max(start, count)).partitionPoint(steps: 4) { unsafe last($0) >= document }
  }
}

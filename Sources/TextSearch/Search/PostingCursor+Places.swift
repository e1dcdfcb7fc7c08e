// Where documents stand in a list, and what those at known places get from it.
extension PostingCursor {
  /// Where at least so many documents are looked for in a block, its documents write their places in a table first.
  private static let many = 8

  /// Finds some documents.
  @unsafe
  mutating func find(
    _ wanted: WantedDocuments, _ blocks: borrowing BlockMaxima, _ tables: ScoringTables, into found: inout FoundPostings
  ) throws(SearchError) {
    found.reset(unsafe wanted.count)
    var next = 0
    var block = 0
    while unsafe next < wanted.count {
      // Safe because: `next` is below the count.
      block = unsafe blocks.first(from: block, reaching: wanted.documents[next])
      guard block < blocks.count else { return }
      try loadBlock(block)
      let last = blocks[block].last
      let isMany =
        unsafe next + PostingCursor.many < wanted.count && wanted.documents[next + PostingCursor.many] <= last
      let postings = unsafe loadedPostings(tables)
      let first = PostingOrdinal.first(ofBlock: block)
      next =
        unsafe isMany
        ? postings.findMany(wanted, from: next, last: last, first: first, into: &found)
        : postings.findFew(wanted, from: next, last: last, first: first, into: &found)
      block &+= 1
    }
  }

  /// Adds what some documents get from the list to their x.
  ///
  /// Safe because: there are `count` documents, places and x; the places are those that `find` gave, ascending, with some
  /// `PostingOrdinal.none` between them if there are gaps.
  @unsafe
  mutating func addParts(
    _ documents: UnsafePointer<UInt32>, at places: UnsafePointer<UInt32>, _ count: Int, hasGaps: Bool,
    _ tables: ScoringTables, to x: UnsafeMutablePointer<Float>
  ) throws(SearchError) {
    // From the end on: the last block's frequencies came with its documents, and are lost when others are read.
    var end = count
    while end > 0 {
      guard unsafe places[end &- 1] != PostingOrdinal.none else {
        end &-= 1
        continue
      }
      var (start, held) = (0, 0)
      if hasGaps {
        unsafe (start, held) = PostingCursor.startOfBlock(amongOthers: places, before: end)
      } else {
        unsafe start = PostingCursor.startOfBlock(places, before: end)
        held = end &- start
      }
      try unsafe addParts(documents, at: places, start..<end, isSingle: held == 1, tables, to: x)
      end = start
    }
  }

  /// The same in one block, which the last document of the range is in.
  @unsafe
  @inline(__always)
  private mutating func addParts(
    _ documents: UnsafePointer<UInt32>, at places: UnsafePointer<UInt32>, _ range: Range<Int>, isSingle: Bool,
    _ tables: ScoringTables, to x: UnsafeMutablePointer<Float>
  ) throws(SearchError) {
    let last = range.upperBound &- 1
    let (place, limit) = unsafe (places[last], tables.formCount)
    let block = PostingOrdinal.block(place)
    if isSingle, let (frequency, code) = try single(PostingOrdinal.index(place), ofBlock: block, codesBelow: limit) {
      unsafe x[last] += tables.part(frequency, code, documents[last])
    } else {
      try loadFrequencies(ofBlock: block, codesBelow: limit)
      unsafe loadedPostings(tables).addParts(documents, at: places, range, to: x)
    }
  }

  /// Where the documents of the block begin that ends before `end`, all held by the list.
  @unsafe
  @inline(__always)
  static func startOfBlock(_ places: UnsafePointer<UInt32>, before end: Int) -> Int {
    var start = end &- 1
    // Safe because: the caller's `end` is above 0 and at most the count of the places.
    let first = unsafe places[start] & ~127
    while start >= 16, unsafe places[start &- 16] >= first { start &-= 16 }
    while start > 0, unsafe places[start &- 1] >= first { start &-= 1 }
    return start
  }

  /// The same, and how many documents of the block there are; the list does not hold others between them.
  @unsafe
  private static func startOfBlock(
    amongOthers places: UnsafePointer<UInt32>, before end: Int
  ) -> (start: Int, held: Int) {
    var (start, held) = (end &- 1, 1)
    // Safe because: as above.
    let first = unsafe places[start] & ~127
    while start > 0 {
      let place = unsafe places[start &- 1]
      let isHeld = place &- first < 128
      if !isHeld, place != PostingOrdinal.none { break }
      held &+= isHeld ? 1 : 0
      start &-= 1
    }
    return (start, held)
  }
}

extension LoadedPostings {
  /// Looks for each document from `next` on that is not behind the block's `last` one; gives the next after them.
  @inline(__always)
  fileprivate func findFew(
    _ wanted: WantedDocuments, from next: Int, last: UInt32, first: UInt32, into found: inout FoundPostings
  ) -> Int {
    let (numbers, places) = unsafe (found.numbers.unsafeBase + found.count, found.places.unsafeBase + found.count)
    let (targets, end) = unsafe (wanted.documents, wanted.count)
    var (number, index, kept) = (next, 0, 0)
    // Safe because: below their count; behind the block's documents stand greater numbers, where a place may be.
    while number < end, unsafe targets[number] <= last {
      let target = unsafe targets[number]
      index = unsafe place(from: index, of: target)
      unsafe numbers[kept] = UInt32(truncatingIfNeeded: number)
      unsafe places[kept] = first | UInt32(truncatingIfNeeded: index)
      kept &+= unsafe documents[index] == target ? 1 : 0
      number &+= 1
    }
    found.extend(by: kept)
    return number
  }

  /// The same, each in a few steps: the block's documents write their places into a table by document number. What others
  /// have left there is no harm, since the document at the place is compared (Briggs and Torczon, "An efficient representation
  /// for sparse sets", 1993).
  @inline(__always)
  fileprivate func findMany(
    _ wanted: WantedDocuments, from next: Int, last: UInt32, first: UInt32, into found: inout FoundPostings
  ) -> Int {
    let (numbers, places) = unsafe (found.numbers.unsafeBase + found.count, found.places.unsafeBase + found.count)
    let (targets, end, slots) = unsafe (wanted.documents, wanted.count, wanted.slots)
    let base = unsafe wanted.window.lowerBound
    // Safe because: these documents and all wanted ones lie in the window, and there is a slot for each of its documents.
    for index in unsafe self.places(in: wanted.window) {
      let place = unsafe Int(documents[index] &- base)
      unsafe slots.storeBytes(of: UInt8(truncatingIfNeeded: index), toByteOffset: place, as: UInt8.self)
    }
    var (number, kept) = (next, 0)
    // Safe because: slots are 0 or places of a block, 128 of which can be read whatever is loaded.
    while number < end, unsafe targets[number] <= last {
      let target = unsafe targets[number]
      let slot = unsafe UInt32(slots.load(fromByteOffset: Int(target &- base), as: UInt8.self))
      unsafe numbers[kept] = UInt32(truncatingIfNeeded: number)
      unsafe places[kept] = first | slot
      kept &+= unsafe documents[Int(slot)] == target ? 1 : 0
      number &+= 1
    }
    found.extend(by: kept)
    return number
  }

  /// Adds what documents get from the block whose frequencies are loaded; its documents need not be.
  @inline(__always)
  fileprivate func addParts(
    _ documents: UnsafePointer<UInt32>, at places: UnsafePointer<UInt32>, _ range: Range<Int>,
    to x: UnsafeMutablePointer<Float>
  ) {
    for number in range {
      // Safe because: of the caller; 128 frequencies and codes can be read.
      let place = unsafe places[number]
      if place == PostingOrdinal.none { continue }
      let index = PostingOrdinal.index(place)
      let weight = unsafe hasForms ? formWeights[Int(codes[index])] : weight
      let length = unsafe lengths.load(fromByteOffset: Int(documents[number]), as: UInt8.self)
      unsafe x[number] += weight * Float(frequencies[index]) * lengthNorms[Int(length)]
    }
  }
}

extension ScoringTables {
  /// What a document of the list adds to x.
  ///
  /// Safe because: the code is below the number of weights, the document one of the segment's.
  @unsafe
  @inline(__always)
  fileprivate func part(_ frequency: UInt32, _ code: UInt32, _ document: UInt32) -> Float {
    let weight = unsafe formCount > 0 ? formWeights[Int(code)] : weight
    return unsafe weight * Float(frequency)
      * lengthNorms[Int(lengths.load(fromByteOffset: Int(document), as: UInt8.self))]
  }
}

extension ListScorer {
  /// Appends a window's documents and their places, but for blocks whose x stays below `least`.
  func append(
    _ window: Range<UInt32>, minimum: Float, to documents: inout GrowableBuffer<UInt32>,
    places: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    try forEachBlock(window) { (block, maximum, cursor) throws(SearchError) in
      if maximum >= minimum { try cursor.append(block, window, tables, to: &documents, places: &places) }
    }
  }

  /// Finds some documents in the list.
  @unsafe
  func find(_ wanted: WantedDocuments, into found: inout FoundPostings) throws(SearchError) {
    try unsafe state.pointee.cursor.find(wanted, blocks, tables, into: &found)
  }

  /// Adds what documents at places of the list get from it to their x; `PostingCursor.addParts`.
  @unsafe
  func addParts(
    _ documents: UnsafePointer<UInt32>, at places: UnsafePointer<UInt32>, _ count: Int, hasGaps: Bool,
    to x: UnsafeMutablePointer<Float>
  ) throws(SearchError) {
    try unsafe state.pointee.cursor.addParts(documents, at: places, count, hasGaps: hasGaps, tables, to: x)
  }

  /// The most that the blocks from one place to another, not before it, add to x.
  func maximum(from first: UInt32, through last: UInt32) -> Float {
    var maximum: Float = 0
    for block in PostingOrdinal.block(first)...PostingOrdinal.block(last) {
      maximum = max(maximum, blocks[block].maximum)
    }
    return maximum
  }
}

extension ClauseScorer {
  /// A document may be in a list of the clause and not hold it by its weight.
  var mayWeighNothing: Bool { !(lowestWeight > 1e-20) }
}

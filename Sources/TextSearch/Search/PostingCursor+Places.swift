/// A document's place in a list: the block's number and the place in the block, in one number.
enum PostingPlace {
  static let none = UInt32.max
  /// Postings of a block, as bits of a place.
  private static let shift: UInt32 = 7
  private static let mask: UInt32 = 127

  @inline(__always)
  static func first(ofBlock block: Int) -> UInt32 { UInt32(truncatingIfNeeded: block) &<< shift }

  @inline(__always)
  static func block(_ place: UInt32) -> Int { Int(place &>> shift) }

  @inline(__always)
  static func index(_ place: UInt32) -> Int { Int(place & mask) }
}

/// Which of some documents a list holds: their numbers among the documents, ascending, and their places in the list.
struct FoundPlaces: ~Copyable {
  private(set) var numbers = GrowableBuffer<UInt32>(capacity: 128)
  private(set) var places = GrowableBuffer<UInt32>(capacity: 128)

  var count: Int { numbers.count }

  /// Forgets all, and makes room for so many.
  mutating func reset(_ most: Int) {
    numbers.removeAll()
    places.removeAll()
    numbers.reserve(most)
    places.reserve(most)
  }

  /// So many more were written behind the ends.
  ///
  /// Safe because: `reset` has made room for all documents that are looked for, and each is found once at most.
  @inline(__always)
  mutating func extend(by added: Int) {
    _ = unsafe numbers.extend(by: added)
    _ = unsafe places.extend(by: added)
  }
}

/// Documents that are looked for: some of a window, ascending, and a byte of scratch for each document of the window.
///
/// Safe because: made and used while the buffers that it points to do not change.
@unsafe
struct WantedDocuments {
  let documents: UnsafePointer<UInt32>
  let count: Int
  let window: Range<UInt32>
  let slots: UnsafeMutablePointer<UInt8>
}

extension PostingCursor {
  /// Where at least so many documents are looked for in a block, its documents write their places in a table first.
  private static let many = 8

  /// Finds some documents.
  @unsafe
  mutating func find(
    _ wanted: WantedDocuments, _ blocks: borrowing BlockBounds, _ tables: ScoringTables, into found: inout FoundPlaces
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
      let first = PostingPlace.first(ofBlock: block)
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
  /// `PostingPlace.none` between them.
  @unsafe
  mutating func addParts(
    _ documents: UnsafePointer<UInt32>, at places: UnsafePointer<UInt32>, _ count: Int, _ tables: ScoringTables,
    to x: UnsafeMutablePointer<Float>
  ) throws(SearchError) {
    // From the end on: the last block's frequencies came with its documents, and are lost when others are read.
    var end = count
    while end > 0 {
      let place = unsafe places[end &- 1]
      guard place != PostingPlace.none else {
        end &-= 1
        continue
      }
      let (start, held) = unsafe PostingCursor.startOfBlock(places, before: end)
      let block = PostingPlace.block(place)
      let limit = tables.formCount
      if held == 1, let (frequency, code) = try single(PostingPlace.index(place), ofBlock: block, codesBelow: limit) {
        unsafe x[end &- 1] += tables.part(frequency, code, documents[end &- 1])
      } else {
        try loadFrequencies(ofBlock: block, codesBelow: limit)
        unsafe loadedPostings(tables).addParts(documents, at: places, start..<end, to: x)
      }
      end = start
    }
  }

  /// Where the documents of the block begin that ends before `end`, and how many are its; others between them are in no block.
  @unsafe
  @inline(__always)
  private static func startOfBlock(_ places: UnsafePointer<UInt32>, before end: Int) -> (start: Int, held: Int) {
    var (start, held) = (end &- 1, 1)
    // Safe because: the caller's `end` is above 0.
    let first = unsafe places[start] & ~127
    while start > 0 {
      let place = unsafe places[start &- 1]
      let isHeld = place &- first < 128
      if !isHeld, place != PostingPlace.none { break }
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
    _ wanted: WantedDocuments, from next: Int, last: UInt32, first: UInt32, into found: inout FoundPlaces
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
    _ wanted: WantedDocuments, from next: Int, last: UInt32, first: UInt32, into found: inout FoundPlaces
  ) -> Int {
    let (numbers, places) = unsafe (found.numbers.unsafeBase + found.count, found.places.unsafeBase + found.count)
    let (targets, end, slots) = unsafe (wanted.documents, wanted.count, wanted.slots)
    let base = unsafe wanted.window.lowerBound
    // Safe because: these documents and all wanted ones lie in the window, and there is a slot for each of its documents.
    for index in unsafe self.places(in: wanted.window) {
      unsafe slots[Int(documents[index] &- base)] = UInt8(truncatingIfNeeded: index)
    }
    var (number, kept) = (next, 0)
    // Safe because: slots are 0 or places of a block, 128 of which can be read whatever is loaded.
    while number < end, unsafe targets[number] <= last {
      let target = unsafe targets[number]
      let slot = unsafe UInt32(slots[Int(target &- base)])
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
      if place == PostingPlace.none { continue }
      let index = PostingPlace.index(place)
      let weight = unsafe hasForms ? formWeights[Int(codes[index])] : weight
      let length = unsafe lengths.load(fromByteOffset: Int(documents[number]), as: UInt8.self)
      unsafe x[number] += weight * Float(frequencies[index]) * normalizers[Int(length)]
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
      * normalizers[Int(lengths.load(fromByteOffset: Int(document), as: UInt8.self))]
  }
}

extension ListScorer {
  /// Appends a window's documents and their places, but for blocks whose x stays below `least`.
  func append(
    _ window: Range<UInt32>, least: Float, to documents: inout GrowableBuffer<UInt32>,
    places: inout GrowableBuffer<UInt32>
  ) throws(SearchError) {
    try forEachBlock(window) { (block, most, cursor) throws(SearchError) in
      if most >= least { try cursor.append(block, window, tables, to: &documents, places: &places) }
    }
  }

  /// Finds some documents in the list.
  @unsafe
  func find(_ wanted: WantedDocuments, into found: inout FoundPlaces) throws(SearchError) {
    try unsafe state.pointee.cursor.find(wanted, blocks, tables, into: &found)
  }

  /// Adds what documents at places of the list get from it to their x; `PostingCursor.addParts`.
  @unsafe
  func addParts(
    _ documents: UnsafePointer<UInt32>, at places: UnsafePointer<UInt32>, _ count: Int,
    to x: UnsafeMutablePointer<Float>
  ) throws(SearchError) {
    try unsafe state.pointee.cursor.addParts(documents, at: places, count, tables, to: x)
  }
}

extension ClauseScorer {
  /// A document may be in a list of the clause and not hold it by its weight.
  var mayWeighNothing: Bool { !(lowestWeight > 1e-20) }
}

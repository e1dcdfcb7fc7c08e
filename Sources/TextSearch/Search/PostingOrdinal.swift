/// A document's place in a list: the block's number and the place in the block, in one number.
enum PostingOrdinal {
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
struct FoundPostings: ~Copyable {
  private(set) var numbers = GrowableBuffer<UInt32>(capacity: 128)
  private(set) var places = GrowableBuffer<UInt32>(capacity: 128)

  var count: Int { numbers.count }

  /// Forgets all, and makes room for so many.
  mutating func reset(_ maximum: Int) {
    numbers.removeAll()
    places.removeAll()
    numbers.reserve(maximum)
    places.reserve(maximum)
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
  let slots: UnsafeMutableRawPointer
}

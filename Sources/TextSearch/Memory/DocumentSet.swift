/// A bitmap of documents of a segment, or of the documents of a window of it, numbered from the window's start.
struct DocumentSet: Sendable, Equatable {
  /// Exclusive upper bound of the members.
  let limit: Int
  /// Bit i of word w is document 64 · w + i; bits at `limit` and above are zero.
  private(set) var words: [UInt64]

  /// Creates an empty set.
  init(limit: Int) {
    self.limit = limit
    words = [UInt64](repeating: 0, count: (limit + 63) / 64)
  }

  /// Creates the set of all documents below `limit`.
  init(all limit: Int) { self.init(limit: limit, first: limit) }

  /// Creates the set of the documents below `count`, which is at most `limit`.
  init(limit: Int, first count: Int) {
    self.init(limit: limit)
    for word in 0..<count / 64 { words[word] = .max }
    if count % 64 != 0 { words[count / 64] = 1 << UInt64(count % 64) - 1 }
  }

  /// Creates the part of `set` that lies in `window`, numbered from the window's start.
  ///
  /// - Parameter window: its lower bound is a multiple of 64.
  init(limit: Int, _ set: DocumentSet, _ window: Range<Int>) {
    self.init(limit: limit)
    let first = window.lowerBound / 64
    for word in 0..<(window.count + 63) / 64 { words[word] = set.words[first + word] }
  }

  /// Whether the set has no members.
  ///
  /// - Complexity: O(`limit` / 64)
  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// Number of members.
  ///
  /// - Complexity: O(`limit` / 64)
  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Whether `document`, which must be below `limit`, is a member.
  @inline(__always)
  func contains(_ document: Int) -> Bool {
    precondition(document >= 0 && document < limit, "document beyond the set")
    return words[document >> 6] >> UInt64(document & 63) & 1 != 0
  }

  /// Adds `document`, which must be below `limit`.
  @inline(__always)
  mutating func insert(_ document: Int) {
    precondition(document >= 0 && document < limit, "document beyond the set")
    words[document >> 6] |= 1 << UInt64(document & 63)
  }

  /// Adds all documents of a range.
  mutating func insert(_ documents: Range<Int>) {
    for document in documents { insert(document) }
  }

  /// Removes `document`, which must be below `limit`.
  @inline(__always)
  mutating func remove(_ document: Int) {
    precondition(document >= 0 && document < limit, "document beyond the set")
    words[document >> 6] &= ~(1 << UInt64(document & 63))
  }

  /// Adds the members of a set with the same limit.
  mutating func formUnion(_ other: DocumentSet) { combine(other, |) }

  /// Removes what is not in a set with the same limit.
  mutating func formIntersection(_ other: DocumentSet) { combine(other, &) }

  /// Removes the members of a set with the same limit.
  mutating func subtract(_ other: DocumentSet) { combine(other) { $0 & ~$1 } }

  /// Removes the members that are not to be kept.
  @inline(__always)
  mutating func keep(_ isKept: (Int) -> Bool) {
    for index in words.indices {
      var (left, kept): (UInt64, UInt64) = (words[index], 0)
      while left != 0 {
        let bit = left.trailingZeroBitCount
        left &= left &- 1
        // No branch: which are kept cannot be predicted.
        kept |= (isKept(index << 6 | bit) ? 1 : 0) &<< UInt64(bit)
      }
      words[index] = kept
    }
  }

  /// Replaces the set by its complement below `limit`.
  mutating func invert() {
    for index in words.indices { words[index] = ~words[index] }
    clearTail()
  }

  /// Adds up to 64 documents at once: bit i of `bits` is document 64 · `word` + i.
  @inline(__always)
  mutating func insert(bits: UInt64, at word: Int) { words[word] |= bits }

  @inline(__always)
  private mutating func combine(_ other: DocumentSet, _ operation: (UInt64, UInt64) -> UInt64) {
    precondition(other.limit == limit, "sets of different segments")
    for index in words.indices { words[index] = operation(words[index], other.words[index]) }
  }

  /// Clears the bits at `limit` and above.
  private mutating func clearTail() {
    if limit & 63 != 0 { words[words.count - 1] &= 1 << UInt64(limit & 63) - 1 }
  }
}

extension DocumentSet: Sequence {
  /// Iterates over the members, ascending.
  struct Iterator: IteratorProtocol {
    private let words: [UInt64]
    private var index = 0
    private var word: UInt64

    init(_ words: [UInt64]) {
      self.words = words
      word = words.first ?? 0
    }

    mutating func next() -> Int? {
      while word == 0 {
        index += 1
        guard index < words.count else { return nil }
        word = words[index]
      }
      defer { word &= word &- 1 }
      return index << 6 | word.trailingZeroBitCount
    }
  }

  func makeIterator() -> Iterator { Iterator(words) }

  var underestimatedCount: Int { count }
}

/// A set of documents of a segment, or of places in a window of it: a bit for each.
struct DocumentSet: Sendable, Equatable {
  /// Documents are below this.
  let limit: Int
  private(set) var words: [UInt64]

  /// The empty set.
  init(limit: Int) {
    self.limit = limit
    words = [UInt64](repeating: 0, count: (limit + 63) / 64)
  }

  /// The set of all documents.
  init(all limit: Int) { self.init(limit: limit, first: limit) }

  /// The documents below `count`.
  init(limit: Int, first count: Int) {
    self.init(limit: limit)
    for word in 0..<count / 64 { words[word] = .max }
    if count % 64 != 0 { words[count / 64] = 1 << UInt64(count % 64) - 1 }
  }

  /// The documents of a set that lie in a window, counted from its beginning, which is a multiple of 64.
  init(limit: Int, _ set: DocumentSet, _ window: Range<Int>) {
    self.init(limit: limit)
    let first = window.lowerBound / 64
    for word in 0..<(window.count + 63) / 64 { words[word] = set.words[first + word] }
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  @inline(__always)
  func contains(_ document: Int) -> Bool {
    precondition(document >= 0 && document < limit, "document beyond the set")
    return words[document >> 6] >> UInt64(document & 63) & 1 != 0
  }

  @inline(__always)
  mutating func insert(_ document: Int) {
    precondition(document >= 0 && document < limit, "document beyond the set")
    words[document >> 6] |= 1 << UInt64(document & 63)
  }

  mutating func insert(_ documents: Range<Int>) {
    for document in documents { insert(document) }
  }

  @inline(__always)
  mutating func remove(_ document: Int) {
    precondition(document >= 0 && document < limit, "document beyond the set")
    words[document >> 6] &= ~(1 << UInt64(document & 63))
  }

  mutating func formUnion(_ other: DocumentSet) { combine(other, |) }

  mutating func formIntersection(_ other: DocumentSet) { combine(other, &) }

  mutating func subtract(_ other: DocumentSet) { combine(other) { $0 & ~$1 } }

  /// Exactly the documents that are not in it now.
  mutating func invert() {
    for index in words.indices { words[index] = ~words[index] }
    clearRest()
  }

  /// Adds 64 documents at a time: bit i of `bits` is document 64 * `word` + i.
  @inline(__always)
  mutating func insert(bits: UInt64, at word: Int) { words[word] |= bits }

  @inline(__always)
  private mutating func combine(_ other: DocumentSet, _ operation: (UInt64, UInt64) -> UInt64) {
    precondition(other.limit == limit, "sets of different segments")
    for index in words.indices { words[index] = operation(words[index], other.words[index]) }
  }

  /// Bits beyond the last document stay clear.
  private mutating func clearRest() {
    if limit & 63 != 0 { words[words.count - 1] &= 1 << UInt64(limit & 63) - 1 }
  }
}

extension DocumentSet: Sequence {
  /// Gives the documents, ascending.
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

/// Documents of one window: a bit for each place in it.
struct WindowSet {
  private(set) var words: [UInt64]

  /// The empty set.
  init(size: Int) { words = [UInt64](repeating: 0, count: (size + 63) / 64) }

  /// The places below `count`.
  init(size: Int, first count: Int) {
    self.init(size: size)
    for word in 0..<count / 64 { words[word] = .max }
    if count % 64 != 0 { words[count / 64] = 1 << UInt64(count % 64) - 1 }
  }

  /// The documents of a set that lie in a window; windows begin at multiples of 64.
  init(size: Int, _ set: DocumentSet, _ window: Range<Int>) {
    self.init(size: size)
    let first = window.lowerBound / 64
    for word in 0..<(window.count + 63) / 64 { words[word] = set.words[first + word] }
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  @inline(__always)
  func contains(_ slot: Int) -> Bool { words[slot >> 6] >> UInt64(slot & 63) & 1 != 0 }

  @inline(__always)
  mutating func insert(_ slot: Int) { words[slot >> 6] |= 1 << UInt64(slot & 63) }

  mutating func formUnion(_ other: WindowSet) { for word in words.indices { words[word] |= other.words[word] } }

  mutating func formIntersection(_ other: WindowSet) { for word in words.indices { words[word] &= other.words[word] } }

  mutating func subtract(_ other: WindowSet) { for word in words.indices { words[word] &= ~other.words[word] } }
}

extension WindowSet: Sequence {
  /// Gives the places, ascending.
  struct Iterator: IteratorProtocol {
    private let words: [UInt64]
    private var index = 0
    private var word: UInt64

    init(_ words: [UInt64]) {
      self.words = words
      word = words.first ?? 0
    }

    @inline(__always)
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

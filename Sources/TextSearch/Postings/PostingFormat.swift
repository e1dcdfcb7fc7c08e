/// The facts of the posting layout, each in one place; drawn in `IndexFormat.md`.
enum PostingFormat {
  /// Postings in a full block, and positions in a full chunk.
  static let blockSize = BitPacking.blockSize
  /// Bytes of a block record.
  static let recordSize = 24
  /// (frequency, length code) pairs in a block record.
  static let frontSize = 4
  /// A frequency in a front that stands for itself and everything above.
  static let manyTimes = 255
  /// Bit width in the record of the last, incomplete block: coded as variable bytes.
  static let variableWidth = 63
  /// Lists of one document with at most this many positions are stored in the dictionary.
  static let inlinePositions = 8

  static func fullBlocks(_ documents: Int) -> Int { documents / blockSize }

  /// Block records of a list: none for lists of less than a block.
  static func records(_ documents: Int) -> Int {
    documents < blockSize ? 0 : (documents + blockSize - 1) / blockSize
  }
}

/// Where a term's postings are, and how many.
struct PostingList: Sendable, Equatable {
  /// Documents that hold the term.
  var documents = 0
  /// Occurrences in all documents.
  var positions: UInt64 = 0
  var postings = Place()
  var blocks = Place()
  var positionBytes = Place()
  /// Postings and positions stand in the dictionary, not in their sections.
  var isInline = false

  /// A stretch of a section.
  struct Place: Sendable, Equatable {
    var offset: UInt64 = 0
    var count: UInt64 = 0
  }
}

/// The highest (frequency, length) pairs of some postings: no posting has both a higher frequency and a shorter
/// length than every pair, so a score that grows with frequency and falls with length is bounded by its value at
/// the pairs, whatever the statistics and parameters (Ding and Suel 2011 store scores; pairs outlive them).
struct ImpactFront: Equatable {
  struct Pair: Equatable, BitwiseCopyable {
    var frequency: UInt8
    var length: UInt8
  }

  private(set) var pairs: [Pair] = []

  mutating func removeAll() { pairs.removeAll(keepingCapacity: true) }

  /// Takes in a posting. `length` is a length code.
  mutating func add(frequency: Int, length: UInt8) {
    let new = Pair(frequency: UInt8(min(frequency, PostingFormat.manyTimes)), length: length)
    for pair in pairs where pair.frequency >= new.frequency && pair.length <= new.length { return }
    pairs.removeAll { $0.frequency <= new.frequency && $0.length >= new.length }
    pairs.append(new)
  }

  /// At most `frontSize` pairs that dominate all: neighbours are joined where that overstates the least.
  func bounded() -> [Pair] {
    var sorted = pairs.sorted { $0.frequency > $1.frequency }
    while sorted.count > PostingFormat.frontSize {
      var best = 0
      var least = Int.max
      for index in 0..<sorted.count - 1 {
        let loss = Int(sorted[index].frequency) - Int(sorted[index + 1].frequency)
        if loss < least {
          least = loss
          best = index
        }
      }
      sorted[best].length = min(sorted[best].length, sorted[best + 1].length)
      sorted.remove(at: best + 1)
    }
    return sorted
  }
}

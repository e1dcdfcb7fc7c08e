/// Counts the occurrences of a phrase in a document.
enum PhraseMatcher {
  /// Occurrences, each worth 1 / (1 + the number of positions by which its words are moved); no position is in two.
  ///
  /// A word of the phrase at index i and in the document at position p is moved by p - i; an occurrence spans from the
  /// least of these to the greatest, which may differ by `slop` (Lucene's definition). From the front, the first occurrence
  /// found counts, and the next one begins behind all of its words.
  ///
  /// - Parameter words: the positions of each word, ascending.
  static func frequency(_ words: [[UInt32]], slop: Int) -> Float {
    if slop == 0 { return Float(exactFrequency(words)) }
    var frequency: Float = 0
    forEachOccurrence(words, slop: slop) { _, moved in frequency += 1 / Float(1 + moved) }
    return frequency
  }

  /// The number of positions of the first word that those of the other words follow directly.
  private static func exactFrequency(_ words: [[UInt32]]) -> Int {
    guard words.count > 2 else { return WordPositions.adjacent(words[0], words[words.count - 1]) }
    var starts = words[0]
    for word in 1..<words.count where !starts.isEmpty {
      var index = 0
      starts.removeAll { start in
        let wanted = start &+ UInt32(word)
        while index < words[word].count, words[word][index] < wanted { index += 1 }
        return index == words[word].count || words[word][index] != wanted
      }
    }
    return starts.count
  }

  /// Calls `body` with each occurrence: the index of each word's position, and the number of positions by which they are moved.
  @inline(__always)
  static func forEachOccurrence(_ words: [[UInt32]], slop: Int, _ body: ([Int], Int) -> Void) {
    var chosen = [Int](repeating: 0, count: words.count)
    while words.indices.allSatisfy({ chosen[$0] < words[$0].count }) {
      var (minimum, maximum, first) = (Int.max, Int.min, 0)
      for word in words.indices {
        let moved = Int(words[word][chosen[word]]) - word
        if moved < minimum { (minimum, first) = (moved, word) }
        maximum = max(maximum, moved)
      }
      if maximum - minimum <= slop, areDistinct(words, chosen) {
        body(chosen, maximum - minimum)
        for word in words.indices { chosen[word] += 1 }
      } else {
        chosen[first] += 1
      }
    }
  }

  /// Whether no two words of an occurrence are the same word of the document.
  private static func areDistinct(_ words: [[UInt32]], _ chosen: [Int]) -> Bool {
    for a in words.indices.dropFirst() {
      for b in 0..<a where words[a][chosen[a]] == words[b][chosen[b]] { return false }
    }
    return true
  }

  /// A phrase's occurrences in Vietnamese and in other text.
  static func frequency(_ words: [WordPositions], slop: Int) -> SplitFrequency {
    let all = frequency(words.map(\.all), slop: slop)
    var vietnamese: Float = 0
    if all > 0, words.allSatisfy({ !$0.vietnamese.isEmpty }) {
      vietnamese = min(all, frequency(words.map(\.vietnamese), slop: slop))
    }
    return SplitFrequency(other: all - vietnamese, vietnamese: vietnamese)
  }
}

extension Segment {
  /// Returns the range of positions of a field of a document.
  func positions(of field: Int, in document: UInt32) throws(SearchError) -> Range<UInt32> {
    var start: UInt64 = 0
    for earlier in 0..<field {
      start += UInt64(try fieldLength(earlier, document)) + UInt64(PostingFormat.fieldGap)
    }
    let first = UInt32(clamping: start)
    // The last field's length is not stored exactly, and nothing follows it.
    guard field < fields.count - 1 else { return first..<UInt32.max }
    return first..<UInt32(clamping: start + UInt64(try fieldLength(field, document)))
  }
}

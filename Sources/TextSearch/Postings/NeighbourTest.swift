/// What the neighbours of an occurrence of a word say: whether they may be the words that are wanted beside it.
@safe
final class NeighbourTest: @unchecked Sendable {
  /// Flags: the next word may be the wanted one; the previous one may be.
  static let (next, previous): (UInt8, UInt8) = (1, 2)
  static let both = next | previous

  /// What the occurrences of a frequent term say, which keep no neighbours. Two frequent terms make no pair: where all terms of the
  /// other word are frequent, those of this one that are cannot be in the pair.
  let ofFrequent: UInt8

  // Safe because: 256 values, allocated and set here, read from then on, freed in `deinit`.
  let flags: UnsafeMutablePointer<UInt8>

  /// - Parameters:
  ///   - ofFrequent: see the property.
  ///   - flags: returns the flags for the code of the next word and that of the previous one.
  private init(ofFrequent: UInt8 = both, _ flags: (_ next: Int, _ previous: Int) -> UInt8) {
    self.ofFrequent = ofFrequent
    unsafe self.flags = .allocate(capacity: 256)
    for byte in 0..<256 { unsafe self.flags[byte] = flags(byte & 15, byte >> 4) }
  }

  deinit { unsafe flags.deallocate() }

  /// Returns the flags for a byte of neighbours.
  @inline(__always)
  subscript(byte: UInt8) -> UInt8 { unsafe flags[Int(byte)] }

  /// A test for two pairs: that of the word with the next one, and that of the previous one with the word.
  ///
  /// - Parameters:
  ///   - next: a bit for each code that the next word may have; nil where there is no such pair.
  ///   - previous: as `next`, of the previous word.
  ///   - ofFrequent: what the occurrences of a frequent term say.
  convenience init(next: UInt16?, previous: UInt16?, ofFrequent: UInt8) {
    self.init(ofFrequent: ofFrequent) { nextCode, previousCode in
      (NeighbourTest.accepts(next, nextCode) ? NeighbourTest.next : 0)
        | (NeighbourTest.accepts(previous, previousCode) ? NeighbourTest.previous : 0)
    }
  }

  /// A test for a word of a phrase: both flags where all words beside it may be those of the phrase, else none.
  ///
  /// - Parameters:
  ///   - word: its index in the phrase.
  ///   - codes: for each word of the phrase, a bit for each code that it may have.
  convenience init(_ word: Int, ofPhrase codes: [UInt16]) {
    let next = word + 1 < codes.count ? codes[word + 1] : nil
    let previous = word > 0 ? codes[word - 1] : nil
    self.init { nextCode, previousCode in
      let isNext = next == nil || NeighbourTest.accepts(next, nextCode)
      return isNext && (previous == nil || NeighbourTest.accepts(previous, previousCode)) ? NeighbourTest.both : 0
    }
  }

  private static func accepts(_ codes: UInt16?, _ code: Int) -> Bool {
    guard let codes else { return false }
    return code == Int(NeighbourCode.any) || codes >> UInt16(code) & 1 != 0
  }
}

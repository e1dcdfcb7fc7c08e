/// A hash table of all word lists, which finds the lists of a word in one lookup. Every new form is looked up.
///
/// Open addressing with linear probing. The hash key is a word of at most sixteen bytes; longer words are in no list.
struct ListedWords: Sendable {
  static let shared = ListedWords()

  /// The lists that a word is in.
  struct Facts: Sendable, BitwiseCopyable {
    fileprivate(set) var isFunction = false
    fileprivate(set) var isWeakFunction = false
    fileprivate(set) var isFrequent = false
    fileprivate(set) var isShared = false
    /// The weight in `SharedWords`; 0 for other words.
    fileprivate(set) var weight: Int8 = 0
    /// The sign in `ForeignWords`; 0 for other words.
    fileprivate(set) var foreign: Int8 = 0
  }

  /// A slot of the hash table; its word is zero if it is empty.
  private struct Slot {
    var word = SIMD2<UInt64>(repeating: 0)
    var facts = Facts()
  }

  private static let size = 2048
  private var slots = [Slot](repeating: Slot(), count: size)

  private init() {
    for word in FrenchWords.functionWords { insert(word) { $0.isFunction = true } }
    for word in FrenchWords.weakFunctionWords { insert(word) { $0.isWeakFunction = true } }
    for word in FrenchWords.frequentWords.split(separator: " ") { insert(word) { $0.isFrequent = true } }
    for (weight, words) in SharedWords.rows {
      for word in words.split(separator: " ") {
        insert(word) {
          $0.isShared = true
          $0.weight = weight
        }
      }
    }
    for (sign, words) in ForeignWords.rows {
      for word in words.split(separator: " ") { insert(word) { $0.foreign = sign } }
    }
  }

  /// Returns the lists of a word.
  ///
  /// - Parameter word: sixteen bytes, the first in the low byte, padded with zeroes.
  subscript(word: SIMD2<UInt64>) -> Facts { slots[slotIndex(of: word)].facts }

  /// Inserts a word unless it is there, and changes its facts.
  private mutating func insert(_ text: some StringProtocol, _ change: (inout Facts) -> Void) {
    var word = SIMD2<UInt64>(repeating: 0)
    for (index, byte) in text.utf8.enumerated() { word[index >> 3] |= UInt64(byte) << UInt64(8 * (index & 7)) }
    let index = slotIndex(of: word)
    slots[index].word = word
    change(&slots[index].facts)
  }

  /// Returns the index of the word's slot, or of the empty slot where the probe ends.
  private func slotIndex(of word: SIMD2<UInt64>) -> Int {
    let hash = WordBuffer.mix(word[0] ^ WordBuffer.mix(word[1] ^ WordBuffer.seed))
    var index = Int(truncatingIfNeeded: hash) & (ListedWords.size - 1)
    while slots[index].word != word, slots[index].word[0] != 0 { index = (index + 1) & (ListedWords.size - 1) }
    return index
  }
}

/// What the lists of words say of a word, found in one look-up: done once per new form, which a text has many of.
///
/// Open addressing over the first sixteen bytes of a word; longer ones are in no list.
struct ListedWords: Sendable {
  static let shared = ListedWords()

  /// The lists that a word is in.
  struct Facts: Sendable, BitwiseCopyable {
    fileprivate(set) var isFunction = false
    fileprivate(set) var isWeakFunction = false
    fileprivate(set) var isFrequent = false
    fileprivate(set) var isShared = false
    /// Of `SharedWords`.
    fileprivate(set) var weight: Int8 = 0
    /// Of `ForeignWords`; 0 for a word that is not among them.
    fileprivate(set) var foreign: Int8 = 0
  }

  private struct Slot {
    var word = SIMD2<UInt64>(repeating: 0)
    var facts = Facts()
  }

  private static let size = 2048
  private var slots = [Slot](repeating: Slot(), count: size)

  private init() {
    for word in FrenchWords.functionWords { enter(word) { $0.isFunction = true } }
    for word in FrenchWords.weakFunctionWords { enter(word) { $0.isWeakFunction = true } }
    FrenchWords.frequentWords.split(separator: " ").forEach { enter($0) { $0.isFrequent = true } }
    for (weight, words) in SharedWords.rows {
      words.split(separator: " ").forEach {
        enter($0) {
          $0.isShared = true
          $0.weight = weight
        }
      }
    }
    for (sign, words) in ForeignWords.rows {
      words.split(separator: " ").forEach { enter($0) { $0.foreign = sign } }
    }
  }

  /// - Parameter word: sixteen bytes, low ones first, zeroes behind the end.
  subscript(word: SIMD2<UInt64>) -> Facts { slots[place(of: word)].facts }

  private mutating func enter(_ text: some StringProtocol, _ change: (inout Facts) -> Void) {
    var word = SIMD2<UInt64>(repeating: 0)
    for (index, byte) in text.utf8.enumerated() { word[index >> 3] |= UInt64(byte) << UInt64(8 * (index & 7)) }
    let place = place(of: word)
    slots[place].word = word
    change(&slots[place].facts)
  }

  /// The slot of a word, or the empty one that it would take.
  private func place(of word: SIMD2<UInt64>) -> Int {
    let hash = WordBuffer.mix(word[0] ^ WordBuffer.mix(word[1] ^ WordBuffer.seed))
    var place = Int(truncatingIfNeeded: hash) & (ListedWords.size - 1)
    while slots[place].word != word, slots[place].word[0] != 0 { place = (place + 1) & (ListedWords.size - 1) }
    return place
  }
}

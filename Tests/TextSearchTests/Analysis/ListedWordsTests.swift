import Testing

@testable import TextSearch

@Suite struct ListedWordsTests {
  /// The sixteen bytes that a word is looked up by.
  private func packed(_ word: String) -> SIMD2<UInt64> {
    var packed = SIMD2<UInt64>(repeating: 0)
    for (index, byte) in word.utf8.enumerated() { packed[index / 8] |= UInt64(byte) << UInt64(8 * (index % 8)) }
    return packed
  }

  private func words(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }

  /// Every listed word, and as many that are not: what the table says is what the lists say.
  @Test func factsAreThoseOfTheLists() {
    let frequent = words(FrenchWords.frequentWords)
    let shared = SharedWords.rows.map { (weight: $0.weight, words: words($0.words)) }
    let foreign = ForeignWords.rows.map { (sign: $0.sign, words: words($0.words)) }
    var all = FrenchWords.functionWords.union(FrenchWords.weakFunctionWords).union(frequent)
    for row in shared { all.formUnion(row.words) }
    for row in foreign { all.formUnion(row.words) }
    all.formUnion(all.map { $0 + "z" })
    all.formUnion(all.map { String($0.dropLast()) })
    all.remove("")
    for word in all {
      let facts = ListedWords.shared[packed(word)]
      #expect(facts.isFunction == FrenchWords.functionWords.contains(word), "\(word)")
      #expect(facts.isWeakFunction == FrenchWords.weakFunctionWords.contains(word), "\(word)")
      #expect(facts.isFrequent == frequent.contains(word), "\(word)")
      let row = shared.first { $0.words.contains(word) }
      #expect(facts.isShared == (row != nil) && facts.weight == row?.weight ?? 0, "\(word)")
      #expect(facts.foreign == foreign.first { $0.words.contains(word) }?.sign ?? 0, "\(word)")
    }
  }

  @Test func noListedWordIsTooLong() {
    let all = FrenchWords.functionWords.union(words(FrenchWords.frequentWords))
    #expect(all.allSatisfy { $0.utf8.count <= 16 })
    #expect(SharedWords.rows.allSatisfy { words($0.words).allSatisfy { $0.utf8.count <= 16 } })
    #expect(ForeignWords.rows.allSatisfy { words($0.words).allSatisfy { $0.utf8.count <= 16 } })
  }
}

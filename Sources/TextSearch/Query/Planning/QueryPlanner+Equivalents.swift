/// What words of a query also mean in other words: names written joined or apart (`JoinedNames`), synonyms of several words.
extension QueryPlanner {
  /// Maximum number of equivalents of a text: the first ones are read.
  private static let maximumEquivalents = 64

  /// Words side by side, and what they mean beside themselves.
  struct Equivalent {
    let range: Range<Int>
    /// A word, or the words of a phrase.
    let words: [ResolvedWord]
    /// The inverse document frequency: at most that of the words that were typed, if documents hold them.
    let idf: Float
    let weight: Float
  }

  private var readsNames: Bool {
    reading.weights.joinedName > 0 && reading.strictness != .exact && options.preset == .frenchVietnamese
  }

  /// Returns the equivalents of a text's words, in their order.
  func equivalents(
    of typed: ArraySlice<ResolvedWord>, _ analyzer: inout Analyzer
  ) throws(SearchError) -> [Equivalent] {
    var found: [Equivalent] = []
    if readsNames {
      try appendNames(typed, &analyzer, to: &found)
    }
    if let table = reading.synonyms?.table(options), table.hasPhrases, reading.weights.synonym > 0 {
      try appendSynonyms(table, typed, to: &found)
    }
    return Array(found.sorted { $0.range.lowerBound < $1.range.lowerBound }.prefix(QueryPlanner.maximumEquivalents))
  }

  private func appendNames(
    _ typed: ArraySlice<ResolvedWord>, _ analyzer: inout Analyzer, to found: inout [Equivalent]
  ) throws(SearchError) {
    let names = JoinedNames(statistics: statistics, options: options)
    for start in typed.indices where !typed[start].isStopWord {
      guard typed[start].isSyllable else {
        guard let key = typed[start].plainKey, typed[start].lacksDiacritics,
          let cut = try names.syllables(ofJoined: key)
        else { continue }
        let text = cut.syllables.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
        let words = try otherWords(text, &analyzer, onlyVietnamese: true)
        found.append(
          equivalent(
            start..<start + 1, typed, words, own: statistics.pairIdf(cut.documents), weight: reading.weights.joinedName)
        )
        continue
      }
      var syllables: [[UInt8]] = []
      for word in typed[start...].prefix(JoinedNames.syllables.upperBound) {
        guard word.isSyllable, !word.isStopWord, let key = word.plainKey else { break }
        syllables.append(key)
        guard JoinedNames.syllables.contains(syllables.count) else { continue }
        guard try names.isJoined(syllables) else { continue }
        let words = try otherWords(String(decoding: Array(syllables.joined()), as: UTF8.self), &analyzer)
        found.append(
          equivalent(
            start..<start + syllables.count, typed, words, own: words.reduce(0) { $0 + $1.idf },
            weight: reading.weights.joinedName))
      }
    }
  }

  private func appendSynonyms(
    _ table: SynonymTable, _ typed: ArraySlice<ResolvedWord>, to found: inout [Equivalent]
  ) throws(SearchError) {
    let selectors = typed.map(\.selectors)
    for start in selectors.indices {
      for (count, entry) in table.phrases(at: start, of: selectors) {
        let words = try ResolvedWord.resolve(
          QueryWords.words(ofSynonym: entry, options, reading), statistics, reading.weights)
        let range = typed.startIndex + start..<typed.startIndex + start + count
        // The file may name what the collection shows.
        let keys = words.map(\.plainKey)
        if found.contains(where: { $0.range == range && $0.words.map(\.plainKey) == keys }) { continue }
        found.append(
          equivalent(range, typed, words, own: words.reduce(0) { $0 + $1.idf }, weight: reading.weights.synonym))
      }
    }
  }

  private func equivalent(
    _ range: Range<Int>, _ typed: ArraySlice<ResolvedWord>, _ words: [ResolvedWord], own: Float, weight: Float
  ) -> Equivalent {
    let idf = typed[range].reduce(0) { $0 + $1.idf }
    return Equivalent(range: range, words: words, idf: idf > 0 ? min(idf, own) : own, weight: weight)
  }

  /// Reads words of a text that nobody typed: without synonyms, stop words like others.
  ///
  /// - Parameter onlyVietnamese: in Vietnamese text alone.
  private func otherWords(
    _ text: String, _ analyzer: inout Analyzer, onlyVietnamese: Bool = false
  ) throws(SearchError) -> [ResolvedWord] {
    var words = try QueryWords.read(text, &analyzer, QueryPlanner.plain(reading))
    if onlyVietnamese {
      for index in words.indices { words[index].selectors.removeAll { $0.address.language != .vietnamese } }
    }
    return try ResolvedWord.resolve(words, statistics, reading.weights)
  }

  private static func plain(_ reading: ReadingOptions) -> ReadingOptions {
    ReadingOptions(strictness: reading.strictness, weights: reading.weights, stopWords: .keep)
  }

  // MARK: Nodes

  /// Makes the node of a phrase: of the phrase alone, or of it and what all of it stands for. Signs have no position of their own:
  /// beside words they are left out, alone they are a bag.
  mutating func phrase(
    _ typed: ArraySlice<ResolvedWord>, slop: Int, _ context: Context, _ analyzer: inout Analyzer
  ) throws(SearchError) -> QueryPlan.Node? {
    if typed.count > 1, typed.contains(where: \.isSign) {
      let words = typed.filter { !$0.isSign }
      return words.isEmpty
        ? try bag(typed, context, requiresAll: true, &analyzer)
        : try phrase(words[...], slop: slop, context, &analyzer)
    }
    guard let own = try leaf(typed, slop: slop, context) else { return nil }
    guard context.readsEquivalents, slop == 0 else { return own }
    var parts = [QueryPlan.Part(occurrence: .should, node: own)]
    for equivalent in try equivalents(of: typed, &analyzer) where equivalent.range == typed.indices {
      parts.append(QueryPlan.Part(occurrence: .should, node: leaf(equivalent, context)))
    }
    return parts.count == 1 ? own : .group(QueryPlan.Group(parts: parts, minimum: 1))
  }

  mutating func leaf(_ equivalent: Equivalent, _ context: Context) -> QueryPlan.Node {
    leaves.append(
      QueryPlan.Leaf(
        words: equivalent.words[...], field: context.field, idf: equivalent.idf,
        boost: context.boost * equivalent.weight))
    return .leaf(leaves.count - 1)
  }

  /// Replaces the required parts of words that have equivalents by parts that require these words or an equivalent. Of overlapping
  /// words the first ones have theirs.
  mutating func addEquivalents(
    _ equivalents: [Equivalent], _ context: Context, to parts: inout [QueryPlan.Part], _ partOfWord: [Int: Int]
  ) {
    var chosen: [[Equivalent]] = []
    for equivalent in equivalents {
      guard let last = chosen.last?.first else {
        chosen.append([equivalent])
        continue
      }
      if last.range == equivalent.range {
        chosen[chosen.count - 1].append(equivalent)
      } else if last.range.upperBound <= equivalent.range.lowerBound {
        chosen.append([equivalent])
      }
    }
    for group in chosen.reversed() {
      let numbers = group[0].range.compactMap { partOfWord[$0] }
      guard let first = numbers.first, let last = numbers.last else { continue }
      let own = QueryPlan.Group(parts: Array(parts[first...last]))
      var either = [QueryPlan.Part(occurrence: .should, node: .group(own))]
      for equivalent in group {
        either.append(QueryPlan.Part(occurrence: .should, node: leaf(equivalent, context)))
      }
      let node = QueryPlan.Node.group(QueryPlan.Group(parts: either, minimum: 1))
      parts.replaceSubrange(first...last, with: [QueryPlan.Part(occurrence: .must, node: node)])
    }
  }

  // MARK: Shared statistics

  /// Adds the statistics of all equivalents that the words of a text may have.
  func exportEquivalents(
    _ words: [ResolvedWord.Possible], _ analyzer: inout Analyzer, to shared: inout SharedStatistics
  ) throws(SearchError) {
    if readsNames {
      let keys = words.map { word in
        Set(word.selectors.filter { $0.address.language == .none }.map { Array($0.address.key) })
      }
      for start in keys.indices {
        var joined = keys[start]
        for key in joined { try exportName(key, &analyzer, to: &shared) }
        for next in keys[(start + 1)...].prefix(JoinedNames.syllables.upperBound - 1) {
          joined = Set(joined.flatMap { key in next.map { key + $0 } })
          for key in joined { try exportName(key, &analyzer, to: &shared) }
        }
      }
    }
    guard let table = reading.synonyms?.table(options), table.hasPhrases else { return }
    let selectors = words.map(\.selectors)
    for start in selectors.indices {
      for (_, entry) in table.phrases(at: start, of: selectors) {
        try export(QueryWords.words(ofSynonym: entry, options, reading).flatMap(\.selectors), to: &shared)
      }
    }
  }

  private func exportName(
    _ key: [UInt8], _ analyzer: inout Analyzer, to shared: inout SharedStatistics
  ) throws(SearchError) {
    try export(JoinedNames.selectors(of: key, options), to: &shared)
    let cuts = SyllableCuts.of(key)
    if cuts.isEmpty { return }
    shared.set(hasOtherForms: try statistics.hasOtherForms(key, options), of: key)
    for cut in cuts { try export(pairs: JoinedNames.slots(of: cut) ?? [], to: &shared) }
    let apart = cuts.map { cut in cut.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ") }
    for text in apart + [String(decoding: key, as: UTF8.self)] {
      let words = try QueryWords.read(text, &analyzer, QueryPlanner.plain(reading))
      try export(words.flatMap(\.selectors), to: &shared)
    }
  }
}

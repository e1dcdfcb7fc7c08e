/// Resolves a query tree to a plan.
///
/// Reads all plain words together, in the order of the query, because Vietnamese diacritics and the language of stop words are
/// properties of the query, not of its leaves.
struct QueryPlanner {
  /// The largest idf of a stop word beside other words, before it is weighed: where it is rare it is no better a word.
  private static let maximumStopWordIdf: Float = 2

  let options: AnalyzerOptions
  let statistics: QueryStatistics
  let reading: ReadingOptions
  private let requiresAll: Bool
  private let control: SearchControl?
  /// The words of each text, in the order in which the tree is walked.
  private var texts: [ArraySlice<ResolvedWord>] = []
  private var nextText = 0
  /// Whether the query has words that are no stop words, or other leaves than bags.
  private var hasContent = false
  var leaves: [QueryPlan.Leaf] = []
  private var pairs: [QueryPlan.Pair] = []
  /// Number of words in leaves other than bags.
  private var specialWords = 0
  private var replaced: [ReplacedWord] = []
  /// The last leaf of the last bag is its last word.
  private var endsInWord = true

  /// Makes the plan of a query.
  ///
  /// - Parameters:
  ///   - query: the tree.
  ///   - analyzer: the analyzer of the index.
  ///   - statistics: the statistics of the collection.
  ///   - reading: how words are read.
  ///   - requiresAll: whether each bag of words requires all of its words.
  ///   - ranksTitlesFirst: whether the query may be a title.
  ///   - control: the control of the search. If it ends the search, words of patterns may be missing.
  /// - Throws: `SearchError.emptyQuery`, `.limit`, `.expansion`, `.unknownField`, `.otherStatistics`, `.corrupt`.
  static func plan(
    _ query: Query, _ analyzer: inout Analyzer, _ statistics: QueryStatistics, reading: ReadingOptions,
    requiresAll: Bool, ranksTitlesFirst: Bool = true, control: SearchControl? = nil
  ) throws(SearchError) -> QueryPlan {
    try query.check()
    var planner = QueryPlanner(
      analyzer.options, statistics, reading: reading, requiresAll: requiresAll, control: control)
    if case .words(let text, _) = query {
      try planner.readOnly(text, isBag: true, &analyzer)
    } else {
      var collected: [String] = []
      var bags = 0
      planner.collect(query, texts: &collected, bags: &bags)
      try planner.readTexts(collected, bags: bags, &analyzer)
    }
    guard let root = try planner.node(query, Context(), &analyzer) else { throw .emptyQuery }
    return QueryPlan(
      leaves: planner.leaves, pairs: try statistics.weighed(planner.pairs, of: planner.leaves), root: root,
      inflection: reading.weights.inflection, statistics: statistics.collection, replaced: planner.replaced,
      title: TitleTable.hash(of: TitleLetters.of(ranksTitlesFirst ? query.titleText ?? "" : "")))
  }

  init(
    _ options: AnalyzerOptions, _ statistics: QueryStatistics, reading: ReadingOptions, requiresAll: Bool,
    control: SearchControl? = nil
  ) {
    self.control = control
    self.options = options
    self.statistics = statistics
    self.reading = reading
    self.requiresAll = requiresAll
  }

  var expansion: WordExpansion {
    WordExpansion(vocabulary: statistics.vocabulary(control), options: options, reading: reading)
  }

  /// What a leaf gets from the nodes above it.
  struct Context {
    var field: String?
    var boost: Float = 1
    /// No other words decide which documents match.
    var isOnlyBag = true
    /// Unknown words may be replaced: nothing is required or excluded.
    var replacesWords = true
    /// Words may stand for others (`Equivalent`): they are not counted.
    var readsEquivalents = true
  }

  // MARK: Texts

  /// Collects the texts that are read as words, in the order in which `node` asks for them, and counts the bags among them.
  func collect(_ query: Query, texts: inout [String], bags: inout Int) {
    switch query {
    case .words(let text, _):
      texts.append(text)
      bags += 1
    case .phrase(let text, _): texts.append(text)
    case .exact, .filter, .everything: break
    case .prefix, .wildcard, .fuzzy:
      for case .text(let text) in QueryPlanner.parts(query) { texts.append(text) }
    case .field(_, let query), .boost(let query, _): collect(query, texts: &texts, bags: &bags)
    case .group(let parts, _):
      for part in parts { collect(part.query, texts: &texts, bags: &bags) }
    }
  }

  /// Reads the words of a query with one text.
  private mutating func readOnly(_ text: String, isBag: Bool, _ analyzer: inout Analyzer) throws(SearchError) {
    texts = [try words(text, &analyzer)[...]]
    hasContent = !(isBag && texts[0].allSatisfy(\.isStopWord))
  }

  /// Reads the texts as one, and assigns its words to each text.
  private mutating func readTexts(_ collected: [String], bags: Int, _ analyzer: inout Analyzer) throws(SearchError) {
    if collected.count == 1 { return try readOnly(collected[0], isBag: bags == 1, &analyzer) }
    var tokens = TokenBuffer()
    var counts: [Int] = []
    for text in collected {
      analyzer.findQueryWords(text.utf8.span, into: &tokens)
      counts.append(tokens.count)
    }
    guard counts.contains(where: { $0 > 0 }) else {
      texts = counts.map { _ in [] }
      return
    }
    let all = try words(collected.joined(separator: "\n"), &analyzer)
    guard all.count == counts.reduce(0, +) else {
      // The line feed did not separate words: reads each text alone.
      for text in collected { texts.append(try words(text, &analyzer)[...]) }
      return
    }
    var remaining = all[...]
    for count in counts {
      texts.append(remaining.prefix(count))
      remaining = remaining.dropFirst(count)
    }
    hasContent = !(collected.count == bags && all.allSatisfy(\.isStopWord))
  }

  /// Returns the words of a text; none for a text without any.
  private func words(_ text: String, _ analyzer: inout Analyzer) throws(SearchError) -> [ResolvedWord] {
    do {
      return try ResolvedWord.read(text, &analyzer, statistics, reading: reading)
    } catch {
      if error == .emptyQuery { return [] }
      throw error
    }
  }

  private mutating func takeText() -> ArraySlice<ResolvedWord> {
    defer { nextText += 1 }
    return texts[nextText]
  }

  static func parts(_ query: Query) -> [QueryPart] {
    switch query {
    case .prefix(let text): QueryPart.parts(ofPattern: text + "*")
    case .wildcard(let text): QueryPart.parts(ofPattern: text)
    case .fuzzy(let text, let distance): QueryPart.parts(ofSimilar: text, distance: distance)
    default: []
    }
  }

  // MARK: Nodes

  /// Makes the node of a query; nil if the query holds no words.
  private mutating func node(
    _ query: Query, _ context: Context, _ analyzer: inout Analyzer
  ) throws(SearchError) -> QueryPlan.Node? {
    switch query {
    case .words(_, let requiresAll):
      return try bag(takeText(), context, requiresAll: requiresAll || self.requiresAll, &analyzer)
    case .phrase(_, let slop): return try phrase(takeText(), slop: slop, context, &analyzer)
    case .exact(let text):
      return try leaf(exactWords(text, &analyzer)[...], slop: 0, context)
    case .prefix, .wildcard, .fuzzy:
      return try leaf(words(QueryPlanner.parts(query))[...], slop: 0, context)
    case .field(let name, let query):
      try statistics.requireField(name)
      var inner = context
      inner.field = name
      return try node(query, inner, &analyzer)
    case .boost(let query, let factor):
      var inner = context
      inner.boost *= factor
      return try node(query, inner, &analyzer)
    case .filter(let filter): return .filter(filter)
    case .everything: return .everything
    case .group(let parts, let minimum): return try group(parts, minimum: minimum, context, &analyzer)
    }
  }

  /// Makes the node of a bag of words. Beside words that are none, stop words only score, unless all words are required or other
  /// words of the query decide too.
  mutating func bag(
    _ typed: ArraySlice<ResolvedWord>, _ context: Context, requiresAll: Bool, _ analyzer: inout Analyzer
  ) throws(SearchError) -> QueryPlan.Node? {
    let equivalents = context.readsEquivalents ? try equivalents(of: typed, &analyzer) : []
    let words = requiresAll || !context.replacesWords ? typed : try known(typed, but: equivalents)
    let first = leaves.count
    let hasOnlyStopWords = words.allSatisfy(\.isStopWord)
    let drops = reading.stopWords == .drop && hasContent
    let scoresOnly = !requiresAll && context.isOnlyBag && !hasOnlyStopWords
    var parts: [QueryPlan.Part] = []
    // The part of each word.
    var partOfWord: [Int: Int] = [:]
    leaves.reserveCapacity(first + words.count)
    parts.reserveCapacity(words.count)
    for index in words.indices where !(drops && words[index].isStopWord) {
      let word = words[index]
      if leaves.count > first { pairs.append(QueryPlan.Pair(first: leaves.count - 1, boost: context.boost)) }
      let idf = word.isStopWord && hasContent ? min(word.idf, QueryPlanner.maximumStopWordIdf) : word.idf
      leaves.append(
        QueryPlan.Leaf(
          words: words[index...index], field: context.field, idf: idf, boost: context.boost * word.boost))
      let occurrence: QueryPlan.Occurrence =
        requiresAll ? .must : scoresOnly && word.isStopWord ? .scoreOnly : .should
      if !equivalents.isEmpty { partOfWord[index] = parts.count }
      parts.append(QueryPlan.Part(occurrence: occurrence, node: .leaf(leaves.count - 1)))
    }
    endsInWord = equivalents.isEmpty
    if requiresAll {
      addEquivalents(equivalents, context, to: &parts, partOfWord)
    } else {
      for equivalent in equivalents {
        parts.append(QueryPlan.Part(occurrence: .should, node: leaf(equivalent, context)))
      }
    }
    if parts.count < 2 { return parts.first?.node }
    return .group(QueryPlan.Group(parts: parts, minimum: requiresAll ? 0 : 1))
  }

  /// Returns words with those replaced that no document holds (`NearestWords`), unless they have equivalents.
  private mutating func known(
    _ typed: ArraySlice<ResolvedWord>, but equivalents: [Equivalent]
  ) throws(SearchError) -> ArraySlice<ResolvedWord> {
    guard reading.replacesUnknownWords, typed.contains(where: \.frequencies.isZero) else { return typed }
    var words = typed
    for index in words.indices
    where words[index].frequencies.isZero && !equivalents.contains(where: { $0.range.contains(index) }) {
      let text = words[index].text
      guard let form = NearestWords.form(text) else { continue }
      try statistics.requireNearest(to: text)
      let found = try expansion.nearWords(to: form)
      guard let (word, replacement) = NearestWords.replacement(of: text, found, options.frenchStemmer) else { continue }
      words[index] = resolved(word)
      replaced.append(replacement)
    }
    return words
  }

  private mutating func group(
    _ parts: [Query.Part], minimum: Int?, _ context: Context, _ analyzer: inout Analyzer
  ) throws(SearchError) -> QueryPlan.Node? {
    var group = QueryPlan.Group()
    var before: (last: Int, boost: Float)?
    var inner = context
    let haveOnlyBag = context.isOnlyBag && minimum == nil && QueryPlanner.haveOnlyBag(parts)
    for part in parts {
      let (firstLeaf, pairCount) = (leaves.count, pairs.count)
      inner.isOnlyBag = haveOnlyBag && part.occurrence != .mustNot
      inner.replacesWords = context.replacesWords && part.occurrence == .should
      inner.readsEquivalents = context.readsEquivalents && minimum == nil
      guard let node = try node(part.query, inner, &analyzer) else { continue }
      group.parts += QueryPlanner.parts(node, part)
      if part.occurrence == .mustNot {
        pairs.removeLast(pairs.count - pairCount)
        before = nil
        continue
      }
      // The last word of a bag and the first word of the next bag are neighbours too.
      let boost = QueryPlanner.bagBoost(part.query).map { context.boost * $0 }
      if let boost, let last = before, last.last == firstLeaf - 1 {
        pairs.insert(QueryPlan.Pair(first: last.last, boost: min(boost, last.boost)), at: pairCount)
      }
      before = endsInWord ? boost.map { (leaves.count - 1, $0) } : nil
    }
    guard !group.parts.isEmpty else { return nil }
    let hasMust = group.parts.contains { $0.occurrence == .must && !$0.node.isCondition }
    let hasShould = group.parts.contains { $0.occurrence == .should }
    group.minimum = max(0, minimum ?? (!hasMust && hasShould ? 1 : 0))
    return .group(group)
  }

  /// Whether at most one part has words that make documents match: the others are conditions or exclude documents.
  private static func haveOnlyBag(_ parts: [Query.Part]) -> Bool {
    parts.count { $0.occurrence != .mustNot && AttributeFilter($0.query) == nil } <= 1
  }

  /// Returns the parts of a group that a node becomes. Each word of a bag becomes a part of the group.
  private static func parts(_ node: QueryPlan.Node, _ part: Query.Part) -> [QueryPlan.Part] {
    if case .group(let inner) = node, case .words = part.query,
      inner.parts.allSatisfy({ $0.occurrence == QueryPlan.Occurrence(part.occurrence) })
    {
      return inner.parts
    }
    return [QueryPlan.Part(occurrence: QueryPlan.Occurrence(part.occurrence), node: node)]
  }

  /// Returns the boost of a bag of words; nil for other queries.
  private static func bagBoost(_ query: Query) -> Float? {
    switch query {
    case .words: 1
    case .boost(let query, let factor): bagBoost(query).map { $0 * factor }
    default: nil
    }
  }

  // MARK: Other leaves

  mutating func leaf(
    _ words: ArraySlice<ResolvedWord>, slop: Int, _ context: Context
  ) throws(SearchError) -> QueryPlan.Node? {
    guard !words.isEmpty else { return nil }
    specialWords += words.count
    guard specialWords <= Query.maximumLeaves else {
      throw .limit(what: "words in phrases and patterns of a query", value: specialWords, maximum: Query.maximumLeaves)
    }
    leaves.append(
      QueryPlan.Leaf(
        words: words, slop: slop, field: context.field, idf: words.reduce(0) { $0 + $1.idf }, boost: context.boost))
    return .leaf(leaves.count - 1)
  }

  private func resolved(_ word: ExpandedWord) -> ResolvedWord { ResolvedWord(word, statistics.collection) }

  /// Returns the words of a text, each expanded to its exact spelling.
  private func exactWords(_ text: String, _ analyzer: inout Analyzer) throws(SearchError) -> [ResolvedWord] {
    var words: [ResolvedWord] = []
    for (form, name) in QueryPlanner.exactForms(text, &analyzer) {
      try statistics.requireWords(of: name)
      words.append(resolved(try expansion.words(spelledAs: form, name)))
    }
    return words
  }

  private mutating func words(_ parts: [QueryPart]) throws(SearchError) -> [ResolvedWord] {
    var words: [ResolvedWord] = []
    for part in parts {
      switch part {
      case .text: words += takeText()
      case .pattern(let pattern, let text):
        try statistics.requireWords(of: text)
        words.append(resolved(try expansion.words(pattern, text)))
      case .similar(let form, let distance, let text):
        try statistics.requireWords(of: text)
        words.append(resolved(try expansion.words(similarTo: form, distance: distance, text)))
      }
    }
    return words
  }
}

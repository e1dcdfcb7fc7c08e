/// Resolves a query tree.
///
/// All plain words are read together, in the order of the query: what one of them shows (marks that only Vietnamese uses,
/// the language of stop words) holds for the others, wherever they stand in the tree.
struct TreePlanner {
  private let expansion: WordExpansion
  private let statistics: QueryStatistics
  private let requiresAll: Bool
  /// The clauses of each text, in the order in which the tree is walked.
  private var texts: [[QueryPlan.Clause]] = []
  private var nextText = 0
  /// Words that are not to count are left out, as there are others.
  private var drops = false
  private var plan: TreePlan
  /// Words of leaves that are no bags.
  private var specialWords = 0

  /// - Parameter requiresAll: bags of words ask for all of them.
  static func plan(
    _ query: Query, _ analyzer: inout Analyzer, _ statistics: QueryStatistics, _ reading: ReadingOptions,
    requiresAll: Bool
  ) throws(SearchError) -> TreePlan {
    try query.check()
    var planner = TreePlanner(analyzer.options, statistics, reading, requiresAll: requiresAll)
    var collected: [String] = []
    var bags = 0
    try planner.collect(query, &collected, &bags)
    try planner.readTexts(collected, bags: bags, &analyzer, reading)
    let context = Context()
    guard let root = try planner.node(query, context, &analyzer) else { throw .emptyQuery }
    planner.plan.root = root
    return planner.plan
  }

  private init(
    _ options: AnalyzerOptions, _ statistics: QueryStatistics, _ reading: ReadingOptions, requiresAll: Bool
  ) {
    plan = TreePlan(inflection: reading.weights.inflection, statistics: statistics.collection)
    expansion = WordExpansion(vocabulary: statistics.vocabulary, options: options, reading: reading)
    self.statistics = statistics
    self.requiresAll = requiresAll
  }

  /// What the nodes above say of a leaf.
  private struct Context {
    var field: String?
    var boost: Float = 1
  }

  // MARK: Texts

  /// Collects the texts that are read as words, in the order in which `node` asks for their clauses.
  private mutating func collect(_ query: Query, _ texts: inout [String], _ bags: inout Int) throws(SearchError) {
    switch query {
    case .words(let text, _):
      texts.append(text)
      bags += 1
    case .phrase(let text, _): texts.append(text)
    case .exact, .filter, .everything: break
    case .prefix, .wildcard, .fuzzy:
      for case .text(let text) in TreePlanner.parts(query) { texts.append(text) }
    case .field(_, let query), .boost(let query, _): try collect(query, &texts, &bags)
    case .group(let parts, _):
      for part in parts { try collect(part.query, &texts, &bags) }
    }
  }

  /// Reads the texts as one, and gives each its clauses.
  private mutating func readTexts(
    _ collected: [String], bags: Int, _ analyzer: inout Analyzer, _ reading: ReadingOptions
  ) throws(SearchError) {
    var tokens = TokenBuffer()
    var counts: [Int] = []
    for text in collected {
      analyzer.findWords(text.utf8.span, into: &tokens)
      counts.append(tokens.count)
    }
    guard counts.contains(where: { $0 > 0 }) else {
      texts = counts.map { _ in [] }
      return
    }
    let whole = try QueryPlan.whole(
      reading: collected.joined(separator: "\n"), &analyzer, statistics, reading)
    guard whole.clauses.count == counts.reduce(0, +) else {
      // A line's end that does not part words: each text is read alone.
      for (text, count) in zip(collected, counts) {
        texts.append(count == 0 ? [] : try QueryPlan.whole(reading: text, &analyzer, statistics, reading).clauses)
      }
      return
    }
    var rest = whole.clauses[...]
    for count in counts {
      texts.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    drops = !(collected.count == bags && whole.clauses.allSatisfy(\.word.isDropped))
  }

  private mutating func takeText() -> [QueryPlan.Clause] {
    defer { nextText += 1 }
    return texts[nextText]
  }

  private static func parts(_ query: Query) -> [QueryPart] {
    switch query {
    case .prefix(let text): QueryPart.parts(ofPattern: text + "*")
    case .wildcard(let text): QueryPart.parts(ofPattern: text)
    case .fuzzy(let text, let distance): QueryPart.parts(ofSimilar: text, distance: distance)
    default: []
    }
  }

  // MARK: Nodes

  /// The node of a query; nil where it holds no word at all.
  private mutating func node(
    _ query: Query, _ context: Context, _ analyzer: inout Analyzer
  ) throws(SearchError) -> TreePlan.Node? {
    switch query {
    case .words(_, let requiresAll):
      return TreePlanner.group(bag(context), requiresAll || self.requiresAll ? .must : .should)
    case .phrase(_, let slop):
      return try leaf(takeText().map(known), slop: slop, context)
    case .exact(let text):
      return try leaf(exactWords(text, &analyzer), slop: 0, context)
    case .prefix, .wildcard, .fuzzy:
      return try leaf(words(TreePlanner.parts(query)), slop: 0, context)
    case .field(let name, let query):
      try statistics.requireField(name)
      return try node(query, Context(field: name, boost: context.boost), &analyzer)
    case .boost(let query, let factor):
      return try node(query, Context(field: context.field, boost: context.boost * factor), &analyzer)
    case .filter(let filter): return .filter(filter)
    case .everything: return .everything
    case .group(let parts, let minimum): return try group(parts, minimum, context, &analyzer)
    }
  }

  /// The leaves of a bag of words.
  private mutating func bag(_ context: Context) -> [Int] {
    var numbers: [Int] = []
    for clause in takeText() where !(drops && clause.word.isDropped) {
      numbers.append(plan.leaves.count)
      plan.leaves.append(
        TreePlan.Leaf(
          words: [.read(clause.word)], field: context.field, idf: clause.idf,
          boost: context.boost * clause.word.boost, frequencies: [clause.frequencies]))
      if numbers.count > 1 { addPair(context.boost) }
    }
    return numbers
  }

  /// Pairs the last leaf with the one before it.
  private mutating func addPair(_ boost: Float) {
    plan.pairs.append(TreePlan.Pair(first: plan.leaves.count - 2, boost: boost))
  }

  private static func group(_ leaves: [Int], _ occurrence: Query.Part.Occurrence) -> TreePlan.Node? {
    if leaves.count < 2 { return leaves.first.map(TreePlan.Node.leaf) }
    return .group(
      TreePlan.Group(
        parts: leaves.map { TreePlan.Part(occurrence: occurrence, node: .leaf($0)) },
        minimum: occurrence == .should ? 1 : 0))
  }

  private mutating func group(
    _ parts: [Query.Part], _ minimum: Int?, _ context: Context, _ analyzer: inout Analyzer
  ) throws(SearchError) -> TreePlan.Node? {
    var group = TreePlan.Group()
    var before: (last: Int, boost: Float)?
    for part in parts {
      let (firstLeaf, pairs) = (plan.leaves.count, plan.pairs.count)
      guard let node = try node(part.query, context, &analyzer) else { continue }
      group.parts += TreePlanner.parts(node, part)
      if part.occurrence == .mustNot {
        plan.pairs.removeLast(plan.pairs.count - pairs)
        before = nil
        continue
      }
      // Words at the borders of bags that stand side by side are neighbours too.
      let boost = TreePlanner.bagBoost(part.query).map { context.boost * $0 }
      if let boost, let last = before, last.last == firstLeaf - 1 {
        plan.pairs.append(TreePlan.Pair(first: last.last, boost: min(boost, last.boost)))
      }
      before = boost.map { (plan.leaves.count - 1, $0) }
    }
    guard !group.parts.isEmpty else { return nil }
    let hasMust = group.parts.contains { $0.occurrence == .must && !$0.node.isCondition }
    let hasShould = group.parts.contains { $0.occurrence == .should }
    group.minimum = max(0, minimum ?? (!hasMust && hasShould ? 1 : 0))
    return .group(group)
  }

  /// The words of a bag are parts of its group like those beside them.
  private static func parts(_ node: TreePlan.Node, _ part: Query.Part) -> [TreePlan.Part] {
    if case .group(let inner) = node, case .words = part.query,
      inner.parts.allSatisfy({ $0.occurrence == part.occurrence })
    {
      return inner.parts
    }
    return [TreePlan.Part(occurrence: part.occurrence, node: node)]
  }

  /// The boost of a bag of words; nil for other queries.
  private static func bagBoost(_ query: Query) -> Float? {
    switch query {
    case .words: 1
    case .boost(let query, let factor): bagBoost(query).map { $0 * factor }
    default: nil
    }
  }

  // MARK: Other leaves

  /// A word with its statistics.
  private typealias Known = (word: TreePlan.Word, idf: Float, frequencies: LanguageCounts)

  private mutating func leaf(
    _ words: [Known], slop: Int, _ context: Context
  ) throws(SearchError) -> TreePlan.Node? {
    guard !words.isEmpty else { return nil }
    specialWords += words.count
    guard specialWords <= Query.maximumLeaves else {
      throw .limit(what: "words in phrases and patterns of a query", value: specialWords, maximum: Query.maximumLeaves)
    }
    plan.leaves.append(
      TreePlan.Leaf(
        words: words.map(\.word), slop: slop, field: context.field, idf: words.reduce(0) { $0 + $1.idf },
        boost: context.boost, frequencies: words.map(\.frequencies)))
    return .leaf(plan.leaves.count - 1)
  }

  private func known(_ clause: QueryPlan.Clause) -> Known { (.read(clause.word), clause.idf, clause.frequencies) }

  private func known(_ word: ExpandedWord) -> Known {
    (.expanded(word), QueryPlan.idf(word.frequencies, plan.statistics), word.frequencies)
  }

  /// The words of a text that mean only this writing.
  private func exactWords(_ text: String, _ analyzer: inout Analyzer) throws(SearchError) -> [Known] {
    var words: [Known] = []
    for (form, written) in TreePlanner.exactForms(text, &analyzer) {
      try statistics.requireWords(of: written)
      words.append(known(try expansion.words(writtenAs: form, written)))
    }
    return words
  }

  private mutating func words(_ parts: [QueryPart]) throws(SearchError) -> [Known] {
    var words: [Known] = []
    for part in parts {
      switch part {
      case .text: words += takeText().map(known)
      case .pattern(let pattern, let text):
        try statistics.requireWords(of: text)
        words.append(known(try expansion.words(pattern, text)))
      case .similar(let form, let distance, let text):
        try statistics.requireWords(of: text)
        words.append(known(try expansion.words(similarTo: form, distance: distance, text)))
      }
    }
    return words
  }
}

// MARK: What others have to tell

extension TreePlanner {
  /// The words of a text, each with how it is named where only this writing is meant.
  private static func exactForms(_ text: String, _ analyzer: inout Analyzer) -> [(form: WordForm, written: String)] {
    var tokens = TokenBuffer()
    analyzer.findWords(text.utf8.span, into: &tokens)
    let bytes = Array(text.utf8)
    return (0..<tokens.count).map { index in
      let written = "=" + String(decoding: bytes[tokens.range(index)], as: UTF8.self)
      return (WordForm(tokens.form(index), analyzer.forms), written)
    }
  }

  /// Adds to shared statistics what a part of the collection knows of a query.
  static func tell(
    _ query: Query, _ analyzer: inout Analyzer, _ own: QueryStatistics, _ reading: ReadingOptions,
    to shared: inout SharedStatistics
  ) throws(SearchError) {
    try query.check()
    var planner = TreePlanner(analyzer.options, own, reading, requiresAll: false)
    var (texts, bags): ([String], Int) = ([], 0)
    try planner.collect(query, &texts, &bags)
    // A line's end may fail to part words: then each text is read alone.
    for text in Set(texts + [texts.joined(separator: "\n")]) {
      var words: [QueryWord] = []
      do {
        words = try QueryPlan.possibleWords(text, &analyzer, reading)
      } catch {
        if error != .emptyQuery { throw error }
      }
      for selector in words.flatMap(\.selectors) where !shared.knows(selector) {
        shared.set(try own.documentFrequency(selector), selector)
      }
    }
    try planner.tellWords(query, &analyzer, to: &shared)
  }

  /// The words of patterns, similar words and exact writings.
  private func tellWords(
    _ query: Query, _ analyzer: inout Analyzer, to shared: inout SharedStatistics
  ) throws(SearchError) {
    switch query {
    case .words, .phrase, .filter, .everything: break
    case .exact(let text):
      for (form, written) in TreePlanner.exactForms(text, &analyzer) {
        shared.set(try expansion.found(writtenAs: form), of: written)
      }
    case .prefix, .wildcard, .fuzzy:
      for part in TreePlanner.parts(query) {
        switch part {
        case .text: break
        case .pattern(let pattern, let text): shared.set(try expansion.found(pattern, text), of: text)
        case .similar(let form, let distance, let text):
          shared.set(try expansion.similarWords(to: form, distance: distance), of: text)
        }
      }
    case .field(_, let query), .boost(let query, _): try tellWords(query, &analyzer, to: &shared)
    case .group(let parts, _):
      for part in parts { try tellWords(part.query, &analyzer, to: &shared) }
    }
  }
}

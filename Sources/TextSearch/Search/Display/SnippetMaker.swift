/// Chooses and marks snippets: the text is analysed again, so that a word is marked exactly if it was posted where
/// the query looked.
struct SnippetMaker: ~Copyable {
  /// Bytes of text that a snippet shows at most, long words aside.
  static let width = 240
  /// Of which before the first match.
  private static let lead = 60

  private let tools: SearchTools
  private let pooled: PooledAnalyzer
  private let addresses: SnippetAddresses
  private var tokens = TokenBuffer()
  /// Tokens of the other fields, whose words help to decide on languages.
  private var otherTokens = TokenBuffer(capacity: 64)
  private let clauses: [SnippetClause]
  private let hasPhrases: Bool
  /// What a (form, kind) is to the query.
  private var known: [UInt32: SnippetRoles] = [:]
  /// What a compound is to the query, by the forms of its parts.
  private var knownCompounds: [SIMD4<UInt32>: [Int]] = [:]

  init(_ plan: QueryPlan, _ options: AnalyzerOptions, _ tools: SearchTools) {
    self.tools = tools
    pooled = tools.takeAnalyzer(options)
    clauses = SnippetClause.clauses(of: plan)
    addresses = SnippetAddresses(clauses)
    hasPhrases = clauses.contains(where: \.isPhrase)
  }

  deinit { tools.giveBack(pooled) }

  /// A matched token.
  private struct Match {
    let token: Int
    let clause: Int
  }

  /// The best snippet of a document: of the first field that is not its title, or of the title if that is all.
  mutating func snippet(_ document: StoredDocument) -> Snippet {
    var first: Snippet?
    let texts = document.fields.filter { !$0.text.isEmpty }.map { (name: $0.name, text: $0.text) }
    for field in texts where field.name != "title" {
      let matches = findMatches(field.text, in: field.name, among: texts)
      if !matches.isEmpty { return cut(field.text, matches) }
      if first == nil { first = cut(field.text, []) }
    }
    if let first { return first }
    guard let title = texts.first else { return Snippet(pieces: []) }
    let matches = findMatches(title.text, in: title.name, among: texts)
    return cut(title.text, matches)
  }

  /// The whole text with its matches marked.
  ///
  /// - Parameters:
  ///   - field: the name of the field that it is of; nil marks what is looked for in any field.
  ///   - fields: all fields of the document, on which the languages of the words depend.
  mutating func marked(
    _ text: String, in field: String? = nil, among fields: [(name: String, text: String)] = []
  ) -> Snippet {
    let matches = findMatches(text, in: field, among: fields)
    return Snippet(pieces: pieces(Array(text.utf8), 0..<text.utf8.count, matches))
  }

  private mutating func findMatches(
    _ text: String, in field: String?, among fields: [(name: String, text: String)]
  ) -> [Match] {
    pooled.analyzer.findWords(text.utf8.span, into: &tokens)
    var signs = DocumentSigns(tokens)
    for other in fields where other.name != field {
      pooled.analyzer.findWords(other.text.utf8.span, into: &otherTokens)
      signs.add(otherTokens)
    }
    pooled.analyzer.decideLanguages(&tokens, in: signs)
    if tokens.signs.count > 0 { tokens.mergeSigns() }
    var matches: [Match] = []
    for token in 0..<tokens.count where mayMatch(token) {
      if let clause = roles(of: token).clauses.first(where: { clauses[$0].isIn(field) }) {
        matches.append(Match(token: token, clause: clause))
      }
    }
    if pooled.analyzer.options.preset == .frenchVietnamese { addCompounds(text.utf8.span, in: field, to: &matches) }
    if hasPhrases { addPhrases(in: field, to: &matches) }
    return matches
  }

  /// Adds the words of phrases where the phrases stand.
  private mutating func addPhrases(in field: String?, to matches: inout [Match]) {
    var positions = clauses.map { [[UInt32]](repeating: [], count: $0.words.count) }
    for token in 0..<tokens.count where mayMatch(token) {
      for (clause, word) in roles(of: token).phraseWords where clauses[clause].isIn(field) {
        positions[clause][word].append(UInt32(tokens.position(token)))
      }
    }
    let words = tokens.words
    var found: [Match] = []
    for (number, clause) in clauses.enumerated() where clause.isPhrase {
      PhraseMatcher.forEachOccurrence(positions[number], slop: clause.slop) { chosen, _ in
        for word in chosen.indices {
          let position = Int(positions[number][word][chosen[word]])
          found.append(Match(token: words?[position] ?? position, clause: number))
        }
      }
    }
    matches = SnippetMaker.merged(matches, found)
  }

  /// Matches of both, one a token, in the order of the text.
  private static func merged(_ matches: [Match], _ found: [Match]) -> [Match] {
    guard !found.isEmpty else { return matches }
    var merged = (found + matches).sorted { $0.token != $1.token ? $0.token < $1.token : $0.clause < $1.clause }
    var last = -1
    merged.removeAll { match in
      defer { last = match.token }
      return match.token == last
    }
    return merged
  }

  /// Adds all parts of the compounds that are matched as a whole.
  private mutating func addCompounds(_ text: Span<UInt8>, in field: String?, to matches: inout [Match]) {
    var ranges: [Range<Int>] = []
    Compounds.forEach(text, tokens) { ranges.append($0) }
    var found: [Match] = []
    for range in ranges {
      guard let clause = compoundClauses(range).first(where: { clauses[$0].isIn(field) }) else { continue }
      for token in range { found.append(Match(token: token, clause: clause)) }
    }
    for token in 0..<tokens.count where tokens[token].isCamelCase {
      if let clause = camelCaseClause(text, token, in: field) { found.append(Match(token: token, clause: clause)) }
    }
    matches = SnippetMaker.merged(matches, found)
  }

  /// Returns the clause that reads a part of a word in camel case; nil if none does.
  private func camelCaseClause(_ text: Span<UInt8>, _ token: Int, in field: String?) -> Int? {
    for key in CamelCase.keys(of: text, tokens.range(token)) {
      let address = Compounds.address(joined: key, pooled.analyzer.options.frenchStemmer)
      let clause = clauses.indices.first { number in
        !clauses[number].isPhrase && clauses[number].isIn(field) && clauses[number].selects(address, form: [])
      }
      if let clause { return clause }
    }
    return nil
  }

  private mutating func compoundClauses(_ range: Range<Int>) -> [Int] {
    var parts = SIMD4<UInt32>(repeating: .max)
    for token in range { parts[token - range.lowerBound] = tokens.form(token) }
    if let clauses = knownCompounds[parts] { return clauses }
    let address = Compounds.address(
      of: range, in: tokens, forms: pooled.analyzer.forms, stemmer: pooled.analyzer.options.frenchStemmer)
    let numbers = clauses.indices.filter { number in
      guard let address else { return false }
      return !clauses[number].isPhrase && clauses[number].selects(address, form: [])
    }
    knownCompounds[parts] = numbers
    return numbers
  }

  /// Whether a token may be one that the query reads, by the hashes of its address.
  @inline(__always)
  private func mayMatch(_ token: Int) -> Bool {
    let hashes = pooled[tokens[token]]
    return addresses.mayContain(hashes.address) || addresses.mayContain(hashes.key)
  }

  private mutating func roles(of token: Int) -> SnippetRoles {
    let code = tokens[token].code
    if let roles = known[code] { return roles }
    let address = pooled.analyzer.address(of: token, in: tokens)
    let form = pooled.analyzer.forms.form(tokens.form(token))
    var roles = SnippetRoles()
    for (number, clause) in clauses.enumerated() {
      for word in clause.words.indices where clause.selects(address, form: form, word: word) {
        if clause.isPhrase { roles.phraseWords.append((number, word)) } else { roles.clauses.append(number) }
      }
    }
    known[code] = roles
    return roles
  }

  // MARK: Choosing

  private func cut(_ text: String, _ matches: [Match]) -> Snippet {
    let bytes = Array(text.utf8)
    guard tokens.count > 0 else {
      return Snippet(pieces: pieces(bytes, 0..<SnippetMaker.letterStart(bytes, at: SnippetMaker.width), []))
    }
    let window = bestWindow(matches)
    var first = window.lowerBound
    let earliest = max(0, Int(tokens[first].start) - SnippetMaker.lead)
    while first > 0, Int(tokens[first - 1].start) >= earliest, !tokens[first].flags.contains(.first) { first -= 1 }
    let start = Int(tokens[first].start)
    var last = max(first, window.upperBound)
    while last + 1 < tokens.count, Int(tokens[last + 1].end) <= start + SnippetMaker.width { last += 1 }
    let isWhole = last == tokens.count - 1
    let end =
      isWhole
      ? endOfText(bytes, after: Int(tokens[last].end), width: start + SnippetMaker.width) : Int(tokens[last].end)
    let range = (first == 0 ? 0 : start)..<end
    let inside = matches.filter { $0.token >= first && $0.token <= last }
    var pieces = pieces(bytes, range, inside)
    if first > 0 { pieces.insert(Snippet.Piece(text: "… ", isMatch: false), at: 0) }
    if !isWhole { pieces.append(Snippet.Piece(text: " …", isMatch: false)) }
    return Snippet(pieces: pieces)
  }

  /// The end of the signs that follow the last word, as far as the snippet's width goes; without white space.
  private func endOfText(_ bytes: [UInt8], after last: Int, width: Int) -> Int {
    var end = max(last, SnippetMaker.letterStart(bytes, at: width))
    while end > last, bytes[end - 1] <= 0x20 { end -= 1 }
    return end
  }

  /// The start of the letter that holds byte `index`, so that no letter is cut in two.
  private static func letterStart(_ bytes: [UInt8], at index: Int) -> Int {
    guard index < bytes.count else { return bytes.count }
    var start = index
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  /// First and last matched token of the stretch that holds the most: distinct words by weight, then repetitions.
  private func bestWindow(_ matches: [Match]) -> ClosedRange<Int> {
    guard let head = matches.first else { return 0...0 }
    var best = head.token...head.token
    var bestValue: Float = -1
    var seen = [Bool](repeating: false, count: clauses.count)
    for start in matches.indices {
      let limit = Int(tokens[matches[start].token].start) + SnippetMaker.width - SnippetMaker.lead
      var value: Float = 0
      var end = start
      for index in seen.indices { seen[index] = false }
      while end < matches.count, Int(tokens[matches[end].token].end) <= limit {
        let clause = matches[end].clause
        value += clauses[clause].weight * (seen[clause] ? 0.05 : 1)
        seen[clause] = true
        end += 1
      }
      if value > bestValue {
        bestValue = value
        best = matches[start].token...matches[max(start, end - 1)].token
      }
    }
    return best
  }

  private func pieces(_ bytes: [UInt8], _ range: Range<Int>, _ matches: [Match]) -> [Snippet.Piece] {
    var pieces: [Snippet.Piece] = []
    var done = range.lowerBound
    func add(_ end: Int, isMatch: Bool) {
      guard end > done else { return }
      let text = SnippetMaker.collapsed(bytes[done..<end])
      if !text.isEmpty { pieces.append(Snippet.Piece(text: text, isMatch: isMatch)) }
      done = end
    }
    for match in matches {
      add(Int(tokens[match.token].start), isMatch: false)
      add(Int(tokens[match.token].end), isMatch: true)
    }
    add(range.upperBound, isMatch: false)
    return pieces
  }

  /// Runs of white space and control characters become one space.
  private static func collapsed(_ bytes: ArraySlice<UInt8>) -> String {
    var out: [UInt8] = []
    for byte in bytes {
      if byte > 0x20 && byte != 0x7F {
        out.append(byte)
      } else if out.last != 0x20 {
        out.append(0x20)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// A word or phrase of a query as snippets mark it.
struct SnippetClause {
  /// More than one for a phrase.
  let words: [ResolvedWord.Terms]
  var slop = 0
  /// The field that matches are in; nil for any.
  var field: String?
  let weight: Float

  /// Returns what is marked: all leaves that may add to scores.
  static func clauses(of plan: QueryPlan) -> [SnippetClause] {
    plan.positiveLeaves.map {
      SnippetClause(words: $0.words.map(\.terms), slop: $0.slop, field: $0.field, weight: $0.weight)
    }
  }

  var isPhrase: Bool { words.count > 1 }

  /// Whether matches may be in a field; nil is any.
  func isIn(_ field: String?) -> Bool { self.field == nil || field == nil || self.field == field }

  /// Whether a token posted at `address` in this form is one that a word reads.
  func selects(_ address: TermAddress, form: [UInt8], word: Int = 0) -> Bool {
    switch words[word] {
    case .read(let word): word.selectors.contains { $0.selects(address) }
    case .expanded(let word): word.selects(address, form: form)
    }
  }
}

/// The addresses that a query reads, as a table of bits by their hashes: most words of a text are none of them.
private struct SnippetAddresses {
  /// Bits for each address.
  private static let sparsity = 32

  private var bits: [UInt64]

  init(_ clauses: [SnippetClause]) {
    let addresses = clauses.flatMap { $0.words.flatMap(\.addresses) }
    var count = 1
    while count * 64 < addresses.count * SnippetAddresses.sparsity { count *= 2 }
    bits = [UInt64](repeating: 0, count: count)
    for address in addresses {
      let hash = Checksum.of(address.bytes.span)
      bits[Int(hash >> 6) & (count - 1)] |= 1 << (hash & 63)
    }
  }

  /// Whether an address with this hash may be read.
  @inline(__always)
  func mayContain(_ hash: UInt64) -> Bool {
    bits[Int(truncatingIfNeeded: hash &>> 6) & (bits.count - 1)] &>> (hash & 63) & 1 != 0
  }
}

extension ResolvedWord.Terms {
  /// The addresses of the lists that the word reads; those of all spellings of a key stop before the spelling.
  fileprivate var addresses: [TermAddress] {
    switch self {
    case .read(let word): word.selectors.map(\.address)
    case .expanded(let word): word.terms.map(\.address)
    }
  }
}

/// What a token is to a query: the single words that it matches, and the words of phrases.
struct SnippetRoles {
  var clauses: [Int] = []
  var phraseWords: [(clause: Int, word: Int)] = []
}

extension ExpandedWord {
  /// Whether a token posted at `address` in this form is one of the words.
  fileprivate func selects(_ address: TermAddress, form: [UInt8]) -> Bool {
    let index = terms.indices.partitionPoint { !(terms[$0].address < address) }
    guard index < terms.count, terms[index].address == address else { return false }
    return terms[index].forms.isEmpty || terms[index].forms[form] != nil
  }
}

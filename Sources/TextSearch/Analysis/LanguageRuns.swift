/// The decision on the language of each sentence or line of a field, and on the kind of each of its tokens.
///
/// The evidence of a sentence is the sum over its words (`WordEvidence`). Sentences of weak evidence also use the
/// sentence before them and the whole field. A field without evidence is French, the language whose words need a stem
/// to be found. The article <doc:LanguageRuns> has the rules and measurements.
enum LanguageRuns {
  /// Evidence below this magnitude is weak: two natural logarithms, in quarters.
  private static let strongEvidence = 8
  /// Evidence that the sentence before contributes to a weak one.
  private static let neighbourEvidence = 6
  /// Maximum evidence that one sentence contributes to its field.
  private static let maximumVote = 60
  /// Maximum syllables of a name: a person and a location, adjacent. More capitalised syllables are a heading.
  private static let maximumNameLength = 8
  /// Minimum signs of French for a French sentence within Vietnamese text.
  private static let minimumFrenchSigns = 2
  /// Minimum signs of French for a French sentence in a document that shows no French: one frequent word is an accident.
  private static let minimumSignsAlone = 3
  /// Minimum syllables of a block without diacritics that shows that its author types none.
  private static let minimumBlockLength = 8

  /// Sets the language of each sentence and the kind of each token.
  ///
  /// - Parameter document: the signs of all fields of the document.
  static func decide(_ tokens: inout TokenBuffer, in document: DocumentSigns, _ forms: borrowing FormTable) {
    guard tokens.count > 0 else { return }
    decideLanguages(&tokens, lacksFrench: document.lacksFrench)
    decideDiacritics(&tokens)
    var names = TonelessNames()
    for index in 0..<tokens.sentences.count {
      let sentence = tokens.sentences[index]
      let range = tokens.range(ofSentence: index)
      if sentence.isVietnamese {
        let isWithout =
          !sentence.hasDiacritics
          || range.count <= maximumNameLength && isTonelessName(range, tokens.span, forms, names: &names)
        setVietnameseKinds(range, as: isWithout ? .withoutDiacritics : .vietnamese, &tokens)
      } else {
        setOtherKinds(range, as: sentence.isForeign ? .none : .french, &tokens, forms, names: &names)
      }
    }
  }

  /// Whether the names of a field that have no tones lack them: nothing else in it has some.
  private struct TonelessNames {
    private var lackTones: Bool?

    /// - Parameter tokens: all of the field; they are walked once.
    mutating func lackTones(_ tokens: Span<TokenBuffer.Token>) -> Bool {
      if let lackTones { return lackTones }
      var known = true
      for index in tokens.indices where tokens[index].traits.contains(.vietnameseDiacritics) { known = false }
      lackTones = known
      return known
    }
  }

  /// Sets `isForeign` and `isVietnamese` of every sentence.
  ///
  /// - Parameter lacksFrench: whether a sentence without signs of French is in neither language.
  private static func decideLanguages(_ tokens: inout TokenBuffer, lacksFrench: Bool) {
    var (total, magnitude) = (0, 0)
    for index in 0..<tokens.sentences.count {
      let vote = clamped(tokens.sentences[index].evidence, maximumVote)
      total += vote
      magnitude += abs(vote)
    }
    for index in 0..<tokens.sentences.count {
      var sentence = tokens.sentences[index]
      let vote = clamped(sentence.evidence, maximumVote)
      let others = total - vote
      var evidence = sentence.evidence
      if abs(evidence) < strongEvidence {
        if index > 0 { evidence += tokens.sentences[index - 1].isVietnamese ? neighbourEvidence : -neighbourEvidence }
        evidence += clamped(others, strongEvidence)
      }
      sentence.isForeign = sentence.signs < 0 && sentence.evidence <= 0
      // Foreign names do not make a sentence of a Vietnamese text French; only French words do.
      let isAmidVietnamese = others > strongEvidence && 2 * others > magnitude - abs(vote)
      sentence.isVietnamese =
        !sentence.isForeign && (evidence > 0 || isAmidVietnamese && sentence.signs < minimumFrenchSigns)
      if lacksFrench, !sentence.isVietnamese, sentence.signs < minimumSignsAlone { sentence.isForeign = true }
      tokens.sentences[index] = sentence
    }
  }

  private static func clamped(_ value: Int, _ limit: Int) -> Int { max(-limit, min(limit, value)) }

  // MARK: Diacritics

  /// Sets `hasDiacritics` of every Vietnamese sentence to that of its block.
  ///
  /// A block is a maximal sequence of adjacent Vietnamese sentences. It has diacritics if any of its syllables has. A
  /// short block without diacritics is inconclusive: it follows the nearest conclusive block, of two equally near ones
  /// the block before it. Without any conclusive block it has no diacritics.
  private static func decideDiacritics(_ tokens: inout TokenBuffer) {
    var blocks: [Block] = []
    for index in 0..<tokens.sentences.count where tokens.sentences[index].isVietnamese {
      let sentence = tokens.sentences[index]
      if let last = blocks.last, last.sentences.upperBound == index {
        blocks[blocks.count - 1].add(sentence)
      } else {
        blocks.append(Block(index, sentence))
      }
    }
    var before: Block?
    for index in blocks.indices {
      if blocks[index].isConclusive {
        before = blocks[index]
      } else {
        blocks[index].before = before.map(Neighbour.init)
      }
    }
    var after: Block?
    for index in blocks.indices.reversed() {
      if blocks[index].isConclusive { after = blocks[index] }
      let hasDiacritics = blocks[index].usesDiacritics(after: after)
      for sentence in blocks[index].sentences { tokens.sentences[sentence].hasDiacritics = hasDiacritics }
    }
  }

  /// A maximal sequence of adjacent Vietnamese sentences.
  private struct Block {
    /// Indices of the sentences.
    var sentences: Range<Int>
    /// Number of syllables.
    var syllables: Int
    /// Whether any syllable has a diacritic.
    var hasDiacritics: Bool
    /// The nearest conclusive block before an inconclusive one.
    var before: Neighbour?

    init(_ index: Int, _ sentence: TokenBuffer.Sentence) {
      sentences = index..<index + 1
      syllables = sentence.syllables
      hasDiacritics = sentence.hasDiacritics
    }

    /// Whether the block alone shows whether its author types diacritics.
    var isConclusive: Bool { hasDiacritics || syllables >= LanguageRuns.minimumBlockLength }

    /// Appends the next sentence.
    mutating func add(_ sentence: TokenBuffer.Sentence) {
      sentences = sentences.lowerBound..<sentences.upperBound + 1
      syllables += sentence.syllables
      hasDiacritics = hasDiacritics || sentence.hasDiacritics
    }

    /// Whether the block is posted as text with diacritics.
    ///
    /// - Parameter after: the nearest conclusive block from this one on.
    func usesDiacritics(after: Block?) -> Bool {
      if isConclusive { return hasDiacritics }
      guard let after else { return before?.hasDiacritics ?? false }
      guard let before else { return after.hasDiacritics }
      let isNearer = sentences.lowerBound - before.end <= after.sentences.lowerBound - sentences.upperBound
      return isNearer ? before.hasDiacritics : after.hasDiacritics
    }
  }

  /// The conclusive block before an inconclusive one.
  private struct Neighbour {
    /// Index after its last sentence.
    let end: Int
    let hasDiacritics: Bool

    init(_ block: Block) {
      end = block.sentences.upperBound
      hasDiacritics = block.hasDiacritics
    }
  }

  // MARK: Kinds of tokens

  /// Sets the kinds of the words of a Vietnamese sentence.
  private static func setVietnameseKinds(_ range: Range<Int>, as kind: TokenKind, _ tokens: inout TokenBuffer) {
    var tokens = tokens.mutableSpan
    for index in range where tokens[index].traits.isWord {
      let isVietnamese = !tokens[index].traits.isDisjoint(with: [.syllable, .vietnameseDiacritics])
      tokens[index].kind = isVietnamese ? kind : .none
    }
  }

  /// Sets the kinds of the words of a sentence that is not Vietnamese: `kind`, except for Vietnamese names and for
  /// words with letters that only Vietnamese uses.
  private static func setOtherKinds(
    _ range: Range<Int>, as kind: TokenKind, _ tokens: inout TokenBuffer, _ forms: borrowing FormTable,
    names: inout TonelessNames
  ) {
    var tokens = tokens.mutableSpan
    var index = range.lowerBound
    while index < range.upperBound {
      let token = tokens[index]
      guard token.flags.contains(.capitalised), isNamePart(token, forms) else {
        if token.traits.isWord {
          tokens[index].kind = token.traits.contains(.vietnameseDiacritics) ? .vietnamese : kind
        }
        index &+= 1
        continue
      }
      let (end, isName) = capitalisedSyllables(from: index, limit: range.upperBound, tokens.span, forms)
      let nameKind = isName ? kindOfName(index..<end, tokens.span, forms, names: &names) : nil
      for part in index..<end where tokens[part].traits.isWord {
        tokens[part].kind = nameKind ?? (tokens[part].traits.contains(.vietnameseDiacritics) ? .vietnamese : kind)
      }
      index = end
    }
  }

  /// Returns the end of the adjacent capitalised syllables from `first` on, at most `limit`, and whether they are a
  /// Vietnamese name.
  private static func capitalisedSyllables(
    from first: Int, limit: Int, _ tokens: Span<TokenBuffer.Token>, _ forms: borrowing FormTable
  ) -> (end: Int, isName: Bool) {
    let isFunction = tokens[first].traits.contains(.frenchFunction) && tokens[first].flags.contains(.first)
    if isFunction, FrenchWords.beforeNames.contains(text(tokens[first], forms)) { return (first + 1, false) }
    var end = first
    var evidence = 0
    var areShared = true
    while end < limit, end == first || tokens[end].flags.contains(.joined), isNamePart(tokens[end], forms) {
      evidence += Int(tokens[end].evidence)
      if !tokens[end].traits.contains(.shared) { areShared = false }
      end += 1
    }
    // "Le Van ..." at the start of a sentence may as well be an article and a noun; three and more are a name.
    let minimum = isFunction ? 3 : isToneless(tokens[first], forms) && isNameAlone(tokens[first]) ? 1 : 2
    let isLong = end - first >= minimum && end - first <= maximumNameLength
    // "LE MOT DU PRÉSIDENT": words of both languages are a name only if they are more frequent in Vietnamese.
    return (end, isLong && (!areShared || evidence > 0))
  }

  /// Returns the form of a token.
  private static func text(_ token: TokenBuffer.Token, _ forms: borrowing FormTable) -> String {
    String(decoding: forms.form(token.form), as: UTF8.self)
  }

  /// Whether a token can be a syllable of a Vietnamese name.
  @inline(__always)
  private static func isNamePart(_ token: TokenBuffer.Token, _ forms: borrowing FormTable) -> Bool {
    guard token.flags.contains(.capitalised), token.end - token.start >= 2 else { return false }
    if token.traits.contains(.syllable) {
      return !(token.traits.contains(.frenchFunction) && token.traits.contains(.diacritics))
    }
    return isToneless(token, forms)
  }

  /// Whether a token is a syllable as French texts write it: Hô, Viêt.
  private static func isToneless(_ token: TokenBuffer.Token, _ forms: borrowing FormTable) -> Bool {
    token.traits.isDisjoint(with: [.vietnameseDiacritics, .frenchDiacritics, .frenchFunction])
      && token.traits.contains(.diacritics) && forms.hasOneCircumflex(token.form)
      && TonelessSyllable.accepts(forms.form(token.form))
  }

  /// Whether a toneless syllable alone is a name: no French word, and inside a sentence if it ends as French words do (Têt, but
  /// "Mât de misaine").
  private static func isNameAlone(_ token: TokenBuffer.Token) -> Bool {
    guard !token.traits.contains(.shared), token.signs < 2 else { return false }
    return token.traits.contains(.syllable) || !token.flags.contains(.first)
  }

  /// Returns the kind of a name. It depends on the diacritics of the name, not on those of the sentence: without a tone it lacks
  /// them, if it has no diacritics or the field has no tones.
  private static func kindOfName(
    _ name: Range<Int>, _ tokens: Span<TokenBuffer.Token>, _ forms: borrowing FormTable, names: inout TonelessNames
  ) -> TokenKind {
    var isToneless = false
    for part in name where tokens[part].traits.contains(.diacritics) {
      isToneless = true
      if !LanguageRuns.isToneless(tokens[part], forms) { return .vietnamese }
    }
    return isToneless && !names.lackTones(tokens) ? .vietnamese : .withoutDiacritics
  }

  /// Whether a sentence of few words is a name as French texts write it, with a circumflex.
  private static func isTonelessName(
    _ range: Range<Int>, _ tokens: Span<TokenBuffer.Token>, _ forms: borrowing FormTable, names: inout TonelessNames
  ) -> Bool {
    var traits: FormTable.Traits = []
    for index in range {
      guard tokens[index].flags.contains(.capitalised) else { return false }
      traits.formUnion(tokens[index].traits)
    }
    guard traits.contains(.diacritics), !traits.contains(.vietnameseDiacritics) else { return false }
    for index in range where !isNamePart(tokens[index], forms) { return false }
    return kindOfName(range, tokens, forms, names: &names) == .withoutDiacritics
  }
}

extension FormTable.Traits {
  /// Whether the form consists of Latin letters without digits. Only such forms have a language.
  @inline(__always)
  fileprivate var isWord: Bool { intersection([.latin, .digits]) == .latin }
}

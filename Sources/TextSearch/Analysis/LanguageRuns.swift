/// Decides the language of each run (line or sentence) of a field, and how each of its tokens is posted.
///
/// A run's evidence is the sum over its words (`WordEvidence`). Weak runs lean on their neighbours and on the whole
/// field; a field without any evidence is French, the language whose words need a stem to be found.
enum LanguageRuns {
  /// Two natural logarithms: below this a run asks its neighbours.
  private static let certain = 8
  /// What the run before says to a run that asks.
  private static let neighbour = 6
  /// The most that one run says about its whole field.
  private static let voice = 60
  /// A name and a place side by side; more capitalised syllables are a heading.
  private static let longestName = 8
  /// So many signs of French make a run French amid Vietnamese text.
  private static let frenchSigns = 2
  /// A bare Vietnamese block of fewer syllables cannot tell that its writer types no marks.
  private static let shortBlock = 8

  static func decide(_ tokens: inout TokenBuffer, _ forms: borrowing FormTable) {
    guard tokens.count > 0 else { return }
    decideRuns(&tokens)
    decideDiacritics(&tokens)
    for run in 0..<tokens.runs.count {
      let range = tokens.runs[run].first..<(run + 1 < tokens.runs.count ? tokens.runs[run + 1].first : tokens.count)
      if tokens.runs[run].isVietnamese {
        postVietnamese(range, as: tokens.runs[run].hasDiacritics ? .vietnamese : .withoutDiacritics, &tokens)
      } else {
        postFrench(range, as: tokens.runs[run].isForeign ? .none : .french, &tokens, forms)
      }
    }
  }

  private static func decideRuns(_ tokens: inout TokenBuffer) {
    var (total, volume) = (0, 0)
    for index in 0..<tokens.runs.count {
      let said = clamped(tokens.runs[index].evidence, voice)
      total += said
      volume += abs(said)
    }
    for index in 0..<tokens.runs.count {
      var run = tokens.runs[index]
      let said = clamped(run.evidence, voice)
      let others = total - said
      var evidence = run.evidence
      if abs(evidence) < certain {
        if index > 0 { evidence += tokens.runs[index - 1].isVietnamese ? neighbour : -neighbour }
        evidence += clamped(others, certain)
      }
      run.isForeign = run.signs < 0 && run.evidence <= 0
      // Foreign names in a Vietnamese text do not make a sentence French: that takes French words.
      let isAmidVietnamese = others > certain && 2 * others > volume - abs(said)
      run.isVietnamese = !run.isForeign && (evidence > 0 || isAmidVietnamese && run.signs < frenchSigns)
      tokens.runs[index] = run
    }
  }

  private static func clamped(_ value: Int, _ limit: Int) -> Int { max(-limit, min(limit, value)) }

  // MARK: Marks

  /// Sets `isMarked` of every Vietnamese run to what its block says.
  ///
  /// A block is a stretch of Vietnamese runs; it is marked if any syllable in it is. A short bare block cannot tell
  /// and does as the nearest block that can, the one before if two are equally near; alone, it is unmarked.
  private static func decideDiacritics(_ tokens: inout TokenBuffer) {
    var blocks: [Block] = []
    for index in 0..<tokens.runs.count where tokens.runs[index].isVietnamese {
      let run = tokens.runs[index]
      if let last = blocks.last, last.runs.upperBound == index {
        blocks[blocks.count - 1].add(run)
      } else {
        blocks.append(Block(index, run))
      }
    }
    var before: Block?
    for index in blocks.indices {
      if blocks[index].canTell { before = blocks[index] } else { blocks[index].before = before.map(Witness.init) }
    }
    var after: Block?
    for index in blocks.indices.reversed() {
      if blocks[index].canTell { after = blocks[index] }
      let hasDiacritics = blocks[index].verdict(after: after)
      for run in blocks[index].runs { tokens.runs[run].hasDiacritics = hasDiacritics }
    }
  }

  private struct Block {
    var runs: Range<Int>
    var syllables: Int
    var hasDiacritics: Bool
    /// The nearest block before that can tell.
    var before: Witness?

    init(_ index: Int, _ run: TokenBuffer.Run) {
      runs = index..<index + 1
      syllables = run.syllables
      hasDiacritics = run.hasDiacritics
    }

    var canTell: Bool { hasDiacritics || syllables >= LanguageRuns.shortBlock }

    mutating func add(_ run: TokenBuffer.Run) {
      runs = runs.lowerBound..<runs.upperBound + 1
      syllables += run.syllables
      hasDiacritics = hasDiacritics || run.hasDiacritics
    }

    func verdict(after: Block?) -> Bool {
      if canTell { return hasDiacritics }
      guard let after else { return before?.hasDiacritics ?? false }
      guard let before else { return after.hasDiacritics }
      let isNearer = runs.lowerBound - before.end <= after.runs.lowerBound - runs.upperBound
      return isNearer ? before.hasDiacritics : after.hasDiacritics
    }
  }

  /// What a short block needs to know of the block it asks.
  private struct Witness {
    let end: Int
    let hasDiacritics: Bool

    init(_ block: Block) {
      end = block.runs.upperBound
      hasDiacritics = block.hasDiacritics
    }
  }

  // MARK: Posting

  private static func postVietnamese(_ range: Range<Int>, as kind: TokenKind, _ tokens: inout TokenBuffer) {
    var tokens = tokens.mutableSpan
    for index in range where tokens[index].traits.isWord {
      let isVietnamese = !tokens[index].traits.isDisjoint(with: [.syllable, .vietnameseDiacritics])
      tokens[index].kind = isVietnamese ? kind : .none
    }
  }

  /// Posts a run that is not Vietnamese, but for the names in it.
  private static func postFrench(
    _ range: Range<Int>, as kind: TokenKind, _ tokens: inout TokenBuffer, _ forms: borrowing FormTable
  ) {
    var tokens = tokens.mutableSpan
    var index = range.lowerBound
    while index < range.upperBound {
      let token = tokens[index]
      guard token.marks.contains(.capitalised), isNamePart(token) else {
        if token.traits.isWord {
          tokens[index].kind = token.traits.contains(.vietnameseDiacritics) ? .vietnamese : kind
        }
        index &+= 1
        continue
      }
      let (end, isName) = capitalised(index, range.upperBound, tokens.span, forms)
      let nameKind = isName ? kindOfName(index..<end, tokens.span) : nil
      for part in index..<end where tokens[part].traits.isWord {
        tokens[part].kind = nameKind ?? (tokens[part].traits.contains(.vietnameseDiacritics) ? .vietnamese : kind)
      }
      index = end
    }
  }

  /// The end of the capitalised syllables side by side that begin at `first`, and whether they are a Vietnamese name.
  private static func capitalised(
    _ first: Int, _ limit: Int, _ tokens: Span<TokenBuffer.Token>, _ forms: borrowing FormTable
  ) -> (end: Int, isName: Bool) {
    let isFunction = tokens[first].traits.contains(.frenchFunction) && tokens[first].marks.contains(.first)
    if isFunction, FrenchWords.beforeNames.contains(text(tokens[first], forms)) { return (first + 1, false) }
    var end = first
    var evidence = 0
    var areShared = true
    while end < limit, end == first || tokens[end].marks.contains(.joined), isNamePart(tokens[end]) {
      evidence += Int(tokens[end].evidence)
      if !tokens[end].traits.contains(.shared) { areShared = false }
      end += 1
    }
    // "Le Van ..." at the head of a sentence is as likely an article and a noun; three and more are a name.
    let isLong = end - first >= (isFunction ? 3 : 2) && end - first <= longestName
    // "LE MOT DU PRÉSIDENT": words that French writes too are a name only if Vietnamese writes them more often.
    return (end, isLong && (!areShared || evidence > 0))
  }

  private static func text(_ token: TokenBuffer.Token, _ forms: borrowing FormTable) -> String {
    String(decoding: forms.form(token.form), as: UTF8.self)
  }

  @inline(__always)
  private static func isNamePart(_ token: TokenBuffer.Token) -> Bool {
    token.marks.contains(.capitalised) && token.traits.contains(.syllable) && token.end - token.start >= 2
      && !(token.traits.contains(.frenchFunction) && token.traits.contains(.diacritics))
  }

  /// A name decides alone whether it is written with marks.
  private static func kindOfName(_ name: Range<Int>, _ tokens: Span<TokenBuffer.Token>) -> TokenKind {
    name.contains { tokens[$0].traits.contains(.diacritics) } ? .vietnamese : .withoutDiacritics
  }
}

extension FormTable.Traits {
  /// Latin letters without digits: what has a language.
  @inline(__always)
  fileprivate var isWord: Bool { intersection([.latin, .digits]) == .latin }
}

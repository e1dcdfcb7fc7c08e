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
  /// A bare Vietnamese block of fewer syllables cannot tell that its writer types no marks.
  private static let shortBlock = 8

  static func decide(_ tokens: inout TokenBuffer) {
    guard tokens.count > 0 else { return }
    decideRuns(&tokens)
    decideMarks(&tokens)
    for run in 0..<tokens.runs.count {
      let range = tokens.runs[run].first..<(run + 1 < tokens.runs.count ? tokens.runs[run + 1].first : tokens.count)
      if tokens.runs[run].isVietnamese {
        postVietnamese(range, as: tokens.runs[run].isMarked ? .vietnamese : .unmarked, &tokens)
      } else {
        postFrench(range, &tokens)
      }
    }
  }

  private static func decideRuns(_ tokens: inout TokenBuffer) {
    var total = 0
    for index in 0..<tokens.runs.count { total += clamped(tokens.runs[index].evidence, voice) }
    for index in 0..<tokens.runs.count {
      var run = tokens.runs[index]
      let others = total - clamped(run.evidence, voice)
      var evidence = run.evidence
      if abs(evidence) < certain {
        if index > 0 { evidence += tokens.runs[index - 1].isVietnamese ? neighbour : -neighbour }
        evidence += clamped(others, certain)
      }
      // Foreign names in a Vietnamese text do not make a sentence French: that takes French words.
      run.isVietnamese = evidence > 0 || (others > certain && run.frenchSigns == 0)
      tokens.runs[index] = run
    }
  }

  private static func clamped(_ value: Int, _ limit: Int) -> Int { max(-limit, min(limit, value)) }

  // MARK: Marks

  /// Sets `isMarked` of every Vietnamese run to what its block says.
  ///
  /// A block is a stretch of Vietnamese runs; it is marked if any syllable in it is. A short bare block cannot tell
  /// and does as the nearest block that can, the one before if two are equally near; alone, it is unmarked.
  private static func decideMarks(_ tokens: inout TokenBuffer) {
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
      let isMarked = blocks[index].verdict(after: after)
      for run in blocks[index].runs { tokens.runs[run].isMarked = isMarked }
    }
  }

  private struct Block {
    var runs: Range<Int>
    var syllables: Int
    var isMarked: Bool
    /// The nearest block before that can tell.
    var before: Witness?

    init(_ index: Int, _ run: TokenBuffer.Run) {
      runs = index..<index + 1
      syllables = run.syllables
      isMarked = run.isMarked
    }

    var canTell: Bool { isMarked || syllables >= LanguageRuns.shortBlock }

    mutating func add(_ run: TokenBuffer.Run) {
      runs = runs.lowerBound..<runs.upperBound + 1
      syllables += run.syllables
      isMarked = isMarked || run.isMarked
    }

    func verdict(after: Block?) -> Bool {
      if canTell { return isMarked }
      guard let after else { return before?.isMarked ?? false }
      guard let before else { return after.isMarked }
      let isNearer = runs.lowerBound - before.end <= after.runs.lowerBound - runs.upperBound
      return isNearer ? before.isMarked : after.isMarked
    }
  }

  /// What a short block needs to know of the block it asks.
  private struct Witness {
    let end: Int
    let isMarked: Bool

    init(_ block: Block) {
      end = block.runs.upperBound
      isMarked = block.isMarked
    }
  }

  // MARK: Posting

  private static func postVietnamese(_ range: Range<Int>, as kind: TokenKind, _ tokens: inout TokenBuffer) {
    var tokens = tokens.mutableSpan
    for index in range where tokens[index].traits.isWord {
      let isVietnamese = !tokens[index].traits.isDisjoint(with: [.syllable, .vietnameseMarks])
      tokens[index].kind = isVietnamese ? kind : .none
    }
  }

  private static func postFrench(_ range: Range<Int>, _ tokens: inout TokenBuffer) {
    var tokens = tokens.mutableSpan
    var index = range.lowerBound
    while index < range.upperBound {
      let token = tokens[index]
      if token.marks.contains(.capitalised), isNamePart(token) {
        let end = nameEnd(index, range.upperBound, tokens.span)
        if end > index {
          postName(index..<end, &tokens)
          index = end
          continue
        }
      }
      if token.traits.isWord { tokens[index].kind = token.traits.contains(.vietnameseMarks) ? .vietnamese : .french }
      index &+= 1
    }
  }

  /// The end of the Vietnamese name that begins at `first`: two to five capitalised syllables side by side.
  private static func nameEnd(_ first: Int, _ limit: Int, _ tokens: Span<TokenBuffer.Token>) -> Int {
    var end = first + 1
    while end < limit, tokens[end].marks.contains(.joined), isNamePart(tokens[end]) { end += 1 }
    let count = end - first
    guard count >= 2, count <= 5 else { return first }
    // "Le Van ..." at the head of a sentence is as likely an article and a noun; three and more are a name.
    let isArticle = tokens[first].traits.contains(.frenchFunction) && tokens[first].marks.contains(.first)
    return count == 2 && isArticle ? first : end
  }

  @inline(__always)
  private static func isNamePart(_ token: TokenBuffer.Token) -> Bool {
    token.marks.contains(.capitalised) && token.traits.contains(.syllable) && token.end - token.start >= 2
  }

  /// A name decides alone whether it is written with marks.
  private static func postName(_ name: Range<Int>, _ tokens: inout MutableSpan<TokenBuffer.Token>) {
    var isMarked = false
    for index in name where tokens[index].traits.contains(.marked) { isMarked = true }
    for index in name { tokens[index].kind = isMarked ? .vietnamese : .unmarked }
  }
}

extension FormTable.Traits {
  /// Latin letters without digits: what has a language.
  @inline(__always)
  fileprivate var isWord: Bool { intersection([.latin, .digits]) == .latin }
}

/// Decides the language of each run (line or sentence) of a field, and how each of its tokens is posted.
///
/// A run's evidence is the sum over its words (`WordEvidence`). Weak runs lean on their neighbours and on the whole
/// field; a field without any evidence is French, the language whose words need a stem to be found.
enum LanguageRuns {
  /// Two natural logarithms: below this a run asks its neighbours.
  private static let certain = 8
  /// The most that one run says about its whole field.
  private static let voice = 60
  /// A bare Vietnamese block of fewer syllables cannot tell that its writer types no marks.
  private static let shortBlock = 8

  static func decide(_ tokens: inout TokenBuffer, _ forms: borrowing FormTable) {
    guard tokens.count > 0 else { return }
    var total = 0
    for index in 0..<tokens.runs.count { total += max(-voice, min(voice, tokens.runs[index].evidence)) }
    for index in 0..<tokens.runs.count {
      var evidence = tokens.runs[index].evidence
      if abs(evidence) < certain {
        if index > 0 { evidence += tokens.runs[index - 1].isVietnamese ? 6 : -6 }
        evidence += max(-certain, min(certain, total - tokens.runs[index].evidence))
      }
      tokens.runs[index].isVietnamese = evidence > 0
    }
    var index = 0
    while index < tokens.runs.count {
      var end = index + 1
      if tokens.runs[index].isVietnamese {
        while end < tokens.runs.count, tokens.runs[end].isVietnamese { end += 1 }
        postVietnamese(index..<end, &tokens, forms)
      } else {
        postFrench(tokenRange(index, tokens), &tokens, forms)
      }
      index = end
    }
  }

  private static func tokenRange(_ run: Int, _ tokens: borrowing TokenBuffer) -> Range<Int> {
    tokens.runs[run].first..<(run + 1 < tokens.runs.count ? tokens.runs[run + 1].first : tokens.count)
  }

  // MARK: Vietnamese

  private static func postVietnamese(
    _ block: Range<Int>, _ tokens: inout TokenBuffer, _ forms: borrowing FormTable
  ) {
    let kind: TokenKind = isMarked(block, tokens) ? .vietnamese : .unmarked
    let range = tokens.runs[block.lowerBound].first..<tokenRange(block.upperBound - 1, tokens).upperBound
    for token in range {
      let traits = forms.entries[Int(tokens.forms[token])].traits
      guard traits.contains(.latin), !traits.contains(.digits) else { continue }
      if traits.contains(.syllable) || traits.contains(.vietnameseMarks) { tokens.kinds[token] = kind.rawValue }
    }
  }

  /// Whether the block's text carries marks; a short bare block asks the nearest block that can tell.
  private static func isMarked(_ block: Range<Int>, _ tokens: borrowing TokenBuffer) -> Bool {
    var syllables = 0
    for run in block {
      if tokens.runs[run].isMarked { return true }
      syllables += tokens.runs[run].syllables
    }
    guard syllables < shortBlock else { return false }
    var before = block.lowerBound - 1
    var after = block.upperBound
    while before >= 0 || after < tokens.runs.count {
      if before >= 0, tokens.runs[before].isVietnamese {
        if tokens.runs[before].isMarked { return true }
        if tokens.runs[before].syllables >= shortBlock { return false }
      }
      if after < tokens.runs.count, tokens.runs[after].isVietnamese {
        if tokens.runs[after].isMarked { return true }
        if tokens.runs[after].syllables >= shortBlock { return false }
      }
      before -= 1
      after += 1
    }
    return false
  }

  // MARK: French

  private static func postFrench(_ range: Range<Int>, _ tokens: inout TokenBuffer, _ forms: borrowing FormTable) {
    var token = range.lowerBound
    while token < range.upperBound {
      let end = nameEnd(token, range.upperBound, tokens, forms)
      if end > token {
        postName(token..<end, &tokens, forms)
        token = end
        continue
      }
      let traits = forms.entries[Int(tokens.forms[token])].traits
      if traits.contains(.latin), !traits.contains(.digits) {
        let isForeign = traits.contains(.vietnameseMarks)
        tokens.kinds[token] = (isForeign ? TokenKind.vietnamese : .french).rawValue
      }
      token += 1
    }
  }

  /// The end of the Vietnamese name that begins at `first`: two to five capitalised syllables side by side.
  private static func nameEnd(
    _ first: Int, _ limit: Int, _ tokens: borrowing TokenBuffer, _ forms: borrowing FormTable
  ) -> Int {
    guard isNamePart(first, tokens, forms) else { return first }
    var end = first + 1
    while end < limit, tokens.marks[end].contains(.joined), isNamePart(end, tokens, forms) { end += 1 }
    let count = end - first
    guard count >= 2, count <= 5 else { return first }
    // "Le Van ..." at the head of a sentence is as likely an article and a noun; three and more are a name.
    let opening = tokens.marks[first]
    let isFunction = forms.entries[Int(tokens.forms[first])].traits.contains(.frenchFunction)
    return count == 2 && isFunction && opening.contains(.first) ? first : end
  }

  private static func isNamePart(_ token: Int, _ tokens: borrowing TokenBuffer, _ forms: borrowing FormTable) -> Bool {
    guard tokens.marks[token].contains(.capitalised) else { return false }
    let entry = forms.entries[Int(tokens.forms[token])]
    return entry.traits.contains(.syllable) && entry.formCount >= 2
  }

  /// A name decides alone whether it is written with marks.
  private static func postName(_ name: Range<Int>, _ tokens: inout TokenBuffer, _ forms: borrowing FormTable) {
    var isMarked = false
    for token in name where forms.entries[Int(tokens.forms[token])].traits.contains(.marked) { isMarked = true }
    for token in name { tokens.kinds[token] = (isMarked ? TokenKind.vietnamese : .unmarked).rawValue }
  }
}

/// Function words of English: signs that a sentence is in neither language.
enum ForeignWords {
  /// The words by their value of `WordEvidence.signs`: -2 for words of neither language, -1 for words that are
  /// Vietnamese syllables too.
  ///
  /// Words that French has too (on, a, but, or, as, son) are left out, and so are words frequent in names (new, world).
  static let rows: [(sign: Int8, words: String)] = [(-2, clear), (-1, syllables)]

  private static let clear = """
    of and with for is was are were been being this these those from his her their its has have had will would should \
    could which what when where who whose they them you your she we our about into after before over under between \
    through during while because if than then there here only also other such some any all each both very more most
    """
  private static let syllables = "the that to in at by not no it be he an how can may do so up him us"
}

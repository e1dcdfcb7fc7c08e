/// Function words of English: signs that a run is in neither language.
enum ForeignWords {
  /// 2 for a word that neither language writes, 1 for one that is a Vietnamese syllable too; negative, as
  /// `WordEvidence.signs` has it. Words that French writes (on, a, but, or, as, son) are not among them, nor those
  /// that often stand in names (new, world).
  static let rows: [(sign: Int8, words: String)] = [(-2, clear), (-1, syllables)]

  private static let clear = """
    of and with for is was are were been being this these those from his her their its has have had will would should \
    could which what when where who whose they them you your she we our about into after before over under between \
    through during while because if than then there here only also other such some any all each both very more most
    """
  private static let syllables = "the that to in at by not no it be he an how can may do so up him us"
}

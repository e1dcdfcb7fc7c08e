/// Closed word classes of French that the analyzer knows by name.
enum FrenchWords {
  /// Function words, as they are written in running text.
  static let functionWords: Set<String> = [
    "le", "la", "les", "l", "de", "des", "du", "d", "un", "une", "et", "est", "dans", "pour", "que", "qui", "sur", "au",
    "aux",
    "par", "avec", "en", "ce", "ces", "cet", "cette", "il", "elle", "ils", "elles", "on", "nous", "vous", "je", "tu",
    "ne", "pas",
    "plus", "se", "sa", "son", "ses", "mon", "ma", "mes", "ton", "ta", "tes", "leur", "leurs", "lui", "moi", "toi", "y",
    "ou",
    "mais", "si", "ni", "car", "comme", "sans", "sous", "entre", "vers", "chez", "à", "a", "été", "être", "sont", "ont",
    "dont",
    "où", "même", "très", "aussi", "notre", "nos", "votre", "vos", "tout", "tous", "toute", "toutes",
  ]

  /// Words that lose their last vowel before a vowel or h; what stands before the apostrophe.
  static let elided: Set<String> = [
    "c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu", "entr",
  ]

  /// Words that an apostrophe is part of: what stands before it, and how the rest begins.
  static let whole: [(before: String, after: String)] = [("aujourd", "hui"), ("prud", "hom")]
}

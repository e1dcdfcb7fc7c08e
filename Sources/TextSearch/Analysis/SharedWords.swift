/// Words with equal spellings in both languages (Vietnamese without diacritics), and their weights as evidence.
enum SharedWords {
  /// The words by weight: the natural logarithm of P(word | Vietnamese) / P(word | French) in quarters, clamped to -16
  /// to 10.
  ///
  /// The probabilities are frequencies in Vietnamese encyclopedia articles and in French novels and codes of law, half
  /// of the texts without their diacritics. Words of at most 12 per million in French are left out. For English words
  /// that are also Vietnamese syllables, one word in ten is assumed to be foreign. The weight of mai allows for dates,
  /// in which the press has the month more often than either corpus.
  static let rows: [(weight: Int8, words: String)] = [
    (-16, "à été en et un que qui quoi ne lui dit rien peu trop vue hui put vin sien nue ou tout nos vos"),
    (-14, "rue vit lit thé"), (-13, "ni pu"), (-12, "a le on nom mit rit"), (-11, "de au son sa non"),
    (-10, "pia bec by"), (-9, "se me eu"), (-8, "mon"), (-7, "du si dos at"), (-6, "ai"), (-5, "la but tut in"),
    (-4, "bien bon né tue y him one"), (-3, "quai"), (-2, "due lut choc not up us"), (-1, "moi lieu"),
    (0, "ma ton soi met sec pot"), (1, "roi net sut the no"), (2, "bu"), (3, "te dieu dut re tom lot to mai"),
    (4, "tu toi vu loi long lu"), (5, "ta"), (6, "sang mi it"), (7, "ca duc tot xi"), (8, "sac gai be an"),
    (9, "lo lac dot mot"), (10, "là va vi chien su rang cap don cam mac nu mien lien chat bat that"),
  ]
}

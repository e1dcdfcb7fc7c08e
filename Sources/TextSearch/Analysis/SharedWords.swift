/// Words that both languages spell alike (Vietnamese without its diacritics), and how much each says.
enum SharedWords {
  /// Quarters of the natural logarithm of P(word | Vietnamese) / P(word | French), between -16 and 10.
  ///
  /// From 8.7 million words of Vietnamese encyclopedia articles and 11.9 million of French novels and codes of law,
  /// one text in two without its diacritics; the words of more than 12 in a million of the French ones. English
  /// words that are Vietnamese syllables too are weighed against one foreign word in ten; mai is the month of dates,
  /// which neither corpus has as often as the press.
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

/// The rules of the default stemmer that `light1` does not have. Each improvement has the number of the rule that it
/// belongs to; the article `FrenchStemming` has the measurements.
extension FrenchStemmer {
  /// Improvement 2: replaces a listed form of an irregular verb by its infinitive.
  func replaceVerbForm(_ word: inout [UInt8]) {
    guard word.count >= 3, word.count <= FrenchVerbs.longest else { return }
    guard let infinitive = FrenchVerbs.infinitives[String(decoding: word, as: UTF8.self)] else { return }
    word = Array(infinitive.utf8)
  }

  /// Improvement 3: feminines that no rule covers, and common words that the rules would conflate with another word
  /// (moins and moine, mois and moi, France and franc, basse and base).
  static let moreExceptions: [String: String] = [
    "bonne": "bon", "amie": "ami", "gros": "gros", "basse": "bas", "blanche": "blanc", "franche": "franc",
    "doux": "doux", "douce": "doux", "faux": "faux", "fausse": "faux", "vive": "vif", "france": "france",
    "moins": "moins", "plus": "plus", "mois": "mois", "fois": "fois", "guere": "guere", "misere": "miser",
    "tante": "tante",
    // Two spellings, and plurals and feminines of their own.
    "clef": "cle", "ognon": "oignon", "oignon": "oignon", "monsieur": "monsieur", "messieurs": "monsieur",
    "madame": "madame", "mesdame": "madame", "grec": "grec", "grecque": "grec", "roux": "roux", "rousse": "roux",
    "frais": "frais", "fraiche": "frais", "ciel": "ciel", "cieux": "ciel",
    // Function words that would be conflated with a noun or a Vietnamese syllable: dans and dân, sous and sou, mais and
    // mai.
    "dans": "dans", "sans": "sans", "sous": "sous", "mais": "mais", "tres": "tres", "puis": "puis", "tous": "tout",
    "nous": "nous", "vous": "vous", "alors": "alors", "depuis": "depuis",
  ]

  /// Improvements 18a to 18d: replaces verb endings that rules 19 to 21 do not cover.
  ///
  /// - Returns: true if only the normalisation remains.
  func stripMoreVerbEndings(_ word: inout [UInt8]) -> Bool {
    if stripEndingAfterD(&word) { return true }
    let count = word.count
    if count >= 6, ends(word, "a"), !ends(word, "era"), !ends(word, "ira"), !ends(word, "ia") {
      replace(&word, 1, "er")
    } else if count == 6, ends(word, "ait"), !isOne(word[count - 4], of: "rfh") {
      replace(&word, 3, "er")
    } else if count >= 7, ends(word, "it"), !isOne(word[count - 3], of: "aeou") {
      replace(&word, 1, "r")
    } else {
      return false
    }
    return true
  }

  private static let endingsAfterD: [StaticString] = [
    "raient", "irent", "aient", "rait", "ront", "ant", "ent", "ait", "rai", "ue", "it", "ra", "u",
  ]

  /// Exceptions: a preposition, and forms of verbs in -drer.
  private static let notAfterD: Set<String> = ["pendant", "engendra", "effondra"]

  /// Improvement 18a: strips endings after -end, -ond, -erd and -ord: répondit, répondu, répondra like répondre.
  private func stripEndingAfterD(_ word: inout [UInt8]) -> Bool {
    let radicals: [StaticString] = ["end", "ond", "erd", "ord"]
    for ending in FrenchStemmer.endingsAfterD where ends(word, ending) {
      let radical = Array(word.dropLast(ending.utf8CodeUnitCount))
      guard radical.count >= 4, radicals.contains(where: { ends(radical, $0) }) else { continue }
      if FrenchStemmer.notAfterD.contains(String(decoding: word, as: UTF8.self)) { return false }
      word = radical
      return true
    }
    return false
  }

  /// Improvement 21: whether the word is a noun, not the third person plural of a verb in -er.
  func keepsEnt(_ word: [UInt8]) -> Bool {
    improves && (ends(word, "represent") || ends(word, "accident") || ends(word, "occident"))
  }

  /// Improvement c: drops the first of two infinitive endings, so that considérer is conflated with considère and
  /// considéré, which rule 15 makes consider.
  func dropFirstOfTwoInfinitives(_ word: inout [UInt8]) {
    if word.count >= 6, ends(word, "erer") { word.removeLast(2) }
  }

  /// Improvement f: drops the r of -eur, so that chanteur is conflated with chanteuse. Not of -ieur: ingénieur is not
  /// ingénieux.
  func dropAgent(_ word: inout [UInt8]) {
    if word.count >= 6, ends(word, "eur"), word[word.count - 4] != letter("i") { word.removeLast() }
  }
}

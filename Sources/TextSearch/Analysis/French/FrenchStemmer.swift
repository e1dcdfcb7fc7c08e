/// A light French stemmer for folded words: `stem(w) == stem(fold(w))`, because its input is always folded.
///
/// It removes number, gender, the commonest derivations and verb endings. The rules are numbered as in the article
/// `FrenchStemming`; lengths are in letters of the word at that step. The rules that `improves` adds are in
/// `FrenchStemmer+Improvements` and `FrenchVerbs`; `fts-bench stemming` measures both.
struct FrenchStemmer {
  /// Whether the improvements apply. Without them the rules are those of `light1`, which never change.
  let improves: Bool

  static let light = FrenchStemmer(improves: true)
  static let light1 = FrenchStemmer(improves: false)

  /// Replaces a folded word by its stem. A word with other bytes than a to z is its own stem.
  func stem(_ word: inout [UInt8]) {
    guard word.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return }
    if improves { replaceVerbForm(&word) }
    if let stem = exception(word) {
      word = Array(stem.utf8)
      return
    }
    guard word.count >= 4 else { return }
    if stripEnding(&word) { normalise(&word) }
  }

  // MARK: Rule 3, exceptions

  private static let exceptions: [String: String] = [
    "nouveau": "nouvel", "beau": "bel", "jumeau": "jumel", "vieux": "vieil", "vieille": "vieil", "fou": "fol",
    "folle": "fol", "mou": "mol", "molle": "mol", "yeux": "oeil", "travaux": "travail", "vitraux": "vitrail",
    "coraux": "corail", "emaux": "email", "baux": "bail", "ans": "an", "pris": "pris", "mis": "mis", "vers": "vers",
    "univers": "univers", "divers": "divers", "travers": "travers",
  ]

  /// Returns the stem of a listed exception, which may have a last s or x.
  private func exception(_ word: [UInt8]) -> String? {
    guard word.count <= 10, let last = word.last else { return nil }
    let text = String(decoding: word, as: UTF8.self)
    if let stem = listed(text) { return stem }
    if last == letter("s") || last == letter("x") { return listed(String(text.dropLast())) }
    return nil
  }

  /// Returns the stem of a listed exception.
  private func listed(_ word: String) -> String? {
    if improves, let stem = FrenchStemmer.moreExceptions[word] { return stem }
    return FrenchStemmer.exceptions[word]
  }

  /// Rule 6: nouns in -ement that are their own stem.
  private static let protectedNouns: Set<String> = [
    "departement", "appartement", "environnement", "parlement", "gouvernement", "evenement",
  ]

  // MARK: Rules 5 to 21

  /// Applies the rules on endings.
  ///
  /// - Returns: false if the word is not normalised.
  private func stripEnding(_ word: inout [UInt8]) -> Bool {
    if stripPlural(&word) { return true }
    if word.count >= 9, word.count <= 13,
      FrenchStemmer.protectedNouns.contains(String(decoding: word, as: UTF8.self))
    {
      return false
    }
    if word.count >= 7, ends(word, "ente") || ends(word, "ante") { word.removeLast() }
    if stripNounEnding(&word) { return true }
    if word.count >= 7, ends(word, "trice") { replace(&word, 4, "eur") }
    if improves, stripMoreVerbEndings(&word) { return true }
    if stripFeminine(&word) { return true }
    stripVerbEnding(&word)
    return true
  }

  /// Rule 5: replaces -ez and -aux, else drops a last s or x.
  ///
  /// - Returns: true if only the normalisation remains.
  private func stripPlural(_ word: inout [UInt8]) -> Bool {
    if word.count >= 5, ends(word, "ez") {
      replace(&word, 2, "er")
      return true
    }
    if word.count >= 6, ends(word, "aux"), word[word.count - 4] != letter("e") {
      replace(&word, 3, "al")
      return true
    }
    if let last = word.last, last == letter("s") || last == letter("x") { word.removeLast() }
    return false
  }

  /// Rules 8 to 12: replaces -issement, -emment, -ement, -issant and -ateur.
  ///
  /// - Returns: true if only the normalisation remains.
  private func stripNounEnding(_ word: inout [UInt8]) -> Bool {
    let count = word.count
    if count >= 10, ends(word, "issement") {
      replace(&word, 8, "ir")
    } else if count >= 9, ends(word, "amment") || ends(word, "emment") {
      word.removeLast(4)
      replace(&word, 1, "nt")
      // Improvement 9: rule 21 applies to the adjective too.
      return !improves
    } else if count >= 10, ends(word, "ement") {
      word.removeLast(4)
    } else if count >= 9, ends(word, "issant") || ends(word, "issent") {
      replace(&word, 6, "ir")
    } else if count >= 9, ends(word, "atrice") {
      replace(&word, 6, "er")
    } else if count >= 8, ends(word, "ateur") {
      replace(&word, 5, "er")
    } else {
      return false
    }
    return true
  }

  /// Rules 14 to 18: shortens -elle, -ere, -ndre and -ttre, drops -ation.
  ///
  /// - Returns: true if only the normalisation remains.
  private func stripFeminine(_ word: inout [UInt8]) -> Bool {
    let count = word.count
    if count >= 5, ends(word, "elle") {
      word.removeLast(2)
    } else if count >= 5, ends(word, "ere") {
      word.removeLast()
    } else if count >= 6, ends(word, "ndre") || ends(word, "rdre") {
      word.removeLast(2)
    } else if count >= 6, ends(word, "ttre") {
      word.removeLast(3)
    } else if count >= 10, ends(word, "ation") {
      word.removeLast(5)
    } else {
      return false
    }
    return true
  }

  private static let futures: [(ending: StaticString, replacement: StaticString)] = [
    ("eraient", "er"), ("erait", "er"), ("eront", "er"), ("erai", "er"), ("era", "er"),
    ("iraient", "ir"), ("irait", "ir"), ("iront", "ir"), ("ira", "ir"),
  ]

  /// Rules 19 to 21: replaces the endings of future and conditional, imperfect, participle and third person plural.
  private func stripVerbEnding(_ word: inout [UInt8]) {
    let count = word.count
    if count >= 7 {
      for (ending, replacement) in FrenchStemmer.futures
      where ends(word, ending) && count - ending.utf8CodeUnitCount >= 4 {
        replace(&word, ending.utf8CodeUnitCount, replacement)
        return
      }
    }
    if count >= 8, ends(word, "aient") {
      replace(&word, 5, "er")
    } else if count >= 7, ends(word, "ait"), !isOne(word[count - 4], of: "rfh") {
      replace(&word, 3, "er")
    } else if count >= 8, ends(word, "ant") {
      replace(&word, 3, "er")
    } else if count >= 8, ends(word, "ent"), !ends(word, "ment"), !keepsEnt(word) {
      replace(&word, 3, "er")
    }
  }

  // MARK: Final normalisation

  /// Applies the steps a to f of the final normalisation.
  private func normalise(_ word: inout [UInt8]) {
    let original = word
    joinDoubles(&word)
    // Improvement a: fées becomes fee like fée, not fe.
    if improves, word.count < 3 { word = original }
    while word.count > 4, word.last == letter("e") { word.removeLast() }
    if improves { dropFirstOfTwoInfinitives(&word) }
    dropInfinitive(&word)
    dropAdjective(&word)
    dropLastLetter(&word)
    if improves { dropAgent(&word) }
  }

  /// Step a: replaces every sequence of one letter by a single letter.
  private func joinDoubles(_ word: inout [UInt8]) {
    var kept = 0
    for index in word.indices where kept == 0 || word[index] != word[kept - 1] {
      word[kept] = word[index]
      kept += 1
    }
    word.removeLast(word.count - kept)
  }

  /// Step c: drops -er and the r of -ir.
  private func dropInfinitive(_ word: inout [UInt8]) {
    if word.count >= 4, ends(word, "er") {
      word.removeLast(word.count >= 6 ? 2 : 1)
    } else if word.count >= 6, ends(word, "ir"), word[word.count - 3] != letter("o") {
      word.removeLast()
    }
  }

  /// Step d: shortens -ic, -iqu, -qu and -gu.
  private func dropAdjective(_ word: inout [UInt8]) {
    if word.count >= 8, ends(word, "ic") {
      word.removeLast(2)
    } else if word.count >= 5, ends(word, "iqu") {
      replace(&word, 2, "c")
      if word.count >= 8 { word.removeLast(2) }
    } else if word.count >= 5, ends(word, "qu") {
      replace(&word, 2, "c")
    } else if word.count >= 5, ends(word, "gu") {
      word.removeLast()
    }
  }

  /// Step e: drops a last i or s, replaces a last v by f.
  private func dropLastLetter(_ word: inout [UInt8]) {
    guard let last = word.last else { return }
    if word.count >= 9, last == letter("i") {
      word.removeLast()
    } else if word.count >= 5, last == letter("s"), isOne(word[word.count - 2], of: "aeiouy") {
      word.removeLast()
    } else if word.count >= 4, last == letter("v") {
      word[word.count - 1] = letter("f")
    }
  }

  // MARK: Letters

  /// Returns the byte of an ASCII character.
  func letter(_ character: Unicode.Scalar) -> UInt8 { UInt8(truncatingIfNeeded: character.value) }

  /// Whether a byte is one of `letters`.
  func isOne(_ byte: UInt8, of letters: StaticString) -> Bool {
    letters.withUTF8Buffer { unsafe $0.contains(byte) }
  }

  /// Whether the word has the ending.
  func ends(_ word: [UInt8], _ ending: StaticString) -> Bool {
    ending.withUTF8Buffer { ending in
      guard word.count >= ending.count else { return false }
      let start = word.count - ending.count
      for index in 0..<ending.count where unsafe word[start + index] != ending[index] { return false }
      return true
    }
  }

  /// Replaces the last `count` letters.
  func replace(_ word: inout [UInt8], _ count: Int, _ replacement: StaticString) {
    word.removeLast(count)
    replacement.withUTF8Buffer { unsafe word.append(contentsOf: $0) }
  }
}

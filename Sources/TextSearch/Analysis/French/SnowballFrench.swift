/// The French stemmer of Snowball 3, after the published description of the algorithm (snowballstem.org, French
/// stemming algorithm; M. F. Porter and others).
///
/// The input is the lower-case, composed form with its accents. Where the description is incomplete (elisions, -oux,
/// -aise, words that begin with *ni*), the reference vocabulary of version 3 is followed; the stems of all its words
/// are equal.
///
/// The capital letters U, I and Y stand for vowels that are treated as consonants; H stands for the diaeresis of the
/// next letter.
struct SnowballFrench {
  private var word: [Unicode.Scalar]
  /// Start of the region RV of the description. The regions extend to the end of the word.
  private var verbRegion = 0
  /// Start of the region R1.
  private var region1 = 0
  /// Start of the region R2.
  private var region2 = 0

  /// Returns the stem of a lower-case, composed word (UTF-8), with its accents.
  static func stem(_ form: [UInt8]) -> [UInt8] {
    var stemmer = SnowballFrench(word: Array(String(decoding: form, as: UTF8.self).unicodeScalars))
    stemmer.dropElision()
    stemmer.replaceVowels()
    stemmer.markRegions()
    stemmer.dropSuffix()
    stemmer.dropDouble()
    stemmer.dropAccent()
    return stemmer.withoutCapitals()
  }

  private init(word: [Unicode.Scalar]) { self.word = word }

  // MARK: Letters

  private static func isVowel(_ letter: Unicode.Scalar) -> Bool { isOne(letter, of: "aeiouyâàëéêèïîôûù") }

  private static func isOne(_ letter: Unicode.Scalar, of letters: String) -> Bool {
    letters.unicodeScalars.contains(letter)
  }

  private func isVowel(at index: Int) -> Bool { word.indices.contains(index) && SnowballFrench.isVowel(word[index]) }

  // MARK: Preparation

  /// Drops an elided word: one letter, or qu, before an apostrophe that is not the last letter (l'île -> île).
  private mutating func dropElision() {
    guard let apostrophe = word.firstIndex(of: "'"), apostrophe + 1 < word.count else { return }
    let isLetter = apostrophe == 1 && SnowballFrench.isOne(word[0], of: "cdjlmnst")
    if isLetter || word[..<apostrophe].elementsEqual("qu".unicodeScalars) { word.removeFirst(apostrophe + 1) }
  }

  /// Replaces u and i between vowels, y next to a vowel and u after q by capitals, ë and ï by He and Hi.
  ///
  /// From left to right: a letter that is already a capital is not a vowel for the letters after it.
  private mutating func replaceVowels() {
    var index = 0
    while index < word.count {
      let next: Unicode.Scalar = index + 1 < word.count ? word[index + 1] : " "
      if isVowel(at: index), next == "u" || next == "i", isVowel(at: index + 2) {
        word[index + 1] = next == "u" ? "U" : "I"
        index += 2
      } else if isVowel(at: index), next == "y" {
        word[index + 1] = "Y"
        index += 2
      } else if word[index] == "ë" || word[index] == "ï" {
        word.replaceSubrange(index...index, with: ["H", word[index] == "ë" ? "e" : "i"])
        index += 2
      } else if word[index] == "y", SnowballFrench.isVowel(next) {
        word[index] = "Y"
        index += 1
      } else if word[index] == "q", next == "u" {
        word[index + 1] = "U"
        index += 2
      } else {
        index += 1
      }
    }
  }

  /// Sets the starts of the regions.
  private mutating func markRegions() {
    verbRegion = startOfVerbRegion()
    region1 = afterVowelAndConsonant(from: 0)
    region2 = afterVowelAndConsonant(from: region1)
  }

  private func startOfVerbRegion() -> Int {
    if isVowel(at: 0), isVowel(at: 1) { return min(3, word.count) }
    for prefix in ["par", "col", "tap", "mauva"] where word.starts(with: prefix.unicodeScalars) {
      return prefix.unicodeScalars.count
    }
    if word.starts(with: "ni".unicodeScalars), isVowel(at: 2) { return 3 }
    let vowel = word.indices.dropFirst().first { isVowel(at: $0) }
    return vowel.map { $0 + 1 } ?? word.count
  }

  private func afterVowelAndConsonant(from start: Int) -> Int {
    guard let vowel = (start..<word.count).first(where: { isVowel(at: $0) }),
      let consonant = (vowel..<word.count).first(where: { !isVowel(at: $0) })
    else { return word.count }
    return consonant + 1
  }

  // MARK: Endings

  private func ends(_ ending: String) -> Bool { ends(ending, before: word.count) }

  private func ends(_ ending: String, before end: Int) -> Bool {
    let letters = ending.unicodeScalars
    return end >= letters.count && word[(end - letters.count)..<end].elementsEqual(letters)
  }

  private static func length(_ text: String) -> Int { text.unicodeScalars.count }

  /// Whether the last `count` letters are in the region that starts at `region`.
  private func isIn(_ region: Int, last count: Int) -> Bool { word.count - count >= region }

  /// Replaces the last `count` letters.
  private mutating func replace(_ count: Int, by text: String = "") {
    word.removeLast(count)
    word += text.unicodeScalars
  }

  /// Returns the longest of the endings, sorted longest first, that the word has from `region` on.
  private func longest(of endings: [String], from region: Int = 0) -> String? {
    endings.first { isIn(region, last: SnowballFrench.length($0)) && ends($0) }
  }

  /// Returns the endings of a text, longest first.
  private static func list(_ endings: String) -> [String] {
    endings.split(separator: " ").map(String.init).sorted { length($0) > length($1) }
  }

  /// Steps 1 to 4: drops the suffix. The next step depends on whether the one before changed the word.
  private mutating func dropSuffix() {
    if dropStandardSuffix() || dropVerbSuffixOnI() || dropVerbSuffix() {
      if word.last == "Y" {
        replace(1, by: "i")
      } else if word.last == "ç" {
        replace(1, by: "c")
      }
    } else {
      dropResidue()
    }
  }

  // MARK: Step 1

  /// The actions on standard suffixes, named after one suffix each.
  private enum Action {
    case delete, ation, logie, ution, ence, ement, ite, ive, eaux, aux, oux, euse, issement, amment, emment, ment
  }

  private static let actions: [(ending: String, action: Action)] = [
    ("ance ances iqUe iqUes isme ismes able ables iste istes eux", .delete),
    ("atrice atrices ateur ateurs ation ations", .ation), ("logie logies", .logie),
    ("usion usions ution utions", .ution), ("ence ences", .ence), ("ement ements", .ement), ("ité ités", .ite),
    ("if ifs ive ives", .ive), ("eaux", .eaux), ("aux", .aux), ("oux", .oux), ("euse euses", .euse),
    ("issement issements", .issement), ("amment", .amment), ("emment", .emment), ("ment ments", .ment),
  ].flatMap { (endings: String, action: Action) in list(endings).map { (ending: $0, action: action) } }
    .sorted { length($0.ending) > length($1.ending) }

  /// Step 1: performs the action of the longest standard suffix.
  ///
  /// - Returns: whether a suffix was replaced; false for the adverbs in -ment, which step 2 always follows.
  private mutating func dropStandardSuffix() -> Bool {
    guard let (ending, action) = SnowballFrench.actions.first(where: { ends($0.ending) }) else { return false }
    let count = SnowballFrench.length(ending)
    switch action {
    case .delete: return replace(count, by: "", in: region2)
    case .ation: return dropAtion(count)
    case .logie: return replace(count, by: "log", in: region2)
    case .ution: return replace(count, by: "u", in: region2)
    case .ence: return replace(count, by: "ent", in: region2)
    case .ement: return dropEment(count)
    case .ite: return dropIte(count)
    case .ive: return dropIve(count)
    case .eaux: return replace(count, by: "eau", in: 0)
    case .aux: return replace(count, by: "al", in: region1)
    case .oux: return dropOux()
    case .euse: return replace(count, by: "", in: region2) || replace(count, by: "eux", in: region1)
    case .issement: return !isVowel(at: word.count - count - 1) && replace(count, by: "", in: region1)
    case .amment: _ = replace(count, by: "ant", in: verbRegion)
    case .emment: _ = replace(count, by: "ent", in: verbRegion)
    case .ment: if isVowel(at: word.count - count - 1), isIn(verbRegion, last: count + 1) { replace(count) }
    }
    return false
  }

  /// Replaces the last `count` letters if they are in the region.
  ///
  /// - Returns: whether they are.
  private mutating func replace(_ count: Int, by text: String, in region: Int) -> Bool {
    guard isIn(region, last: count) else { return false }
    replace(count, by: text)
    return true
  }

  /// Drops -ic before -ation, -ité or -atif in R2, else replaces it by -iqU.
  private mutating func dropIc() {
    if ends("ic"), !replace(2, by: "", in: region2) { replace(2, by: "iqU") }
  }

  private mutating func dropAtion(_ count: Int) -> Bool {
    guard replace(count, by: "", in: region2) else { return false }
    dropIc()
    return true
  }

  private mutating func dropEment(_ count: Int) -> Bool {
    guard replace(count, by: "", in: verbRegion) else { return false }
    if ends("iv") {
      if replace(2, by: "", in: region2), ends("at") { _ = replace(2, by: "", in: region2) }
    } else if ends("eus") {
      if !replace(3, by: "", in: region2) { _ = replace(3, by: "eux", in: region1) }
    } else if ends("abl") || ends("iqU") {
      _ = replace(3, by: "", in: region2)
    } else if ends("ièr") || ends("Ièr") {
      _ = replace(3, by: "i", in: verbRegion)
    }
    return true
  }

  private mutating func dropIte(_ count: Int) -> Bool {
    guard replace(count, by: "", in: region2) else { return false }
    if ends("abil") {
      if !replace(4, by: "", in: region2) { replace(4, by: "abl") }
    } else if ends("iv") {
      _ = replace(2, by: "", in: region2)
    } else {
      dropIc()
    }
    return true
  }

  private mutating func dropIve(_ count: Int) -> Bool {
    guard replace(count, by: "", in: region2) else { return false }
    if ends("at"), replace(2, by: "", in: region2) { dropIc() }
    return true
  }

  /// Drops the x of -oux after b, h, j, l, n and p: genoux, hiboux, bijoux and jaloux, not doux.
  private mutating func dropOux() -> Bool {
    guard word.count > 3, SnowballFrench.isOne(word[word.count - 4], of: "bhjlnp") else { return false }
    replace(1)
    return true
  }

  // MARK: Step 2

  private static let endingsOnI = list(
    """
    îmes ît îtes i ie ies ir ira irai iraIent irais irait iras irent irez iriez irions irons iront is issaIent \
    issais issait issant issante issantes issants isse issent isses issez issiez issions issons it
    """)

  private static let endingsOnE = list(
    "é ée ées és èrent er era erai eraIent erais erait eras erez eriez erions erons eront ez iez")

  private static let endingsOnA = list(
    "âmes ât âtes a ai aIent ais aise aises ait ant ante antes ants as asse assent asses assiez assions")

  private static let verbEndings = (["ions"] + endingsOnE + endingsOnA).sorted { length($0) > length($1) }

  /// Step 2a: drops a verb suffix that begins with i.
  private mutating func dropVerbSuffixOnI() -> Bool {
    guard let ending = longest(of: SnowballFrench.endingsOnI, from: verbRegion) else { return false }
    let before = word.count - SnowballFrench.length(ending) - 1
    guard before >= verbRegion, word[before] != "H", !isVowel(at: before) else { return false }
    replace(SnowballFrench.length(ending))
    return true
  }

  /// Step 2b: drops another verb suffix.
  private mutating func dropVerbSuffix() -> Bool {
    guard let ending = longest(of: SnowballFrench.verbEndings, from: verbRegion) else { return false }
    let count = SnowballFrench.length(ending)
    if ending == "ions" { return replace(count, by: "", in: region2) }
    if ending.hasPrefix("ais"), keepsAis(count) { return false }
    let isOnA = SnowballFrench.endingsOnA.contains(ending)
    let takesE = isOnA && ends("e", before: word.count - count) && isIn(verbRegion, last: count + 1)
    replace(takesE ? count + 1 : count)
    return true
  }

  /// Whether -ais or -aise belongs to the stem: in mauvais, Beauvais, palais, Calais, malaise, déplaise; not in
  /// signalais.
  private func keepsAis(_ count: Int) -> Bool {
    let end = word.count - count
    return ends("auv", before: end) || ends("épl", before: end) || end <= 3 && ends("al", before: end)
  }

  // MARK: Steps 4 to 6

  /// Step 4: drops a residual suffix.
  private mutating func dropResidue() {
    if word.count > 1, word.last == "s" {
      let before = word[word.count - 2]
      if ends("Hi", before: word.count - 1) || !SnowballFrench.isOne(before, of: "aiouès") { replace(1) }
    }
    let endings = ["ière", "Ière", "ion", "ier", "Ier", "e"]
    guard let ending = longest(of: endings, from: verbRegion) else { return }
    switch ending {
    case "e": replace(1)
    case "ion":
      let isAfter = ends("s", before: word.count - 3) || ends("t", before: word.count - 3)
      if isAfter, isIn(verbRegion, last: 4) { _ = replace(3, by: "", in: region2) }
    default: replace(SnowballFrench.length(ending), by: "i")
    }
  }

  /// Step 5: drops the last letter of a double consonant.
  private mutating func dropDouble() {
    if ["enn", "onn", "ett", "ell", "eill"].contains(where: { ends($0) }) { replace(1) }
  }

  /// Step 6: replaces é or è before the last consonants by e.
  private mutating func dropAccent() {
    guard let last = word.indices.last, !isVowel(at: last),
      let vowel = word.indices.last(where: { isVowel(at: $0) }), word[vowel] == "é" || word[vowel] == "è"
    else { return }
    word[vowel] = "e"
  }

  /// Returns the word (UTF-8) with the capital letters replaced by the letters that they stand for.
  private func withoutCapitals() -> [UInt8] {
    var text = String.UnicodeScalarView()
    var hasDiaeresis = false
    for letter in word {
      switch letter {
      case "H":
        hasDiaeresis = true
        continue
      case "e" where hasDiaeresis: text.append("ë")
      case "i" where hasDiaeresis: text.append("ï")
      case "I": text.append("i")
      case "U": text.append("u")
      case "Y": text.append("y")
      default: text.append(letter)
      }
      hasDiaeresis = false
    }
    return Array(String(text).utf8)
  }
}

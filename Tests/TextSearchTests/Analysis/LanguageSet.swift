import Foundation
import TestSupport
import TextSearch

/// The labelled runs on which the choice of language is measured.
///
/// Everything is drawn by a fixed seed from two public treebanks and from this repository's `seeds`; nothing is
/// looked at, corrected or removed afterwards, so wrong labels of the treebanks stay in. Items are drawn in random
/// order and every second one is held out: rules and weights are made from the other half (`dev`) and from other
/// corpora. All variants of an item (with diacritics, without) are in the same half.
///
/// - sentences: 300 French and 300 Vietnamese treebank sentences, each alone in its field;
/// - pieces: 5 to 12 neighbouring words out of 300 others of each;
/// - titles: 1 to 4 words out of 100 others of each (and sentences as short as that), reported and not judged;
/// - captions: 60 articles of 4 to 6 French sentences with 3 to 10 Vietnamese syllables on a line between them, 60
///   Vietnamese ones with French captions, this repository's `seeds` as they are, and its French documents with lines
///   of its Vietnamese ones in between: every line is a run;
/// - names: 200 Vietnamese names (of persons, 2 to 4 syllables, and of places) in French sentences, one or three each;
/// - foreign: 150 French names in Vietnamese sentences;
/// - text, code, css, table, heading: the lines of ten technical pages (`LanguageSetPages`), not drawn but written.
///
/// 9,353 runs in all, each variant counted; the article LanguageRuns has the counts of each group and half.
struct LanguageSet {
  enum Group: String, CaseIterable {
    case sentence, piece, title, caption, name, foreign, text, code, css, table, heading
  }

  /// What must be true of the tokens of a run.
  enum Claim {
    /// Most of the tokens that are words are of this language.
    case mostly(Language)
    /// All tokens are Vietnamese.
    case vietnameseName
    /// No token is French.
    case notFrench
    /// No token is Vietnamese.
    case notVietnamese
  }

  struct Run {
    var group: Group
    var claim: Claim
    /// The whole field, and the run's bytes in it.
    var text: String
    var range: Range<Int>
    /// How it is written: `marked`, `plain` (no diacritics in the field), `mixed` (only the French has its accents).
    var variant: String
    var isHeldOut: Bool
    /// The language of the page that a line of code, a table or a heading is in.
    var page: Language?

    var content: String { String(decoding: Array(text.utf8)[range], as: UTF8.self) }
    var words: Int { LanguageSet.words(content).count }
  }

  private(set) var runs: [Run] = []
  private var french: [String]
  private var vietnamese: [String]
  private var random = SeededRandom(seed: 20_250_806)

  /// The files that the set is drawn from.
  static let files = ["analysis/ud-french/sentences_tokens.jsonl", "analysis/ud-vietnamese/wordseg.tsv"]

  init() throws {
    french = try LanguageSet.frenchSentences()
    vietnamese = try LanguageSet.vietnameseSentences()
    LanguageSet.shuffle(&french, &random)
    LanguageSet.shuffle(&vietnamese, &random)
    drawSentences()
    drawPieces(.piece, count: 300, words: 5...12)
    drawPieces(.title, count: 100, words: 1...4)
    drawArticles()
    try drawSeeds()
    drawNames()
    drawForeign()
    addPages(.vietnamese, LanguageSetPages.vietnamese)
    addPages(.french, LanguageSetPages.french)
  }

  // MARK: Sources

  private struct Sentence: Decodable { var text: String }

  private static func frenchSentences() throws -> [String] {
    try TestData.lines(files[0]).map { try JSONDecoder().decode(Sentence.self, from: Data($0.utf8)).text }
      .filter { !words($0).isEmpty }
  }

  /// Words are joined by underscores and punctuation stands apart in the treebank; here they are as in print.
  private static func vietnameseSentences() throws -> [String] {
    try TestData.lines(files[1]).compactMap { line -> String? in
      guard var text = line.split(separator: "\t").last.map(String.init) else { return nil }
      let changes = [
        ("_", " "), ("LBKT", "("), ("RBKT", ")"), ("( ", "("), (" )", ")"), (" ,", ","), (" .", "."), (" :", ":"),
        (" ;", ";"), (" ?", "?"), (" !", "!"), (" ...", "..."), (" …", "…"),
      ]
      for (old, new) in changes { text = text.replacingOccurrences(of: old, with: new) }
      return words(text).isEmpty ? nil : text
    }
  }

  /// What stands between spaces and holds a letter.
  static func words(_ text: String) -> [Substring] {
    text.split(whereSeparator: \.isWhitespace).filter { $0.contains(where: \.isLetter) }
  }

  /// The text as typed without any diacritics.
  static func plain(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
      switch scalar {
      case "đ": out.append("d")
      case "Đ": out.append("D")
      case "œ": out.append(contentsOf: "oe".unicodeScalars)
      case "Œ": out.append(contentsOf: "OE".unicodeScalars)
      case "æ": out.append(contentsOf: "ae".unicodeScalars)
      case "Æ": out.append(contentsOf: "AE".unicodeScalars)
      default: if scalar.properties.generalCategory != .nonspacingMark { out.append(scalar) }
      }
    }
    return String(out)
  }

  // MARK: Drawing

  private static func shuffle(_ items: inout [String], _ random: inout SeededRandom) {
    for last in items.indices.dropFirst().reversed() { items.swapAt(last, random.integer(0...last)) }
  }

  /// Takes the next sentence of at least `count` words.
  private mutating func take(_ language: Language, atLeast count: Int = 1) -> String {
    while true {
      let text = language == .french ? french.removeLast() : vietnamese.removeLast()
      if LanguageSet.words(text).count >= count { return text }
    }
  }

  /// Neighbouring words of a sentence, `range` of them.
  private mutating func piece(_ language: Language, _ range: ClosedRange<Int>) -> String {
    let count = random.integer(range)
    let parts = take(language, atLeast: count).split(separator: " ")
    let first = random.integer(0...max(0, parts.count - count))
    let piece = parts[first..<min(first + count, parts.count)].joined(separator: " ")
    return LanguageSet.words(piece).isEmpty ? self.piece(language, range) : piece
  }

  private mutating func drawSentences() {
    for language in [Language.french, .vietnamese] {
      for index in 0..<300 {
        let text = take(language)
        add(LanguageSet.words(text).count < 5 ? .title : .sentence, language, [text], at: index)
      }
    }
  }

  private mutating func drawPieces(_ group: Group, count: Int, words: ClosedRange<Int>) {
    for language in [Language.french, .vietnamese] {
      for index in 0..<count {
        let text = piece(language, words)
        // A piece may hold a dash or a number and so fewer words than drawn.
        add(LanguageSet.words(text).count < 5 ? .title : group, language, [text], at: index)
      }
    }
  }

  private mutating func drawArticles() {
    for (main, other) in [(Language.french, Language.vietnamese), (.vietnamese, .french)] {
      for index in 0..<60 {
        var lines: [(Language, String)] = [(main, take(main))]
        for _ in 0..<random.integer(3...5) {
          lines.append((other, capitalised(piece(other, 3...10))))
          lines.append((main, take(main)))
        }
        addArticle(lines, index)
      }
    }
  }

  private func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  private mutating func drawSeeds() throws {
    let captions = try LanguageSet.seedDocuments("vi").flatMap { $0 }
    for folder in ["fr", "vi", "mixte"] {
      for (index, lines) in try LanguageSet.seedDocuments(folder).enumerated() {
        addArticle(lines.map { (LanguageSet.language(ofSeed: $0, in: folder), $0) }, index)
        guard folder == "fr" else { continue }
        addArticle(lines.flatMap { [(.french, $0), (.vietnamese, random.pick(captions))] }, index)
      }
    }
  }

  /// The title and the lines of each document of a folder of `seeds`.
  private static func seedDocuments(_ folder: String) throws -> [[String]] {
    let path = TestData.repository + "/seeds/" + folder
    return try FileManager.default.contentsOfDirectory(atPath: path).sorted().map { name in
      let lines = try String(contentsOfFile: path + "/" + name, encoding: .utf8).split(separator: "\n").map(String.init)
      let end = lines.dropFirst().firstIndex(of: "---") ?? 0
      let title = lines[..<end].first { $0.hasPrefix("title: ") }.map { String($0.dropFirst(7)) }
      return (title.map { [$0] } ?? []) + lines[(end + 1)...].filter { !words($0).isEmpty }
    }
  }

  /// The lines of `seeds/mixte` are either Vietnamese with all diacritics or French, which names people without them.
  private static func language(ofSeed line: String, in folder: String) -> Language {
    guard folder == "mixte" else { return folder == "vi" ? .vietnamese : .french }
    let letters = line.unicodeScalars.filter { "ăđơưĂĐƠƯ".unicodeScalars.contains($0) || (0x1EA0...0x1EF9) ~= $0.value }
    return letters.count >= 3 ? .vietnamese : .french
  }

  // MARK: Adding

  private mutating func add(_ group: Group, _ language: Language, _ lines: [String], at index: Int) {
    add(lines.map { (group, .mostly(language), $0, language) }, index, ["marked", "plain"])
  }

  private mutating func addArticle(_ lines: [(Language, String)], _ index: Int) {
    add(lines.map { (.caption, .mostly($0.0), $0.1, $0.0) }, index, ["marked", "plain", "mixed"])
  }

  private mutating func add(_ lines: [(Group, Claim, String, Language)], _ index: Int, _ variants: [String]) {
    for variant in variants {
      var text = ""
      var added: [Run] = []
      for (group, claim, line, language) in lines {
        let isPlain = variant == "plain" || variant == "mixed" && language == .vietnamese
        let start = text.utf8.count
        text += isPlain ? LanguageSet.plain(line) : line
        added.append(
          Run(
            group: group, claim: claim, text: "", range: start..<text.utf8.count, variant: variant,
            isHeldOut: index % 2 == 1))
        text += "\n\n"
      }
      for index in added.indices { added[index].text = text }
      runs += added
    }
  }
}

// MARK: - Names

extension LanguageSet {
  mutating func drawNames() {
    for index in 0..<200 {
      let carrier = take(.french, atLeast: 6)
      let names = (0..<(index % 4 == 3 ? 3 : 1)).map { _ in vietnameseName() }
      let (before, after) = sides(index % 4, of: carrier)
      for (variant, plainName, plainCarrier) in [
        ("marked", false, false), ("mixed", true, false), ("plain", true, true),
      ] {
        let written = names.map { plainName ? LanguageSet.plain($0) : $0 }
        let sides = [before, after].map { plainCarrier ? LanguageSet.plain($0) : $0 }
        addNames(
          .name, .vietnameseName, before: sides[0], names: written, last: " et ", after: sides[1], variant: variant,
          at: index)
      }
    }
  }

  mutating func drawForeign() {
    for index in 0..<150 {
      let carrier = take(.vietnamese, atLeast: 6)
      let name = random.pick(LanguageSetNames.foreign)
      let parts = carrier.split(separator: " ")
      let middle = random.integer(1...parts.count - 1)
      let before = parts[..<middle].joined(separator: " ") + " " + random.pick(["theo", "với", "ở", "của", "và"]) + " "
      let after = " " + parts[middle...].joined(separator: " ")
      for variant in ["marked", "plain"] {
        let isPlain = variant == "plain"
        let texts = [before, name, after].map { isPlain ? LanguageSet.plain($0) : $0 }
        addNames(
          .foreign, .notFrench, before: texts[0], names: [texts[1]], last: "", after: texts[2], variant: variant,
          at: index)
      }
    }
  }

  private mutating func vietnameseName() -> String {
    if random.integer(0...4) == 0 { return random.pick(LanguageSetNames.places) }
    var parts = [random.pick(LanguageSetNames.surnames)]
    for _ in 0..<random.integer(0...2) { parts.append(random.pick(LanguageSetNames.middle)) }
    return (parts + [random.pick(LanguageSetNames.given)]).joined(separator: " ")
  }

  /// What stands before and after a name put into a French sentence: at its start, in its middle, after a title at
  /// its end, or in an enumeration at its end.
  private mutating func sides(_ kind: Int, of carrier: String) -> (String, String) {
    let parts = carrier.split(separator: " ")
    let open = carrier.hasSuffix(".") ? String(carrier.dropLast()) : carrier
    switch kind {
    case 0:
      return (
        "", random.pick([", ", " : ", " et ", " a dit : "]) + carrier.prefix(1).lowercased() + carrier.dropFirst()
      )
    case 1:
      let middle = random.integer(1...parts.count - 1)
      let link = random.pick([" ", " de ", " à ", " avec ", " (", ", "])
      let end = link == " (" ? ") " : link == ", " ? ", " : " "
      return (parts[..<middle].joined(separator: " ") + link, end + parts[middle...].joined(separator: " "))
    case 2: return ("\(open), selon \(random.pick(LanguageSetNames.titles)) ", ".")
    default: return ("\(open), avec ", ".")
    }
  }

  /// One field, in which each of the names is a run.
  private mutating func addNames(
    _ group: Group, _ claim: Claim, before: String, names: [String], last: String, after: String,
    variant: String, at index: Int
  ) {
    var text = before
    var ranges: [Range<Int>] = []
    for (number, name) in names.enumerated() {
      if number > 0 { text += number == names.count - 1 ? last : ", " }
      ranges.append(text.utf8.count..<text.utf8.count + name.utf8.count)
      text += name
    }
    text += after
    runs += ranges.map {
      // Four neighbouring indices: a name at each of the four positions in a sentence.
      Run(group: group, claim: claim, text: text, range: $0, variant: variant, isHeldOut: index / 4 % 2 == 1)
    }
  }
}

// MARK: - Pages

extension LanguageSet {
  /// Adds the lines of pages in a language. Code, style sheets and tables may lean on French in a French page; headings
  /// in English may not.
  private mutating func addPages(_ page: Language, _ pages: [String]) {
    for (index, lines) in pages.enumerated() {
      for variant in ["marked", "plain"] {
        var text = ""
        var added: [Run] = []
        for line in lines.split(separator: "\n") {
          let parts = line.split(separator: "|", maxSplits: 1).map(String.init)
          let label = parts[0].split(separator: " ")
          let start = text.utf8.count
          text += variant == "plain" ? LanguageSet.plain(parts[1]) : parts[1]
          if let group = Group(rawValue: String(label[0])) {
            let language = Language.allCases.first { $0.description == label.last.map(String.init) }
            let other: Claim = page == .vietnamese || group == .heading ? .notFrench : .notVietnamese
            added.append(
              Run(
                group: group, claim: language.map(Claim.mostly) ?? other, text: "", range: start..<text.utf8.count,
                variant: variant, isHeldOut: index % 2 == 1, page: page))
          }
          text += "\n"
        }
        for index in added.indices { added[index].text = text }
        runs += added
      }
    }
  }
}

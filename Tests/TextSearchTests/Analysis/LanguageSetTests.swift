import Foundation
import TestSupport
import Testing
import TextSearch

/// The choice of language, measured on the labelled runs of `LanguageSet`.
///
/// `FTS_LANGUAGE_ERRORS=dev` (or `held-out`) in the environment lists the errors of that half.
@Suite(.enabled(if: LanguageSet.files.allSatisfy(TestData.isPresent))) struct LanguageSetTests {
  static let measured = Result { try Measurement(LanguageSet()) }

  @Test func theSetIsLargeAndHalfOfItIsHeldOut() throws {
    let set = try LanguageSetTests.measured.get()
    #expect(set.count { _ in true }.all >= 400)
    #expect(set.count { $0.group == .name }.all >= 150)
    #expect(set.count { $0.group == .name && $0.isHeldOut }.all * 2 == set.count { $0.group == .name }.all)
  }

  @Test(arguments: [false, true])
  func runsOfFiveWordsWithTheirDiacritics(isHeldOut: Bool) throws {
    let score = try LanguageSetTests.measured.get().count {
      $0.isHeldOut == isHeldOut && $0.isText && $0.variant == "marked" && $0.words >= 5
    }
    #expect(score.share >= 0.99, "\(score)")
  }

  @Test(arguments: [false, true])
  func runsOfFiveWordsWithoutDiacritics(isHeldOut: Bool) throws {
    let score = try LanguageSetTests.measured.get().count {
      $0.isHeldOut == isHeldOut && $0.isText && $0.variant != "marked" && $0.words >= 5
    }
    #expect(score.share >= 0.95, "\(score)")
  }

  @Test(arguments: [false, true])
  func vietnameseNamesInFrenchText(isHeldOut: Bool) throws {
    let score = try LanguageSetTests.measured.get().count { $0.isHeldOut == isHeldOut && $0.group == .name }
    #expect(score.share >= 0.97, "\(score)")
  }

  @Test(arguments: [false, true])
  func frenchNamesInVietnameseTextAreNotStemmed(isHeldOut: Bool) throws {
    let score = try LanguageSetTests.measured.get().count { $0.isHeldOut == isHeldOut && $0.group == .foreign }
    #expect(score.share >= 0.97, "\(score)")
  }

  @Test(arguments: [false, true])
  func linesOfTechnicalPages(isHeldOut: Bool) throws {
    let measured = try LanguageSetTests.measured.get()
    for page in [Language.vietnamese, .french] {
      let lines = measured.count { $0.isHeldOut == isHeldOut && $0.page == page && $0.group != .text }
      #expect(lines.share >= 0.98, "\(page): \(lines)")
      let texts = measured.count { $0.isHeldOut == isHeldOut && $0.page == page && $0.group == .text }
      #expect(texts.share == 1, "\(page): \(texts)")
    }
    #expect(measured.count { $0.page != nil && $0.group != .text && $0.variant == "marked" }.all >= 200)
  }

  /// The figures in the article are those of this code; what is printed is to be put there.
  @Test func theTableOfTheArticle() throws {
    let measured = try LanguageSetTests.measured.get()
    let path = TestData.repository + "/Sources/TextSearch/TextSearch.docc/LanguageRuns.md"
    let article = try String(contentsOfFile: path, encoding: .utf8)
    #expect(article.contains(measured.table), "the table in LanguageRuns.md differs from\n\(measured.table)")
    guard let wanted = ProcessInfo.processInfo.environment["FTS_LANGUAGE_ERRORS"] else { return }
    print(measured.table)
    for error in measured.errors where error.isHeldOut == (wanted == "held-out") { print(error.line) }
  }

  @Test func frenchWordsAreNotTakenForVietnameseNames() throws {
    let score = try LanguageSetTests.measured.get().frenchWords
    #expect(score.share >= 0.997, "\(score)")
  }
}

extension LanguageSet.Run {
  /// Running text, not a name in it and not a title without diacritics.
  var isText: Bool { group == .sentence || group == .piece || group == .caption }

  /// The table's row.
  var row: String {
    if let page { return "\(group.rawValue) in a \(page) page \(variant)" }
    return switch claim {
    case .mostly(let language): "\(group.rawValue) \(language) \(variant)"
    default: "\(group.rawValue) \(variant)"
    }
  }

  var line: String { "\(isHeldOut ? "held-out" : "dev") \(row)\t\(content)\(group == .name ? "\t" + text : "")" }
}

/// Which runs of a set are posted as they should be.
struct Measurement {
  struct Score: CustomStringConvertible {
    var right = 0
    var all = 0
    var share: Double { all == 0 ? 0 : Double(right) / Double(all) }
    var description: String { String(format: "%d of %d, %.2f %%", right, all, share * 100) }
  }

  private var judged: [(run: LanguageSet.Run, isRight: Bool)] = []
  /// The words of French treebank sentences that are not posted as Vietnamese.
  private(set) var frenchWords = Score()

  init(_ set: LanguageSet) {
    let analyzer = TextAnalyzer()
    var last: (text: String, tokens: [TextAnalyzer.Token]) = ("", [])
    for run in set.runs {
      if run.text != last.text { last = (run.text, analyzer.tokens(of: run.text)) }
      let tokens = last.tokens.filter { run.range.contains($0.range.lowerBound) }
      judged.append((run, Measurement.isRight(run.claim, tokens)))
      if run.group == .sentence, case .mostly(.french) = run.claim {
        frenchWords.all += tokens.count
        frenchWords.right += tokens.count { $0.language != .vietnamese }
      }
    }
  }

  private static func isRight(_ claim: LanguageSet.Claim, _ tokens: [TextAnalyzer.Token]) -> Bool {
    let words = tokens.filter { $0.form.contains(where: \.isLetter) && !$0.form.contains(where: \.isNumber) }
    switch claim {
    case .mostly(let language): return words.count { $0.language == language } * 2 > words.count
    case .vietnameseName: return words.allSatisfy { $0.language == .vietnamese }
    case .notFrench: return words.allSatisfy { $0.language != .french }
    case .notVietnamese: return words.allSatisfy { $0.language != .vietnamese }
    }
  }

  func count(_ isWanted: (LanguageSet.Run) -> Bool) -> Score {
    var score = Score()
    for (run, isRight) in judged where isWanted(run) {
      score.all += 1
      if isRight { score.right += 1 }
    }
    return score
  }

  var errors: [LanguageSet.Run] { judged.filter { !$0.isRight }.map(\.run) }

  var table: String {
    var rows: [String] = []
    for (run, _) in judged where !rows.contains(run.row) { rows.append(run.row) }
    return rows.map { row in
      "| \(row) | \(count { $0.row == row && !$0.isHeldOut }) | \(count { $0.row == row && $0.isHeldOut }) |"
    }.joined(separator: "\n")
  }
}

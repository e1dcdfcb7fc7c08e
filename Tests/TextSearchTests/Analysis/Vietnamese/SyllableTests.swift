import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// The syllable grammar on treebanks and word lists.
@Suite struct SyllableTests {
  private static let treebank = "analysis/ud-vietnamese/wordseg.tsv"
  private static let french = "analysis/snowball-french/voc.txt"
  private static let dictionary = "analysis/vietnamese/syllables_hunspell.txt"

  private func accepts(_ word: some StringProtocol) -> Bool { accepts(word, mayLackDiacritics: false) }

  private func accepts(_ word: some StringProtocol, mayLackDiacritics: Bool) -> Bool {
    let form = Array(word.precomposedStringWithCanonicalMapping.lowercased().utf8)
    return VietnameseSyllable.shared.accepts(form, mayLackDiacritics: mayLackDiacritics)
  }

  @Test(.enabled(if: TestData.isPresent(treebank)))
  func acceptsNearlyAllSyllablesOfATreebank() throws {
    var known: [String: Bool] = [:]
    var all = 0
    var accepted = 0
    for line in try TestData.lines(Self.treebank) {
      for piece in line.drop(while: { $0 != "\t" }).dropFirst().split(whereSeparator: { $0 == " " || $0 == "_" })
      where piece != "LBKT" && piece != "RBKT" && piece.allSatisfy(\.isLetter) {
        let word = String(piece)
        let isAccepted = known[word] ?? accepts(word)
        known[word] = isAccepted
        all += 1
        accepted += isAccepted ? 1 : 0
      }
    }
    #expect(all > 10_000)
    let share = Double(accepted) / Double(all)
    #expect(share >= 0.985, "\(share) of \(all)")
  }

  @Test(.enabled(if: TestData.isPresent(french)))
  func refusesNearlyAllFrenchForms() throws {
    let forms = try TestData.lines(Self.french)
    #expect(forms.count > 20_000)
    let accepted = forms.filter(accepts)
    let share = Double(accepted.count) / Double(forms.count)
    #expect(share <= 0.006, "\(share), \(accepted.count) forms: \(accepted.prefix(200))")
    let withDiacritics = accepted.filter { !$0.utf8.allSatisfy { $0 < 0x80 } }
    #expect(withDiacritics.count <= 12, "\(withDiacritics)")
  }

  @Test(.enabled(if: TestData.isPresent(dictionary)))
  func acceptsNearlyAllOfASyllableList() throws {
    let syllables = try TestData.lines(Self.dictionary).filter { $0.allSatisfy(\.isLetter) }
    let share = Double(syllables.filter(accepts).count) / Double(syllables.count)
    #expect(share >= 0.97, "\(share) of \(syllables.count)")
  }

  @Test(arguments: [
    "đối", "ngoại", "nhân", "dân", "nguyễn", "nghị", "quyết", "quốc", "gì", "gìn", "giếng", "giữa", "yêu", "ý", "ở",
    "uyên", "khuỷu",
    "xoong", "nghiêng", "ngoằn", "đường", "hoà", "hòa", "thủy", "quý", "quỳnh", "kỹ", "oanh", "ách", "huých",
  ])
  func syllables(word: String) { #expect(accepts(word)) }

  @Test(arguments: ["doi", "ngoai", "nguyen", "nghi", "quyet", "quoc", "gi", "thuy", "duong", "truong", "van", "hoc"])
  func syllablesWithoutDiacritics(word: String) { #expect(accepts(word, mayLackDiacritics: true)) }

  @Test(arguments: ["quyet", "quoc", "duong", "truong", "hoc", "viet"])
  func spellingsWithoutTheirDiacritics(word: String) { #expect(!accepts(word)) }

  @Test(arguments: [
    "", "b", "đ", "qu", "ngh", "được2", "washington", "unesco", "ghòa", "ka", "ngi", "ce", "ghô", "ât", "cap̀", "học̃",
    "mat̀",
    "bỏc",
    "tàp", "đốí", "été", "être", "jazz", "faux", "nghiengx", "trường trường", "çà", "россия", "中",
  ])
  func noSyllables(word: String) { #expect(!accepts(word) && !accepts(word, mayLackDiacritics: true)) }

  @Test func stoppedRhymesTakeTwoTones() {
    for (word, isPossible) in [
      ("học", true), ("hóc", true), ("hòc", false), ("hỏc", false), ("hõc", false), ("hôc", false), ("hộc", true),
      ("hoc", false),
      ("sách", true), ("sạch", true), ("sàch", false), ("đẹp", true), ("đép", true), ("đẽp", false), ("mật", true),
      ("mầt", false),
    ] {
      #expect(accepts(word) == isPossible, "\(word)")
    }
  }
}

import Foundation
import TestSupport
import Testing

@testable import TextSearch

@Suite struct FrenchStemmerTests {
  private typealias Stemmer = AnalyzerOptions.FrenchStemmer

  private static let vectors = "analysis/french-light/vectors.tsv"

  private static func pairs() throws -> [(form: String, stem: String)] {
    try TestData.lines(vectors).map { line in
      let fields = line.split(separator: "\t").map(String.init)
      return (fields[0], fields[1])
    }
  }

  @Test(.enabled(if: TestData.isPresent(vectors)))
  func `light1 equals its vectors for ever`() throws {
    let pairs = try FrenchStemmerTests.pairs()
    try #require(pairs.count == 41_249)
    let different = pairs.filter { Stemmer.light1.stem($0.form) != $0.stem }
    #expect(different.isEmpty, "\(different.count) differ: \(different.prefix(20))")
  }

  /// The list is made anew by `fts-bench stemming --differences`, see the article FrenchStemming.
  @Test(.enabled(if: TestData.isPresent(vectors)))
  func `light differs from light1 as the committed list says`() throws {
    let path = TestData.repository + "/Tests/TextSearchTests/Analysis/French/light-differences.tsv"
    let committed = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    var differences = ""
    for (form, stem) in try FrenchStemmerTests.pairs() {
      let light = Stemmer.light.stem(form)
      if light != stem { differences += "\(form)\t\(stem)\t\(light)\n" }
    }
    #expect(differences == committed, "fts-bench stemming --differences makes the list anew")
  }

  @Test(.enabled(if: TestData.isPresent(vectors)))
  func `no accent changes a stem, and no rule leaves fewer than three letters`() throws {
    for (form, _) in try FrenchStemmerTests.pairs() {
      let folded = Stemmer.none.stem(form)
      let stem = Stemmer.light.stem(form)
      #expect(stem == Stemmer.light.stem(folded) && Stemmer.light1.stem(form) == Stemmer.light1.stem(folded), "\(form)")
      // Listed exceptions aside: ans is an.
      #expect(stem.utf8.count >= min(3, folded.utf8.count) || folded == "ans", "\(form): \(stem)")
    }
  }

  @Test(arguments: [
    "diplomatie diplomaties diplomatique diplomatiques diplomate diplomates", "général générale généraux générales",
    "journal journaux", "travail travaux", "nouveau nouveaux nouvel nouvelle nouvelles", "premier première premières",
    "actif active actives", "heureux heureuse heureuses", "acteur actrice acteurs", "deuxième deuxieme",
    "événement évènement evenement événements", "université universités", "chanteur chanteuse chanteurs",
    "différent différente différemment", "constant constamment", "considérer considère considéré considéraient",
    "pouvoir peut peuvent pourra pourraient", "tenir tient tiennent tiendra tenait", "être est sont était serait",
    "prendre pris prenait prennent prit", "ouvrir ouvre ouvert ouvrit", "répondre répondit répondu répondra",
    "demander demanda demandait demandera", "représenter représente représentant représentent",
    "bon bonne bons bonnes", "blanc blanche", "finissait fini", "réussir réussit",
    "clé clef clés clefs", "monsieur messieurs", "madame mesdames", "grec grecs grecque grecques",
    "roux rousse rousses",
    "frais fraîche fraîches fraiche", "ciel cieux ciels", "oignon ognon oignons ognons",
    "finir fini finis finie finit finissons finissez finissent finissait finira", "agir agit agis agissent agissant",
    "bâtir bâti bâtie bâtit bâtissent", "réussi réussir réussissons réussira", "payer paie paient paiera payé",
    "essayer essaie essaient", "employer emploie emploient", "appuyer appuie", "chanter chantons chante chantez",
    "manger mangeons mange", "établir établi établissent", "choisir choisi choisit choisissons",
  ])
  func `one stem`(words: String) {
    let stems = Set(words.split(separator: " ").map { Stemmer.light.stem(String($0)) })
    #expect(stems.count == 1, "\(stems.sorted())")
  }

  @Test(arguments: [
    ("français", "franc"), ("français", "france"), ("france", "franc"), ("université", "univers"), ("moins", "moine"),
    ("base", "basse"), ("accident", "acide"), ("violent", "violer"), ("content", "conter"), ("présent", "pressé"),
    ("maintenant", "maintenir"), ("permis", "permettre"), ("abandon", "bander"), ("ouvrir", "ouvrier"),
    ("ingénieur", "ingénieux"), ("mois", "moi"), ("parlement", "parler"), ("chat", "châtiment"), ("revenu", "revenir"),
  ])
  func `two stems`(one: String, other: String) {
    #expect(Stemmer.light.stem(one) != Stemmer.light.stem(other))
  }

  @Test func `snowball reads accents, none reads nothing`() {
    #expect(Stemmer.snowball.stem("maîtresses") == "maitress")
    #expect(Stemmer.snowball.stem("établîmes") != Stemmer.snowball.stem("etablimes"))
    #expect(Stemmer.none.stem("Écœurés") == "ecoeures")
    #expect(Stemmer.light.stem("1er") == "1er")
    #expect(Stemmer.light.stem("") == "")
  }

  @Test func `every verb form is longer than two letters and leads to an infinitive`() {
    #expect(FrenchVerbs.infinitives.count > 2500)
    for (form, infinitive) in FrenchVerbs.infinitives {
      #expect(form.utf8.count >= 3, "\(form)")
      #expect(infinitive.hasSuffix("r") || infinitive.hasSuffix("re"), "\(form): \(infinitive)")
      #expect(FrenchVerbs.infinitives[infinitive].map { $0 == infinitive } ?? true, "\(form): \(infinitive)")
    }
  }

  @Test func `options round-trip through the fingerprint`() throws {
    var fingerprints: Set<UInt64> = []
    for preset in AnalyzerOptions.Preset.allCases {
      for stemmer in Stemmer.allCases {
        let options = AnalyzerOptions(preset: preset, frenchStemmer: stemmer)
        #expect(AnalyzerOptions(fingerprint: options.fingerprint) == options)
        fingerprints.insert(options.fingerprint)
      }
    }
    #expect(fingerprints.count == AnalyzerOptions.Preset.allCases.count * Stemmer.allCases.count)
    #expect(AnalyzerOptions(fingerprint: AnalyzerOptions().fingerprint | 1 << 48) == nil)
    #expect(AnalyzerOptions(fingerprint: AnalyzerOptions().fingerprint | 0xFF00) == nil)
  }

  @Test(arguments: AnalyzerOptions.FrenchStemmer.allCases)
  func `an index is searched with the stemmer that it was built with`(stemmer: AnalyzerOptions.FrenchStemmer) throws {
    let folder = try TemporaryFolder()
    let options = IndexOptions(analyzer: AnalyzerOptions(frenchStemmer: stemmer))
    let writer = try IndexWriter(folder.path + "/index", options: options)
    try writer.add(Document(key: "1", body: "Les ministres ont répondu différemment à la question des chanteuses."))
    try writer.commit()
    let index = try SearchIndex(folder.path + "/index")
    #expect(index.options.frenchStemmer == stemmer)
    var asTyped = SearchOptions()
    asTyped.reading.replacesUnknownWords = false
    #expect(try index.search("chanteuses", asTyped).hits.count == 1)
    #expect(try index.search("chanteur", asTyped).hits.count == (stemmer == .light ? 1 : 0))
    #expect(try index.search("ministre", asTyped).hits.count == (stemmer == .none ? 0 : 1))
  }
}

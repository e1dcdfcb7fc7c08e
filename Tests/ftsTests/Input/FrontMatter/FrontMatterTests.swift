import Testing

@testable import FTSInput

/// Front matter in YAML, TOML and JSON.
@Suite struct FrontMatterTests {
  static let yaml: [(text: String, title: String?, attributes: [String: [String]])] = [
    (
      "title: >\n  Le rapport annuel\n  de la commission\n# brouillon: oui\nlang: fr # langue",
      "Le rapport annuel de la commission", ["lang": ["fr"]]
    ),
    ("title: >-\n  Un\n  deux\n\n  trois\ndate: 2024", "Un deux\ntrois", ["date": ["2024"]]),
    ("resume: |\n  ligne 1\n    retrait\n  ligne 2\n", nil, ["resume": ["ligne 1\n  retrait\nligne 2"]]),
    ("Title: Đối ngoại\nLANG: vi\nDate: 2024-01-02", "Đối ngoại", ["lang": ["vi"], "date": ["2024-01-02"]]),
    ("\"ma clé\": un\n'autre': deux\ntitle : trois", "trois", ["ma clé": ["un"], "autre": ["deux"]]),
    ("title: Un titre\n  sur deux lignes\nx: 1", "Un titre sur deux lignes", ["x": ["1"]]),
    ("title: \"Un \\\"titre\\\" \\u00e9\\n\"\nb: 'l''été'", "Un \"titre\" é\n", ["b": ["l'été"]]),
    ("title: \"Un titre\n  long\" # fin", "Un titre long", [:]),
    ("a: b#c\nd: #rien\ne: ~\nf: null", nil, ["a": ["b#c"]]),
    ("tags: [paix, \"a, b\", 'c']", nil, ["tags": ["paix", "a, b", "c"]]),
    ("tags: [\n  un,\n  deux # note\n]\nx: y", nil, ["tags": ["un", "deux"], "x": ["y"]]),
    ("tags:\n- un\n- \"deux\"\n\n- trois\nx: y", nil, ["tags": ["un", "deux", "trois"], "x": ["y"]]),
    (
      "tags:\n    - un\n    - deux: x\n      trois: y\nz: 1", nil,
      ["tags": ["un"], "tags.deux": ["x"], "tags.trois": ["y"], "z": ["1"]]
    ),
    (
      "auteur:\n  nom: Hugo\n  villes: [Paris, Besançon]\nx: y", nil,
      ["auteur.nom": ["Hugo"], "auteur.villes": ["Paris", "Besançon"], "x": ["y"]]
    ),
    ("auteur: {nom: Hugo, ville: 'Paris'}", nil, ["auteur.nom": ["Hugo"], "auteur.ville": ["Paris"]]),
    ("title: La paix : un but\nurl: http://a.b/c", "La paix : un but", ["url": ["http://a.b/c"]]),
    ("a: 1\na: 2", nil, ["a": ["2"]]), ("", nil, [:]),
  ]

  @Test(arguments: yaml) func `YAML as people write it`(text: String, title: String?, attributes: [String: [String]])
    throws
  {
    for (open, end) in [("---", "---"), ("--- ", "---\t"), ("---", "...")] {
      let matter = try #require(FrontMatter(TextDocument.lines("\(open)\n\(text)\n\(end)\nCorps")), "\(text)")
      #expect(matter.title == title, "\(text)")
      #expect(matter.attributes == attributes, "\(text)")
      #expect(matter.problems.isEmpty, "\(text): \(matter.problems)")
    }
  }

  static let rules = [
    "---\nUne introduction importante\n\nDeuxième paragraphe capital\n---\nSuite", "---\n\n# Titre\n\n---\n",
    "---\nUne introduction : voir plus\n\nDeuxième paragraphe\n---\nSuite", "---\n- liste\n---\n",
    "---\n[lien](x)\n---\n",
    "---\ntitle: a\nb", "--\ntitle: a\n--", "----\na: b\n----", " ---\na: b\n---", "x\n---\na: b\n---", "+++\na = 1",
    "{ pas json }\nx",
    "---\nNote : une introduction\n\nDeuxième ligne\n---\nSuite", "+++\nUne introduction importante\n+++\nSuite",
    "---\nintroduction: oui\n\nDeuxième paragraphe sans signe\n---\nSuite",
  ]

  @Test(arguments: rules) func `A rule is not front matter`(page: String) {
    #expect(FrontMatter(TextDocument.lines(page)) == nil)
    let document = TextDocument(markdown: page)
    for word in ["introduction", "Deuxième", "liste", "lien"] where page.contains(word) {
      #expect((document.title + " " + document.body).contains(word), "\(word) of \(page)")
    }
  }

  @Test(arguments: ["a: [\n", "a: \"\n", "- [\n", "a:\n  b: {\n", "a: >\n", "a:\n"])
  func `Hostile repetition ends`(part: String) {
    let yaml = FrontMatter(TextDocument.lines("---\n" + String(repeating: part, count: 5000) + "---\n"))
    #expect(yaml?.title == nil)
    let toml = FrontMatter(TextDocument.lines("+++\n" + String(repeating: "a = [\n" + part, count: 5000) + "+++\n"))
    #expect(toml?.title == nil)
  }

  @Test func `What is not understood is reported with its line`() throws {
    let page = "---\ntitle: a\npas de signe\nb: c\n  - perdu\nd: e\n---\nCorps"
    let matter = try #require(FrontMatter(TextDocument.lines(page)))
    #expect(matter.problems.map(\.line) == [3])
    #expect(matter.attributes == ["b": ["c - perdu"], "d": ["e"]])
    #expect(TextDocument(markdown: page).problems == matter.problems)
  }

  static let toml: [(text: String, title: String?, attributes: [String: [String]])] = [
    (
      "title = \"Le rapport\"\ndate = 2024-05-01\ndraft = false # non", "Le rapport",
      ["date": ["2024-05-01"], "draft": ["false"]]
    ),
    (
      "tags = [\"un\", 'deux',\n  \"trois\", # fin\n]\nn = 1_000", nil,
      ["tags": ["un", "deux", "trois"], "n": ["1_000"]]
    ),
    ("title = \"\"\"\nSur deux\nlignes\"\"\"\nb = '''l'été'''", "Sur deux\nlignes", ["b": ["l'été"]]),
    (
      "[auteur]\nnom = \"Hugo\"\n[auteur.adresse]\nville = \"Paris\"", nil,
      ["auteur.nom": ["Hugo"], "auteur.adresse.ville": ["Paris"]]
    ),
    ("[[liens]]\nnom = \"a\"\n[[liens]]\nnom = \"b\"", nil, ["liens.nom": ["a", "b"]]),
    ("a.b = 1\n\"c d\" = {e = \"f\", g = [1, 2]}", nil, ["a.b": ["1"], "c d.e": ["f"], "c d.g": ["1", "2"]]),
    ("title = \"\\u00e9t\\u00E9 \\\"x\\\"\"", "été \"x\"", [:]), ("Title = 'T' # x", "T", [:]), ("", nil, [:]),
  ]

  @Test(arguments: toml) func `TOML as people write it`(text: String, title: String?, attributes: [String: [String]])
    throws
  {
    let matter = try #require(FrontMatter(TextDocument.lines("+++\n\(text)\n+++ \nCorps")), "\(text)")
    #expect(matter.title == title, "\(text)")
    #expect(matter.attributes == attributes, "\(text)")
    #expect(matter.problems.isEmpty, "\(text): \(matter.problems)")
  }

  @Test func `TOML that is not understood is reported`() throws {
    let matter = try #require(FrontMatter(TextDocument.lines("+++\na = \nb = \"x\ntitle = \"T\"\n+++")))
    #expect(matter.title == "T")
    #expect(matter.problems.map(\.line) == [2, 3])
  }

  @Test(arguments: [
    "{\"title\": \"T\", \"tags\": [\"a\", \"b\"], \"o\": {\"p\": 1}}\nCorps",
    "{\n\"title\": \"T\",\n\"tags\": [\"a\", \"b\"],\n\"o\": {\"p\": 1\n}\n}\n\nCorps",
  ])
  func `JSON begins a page`(page: String) {
    let document = TextDocument(markdown: page)
    #expect(document.title == "T" && document.body == "Corps")
    #expect(document.attributes == ["tags": ["a", "b"], "o.p": ["1"]])
  }
}

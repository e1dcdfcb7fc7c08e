import Testing

@testable import FTSInput

/// The text of Markdown, as CommonMark reads it.
@Suite struct MarkdownTests {
  static let inlines: [(source: String, text: String)] = [
    // Emphasis.
    ("_capital_ et __important__, *un* **deux** ***trois***", "capital et important, un deux trois"),
    ("_Đổi mới_ và **Việt _Nam_**", "Đổi mới và Việt Nam"), ("~~ancien~~ nouveau, a ~ b", "ancien nouveau, a ~ b"),
    ("rapport_annuel_2024.pdf, học_sinh, 2*3*4", "rapport_annuel_2024.pdf, học_sinh, 234"),
    ("* seul, 5 * 6, **ouvert", "* seul, 5 * 6, **ouvert"), ("**l'État**, l'**État**", "l'État, l'État"),
    ("*a **b* c**", "a b c"), ("a*\"b\"*", "a*\"b\"*"), ("É*t*É _«cité»_", "ÉtÉ «cité»"),
    // Escapes, references, code.
    (#"\*pas\* 1\. a\b \[x\](y)"#, #"*pas* 1. a\b [x](y)"#),
    ("caf&eacute; l&rsquo;h&ocirc;tel Vi&#7879;t consti&shy;tution", "café l’hôtel Việt consti\u{AD}tution"),
    ("&amp;eacute; &unknown; &eacute &#x1EC7; &#0; AT&T", "&eacute; &unknown; &eacute ệ \u{FFFD} AT&T"),
    ("`*code* &eacute;` et ``a`b``", "*code* &eacute; et a`b"), ("un ` seul", "un ` seul"),
    ("`return _x_ < 3`", "return _x_ < 3"),
    // Tags.
    ("XIX<sup>e</sup> siècle, M<sup>me</sup>", "XIXe siècle, Mme"),
    ("10<sup>3</sup> m<sup>2</sup> H<sub>2</sub>O", "10³ m² H₂O"),
    ("a<br>b<br/>c", "a\nb\nc"), ("<span class=\"x > y\">mot</span>", "mot"), ("a < b > c", "a < b > c"),
    ("<Intro size={2 > 1}>Le début</Intro>", "Le début"), ("a<!-- caché -->b", "ab"), ("x {/* note */} y", "x  y"),
    ("<img src=\"a.png\" alt=\"Une carte\"> suite", "Une carte suite"), ("3 <4 et a<b", "3 <4 et a<b"),
    ("<https://exemple.fr/x> <a@b.fr>", "https://exemple.fr/x a@b.fr"),
    ("Si a <b et 3 ≤ c alors important> oui", "Si a <b et 3 ≤ c alors important> oui"),
    ("Avant </b le texte> fin", "Avant </b le texte> fin"), ("<! capital > x", "<! capital > x"),
    ("List<Object> et <Canvas> et <script> capital", "List et  et  capital"),
    ("<Bouton @click=\"f\" :a=\"b\" v-if='c'>texte</Bouton>", "texte"),
    // Links and images.
    ("[guide](https://exemple.fr/logiciel-libre)", "guide"), ("[a](b \"titre\") [c](<d e>) [f](g(h)i)", "a c f"),
    ("[**gras** et `code`](x)", "gras et code"), ("![Une *carte*](c.png)", "Une carte"),
    ("[![logo](l.png) site](u)", "logo site"),
    ("[connu] et [lui][connu] et [inconnu][rien]", "connu et lui et [inconnu][rien]"),
    ("[pas un lien] (x)", "[pas un lien] (x)"), ("note[^1] et[^note-2]", "note et"),
    ("[[Page]] et [[Page|le texte]]", "Page et le texte"), ("tableau[0][1] = x", "tableau[0][1] = x"),
  ]

  @Test(arguments: inlines) func `Marks are not text`(source: String, text: String) {
    #expect(MarkdownInlines.text(of: source, labels: ["connu"]) == text)
  }

  static let pages: [(page: String, title: String, body: String)] = [
    ("# Titre #\nTexte", "Titre", "Texte"), ("# **Gras** et `code` ##\n\nTexte", "Gras et code", "Texte"),
    ("Titre\n=====\nTexte", "Titre", "Texte"), ("Sur deux\nlignes\n---\nTexte", "Sur deux lignes", "Texte"),
    ("![Carte](c.png)\n\n# Titre\n\nTexte", "Titre", "Carte\n\nTexte"),
    ("![Carte](c.png)\n\nPremière ligne\nseconde", "Première ligne", "Carte\n\nseconde"),
    ("<!-- une\nnote -->\n# Titre\nTexte", "Titre", "Texte"), ("<!-- note -->\nPremière ligne", "Première ligne", ""),
    ("::: tip Découvrez\nAstuce.\n:::\n\n# Titre\nFin", "Titre", "Découvrez\nAstuce.\n\nFin"),
    (":::note[Attention]{.x}\nTexte\n:::", "Texte", "Attention"),
    ("!!! warning \"Danger\"\n    Texte\n\n# Titre", "Titre", "Danger\nTexte"),
    (
      "# T\n!!! incroyable\n??? Pourquoi cela\n::: ceci est une phrase", "T",
      "!!! incroyable\n??? Pourquoi cela\n::: ceci est une phrase"
    ),
    ("# T\n[^1]: Note un\n[^2]: Note deux\n[ref]: https://exemple.fr/libre", "T", "Note un\nNote deux"),
    ("> ```\n> code\n\n## Titre *ici*", "Titre ici", "code"),
    ("# T\n- > - **un**\n\n> - deux", "T", "- un\n\n- deux"),
    ("> [!NOTE]\n> À savoir\n\n## Titre\nFin", "Titre", "À savoir\n\nFin"),
    ("## Partie {#partie}\nTexte", "Partie", "Texte"), ("## Partie {/*partie*/}\nTexte", "Partie", "Texte"),
    ("# Accolades {a}\nTexte", "Accolades {a}", "Texte"),
    ("| Pays | Ville |\n|------|:-----:|\n| Việt Nam | Huế |\n", "Pays | Ville", "Việt Nam | Huế"),
    ("# T\n\n- un\n- [ ] deux\n* trois\n  suite\n1. quatre", "T", "- un\n- deux\n- trois\nsuite\n1. quatre"),
    ("# T\n```swift\nlet a_b = \"*x*\"\n# rien\n```\nfin", "T", "let a_b = \"*x*\"\n# rien\nfin"),
    ("# T\n\n    code *brut*\n\nfin", "T", "code *brut*\n\nfin"),
    ("# T\n***\n- - -\nfin", "T", "fin"), ("# T\n\n[lien]: https://exemple.fr 'x'\n\n[lien] ici", "T", "lien ici"),
    ("# T\nmot[^1]\n\n[^1]: La note.", "T", "mot\n\nLa note."),
    ("# T\n<script>\nvar x = 1\n\n</script>\nfin", "T", "fin"),
    ("# T\n<Intro>\n\nLe début.\n\n</Intro>", "T", "Le début."),
    ("# T\n[un\nlien](u) et *deux\nmots*", "T", "un\nlien et deux\nmots"),
    ("# T\nLe total : `a` < `b`\r\nfin\r\n", "T", "Le total : a < b\nfin"),
    ("Un début long.\n\n# Chapitre\nFin", "Chapitre", "Un début long.\n\nFin"),
    ("- seul", "- seul", ""), ("```\ncode\n```", "code", ""), ("<!-- jamais fini\nTexte", "<!-- jamais fini", "Texte"),
  ]

  @Test(arguments: pages) func `Blocks give title and body`(page: String, title: String, body: String) {
    let document = TextDocument(markdown: page)
    #expect(document.title == title, "\(page)")
    #expect(document.body == body, "\(page)")
    #expect(document.problems.isEmpty)
  }

  @Test(arguments: [
    "[", "![", "*a ", "**a_b ", "<a ", "<!-- ", "`a``", "[a](", "&", "> ", "- ", "<svg>", "{/* ", "[a][", "~~a ",
    "> - ", "<!--\n", "<script\n", "<?", "<![CDATA[", "<! ", "[a", "[a](b) [", "1. ", "::: a\n", "!!! a\n", "# ",
    "|-|\n", "a\n-\n", "</a", "<a b='",
  ])
  func `Hostile repetition ends`(part: String) {
    let text = String(repeating: part, count: 20_000)
    #expect(TextDocument(markdown: "# T\n" + text).title == "T")
    #expect(TextDocument(markdown: "# T\n" + text + String(repeating: "]", count: 20_000)).title == "T")
    #expect(!HTMLDocument.document("<title>T</title>" + text).title.isEmpty)
  }
}

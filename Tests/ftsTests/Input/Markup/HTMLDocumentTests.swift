import Testing

@testable import FTSInput

/// Title, text and metadata of pages.
@Suite struct HTMLDocumentTests {
  static let pages: [(page: String, title: String, body: String)] = [
    ("<html><head><title>Le  titre</title></head><body><p>Un</p><p>Deux</p></body></html>", "Le titre", "Un\n\nDeux"),
    (
      "<title>Vi&#7879;t Nam &amp; Hu&ecirc;</title><body>caf&eacute l&rsquo;&eacute;t&eacute;", "Việt Nam & Huê",
      "café l’été"
    ),
    ("<body><h1>Titre <em>seul</em></h1>texte", "Titre seul", "texte"),
    ("Première ligne<br>seconde", "Première ligne", "seconde"),
    ("<title>T</title><script>var a = '<p>non</p>'</script><style>p{}</style><p>oui", "T", "oui"),
    (
      "<title>T</title><nav>menu</nav><header>Site</header><main><p>Texte</p></main><footer>pied</footer>", "T", "Texte"
    ),
    (
      "<title>T</title><div>autour</div><article>un</article><article>deux<footer>signé</footer></article>", "T",
      "un\n\ndeux\nsigné"
    ),
    ("<title>T</title><nav>menu</nav><p>Texte</p><footer>pied</footer>", "T", "Texte"),
    ("<title>T</title><div role='main'>Texte</div>", "T", "Texte"),
    ("<title>T</title><ul><li>un<li>deux</ul><table><tr><td>a<td>b</table>", "T", "un\ndeux\n\na\nb"),
    ("<title>T</title>XIX<sup>e</sup> 10<sup>3</sup> m<sup>2</sup>", "T", "XIXe 10³ m²"),
    ("<title>T</title><pre>a\n  b</pre>c", "T", "a\n  b\n\nc"),
    ("<title>T</title>a<!-- <p>b</p> -->c<![CDATA[d]]>", "T", "ac"),
    ("<title>T</title>1 < 2 <b>gras</b>", "T", "1 < 2 gras"),
    ("<TITLE>T</TITLE><P ALIGN=left>Haut</P>", "T", "Haut"),
    ("<title>T</title>a<img src=x alt='la carte'>b", "T", "a la carte b"),
    ("<title>T</title><h1>T</h1><p>Texte", "T", "Texte"),
    ("<head><title>T</title><h1>Titre</h1><p>Texte capital</p>", "T", "Titre\n\nTexte capital"),
    ("<title>T</title><nav>menu<p>Texte", "T", "menu\n\nTexte"), ("<title>T</title>a<script>b<p>c", "T", "ab\n\nc"),
    ("<title>T</title><div role=main><div>a</div>b</div><footer>pied</footer>c", "T", "a\nb"),
    ("<title>T</title>mot<svg><text>x</text></svg>suite", "T", "mot suite"), ("", "", ""),
    ("<title>T</title><!-- a", "T", "<!-- a"),
    ("<title>T</title><template>non</template><svg><text>non</text></svg>oui", "T", "oui"),
  ]

  @Test(arguments: pages) func `Pages give title and body`(page: String, title: String, body: String) {
    let document = HTMLDocument.document(page)
    #expect(document.title == title, "\(page)")
    #expect(document.body == body, "\(page)")
  }

  @Test func `Metadata becomes attributes`() {
    let page = """
      <!doctype html><html lang="fr-FR"><head><meta name="description" content="R&eacute;sum&eacute;">
      <meta property="article:published_time" content="2024-03-01T10:00:00Z"><meta name=Author content='Lê Thị Ánh'>
      <meta name="keywords" content="paix, đối ngoại"><meta name="viewport" content="x"><title>T</title>
      """
    #expect(
      HTMLDocument.document(page).attributes == [
        "lang": ["fr-FR"], "description": ["Résumé"], "date": ["2024-03-01T10:00:00Z"], "author": ["Lê Thị Ánh"],
        "keywords": ["paix", "đối ngoại"],
      ])
  }

  static let encodings: [(head: String, name: String?)] = [
    ("<meta charset=\"iso-8859-1\">", "iso-8859-1"), ("<META CHARSET=windows-1258>", "windows-1258"),
    ("<meta http-equiv='Content-Type' content='text/html; charset=Windows-1252'>", "windows-1252"), ("<p>", nil),
    ("<meta name=charset content=x>", nil),
  ]

  @Test(arguments: encodings) func `A page names its encoding`(head: String, name: String?) {
    #expect(HTMLDocument.namedEncoding(Array(head.utf8)) == name)
    let decoder = InputDecoder(settings: InputSettings())
    let bytes = Array(head.utf8) + Array("<p>caf".utf8) + [0xE9]
    #expect(decoder.decode(bytes, isPage: true).text.hasSuffix(name == nil ? "caf\u{FFFD}" : "café"))
  }
}

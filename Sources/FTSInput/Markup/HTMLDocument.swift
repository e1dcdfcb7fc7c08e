/// The title, main text and metadata of an HTML page (HTML standard, chapters 4 and 13).
///
/// The main text is that of `main`; without it that of the articles; without them that of the body without its
/// navigation and its footers. Scripts, styles and pictures' sources are no text; alternative texts are. `title`, or
/// the first `h1`, is the title; `lang`, and the `meta` elements for date, description, author and keywords, are
/// attributes.
struct HTMLDocument {
  private let source: [Unicode.Scalar]
  private var index = 0
  private var title = ""
  private var heading: String?
  private var attributes: [String: [String]] = [:]
  /// The whole text, that of `main` and that of articles.
  private var text = HTMLText()
  private var mainText = HTMLText()
  private var articleText = HTMLText()
  /// How deep the elements are in which the reader is.
  private var depths: [String: Int] = [:]
  /// Where the text of the first `h1` begins, while it is open.
  private var headingText: HTMLText?
  private var hidden = MarkupElements.HiddenContents()
  /// The text with that of navigation and footers.
  private var wholeText = HTMLText()
  /// The element that has the role of `main`, and how many of its name are open in it.
  private var mainRole: (name: String, depth: Int)?
  /// Kinds of declarations whose end is missing.
  private var withoutEnd: Set<Unicode.Scalar> = []

  /// Parses a page.
  static func document(_ page: String) -> TextDocument {
    var reader = HTMLDocument(source: Array(page.unicodeScalars))
    return reader.read()
  }

  private init(source: [Unicode.Scalar]) { self.source = source }

  private mutating func read() -> TextDocument {
    while index < source.count { readNext() }
    var document = TextDocument()
    document.attributes = attributes
    let main = mainText.text
    let articles = articleText.text
    // Where navigation or a footer does not end, the page's text may be in it.
    let isOpen = isIn("nav") || isIn("footer")
    document.body = !main.isEmpty ? main : !articles.isEmpty ? articles : isOpen ? wholeText.text : text.text
    document.title = title.isEmpty ? heading ?? "" : title
    if document.title.isEmpty {
      let plain = TextDocument(plain: document.body)
      (document.title, document.body) = (plain.title, plain.body)
    } else if let heading, heading == document.title, document.body.hasPrefix(heading + "\n") {
      // The heading would be there twice.
      document.body = String(document.body.dropFirst(heading.count + 1).drop { $0 == "\n" })
    }
    return document
  }

  private mutating func readNext() {
    switch source[index] {
    case "<":
      let kind = index + 1 < source.count && "!?".unicodeScalars.contains(source[index + 1]) ? source[index + 1] : "<"
      guard !withoutEnd.contains(kind), let tag = MarkupTag(source, at: index) else {
        // Every later search for its end would be vain.
        if kind != "<" { withoutEnd.insert(kind) }
        append([source[index]])
        index += 1
        return
      }
      read(tag)
    case "&":
      if let (text, end) = CharacterReferences.shared.read(source, at: index, acceptsLegacy: true) {
        append(Array(text))
        index = end
      } else {
        append(["&"])
        index += 1
      }
    default:
      let start = index
      while index < source.count, source[index] != "<", source[index] != "&" { index += 1 }
      append(Array(source[start..<index]))
    }
  }

  private mutating func append(_ scalars: [Unicode.Scalar]) {
    if isIn("head") { return }
    let keepsSpace = isIn("pre") || isIn("textarea")
    headingText?.append(scalars, keepsSpace: false)
    if isIn("main") { mainText.append(scalars, keepsSpace: keepsSpace) }
    wholeText.append(scalars, keepsSpace: keepsSpace)
    let isInArticle = isIn("article")
    if isInArticle { articleText.append(scalars, keepsSpace: keepsSpace) }
    if !isIn("nav"), !isIn("footer") || isInArticle { text.append(scalars, keepsSpace: keepsSpace) }
  }

  private mutating func breakLine(_ name: String) {
    let isParagraph = HTMLDocument.paragraphs.contains(name)
    headingText?.append([" "], keepsSpace: false)
    text.breakLine(isParagraph: isParagraph)
    wholeText.breakLine(isParagraph: isParagraph)
    if isIn("main") { mainText.breakLine(isParagraph: isParagraph) }
    if isIn("article") { articleText.breakLine(isParagraph: isParagraph) }
  }

  /// Elements that an empty line sets apart.
  private static let paragraphs: Set<String> = [
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "ul", "ol", "dl", "section", "article",
  ]
  private static let headElements: Set<String> = [
    "html", "head", "title", "meta", "link", "script", "style", "base", "noscript", "template",
  ]
  private static let tracked: Set<String> = ["head", "pre", "textarea", "main", "article", "nav", "footer"]

  private func isIn(_ name: String) -> Bool { depths[name, default: 0] > 0 }

  // MARK: Tags

  private mutating func read(_ tag: MarkupTag) {
    index = tag.end
    switch tag.kind {
    case .start: readStart(tag)
    case .end: readEnd(tag.name)
    case .comment, .declaration: break
    }
  }

  private mutating func readStart(_ tag: MarkupTag) {
    let name = tag.name
    // The body begins with the first element that a head cannot hold.
    if !HTMLDocument.headElements.contains(name) { depths["head"] = 0 }
    if name == "title", title.isEmpty { return readTitle() }
    if MarkupElements.isHidden(name), !tag.isClosed,
      let end = hidden.endOfContents(of: name, in: source, from: index)
    {
      index = end
      return append([" "])
    }
    if name == "html", let language = tag.value("lang"), !language.isEmpty { attributes["lang"] = [language] }
    if name == "meta" { readMeta(tag) }
    if HTMLDocument.tracked.contains(name), !tag.isClosed { depths[name, default: 0] += 1 }
    if let role = mainRole, role.name == name, !tag.isClosed { mainRole = (name, role.depth + 1) }
    if tag.value("role") == "main", name != "main", mainRole == nil {
      mainRole = (name, 1)
      depths["main", default: 0] += 1
    }
    if MarkupElements.breaksLine(name) { breakLine(name) }
    if name == "h1", heading == nil { headingText = HTMLText() }
    if name == "img", let text = tag.value("alt"), !text.isEmpty {
      append([" "] + Array(text.unicodeScalars) + [" "])
    }
    if name == "sup" || name == "sub" {
      var digits: [Unicode.Scalar] = []
      index = RaisedDigits.append(source, from: index, isRaised: name == "sup", to: &digits)
      append(digits)
    }
  }

  private mutating func readEnd(_ name: String) {
    if MarkupElements.breaksLine(name) { breakLine(name) }
    if HTMLDocument.tracked.contains(name), isIn(name) { depths[name, default: 1] -= 1 }
    if let role = mainRole, role.name == name {
      mainRole = role.depth > 1 ? (name, role.depth - 1) : nil
      if role.depth == 1 { depths["main", default: 1] -= 1 }
    }
    if name == "h1", let open = headingText {
      let text = open.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if !text.isEmpty { heading = text }
      headingText = nil
    }
  }

  /// Reads the text of `title`, in which tags are text.
  private mutating func readTitle() {
    let end = MarkupElements.endOfRawText(of: "title", in: source, from: index)
    let text = CharacterReferences.shared.resolved(source, index..<end.contents)
    index = end.tag
    title = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Takes the date, description, author and keywords that a `meta` element names.
  private mutating func readMeta(_ tag: MarkupTag) {
    guard let name = (tag.value("name") ?? tag.value("property") ?? tag.value("itemprop"))?.lowercased(),
      let content = tag.value("content").map({ TextDocument.trimmed($0) }), !content.isEmpty,
      let attribute = HTMLDocument.metaAttributes[name], attributes[attribute] == nil
    else { return }
    attributes[attribute] =
      attribute == "keywords"
      ? content.split(separator: ",").map { TextDocument.trimmed($0) }.filter { !$0.isEmpty } : [content]
  }

  private static let metaAttributes: [String: String] = [
    "date": "date", "dc.date": "date", "dc.date.issued": "date", "dcterms.date": "date", "dcterms.issued": "date",
    "article:published_time": "date", "datepublished": "date", "pubdate": "date", "publishdate": "date",
    "description": "description", "dc.description": "description", "dcterms.description": "description",
    "og:description": "description", "author": "author", "dc.creator": "author", "dcterms.creator": "author",
    "keywords": "keywords", "dc.subject": "keywords",
  ]

  // MARK: Encoding

  /// Returns the encoding that a page names in a `meta` element among its first 1,024 bytes; nil if there is none.
  static func namedEncoding(_ bytes: some Collection<UInt8>) -> String? {
    let head = bytes.prefix(1024).map { $0 < 0x80 ? Unicode.Scalar($0) : "?" }
    var index = 0
    while index < head.count {
      guard head[index] == "<", let tag = MarkupTag(head, at: index) else {
        index += 1
        continue
      }
      index = tag.end
      guard tag.kind == .start, tag.name == "meta" else { continue }
      if let name = tag.value("charset") { return TextDocument.trimmed(name) }
      if tag.value("http-equiv")?.lowercased() == "content-type",
        let content = tag.value("content")?.lowercased(), let sign = content.lastIndex(of: "="),
        content[..<sign].hasSuffix("charset")
      {
        return TextDocument.trimmed(content[content.index(after: sign)...])
      }
    }
    return nil
  }
}

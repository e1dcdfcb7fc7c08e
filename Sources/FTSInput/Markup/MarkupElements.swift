/// What the elements of HTML mean for the text in them.
enum MarkupElements {
  /// Whether an element begins and ends a line of text.
  static func breaksLine(_ name: String) -> Bool { blocks.contains(name) }

  /// Whether the contents of an element are no text of the page.
  static func isHidden(_ name: String) -> Bool { hidden.contains(name) }

  private static let blocks: Set<String> = [
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "search",
    "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "title", "tr", "ul",
  ]

  private static let hidden: Set<String> = ["script", "style", "template", "svg"]

  /// Finds the ends of elements whose contents are no text. Names whose end tag is missing are remembered.
  struct HiddenContents {
    private var withoutEnd: Set<String> = []

    /// Returns the offset after the end tag of an element whose contents begin at `start`; nil if it has none: then its
    /// contents are text.
    mutating func endOfContents(of name: String, in text: [Unicode.Scalar], from start: Int) -> Int? {
      if withoutEnd.contains(name) { return nil }
      var index = start
      while index < text.count {
        if text[index] == "<", MarkupElements.isEndTag(of: name, text, at: index) {
          return text[index...].firstIndex(of: ">").map { $0 + 1 } ?? text.count
        }
        index += 1
      }
      withoutEnd.insert(name)
      return nil
    }
  }

  /// Returns the end of contents in which tags are text, and the offset after their end tag.
  static func endOfRawText(
    of name: String, in text: [Unicode.Scalar], from start: Int
  ) -> (contents: Int, tag: Int) {
    var index = start
    while index < text.count {
      if text[index] == "<", isEndTag(of: name, text, at: index) {
        return (index, text[index...].firstIndex(of: ">").map { $0 + 1 } ?? text.count)
      }
      index += 1
    }
    return (text.count, text.count)
  }

  fileprivate static func isEndTag(of name: String, _ text: [Unicode.Scalar], at index: Int) -> Bool {
    let count = name.unicodeScalars.count
    guard index + 2 + count <= text.count, text[index + 1] == "/" else { return false }
    let written = String(String.UnicodeScalarView(text[index + 2..<index + 2 + count])).lowercased()
    guard written == name else { return false }
    return index + 2 + count == text.count || !text[index + 2 + count].isASCIIAlphanumeric
  }
}

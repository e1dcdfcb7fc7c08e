import TextSearch

/// Terms, postings or documents of an index, each printed as soon as it is read.
final class IndexDump {
  private let index: SearchIndex
  private let isJSON: Bool
  private var remainingLines: Int
  let output = Output()

  /// - Parameter limit: maximum number of lines, at least 1.
  init(_ index: SearchIndex, isJSON: Bool, limit: Int) {
    self.index = index
    self.isJSON = isJSON
    remainingLines = limit
  }

  /// Prints a line; returns whether more may follow.
  private func line(_ text: String) throws(SearchError) -> Bool {
    try output.line(text)
    remainingLines -= 1
    return remainingLines > 0
  }

  // MARK: Terms

  /// Prints the selected terms in dictionary order.
  func printTerms(_ selection: TermSelection) throws(SearchError) {
    try index.forEachTerm(selection) { (term) throws(SearchError) in
      try self.line(self.isJSON ? IndexDump.json(term) : IndexDump.columns(term))
    }
  }

  private static func columns(_ term: IndexedTerm) -> String {
    let forms = term.forms.map { "\($0.text):\($0.documents)" }
    return columns(term.name) + "\t\(term.documents)\t\(term.occurrences)\t" + list(forms)
  }

  private static func json(_ term: IndexedTerm) -> String {
    var object = object(term.name)
    object.add("documents", term.documents)
    object.add("occurrences", term.occurrences)
    object.add(
      "forms",
      objects: term.forms.map { form in
        var object = JSONObject()
        object.add("form", form.text)
        object.add("documents", form.documents)
        return object
      })
    return object.line
  }

  // MARK: Postings

  /// Prints the postings of the selected terms.
  func printPostings(_ selection: TermSelection) throws(SearchError) {
    try index.forEachPosting(selection) { (posting) throws(SearchError) in
      try self.line(self.isJSON ? IndexDump.json(posting) : IndexDump.columns(posting))
    }
  }

  private static func columns(_ posting: IndexedPosting) -> String {
    let positions = posting.positions.map { String($0) }.joined(separator: ",")
    return columns(posting.term) + "\t" + escaped(posting.document) + "\t\(posting.frequency)\t\(positions)\t"
      + list(posting.forms)
  }

  private static func json(_ posting: IndexedPosting) -> String {
    var object = object(posting.term)
    object.add("document", posting.document)
    object.add("frequency", posting.frequency)
    object.add("positions", numbers: posting.positions)
    object.add("forms", posting.forms)
    return object.line
  }

  // MARK: Documents

  /// Prints the documents whose keys start with a prefix.
  func printDocuments(prefix: String) throws(SearchError) {
    let fields = try index.information().fields
    try index.forEachDocument(keyPrefix: prefix) { (document) throws(SearchError) in
      try self.line(self.isJSON ? IndexDump.json(document, fields) : IndexDump.columns(document, fields))
    }
  }

  private static func columns(_ document: IndexedDocument, _ fields: [String]) -> String {
    let lengths = zip(fields, document.lengths).map { "\($0)=\($1)" }
    let attributes = attributes(document).flatMap { name, values in values.map { "\(name)=\($0)" } }
    let columns = [escaped(document.key), list(lengths), list(attributes, "; ")]
    return (columns + document.stored.fields.map { escaped($0.text) }).joined(separator: "\t")
  }

  private static func json(_ document: IndexedDocument, _ fields: [String]) -> String {
    var object = JSONObject()
    object.add("key", document.key)
    object.add(
      "lengths",
      objects: zip(fields, document.lengths).map { field, length in
        var object = JSONObject()
        object.add("field", field)
        object.add("tokens", length)
        return object
      })
    object.add(
      "attributes",
      objects: attributes(document).map { name, values in
        var object = JSONObject()
        object.add("name", name)
        object.add("values", values)
        return object
      })
    object.add(
      "fields",
      objects: document.stored.fields.map { field in
        var object = JSONObject()
        object.add("name", field.name)
        object.add("text", field.text)
        return object
      })
    return object.line
  }

  /// Returns attributes sorted by name, in byte order.
  private static func attributes(_ document: IndexedDocument) -> [(name: String, values: [String])] {
    document.stored.attributes.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      .map { (name: $0.key, values: $0.value) }
  }

  // MARK: Columns

  private static func columns(_ name: TermName) -> String {
    let spelling = name.isCompound ? "+" : name.spelling.map(escaped) ?? "-"
    return "\(name.language)\t\(escaped(name.key))\t\(spelling)"
  }

  private static func object(_ name: TermName) -> JSONObject {
    var object = JSONObject()
    object.add("language", name.language.description)
    object.add("key", name.key)
    object.add("spelling", name.spelling)
    object.add("compound", name.isCompound)
    return object
  }

  /// Returns values in one column, `-` for none.
  private static func list(_ values: [String], _ separator: String = " ") -> String {
    values.isEmpty ? "-" : values.map(escaped).joined(separator: separator)
  }

  /// Returns a text that stays in its column: tabs, ends of lines and backslashes escaped, other control characters
  /// replaced by spaces.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x5C || $0 >= 0x7F }) else { return text }
    var out = ""
    for character in text.unicodeScalars {
      switch character {
      case "\t": out += "\\t"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\\": out += "\\\\"
      default: out.unicodeScalars.append(character)
      }
    }
    return Output.visible(out)
  }
}

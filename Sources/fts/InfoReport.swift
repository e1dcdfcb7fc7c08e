import TextSearch

/// The counts and sizes that `fts info` prints, as text and as JSON.
struct InfoReport {
  private let information: IndexInformation
  private let counts: PostingCounts

  init(_ information: IndexInformation, _ counts: PostingCounts) {
    self.information = information
    self.counts = counts
  }

  // MARK: Rates

  /// Returns the bytes of some sections divided by `count`; nil if that is 0.
  private func rate(_ sections: String..., over count: UInt64) -> Double? {
    guard count > 0 else { return nil }
    return Double(sections.reduce(0) { $0 + information.bytes(ofSection: $1) }) / Double(count)
  }

  private var rates: [(name: String, value: Double?)] {
    let all = counts.all
    return [
      ("posting", rate("postings", "blocks", over: all.postings)),
      ("position", rate("positions", over: all.positions)),
      ("code", rate("form codes", over: counts[.french].postings + counts.compounds.postings)),
      ("list", rate("terms", "term index", over: UInt64(all.lists))),
    ]
  }

  /// Bytes of the stored texts before compression, divided by those after; nil without stored texts.
  private var ratio: Double? {
    let stored = information.stored
    return stored.rawBytes > 0 && stored.bytes > 0 ? Double(stored.rawBytes) / Double(stored.bytes) : nil
  }

  private static let languages: [Language] = [.french, .vietnamese, .none]

  // MARK: Text

  /// The report as lines of text.
  var lines: [String] {
    head + languageLines
      + [
        row("rates", rates.compactMap { rate in rate.value.map { "\(Format.fixed($0, 2)) bytes a \(rate.name)" } }),
        row("stored", storedTexts),
      ]
      + list("sections", information.sections.map { ($0.name, [Format.grouped($0.bytes)]) })
      + list(
        "attributes", information.attributes.map { ($0.name, [$0.type.name, BuildCommand.count($0.values, "value")]) })
      + list("segments", information.segments.map { ($0.name, InfoReport.segment($0)) })
  }

  private var head: [String] {
    let all = counts.all
    return [
      row("index", [information.path, "generation \(information.generation)", Format.bytes(information.bytes)]),
      row("analyzer", [InfoCommand.name(of: information.analyzer)]),
      row("fields", information.fields),
      row(
        "documents", [Format.grouped(information.documents), "\(Format.grouped(information.deletedDocuments)) deleted"]),
      row("tokens", [Format.grouped(information.statistics.length)]),
      row("terms", [Format.grouped(all.terms), "\(Format.grouped(counts.compounds.terms)) of them compounds"]),
      row("lists", [Format.grouped(all.lists), "\(Format.grouped(all.inlineLists)) of them in the dictionary"]),
      row("postings", [Format.grouped(all.postings)]),
      row("positions", [Format.grouped(all.positions)]),
      row("lexicon", [BuildCommand.count(information.lexiconForms, "French form")]),
    ]
  }

  private var languageLines: [String] {
    InfoReport.languages.map { language in
      let (own, lists) = (information.statistics[language], counts[language])
      return row(
        language.description,
        [
          BuildCommand.count(Int(clamping: lists.positions), "token"), BuildCommand.count(lists.terms, "term"),
          "in \(BuildCommand.count(Int(clamping: own.documents), "document"))",
          "main language of \(Format.grouped(own.mainDocuments))",
          "average length \(Format.fixed(information.statistics.averageLength(language), 1))",
        ])
    }
  }

  private var storedTexts: [String] {
    let stored = information.stored
    let fields = stored.fields.isEmpty ? "no texts" : stored.fields.joined(separator: " ")
    let bytes = Format.grouped(stored.bytes)
    return [fields, "\(stored.compression)", "\(Format.grouped(stored.rawBytes)) bytes in \(bytes)"]
      + (ratio.map { ["\(Format.fixed($0, 2)) times"] } ?? [])
  }

  private static func segment(_ segment: IndexInformation.SegmentFile) -> [String] {
    [
      BuildCommand.count(segment.documents, "document"), "\(Format.grouped(segment.deletedDocuments)) deleted",
      Format.bytes(segment.bytes),
    ]
  }

  private func row(_ name: String, _ values: [String]) -> String {
    Output.visible(InfoReport.padded(name, 12) + values.joined(separator: ", "))
  }

  /// Returns a heading and its rows, the values aligned; nothing without rows.
  private func list(_ name: String, _ rows: [(name: String, values: [String])]) -> [String] {
    let width = (rows.map(\.name.count).max() ?? 0) + 2
    return rows.isEmpty
      ? []
      : [name]
        + rows.map { Output.visible("  " + InfoReport.padded($0.name, width) + $0.values.joined(separator: ", ")) }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  // MARK: JSON

  /// The report as one JSON object.
  var json: String {
    let all = counts.all
    var object = JSONObject()
    object.add("index", information.path)
    object.add("generation", information.generation)
    object.add("analyzer", InfoCommand.name(of: information.analyzer))
    object.add("fields", information.fields)
    object.add("documents", information.documents)
    object.add("deleted", information.deletedDocuments)
    object.add("bytes", information.bytes)
    object.add("tokens", information.statistics.length)
    object.add("terms", all.terms)
    object.add("lists", all.lists)
    object.add("inline", all.inlineLists)
    object.add("postings", all.postings)
    object.add("positions", all.positions)
    object.add("lexicon", information.lexiconForms)
    addParts(to: &object)
    return object.line
  }

  private func addParts(to object: inout JSONObject) {
    object.add("languages", objects: InfoReport.languages.map(json(of:)))
    var compounds = JSONObject()
    compounds.add("terms", counts.compounds.terms)
    compounds.add("postings", counts.compounds.postings)
    compounds.add("positions", counts.compounds.positions)
    object.add("compounds", object: compounds)
    var rateObject = JSONObject()
    for rate in rates { rateObject.add(rate.name, rate.value) }
    object.add("rates", object: rateObject)
    object.add("stored", object: storedJSON)
    object.add("sections", objects: information.sections.map(InfoReport.json(of:)))
    object.add("attributes", objects: information.attributes.map(InfoReport.json(of:)))
    object.add("segments", objects: information.segments.map(InfoReport.json(of:)))
  }

  private func json(of language: Language) -> JSONObject {
    let (own, lists) = (information.statistics[language], counts[language])
    var object = JSONObject()
    object.add("language", language.description)
    object.add("documents", own.documents)
    object.add("main", own.mainDocuments)
    object.add("average", information.statistics.averageLength(language))
    object.add("tokens", lists.positions)
    object.add("terms", lists.terms)
    object.add("postings", lists.postings)
    return object
  }

  private var storedJSON: JSONObject {
    var object = JSONObject()
    object.add("fields", information.stored.fields)
    object.add("compression", "\(information.stored.compression)")
    object.add("raw", information.stored.rawBytes)
    object.add("bytes", information.stored.bytes)
    object.add("ratio", ratio)
    return object
  }

  private static func json(of section: IndexInformation.Section) -> JSONObject {
    var object = JSONObject()
    object.add("name", section.name)
    object.add("bytes", section.bytes)
    return object
  }

  private static func json(of attribute: IndexInformation.Attribute) -> JSONObject {
    var object = JSONObject()
    object.add("name", attribute.name)
    object.add("type", attribute.type.name)
    object.add("values", attribute.values)
    return object
  }

  private static func json(of segment: IndexInformation.SegmentFile) -> JSONObject {
    var object = JSONObject()
    object.add("name", segment.name)
    object.add("documents", segment.documents)
    object.add("deleted", segment.deletedDocuments)
    object.add("bytes", segment.bytes)
    return object
  }
}

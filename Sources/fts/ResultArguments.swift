import TextSearch

/// The options of `fts query` for filters, facets, order and pages.
enum ResultArguments {
  private static let maximumOffset = 1_000_000_000

  static let countOption = OptionSpecification(
    name: "count", value: "LIMIT", help: "count matches up to this number, or all: exact (default 10000)")
  static let quickOption = OptionSpecification(name: "quick", help: "do not count matches: faster; as --count 0")

  /// Sets offset, facets, order, filter and counting.
  ///
  /// - Throws: ``UsageError`` for a malformed option, ``SearchError`` for a malformed filter.
  static func set(_ options: inout SearchOptions, _ arguments: Arguments, _ index: SearchIndex) throws {
    options.offset = try arguments.number("offset", in: 0...maximumOffset) ?? 0
    options.facets = try arguments.all("facet").map(facet)
    options.order = try arguments.value("sort").map(order)
    options.countLimit = try countLimit(arguments)
    if options.limit == 0, options.countLimit == 0, options.facets.isEmpty {
      throw UsageError(description: "-n 0 shows nothing but the count; leave out --quick")
    }
    let filters = try arguments.all("filter").map { (text) throws(SearchError) in try index.parseFilter(text) }
    if !filters.isEmpty { options.filter = filters.count == 1 ? filters[0] : .all(filters) }
  }

  private static func countLimit(_ arguments: Arguments) throws(UsageError) -> Int {
    if arguments.has("quick") {
      if arguments.value("count") != nil { throw UsageError(description: "--quick does not count; leave out --count") }
      return 0
    }
    if arguments.value("count") == "exact" { return .max }
    do {
      return try arguments.number("count", in: 0...Int(UInt32.max)) ?? SearchOptions.standardCountLimit
    } catch {
      throw UsageError(description: "--count takes a whole number or exact, not '\(arguments.value("count") ?? "")'")
    }
  }

  /// Parses `date:year`, or a name alone.
  private static func facet(_ text: String) throws(UsageError) -> Facet {
    guard let colon = text.lastIndex(of: ":") else { return Facet(text) }
    let periods: [String: AttributeDate.Precision] = ["year": .year, "month": .month, "day": .day]
    guard let period = periods[String(text[text.index(after: colon)...])], colon != text.startIndex else {
      throw UsageError(
        description: "--facet takes an attribute, and for dates year, month or day: date:year, not '\(text)'")
    }
    return Facet(String(text[..<colon]), by: period)
  }

  /// Parses `nom`, `nom:vi`, `title:articles:desc`: a name, then any of vi, articles, and asc or desc, each once. A name that holds a
  /// colon needs one of these behind it.
  private static func order(_ text: String) throws(UsageError) -> AttributeOrder {
    var name = text[...]
    var parts: [Substring] = []
    while let colon = name.lastIndex(of: ":"), isOrderPart(name[name.index(after: colon)...]) {
      parts.append(name[name.index(after: colon)...])
      name = name[..<colon]
    }
    let isTwice = Set(parts).count < parts.count || parts.contains("asc") && parts.contains("desc")
    guard !name.isEmpty, !isTwice, !parts.isEmpty || !name.contains(":") else {
      throw UsageError(
        description:
          "--sort takes an attribute or title, and vi, articles, asc or desc: date:desc, nom:vi, not '\(text)'")
    }
    let collation = Collation(
      parts.contains("vi") ? .vietnamese : .common, skipsArticles: parts.contains("articles"))
    return AttributeOrder(String(name), descending: parts.contains("desc"), collation)
  }

  private static func isOrderPart(_ text: Substring) -> Bool { ["vi", "articles", "asc", "desc"].contains(text) }
}

/// Facet counts as lines of text and as JSON.
enum FacetOutput {
  /// Maximum number of values on a line of text.
  private static let maximumValues = 20

  /// Returns a line for each facet.
  static func lines(_ results: SearchResults, _ options: SearchOptions) -> [String] {
    zip(options.facets, results.facets).map { facet, counts in
      let entries = values(facet, counts)
      var line =
        "\(facet.name): "
        + entries.prefix(maximumValues).map { "\($0.value.text) \($0.documents)" }.joined(separator: ", ")
      if entries.count > maximumValues { line += ", … (\(entries.count) values)" }
      if counts.missing > 0 { line += entries.isEmpty ? "none \(counts.missing)" : "; none \(counts.missing)" }
      return line
    }
  }

  /// Returns a JSON object for each value of each facet, and one for the documents without a value.
  static func objects(_ results: SearchResults, _ options: SearchOptions, query: Int) -> [JSONObject] {
    zip(options.facets, results.facets).flatMap { facet, counts in
      var objects = values(facet, counts).map { entry in
        var object = object(facet, query)
        object.add("value", entry.value.text)
        object.add("documents", entry.documents)
        if entry.spellings.count > 1 { object.add("spellings", objects: entry.spellings.map(spelling)) }
        return object
      }
      if counts.missing > 0 {
        var object = object(facet, query)
        object.add("value", String?.none)
        object.add("documents", counts.missing)
        objects.append(object)
      }
      return objects
    }
  }

  private static func object(_ facet: Facet, _ query: Int) -> JSONObject {
    var object = JSONObject()
    object.add("query", query)
    object.add("facet", facet.name)
    return object
  }

  private static func spelling(_ spelling: FacetCounts.Spelling) -> JSONObject {
    var object = JSONObject()
    object.add("value", spelling.value.text)
    object.add("documents", spelling.documents)
    return object
  }

  /// Returns periods in ascending order, other values by descending frequency.
  private static func values(_ facet: Facet, _ counts: FacetCounts) -> [FacetCounts.Entry] {
    facet.period == nil ? counts.top(.max) : counts.ascending
  }
}

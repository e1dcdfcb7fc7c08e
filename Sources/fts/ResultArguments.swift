import TextSearch

/// The options of `fts query` that say which of the matches are shown, and how they are counted.
enum ResultArguments {
  private static let maximumSkippedInputs = 1_000_000_000

  static func set(_ options: inout SearchOptions, _ arguments: Arguments, _ index: SearchIndex) throws {
    options.offset = try arguments.number("offset", in: 0...maximumSkippedInputs) ?? 0
    options.facets = try arguments.all("facet").map(facet)
    options.order = try arguments.value("sort").map(order)
    // Where no hit is asked for, the total is all that is.
    options.countsAll = !arguments.has("quick") || options.limit == 0
    let filters = try arguments.all("filter").map { (text) throws(SearchError) in try index.parseFilter(text) }
    if !filters.isEmpty { options.filter = filters.count == 1 ? filters[0] : .all(filters) }
  }

  /// `date:year`, or a name alone.
  private static func facet(_ text: String) throws(UsageError) -> Facet {
    guard let colon = text.lastIndex(of: ":") else { return Facet(text) }
    let periods: [String: AttributeDate.Precision] = ["year": .year, "month": .month, "day": .day]
    guard let period = periods[String(text[text.index(after: colon)...])], colon != text.startIndex else {
      throw UsageError(
        description: "--facet takes an attribute, and for dates year, month or day: date:year, not '\(text)'")
    }
    return Facet(String(text[..<colon]), by: period)
  }

  /// `date:desc`, `date:asc`, or a name alone.
  private static func order(_ text: String) throws(UsageError) -> AttributeOrder {
    guard let colon = text.lastIndex(of: ":") else { return AttributeOrder(text) }
    let direction = text[text.index(after: colon)...]
    guard ["asc", "desc"].contains(direction), colon != text.startIndex else {
      throw UsageError(description: "--sort takes an attribute, and asc or desc: date:desc, not '\(text)'")
    }
    return AttributeOrder(String(text[..<colon]), descending: direction == "desc")
  }
}

/// Facets as lines of text and as JSON.
enum FacetOutput {
  /// Values shown in a line of text.
  private static let maximum = 20

  static func lines(_ results: SearchResults, _ options: SearchOptions) -> [String] {
    zip(options.facets, results.facets).map { facet, counts in
      let entries = values(facet, counts)
      var line =
        "\(facet.name): " + entries.prefix(maximum).map { "\($0.value.text) \($0.documents)" }.joined(separator: ", ")
      if entries.count > maximum { line += ", … (\(entries.count) values)" }
      if counts.missing > 0 { line += entries.isEmpty ? "none \(counts.missing)" : "; none \(counts.missing)" }
      return line
    }
  }

  static func objects(_ results: SearchResults, _ options: SearchOptions, query: Int) -> [JSONObject] {
    zip(options.facets, results.facets).flatMap { facet, counts in
      var rows = values(facet, counts).map { (value: Optional($0.value.text), documents: $0.documents) }
      if counts.missing > 0 { rows.append((nil, counts.missing)) }
      return rows.map { row in
        var object = JSONObject()
        object.add("query", query)
        object.add("facet", facet.name)
        object.add("value", row.value)
        object.add("documents", row.documents)
        return object
      }
    }
  }

  /// Periods in their order, other values the most frequent first.
  private static func values(_ facet: Facet, _ counts: FacetCounts) -> [FacetCounts.Entry] {
    facet.period == nil ? counts.top(.max) : counts.ascending
  }
}

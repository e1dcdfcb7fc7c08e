/// A word of the query read as a compound: `weekend` as `week` and `end` side by side.
struct CompoundWord: Sendable {
  let parts: [QueryWord]

  /// Where a segment has it.
  struct Occurrences: Sendable {
    /// Documents, ascending.
    var documents: [UInt32] = []
    var frequencies: [UInt32] = []
  }

  /// The compounds that segments have seen and that are written like a word of the query once their hyphens go.
  static func compounds(
    of word: QueryWord, _ segments: [Segment], _ analyzer: inout Analyzer
  ) throws(SearchError) -> [CompoundWord] {
    guard analyzer.options.recipe == .frenchVietnamese,
      let key = word.selectors.first(where: { $0.address.language == .none })?.address.key
    else { return [] }
    var writings: Set<[UInt8]> = []
    for segment in segments { writings.formUnion(try segment.compounds(joined: Array(key))) }
    var compounds: [CompoundWord] = []
    for writing in writings.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      // With spaces: the parts are not to be read as the joined word again.
      let text = String(decoding: writing.map { $0 == 0x2D ? 0x20 : $0 }, as: UTF8.self)
      let parts = try QueryWords.read(text, &analyzer)
      if parts.count > 1 { compounds.append(CompoundWord(parts: parts)) }
    }
    return compounds
  }

  /// Documents of a segment in which the parts stand side by side in their order, and how often.
  func occurrences(in segment: Segment) throws(SearchError) -> Occurrences {
    var documents: [UInt32]?
    for part in parts {
      let own = try segment.documents(of: part)
      documents = documents.map { CompoundWord.common($0, own) } ?? own
      if documents?.isEmpty ?? true { return Occurrences() }
    }
    let candidates = documents ?? []
    var positions: [[Set<UInt32>]] = []
    for part in parts { positions.append(try segment.positions(of: part, in: candidates)) }
    var found = Occurrences()
    for (index, document) in candidates.enumerated() {
      let starts = positions[0][index].filter { start in
        parts.indices.allSatisfy { positions[$0][index].contains(start &+ UInt32($0)) }
      }
      guard !starts.isEmpty else { continue }
      found.documents.append(document)
      found.frequencies.append(UInt32(starts.count))
    }
    return found
  }

  private static func common(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    var out: [UInt32] = []
    var place = 0
    for document in a {
      while place < b.count, b[place] < document { place += 1 }
      if place < b.count, b[place] == document { out.append(document) }
    }
    return out
  }
}

extension Segment {
  /// Documents that hold a word in any of its readings, ascending.
  fileprivate func documents(of word: QueryWord) throws(SearchError) -> [UInt32] {
    var documents: Set<UInt32> = []
    for list in try lists(word) {
      var cursor = try cursor(list.entry)
      while case let document = try cursor.advance(), document != PostingCursor.end { documents.insert(document) }
    }
    return documents.sorted()
  }

  /// Positions of a word in each of some documents (ascending).
  fileprivate func positions(of word: QueryWord, in documents: [UInt32]) throws(SearchError) -> [Set<UInt32>] {
    var positions = [Set<UInt32>](repeating: [], count: documents.count)
    for list in try lists(word) {
      var cursor = try cursor(list.entry)
      for (index, document) in documents.enumerated() where try cursor.seek(to: document) == document {
        positions[index].formUnion(try cursor.positions())
      }
    }
    return positions
  }
}

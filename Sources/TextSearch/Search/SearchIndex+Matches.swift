extension SearchIndex {
  /// All documents that match, segment by segment: what is sorted and counted by attributes.
  func matches(_ plan: RunnablePlan, _ options: SearchOptions) throws(SearchError) -> [DocumentSet] {
    var all: [DocumentSet] = []
    for number in segments.indices {
      do {
        let segment = segments[number]
        let allowed = try allowed(number, options)
        switch plan {
        case .words(let plan):
          all.append(
            try WordMatches.documents(plan, segment, number: number, all: options.requiresAllWords, in: allowed))
        case .tree(let plan):
          let normalizers = tools.normalizers(options.ranking, plan.statistics)
          var search = try TreeSearch(segment, allowed, plan, normalizers, options)
          all.append(try search.matchingDocuments())
        }
      } catch {
        throw error.inFile(segments[number].path)
      }
    }
    return all
  }

  /// Counts the documents of some sets, one a segment, by the values of an attribute.
  func counts(_ facet: Facet, _ sets: [DocumentSet]) throws(SearchError) -> FacetCounts {
    var total = FacetCounts()
    for (segment, set) in zip(segments, sets) {
      do {
        total += try facet.counts(segment, in: set)
      } catch {
        throw error.inFile(segment.path)
      }
    }
    return total
  }

  /// The first documents of some sets, one a segment, in the order of an attribute; equal ones in the order of their keys.
  func sorted(_ sets: [DocumentSet], by order: AttributeOrder, limit: Int) throws(SearchError) -> [Candidate] {
    var found: [(value: AttributeValue?, candidate: Candidate)] = []
    for (number, set) in sets.enumerated() {
      let segment = segments[number]
      do {
        for hit in try order.top(limit, segment, in: set) {
          let key = try segment.key(hit.document)
          found.append((hit.value, Candidate(score: 0, segment: number, document: hit.document, key: key)))
        }
      } catch {
        throw error.inFile(segment.path)
      }
    }
    let type = manifest.settings.schema.type(of: order.name)
    if segments.count > 1 {
      found.sort { a, b in
        if order.isBefore(a.value, b.value, type: type) { return true }
        if order.isBefore(b.value, a.value, type: type) { return false }
        return a.candidate.key.lexicographicallyPrecedes(b.candidate.key)
      }
    }
    return found.prefix(limit).map(\.candidate)
  }
}

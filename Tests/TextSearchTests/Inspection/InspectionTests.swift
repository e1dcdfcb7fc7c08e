import TestSupport
import Testing

@testable import TextSearch

/// What the passes over terms, postings and documents visit, against the documents themselves.
@Suite struct InspectionTests {
  private func dump(
    _ index: SearchIndex, _ selection: TermSelection = TermSelection()
  ) throws -> (terms: [IndexedTerm], postings: [IndexedPosting]) {
    var terms: [IndexedTerm] = []
    var postings: [IndexedPosting] = []
    try index.forEachTerm(selection) { (term) throws(SearchError) in
      terms.append(term)
      return true
    }
    try index.forEachPosting(selection) { (posting) throws(SearchError) in
      postings.append(posting)
      return true
    }
    return (terms, postings)
  }

  @Test(arguments: [UInt64(931), 932]) func manySegmentsShowWhatOneDoes(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let documents = RandomDocuments.make(300, &random)
    let (one, many) = (try TestIndex(), try TestIndex())
    try one.build(documents)
    try many.build(documents, IndexOptions(segmentBudget: 40_000))
    let (left, right) = (try one.open(), try many.open())
    #expect(right.segments.count > 2)
    let (a, b) = (try dump(left), try dump(right))
    #expect(a.terms == b.terms && a.terms.count > 50, "seed \(seed)")
    #expect(Set(a.postings.map { "\($0)" }) == Set(b.postings.map { "\($0)" }), "seed \(seed)")
    let (x, y) = (try left.countPostings(), try right.countPostings())
    #expect(x.all.terms == y.all.terms && x.all.postings == y.all.postings && x.all.positions == y.all.positions)
    #expect(x.all.lists == x.all.terms && y.all.lists > y.all.terms)
    #expect(x.all.terms == a.terms.count && x.all.postings == UInt64(a.postings.count))
    let tokens = Language.allCases.reduce(0) { $0 + x[$1].positions }
    #expect(tokens == left.statistics.length && x.all.positions == tokens + x.compounds.positions)
    // Document counts of forms are those of the postings.
    for term in a.terms {
      let own = a.postings.filter { $0.term == term.name }
      #expect(UInt64(own.count) == term.documents && own.reduce(0) { $0 + UInt64($1.frequency) } == term.occurrences)
      for form in term.forms {
        #expect(own.filter { $0.forms.contains(form.text) }.count == form.documents, "\(term.name) \(form.text)")
      }
    }
  }

  @Test func distinctValuesAreThoseOfAllSegments() throws {
    let index = try TestIndex()
    let years = (0..<300).map { ["year": ["\(1900 + $0 % 125)"], "few": $0 % 100 == 0 ? ["x\($0)", "é"] : []] }
    try index.build(
      years.enumerated().map {
        Document(key: "\($0.offset)", body: String(repeating: "mot ", count: 400), attributes: $0.element)
      }, IndexOptions(segmentBudget: 40_000, attributes: ["year": .integer]))
    let opened = try index.open()
    #expect(opened.segments.count > 2)
    let attributes = try opened.information().attributes
    #expect(attributes.map(\.name) == ["few", "year"] && attributes.map(\.values) == [4, 125])
  }

  @Test func deletedDocumentsAreLeftOut() throws {
    let index = try TestIndex()
    try index.build("abcdef".map { Document(key: String($0), body: "guerre") })
    let writer = try IndexWriter(appendingTo: index.path)
    try writer.add(Document(key: "a", body: "paix"))
    try writer.commit()
    let opened = try index.open()
    let (terms, postings) = try dump(opened, TermSelection(prefix: "gu"))
    #expect(terms.map(\.documents) == [6] && postings.map(\.document) == ["b", "c", "d", "e", "f"])
    var keys: [String] = []
    try opened.forEachDocument { (document) throws(SearchError) in
      keys.append(document.key + " " + (document.stored.text("body") ?? ""))
      return true
    }
    #expect(keys == ["b guerre", "c guerre", "d guerre", "e guerre", "f guerre", "a paix"])
    let information = try opened.information()
    #expect(information.documents == 6 && information.deletedDocuments == 1)
    #expect(information.segments.map(\.deletedDocuments) == [1, 0])
  }

  @Test func selectionsAreThoseOfAllTerms() throws {
    var random = SeededRandom(seed: 933)
    let index = try TestIndex()
    try index.build(RandomDocuments.make(100, &random))
    let opened = try index.open()
    let all = try dump(opened)
    for language in [nil] + Language.allCases.map(Optional.some) {
      for prefix in ["", "d", "ho", "diplomat", "zz"] {
        let found = try dump(opened, TermSelection(language: language, prefix: prefix))
        func isMeant(_ name: TermName) -> Bool {
          name.key.hasPrefix(prefix) && (language == nil || name.language == language)
        }
        #expect(found.terms == all.terms.filter { isMeant($0.name) }, "\(prefix)")
        #expect(found.postings == all.postings.filter { isMeant($0.term) }, "\(prefix)")
      }
    }
    #expect(try dump(opened, TermSelection(language: .vietnamese, term: "hòa")).terms.map(\.name.key) == ["hoa"])
    #expect(
      try dump(opened, TermSelection(language: .french, term: "diplomatique")).terms.map(\.name.key) == ["diplomat"])
    #expect(try dump(opened, TermSelection(language: .vietnamese, term: "hoa")).terms.count > 1)
  }

  @Test func aPassEndsWhenItsBodySaysSo() throws {
    let index = try TestIndex(["a": "un deux trois", "b": "un deux"])
    let opened = try index.open()
    var calls = 0
    try opened.forEachTerm { (_) throws(SearchError) in
      calls += 1
      return calls < 2
    }
    try opened.forEachPosting { (_) throws(SearchError) in
      calls += 1
      return false
    }
    try opened.forEachDocument { (_) throws(SearchError) in
      calls += 1
      return false
    }
    #expect(calls == 4)
  }
}

import Testing

@testable import TextSearch

@Test func opensNothing() {
  #expect(throws: SearchError.noIndex(path: "/nonexistent")) { try SearchIndex("/nonexistent") }
}

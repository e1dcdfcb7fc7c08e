import TestSupport
import Testing

@testable import TextSearch

/// What spellings of neighbours stand side by side, against a count in the texts themselves.
@Suite struct NeighbourVotesTests {
  private static let first = ["đối", "đội", "đổi"]
  private static let second = ["ngoại", "ngoài"]

  /// Lines of Vietnamese with some of the spellings.
  private func bodies(_ count: Int, _ random: inout SeededRandom) -> [String] {
    (0..<count).map { _ in
      (0..<random.integer(2...12)).map { _ in random.pick(Self.first + Self.second + ["nước", "được", "những"]) }
        .joined(separator: " ")
    }
  }

  private func words(_ forms: [String], _ segment: Segment) throws -> [SpelledWord] {
    try forms.map { form in
      let spelling = Array(form.utf8)
      let address = TermAddress(.vietnamese, key: Folding.key(of: spelling), spelling: spelling)
      let entry = try #require(try segment.dictionary.list(at: address.bytes))
      let list = SelectedList(entry: entry, address: address, language: .vietnamese, weight: 1)
      return try SpelledWord(UInt64(entry.list.documents), [list], segment)
    }
  }

  private func votes(_ bodies: [String]) throws -> NeighbourVotes {
    let index = try TestIndex()
    let writer = try IndexWriter(index.path)
    for (number, body) in bodies.enumerated() { try writer.add(Document(key: "\(1000 + number)", body: body)) }
    try writer.commit()
    let segment = try #require(try SearchIndex(index.path).segments.first)
    return try NeighbourVotes(
      try words(Self.first, segment), try words(Self.second, segment), documents: segment.documentCount)
  }

  @Test func allDocumentsOfFewVote() throws {
    var random = SeededRandom(seed: 73)
    let bodies = bodies(60, &random)
    let votes = try votes(bodies)
    let texts = bodies.map { " \($0) " }
    for (a, first) in Self.first.enumerated() {
      for (b, second) in Self.second.enumerated() {
        #expect(votes.votes[a][b] == texts.count { $0.contains(" \(first) \(second) ") }, "\(first) \(second)")
      }
    }
    #expect(
      votes.voters
        == texts.count { text in
          Self.first.contains { first in Self.second.contains { text.contains(" \(first) \($0) ") } }
        })
  }

  @Test func ofManyDocumentsSomeVote() throws {
    var random = SeededRandom(seed: 74)
    let votes = try votes(bodies(1000, &random))
    let maximum = NeighbourVotes.maximumDocuments
    #expect((maximum / 2...maximum).contains(votes.examined))
    #expect(votes.voters > maximum / 8 && votes.voters <= votes.examined)
    #expect(votes.votes.joined().reduce(0, +) >= votes.voters)
  }
}

import TestSupport
import Testing

@testable import TextSearch

/// The order that graph bisection returns.
@Suite struct GraphBisectionTests {
  /// Documents of some topics, shuffled; each topic has words of its own.
  private func topics(_ random: inout SeededRandom) -> (topic: [Int], lists: [[UInt32]]) {
    let topic = (0..<512).map { $0 % 8 }.shuffled(using: &random)
    var lists: [[UInt32]] = []
    for word in 0..<160 {
      lists.append(
        topic.indices.filter { document in
          random.integer(0...99) < (word % 8 == topic[document] ? 60 : 2)
        }.map(UInt32.init))
    }
    return (topic, lists)
  }

  /// Bits of the gaps when the document at `order[i]` becomes document i.
  private func bits(_ lists: [[UInt32]], _ order: [UInt32]) -> Double {
    var positions = [Int](repeating: 0, count: order.count)
    for (position, document) in order.enumerated() { positions[Int(document)] = position }
    return lists.reduce(0) { sum, list in
      var last = -1
      return sum
        + list.map { positions[Int($0)] }.sorted().reduce(0.0) { bits, position in
          defer { last = position }
          return bits + Double(BitPacking.width(of: UInt32(position - last)))
        }
    }
  }

  @Test(arguments: [UInt64(491), 492])
  func documentsOfOneTopicComeTogether(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let (topic, lists) = topics(&random)
    let order = GraphBisection.order(ForwardIndex(documents: topic.count, lists: lists))
    #expect(order.sorted() == Array(0..<UInt32(topic.count)), "a permutation")
    let before = bits(lists, Array(0..<UInt32(topic.count)))
    let byTopic = bits(lists, topic.indices.sorted { topic[$0] < topic[$1] }.map(UInt32.init))
    let after = bits(lists, order)
    #expect(after < before && after - byTopic < (before - byTopic) / 4, "\(before) \(after) \(byTopic)")
    #expect(GraphBisection.order(ForwardIndex(documents: topic.count, lists: lists)) == order, "the same again")
  }

  @Test func fewDocumentsStayAsTheyAre() {
    for count in [0, 1, 2, 16] {
      let lists = [(0..<UInt32(count)).filter { $0 % 2 == 0 }]
      #expect(GraphBisection.order(ForwardIndex(documents: count, lists: lists)) == Array(0..<UInt32(count)))
    }
  }

  @Test func theForwardIndexIsTheListsTurnedRound() {
    var random = SeededRandom(seed: 493)
    let (topic, lists) = topics(&random)
    let index = ForwardIndex(documents: topic.count, lists: lists)
    for document in topic.indices {
      let terms = index.range(UInt32(document)).map { index.term($0) }
      #expect(terms == lists.indices.filter { lists[$0].contains(UInt32(document)) })
    }
  }
}

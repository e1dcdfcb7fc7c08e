import TestSupport
import Testing

@testable import TextSearch

/// The merge policy by itself, on sizes alone.
@Suite struct MergePolicyTests {
  /// An index of sizes only.
  private struct Simulation {
    let policy = MergePolicy()
    var items: [MergePolicy.Item] = []
    /// Sizes of everything that was written, and of what was added.
    var written: UInt64 = 0
    var added: UInt64 = 0
    var maximumSegments = 0
    /// Documents that were ever deleted, in sizes.
    var deleted: UInt64 = 0

    mutating func commit(documents: Int, tokens: UInt64) {
      let item = MergePolicy.Item(tokens: tokens, documents: documents, deleted: 0)
      items.append(item)
      written += item.size
      added += item.size
      items.removeAll { $0.documents == 0 }
      for group in policy.groups(items).reversed() where group.count > 0 {
        let members = group.map { items[$0] }
        var merged = MergePolicy.Item(tokens: 0, documents: members.reduce(0) { $0 + $1.documents }, deleted: 0)
        merged.size = members.reduce(0) { $0 + $1.size }
        items[group[0]] = merged
        for index in group.dropFirst() { items[index].documents = -1 }
        written += merged.size
      }
      items.removeAll { $0.documents < 0 }
      maximumSegments = max(maximumSegments, items.count)
    }

    mutating func delete(_ count: Int, from index: Int) {
      let count = min(count, items[index].documents)
      guard count > 0 else { return }
      let share = items[index].size / UInt64(items[index].documents) * UInt64(count)
      items[index].size -= share
      items[index].documents -= count
      items[index].deleted += count
      deleted += share
    }

    /// Levels that sizes up to the largest take.
    var levels: Int { policy.level(items.map(\.size).reduce(0, +)) + 1 }
  }

  @Test(arguments: [UInt64(2201), 2202, 2203])
  func segmentsStayFewAndBytesAreWrittenSeldom(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var index = Simulation()
    let maximum = random.pick([1, 10, 3000])
    for commit in 0..<10_000 {
      let documents = random.integer(1...maximum)
      index.commit(documents: documents, tokens: UInt64(documents * random.integer(20...900)))
      #expect(index.items.count <= 7 * index.levels, "seed \(seed), commit \(commit)")
    }
    // Once for each level, but for the lowest, where a commit costs no more than the level is high.
    let bound = index.added * UInt64(index.levels) + 10_000 * MergePolicy.lowest
    #expect(index.written <= bound, "seed \(seed): \(Double(index.written) / Double(index.added)) times")
    #expect(index.maximumSegments <= 7 * index.levels)
    #expect(Double(index.written) / Double(index.added) < Double(index.levels) + 1, "seed \(seed)")
  }

  @Test(arguments: [UInt64(2211), 2212])
  func deletionsArePaidByWhatTheyDelete(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var index = Simulation()
    for commit in 0..<10_000 {
      let documents = random.integer(1...40)
      index.commit(documents: documents, tokens: UInt64(documents * 300))
      for item in index.items.indices where random.integer(0...3) == 0 {
        index.delete(random.integer(0...30), from: item)
      }
      #expect(index.items.count <= 7 * (index.policy.level(index.added) + 1), "seed \(seed), commit \(commit)")
    }
    // A segment is written anew when a third of it is deleted: two for each one deleted, on every level at most.
    let bound =
      (index.added + 2 * index.deleted) * UInt64(index.policy.level(index.added) + 1) + 10_000 * MergePolicy.lowest
    #expect(index.written <= bound, "seed \(seed)")
  }

  @Test func groupsArePartsOfTheSegments() {
    var random = SeededRandom(seed: 2221)
    for _ in 0..<500 {
      let items = (0..<random.integer(0...60)).map { _ in
        let documents = random.integer(1...100)
        return MergePolicy.Item(
          tokens: UInt64(random.integer(0...1 << random.integer(0...40))), documents: documents,
          deleted: random.integer(0...9) == 0 ? random.integer(0...documents - 1) : 0)
      }
      let groups = MergePolicy().groups(items)
      let all = groups.flatMap { $0 }
      #expect(Set(all).count == all.count && all.allSatisfy { items.indices.contains($0) })
      #expect(groups.allSatisfy { $0 == $0.sorted() && ($0.count >= 8 || $0.count == 1) })
      #expect(MergePolicy().groups(items) == groups)
      let small = MergePolicy(maximumDocuments: 500).groups(items)
      #expect(small.allSatisfy { group in group.reduce(0) { $0 + items[$1].documents } <= 500 || group.count == 1 })
    }
    #expect(MergePolicy().groups([]) == [])
  }

  @Test func eightOfALevelBecomeOne() {
    let item = MergePolicy.Item(tokens: 100, documents: 1, deleted: 0)
    #expect(item.size == 116)
    #expect(MergePolicy().groups([MergePolicy.Item](repeating: item, count: 7)) == [])
    #expect(MergePolicy().groups([MergePolicy.Item](repeating: item, count: 8)) == [Array(0..<8)])
    let half = MergePolicy.Item(tokens: 1000, documents: 10, deleted: 5)
    #expect(half.size == 580 && half.documents == 5)
    #expect(MergePolicy().groups([item, half, item]) == [[1]])
    #expect(MergePolicy().groups([MergePolicy.Item(tokens: 1000, documents: 10, deleted: 3)]) == [])
  }
}

/// The policy that chooses the segments to merge: the article `LifeCycle` explains why, with the bounds.
///
/// A segment has a level by its size; the sizes of a level are `fanout` times those of the level below. `fanout` segments
/// of one level are merged into one of a higher level. The decision depends on the sizes alone.
struct MergePolicy: Sendable {
  /// The size of a segment and its numbers of documents.
  struct Item: Sendable, Equatable {
    /// Tokens and `documentSize` for each document, live ones: what a merge has to write. Adds up exactly.
    var size: UInt64
    var documents: Int
    var deleted: Int

    /// - Parameter deleted: documents whose share of the tokens is not known: they take their part of all.
    init(tokens: UInt64, documents: Int, deleted: Int) {
      let whole = tokens + MergePolicy.documentSize * UInt64(documents)
      self.documents = documents - deleted
      self.deleted = deleted
      let live = whole.multipliedFullWidth(by: UInt64(documents - deleted))
      size = documents == 0 ? 0 : UInt64(documents).dividingFullWidth(live).quotient
    }
  }

  static let documentSize: UInt64 = 16
  /// Sizes of the lowest level are below this: segments of a few documents.
  static let lowest: UInt64 = 1 << 12
  /// Segments that make one of the next level.
  let fanout: Int
  /// Maximum number of documents of a segment.
  let maximumDocuments: Int

  init(fanout: Int = 8, maximumDocuments: Int = Int(Int32.max)) {
    (self.fanout, self.maximumDocuments) = (fanout, maximumDocuments)
  }

  /// The level of a size.
  func level(_ size: UInt64) -> Int {
    var level = 0
    var quotient = size / MergePolicy.lowest
    while quotient > 0 {
      level += 1
      quotient /= UInt64(fanout)
    }
    return level
  }

  /// A segment of a third or more deleted documents is written anew, if need be alone.
  private func isWasteful(_ item: Item) -> Bool { 2 * item.deleted >= item.documents && item.deleted > 0 }

  /// A segment, or several that will be one.
  private struct Pile {
    var members: [Int]
    var size: UInt64
    var documents: Int
    var level: Int
  }

  /// Returns the indices of the segments that are to become one, group by group, ascending; most often none.
  func groups(_ items: [Item]) -> [[Int]] {
    var piles = items.enumerated().map { index, item in
      Pile(members: [index], size: item.size, documents: item.documents, level: level(item.size))
    }
    var lowest = 0
    while let full = (lowest...(piles.map(\.level).max() ?? 0) + 1).lazy.compactMap({ take($0, piles) }).first {
      let members = full.map { piles[$0] }
      lowest = members[0].level
      for index in full.reversed() { piles.remove(at: index) }
      piles.append(union(members))
    }
    let wasteful = piles.filter { $0.members.count > 1 || isWasteful(items[$0.members[0]]) }
    return wasteful.map { $0.members.sorted() }.sorted { $0[0] < $1[0] }
  }

  /// Returns the smallest `fanout` piles of a level; nil if it has fewer. Of equal ones the first come first.
  private func take(_ level: Int, _ piles: [Pile]) -> [Int]? {
    let all = piles.indices.filter { piles[$0].level == level }
    guard all.count >= fanout else { return nil }
    let taken = all.sorted { (piles[$0].size, $0) < (piles[$1].size, $1) }.prefix(fanout)
    guard taken.reduce(0, { $0 + piles[$1].documents }) <= maximumDocuments else { return nil }
    return taken.sorted()
  }

  /// Returns the union of the piles of a level; its level is higher, except for the lowest level.
  private func union(_ piles: [Pile]) -> Pile {
    let size = piles.reduce(0) { $0 + $1.size }
    return Pile(
      members: piles.flatMap(\.members), size: size, documents: piles.reduce(0) { $0 + $1.documents },
      level: level(size))
  }
}

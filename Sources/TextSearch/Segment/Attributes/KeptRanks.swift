import Synchronization

/// Ranks in orders that are not those of the files, kept for later searches of a segment: of an attribute's values by their ordinals,
/// or of the documents by the text of a field.
final class KeptRanks: Sendable {
  /// What is ranked, and the order.
  struct Order: Hashable, Sendable {
    /// Name of the attribute or of the field.
    let name: String
    let isField: Bool
    /// Number of the order, as the caller counts them.
    let number: UInt8
  }

  /// Maximum number of orders that are kept.
  private static let maximumOrders = 8
  /// All are ranked, and the ranks kept, once searches have needed one in this many.
  private static let minimumShare = 4

  private let kept = Mutex<[(order: Order, ranks: [UInt32])]>([])
  /// Texts that searches have ranked for themselves alone.
  private let needed = Mutex<[Order: Int]>([:])

  /// Notes that a search needs `count` of `total` ranks that are not kept. Returns whether it is to make all: so no number of searches
  /// ranks much more than all texts.
  func needsAll(_ order: Order, count: Int, of total: Int) -> Bool {
    needed.withLock { needed in
      needed[order, default: 0] += count
      return needed[order, default: 0] >= total / KeptRanks.minimumShare
    }
  }

  /// Returns the ranks in an order; nil if none are kept.
  func ranks(_ order: Order) -> [UInt32]? {
    kept.withLock { kept in kept.first { $0.order == order }?.ranks }
  }

  /// Keeps ranks; of too many orders the first kept is dropped.
  func keep(_ ranks: [UInt32], _ order: Order) {
    kept.withLock { kept in
      kept.removeAll { $0.order == order }
      if kept.count == KeptRanks.maximumOrders { kept.removeFirst() }
      kept.append((order, ranks))
    }
  }
}

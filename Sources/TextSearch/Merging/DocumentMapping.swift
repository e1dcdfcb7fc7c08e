/// The numbers of the live documents of several segments in the merged one.
struct DocumentMapping: Sendable {
  /// A document that is not in the merged segment.
  static let none = UInt32.max

  struct Origin: Sendable, Equatable, BitwiseCopyable {
    var source: UInt32
    var document: UInt32
  }

  /// The origins of the merged documents, in their order.
  private(set) var origins: [Origin]
  /// The new number of each document of each source.
  private(set) var numbers: [[UInt32]]
  /// Whether the new numbers of a source's documents are in the order of the old ones.
  private(set) var isAscending: [Bool]
  /// The rank of each document in the order of the keys; nil where it is its number.
  private(set) var ranks: [UInt32]?

  var count: Int { origins.count }

  /// Puts the live documents into the order of their keys.
  init(byKey sources: [SegmentMerger.Source]) throws(SearchError) {
    let count = sources.reduce(0) { $0 + $1.segment.documentCount - $1.deleted.count }
    guard count <= SegmentLayout.maximumDocuments else {
      throw .limit(what: "documents of one segment", value: count, maximum: SegmentLayout.maximumDocuments)
    }
    var numbers = sources.map { [UInt32](repeating: DocumentMapping.none, count: $0.segment.documentCount) }
    var keys = try MergedKeys(sources)
    var next: UInt32 = 0
    while try keys.next() {
      guard numbers[keys.source][Int(keys.document)] == DocumentMapping.none else {
        let segment = sources[keys.source].segment
        let reason = "document \(keys.document) has two keys"
        throw segment.keyRanks.corrupt(rankOf: keys.document, reason).inFile(segment.path)
      }
      numbers[keys.source][Int(keys.document)] = next
      next += 1
    }
    self.init(numbers: numbers)
  }

  /// Creates a mapping of numbers below their count, each once.
  init(numbers: [[UInt32]]) {
    self.numbers = numbers
    isAscending = numbers.map { own in
      var next: UInt32 = 0
      for number in own where number != DocumentMapping.none {
        guard number >= next else { return false }
        next = number + 1
      }
      return true
    }
    let count = numbers.reduce(0) { $0 + $1.count { $0 != DocumentMapping.none } }
    origins = [Origin](repeating: Origin(source: 0, document: 0), count: count)
    for (source, own) in numbers.enumerated() {
      for (document, number) in own.enumerated() where number != DocumentMapping.none {
        origins[Int(number)] = Origin(source: UInt32(source), document: UInt32(document))
      }
    }
  }

  /// Puts the documents into another order: the one at `order[i]` becomes document i.
  mutating func reorder(_ order: [UInt32]) {
    precondition(order.count == count && ranks == nil, "an order names every document once")
    origins = order.map { origins[Int($0)] }
    ranks = order
    isAscending = numbers.map { _ in false }
    for (number, origin) in origins.enumerated() { numbers[Int(origin.source)][Int(origin.document)] = UInt32(number) }
  }
}

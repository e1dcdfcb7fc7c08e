/// The numbers of the live documents of several segments in the merged one.
struct DocumentMapping: Sendable {
  /// A document that is not in the merged segment.
  static let none = UInt32.max

  struct Origin: Sendable, Equatable, BitwiseCopyable {
    var source: UInt32
    var document: UInt32
  }

  /// The origins of the merged documents, in their order.
  private(set) var origins: [Origin] = []
  /// The new number of each document of each source.
  private(set) var numbers: [[UInt32]]

  /// The rank of each document in the order of the keys; nil where it is its number.
  private(set) var ranks: [UInt32]?

  var count: Int { origins.count }

  /// Puts the live documents into the order of their keys.
  init(byKey sources: [SegmentMerger.Source]) throws(SearchError) {
    numbers = sources.map { [UInt32](repeating: DocumentMapping.none, count: $0.segment.documentCount) }
    var keys = try MergedKeys(sources)
    while try keys.next() {
      guard origins.count < SegmentLayout.maximumDocuments else {
        throw .limit(
          what: "documents of one segment", value: origins.count + 1, maximum: SegmentLayout.maximumDocuments)
      }
      numbers[keys.source][Int(keys.document)] = UInt32(origins.count)
      origins.append(Origin(source: UInt32(keys.source), document: keys.document))
    }
  }

  /// Puts the documents into another order: the one at `order[i]` becomes document i.
  mutating func reorder(_ order: [UInt32]) {
    precondition(order.count == count && ranks == nil, "an order names every document once")
    origins = order.map { origins[Int($0)] }
    ranks = order
    for (number, origin) in origins.enumerated() { numbers[Int(origin.source)][Int(origin.document)] = UInt32(number) }
  }
}

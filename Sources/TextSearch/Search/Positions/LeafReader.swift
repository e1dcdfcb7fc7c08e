/// Reads the saturation input of a leaf in one document at a time, from positions: the definition of phrases and fields.
///
/// A class: as a structure it would be copied, reference by reference, for each document.
final class LeafReader {
  private let leaf: QueryPlan.Leaf
  private let context: SegmentContext
  /// The lists of each word, in dictionary order.
  let words: [[PositionSource]]
  /// Weights of fields; nil where all occurrences count 1.
  private let fields: FieldWeights?
  private let exact: ExactPhrase?
  /// Not all lists of a phrase's words have full weight.
  private let hasWeights: Bool

  init(_ leaf: QueryPlan.Leaf, _ context: SegmentContext) throws(SearchError) {
    self.leaf = leaf
    self.context = context
    fields = try context.fieldWeights(leaf)
    var words: [[PositionSource]] = []
    for word in leaf.words {
      var sources: [PositionSource] = []
      for list in try context.lists(word) { sources.append(try PositionSource(list, context.segment)) }
      words.append(sources)
    }
    self.words = words
    hasWeights = leaf.isPhrase && words.joined().contains { $0.list.agreement < 1 }
    exact = leaf.isPhrase && leaf.slop == 0 && fields == nil ? ExactPhrase(words) : nil
  }

  /// Returns the saturation input of a document; 0 if it does not match.
  func input(_ document: UInt32) throws(SearchError) -> Float {
    if leaf.isPhrase { return try phraseInput(document) }
    let ranges = try ranges(document)
    var input: Float = 0
    for source in words[0] where try source.find(document) {
      let frequency = ranges?.frequency(source.positions) ?? Float(source.positions.count)
      input += source.weight * frequency * (try lengthNorm(source.list.language, document))
    }
    return input > 0 && context.isConstant(leaf) ? 1 : input
  }

  private func phraseInput(_ document: UInt32) throws(SearchError) -> Float {
    let norms = try context.pairNorms(document)
    guard let found = try exact?.find(document) else {
      let found = try frequency(try positions(document), document) { PhraseMatcher.frequency($0, slop: leaf.slop) }
      return try agreement(document) * found.input(norms)
    }
    let frequency =
      found.isVietnamese
      ? SplitFrequency(other: 0, vietnamese: found.frequency) : SplitFrequency(other: found.frequency, vietnamese: 0)
    return try agreement(document) * frequency.input(norms)
  }

  /// Returns the agreement of a phrase in a document: the minimum over its words of the greatest weight of the lists that hold it.
  private func agreement(_ document: UInt32) throws(SearchError) -> Float {
    guard hasWeights else { return 1 }
    var agreement: Float = 1
    for sources in words {
      var greatest: Float = 0
      for source in sources where try source.find(document) { greatest = max(greatest, source.list.agreement) }
      agreement = min(agreement, greatest)
    }
    return agreement
  }

  /// Returns what `count` finds of some words in a document, by the weights of its fields.
  private func frequency(
    _ words: [WordPositions], _ document: UInt32, _ count: ([WordPositions]) -> SplitFrequency
  ) throws(SearchError) -> SplitFrequency {
    try ranges(document)?.frequency(words, count) ?? count(words)
  }

  /// Counts the occurrences of the leaf's word that another's follow at once, by the weights of the document's fields.
  func frequency(
    _ first: WordPositions, followedBy second: WordPositions, in document: UInt32
  ) throws(SearchError) -> SplitFrequency {
    try frequency([first, second], document) { $0[0].followed(by: $0[1]) }
  }

  /// Returns the positions of each word, within the fields that count; none for words that the document does not hold there.
  func positions(_ document: UInt32) throws(SearchError) -> [WordPositions] {
    let ranges = try ranges(document)
    var positions: [WordPositions] = []
    for sources in words {
      var word = WordPositions()
      for source in sources where try source.find(document) {
        let own = ranges.map { fields in source.positions.filter { fields.contains($0) } } ?? source.positions
        word.add(own, source.list.language, isFrequent: source.list.isFrequent)
      }
      positions.append(word)
    }
    return positions
  }

  var needsPositions: Bool { fields != nil }

  /// Returns 1 / K of a document in a language.
  func lengthNorm(_ language: Language, _ document: UInt32) throws(SearchError) -> Float {
    context.lengthNorms[language][Int(try context.segment.lengthCode(document))]
  }

  /// Returns the ranges of a document's fields that count; nil where all occurrences count 1.
  func ranges(_ document: UInt32) throws(SearchError) -> [FieldWeights.FieldRange]? { try fields?.ranges(document) }
}

extension SplitFrequency {
  /// Returns the saturation input of a phrase, in these operations: 0 * norm is added where a part is missing.
  @inline(__always)
  func input(_ norms: PairNorms) -> Float { other * norms.other + vietnamese * norms.vietnamese }
}

/// Finds a phrase whose words follow each other at once, in documents where one list of each word holds it: without
/// allocating anything for a document.
private final class ExactPhrase {
  private let words: [[PositionSource]]
  /// Positions at which the phrase may start, by the words that were looked at.
  private var starts = GrowableBuffer<UInt32>(capacity: 64)

  init(_ words: [[PositionSource]]) { self.words = words }

  /// Returns the frequency of the phrase in a document, and whether its words are all in Vietnamese lists; nil where several
  /// lists of a word hold the document.
  func find(_ document: UInt32) throws(SearchError) -> (frequency: Float, isVietnamese: Bool)? {
    var isVietnamese = true
    for word in words.indices {
      let holder: PositionSource
      switch try holders(words[word], document) {
      // No occurrence without the word.
      case .none: return (0, isVietnamese)
      case .one(let source): holder = source
      case .several: return nil
      }
      isVietnamese = isVietnamese && holder.isVietnamese
      if word == 0 {
        holder.copyPositions(to: &starts)
      } else {
        holder.keep(&starts, before: UInt32(word))
      }
      if starts.isEmpty { return (0, isVietnamese) }
    }
    return (Float(starts.count), isVietnamese)
  }

  private enum Holders {
    case none, several
    case one(PositionSource)
  }

  /// Returns which lists of a word hold a document; its positions in the last of them have been read.
  @inline(__always)
  private func holders(_ sources: [PositionSource], _ document: UInt32) throws(SearchError) -> Holders {
    if sources.count == 1 { return try sources[0].find(document) ? .one(sources[0]) : .none }
    var holder: PositionSource?
    for source in sources where try source.find(document) {
      if holder != nil { return .several }
      holder = source
    }
    return holder.map(Holders.one) ?? .none
  }
}

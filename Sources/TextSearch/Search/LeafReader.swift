/// What a leaf of a query tree makes of one document at a time, from positions: the definition of phrases and fields.
///
/// A class: as a structure it would be copied, reference by reference, for each document.
final class LeafReader {
  private let leaf: TreePlan.Leaf
  let segment: Segment
  /// The lists of each word, in dictionary order.
  let words: [[PositionSource]]
  /// Where occurrences count; nil where all count 1.
  private let fields: FieldWeights?
  private let exact: ExactPhrase?
  let lengthNorms: [[Float]]

  init(
    _ leaf: TreePlan.Leaf, _ segment: Segment, _ lengthNorms: [[Float]], _ fields: FieldWeights?, inflection: Float
  ) throws(SearchError) {
    self.leaf = leaf
    self.segment = segment
    self.lengthNorms = lengthNorms
    self.fields = fields
    var words: [[PositionSource]] = []
    for word in leaf.words {
      var sources: [PositionSource] = []
      for list in try segment.lists(word, inflection: inflection) {
        sources.append(try PositionSource(list, segment))
      }
      words.append(sources)
    }
    self.words = words
    exact = leaf.isPhrase && leaf.slop == 0 && fields == nil ? ExactPhrase(words) : nil
  }

  /// x of a document; 0 if it does not match.
  func x(_ document: UInt32) throws(SearchError) -> Float {
    let code = Int(try segment.lengthCode(document))
    if leaf.isPhrase { return try phraseX(document, code) }
    let stretches = try stretches(document)
    var x: Float = 0
    for source in words[0] where try source.find(document) {
      let frequency = stretches?.frequency(source.positions) ?? Float(source.positions.count)
      x += source.weight * frequency * lengthNorms[Int(source.list.language.rawValue)][code]
    }
    return x
  }

  private func phraseX(_ document: UInt32, _ code: Int) throws(SearchError) -> Float {
    let lengthNorm = (
      other: lengthNorms[Int(Language.french.rawValue)][code],
      vietnamese: lengthNorms[Int(Language.vietnamese.rawValue)][code]
    )
    guard let found = try exact?.find(document) else {
      let found = try frequency(try positions(document), document) { PhraseMatcher.frequency($0, slop: leaf.slop) }
      return found.other * lengthNorm.other + found.vietnamese * lengthNorm.vietnamese
    }
    // As the general way adds: 0 for the other part.
    return found.isVietnamese
      ? 0 * lengthNorm.other + found.frequency * lengthNorm.vietnamese
      : found.frequency * lengthNorm.other + 0 * lengthNorm.vietnamese
  }

  /// What `count` finds of some words in a document, by the weights of its fields.
  private func frequency(
    _ words: [WordPositions], _ document: UInt32, _ count: ([WordPositions]) -> SplitFrequency
  ) throws(SearchError) -> SplitFrequency {
    try stretches(document)?.frequency(words, count) ?? count(words)
  }

  /// How often the leaf's word is followed by another's at once, by the weights of the document's fields.
  func frequency(
    _ first: WordPositions, followedBy second: WordPositions, in document: UInt32
  ) throws(SearchError) -> SplitFrequency {
    try frequency([first, second], document) { $0[0].followed(by: $0[1]) }
  }

  /// Where each word stands, within the fields that count; empty for words that the document does not hold there.
  func positions(_ document: UInt32) throws(SearchError) -> [WordPositions] {
    let stretches = try stretches(document)
    var positions: [WordPositions] = []
    for sources in words {
      var word = WordPositions()
      for source in sources where try source.find(document) {
        let own = stretches.map { fields in source.positions.filter { fields.contains($0) } } ?? source.positions
        word.add(own, source.list.language)
      }
      positions.append(word)
    }
    return positions
  }

  var needsPositions: Bool { fields != nil }

  /// The fields of a document that count; nil where all occurrences count 1.
  func stretches(_ document: UInt32) throws(SearchError) -> [FieldWeights.Stretch]? {
    try fields?.stretches(document)
  }
}

/// Finds a phrase whose words follow each other at once, in documents where one list of each word holds it: without
/// allocating anything for a document.
private final class ExactPhrase {
  private let words: [[PositionSource]]
  /// Where the phrase may begin, as far as its words have been looked at.
  private var starts = GrowableBuffer<UInt32>(capacity: 64)

  init(_ words: [[PositionSource]]) { self.words = words }

  /// How often the document holds the phrase, and whether in Vietnamese lists alone; nil where several lists of a word
  /// hold it.
  func find(_ document: UInt32) throws(SearchError) -> (frequency: Float, isVietnamese: Bool)? {
    var isVietnamese = true
    for place in words.indices {
      let holder: PositionSource
      switch try holders(words[place], document) {
      // No occurrence without the word.
      case .none: return (0, isVietnamese)
      case .one(let source): holder = source
      case .several: return nil
      }
      isVietnamese = isVietnamese && holder.isVietnamese
      if place == 0 {
        holder.copyPositions(to: &starts)
      } else {
        holder.keep(&starts, before: UInt32(place))
      }
      if starts.isEmpty { return (0, isVietnamese) }
    }
    return (Float(starts.count), isVietnamese)
  }

  private enum Holders {
    case none, several
    case one(PositionSource)
  }

  /// The lists of a word that hold a document; positions of it have been read.
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

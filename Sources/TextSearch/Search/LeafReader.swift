/// What a leaf of a query tree makes of one document at a time, from positions: the definition of phrases and fields.
struct LeafReader {
  private let leaf: TreePlan.Leaf
  let segment: Segment
  /// The lists of each word, in dictionary order.
  let words: [[PositionSource]]
  private let field: Int?
  private let buffers: PhraseBuffers
  let normalizers: [[Float]]

  init(
    _ leaf: TreePlan.Leaf, _ segment: Segment, _ normalizers: [[Float]], inflection: Float
  ) throws(SearchError) {
    self.leaf = leaf
    self.segment = segment
    self.normalizers = normalizers
    field = try leaf.field.map { (name) throws(SearchError) in try LeafReader.field(name, segment) }
    var words: [[PositionSource]] = []
    for word in leaf.words {
      var sources: [PositionSource] = []
      for list in try segment.lists(word, inflection: inflection) {
        sources.append(try PositionSource(list, segment))
      }
      words.append(sources)
    }
    self.words = words
    buffers = PhraseBuffers(words.count)
  }

  static func field(_ name: String, _ segment: Segment) throws(SearchError) -> Int {
    guard let number = segment.fields.firstIndex(of: name) else {
      throw .unknownField(name: name, known: segment.fields)
    }
    return number
  }

  /// x of a document; 0 if it does not match.
  func x(_ document: UInt32) throws(SearchError) -> Float {
    let code = Int(try segment.lengthCode(document))
    if leaf.isPhrase { return try phraseX(document, code) }
    let range = try range(document)
    var x: Float = 0
    for source in words[0] where try source.find(document) {
      let count = range.map { range in source.positions.count { range.contains($0) } } ?? source.positions.count
      x += source.weight * Float(count) * normalizers[Int(source.list.language.rawValue)][code]
    }
    return x
  }

  private func phraseX(_ document: UInt32, _ code: Int) throws(SearchError) -> Float {
    let normalizer = (
      other: normalizers[Int(Language.french.rawValue)][code],
      vietnamese: normalizers[Int(Language.vietnamese.rawValue)][code]
    )
    guard field == nil, let isVietnamese = try fillBuffers(document) else {
      return PhraseMatcher.x(try positions(document), slop: leaf.slop, normalizer)
    }
    let frequency = PhraseMatcher.frequency(buffers.positions, slop: leaf.slop)
    // As the general way adds: 0 for the other part.
    return isVietnamese
      ? 0 * normalizer.other + frequency * normalizer.vietnamese
      : frequency * normalizer.other + 0 * normalizer.vietnamese
  }

  /// Reads the positions of each word, where one list of each holds the document; nil where several do. Tells whether all
  /// of them are Vietnamese.
  private func fillBuffers(_ document: UInt32) throws(SearchError) -> Bool? {
    var vietnamese = 0
    for word in words.indices {
      buffers.positions[word].removeAll(keepingCapacity: true)
      var isFound = false
      for source in words[word] where try source.find(document) {
        if isFound { return nil }
        isFound = true
        source.appendPositions(to: &buffers.positions[word])
        if source.list.language == .vietnamese { vietnamese += 1 }
      }
      // No occurrence without the word.
      if !isFound { break }
    }
    return vietnamese == words.count
  }

  /// Where each word stands, within the field; empty for words that the document does not hold there.
  func positions(_ document: UInt32) throws(SearchError) -> [WordPositions] {
    let range = try range(document)
    var positions: [WordPositions] = []
    for sources in words {
      var word = WordPositions()
      for source in sources where try source.find(document) {
        let own = range.map { range in source.positions.filter { range.contains($0) } } ?? source.positions
        word.add(own, source.list.language)
      }
      positions.append(word)
    }
    return positions
  }

  func range(_ document: UInt32) throws(SearchError) -> Range<UInt32>? {
    try field.map { (field) throws(SearchError) in try segment.positions(of: field, in: document) }
  }
}

/// Positions of a phrase's words, kept from document to document so that none is allocated for each.
private final class PhraseBuffers {
  var positions: [[UInt32]]

  init(_ words: Int) { positions = [[UInt32]](repeating: [], count: words) }
}

/// What a leaf of a query tree makes of one document at a time, from positions: the definition of phrases and fields.
struct LeafReader {
  private let leaf: TreePlan.Leaf
  let segment: Segment
  /// The lists of each word, in dictionary order.
  let words: [[PositionSource]]
  private let field: Int?
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
    guard !leaf.isPhrase else {
      let positions = try positions(document)
      let normalizer = (
        other: normalizers[Int(Language.french.rawValue)][code],
        vietnamese: normalizers[Int(Language.vietnamese.rawValue)][code]
      )
      return PhraseMatcher.x(positions, slop: leaf.slop, normalizer)
    }
    let range = try range(document)
    var x: Float = 0
    for source in words[0] where try source.find(document) {
      let count = range.map { range in source.positions.count { range.contains($0) } } ?? source.positions.count
      x += source.weight * Float(count) * normalizers[Int(source.list.language.rawValue)][code]
    }
    return x
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

/// A verifier of the hashes of the titles of a segment's documents.
struct TitlesVerifier {
  private let segment: Segment

  init(_ segment: Segment) { self.segment = segment }

  /// Compares the table with one made of its own entries, and of the stored titles if there are any.
  ///
  /// - Throws: `SearchError.corrupt` for the first problem.
  func verify() throws(SearchError) {
    let section = try segment.region(.titles)
    var hashes = [UInt64](repeating: TitleTable.none, count: segment.documentCount)
    for group in 0..<TitleTable.groups {
      try segment.titles.forEach(inGroup: group) { (hash, document) throws(SearchError) in
        guard hashes[Int(document)] == TitleTable.none else {
          throw section.corrupt(at: 0, "document \(document) has two titles")
        }
        hashes[Int(document)] = hash
      }
    }
    var writer = TitleTableWriter()
    for (document, hash) in hashes.enumerated() { writer.add(hash, document: UInt32(document)) }
    var expected = ByteWriter()
    try writer.write(to: &expected)
    try SegmentVerifier.require(expected, section, "the titles are not in their only valid encoding")
    guard segment.storedFields.contains(TitleTable.field) else { return }
    for document in hashes.indices {
      let title = try segment.stored(UInt32(document)).text(TitleTable.field) ?? ""
      guard hashes[document] == TitleTable.hash(of: TitleLetters.of(title)) else {
        throw section.corrupt(at: 0, "the hash of document \(document) differs from its title's")
      }
    }
  }
}

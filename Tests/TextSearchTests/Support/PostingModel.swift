import TestSupport

@testable import TextSearch

/// A posting list as plain arrays, and its encoding.
struct PostingModel: Sendable {
  struct Posting: Equatable, Sendable {
    var document: UInt32
    var length: UInt8
    var positions: [UInt32]
    /// Ordinals of the forms that the document holds.
    var forms: [UInt32] = []

    var frequency: UInt32 { UInt32(positions.count) }
  }

  var postings: [Posting] = []
  var documentLimit: UInt32 = 0
  /// The key's forms; none where they are not kept.
  var forms: [[UInt8]] = []
  var keepsNeighbours = false

  var positionCount: UInt64 { postings.reduce(0) { $0 + UInt64($1.positions.count) } }

  /// A random list: `gap` is the maximum distance of two documents, `maximum` the maximum number of positions in one.
  init(count: Int, gap: Int, maximum: Int, _ random: inout SeededRandom) {
    var document = random.integer(0...gap)
    for _ in 0..<count {
      var position = random.integer(0...5)
      var positions: [UInt32] = []
      let frequency =
        random.integer(0...20) == 0 ? random.integer(1...max(1, 20 * maximum)) : random.integer(1...maximum)
      for _ in 0..<frequency {
        positions.append(UInt32(position))
        position += 1 + (random.integer(0...9) == 0 ? random.integer(0...100_000) : random.integer(0...40))
      }
      postings.append(Posting(document: UInt32(document), length: UInt8(random.integer(0...255)), positions: positions))
      document += 1 + random.integer(0...gap)
    }
    documentLimit = UInt32(document + random.integer(0...3))
  }

  static let key = Array("mot".utf8)

  /// Draws `count` forms of the key, and for every document a set of them: mostly the first one.
  mutating func addForms(_ count: Int, _ random: inout SeededRandom) {
    forms = (0..<count).map { PostingModel.key + Array(String($0 + 1000).utf8) }
    for index in postings.indices {
      var set: Set<UInt32> = [random.integer(0...3) == 0 ? UInt32(random.integer(0...count - 1)) : 0]
      while random.integer(0...5) == 0 { set.insert(UInt32(random.integer(0...count - 1))) }
      postings[index].forms = set.sorted()
    }
  }

  func append(to writer: inout PostingListWriter, inline: inout ByteWriter) -> PostingList {
    writer.begin(
      documents: postings.count, positions: positionCount, forms: forms.count, keepsNeighbours: keepsNeighbours)
    for posting in postings {
      writer.add(document: posting.document, frequency: posting.frequency, length: posting.length)
      for position in posting.positions {
        writer.add(position: position, neighbours: PostingModel.neighbours(position, posting.document))
      }
      for form in posting.forms { writer.add(form: form) }
      writer.endDocument()
    }
    return writer.end(inline: &inline, forms: forms, key: PostingModel.key).list
  }

  /// Made-up codes of the words beside an occurrence.
  static func neighbours(_ position: UInt32, _ document: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: (position &* 31 ^ document) &* 0x9E37 >> 5)
  }

  /// The first document at or after `target`.
  func first(from target: UInt32) -> UInt32 { postings.first { $0.document >= target }?.document ?? PostingCursor.end }

  func posting(_ document: UInt32) -> Posting? { postings.first { $0.document == document } }
}

/// Several lists in one set of sections, as in a segment.
struct EncodedLists {
  var lists: [PostingList] = []
  var inline: [[UInt8]] = []
  var sections: PostingSections

  /// The lists of one segment of `documentLimit` documents.
  init(_ models: [PostingModel], documentLimit: UInt32) throws {
    var writer = PostingListWriter(documents: Int(documentLimit))
    for model in models {
      var inline = ByteWriter()
      lists.append(model.append(to: &writer, inline: &inline))
      self.inline.append(MappedBytes.array(inline))
    }
    sections = try EncodedLists.sections(
      [
        MappedBytes.array(writer.postings), MappedBytes.array(writer.blocks), MappedBytes.array(writer.positions),
        MappedBytes.array(writer.forms), MappedBytes.array(writer.codes),
        MappedBytes.array(writer.neighbours),
      ])
  }

  /// Sections of postings, blocks, positions, forms, codes and neighbours.
  static func sections(_ parts: [[UInt8]]) throws -> PostingSections {
    PostingSections(
      postings: try MappedBytes.region(parts[0]), blocks: try MappedBytes.region(parts[1]),
      positions: try MappedBytes.region(parts[2]), forms: try MappedBytes.region(parts[3]),
      codes: try MappedBytes.region(parts[4]), neighbours: try MappedBytes.region(parts[5]))
  }

  func sections(of index: Int) throws -> PostingSections {
    var own = sections
    if lists[index].isInline { own.postings = try MappedBytes.region(inline[index]) }
    return own
  }
}

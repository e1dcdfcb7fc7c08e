import TestSupport

@testable import TextSearch

/// A posting list as plain arrays, and its encoding.
struct PostingModel: Sendable {
  struct Posting: Equatable, Sendable {
    var document: UInt32
    var length: UInt8
    var positions: [UInt32]

    var frequency: UInt32 { UInt32(positions.count) }
  }

  var postings: [Posting] = []
  var documentLimit: UInt32 = 0

  var positionCount: UInt64 { postings.reduce(0) { $0 + UInt64($1.positions.count) } }

  /// A random list: `gap` is the most between two documents, `most` the most positions in one.
  init(count: Int, gap: Int, most: Int, _ random: inout SeededRandom) {
    var document = random.integer(0...gap)
    for _ in 0..<count {
      var position = random.integer(0...5)
      var positions: [UInt32] = []
      let frequency = random.integer(0...20) == 0 ? random.integer(1...max(1, 20 * most)) : random.integer(1...most)
      for _ in 0..<frequency {
        positions.append(UInt32(position))
        position += 1 + (random.integer(0...9) == 0 ? random.integer(0...100_000) : random.integer(0...40))
      }
      postings.append(Posting(document: UInt32(document), length: UInt8(random.integer(0...255)), positions: positions))
      document += 1 + random.integer(0...gap)
    }
    documentLimit = UInt32(document + random.integer(0...3))
  }

  func append(to writer: inout PostingListWriter, inline: inout ByteWriter) -> PostingList {
    writer.begin(documents: postings.count, positions: positionCount)
    for posting in postings {
      writer.add(document: posting.document, frequency: posting.frequency, length: posting.length)
      for position in posting.positions { writer.add(position: position) }
      writer.endDocument()
    }
    return writer.end(inline: &inline)
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

  init(_ models: [PostingModel]) throws {
    var writer = PostingListWriter()
    for model in models {
      var inline = ByteWriter()
      lists.append(model.append(to: &writer, inline: &inline))
      self.inline.append(MappedBytes.array(inline))
    }
    sections = PostingSections(
      postings: try MappedBytes.region(writer.postings), blocks: try MappedBytes.region(writer.blocks),
      positions: try MappedBytes.region(writer.positions))
  }

  func sections(of index: Int) throws -> PostingSections {
    var own = sections
    if lists[index].isInline { own.postings = try MappedBytes.region(inline[index]) }
    return own
  }
}

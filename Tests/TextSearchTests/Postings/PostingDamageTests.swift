import TestSupport
import Testing

@testable import TextSearch

/// Damaged lists throw or decode to other numbers, never a trap.
@Suite struct PostingDamageTests {
  /// Walks and seeks; documents must stay below the limit.
  private func walk(_ list: PostingList, _ sections: PostingSections, limit: UInt32) -> Bool {
    var caught = 0
    do {
      _ = try FormSets(try sections.restricted(to: list).forms, key: PostingModel.key)
    } catch { caught += 1 }
    do {
      var cursor = try PostingCursor(list, in: sections, documentLimit: limit)
      while case let document = try cursor.advance(), document != PostingCursor.end {
        guard document < limit else { return false }
        _ = try cursor.formCode
        _ = try cursor.positions()
      }
      var seeking = try PostingCursor(list, in: sections, documentLimit: limit)
      var target: UInt32 = 0
      while case let document = try seeking.seek(to: target), document != PostingCursor.end {
        guard document < limit, document >= target else { return false }
        target = document &+ 50
      }
    } catch { caught += 1 }
    do {
      let weights = try FormWeights(try sections.restricted(to: list).forms, key: PostingModel.key, minimum: 0.5) {
        $0.count % 2 == 0 ? 1 : 0.5
      }
      guard weights.bySet.allSatisfy({ $0 == 0.5 || $0 == 1 }) else { return false }
    } catch { caught += 1 }
    return caught <= 3
  }

  @Test(arguments: [UInt64(221), 222])
  func flippedBytesNeverTrap(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var model = PostingModel(count: 300, gap: 4, maximum: 3, &random)
    model.addForms(5, &random)
    model.keepsNeighbours = true
    var writer = PostingListWriter(documents: Int(model.documentLimit))
    var inline = ByteWriter()
    let list = model.append(to: &writer, inline: &inline)
    let parts = [
      MappedBytes.array(writer.postings), MappedBytes.array(writer.blocks), MappedBytes.array(writer.positions),
      MappedBytes.array(writer.forms), MappedBytes.array(writer.codes), MappedBytes.array(writer.neighbours),
    ]
    for _ in 0..<400 {
      var damaged = parts
      let part = random.integer(0...5)
      damaged[part][random.integer(0...damaged[part].count - 1)] ^= UInt8(random.integer(1...255))
      let sections = try EncodedLists.sections(damaged)
      let isSound = walk(list, sections, limit: model.documentLimit)
      #expect(isSound, "seed \(seed)")
    }
  }

  @Test func listsBeyondTheirSectionsAreErrors() throws {
    var random = SeededRandom(seed: 223)
    let model = PostingModel(count: 300, gap: 4, maximum: 3, &random)
    let encoded = try EncodedLists([model], documentLimit: model.documentLimit)
    for change in 0..<6 {
      var list = encoded.lists[0]
      switch change {
      case 0: list.postings.offset = 1
      case 1: list.blocks.count += 1
      case 2: list.positionBytes.offset = .max
      case 3: list.postings.count = .max
      case 4: list.documents = 1 << 30
      default: list.blocks.count = 0
      }
      #expect(throws: SearchError.self, "change \(change)") {
        var cursor = try PostingCursor(list, in: encoded.sections, documentLimit: model.documentLimit)
        while try cursor.advance() != PostingCursor.end { _ = try cursor.positions() }
      }
    }
  }

  @Test func anInlineListOfTooManyPositionsIsAnError() throws {
    var list = PostingList()
    list.documents = 1
    list.isInline = true
    let region = try MappedBytes.region([0, 1, 1])
    let sections = PostingSections(
      postings: region, blocks: .empty, positions: .empty, forms: .empty, codes: .empty, neighbours: .empty)
    for positions in [UInt64(UInt32.max) + 1, UInt64(Int.max) + 1, .max] {
      list.positions = positions
      #expect(throws: SearchError.self) {
        var cursor = try PostingCursor(list, in: sections, documentLimit: 5)
        _ = try cursor.advance()
      }
    }
    list.positions = 9
    #expect(throws: SearchError.self) {
      var cursor = try PostingCursor(list, in: sections, documentLimit: 5)
      _ = try cursor.advance()
      _ = try cursor.positions()
    }
  }

  @Test func documentsBeyondTheSegmentAreErrors() throws {
    var random = SeededRandom(seed: 224)
    for count in [1, 100, 300] {
      let model = PostingModel(count: count, gap: 4, maximum: 20, &random)
      let encoded = try EncodedLists([model], documentLimit: model.documentLimit)
      let sections = try encoded.sections(of: 0)
      let last = model.postings[count - 1].document
      #expect(throws: SearchError.self) {
        var cursor = try PostingCursor(encoded.lists[0], in: sections, documentLimit: last)
        while try cursor.advance() != PostingCursor.end {}
      }
    }
  }
}

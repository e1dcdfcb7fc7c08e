import TestSupport
import Testing

@testable import TextSearch

/// Written lists against a plain model.
@Suite struct PostingListTests {
  static let sizes = [1, 2, 127, 128, 129, 256, 1000, 5000]

  private func models(_ seed: UInt64) -> [PostingModel] {
    var random = SeededRandom(seed: seed)
    var models: [PostingModel] = []
    for size in Self.sizes {
      models.append(PostingModel(count: size, gap: 0, maximum: 1, &random))
      models.append(PostingModel(count: size, gap: 3, maximum: 4, &random))
      models.append(PostingModel(count: size, gap: 100_000, maximum: 2, &random))
    }
    models.append(PostingModel(count: 1, gap: 9, maximum: 300, &random))
    models.append(PostingModel(count: 140, gap: 9, maximum: 60, &random))
    return models
  }

  @Test(arguments: [UInt64(201), 202])
  func advanceVisitsEveryPosting(seed: UInt64) throws {
    let models = models(seed)
    let limit = models.map(\.documentLimit).max() ?? 0
    let encoded = try EncodedLists(models, documentLimit: limit)
    for (index, model) in models.enumerated() {
      let list = encoded.lists[index]
      #expect(list.documents == model.postings.count && list.positions == model.positionCount)
      var cursor = try PostingCursor(list, in: try encoded.sections(of: index), documentLimit: limit)
      for (index, posting) in model.postings.enumerated() {
        let document = try cursor.advance()
        let current = cursor.document
        let frequency = try cursor.frequency
        #expect(document == posting.document && current == document, "seed \(seed), list \(index)")
        #expect(frequency == posting.frequency, "seed \(seed), list \(index)")
        if model.postings.count < 200 || index % 37 == 0 {
          let positions = try cursor.positions()
          #expect(positions == posting.positions, "seed \(seed), list \(index), document \(document)")
        }
      }
      for _ in 0..<3 { #expect(try cursor.advance() == PostingCursor.end) }
      #expect(try cursor.positions() == [])
      #expect(try cursor.seek(to: 0) == PostingCursor.end)
    }
  }

  @Test(arguments: [UInt64(203), 204, 205])
  func seekFindsTheFirstDocumentAtOrAfterItsTarget(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let models = models(seed)
    let limit = models.map(\.documentLimit).max() ?? 0
    let encoded = try EncodedLists(models, documentLimit: limit)
    for (index, model) in models.enumerated() {
      let sections = try encoded.sections(of: index)
      for _ in 0..<12 {
        var cursor = try PostingCursor(encoded.lists[index], in: sections, documentLimit: limit)
        var current: UInt32?
        for _ in 0..<12 {
          let target = randomTarget(model, current, &random)
          let expected: UInt32
          let found: UInt32
          if random.integer(0...3) == 0 {
            expected = model.first(from: current.map { $0 == PostingCursor.end ? $0 : $0 + 1 } ?? 0)
            found = try cursor.advance()
          } else {
            expected = max(model.first(from: target), current ?? 0)
            found = try cursor.seek(to: target)
          }
          let document = cursor.document
          #expect(found == expected && document == found, "seed \(seed), list \(index), target \(target)")
          current = found
          guard let posting = model.posting(found) else { continue }
          let frequency = try cursor.frequency
          let positions = try cursor.positions()
          #expect(frequency == posting.frequency && positions == posting.positions, "seed \(seed), list \(index)")
        }
      }
    }
  }

  /// Near, far, repeated, behind and past the end.
  private func randomTarget(_ model: PostingModel, _ current: UInt32?, _ random: inout SeededRandom) -> UInt32 {
    let last = Int(model.postings[model.postings.count - 1].document)
    switch random.integer(0...7) {
    case 0: return current ?? 0
    case 1: return UInt32(random.integer(0...last))
    case 2: return UInt32(min(last, Int(min(current ?? 0, UInt32(last))) + random.integer(0...20)))
    case 3: return UInt32(last)
    case 4: return random.integer(0...5) == 0 ? UInt32(last) + 1 : UInt32(last / 2)
    case 5: return random.integer(0...5) == 0 ? PostingCursor.end : 0
    default: return random.pick(model.postings).document
    }
  }

  @Test func seekingBackwardsDoesNothing() throws {
    var random = SeededRandom(seed: 206)
    let model = PostingModel(count: 1000, gap: 3, maximum: 3, &random)
    let encoded = try EncodedLists([model], documentLimit: model.documentLimit)
    var cursor = try PostingCursor(encoded.lists[0], in: encoded.sections, documentLimit: model.documentLimit)
    let target = model.postings[700].document
    #expect(try cursor.seek(to: target) == target)
    for earlier in [0, 10, 500, 699, 700] {
      #expect(try cursor.seek(to: model.postings[earlier].document) == target)
      let document = cursor.document
      let frequency = try cursor.frequency
      #expect(document == target && frequency == model.postings[700].frequency)
    }
    #expect(try cursor.advance() == model.postings[701].document)
  }

  @Test(arguments: [UInt64(2101), 2102])
  func neighboursAreThoseOfTheirOccurrences(seed: UInt64) throws {
    var models = models(seed)
    for index in models.indices { models[index].keepsNeighbours = index % 3 != 1 }
    let limit = models.map(\.documentLimit).max() ?? 0
    let encoded = try EncodedLists(models, documentLimit: limit)
    // Neighbours of even numbers say one thing, those below 100 another.
    let test = NeighbourTest(next: 0x5555, previous: 0x003F, ofFrequent: NeighbourTest.both)
    for (index, model) in models.enumerated() {
      let list = encoded.lists[index]
      #expect(list.hasNeighbours == model.keepsNeighbours)
      let sections = try encoded.sections(of: index)
      var cursor = try PostingCursor(list, in: sections, documentLimit: limit)
      var block = try PostingBlock(list, in: sections, documentLimit: limit)
      var single = try PostingBlock(list, in: sections, documentLimit: limit)
      var found = GrowableBuffer<UInt8>()
      for (ordinal, posting) in model.postings.enumerated() {
        _ = try cursor.advance()
        let expected = posting.positions.map { PostingModel.neighbours($0, posting.document) }
        if list.hasNeighbours {
          found.removeAll()
          try cursor.appendNeighbours(to: &found)
          #expect((0..<found.count).map { found[$0] } == expected, "seed \(seed), list \(index)")
        }
        let flags = list.hasNeighbours ? expected.reduce(0) { $0 | test[$1] } : NeighbourTest.both
        try block.loadNeighbours(of: ordinal / 128, test)
        #expect(block.neighbourFlags[ordinal % 128] == flags, "seed \(seed), list \(index), posting \(ordinal)")
        if ordinal % 7 == 0 { #expect(try single.neighbours(ordinal % 128, of: ordinal / 128, test) == flags) }
      }
    }
  }

  @Test func shortListsOfOneDocumentAreInline() throws {
    var random = SeededRandom(seed: 207)
    for count in 1...12 {
      var model = PostingModel(count: 1, gap: 1000, maximum: 1, &random)
      model.keepsNeighbours = count % 2 == 0
      model.postings[0].positions = (0..<UInt32(count)).map { $0 * 7 + 3 }
      let encoded = try EncodedLists([model], documentLimit: model.documentLimit)
      #expect(encoded.lists[0].isInline == (count <= PostingFormat.inlinePositions))
      #expect(encoded.sections.postings.count == (encoded.lists[0].isInline ? 0 : encoded.lists[0].postings.count))
      let sections = try encoded.sections(of: 0)
      var cursor = try PostingCursor(encoded.lists[0], in: sections, documentLimit: model.documentLimit)
      #expect(try cursor.seek(to: model.postings[0].document) == model.postings[0].document)
      #expect(try cursor.positions() == model.postings[0].positions)
    }
  }

  /// Whether impacts bound postings.
  private func dominates(_ impacts: [ImpactAccumulator.Impact], _ postings: ArraySlice<PostingModel.Posting>) -> Bool {
    postings.allSatisfy { posting in
      let frequency = UInt8(min(Int(posting.frequency), PostingFormat.maximumFrequency))
      return impacts.contains { $0.frequency >= frequency && $0.length <= posting.length }
    }
  }

  @Test(arguments: [UInt64(208), 209])
  func impactsDominateEveryPostingOfTheirBlock(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for (count, maximum) in [(1000, 1), (1000, 5), (9000, 40), (4096, 3), (4097, 3)] {
      let model = PostingModel(count: count, gap: 5, maximum: maximum, &random)
      let encoded = try EncodedLists([model], documentLimit: model.documentLimit)
      let sections = try encoded.sections.restricted(to: encoded.lists[0])
      let entries = try SkipEntries(sections.blocks, documents: count)
      #expect(entries.count == (count + 127) / 128 && entries.groupCount == (count <= 4096 ? 0 : (count + 4095) / 4096))
      for block in 0..<entries.count {
        let postings = model.postings[128 * block..<min(count, 128 * (block + 1))]
        #expect(try entries.lastDocument(block) == postings.last?.document)
        #expect(dominates(try entries.impacts(ofBlock: block), postings), "seed \(seed), block \(block)")
      }
      for group in 0..<entries.groupCount {
        let postings = model.postings[4096 * group..<min(count, 4096 * (group + 1))]
        #expect(try entries.lastDocument(min(32 * (group + 1), entries.count) - 1) == postings.last?.document)
        #expect(dominates(try entries.impacts(ofGroup: group), postings), "seed \(seed), group \(group)")
      }
    }
  }

  @Test func impactsKeepOnlyWhatIsNotDominated() {
    var impacts = ImpactAccumulator()
    impacts.add(frequency: 3, length: 10)
    impacts.add(frequency: 2, length: 12)
    impacts.add(frequency: 5, length: 20)
    impacts.add(frequency: 3, length: 9)
    impacts.add(frequency: 1, length: 255)
    #expect(impacts.take().map { [$0.frequency, $0.length] } == [[5, 20], [3, 9]])
    #expect(impacts.take().isEmpty)
    impacts.add(frequency: 1000, length: 255)
    impacts.add(frequency: 7, length: 255)
    impacts.add(frequency: 6, length: 254)
    #expect(impacts.take().map { [$0.frequency, $0.length] } == [[255, 255], [6, 254]])
    for index in 1...9 { impacts.add(frequency: 2 * index, length: UInt8(10 * index)) }
    let bounded = ImpactAccumulator.bounded(impacts.take())
    #expect(
      bounded.count == PostingFormat.impactsPerEntry && bounded.first?.frequency == 18 && bounded.last?.length == 10)
  }

  @Test(arguments: [UInt64(211), 212])
  func formCodesDecodeToTheFormsOfEachDocument(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var models: [PostingModel] = []
    for (count, forms) in [(1, 1), (1, 3), (5, 1), (100, 4), (128, 2), (700, 5), (5000, 70)] {
      var model = PostingModel(count: count, gap: 9, maximum: 2, &random)
      model.addForms(forms, &random)
      models.append(model)
    }
    let limit = models.map(\.documentLimit).max() ?? 0
    let encoded = try EncodedLists(models, documentLimit: limit)
    for (index, model) in models.enumerated() {
      let list = encoded.lists[index]
      let sections = try encoded.sections(of: index)
      let own = try sections.restricted(to: list)
      let table = try FormSets(own.forms, key: PostingModel.key)
      #expect(table.forms == model.forms)
      var counts = [Int](repeating: 0, count: table.sets.count)
      var cursor = try PostingCursor(list, in: sections, documentLimit: limit)
      for posting in model.postings {
        _ = try cursor.advance()
        let code = Int(try cursor.formCode)
        #expect(table.sets[code] == posting.forms, "seed \(seed), list \(index)")
        counts[code] += 1
      }
      #expect(counts.allSatisfy { $0 > 0 } && zip(counts, counts.dropFirst()).allSatisfy { $0 >= $1 })
      // Codes read at random documents are those of the documents.
      var jumping = try PostingCursor(list, in: sections, documentLimit: limit)
      for posting in model.postings where random.integer(0...40) == 0 {
        _ = try jumping.seek(to: posting.document)
        let code = Int(try jumping.formCode)
        #expect(table.sets[code] == posting.forms, "seed \(seed), list \(index)")
      }
    }
  }

  @Test func dfOnlyEntriesHoldNoBytes() throws {
    var random = SeededRandom(seed: 210)
    var writer = PostingListWriter(documents: 5000)
    var inline = ByteWriter()
    _ = PostingModel(count: 300, gap: 3, maximum: 3, &random).append(to: &writer, inline: &inline)
    let empty = writer.emptyList(documents: 42, positions: 99)
    #expect(empty.documents == 42 && empty.positions == 99 && !empty.isInline)
    #expect(empty.postings.count == 0 && empty.blocks.count == 0 && empty.positionBytes.count == 0)
    let next = PostingModel(count: 5, gap: 3, maximum: 3, &random).append(to: &writer, inline: &inline)
    #expect(next.postings.offset == empty.postings.offset)
  }
}

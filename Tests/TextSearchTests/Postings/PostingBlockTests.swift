import TestSupport
import Testing

@testable import TextSearch

/// A block tracks what its buffers hold: whatever was loaded before, in whatever order, what is read is right.
@Suite struct PostingBlockTests {
  /// Lists of all forms: inline, short, packed, with and without a tail, with and without form codes.
  private func models(_ random: inout SeededRandom) -> [PostingModel] {
    var models: [PostingModel] = []
    for size in [1, 5, 127, 128, 129, 500, 1024, 5000] {
      models.append(PostingModel(count: size, gap: 5, maximum: 5, &random))
      models.append(PostingModel(count: size, gap: 400, maximum: 2, &random))
      models[models.count - 1].addForms(3, &random)
    }
    return models
  }

  @Test(arguments: [UInt64(271), 272, 273])
  func everythingIsReadInAnyOrder(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let models = models(&random)
    let limit = models.map(\.documentLimit).max() ?? 0
    let encoded = try EncodedLists(models, documentLimit: limit)
    for (number, model) in models.enumerated() {
      let (list, sections) = (encoded.lists[number], try encoded.sections(of: number))
      let sets =
        model.forms.isEmpty ? [] : try FormSets(try sections.restricted(to: list).forms, key: PostingModel.key).sets
      var block = try PostingBlock(list, in: sections, documentLimit: limit)
      #expect(block.blockCount == (model.postings.count + 127) / 128)
      for _ in 0..<200 {
        let posting = random.integer(0...model.postings.count - 1)
        let (ordinal, index) = (posting / 128, posting % 128)
        let expected = model.postings[posting]
        let message: Comment = "seed \(seed), list \(number), posting \(posting)"
        switch random.integer(0...4) {
        case 0:
          try block.loadDocuments(of: ordinal)
          let count = min(128, model.postings.count - 128 * ordinal)
          #expect(
            block.number == ordinal && block.count == count && block.documents[index] == expected.document, message)
          #expect(block.documents[count - 1] == model.postings[128 * ordinal + count - 1].document, message)
        case 1:
          try block.loadFrequencies(of: ordinal)
          #expect(block.frequencies[index] == expected.frequency, message)
        case 2:
          try block.loadCodes(of: ordinal, below: max(1, sets.count))
          let code = Int(block.codes[index])
          #expect(sets.isEmpty ? code == 0 : sets[code] == expected.forms, message)
        case 3:
          let single = try block.posting(index, of: ordinal, codesBelow: sets.count)
          #expect(single == nil || single?.frequency == expected.frequency, message)
          if let single, !sets.isEmpty { #expect(sets[Int(single.code)] == expected.forms, message) }
          #expect((single == nil) == (list.isInline || ordinal == model.postings.count / 128), message)
        default:
          var positions = GrowableBuffer<UInt32>()
          try block.appendPositions(index, of: ordinal, to: &positions)
          #expect((0..<positions.count).map { positions[$0] } == expected.positions, message)
        }
      }
    }
  }

  @Test func indicesOfAWindowAreThoseOfItsDocuments() throws {
    var random = SeededRandom(seed: 274)
    for size in [1, 3, 127, 128] {
      let model = PostingModel(count: size, gap: 9, maximum: 1, &random)
      let encoded = try EncodedLists([model], documentLimit: model.documentLimit)
      var block = try PostingBlock(
        encoded.lists[0], in: try encoded.sections(of: 0), documentLimit: model.documentLimit)
      try block.loadDocuments(of: 0)
      let documents = model.postings.map(\.document)
      for _ in 0..<200 {
        let start = UInt32(random.integer(0...Int(model.documentLimit)))
        let window = start..<start + UInt32(random.integer(0...300))
        let first = documents.firstIndex { $0 >= window.lowerBound } ?? size
        let end = documents.firstIndex { $0 >= window.upperBound } ?? size
        #expect(block.indices(in: window) == first..<max(first, end), "\(size), \(window)")
      }
    }
  }

  /// A code beyond the limit is damage, also where the block is loaded already.
  @Test func codesBeyondTheLimitAreDamage() throws {
    var random = SeededRandom(seed: 275)
    var model = PostingModel(count: 400, gap: 3, maximum: 2, &random)
    model.addForms(4, &random)
    let encoded = try EncodedLists([model], documentLimit: model.documentLimit)
    var block = try PostingBlock(encoded.lists[0], in: encoded.sections, documentLimit: model.documentLimit)
    for number in 0..<block.blockCount {
      try block.loadCodes(of: number)
      var isRefused = false
      do throws(SearchError) { try block.loadCodes(of: number, below: 1) } catch { isRefused = error.isCorruption }
      #expect(isRefused)
    }
  }
}

extension SearchError {
  fileprivate var isCorruption: Bool {
    if case .corrupt = self { true } else { false }
  }
}

import TestSupport
import Testing

@testable import TextSearch

/// Windows of random postings against sums and sets of documents.
@Suite struct WindowAccumulatorTests {
  /// What a window holds, document by document.
  private struct Model {
    var scores: [UInt32: Float] = [:]
    var words: [UInt32: UInt64] = [:]
    var matches: Set<UInt32> = []

    func reaching(_ threshold: Float, _ allowed: DocumentSet?) -> [UInt32] {
      scores.keys.filter { scores[$0]! >= threshold && allowed?.contains(Int($0)) ?? true }.sorted()
    }
  }

  /// A clause: for each of its lists the documents in a window, ascending, with an input each.
  private typealias Clause = [[(document: UInt32, input: Float)]]

  private func buffer<Element: BitwiseCopyable>(_ values: [Element]) -> GrowableBuffer<Element> {
    var buffer = GrowableBuffer<Element>(capacity: values.count)
    for value in values { buffer.append(value) }
    return buffer
  }

  private func array<Element: BitwiseCopyable>(_ buffer: borrowing GrowableBuffer<Element>) -> [Element] {
    (0..<buffer.count).map { buffer[$0] }
  }

  /// Returns a word without the bit for matches.
  private func unmarked(_ word: UInt64) -> UInt64 { (word << 1) >> 1 }

  private func bits(_ pair: Int) -> NeighbourBits { NeighbourBits(pair: pair, of: 4, bySecond: false) }

  /// The test of a clause that begins a pair and ends another one.
  private func test(_ clause: Int) -> PairTest {
    PairTest(
      next: (bits(clause), 1), previous: (bits(clause - 1), 1), hasNeighbours: true, ofFrequent: NeighbourTest.both)
  }

  private func clause(_ window: Range<Int>, lists: Int, rarity: Int, _ random: inout SeededRandom) -> Clause {
    (0..<lists).map { _ in
      window.filter { _ in random.integer(1...rarity) == 1 }.map {
        (UInt32($0), Float(random.integer(1...8)) / 4)
      }
    }
  }

  /// Adds a clause, as the searches do: the scores of a single list at once, those of several after the last.
  private func add(
    _ clause: Clause, weight: Float, from base: UInt32, to accumulator: inout WindowAccumulator, _ model: inout Model
  ) {
    var inputs: [UInt32: Float] = [:]
    let bits = accumulator.test?.bits
    for list in clause {
      let documents = buffer(list.map(\.document))
      for (document, input) in list {
        inputs[document, default: 0] += input
        let slot = Int(document - base)
        if clause.count == 1 {
          let score = unsafe accumulator.scores[slot] + BM25.score(input, weight)
          unsafe accumulator.scores[slot] = score
          accumulator.note(slot, score)
        } else {
          unsafe accumulator.inputs[slot] += input
        }
      }
      let flags = buffer(list.map { UInt8($0.document % 4) })
      for document in list.map(\.document) {
        if let bits { model.words[document, default: 0] |= bits[UInt8(document % 4)] }
      }
      if accumulator.hasPairs {
        unsafe accumulator.mark(documents.unsafeBase, flags.unsafeBase, documents.count, from: base)
      } else {
        unsafe accumulator.mark(documents.unsafeBase, documents.count, from: base)
      }
      if clause.count > 1 { unsafe accumulator.touch(documents.unsafeBase, documents.count, from: base) }
    }
    if clause.count > 1 { accumulator.saturate(weight) }
    for (document, input) in inputs {
      model.scores[document, default: 0] += BM25.score(input, weight)
      model.matches.insert(document)
    }
  }

  private func take(
    _ accumulator: inout WindowAccumulator, _ window: Range<Int>, _ allowed: DocumentSet?
  ) -> (documents: [UInt32], scores: [Float]) {
    var documents = GrowableBuffer<UInt32>(capacity: 0)
    var scores = GrowableBuffer<Float>(capacity: 0)
    accumulator.take(window, allowed, into: &documents, scores: &scores)
    return (array(documents), array(scores))
  }

  private func isClear(_ accumulator: borrowing WindowAccumulator) -> Bool {
    (0..<accumulator.capacity).allSatisfy { unsafe accumulator.scores[$0] == 0 }
      && (accumulator.capacity == 0 || accumulator.isEmpty(0...accumulator.capacity - 1))
  }

  @Test(arguments: [UInt64(1911), 1912, 1913, 1914, 1915], [false, true])
  func windowsAreSumsAndSets(seed: UInt64, hasPairs: Bool) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<12 {
      let size = random.pick([1, 63, 64, 65, 640, 4096])
      let last = random.integer(1...size)
      var accumulator = WindowAccumulator(capacity: size, hasInputs: true, hasPairs: hasPairs)
      let capacity = accumulator.capacity
      #expect(capacity % 64 == 0 && (size..<size + 64).contains(capacity))
      var allowed: DocumentSet?
      if random.integer(0...1) == 0 {
        allowed = DocumentSet(limit: 10 * accumulator.capacity)
        for document in 0..<10 * accumulator.capacity where random.integer(0...2) > 0 { allowed!.insert(document) }
      }
      // Whatever one window leaves would be found in the next.
      for number in 0..<8 {
        let start = number * accumulator.capacity
        let window = start..<start + (number == 7 ? last : size)
        compare(
          window, &accumulator, allowed: allowed, context: "seed \(seed), \(window)",
          &random)
      }
    }
  }

  private func compare(
    _ window: Range<Int>, _ accumulator: inout WindowAccumulator, allowed: DocumentSet?, context: String,
    _ random: inout SeededRandom
  ) {
    let base = UInt32(window.lowerBound)
    var model = Model()
    accumulator.threshold = random.pick([Float.zero.nextUp, 0.5, 1, 2, .infinity])
    // Rare clauses leave the window sparse.
    let rarity = random.pick([1, 3, 60, 1000])
    for number in 0..<4 where random.integer(0...2) > 0 {
      accumulator.test = accumulator.hasPairs && number > 0 ? test(number) : nil
      let clause = clause(window, lists: random.integer(1...3), rarity: rarity, &random)
      add(clause, weight: Float(random.integer(1...4)), from: base, to: &accumulator, &model)
    }
    accumulator.test = nil
    let (documents, scores) = take(&accumulator, window, allowed)
    let expected = model.reaching(accumulator.threshold, allowed)
    #expect(documents == expected, "\(context)")
    #expect(scores == expected.map { model.scores[$0] ?? -1 }, "\(context)")
    if accumulator.hasPairs {
      var words = GrowableBuffer<UInt64>(capacity: 0)
      // Pairs that were not tested are possible.
      let tested = (1..<4).reduce(NeighbourBits()) { $0 | test($1).bits }
      accumulator.readNeighbours(buffer(documents), from: window.lowerBound, tested: tested, into: &words)
      let untested = unmarked(~tested.word)
      let allowed: [UInt64] = documents.map { untested | (model.words[$0] ?? 0) }
      #expect(array(words) == allowed, "\(context)")
    }
    count(window, &accumulator, allowed: allowed, model: &model, rarity: rarity, context: context, &random)
  }

  /// Marks documents without scores, and ends the window.
  private func count(
    _ window: Range<Int>, _ accumulator: inout WindowAccumulator, allowed: DocumentSet?, model: inout Model,
    rarity: Int, context: String, _ random: inout SeededRandom
  ) {
    let added = window.map(UInt32.init).filter { _ in random.integer(1...rarity) == 1 }
    let documents = buffer(added)
    let overlap = unsafe accumulator.overlap(documents.unsafeBase, documents.count, from: UInt32(window.lowerBound))
    #expect(overlap == added.count { model.matches.contains($0) }, "\(context)")
    unsafe accumulator.mark(documents.unsafeBase, documents.count, from: UInt32(window.lowerBound))
    model.matches.formUnion(added)
    for _ in 0..<10 {
      let first = random.integer(0...window.count - 1)
      let slots = first...random.integer(first...window.count - 1)
      let near = (slots.lowerBound / 8 * 8)...(slots.upperBound / 8 * 8 + 7)
      let isNoneNear = model.matches.allSatisfy { !near.contains(Int($0) - window.lowerBound) }
      let isEmpty = accumulator.isEmpty(slots)
      let isNone = model.matches.allSatisfy { !slots.contains(Int($0) - window.lowerBound) }
      #expect(isEmpty ? isNone : !isNoneNear, "\(context), \(slots)")
    }
    let expected = model.matches.count { allowed?.contains(Int($0)) ?? true }
    let found = accumulator.finish(window, allowed)
    let isClear = isClear(accumulator)
    #expect(found == expected && isClear, "\(context)")
  }

  @Test(arguments: UInt64(1921)..<1925) func boundsOfPairsAreAddedOnceForEachDocument(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var accumulator = WindowAccumulator(capacity: 640, hasInputs: true, hasPairs: true)
    for _ in 0..<40 {
      let base = 640 * random.integer(0...9)
      accumulator.threshold = random.pick([1, 2, 3])
      let sums = PairSums(next: random.pick([0, 1]), previous: random.pick([0, 0.5, 2]))
      let test = PairTest(
        next: (bits(random.integer(0...1)), 1), previous: (bits(2), 1), hasNeighbours: true,
        ofFrequent: NeighbourTest.both)
      accumulator.test = test
      accumulator.added = sums
      let bits = test.bits
      var flags: [UInt32: UInt8] = [:]
      // The second list of a word finds documents of the first.
      for _ in 0..<random.pick([3, 400]) {
        let document = UInt32(base + random.integer(0...639))
        let own = UInt8(random.integer(1...3))
        let documents = buffer([document])
        unsafe accumulator.mark(documents.unsafeBase, 1, from: UInt32(base))
        accumulator.addNeighbours(Int(document) - base, own)
        flags[document, default: 0] |= own
      }
      let expectedSums = flags.mapValues {
        ($0 & NeighbourTest.next != 0 ? sums.next : 0)
          + ($0 & NeighbourTest.previous != 0 ? sums.previous : 0)
      }
      let expected = expectedSums.filter { $0.value >= accumulator.threshold }.keys.sorted()
      let (documents, scores) = take(&accumulator, base..<base + 640, nil)
      #expect(documents == expected && scores == expected.map { expectedSums[$0] ?? -1 })
      var words = GrowableBuffer<UInt64>(capacity: 0)
      accumulator.readNeighbours(buffer(expected), from: base, tested: bits, into: &words)
      #expect(
        array(words) == expected.map { unmarked(~bits.word) | bits[flags[$0] ?? 0] })
      let count = accumulator.finish(base..<base + 640, nil)
      let isClear = isClear(accumulator)
      #expect(count == flags.count && isClear)
    }
  }

  @Test func anEmptyWindowHasNoDocuments() {
    var accumulator = WindowAccumulator(capacity: 100, hasInputs: false, hasPairs: false)
    accumulator.threshold = .zero.nextUp
    for allowed in [nil, DocumentSet(all: 100)] {
      let taken = take(&accumulator, 0..<100, allowed)
      let count = accumulator.finish(0..<100, allowed)
      #expect(taken.documents == [] && count == 0)
    }
  }

  @Test func aScoreThatEqualsTheThresholdReachesIt() {
    var accumulator = WindowAccumulator(capacity: 64, hasInputs: false, hasPairs: false)
    accumulator.threshold = 1.5
    let scores: [Float] = [Float(1.5).nextDown, 1.5, Float(1.5).nextUp, 0]
    for (slot, score) in scores.enumerated() {
      unsafe accumulator.scores[slot] = score
      accumulator.note(slot, score)
    }
    let documents = buffer(Array(64..<68) as [UInt32])
    unsafe accumulator.mark(documents.unsafeBase, 4, from: 64)
    let taken = take(&accumulator, 64..<128, nil)
    #expect(taken.documents == [65, 66])
    #expect(taken.scores == Array(scores[1...2]))
    let count = accumulator.finish(64..<128, nil)
    #expect(count == 4)
  }

  /// A raised threshold holds for scores that are noted from then on.
  @Test func theThresholdIsThatOfTheNote() {
    var accumulator = WindowAccumulator(capacity: 64, hasInputs: false, hasPairs: false)
    for (slot, threshold) in [(0, Float(1)), (1, 3)] {
      accumulator.threshold = threshold
      unsafe accumulator.scores[slot] = 2
      accumulator.note(slot, 2)
    }
    let documents = buffer([0, 1] as [UInt32])
    unsafe accumulator.mark(documents.unsafeBase, 2, from: 0)
    let taken = take(&accumulator, 0..<64, nil)
    let count = accumulator.finish(0..<64, nil)
    let isClear = isClear(accumulator)
    #expect(taken.documents == [0] && count == 2 && isClear)
  }

  /// Up to a sixteenth of the capacity the slots are kept, with duplicates; beyond that all bytes are looked at.
  @Test(arguments: [63, 64, 65, 1024]) func sparseAndDenseWindowsCountAlike(marks: Int) {
    var accumulator = WindowAccumulator(capacity: 1024, hasInputs: false, hasPairs: false)
    for isDuplicated in [false, true] {
      let documents = buffer((0..<marks).map { UInt32(isDuplicated ? 2048 + $0 % 7 : 2048 + $0) })
      let count = isDuplicated ? 7 : marks
      var even = DocumentSet(limit: 4096)
      for document in stride(from: 0, to: 4096, by: 2) { even.insert(document) }
      for allowed in [nil, even] {
        unsafe accumulator.mark(documents.unsafeBase, marks, from: 2048)
        let expected = allowed == nil ? count : (count + 1) / 2
        let found = accumulator.finish(2048..<3072, allowed)
        let isClear = isClear(accumulator)
        #expect(found == expected && isClear, "\(marks) marks, \(isDuplicated)")
      }
    }
  }

  /// Documents without an input in a touched list keep the score that they have.
  @Test func saturationTakesTheSumOfAllLists() {
    var accumulator = WindowAccumulator(capacity: 64, hasInputs: true, hasPairs: false)
    accumulator.threshold = .zero.nextUp
    var model = Model()
    let clause: Clause = [[(3, 0.5), (9, 1)], [(3, 0.25)], [(9, 3), (60, 0)]]
    add(clause, weight: 2, from: 0, to: &accumulator, &model)
    let taken = take(&accumulator, 0..<64, nil)
    #expect(taken.documents == [3, 9])
    let expected: [Float] = [2 * (0.75 / 1.75), 1.6]
    #expect(taken.scores == expected)
    let inputs = (0..<64).map { unsafe accumulator.inputs[$0] }
    let count = accumulator.finish(0..<64, nil)
    #expect(inputs.allSatisfy { $0 == 0 } && count == 3)
  }
}

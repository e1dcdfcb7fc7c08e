import TestSupport
import Testing

@testable import TextSearch

/// The table of a key's forms: what is written is read, and weighs what its definition says.
@Suite struct FormSetsTests {
  private static let key = Array("mot".utf8)

  private static func form(_ ordinal: Int) -> [UInt8] { key + Array(String(1000 + ordinal).utf8) }

  /// A table of distinct sets, in which every form occurs.
  private func table(forms: Int, sets: Int, _ random: inout SeededRandom) -> FormSets {
    var found: Set<[UInt32]> = []
    for form in 0..<forms { found.insert([UInt32(form)]) }
    while found.count < sets {
      let members = (0...random.integer(0...min(5, forms - 1))).map { _ in UInt32(random.integer(0...forms - 1)) }
      found.insert(Set(members).sorted())
    }
    let sets = found.sorted { $0.lexicographicallyPrecedes($1) }.shuffled(using: &random)
    return FormSets(forms: (0..<forms).map(FormSetsTests.form), sets: forms == 1 ? [[0]] : sets)
  }

  private func bytes(_ table: FormSets) -> [UInt8] {
    var writer = ByteWriter()
    table.write(key: FormSetsTests.key, to: &writer)
    return MappedBytes.array(writer)
  }

  /// (forms, sets): at and beside the ends of bytes, of groups of eight values and of words.
  private static let sizes = [
    (1, 1), (2, 2), (2, 3), (3, 7), (4, 8), (5, 9), (8, 15), (9, 16), (9, 17), (17, 63), (33, 64), (49, 1000),
    (63, 65), (64, 64), (65, 70), (130, 513),
  ]

  @Test(arguments: [UInt64(231), 232])
  func tablesAreReadAsTheyWereWritten(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for (forms, sets) in FormSetsTests.sizes {
      let table = table(forms: forms, sets: sets, &random)
      let bytes = bytes(table)
      #expect(try FormSets(try MappedBytes.region(bytes), key: FormSetsTests.key) == table, "\(forms) forms")
      // Nothing is missing and nothing is too much.
      for count in 0..<bytes.count where count % 7 == 0 || count + 3 > bytes.count {
        let cut = try MappedBytes.region(Array(bytes.prefix(count)))
        #expect(throws: SearchError.self, "\(count) bytes") { try FormSets(cut, key: FormSetsTests.key) }
        #expect(throws: SearchError.self, "\(count) bytes") {
          try FormWeights(cut, key: FormSetsTests.key, minimum: 0) { _ in 1 }
        }
      }
    }
  }

  /// A set weighs as its heaviest form, by the definition.
  @Test(arguments: [UInt64(233), 234, 235])
  func setsWeighAsTheirHeaviestForm(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for (forms, sets) in FormSetsTests.sizes {
      let table = table(forms: forms, sets: sets, &random)
      let region = try MappedBytes.region(bytes(table))
      for heavy in [0, 1, 2, forms] {
        let minimum = random.pick([Float(0), 0.25, 0.6])
        var weights: [[UInt8]: Float] = [:]
        for _ in 0..<heavy { weights[random.pick(table.forms)] = Float(random.integer(0...4)) / 4 }
        let expected = table.sets.map { set in
          set.reduce(minimum) { max($0, weights[table.forms[Int($1)]] ?? 0) }
        }
        let found = try FormWeights(region, key: FormSetsTests.key, minimum: minimum) { form in
          weights[form.indices.map { form[$0] }] ?? 0
        }
        #expect(found == FormWeights(bySet: expected), "seed \(seed), \(forms) forms, \(sets) sets, \(heavy) heavy")
      }
    }
  }

  @Test func damagedRowsAreErrors() throws {
    let table = FormSets(forms: (0..<2).map(FormSetsTests.form), sets: [[0], [1], [0, 1]])
    let bytes = bytes(table)
    #expect(bytes.suffix(3) == [3, 0b101, 0b110])
    for (distance, value, what) in [
      (2, UInt8(0b1101), "a bit beyond the sets"), (1, 0b1110, "another"), (3, 0, "no sets"), (3, 9, "too many sets"),
      (3, 0xFF, "a longer number"),
    ] {
      var damaged = bytes
      damaged[bytes.count - distance] = value
      let region = try MappedBytes.region(damaged)
      #expect(throws: SearchError.self, "\(what)") { try FormSets(region, key: FormSetsTests.key) }
      #expect(throws: SearchError.self, "\(what)") {
        try FormWeights(region, key: FormSetsTests.key, minimum: 0) { _ in 1 }
      }
    }
    var empty = bytes
    empty[bytes.count - 2] = 0b001
    empty[bytes.count - 1] = 0b010
    let region = try MappedBytes.region(empty)
    #expect(throws: SearchError.self, "a set without forms") { try FormSets(region, key: FormSetsTests.key) }
    // Who only weighs does not look for it, and takes it for the lightest.
    #expect(try FormWeights(region, key: FormSetsTests.key, minimum: 0.5) { _ in 1 }.bySet == [1, 1, 0.5])
  }
}

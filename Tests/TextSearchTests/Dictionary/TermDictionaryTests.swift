import TestSupport
import Testing

@testable import TextSearch

/// The term dictionary against a sorted array.
@Suite struct TermDictionaryTests {
  private struct Term: Equatable {
    var address: [UInt8]
    var list: PostingList
    var inline: [UInt8]
  }

  /// Random sorted terms whose lists are adjacent.
  private func terms(_ count: Int, _ random: inout SeededRandom) -> [Term] {
    var addresses: Set<[UInt8]> = []
    while addresses.count < count {
      let length = random.integer(0...20) == 0 ? random.integer(13...60) : random.integer(0...12)
      addresses.insert(
        (0..<length).map { index in
          index == 0 && random.integer(0...1) == 0
            ? Language.french.rawValue
            : random.integer(0...9) == 0 ? UInt8(random.integer(0...255)) : UInt8(random.integer(97...100))
        })
    }
    var next = PostingList()
    return addresses.sorted { $0.lexicographicallyPrecedes($1) }.map { address in
      var list = PostingList()
      list.documents = random.integer(1...400)
      list.positions = UInt64(list.documents + random.integer(0...1000))
      list.postings.offset = next.postings.offset + next.postings.count
      list.blocks.offset = next.blocks.offset + next.blocks.count
      list.positionBytes.offset = next.positionBytes.offset + next.positionBytes.count
      list.forms = next.forms.next
      list.codes = next.codes.next
      list.neighbourOffset = next.neighbourOffset + next.neighbourCount
      list.hasNeighbours = random.integer(0...2) > 0
      var inline: [UInt8] = []
      if random.integer(0...2) == 0 {
        list.documents = 1
        list.isInline = true
        list.positions = UInt64(random.integer(1...PostingFormat.inlinePositions))
        inline = (0...Int(list.positions)).map { UInt8($0) }
        // Codes of neighbours are no numbers of variable length.
        if list.hasNeighbours { inline += (0..<Int(list.positions)).map { UInt8(250 - $0) } }
      } else {
        list.postings.count = UInt64(random.integer(0...100_000))
        list.positionBytes.count = UInt64(random.integer(0...100_000))
        if list.documents >= PostingFormat.blockSize { list.blocks.count = UInt64(random.integer(1...1000)) }
      }
      if address.first == Language.french.rawValue {
        list.forms.count = UInt64(random.integer(0...300))
        if list.forms.count > 0, !list.isInline { list.codes.count = UInt64(random.integer(0...5000)) }
      }
      next = list
      return Term(address: address, list: list, inline: inline)
    }
  }

  private func dictionary(_ terms: [Term]) throws -> TermDictionary {
    var writer = TermDictionaryWriter()
    for term in terms {
      writer.inline.write(contentsOf: term.inline)
      writer.add(term.address, term.list)
    }
    return try TermDictionary(
      terms: try MappedBytes.region(writer.terms), index: try MappedBytes.region(writer.index()))
  }

  private func tail(_ cursor: TermDictionary.Cursor) throws -> [Term] {
    var cursor = cursor
    var found: [Term] = []
    while try cursor.next() {
      let inline = cursor.value.inline
      found.append(
        Term(
          address: cursor.text, list: cursor.value.list,
          inline: try inline.array(at: 0, count: cursor.value.list.isInline ? inline.count : 0)))
    }
    return found
  }

  @Test(arguments: [0, 1, 2, 31, 32, 33, 64, 65, 1000, 3000])
  func findsWhatIsThereAndNothingElse(count: Int) throws {
    let seed = UInt64(300 + count)
    var random = SeededRandom(seed: seed)
    let terms = terms(count, &random)
    let dictionary = try dictionary(terms)
    #expect(dictionary.count == count)
    #expect(try tail(try dictionary.cursor(at: [])) == terms, "seed \(seed)")
    for term in terms { #expect(try dictionary.list(at: term.address)?.list == term.list, "seed \(seed)") }
    let present = Set(terms.map(\.address))
    for _ in 0..<200 {
      let absent = (0..<random.integer(0...6)).map { _ in UInt8(random.integer(95...102)) }
      let expected = terms.first { !$0.address.lexicographicallyPrecedes(absent) }
      #expect(try (dictionary.list(at: absent) != nil) == present.contains(absent), "seed \(seed), \(absent)")
      var cursor = try dictionary.cursor(at: absent)
      let isThere = try cursor.next()
      #expect(
        isThere == (expected != nil) && (!isThere || cursor.text == expected?.address), "seed \(seed), \(absent)")
    }
  }

  /// One look-up after the other finds what each finds alone, whatever was found or missed before.
  @Test(arguments: [1, 33, 1000])
  func lookUpsInARowFindWhatSingleOnesDo(count: Int) throws {
    let seed = UInt64(340 + count)
    var random = SeededRandom(seed: seed)
    let terms = terms(count, &random)
    let dictionary = try dictionary(terms)
    for _ in 0..<300 {
      var probed: [[UInt8]] = []
      for _ in 0..<random.integer(1...6) {
        // Terms, their prefixes and what follows them, so that many are neighbours.
        let address = terms[random.integer(0...count - 1)].address
        probed.append(Array(address.prefix(random.integer(0...address.count))))
        probed.append(address + [UInt8(random.integer(0...255))])
        probed.append(address)
      }
      if random.integer(0...3) > 0 { probed.sort { $0.lexicographicallyPrecedes($1) } }
      var lookup = TermLookup()
      for address in probed {
        if random.integer(0...3) == 0 {
          let contains = terms.contains { $0.address.starts(with: address) }
          let mayContain = try lookup.mayContain(prefix: address, in: dictionary)
          #expect(mayContain || !contains, "seed \(seed), \(address)")
        } else {
          let expected = terms.first { $0.address == address }
          #expect(try lookup.list(at: address, in: dictionary)?.list == expected?.list, "seed \(seed), \(address)")
        }
      }
    }
  }

  /// The search by the first eight bytes against the one that compares all of them.
  @Test func blocksAreFoundByTheirFirstStrings() throws {
    var random = SeededRandom(seed: 345)
    for count in [1, 40, 3000] {
      let bytes = 0...random.integer(1...3)
      let strings = Set(
        (0..<count).map { _ in (0..<random.integer(0...20)).map { _ in UInt8(random.integer(bytes) * 85) } }
      ).sorted { $0.lexicographicallyPrecedes($1) }
      var writer = BlockIndexWriter()
      for (index, string) in strings.enumerated() where index % PrefixBlocks.blockSize == 0 {
        writer.beginBlock(at: index, string)
      }
      let section = writer.section(entries: strings.count, end: strings.count)
      let index = try PrefixBlocks(.empty, index: try MappedBytes.region(section))
      for _ in 0..<500 {
        var text = strings[random.integer(0...strings.count - 1)]
        if random.integer(0...1) == 0 { text = Array(text.prefix(random.integer(0...text.count))) }
        if random.integer(0...1) == 0 { text.append(UInt8(random.integer(bytes) * 85)) }
        #expect(try index.block(holding: text) == index.blockWithChecks(holding: text), "seed 345, \(text)")
      }
    }
  }

  @Test func cursorsBeginAtTheirAddressAndGoOnToTheEnd() throws {
    var random = SeededRandom(seed: 311)
    let terms = terms(200, &random)
    let dictionary = try dictionary(terms)
    for start in [0, 1, 31, 32, 33, 63, 64, 100, 198, 199] {
      #expect(try tail(try dictionary.cursor(at: terms[start].address)) == Array(terms[start...]), "seed 311, \(start)")
      // Just after a term: the next one.
      #expect(try tail(try dictionary.cursor(at: terms[start].address + [0])).count <= 200 - start, "seed 311")
    }
    #expect(try tail(try dictionary.cursor(at: [UInt8](repeating: 0xFF, count: 20))).isEmpty)
    #expect(try dictionary.list(at: [UInt8](repeating: 0xFF, count: 20)) == nil)
  }

  /// Whatever prefixes are skipped, the cursor visits the words that a plain loop finds, with their lists and shared lengths.
  @Test(arguments: [1, 33, 3000])
  func skippedPrefixesAreNotVisited(count: Int) throws {
    let seed = UInt64(320 + count)
    var random = SeededRandom(seed: seed)
    let terms = terms(count, &random)
    let dictionary = try dictionary(terms)
    for _ in 0..<20 {
      var cursor = dictionary.start
      var index = 0
      var (before, skippedPrefix) = ([UInt8](), Int.max)
      while let shared = try cursor.next(past: skippedPrefix) {
        while skippedPrefix < .max, index < count, terms[index].address.starts(with: before.prefix(skippedPrefix)) {
          index += 1
        }
        try #require(index < count && cursor.text == terms[index].address, "seed \(seed)")
        #expect(cursor.value.list == terms[index].list, "seed \(seed)")
        #expect(shared <= zip(before, cursor.text).prefix { $0 == $1 }.count, "seed \(seed)")
        index += 1
        before = cursor.text
        skippedPrefix = random.integer(0...2) == 0 ? min(before.count, random.integer(1...3)) : .max
        if skippedPrefix == 0 { skippedPrefix = .max }
      }
      while skippedPrefix < .max, index < count, terms[index].address.starts(with: before.prefix(skippedPrefix)) {
        index += 1
      }
      #expect(index == count, "seed \(seed)")
    }
  }

  @Test func allSpellingsOfAKeyLieSideBySide() throws {
    var terms: [Term] = []
    func add(_ address: [UInt8]) {
      var list = PostingList()
      list.documents = 1
      list.positions = 1
      terms.append(Term(address: address, list: list, inline: []))
    }
    let key: [UInt8] = Array("doi".utf8)
    add(TermAddress(.vietnamese, key: Array("do".utf8)).bytes)
    add([Language.vietnamese.rawValue] + key)
    let spellings = (0..<100).map { String($0 + 100) }
    for spelling in spellings { add(TermAddress(.vietnamese, key: key, spelling: Array(spelling.utf8)).bytes) }
    add(TermAddress(.vietnamese, key: Array("doia".utf8)).bytes)
    let dictionary = try dictionary(terms)
    var cursor = try dictionary.cursor(at: TermAddress.prefix(.vietnamese, key: key))
    var found: [String] = []
    while try cursor.next(), cursor.text.starts(with: TermAddress.prefix(.vietnamese, key: key)) {
      found.append(String(decoding: TermAddress(bytes: cursor.text).spelling, as: UTF8.self))
    }
    #expect(found == spellings)
  }

  @Test(arguments: [UInt64(321), 322])
  func flippedBytesNeverTrap(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let terms = terms(100, &random)
    var writer = TermDictionaryWriter()
    for term in terms {
      writer.inline.write(contentsOf: term.inline)
      writer.add(term.address, term.list)
    }
    let parts = [MappedBytes.array(writer.terms), MappedBytes.array(writer.index())]
    var outcomes = 0
    for _ in 0..<600 {
      var damaged = parts
      let part = random.integer(0...1)
      damaged[part][random.integer(0...damaged[part].count - 1)] ^= UInt8(random.integer(1...255))
      do {
        let dictionary = try TermDictionary(
          terms: try MappedBytes.region(damaged[0]), index: try MappedBytes.region(damaged[1]))
        for term in terms.prefix(40) { _ = try dictionary.list(at: term.address) }
        outcomes += try tail(try dictionary.cursor(at: [])).count >= 0 ? 1 : 0
      } catch is SearchError { outcomes += 1 }
    }
    #expect(outcomes == 600)
  }

  @Test func truncatedSectionsAreErrors() throws {
    var random = SeededRandom(seed: 323)
    let terms = terms(40, &random)
    var writer = TermDictionaryWriter()
    for term in terms {
      writer.inline.write(contentsOf: term.inline)
      writer.add(term.address, term.list)
    }
    let (bytes, index) = (try MappedBytes.region(writer.terms), try MappedBytes.region(writer.index()))
    for count in 0..<bytes.count {
      let short = try bytes.slice(at: 0, count: count)
      #expect(throws: SearchError.self) { try tail(try TermDictionary(terms: short, index: index).cursor(at: [])) }
    }
    for count in 0..<index.count {
      let short = try index.slice(at: 0, count: count)
      #expect(throws: SearchError.self) { try TermDictionary(terms: bytes, index: short) }
    }
  }

  /// Lists that begin beyond 2^32 and have more bytes, documents and positions than 32 bits count.
  @Test func placesBeyondFourGibibytes() throws {
    var random = SeededRandom(seed: 309)
    var base = PostingList()
    base.postings.offset = 5 << 32
    base.blocks.offset = 1 << 32
    base.positionBytes.offset = 1 << 47
    base.forms.offset = 3 << 33
    base.codes.offset = 1 << 40
    var terms = terms(200, &random)
    for index in terms.indices { terms[index].list = terms[index].list.moved(by: base) }
    terms[199].list.documents = Int(Int32.max)
    terms[199].list.isInline = false
    terms[199].inline = []
    terms[199].list.positions = 1 << 50
    terms[199].list.postings.count = 1 << 33
    terms[199].list.positionBytes.count = 1 << 46
    terms[199].list.blocks.count = 1 << 32
    let dictionary = try dictionary(terms)
    #expect(try tail(dictionary.start) == terms)
    for term in terms { #expect(try dictionary.list(at: term.address)?.list == term.list) }
  }

  @Test func countsThatRunOverAreDamage() throws {
    // Shares 15 and more bytes, Int.max more: the sum has no room.
    let bytes: [UInt8] = [0xF0] + [UInt8](repeating: 0xFF, count: 8) + [0x7F]
    for head in [UInt8(0xF0), 0x0F] {
      var reader = ByteReader(try MappedBytes.region([head] + bytes.dropFirst()))
      #expect(throws: SearchError.self) { try PrefixCoding.readCounts(&reader) }
    }
  }
}

/// Every distinct lower-case form seen, with its key and what it says about its language.
///
/// Open addressing over 64-bit slots (hash tag and id); texts in one arena of eight-byte words, zeroes behind their
/// ends, so that equality is a comparison of words. What costs more than a look-up (the syllable grammar, the
/// evidence) is done once per form, not once per token.
struct FormTable: ~Copyable {
  /// A form's texts and properties. The key's words follow the form's.
  struct Entry: BitwiseCopyable {
    /// Where the form begins in the arena, in words.
    var offset: UInt32
    var formCount: UInt8
    var keyCount: UInt8
    /// For Vietnamese if positive, against it if negative; in quarters of a natural logarithm.
    var evidence: Int8
    var traits: Traits
    /// `WordEvidence.signs`.
    var signs: Int8
  }

  struct Traits: OptionSet, BitwiseCopyable {
    var rawValue: UInt8
    /// A Vietnamese syllable, marked or not.
    static let syllable = Traits(rawValue: 1)
    /// Holds a letter that only Vietnamese uses.
    static let vietnameseMarks = Traits(rawValue: 2)
    /// Holds a letter that only French uses.
    static let frenchMarks = Traits(rawValue: 4)
    /// Any diacritic or ligature at all.
    static let marked = Traits(rawValue: 8)
    /// Holds a digit.
    static let digits = Traits(rawValue: 16)
    /// Written in Latin letters.
    static let latin = Traits(rawValue: 32)
    /// A French function word.
    static let frenchFunction = Traits(rawValue: 64)
    /// A word of `SharedWords`.
    static let shared = Traits(rawValue: 128)
  }

  private static let firstSlots = 4096

  private(set) var entries = GrowableBuffer<Entry>(capacity: 1024)
  private var texts = GrowableBuffer<UInt64>(capacity: 2048)
  private var slots = GrowableBuffer<UInt64>(capacity: firstSlots)
  private var mask = firstSlots - 1

  init() { slots.append(repeating: 0, count: FormTable.firstSlots) }

  var count: Int { entries.count }

  /// Bytes of memory in use.
  var byteCount: Int { 8 * (entries.capacity + texts.capacity + slots.capacity) }

  func form(_ id: UInt32) -> [UInt8] {
    let entry = entries[Int(id)]
    return bytes(Int(entry.offset), Int(entry.formCount))
  }

  func key(_ id: UInt32) -> [UInt8] {
    let entry = entries[Int(id)]
    return bytes(Int(entry.offset) + FormTable.words(entry.formCount), Int(entry.keyCount))
  }

  private static func words(_ bytes: UInt8) -> Int { (Int(bytes) + 7) >> 3 }

  private func bytes(_ start: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: texts[start + $0 >> 3] >> UInt64(8 * ($0 & 7))) }
  }

  /// Forgets everything and gives the memory back.
  mutating func reset() {
    entries.reset(capacity: 1024)
    texts.reset(capacity: 2048)
    slots.reset(capacity: FormTable.firstSlots)
    slots.append(repeating: 0, count: FormTable.firstSlots)
    mask = FormTable.firstSlots - 1
  }

  /// The id of the word's form; `word.finish()` has been called.
  @inline(__always)
  mutating func intern(_ word: borrowing WordBuffer) -> UInt32 {
    let hash = word.formHash
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots[place]
      if slot == 0 { return insert(word, hash: hash, place: place) }
      if (slot ^ hash) &>> 32 == 0 {
        let id = UInt32(truncatingIfNeeded: slot) &- 1
        if isEqual(id, word) { return id }
      }
      place = (place &+ 1) & mask
    }
  }

  @inline(__always)
  private func isEqual(_ id: UInt32, _ word: borrowing WordBuffer) -> Bool {
    let entry = entries[Int(id)]
    guard Int(entry.formCount) == word.formCount else { return false }
    let start = Int(entry.offset)
    for index in 0..<FormTable.words(entry.formCount) where texts[start &+ index] != word.formWord(index) {
      return false
    }
    return true
  }

  @inline(never)
  private mutating func insert(_ word: borrowing WordBuffer, hash: UInt64, place: Int) -> UInt32 {
    let id = UInt32(entries.count)
    let evidence = WordEvidence(word)
    let entry = Entry(
      offset: UInt32(texts.count), formCount: UInt8(word.formCount), keyCount: UInt8(word.keyCount),
      evidence: evidence.weight, traits: evidence.traits, signs: evidence.signs)
    for index in 0..<FormTable.words(entry.formCount) { texts.append(word.formWord(index)) }
    for index in 0..<FormTable.words(entry.keyCount) { texts.append(word.keyWord(index)) }
    entries.append(entry)
    slots[place] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(id + 1)
    if entries.count * 2 > slots.count { grow() }
    return id
  }

  private mutating func grow() {
    let larger = slots.count * 2
    slots.reset(capacity: larger)
    slots.append(repeating: 0, count: larger)
    mask = larger - 1
    for id in 0..<entries.count {
      let entry = entries[id]
      var hash = WordBuffer.seed ^ UInt64(entry.formCount)
      for index in 0..<FormTable.words(entry.formCount) {
        hash = WordBuffer.mix(hash ^ texts[Int(entry.offset) + index])
      }
      var place = Int(truncatingIfNeeded: hash) & mask
      while slots[place] != 0 { place = (place + 1) & mask }
      slots[place] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(id + 1)
    }
  }
}

/// Every distinct lower-case form seen, with its key and what it says about its language.
///
/// Open addressing over 64-bit slots (hash tag and id), texts in one arena. What costs more than a look-up
/// (the syllable grammar, the evidence) is done once per form, not once per token.
struct FormTable: ~Copyable {
  /// A form's texts and properties. `form` and `key` lie one after the other in the arena.
  struct Entry: BitwiseCopyable {
    var offset: UInt32
    var formCount: UInt8
    var keyCount: UInt8
    /// For Vietnamese if positive, against it if negative; in quarters of a natural logarithm.
    var evidence: Int8
    var traits: Traits
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
  }

  private(set) var entries = GrowableBuffer<Entry>(capacity: 1024)
  private var texts = GrowableBuffer<UInt8>(capacity: 16 * 1024)
  private var slots = GrowableBuffer<UInt64>(capacity: 4096)
  private var mask = 4095

  init() { slots.append(repeating: 0, count: 4096) }

  var count: Int { entries.count }

  /// Bytes of memory in use.
  var byteCount: Int { entries.capacity * 8 + texts.capacity + slots.capacity * 8 }

  func form(_ id: UInt32) -> [UInt8] {
    let entry = entries[Int(id)]
    return bytes(Int(entry.offset), Int(entry.formCount))
  }

  func key(_ id: UInt32) -> [UInt8] {
    let entry = entries[Int(id)]
    return bytes(Int(entry.offset) + Int(entry.formCount), Int(entry.keyCount))
  }

  private func bytes(_ start: Int, _ count: Int) -> [UInt8] {
    let texts = self.texts.span
    var out: [UInt8] = []
    out.reserveCapacity(count)
    for index in start..<start + count { out.append(texts[index]) }
    return out
  }

  /// Forgets everything and gives the memory back.
  mutating func reset() {
    entries.reset(capacity: 1024)
    texts.reset(capacity: 16 * 1024)
    slots.reset(capacity: 4096)
    slots.append(repeating: 0, count: 4096)
    mask = 4095
  }

  /// The id of a form; `word` holds the form and then the key.
  @inline(__always)
  mutating func intern(_ word: borrowing WordBuffer) -> UInt32 {
    let hash = word.formHash
    var place = Int(truncatingIfNeeded: hash) & mask
    let tag = hash & 0xFFFF_FFFF_0000_0000
    while true {
      let slot = slots[place]
      if slot == 0 { return insert(word, hash: hash, place: place) }
      let id = UInt32(truncatingIfNeeded: slot) &- 1
      if slot & 0xFFFF_FFFF_0000_0000 == tag, isEqual(id, word) { return id }
      place = (place &+ 1) & mask
    }
  }

  @inline(__always)
  private func isEqual(_ id: UInt32, _ word: borrowing WordBuffer) -> Bool {
    let entry = entries[Int(id)]
    guard Int(entry.formCount) == word.formCount else { return false }
    let texts = self.texts.span
    let start = Int(entry.offset)
    for index in 0..<word.formCount where texts[start &+ index] != word.formByte(index) { return false }
    return true
  }

  @inline(never)
  private mutating func insert(_ word: borrowing WordBuffer, hash: UInt64, place: Int) -> UInt32 {
    let id = UInt32(entries.count)
    let offset = UInt32(texts.count)
    for index in 0..<word.formCount { texts.append(word.formByte(index)) }
    for index in 0..<word.keyCount { texts.append(word.keyByte(index)) }
    let (evidence, traits) = WordEvidence.evaluate(
      form: word.form, key: word.key, hints: word.hints, hasDigit: word.hasDigit)
    entries.append(
      Entry(
        offset: offset, formCount: UInt8(word.formCount), keyCount: UInt8(word.keyCount), evidence: evidence,
        traits: traits))
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
      let hash = WordBuffer.hash(form(UInt32(id)))
      var place = Int(truncatingIfNeeded: hash) & mask
      while slots[place] != 0 { place = (place + 1) & mask }
      slots[place] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(id + 1)
    }
  }
}

/// A hash table of all distinct lower-case forms seen, with their keys and their evidence for a language.
///
/// Open addressing with linear probing. A slot holds the first eight bytes of its form and everything that a token
/// needs of it, so that most lookups touch one cache line. Texts are in one arena of eight-byte words, padded with
/// zeroes, so that equality is a comparison of words. Whatever costs more than a lookup (the syllable grammar, the
/// evidence) is computed once per form, not once per token.
struct FormTable: ~Copyable {
  /// A form's texts and properties. The words of the key follow those of the form.
  struct Entry: BitwiseCopyable {
    /// Offset of the form in the arena, in words.
    var offset: UInt32
    /// Length of the form in bytes.
    var formCount: UInt8
    /// Length of the key in bytes.
    var keyCount: UInt8
    /// `WordEvidence.weight`: positive for Vietnamese, negative for French; in quarters of a natural logarithm.
    var evidence: Int8
    var traits: Traits
    /// `WordEvidence.signs`.
    var signs: Int8
  }

  /// A form's id, evidence, traits, signs and length in bytes, packed into one word that is never zero.
  struct Form: BitwiseCopyable {
    fileprivate let bits: UInt64

    fileprivate init(bits: UInt64) { self.bits = bits }

    init(id: UInt32, _ entry: Entry) {
      bits =
        UInt64(id) | UInt64(UInt8(bitPattern: entry.evidence)) &<< 32 | UInt64(entry.traits.rawValue) &<< 40
        | UInt64(UInt8(bitPattern: entry.signs)) &<< 48 | UInt64(entry.formCount) &<< 56
    }

    @inline(__always) var id: UInt32 { UInt32(truncatingIfNeeded: bits) }
    @inline(__always) var count: UInt8 { UInt8(truncatingIfNeeded: bits &>> 56) }

    /// All fields but the length: the lower seven bytes of `TokenBuffer.Token.word`.
    @inline(__always) var properties: UInt64 { bits & 0xFF_FFFF_FFFF_FFFF }
  }

  /// A slot of the hash table.
  struct Slot: BitwiseCopyable {
    /// The form's first eight bytes.
    var head: UInt64 = 0
    /// The bits of a `Form`; zero in an empty slot.
    var form: UInt64 = 0
  }

  /// Properties of a form that follow from its letters and from the word lists.
  struct Traits: OptionSet, BitwiseCopyable {
    var rawValue: UInt8
    /// A Vietnamese syllable, with or without diacritics.
    static let syllable = Traits(rawValue: 1)
    /// Contains a letter that only Vietnamese uses, or ends in an open rhyme (oà, oè, ùy).
    static let vietnameseDiacritics = Traits(rawValue: 2)
    /// Contains a letter that only French uses.
    static let frenchDiacritics = Traits(rawValue: 4)
    /// Contains a diacritic or a ligature.
    static let diacritics = Traits(rawValue: 8)
    /// Contains a digit.
    static let digits = Traits(rawValue: 16)
    /// Consists of Latin letters and digits.
    static let latin = Traits(rawValue: 32)
    /// A French function word.
    static let frenchFunction = Traits(rawValue: 64)
    /// A word of `SharedWords`.
    static let shared = Traits(rawValue: 128)
  }

  private static let firstSlots = 2048

  private(set) var entries = GrowableBuffer<Entry>(capacity: 1024)
  private var texts = GrowableBuffer<UInt64>(capacity: 2048)
  private var slots = GrowableBuffer<Slot>(capacity: firstSlots)
  private var mask = firstSlots - 1
  /// The forms by the surface forms of their words.
  var surfaceForms = SurfaceFormCache()

  /// Whether the evidence of forms is computed; if not, only their texts are stored.
  private let hasEvidence: Bool

  init(hasEvidence: Bool = true) {
    self.hasEvidence = hasEvidence
    slots.append(repeating: Slot(), count: FormTable.firstSlots)
  }

  /// Number of forms.
  var count: Int { entries.count }

  /// Memory in use, in bytes.
  var byteCount: Int { 8 * (entries.capacity + texts.capacity) + 16 * slots.capacity + surfaceForms.byteCount }

  /// Returns the bytes of a form.
  func form(_ id: UInt32) -> [UInt8] {
    let entry = entries[Int(id)]
    return bytes(Int(entry.offset), Int(entry.formCount))
  }

  /// Returns the bytes of a form's key.
  func key(_ id: UInt32) -> [UInt8] {
    let entry = entries[Int(id)]
    return bytes(Int(entry.offset) + FormTable.words(entry.formCount), Int(entry.keyCount))
  }

  /// Whether a form equals its key, as letters without diacritics do.
  func equalsKey(_ id: UInt32) -> Bool {
    let entry = entries[Int(id)]
    guard entry.formCount == entry.keyCount else { return false }
    let (start, words) = (Int(entry.offset), FormTable.words(entry.formCount))
    for index in start..<start + words where texts[index] != texts[index + words] { return false }
    return true
  }

  /// Whether a form has at most eight bytes, and its only letter beyond ASCII is â, ê or ô.
  func hasOneCircumflex(_ id: UInt32) -> Bool {
    let entry = entries[Int(id)]
    guard entry.formCount <= 8 else { return false }
    let bytes = texts[Int(entry.offset)]
    let beyondASCII = bytes & 0x8080_8080_8080_8080
    guard beyondASCII != 0 else { return false }
    let shift = UInt64(beyondASCII.trailingZeroBitCount &- 7)
    let letter = bytes &>> shift & 0xFFFF
    return beyondASCII == 0x8080 &<< shift && (letter == 0xA2C3 || letter == 0xAAC3 || letter == 0xB4C3)
  }

  /// Returns the hash of a form's bytes, which does not depend on the table.
  func hash(_ id: Int) -> UInt64 {
    let entry = entries[id]
    var hash = WordBuffer.seed ^ UInt64(entry.formCount)
    for index in 0..<FormTable.words(entry.formCount) {
      hash = WordBuffer.mix(hash ^ texts[Int(entry.offset) + index])
    }
    return hash
  }

  /// Returns the memory of a form's text and its key, in bytes.
  func textBytes(_ id: Int) -> Int {
    8 * (FormTable.words(entries[id].formCount) + FormTable.words(entries[id].keyCount))
  }

  /// Appends the bytes of a form's key.
  func appendKey(_ id: UInt32, to bytes: inout GrowableBuffer<UInt8>) {
    let entry = entries[Int(id)]
    let start = Int(entry.offset) + FormTable.words(entry.formCount)
    for index in 0..<Int(entry.keyCount) {
      bytes.append(UInt8(truncatingIfNeeded: texts[start &+ index >> 3] &>> UInt64(8 &* (index & 7))))
    }
  }

  /// Compares the bytes of two forms: negative if the first precedes the second, 0 if they are equal.
  static func compare(
    _ id: UInt32, in forms: borrowing FormTable, with other: UInt32, in others: borrowing FormTable
  ) -> Int {
    let (a, b) = (forms.entries[Int(id)], others.entries[Int(other)])
    for index in 0..<min(words(a.formCount), words(b.formCount)) {
      let x = forms.texts[Int(a.offset) + index].byteSwapped
      let y = others.texts[Int(b.offset) + index].byteSwapped
      if x != y { return x < y ? -1 : 1 }
    }
    return Int(a.formCount) - Int(b.formCount)
  }

  /// Returns the number of words in the arena for a text of `bytes` bytes.
  private static func words(_ bytes: UInt8) -> Int { (Int(bytes) + 7) >> 3 }

  /// Returns `count` bytes of the arena from word `start` on.
  private func bytes(_ start: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: texts[start + $0 >> 3] >> UInt64(8 * ($0 & 7))) }
  }

  /// Removes all forms and releases the memory.
  mutating func reset() {
    entries.reset(capacity: 1024)
    texts.reset(capacity: 2048)
    slots.reset(capacity: FormTable.firstSlots)
    slots.append(repeating: Slot(), count: FormTable.firstSlots)
    mask = FormTable.firstSlots - 1
    surfaceForms.reset()
  }

  /// Returns the word's form, inserting it if it is new. `word.finish()` must have been called.
  @inline(__always)
  mutating func intern(_ word: borrowing WordBuffer) -> Form {
    let hash = word.formHash
    let head = word.formWord(0)
    var index = Int(truncatingIfNeeded: hash) & mask
    while true {
      // Safe because: there are `mask + 1` slots.
      let slot = unsafe slots[unchecked: index]
      if slot.form == 0 { return insert(word, at: index) }
      if slot.head == head {
        let form = Form(bits: slot.form)
        if Int(form.count) == word.formCount, hasTail(form, word) { return form }
      }
      index = (index &+ 1) & mask
    }
  }

  /// Whether form and word, of equal length, also have equal bytes after the eighth.
  @inline(__always)
  private func hasTail(_ form: Form, _ word: borrowing WordBuffer) -> Bool {
    if form.count <= 8 { return true }
    let start = Int(entries[Int(form.id)].offset)
    for index in 1..<FormTable.words(form.count) where texts[start &+ index] != word.formWord(index) { return false }
    return true
  }

  /// Inserts a new form into the empty slot at `index`.
  @inline(never)
  private mutating func insert(_ word: borrowing WordBuffer, at index: Int) -> Form {
    let id = UInt32(entries.count)
    let evidence = hasEvidence ? WordEvidence(word) : WordEvidence()
    let entry = Entry(
      offset: UInt32(texts.count), formCount: UInt8(word.formCount), keyCount: UInt8(word.keyCount),
      evidence: evidence.weight, traits: evidence.traits, signs: evidence.signs)
    for number in 0..<FormTable.words(entry.formCount) { texts.append(word.formWord(number)) }
    for number in 0..<FormTable.words(entry.keyCount) { texts.append(word.keyWord(number)) }
    entries.append(entry)
    let form = Form(id: id, entry)
    slots[index] = Slot(head: word.formWord(0), form: form.bits)
    if entries.count * 2 > slots.count { grow() }
    return form
  }

  /// Doubles the number of slots.
  private mutating func grow() {
    let larger = slots.count * 2
    slots.reset(capacity: larger)
    slots.append(repeating: Slot(), count: larger)
    mask = larger - 1
    for id in 0..<entries.count {
      let entry = entries[id]
      var index = Int(truncatingIfNeeded: hash(id)) & mask
      while slots[index].form != 0 { index = (index + 1) & mask }
      slots[index] = Slot(head: texts[Int(entry.offset)], form: Form(id: UInt32(id), entry).bits)
    }
  }
}

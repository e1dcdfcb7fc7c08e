/// Every distinct lower-case form seen, with its key and what it says about its language.
///
/// Open addressing; a slot holds the first eight bytes of its form and all that a token needs of it, so that most
/// look-ups touch one cache line. Texts lie in one arena of eight-byte words, zeroes behind their ends, so that
/// equality is a comparison of words. What costs more than a look-up (the syllable grammar, the evidence) is done
/// once per form, not once per token.
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

  /// What a token needs of its form: id, evidence, traits, signs, and its length, in one word that is never zero.
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

    /// All but the length: the lower seven bytes of `TokenBuffer.Token.word`.
    @inline(__always) var properties: UInt64 { bits & 0xFF_FFFF_FFFF_FFFF }
  }

  struct Slot: BitwiseCopyable {
    /// The form's first eight bytes.
    var head: UInt64 = 0
    /// A `Form`; zero in an empty slot.
    var form: UInt64 = 0
  }

  struct Traits: OptionSet, BitwiseCopyable {
    var rawValue: UInt8
    /// A Vietnamese syllable, marked or not.
    static let syllable = Traits(rawValue: 1)
    /// Holds a letter that only Vietnamese uses.
    static let vietnameseDiacritics = Traits(rawValue: 2)
    /// Holds a letter that only French uses.
    static let frenchDiacritics = Traits(rawValue: 4)
    /// Any diacritic or ligature at all.
    static let diacritics = Traits(rawValue: 8)
    /// Holds a digit.
    static let digits = Traits(rawValue: 16)
    /// Written in Latin letters.
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
  /// The forms by the writings of their words.
  var surfaceForms = SurfaceFormCache()

  /// Whether forms are weighed; without, only their texts are kept.
  private let weighs: Bool

  init(weighs: Bool = true) {
    self.weighs = weighs
    slots.append(repeating: Slot(), count: FormTable.firstSlots)
  }

  var count: Int { entries.count }

  /// Bytes of memory in use.
  var byteCount: Int { 8 * (entries.capacity + texts.capacity) + 16 * slots.capacity + surfaceForms.byteCount }

  func form(_ id: UInt32) -> [UInt8] {
    let entry = entries[Int(id)]
    return bytes(Int(entry.offset), Int(entry.formCount))
  }

  func key(_ id: UInt32) -> [UInt8] {
    let entry = entries[Int(id)]
    return bytes(Int(entry.offset) + FormTable.words(entry.formCount), Int(entry.keyCount))
  }

  /// Whether a form is its own key: lower-case letters without marks are.
  func isOwnKey(_ id: UInt32) -> Bool {
    let entry = entries[Int(id)]
    guard entry.formCount == entry.keyCount else { return false }
    let (start, words) = (Int(entry.offset), FormTable.words(entry.formCount))
    for index in start..<start + words where texts[index] != texts[index + words] { return false }
    return true
  }

  /// The hash of a form's bytes; the same in every table.
  func hash(_ id: Int) -> UInt64 {
    let entry = entries[id]
    var hash = WordBuffer.seed ^ UInt64(entry.formCount)
    for index in 0..<FormTable.words(entry.formCount) {
      hash = WordBuffer.mix(hash ^ texts[Int(entry.offset) + index])
    }
    return hash
  }

  /// Bytes that the texts of a form and its key take.
  func textBytes(_ id: Int) -> Int {
    8 * (FormTable.words(entries[id].formCount) + FormTable.words(entries[id].keyCount))
  }

  /// Appends the key's bytes.
  func appendKey(_ id: UInt32, to bytes: inout GrowableBuffer<UInt8>) {
    let entry = entries[Int(id)]
    let start = Int(entry.offset) + FormTable.words(entry.formCount)
    for index in 0..<Int(entry.keyCount) {
      bytes.append(UInt8(truncatingIfNeeded: texts[start &+ index >> 3] &>> UInt64(8 &* (index & 7))))
    }
  }

  /// Compares the bytes of two forms: negative if the first comes first, 0 if they are the same.
  static func compare(_ id: UInt32, _ forms: borrowing FormTable, _ other: UInt32, _ others: borrowing FormTable) -> Int
  {
    let (a, b) = (forms.entries[Int(id)], others.entries[Int(other)])
    for index in 0..<min(words(a.formCount), words(b.formCount)) {
      let x = forms.texts[Int(a.offset) + index].byteSwapped
      let y = others.texts[Int(b.offset) + index].byteSwapped
      if x != y { return x < y ? -1 : 1 }
    }
    return Int(a.formCount) - Int(b.formCount)
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
    slots.append(repeating: Slot(), count: FormTable.firstSlots)
    mask = FormTable.firstSlots - 1
    surfaceForms.reset()
  }

  /// The word's form, entered if it is new; `word.finish()` has been called.
  @inline(__always)
  mutating func intern(_ word: borrowing WordBuffer) -> Form {
    let hash = word.formHash
    let head = word.formWord(0)
    var place = Int(truncatingIfNeeded: hash) & mask
    while true {
      // Safe because: there are `mask + 1` slots.
      let slot = unsafe slots[unchecked: place]
      if slot.form == 0 { return insert(word, place: place) }
      if slot.head == head {
        let form = Form(bits: slot.form)
        if Int(form.count) == word.formCount, hasTail(form, word) { return form }
      }
      place = (place &+ 1) & mask
    }
  }

  /// Whether the form's bytes after the eighth are those of the word, which is as long.
  @inline(__always)
  private func hasTail(_ form: Form, _ word: borrowing WordBuffer) -> Bool {
    if form.count <= 8 { return true }
    let start = Int(entries[Int(form.id)].offset)
    for index in 1..<FormTable.words(form.count) where texts[start &+ index] != word.formWord(index) { return false }
    return true
  }

  @inline(never)
  private mutating func insert(_ word: borrowing WordBuffer, place: Int) -> Form {
    let id = UInt32(entries.count)
    let evidence = weighs ? WordEvidence(word) : WordEvidence()
    let entry = Entry(
      offset: UInt32(texts.count), formCount: UInt8(word.formCount), keyCount: UInt8(word.keyCount),
      evidence: evidence.weight, traits: evidence.traits, signs: evidence.signs)
    for index in 0..<FormTable.words(entry.formCount) { texts.append(word.formWord(index)) }
    for index in 0..<FormTable.words(entry.keyCount) { texts.append(word.keyWord(index)) }
    entries.append(entry)
    let form = Form(id: id, entry)
    slots[place] = Slot(head: word.formWord(0), form: form.bits)
    if entries.count * 2 > slots.count { grow() }
    return form
  }

  private mutating func grow() {
    let larger = slots.count * 2
    slots.reset(capacity: larger)
    slots.append(repeating: Slot(), count: larger)
    mask = larger - 1
    for id in 0..<entries.count {
      let entry = entries[id]
      var place = Int(truncatingIfNeeded: hash(id)) & mask
      while slots[place].form != 0 { place = (place + 1) & mask }
      slots[place] = Slot(head: texts[Int(entry.offset)], form: Form(id: UInt32(id), entry).bits)
    }
  }
}

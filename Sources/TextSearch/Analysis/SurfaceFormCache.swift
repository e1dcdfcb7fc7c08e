/// The forms of words by their writings: what makes decoding, folding and the look-up of a known word one look-up.
///
/// Two places for each hash, in one cache line; a third writing drives the older one out, and will be read by the general way
/// when it comes again. So the cache needs no more memory than it pays for, whatever the text. It grows with the
/// writings seen.
@safe
struct SurfaceFormCache: ~Copyable {
  /// What a token needs of its word: the form's id and properties, and `TokenBuffer.Marks` in the highest byte.
  struct Known: BitwiseCopyable {
    let bits: UInt64

    @inline(__always)
    var isInitial: Bool { bits & SurfaceFormCache.initial != 0 }
  }

  /// The word is a single letter: before a full stop it may be part of an acronym.
  static let initial: UInt64 = 1 << 60

  private struct Slot: BitwiseCopyable {
    /// The writing; zero in an empty slot.
    var head: UInt64 = 0
    var tail: UInt64 = 0
    var known: UInt64 = 0
    /// Two slots fill a line.
    private let unused: UInt64 = 0

    @inline(__always)
    func holds(_ surfaceForm: SurfaceForm) -> Bool { head ^ surfaceForm.head | tail ^ surfaceForm.tail == 0 }
  }

  private static let firstSlots = 512
  private static let maximumSlots = 1 << 17

  // Safe because: it holds `count` slots, a power of two, all initialised, from one allocation to the next.
  private var slots: UnsafeMutablePointer<Slot>
  private var count: Int
  /// Writings entered; those that drove others out count too.
  private var entered = 0

  init() {
    count = SurfaceFormCache.firstSlots
    unsafe slots = SurfaceFormCache.empty(count)
  }

  deinit { unsafe slots.deallocate() }

  var byteCount: Int { count * MemoryLayout<Slot>.stride }

  mutating func reset() {
    unsafe slots.deallocate()
    count = SurfaceFormCache.firstSlots
    unsafe slots = SurfaceFormCache.empty(count)
    entered = 0
  }

  /// The word that was entered under this writing; `writing` is not empty.
  @inline(__always)
  subscript(surfaceForm: SurfaceForm) -> Known? {
    let place = firstPlace(surfaceForm.hash)
    // A sum and no branch: which of the two it is cannot be foreseen, and to learn it may take a cache miss.
    let slot = unsafe slots[place &+ (slots[place].holds(surfaceForm) ? 0 : 1)]
    return slot.holds(surfaceForm) ? Known(bits: slot.known) : nil
  }

  /// The even place that a hash belongs to, and the odd one after it.
  @inline(__always)
  private func firstPlace(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (count &- 2) }

  /// Enters a word, unless it is there.
  mutating func enter(_ surfaceForm: SurfaceForm, _ known: UInt64) {
    guard self[surfaceForm] == nil else { return }
    entered += 1
    if entered * 2 > count, count < SurfaceFormCache.maximumSlots { grow() }
    place(Slot(head: surfaceForm.head, tail: surfaceForm.tail, known: known), surfaceForm.hash)
  }

  private mutating func place(_ slot: Slot, _ hash: UInt64) {
    let place = firstPlace(hash)
    unsafe slots[place + 1] = slots[place]
    unsafe slots[place] = slot
  }

  private mutating func grow() {
    let (old, oldCount) = unsafe (slots, count)
    count *= 2
    unsafe slots = SurfaceFormCache.empty(count)
    // Backwards: of two slots the first is to stay the newer one.
    for index in (0..<oldCount).reversed() {
      let slot = unsafe old[index]
      if slot.head != 0 { place(slot, SurfaceForm(head: slot.head, tail: slot.tail).hash) }
    }
    unsafe old.deallocate()
  }

  /// Empty slots that begin with a cache line.
  private static func empty(_ count: Int) -> UnsafeMutablePointer<Slot> {
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Slot>.stride, alignment: 64)
    return unsafe bytes.initializeMemory(as: Slot.self, repeating: Slot(), count: count)
  }
}

/// A two-way set-associative cache from surface forms to words, which replaces decoding, folding and interning of a
/// known word by one lookup.
///
/// The two slots of a set share a cache line. A third surface form evicts the older one, which the general path reads
/// when it occurs again. The cache doubles with the number of surface forms inserted, up to `maximumSlots`, so its
/// memory is bounded for any text.
@safe
struct SurfaceFormCache: ~Copyable {
  /// A cached word: the form's id and properties, and `TokenBuffer.Flags` in the highest byte.
  struct KnownWord: BitwiseCopyable {
    let bits: UInt64

    @inline(__always)
    var isInitial: Bool { bits & SurfaceFormCache.initial != 0 }
  }

  /// Flag bit of a word of a single letter: before a full stop it may be part of an acronym.
  static let initial: UInt64 = 1 << 60

  /// A surface form and its word.
  private struct Slot: BitwiseCopyable {
    /// The surface form; zero in an empty slot.
    var head: UInt64 = 0
    var tail: UInt64 = 0
    /// Bits of the `KnownWord`.
    var known: UInt64 = 0
    /// Padding: two slots fill a cache line of 64 bytes.
    private let unused: UInt64 = 0

    @inline(__always)
    func holds(_ surfaceForm: SurfaceForm) -> Bool { head ^ surfaceForm.head | tail ^ surfaceForm.tail == 0 }
  }

  private static let firstSlots = 512
  private static let maximumSlots = 1 << 17

  // Safe because: the allocation always holds `count` slots, all initialised; `count` is a power of two.
  private var slots: UnsafeMutablePointer<Slot>
  private var count: Int
  /// Number of insertions, including those that evicted another surface form.
  private var insertions = 0

  init() {
    count = SurfaceFormCache.firstSlots
    unsafe slots = SurfaceFormCache.empty(count)
  }

  deinit { unsafe slots.deallocate() }

  /// Memory of the slots, in bytes.
  var byteCount: Int { count * MemoryLayout<Slot>.stride }

  /// Removes all words and releases the memory.
  mutating func reset() {
    unsafe slots.deallocate()
    count = SurfaceFormCache.firstSlots
    unsafe slots = SurfaceFormCache.empty(count)
    insertions = 0
  }

  /// Returns the word of a surface form, which must not be empty; nil if it is not cached.
  @inline(__always)
  subscript(surfaceForm: SurfaceForm) -> KnownWord? {
    let index = firstSlot(surfaceForm.hash)
    // A sum instead of a branch: the outcome is unpredictable, and comparing may wait for a cache miss.
    let slot = unsafe slots[index &+ (slots[index].holds(surfaceForm) ? 0 : 1)]
    return slot.holds(surfaceForm) ? KnownWord(bits: slot.known) : nil
  }

  /// Returns the even index of the first of the two slots for a hash.
  @inline(__always)
  private func firstSlot(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (count &- 2) }

  /// Inserts a word unless its surface form is cached already.
  ///
  /// - Parameter known: the bits of a `KnownWord`.
  mutating func insert(_ surfaceForm: SurfaceForm, _ known: UInt64) {
    guard self[surfaceForm] == nil else { return }
    insertions += 1
    if insertions * 2 > count, count < SurfaceFormCache.maximumSlots { grow() }
    store(Slot(head: surfaceForm.head, tail: surfaceForm.tail, known: known), surfaceForm.hash)
  }

  /// Stores a slot as the newer of its set and evicts the older.
  private mutating func store(_ slot: Slot, _ hash: UInt64) {
    let index = firstSlot(hash)
    unsafe slots[index + 1] = slots[index]
    unsafe slots[index] = slot
  }

  /// Doubles the number of slots.
  private mutating func grow() {
    let (old, oldCount) = unsafe (slots, count)
    count *= 2
    unsafe slots = SurfaceFormCache.empty(count)
    // Backwards, so that the first slot of a set remains the newer one.
    for index in (0..<oldCount).reversed() {
      let slot = unsafe old[index]
      if slot.head != 0 { store(slot, SurfaceForm(head: slot.head, tail: slot.tail).hash) }
    }
    unsafe old.deallocate()
  }

  /// Allocates empty slots, aligned to a cache line.
  private static func empty(_ count: Int) -> UnsafeMutablePointer<Slot> {
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Slot>.stride, alignment: 64)
    return unsafe bytes.initializeMemory(as: Slot.self, repeating: Slot(), count: count)
  }
}

/// Places in a window, some of them more than once, as long as they are few.
@safe
struct MatchedSlots: ~Copyable {
  private let limit: Int
  // Safe because: room for `limit` places, allocated here, freed in `deinit`; before them stands how many there are, more than
  // `limit` once they were too many.
  private let base: UnsafeMutablePointer<UInt32>

  init(_ limit: Int) {
    self.limit = limit
    unsafe base = .allocate(capacity: 1 + limit)
    unsafe base[0] = 0
  }

  deinit { unsafe base.deallocate() }

  var count: Int { unsafe Int(base[0]) }

  /// The places; nil if they were too many.
  @unsafe
  var slots: UnsafeMutablePointer<UInt32>? { count > limit ? nil : unsafe base + 1 }

  @unsafe
  @inline(__always)
  func add(_ documents: UnsafePointer<UInt32>, _ added: Int, from first: UInt32) {
    let start = count
    guard start <= limit else { return }
    unsafe base[0] = UInt32(start &+ added)
    guard start &+ added <= limit else { return }
    // Safe because: there is room for `limit`.
    let target = unsafe base + 1 + start
    for index in 0..<added { unsafe target[index] = documents[index] &- first }
  }

  func removeAll() { unsafe base[0] = 0 }
}

/// The byte-oriented coding of a block: sequences of two or three bytes, each with its literals behind it.
///
/// The family is LZ77 with byte codes, as LZ4 and LZO; the short form is our own: with a dictionary before the
/// block, three repetitions in five follow each other without a literal, and most are short.
@safe
struct FastBlock: ~Copyable {
  private typealias Layout = BlockLayout.Fast
  /// Bytes of a head with both rests, at most.
  private static let maximumHead = 9

  // Safe because: a sequence repeats `shortest` bytes or more but for the last one, so that this holds every head, all
  // literals, and the bytes that vectors write beyond them; freed once.
  private let base: UnsafeMutablePointer<UInt8>
  private var place = 0

  init() {
    let sequences = BlockLayout.maximumBytes / Layout.shortest + 1
    unsafe base = .allocate(capacity: BlockLayout.maximumBytes + FastBlock.maximumHead * sequences + BlockLayout.slack)
  }

  deinit { unsafe base.deallocate() }

  /// What `encode` made.
  var coded: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: base, count: place)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Encodes the block that a matcher has parsed.
  mutating func encode(_ matcher: borrowing BlockMatcher) {
    var source = unsafe UnsafeRawPointer(matcher.block)
    var place = 0
    for index in 0..<matcher.sequences.count {
      // Safe because: `index` is below the count, and the sequences cover the block, which has slack behind it.
      let sequence = unsafe matcher.sequences[unchecked: index]
      let literals = Int(sequence.literals)
      if sequence.length == 0, literals == 0 { break }
      unsafe FastBlock.writeHead(sequence, to: base, &place)
      var copied = 0
      while copied < literals {
        let vector = unsafe (source + copied).loadUnaligned(as: SIMD16<UInt8>.self)
        unsafe UnsafeMutableRawPointer(base + place + copied).storeBytes(of: vector, as: SIMD16<UInt8>.self)
        copied &+= 16
      }
      place &+= literals
      unsafe source += literals &+ Int(sequence.length)
    }
    self.place = place
  }

  @unsafe @inline(__always)
  private static func writeHead(_ sequence: BlockSequence, to base: UnsafeMutablePointer<UInt8>, _ place: inout Int) {
    let (literals, length, offset) = (Int(sequence.literals), Int(sequence.length), Int(sequence.offset))
    let isShort =
      literals <= Layout.maximumShortLiterals && length >= Layout.shortest && length <= Layout.maximumShortLength
      && offset <= Layout.maximumShortOffset
    let more = max(0, length &- Layout.shortest)
    let head =
      isShort
      ? literals &<< 1 | more &<< 2 | (offset &- 1) &<< 4
      : 1 | min(literals, Layout.manyLiterals) &<< 1 | min(more, Layout.manyLength) &<< 4 | offset &<< 8
    let bytes = UInt32(truncatingIfNeeded: head).littleEndian
    unsafe UnsafeMutableRawPointer(base + place).storeBytes(of: bytes, as: UInt32.self)
    place &+= isShort ? 2 : 3
    if literals >= Layout.manyLiterals { unsafe writeRest(literals - Layout.manyLiterals, to: base, &place) }
    if more >= Layout.manyLength { unsafe writeRest(more - Layout.manyLength, to: base, &place) }
  }

  @unsafe @inline(never)
  private static func writeRest(_ rest: Int, to base: UnsafeMutablePointer<UInt8>, _ place: inout Int) {
    var rest = rest
    while rest >= 0x80 {
      unsafe base[place] = UInt8(truncatingIfNeeded: rest) | 0x80
      place += 1
      rest >>= 7
    }
    unsafe base[place] = UInt8(rest)
    place += 1
  }
}

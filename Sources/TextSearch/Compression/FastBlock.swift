/// The byte-oriented coding of a block: sequences with a head of two or three bytes, each followed by its literals.
///
/// This is LZ77 with byte codes, like LZ4 and LZO. The short head is specific to this format: with a dictionary before
/// the block most matches are short, and most have no literals before them.
@safe
struct FastBlock: ~Copyable {
  private typealias Layout = BlockLayout.Fast
  /// Maximum bytes of a head with both remainders.
  private static let maximumHead = 9

  // Safe because: every sequence but the last has a match of at least `minimumLength` bytes, so the allocation holds
  // all heads, all literals, and the bytes that vectors write beyond them; freed once.
  private let base: UnsafeMutablePointer<UInt8>
  /// Bytes of the block that was encoded last.
  private var position = 0

  /// Allocates memory for any block.
  init() {
    let sequences = BlockLayout.maximumBytes / Layout.minimumLength + 1
    unsafe base = .allocate(capacity: BlockLayout.maximumBytes + FastBlock.maximumHead * sequences + BlockLayout.slack)
  }

  deinit { unsafe base.deallocate() }

  /// The bytes of the block that was encoded last.
  var coded: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let span = unsafe Span(_unsafeStart: base, count: position)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Encodes the block that `matcher` parsed last.
  mutating func encode(_ matcher: borrowing BlockMatcher) {
    var source = unsafe UnsafeRawPointer(matcher.block)
    var position = 0
    for index in 0..<matcher.sequences.count {
      // Safe because: `index` is below the count, and the sequences cover the block, which has slack behind it.
      let sequence = unsafe matcher.sequences[unchecked: index]
      let literals = Int(sequence.literals)
      if sequence.length == 0, literals == 0 { break }
      unsafe FastBlock.writeHead(sequence, to: base, &position)
      var copied = 0
      while copied < literals {
        let vector = unsafe (source + copied).loadUnaligned(as: SIMD16<UInt8>.self)
        unsafe UnsafeMutableRawPointer(base + position + copied).storeBytes(of: vector, as: SIMD16<UInt8>.self)
        copied &+= 16
      }
      position &+= literals
      unsafe source += literals &+ Int(sequence.length)
    }
    self.position = position
  }

  /// Writes the head of a sequence, with its remainders, at `position` and moves `position` past it.
  @unsafe @inline(__always)
  private static func writeHead(_ sequence: BlockSequence, to base: UnsafeMutablePointer<UInt8>, _ position: inout Int)
  {
    let (literals, length, offset) = (Int(sequence.literals), Int(sequence.length), Int(sequence.offset))
    let isShort =
      literals <= Layout.maximumShortLiterals && length >= Layout.minimumLength && length <= Layout.maximumShortLength
      && offset <= Layout.maximumShortOffset
    let more = max(0, length &- Layout.minimumLength)
    let head =
      isShort
      ? literals &<< 1 | more &<< 2 | (offset &- 1) &<< 4
      : 1 | min(literals, Layout.escapeLiterals) &<< 1 | min(more, Layout.escapeLength) &<< 4 | offset &<< 8
    let bytes = UInt32(truncatingIfNeeded: head).littleEndian
    unsafe UnsafeMutableRawPointer(base + position).storeBytes(of: bytes, as: UInt32.self)
    position &+= isShort ? 2 : 3
    if literals >= Layout.escapeLiterals {
      unsafe writeRemainder(literals - Layout.escapeLiterals, to: base, &position)
    }
    if more >= Layout.escapeLength { unsafe writeRemainder(more - Layout.escapeLength, to: base, &position) }
  }

  /// Writes a variable-byte integer at `position` and moves `position` past it.
  @unsafe @inline(never)
  private static func writeRemainder(_ remainder: Int, to base: UnsafeMutablePointer<UInt8>, _ position: inout Int) {
    var remainder = remainder
    while remainder >= 0x80 {
      unsafe base[position] = UInt8(truncatingIfNeeded: remainder) | 0x80
      position += 1
      remainder >>= 7
    }
    unsafe base[position] = UInt8(remainder)
    position += 1
  }
}

/// Looks an address up among the entries of one block: what `TermDictionary.Cursor` does step by step, without putting
/// addresses together or keeping what it passes over (measured: 7,500 instructions to 1,500 a look-up).
///
/// Safe because: reads through a `ByteScan`, which has to live as long as the block.
@unsafe
struct EntryScan {
  /// What a look-up finds.
  enum Found {
    /// The list, and where the bytes of an inline one stand in the block.
    case list(PostingList, inline: Range<Int>)
    /// The entry that stands in its place begins with so many bytes of the address, and then stands after it.
    case nothing(shared: Int)
    /// The block's addresses all stand before it.
    case end
    case damage
  }

  private var scan: ByteScan
  private var list = PostingList()
  private var inlineStart = 0
  /// First byte and length of the address that was read last.
  private var first: UInt8 = 0
  private var length = 0

  init(_ block: ByteRegion) throws(SearchError) {
    unsafe scan = try ByteScan(block)
    unsafe list.postings.offset = scan.readVariable()
    unsafe list.blocks.offset = scan.readVariable()
    unsafe list.positionBytes.offset = scan.readVariable()
    unsafe list.forms.offset = scan.readVariable()
    unsafe list.codes.offset = scan.readVariable()
  }

  /// Goes on to where an address is, or would be.
  ///
  /// - Parameters:
  ///   - entries: how many are left in the block.
  ///   - matched: bytes that the address shares with the one that was read last, which stands before it; 0 at first.
  mutating func find(_ target: Span<UInt8>, entries: inout Int, matched: Int = 0) -> Found {
    // A copy that nothing else refers to is kept in registers.
    var scan = unsafe self
    defer { unsafe self = scan }
    return unsafe scan.walk(to: target, &entries, matched)
  }

  @inline(__always)
  private mutating func walk(to target: Span<UInt8>, _ entries: inout Int, _ start: Int) -> Found {
    var matched = start
    while entries > 0 {
      entries &-= 1
      let (shared, added) = unsafe scan.readCounts(after: length)
      let start = unsafe scan.skip(added)
      if unsafe scan.isDamaged { return .damage }
      // Safe because: `added` bytes follow `start`.
      let bytes = unsafe scan.base + start
      if shared == 0, added > 0 { unsafe first = bytes.load(as: UInt8.self) }
      unsafe length = shared &+ added
      let hasLess = shared < matched
      var isAhead = hasLess
      if shared == matched {
        var place = 0
        while place < added, matched < target.count {
          let byte = unsafe bytes.load(fromByteOffset: place, as: UInt8.self)
          if byte != target[matched] {
            isAhead = byte > target[matched]
            break
          }
          place &+= 1
          matched &+= 1
        }
        if matched == target.count { isAhead = true }
      }
      let isEqual = unsafe matched == target.count && length == target.count
      if isAhead, !isEqual { return .nothing(shared: hasLess ? shared : matched) }
      unsafe readEntry()
      if unsafe scan.isDamaged { return .damage }
      if isEqual { return unsafe .list(list, inline: inlineStart..<scan.offset) }
    }
    return .end
  }

  /// Reads the entry of the address.
  @inline(__always)
  private mutating func readEntry() {
    unsafe list.postings.offset &+= list.postings.count
    unsafe list.blocks.offset &+= list.blocks.count
    unsafe list.positionBytes.offset &+= list.positionBytes.count
    unsafe list.forms.offset &+= list.forms.count
    unsafe list.codes.offset &+= list.codes.count
    let head = unsafe scan.readVariable()
    unsafe list.isInline = head < DictionaryFormat.inlineHeads
    unsafe list.isInline ? readInline(head) : readList(head)
  }

  @inline(__always)
  private mutating func readInline(_ head: UInt64) {
    unsafe list.documents = 1
    unsafe list.positions = head &+ 1
    unsafe readForms()
    unsafe list.postings.count = 0
    unsafe list.positionBytes.count = 0
    unsafe list.blocks.count = 0
    unsafe inlineStart = scan.offset
    unsafe scan.skipVariables(Int(head) &+ 2)
  }

  @inline(__always)
  private mutating func readList(_ head: UInt64) {
    let documents = head &- DictionaryFormat.inlineHeads &+ 1
    let more = unsafe scan.readVariable()
    unsafe readForms()
    unsafe list.postings.count = scan.readVariable()
    unsafe list.positionBytes.count = scan.readVariable()
    unsafe list.blocks.count = documents >= UInt64(PostingFormat.blockSize) ? scan.readVariable() : 0
    if documents > UInt64(Int32.max) || more > .max / 2 {
      unsafe scan.noteDamage()
    } else {
      unsafe list.documents = Int(documents)
      unsafe list.positions = more &+ documents
    }
  }

  @inline(__always)
  private mutating func readForms() {
    unsafe list.forms.count = 0
    unsafe list.codes.count = 0
    guard unsafe DictionaryFormat.namesForms(first: first) else { return }
    unsafe list.forms.count = scan.readVariable()
    if unsafe list.forms.count > 0 && !list.isInline { unsafe list.codes.count = scan.readVariable() }
  }
}

/// Looks up an address among the entries of one block, as `TermDictionary.Cursor` does, without putting together the addresses that
/// it passes or keeping their entries.
@safe
struct EntryScan: ~Escapable {
  /// The result of a look-up.
  enum Found {
    /// The list, and the range of the bytes of an inline one in the block.
    case list(PostingList, inline: Range<Int>)
    /// Missing: the next entry begins with the first `shared` bytes of the address, and is after it.
    case nothing(shared: Int)
    /// All addresses of the block are before it.
    case end
    case damage
  }

  /// The state of a scan of a block, from which another scan of the block continues.
  struct State {
    fileprivate var offset = 0
    fileprivate var list = PostingList()
    /// First byte and length of the address that was read last.
    fileprivate var first: UInt8 = 0
    fileprivate var length = 0
  }

  private var scan: ByteScan
  private var list: PostingList
  private var inlineStart = 0
  private var first: UInt8
  private var length: Int

  /// Begins a scan.
  @_lifetime(borrow block)
  init(_ block: borrowing ByteRegion) throws(SearchError) {
    scan = try ByteScan(block)
    (list, first, length) = (PostingList(), 0, 0)
    list.postings.offset = scan.readVariable()
    list.blocks.offset = scan.readVariable()
    list.positionBytes.offset = scan.readVariable()
    list.forms.offset = scan.readVariable()
    list.codes.offset = scan.readVariable()
    list.neighbourOffset = scan.readVariable()
  }

  /// Goes on with a scan of the block.
  @_lifetime(borrow block)
  init(_ block: borrowing ByteRegion, from state: State) throws(SearchError) {
    scan = try ByteScan(block, at: state.offset)
    (list, first, length) = (state.list, state.first, state.length)
  }

  var state: State { State(offset: scan.offset, list: list, first: first, length: length) }

  /// Moves to an address, or to the first one after it.
  ///
  /// - Parameters:
  ///   - entries: number of entries that are left in the block.
  ///   - matched: bytes that the address shares with the one that was read last, which is before it; 0 at first.
  @inline(__always)
  mutating func find(_ target: Span<UInt8>, entries: inout Int, matched start: Int) -> Found {
    var matched = start
    while entries > 0 {
      entries &-= 1
      let (shared, added, start) = scan.readString(after: length)
      if scan.isDamaged { return .damage }
      // Safe because: `added` bytes follow `start`.
      let bytes = unsafe scan.base + start
      if shared == 0, added > 0 { unsafe first = bytes.load(as: UInt8.self) }
      length = shared &+ added
      let hasLess = shared < matched
      var isAhead = hasLess
      if shared == matched {
        var index = 0
        while index < added, matched < target.count {
          let byte = unsafe bytes.load(fromByteOffset: index, as: UInt8.self)
          if byte != target[matched] {
            isAhead = byte > target[matched]
            break
          }
          index &+= 1
          matched &+= 1
        }
        if matched == target.count { isAhead = true }
      }
      let isEqual = matched == target.count && length == target.count
      if isAhead, !isEqual { return .nothing(shared: hasLess ? shared : matched) }
      readEntry()
      if scan.isDamaged { return .damage }
      if isEqual { return unsafe .list(list, inline: inlineStart..<scan.offset) }
    }
    return .end
  }

  /// Reads the entry of the address.
  @inline(__always)
  private mutating func readEntry() {
    list.postings.offset &+= list.postings.count
    list.blocks.offset &+= list.blocks.count
    list.positionBytes.offset &+= list.positionBytes.count
    list.forms.offset &+= list.forms.count
    list.codes.offset &+= list.codes.count
    list.neighbourOffset &+= list.neighbourCount
    let head = scan.readVariable()
    list.isInline = head < DictionaryFormat.inlineHeads
    list.isInline ? readInline(head) : readList(head)
  }

  @inline(__always)
  private mutating func readInline(_ head: UInt64) {
    list.documents = 1
    list.hasNeighbours = head >= DictionaryFormat.inlineHeads / 2
    list.positions = head & (DictionaryFormat.inlineHeads / 2 &- 1) &+ 1
    readForms()
    list.postings.count = 0
    list.positionBytes.count = 0
    list.blocks.count = 0
    inlineStart = scan.offset
    scan.skipVariables(Int(list.positions) &+ 1)
    if list.hasNeighbours { scan.skipBytes(Int(list.positions)) }
  }

  @inline(__always)
  private mutating func readList(_ head: UInt64) {
    let documents = head &- DictionaryFormat.inlineHeads &+ 1
    let more = scan.readVariable()
    readForms()
    list.postings.count = scan.readVariable()
    list.positionBytes.count = scan.readVariable()
    list.blocks.count = documents >= UInt64(PostingFormat.blockSize) ? scan.readVariable() : 0
    if documents > UInt64(Int32.max) || more > .max / 8 {
      scan.noteDamage()
    } else {
      list.documents = Int(documents)
      list.positions = more &>> 1 &+ documents
      list.hasNeighbours = more & 1 != 0
    }
  }

  @inline(__always)
  private mutating func readForms() {
    list.forms.count = 0
    list.codes.count = 0
    guard DictionaryFormat.namesForms(first: first) else { return }
    list.forms.count = scan.readVariable()
    if list.forms.count > 0 && !list.isInline { list.codes.count = scan.readVariable() }
  }
}

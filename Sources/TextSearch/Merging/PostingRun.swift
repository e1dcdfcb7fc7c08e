/// The live postings of a term in one source, in the order of the merged documents.
///
/// They are read block by block, unless the source has its documents in another order: then they are all in memory.
final class PostingRun {
  /// A posting in memory.
  private struct Posting: BitwiseCopyable {
    var document: UInt32
    var frequency: UInt32
    var set: UInt32
    /// Index of its first position.
    var positions: UInt64
  }

  private let segment: Segment
  private let numbers: [UInt32]
  /// The forms of each set of the list; empty where forms are not kept.
  private let members: [[UInt32]]
  private var cursor: PostingCursor
  /// The postings in memory, sorted; none where they are read block by block.
  private var sorted = GrowableBuffer<Posting>(capacity: 0)
  private var sortedPositions = GrowableBuffer<UInt32>(capacity: 0)
  private var sortedNeighbours = GrowableBuffer<UInt8>(capacity: 0)
  private let hasNeighbours: Bool
  private let isAscending: Bool
  /// Index of the current posting in `sorted`.
  private var index = -1
  /// The number of the current document in the merged segment.
  private(set) var document: UInt32 = 0

  /// Stands before the first posting.
  ///
  /// - Parameters:
  ///   - numbers: the new number of each document of the segment.
  ///   - members: the forms of each set of the list; none where forms are not kept.
  ///   - isAscending: whether the numbers ascend.
  init(
    _ entry: TermDictionary.Entry, _ segment: Segment, _ numbers: [UInt32], members: [[UInt32]], isAscending: Bool
  ) throws(SearchError) {
    do {
      cursor = try segment.cursor(entry)
    } catch {
      throw error.inFile(segment.path)
    }
    self.segment = segment
    self.numbers = numbers
    self.members = members
    hasNeighbours = entry.list.hasNeighbours
    self.isAscending = isAscending
    if !isAscending { try readAll() }
  }

  /// Moves to the next posting; false at the end.
  func next() throws(SearchError) -> Bool {
    guard isAscending else {
      index += 1
      if index < sorted.count { document = sorted[index].document }
      return index < sorted.count
    }
    do {
      while case let own = try cursor.advance(), own != PostingCursor.end {
        document = numbers[Int(own)]
        if document != DocumentMapping.none { return true }
      }
      return false
    } catch {
      throw error.inFile(segment.path)
    }
  }

  /// Replaces `positions` by those of the current posting, ascending, and `neighbours` by the codes of the words beside them, as
  /// many or, where they are not kept, none; returns the forms that its document holds.
  func read(
    into positions: inout GrowableBuffer<UInt32>, _ neighbours: inout GrowableBuffer<UInt8>
  ) throws(SearchError) -> [UInt32] {
    positions.removeAll()
    neighbours.removeAll()
    do {
      if isAscending {
        try cursor.appendPositions(to: &positions)
        if hasNeighbours { try cursor.appendNeighbours(to: &neighbours) }
        return members.isEmpty ? [] : try members(Int(try cursor.formCode))
      }
      let posting = sorted[index]
      for index in Int(posting.positions)..<Int(posting.positions) + Int(posting.frequency) {
        positions.append(sortedPositions[index])
        if hasNeighbours { neighbours.append(sortedNeighbours[index]) }
      }
      return members.isEmpty ? [] : try members(Int(posting.set))
    } catch {
      throw error.inFile(segment.path)
    }
  }

  private func members(_ code: Int) throws(SearchError) -> [UInt32] {
    guard code < members.count else { throw segment.postings.codes.corrupt(at: 0, "form code \(code)") }
    return members[code]
  }

  /// Reads all postings into memory and sorts them.
  private func readAll() throws(SearchError) {
    do {
      while case let own = try cursor.advance(), own != PostingCursor.end {
        let number = numbers[Int(own)]
        guard number != DocumentMapping.none else { continue }
        let start = sortedPositions.count
        try cursor.appendPositions(to: &sortedPositions)
        if hasNeighbours { try cursor.appendNeighbours(to: &sortedNeighbours) }
        sorted.append(
          Posting(
            document: number, frequency: UInt32(sortedPositions.count - start),
            set: members.isEmpty ? 0 : try cursor.formCode, positions: UInt64(start)))
      }
    } catch {
      throw error.inFile(segment.path)
    }
    sort()
  }

  private func sort() {
    var order = (0..<sorted.count).map { UInt64(sorted[$0].document) << 32 | UInt64($0) }
    order.sort()
    var postings = GrowableBuffer<Posting>(capacity: sorted.count)
    for entry in order { postings.append(sorted[Int(entry & 0xFFFF_FFFF)]) }
    swap(&sorted, &postings)
  }
}

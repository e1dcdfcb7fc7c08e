/// The compounds of a segment, in the order of their joined writings.
struct CompoundList: Sendable {
  private let count: Int
  private let offsets: Column
  private let bytes: ByteRegion

  init(_ region: ByteRegion) throws(SearchError) {
    let count: UInt64 = try region.load(at: 0)
    guard count <= UInt64(region.count) else { throw region.corrupt(at: 0, "too many compounds") }
    self.count = Int(count)
    var offset = 8
    offsets = try Column(region, at: &offset, count: self.count + 1)
    bytes = try region.slice(at: offset, count: region.count - offset)
  }

  /// Every compound that is written `joined` without its hyphens.
  func writings(of joined: [UInt8]) throws(SearchError) -> [[UInt8]] {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if CompoundList.joined(try writing(middle)).lexicographicallyPrecedes(joined) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var found: [[UInt8]] = []
    while low < count {
      let writing = try writing(low)
      guard CompoundList.joined(writing) == joined else { break }
      found.append(writing)
      low += 1
    }
    return found
  }

  private func writing(_ index: Int) throws(SearchError) -> [UInt8] {
    let start = try offsets.value(at: index)
    let end = try offsets.value(at: index + 1)
    guard start <= end, end <= UInt64(bytes.count) else { throw bytes.corrupt(at: 0, "offsets of text \(index) fall") }
    return try bytes.array(at: Int(start), count: Int(end - start))
  }

  /// A compound's writing without its hyphens.
  static func joined(_ writing: [UInt8]) -> [UInt8] { writing.filter { $0 != 0x2D } }

  /// Writes the section.
  static func write(_ writings: Set<[UInt8]>, to writer: inout ByteWriter) {
    let sorted = writings.map { (joined: CompoundList.joined($0), writing: $0) }.sorted { a, b in
      a.joined == b.joined
        ? a.writing.lexicographicallyPrecedes(b.writing) : a.joined.lexicographicallyPrecedes(b.joined)
    }
    writer.write(UInt64(sorted.count))
    var offsets: [UInt64] = [0]
    for (_, writing) in sorted { offsets.append(offsets[offsets.count - 1] + UInt64(writing.count)) }
    Column.write(offsets, to: &writer)
    for (_, writing) in sorted { writer.write(contentsOf: writing) }
  }
}

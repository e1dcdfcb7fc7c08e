/// Coding of byte strings in ascending order: each as the length of the prefix shared with the previous one, and its suffix.
///
/// A byte holds both counts, four bits each; 15 means 15 or more, and the excess follows as a `var`.
enum PrefixCoding {
  static let maximum = 15

  static func write(_ text: [UInt8], after before: [UInt8], to writer: inout ByteWriter) {
    let limit = min(before.count, text.count)
    var shared = 0
    while shared < limit, before[shared] == text[shared] { shared += 1 }
    let added = text.count - shared
    writer.write(UInt8(min(shared, maximum) << 4 | min(added, maximum)))
    if shared >= maximum { writer.writeVariable(shared - maximum) }
    if added >= maximum { writer.writeVariable(added - maximum) }
    writer.write(text.span.extracting(shared..<text.count))
  }

  /// Reads the number of bytes that the next string shares with the previous one, and the number of bytes that follow.
  @inline(__always)
  static func readCounts(_ reader: inout ByteReader) throws(SearchError) -> (shared: Int, added: Int) {
    let head: UInt8 = try reader.read()
    var shared = Int(head >> 4)
    var added = Int(head & 15)
    // Sums that run over are negative.
    if shared == maximum { shared &+= try reader.readCount() }
    if added == maximum { added &+= try reader.readCount() }
    guard shared >= 0, added >= 0 else {
      throw reader.region.corrupt(at: reader.offset, "prefix longer than the term")
    }
    return (shared, added)
  }
}

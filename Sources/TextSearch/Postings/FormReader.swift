/// Reads the forms of a key one after the other, then the rows of their sets.
struct FormReader: ~Copyable {
  /// The number of forms.
  let count: Int
  private var reader: ByteReader
  /// The last one read; before the first, what forms have in common.
  private(set) var form: GrowableBuffer<UInt8>

  /// - Parameter region: all of a key's table.
  init(_ region: ByteRegion, key: some Collection<UInt8>) throws(SearchError) {
    var reader = ByteReader(region)
    let count = try reader.readCount()
    // Every form takes at least two bytes.
    guard count > 0, count <= region.count else { throw region.corrupt(at: 0, "\(count) forms") }
    var form = GrowableBuffer<UInt8>(capacity: 64)
    for byte in key { form.append(byte) }
    self.count = count
    self.reader = reader
    self.form = form
  }

  /// Reads the next form. Precondition: fewer than `count` forms have been read.
  mutating func next() throws(SearchError) {
    let shared = try reader.readCount()
    let added = try reader.readCount()
    guard shared <= form.count else { throw reader.region.corrupt(at: reader.offset, "prefix longer than the form") }
    form.truncate(to: shared)
    try reader.region.append(at: reader.offset, count: added, to: &form)
    try reader.skip(added)
  }

  /// After the last form: the sets of a key with several forms.
  consuming func rows() throws(SearchError) -> FormRows { try FormRows(reader, forms: count) }
}

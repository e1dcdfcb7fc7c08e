/// The sets of a key's forms: for each form a row of bits, one a set. To weigh the sets nothing has to be parsed, and of the
/// rows only those of the forms that count are read.
struct FormRows {
  let setCount: Int
  /// Bytes of a row.
  private let width: Int
  private let region: ByteRegion

  /// - Parameter reader: a reader after the forms.
  init(_ reader: ByteReader, forms: Int) throws(SearchError) {
    var reader = reader
    let region = reader.region
    let start = reader.offset
    let count = try reader.readCount()
    guard count > 0, count <= 8 * region.count else { throw region.corrupt(at: start, "\(count) sets of forms") }
    setCount = count
    width = FormRows.width(sets: count)
    guard width <= (region.count - reader.offset) / forms else {
      throw region.corrupt(at: reader.offset, "\(count) sets of \(forms) forms")
    }
    self.region = try region.slice(at: reader.offset, count: forms * width)
  }

  private static func width(sets: Int) -> Int { (sets + 7) / 8 }

  /// Appends the rows of sets of `forms` forms.
  static func write(_ sets: [[UInt32]], forms: Int, to writer: inout ByteWriter) {
    writer.writeVariable(sets.count)
    let width = width(sets: sets.count)
    var rows = [UInt8](repeating: 0, count: forms * width)
    for (number, set) in sets.enumerated() {
      for form in set { rows[Int(form) * width + number / 8] |= 1 << UInt8(number % 8) }
    }
    writer.write(contentsOf: rows)
  }

  /// Appends a form to each set that holds it.
  func append(form: Int, to sets: inout [[UInt32]]) throws(SearchError) {
    try checkEnd(of: form)
    for byteIndex in 0..<width {
      var bits = try region.byte(at: form * width + byteIndex)
      while bits != 0 {
        sets[8 * byteIndex + bits.trailingZeroBitCount].append(UInt32(form))
        bits &= bits - 1
      }
    }
  }

  /// A row has no bits for sets that are not there.
  private func checkEnd(of form: Int) throws(SearchError) {
    let end = form * width + width - 1
    let last = try region.byte(at: end)
    guard setCount % 8 == 0 || last >> UInt8(setCount % 8) == 0 else {
      throw region.corrupt(at: end, "forms of unknown sets")
    }
  }

  /// Raises the values of the sets that hold a form to a weight, none of them being negative.
  func raise(_ values: inout [Float], form: Int, to weight: Float) throws(SearchError) {
    precondition(values.count == setCount)
    try checkEnd(of: form)
    let row = unsafe try region.address(at: form * width, count: width)
    // Safe because: a row has a bit for each value, and its last byte, if not all of its bits count, is read on its own.
    unsafe values.withUnsafeMutableBufferPointer { values in
      guard let base = UnsafeMutableRawPointer(values.baseAddress) else { return }
      for byteIndex in 0..<values.count / 8 {
        let byte = unsafe row.load(fromByteOffset: byteIndex, as: UInt8.self)
        unsafe FormRows.raise(base + 32 * byteIndex, SIMD4(1, 2, 4, 8), of: byte, to: weight)
        unsafe FormRows.raise(base + 32 * byteIndex + 16, SIMD4(16, 32, 64, 128), of: byte, to: weight)
      }
      for set in values.count & ~7..<values.count {
        let byte = unsafe row.load(fromByteOffset: set / 8, as: UInt8.self)
        if byte >> UInt8(set % 8) & 1 == 1 { unsafe values[set] = max(values[set], weight) }
      }
    }
  }

  /// Raises four values, those of the bits.
  @unsafe
  @inline(__always)
  private static func raise(_ four: UnsafeMutableRawPointer, _ bits: SIMD4<UInt32>, of byte: UInt8, to weight: Float) {
    let held = (SIMD4(repeating: UInt32(byte)) & bits) .== bits
    let mask = unsafe unsafeBitCast(held, to: SIMD4<UInt32>.self)
    let raised = unsafe unsafeBitCast(mask & SIMD4(repeating: weight.bitPattern), to: SIMD4<Float>.self)
    // Safe because: the caller has four values there.
    let values = unsafe four.loadUnaligned(as: SIMD4<Float>.self)
    unsafe four.storeBytes(of: values.replacing(with: raised, where: raised .> values), as: SIMD4<Float>.self)
  }
}

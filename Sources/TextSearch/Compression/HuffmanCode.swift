/// A canonical Huffman code (Huffman 1952; canonical order as in Deflate, RFC 1951 section 3.2.2) of at most
/// `BlockLayout.Dense.maximumBits` bits. Codes are stored bit-reversed: decoders index by the low bits of a stream.
struct HuffmanCode {
  /// Code length of each symbol in bits; 0 for symbols that do not occur.
  private(set) var lengths: [UInt8]
  /// Code of each symbol, its first bit in bit 0.
  private(set) var codes: [UInt16]

  /// Builds the code for symbols with these frequencies.
  ///
  /// The code is optimal unless it would exceed `BlockLayout.Dense.maximumBits`; then frequencies are flattened until
  /// it fits.
  init(counts: [UInt32]) {
    var counts = counts
    var lengths = HuffmanCode.lengths(counts)
    // Halving the frequencies, at least 1 each, makes the longest codes shorter.
    while lengths.max() ?? 0 > UInt8(BlockLayout.Dense.maximumBits) {
      for symbol in counts.indices where counts[symbol] > 0 { counts[symbol] = counts[symbol] >> 1 | 1 }
      lengths = HuffmanCode.lengths(counts)
    }
    self.lengths = lengths
    codes = HuffmanCode.codes(lengths) ?? []
  }

  /// Creates the code with these lengths; nil if they are not those of a complete code.
  init?(lengths: [UInt8]) {
    guard let codes = HuffmanCode.codes(lengths) else { return nil }
    self.lengths = lengths
    self.codes = codes
  }

  /// Returns the code length of each symbol, the depth of its leaf in the Huffman tree: two queues, both in ascending
  /// order (van Leeuwen 1976).
  private static func lengths(_ counts: [UInt32]) -> [UInt8] {
    var lengths = [UInt8](repeating: 0, count: counts.count)
    let leaves = counts.indices.filter { counts[$0] > 0 }.map { UInt64(counts[$0]) << 16 | UInt64($0) }.sorted()
    guard leaves.count > 1 else {
      if let only = leaves.first { lengths[Int(only & 0xFFFF)] = 1 }
      return lengths
    }
    var weights = leaves.map { $0 >> 16 }
    var parents = [Int](repeating: 0, count: 2 * leaves.count - 1)
    var (leaf, inner) = (0, leaves.count)
    for node in leaves.count..<parents.count {
      var weight: UInt64 = 0
      for _ in 0..<2 {
        let takesLeaf = leaf < leaves.count && (inner == node || weights[leaf] <= weights[inner])
        let child = takesLeaf ? leaf : inner
        if takesLeaf { leaf += 1 } else { inner += 1 }
        parents[child] = node
        weight += weights[child]
      }
      weights.append(weight)
    }
    var depths = [UInt8](repeating: 0, count: parents.count)
    for node in (0..<parents.count - 1).reversed() { depths[node] = depths[parents[node]] + 1 }
    for (node, leaf) in leaves.enumerated() { lengths[Int(leaf & 0xFFFF)] = depths[node] }
    return lengths
  }

  /// Assigns codes in the order of their lengths, then of the symbols. Returns nil unless they fill the code space; a
  /// lone symbol has one bit and leaves half of it.
  private static func codes(_ lengths: [UInt8]) -> [UInt16]? {
    let maximum = BlockLayout.Dense.maximumBits
    var numbers = [Int](repeating: 0, count: maximum + 1)
    for length in lengths {
      guard Int(length) <= maximum else { return nil }
      numbers[Int(length)] += 1
    }
    let symbols = lengths.count - numbers[0]
    numbers[0] = 0
    var next = [Int](repeating: 0, count: maximum + 2)
    for length in 1...maximum { next[length + 1] = (next[length] + numbers[length]) << 1 }
    let isFull = next[maximum + 1] == 1 << (maximum + 1)
    guard isFull || symbols == 0 || symbols == 1 && numbers[1] == 1 else { return nil }
    return lengths.map { length in
      guard length > 0 else { return 0 }
      defer { next[Int(length)] += 1 }
      return reversed(next[Int(length)], Int(length))
    }
  }

  /// Returns the low `bits` bits of `code` in reverse order.
  private static func reversed(_ code: Int, _ bits: Int) -> UInt16 {
    var reversed: UInt16 = 0
    for bit in 0..<bits where code >> bit & 1 == 1 { reversed |= 1 << UInt16(bits - 1 - bit) }
    return reversed
  }

  /// Builds the decoding table: for each value of the next `maximumBits` bits the symbol whose code they begin with,
  /// times 16, plus its length; 0 for none.
  func table() -> GrowableBuffer<UInt16> {
    let size = 1 << BlockLayout.Dense.maximumBits
    var table = GrowableBuffer<UInt16>(capacity: size)
    table.append(repeating: 0, count: size)
    var entries = table.mutableSpan
    for symbol in lengths.indices where lengths[symbol] > 0 {
      let step = 1 << Int(lengths[symbol])
      let entry = UInt16(symbol) << 4 | UInt16(lengths[symbol])
      for index in stride(from: Int(codes[symbol]), to: size, by: step) { entries[index] = entry }
    }
    return table
  }
}

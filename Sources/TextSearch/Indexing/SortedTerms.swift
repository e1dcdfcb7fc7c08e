/// The terms of a posting buffer in address order, and the rank of every (form, kind) in them.
struct SortedTerms: ~Copyable {
  /// Rank by log code.
  private(set) var ranks = GrowableBuffer<UInt32>()
  /// Where each term's occurrences begin in the sorted table; one more entry for the end.
  private(set) var starts: [Int] = []
  private var addresses = GrowableBuffer<UInt8>(capacity: 1 << 16)
  private var ranges: [Range<Int>] = []

  var count: Int { ranges.count }

  /// An address on its way to its place: the first eight bytes as a number decide most comparisons.
  private struct Candidate {
    var prefix: UInt64
    var code: UInt32
    var range: Range<Int>
  }

  init(_ buffer: borrowing PostingBuffer, _ analyzer: borrowing Analyzer, order: [Int]) {
    let codes = analyzer.forms.count * TokenKind.count
    var counts = GrowableBuffer<UInt32>(capacity: codes)
    counts.append(repeating: 0, count: codes)
    SortedTerms.count(buffer, order, &counts)
    ranks.append(repeating: 0, count: codes)

    var candidates: [Candidate] = []
    for code in 0..<codes where counts[code] > 0 {
      let kind = TokenKind(rawValue: UInt8(code & 3)) ?? .none
      let address = analyzer.address(form: UInt32(code >> 2), kind: kind).bytes
      let start = addresses.count
      addresses.append(address.span)
      candidates.append(
        Candidate(prefix: SortedTerms.prefix(address), code: UInt32(code), range: start..<addresses.count))
    }
    sort(&candidates)
    var total = 0
    for candidate in candidates {
      if ranges.isEmpty || compare(ranges[ranges.count - 1], candidate.range) != 0 {
        ranges.append(candidate.range)
        starts.append(total)
      }
      ranks[Int(candidate.code)] = UInt32(ranges.count - 1)
      total += Int(counts[Int(candidate.code)])
    }
    starts.append(total)
  }

  private static func count(
    _ buffer: borrowing PostingBuffer, _ order: [Int], _ counts: inout GrowableBuffer<UInt32>
  ) {
    let log = buffer.log.span
    for index in order {
      let entry = buffer.documents[index]
      let length = entry.fieldLengths.reduce(0) { $0 + Int($1) }
      for token in entry.tokens..<entry.tokens + length { counts[Int(log[token])] &+= 1 }
    }
  }

  private borrowing func sort(_ candidates: inout [Candidate]) {
    let bytes = addresses.span
    candidates.sort { a, b in
      if a.prefix != b.prefix { return a.prefix < b.prefix }
      let order = SortedTerms.compare(bytes, a.range, b.range)
      return order != 0 ? order < 0 : a.code < b.code
    }
  }

  private static func prefix(_ address: [UInt8]) -> UInt64 {
    var prefix: UInt64 = 0
    for index in 0..<8 { prefix = prefix << 8 | (index < address.count ? UInt64(address[index]) : 0) }
    return prefix
  }

  private func compare(_ a: Range<Int>, _ b: Range<Int>) -> Int { SortedTerms.compare(addresses.span, a, b) }

  private static func compare(_ bytes: Span<UInt8>, _ a: Range<Int>, _ b: Range<Int>) -> Int {
    for index in 0..<min(a.count, b.count) {
      let (x, y) = (bytes[a.lowerBound + index], bytes[b.lowerBound + index])
      if x != y { return x < y ? -1 : 1 }
    }
    return a.count - b.count
  }

  func address(_ rank: Int) -> [UInt8] { ranges[rank].map { addresses[$0] } }

  /// The address without its spelling and the zero byte before it: the entry that counts a key's documents.
  func keyAddress(_ rank: Int) -> [UInt8] { Array(address(rank).prefix(keyLength(ranges[rank]) - 1)) }

  /// One past the last spelling of the key of term `rank`.
  func endOfKey(_ rank: Int) -> Int {
    let key = keyLength(ranges[rank])
    guard addresses[ranges[rank].lowerBound] == Language.vietnamese.rawValue else { return rank + 1 }
    let start = ranges[rank].lowerBound
    var end = rank + 1
    while end < count, ranges[end].count >= key,
      compare(start..<start + key, ranges[end].lowerBound..<ranges[end].lowerBound + key) == 0
    {
      end += 1
    }
    return end
  }

  /// Bytes of language, key and zero byte.
  private func keyLength(_ range: Range<Int>) -> Int {
    for index in range.dropFirst() where addresses[index] == 0 { return index - range.lowerBound + 1 }
    return range.count
  }
}

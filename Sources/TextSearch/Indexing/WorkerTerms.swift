/// The terms of one worker since the last segment, with their addresses, in the order of their form ranges.
///
/// A *code* is an entry of a log: a form of a kind; the codes after those are compounds. French forms of one address
/// are form ranges of their own, in byte order. Codes of other languages with one address share a form range.
final class WorkerTerms: @unchecked Sendable {
  // Safe because: one job makes it, and it is only read from then on.

  /// A code that occurs, with its address.
  struct Candidate: BitwiseCopyable {
    /// The first eight bytes of the address, big-endian, padded with zeroes: enough for most comparisons.
    var prefix: UInt64
    /// Offset of the address. 64 bits: a segment of many long words may have more than 4 GiB of addresses.
    var start: UInt64
    /// Length of the address. Key and spelling of a word have at most `WordBuffer.limit` bytes each, a compound has
    /// fewer.
    var count: UInt16
    /// Whether forms of the address have form ranges of their own.
    var isFrench: Bool
    var code: UInt32
  }

  let worker: IndexingWorker
  /// In the order of addresses, then of forms.
  let candidates: [Candidate]
  private let addresses: GrowableBuffer<UInt8>
  private let tokenCodes: Int

  /// Makes and sorts the addresses of the codes that occur.
  ///
  /// - Parameters:
  ///   - counts: number of occurrences of each code of all workers.
  ///   - first: index of the worker's first code in them.
  init(_ worker: IndexingWorker, _ counts: borrowing GrowableBuffer<UInt32>, from first: Int) {
    self.worker = worker
    tokenCodes = worker.tokenCodes
    var addresses = GrowableBuffer<UInt8>(capacity: 1 << 12)
    var candidates: [Candidate] = []
    for code in 0..<worker.codeCount where counts[first + code] > 0 {
      let start = addresses.count
      let isFrench = WorkerTerms.appendAddress(of: code, worker, to: &addresses)
      candidates.append(
        Candidate(
          prefix: WorkerTerms.prefix(addresses, from: start), start: UInt64(start),
          count: UInt16(addresses.count - start), isFrench: isFrench, code: UInt32(code)))
    }
    WorkerTerms.sort(&candidates, addresses, worker.analyzer.forms)
    self.candidates = candidates
    self.addresses = addresses
  }

  /// Appends the address of a code.
  ///
  /// - Returns: whether forms of the address have form ranges of their own.
  private static func appendAddress(
    of code: Int, _ worker: IndexingWorker, to addresses: inout GrowableBuffer<UInt8>
  ) -> Bool {
    guard code < worker.tokenCodes else {
      append(worker.compounds[code - worker.tokenCodes], to: &addresses)
      return false
    }
    let form = UInt32(code / TokenKind.count)
    let kind = TokenKind(rawValue: UInt8(code % TokenKind.count)) ?? .none
    switch kind {
    case .none, .withoutDiacritics:
      addresses.append(kind.language.rawValue)
      worker.analyzer.forms.appendKey(form, to: &addresses)
      addresses.append(0)
    case .french, .vietnamese:
      append(worker.analyzer.address(form: form, kind: kind), to: &addresses)
    }
    return kind == .french
  }

  /// Appends the bytes of an address.
  private static func append(_ address: TermAddress, to addresses: inout GrowableBuffer<UInt8>) {
    let bytes = address.bytes
    addresses.append(bytes.span)
  }

  /// Returns the first eight bytes of the last address, which begins at `start`, as a big-endian word.
  private static func prefix(_ addresses: borrowing GrowableBuffer<UInt8>, from start: Int) -> UInt64 {
    var prefix: UInt64 = 0
    for index in start..<start + 8 {
      prefix = prefix &<< 8 | (index < addresses.count ? UInt64(addresses[index]) : 0)
    }
    return prefix
  }

  /// Sorts candidates by address, then by form.
  private static func sort(
    _ candidates: inout [Candidate], _ addresses: borrowing GrowableBuffer<UInt8>, _ forms: borrowing FormTable
  ) {
    candidates.sort { a, b in
      if a.prefix != b.prefix { return a.prefix < b.prefix }
      let order = compare(a, in: addresses, b, in: addresses)
      if order != 0 { return order < 0 }
      if a.isFrench { return FormTable.compare(a.code >> 2, in: forms, with: b.code >> 2, in: forms) < 0 }
      return a.code < b.code
    }
  }

  /// Compares the addresses of two candidates in byte order.
  @inline(__always)
  private static func compare(
    _ a: Candidate, in own: borrowing GrowableBuffer<UInt8>, _ b: Candidate, in other: borrowing GrowableBuffer<UInt8>
  ) -> Int {
    let bytes = own.span
    let others = other.span
    for index in 0..<Int(min(a.count, b.count)) {
      let (x, y) = (bytes[Int(a.start) + index], others[Int(b.start) + index])
      if x != y { return x < y ? -1 : 1 }
    }
    return Int(a.count) - Int(b.count)
  }

  // MARK: Comparing

  /// Returns the address of a candidate.
  func address(_ candidate: Candidate) -> [UInt8] {
    let start = Int(candidate.start)
    return (start..<start + Int(candidate.count)).map { addresses[$0] }
  }

  /// Returns the term of a candidate as a part of pairs (`TermAddress.pairWord`).
  func pairWord(_ candidate: Candidate) -> PairWord { WorkerTerms.pairWord(candidate, addresses) }

  private static func pairWord(_ candidate: Candidate, _ addresses: borrowing GrowableBuffer<UInt8>) -> PairWord {
    let bytes = addresses.span
    let start = Int(candidate.start)
    var end = start + 1
    while bytes[end] != 0 { end += 1 }
    return PairWord(key: bytes.extracting(start + 1..<end), Language(rawValue: bytes[start]) ?? .none)
  }

  /// Returns the form of a French candidate.
  func form(_ candidate: Candidate) -> [UInt8] { worker.analyzer.forms.form(candidate.code >> 2) }

  /// Returns the folded spelling of the form of a French candidate.
  func folded(_ candidate: Candidate) -> [UInt8] { worker.analyzer.forms.key(candidate.code >> 2) }

  /// Compares the addresses of candidates of two workers.
  static func compareAddresses(_ a: Candidate, of own: WorkerTerms, _ b: Candidate, of other: WorkerTerms) -> Int {
    if a.prefix != b.prefix { return a.prefix < b.prefix ? -1 : 1 }
    return compare(a, in: own.addresses, b, in: other.addresses)
  }

  /// Compares the addresses, then the forms of candidates of two workers; 0 if they share a form range.
  static func compareForms(_ a: Candidate, of own: WorkerTerms, _ b: Candidate, of other: WorkerTerms) -> Int {
    let order = compareAddresses(a, of: own, b, of: other)
    guard order == 0, a.isFrench, b.isFrench else { return order }
    return FormTable.compare(
      a.code >> 2, in: own.worker.analyzer.forms, with: b.code >> 2, in: other.worker.analyzer.forms)
  }
}

/// The terms that one worker has posted under, with their addresses, in the order of their runs.
///
/// A *code* is what a log names: a form of a kind, or behind those a compound. French codes of one address stay apart,
/// in the order of their forms: each is a run of its own. Codes of other languages with one address are one run.
final class WorkerTerms: @unchecked Sendable {
  // Safe because: one job makes it, and it is only read from then on.

  struct Candidate: BitwiseCopyable {
    /// The first eight bytes of the address decide most comparisons.
    var prefix: UInt64
    /// A segment of many long words may have more than 4 GiB of addresses.
    var start: UInt64
    /// Key and spelling of a word have `WordBuffer.limit` bytes at most each, a compound less.
    var count: UInt16
    /// Forms of one address are told apart.
    var isFrench: Bool
    var code: UInt32
  }

  let worker: IndexingWorker
  let candidates: [Candidate]
  private let addresses: GrowableBuffer<UInt8>
  private let tokenCodes: Int

  /// - Parameters:
  ///   - counts: occurrences of each code; only codes that occur are terms.
  ///   - first: where the worker's codes begin in them.
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

  /// Appends an address; tells whether it is one with forms.
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

  private static func append(_ address: TermAddress, to addresses: inout GrowableBuffer<UInt8>) {
    let bytes = address.bytes
    addresses.append(bytes.span)
  }

  private static func prefix(_ addresses: borrowing GrowableBuffer<UInt8>, from start: Int) -> UInt64 {
    var prefix: UInt64 = 0
    for index in start..<start + 8 {
      prefix = prefix &<< 8 | (index < addresses.count ? UInt64(addresses[index]) : 0)
    }
    return prefix
  }

  private static func sort(
    _ candidates: inout [Candidate], _ addresses: borrowing GrowableBuffer<UInt8>, _ forms: borrowing FormTable
  ) {
    candidates.sort { a, b in
      if a.prefix != b.prefix { return a.prefix < b.prefix }
      let order = compare(addresses, a, addresses, b)
      if order != 0 { return order < 0 }
      if a.isFrench { return FormTable.compare(a.code >> 2, forms, b.code >> 2, forms) < 0 }
      return a.code < b.code
    }
  }

  @inline(__always)
  private static func compare(
    _ own: borrowing GrowableBuffer<UInt8>, _ a: Candidate, _ other: borrowing GrowableBuffer<UInt8>, _ b: Candidate
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

  func address(_ candidate: Candidate) -> [UInt8] {
    let start = Int(candidate.start)
    return (start..<start + Int(candidate.count)).map { addresses[$0] }
  }

  /// The form of a French candidate.
  func form(_ candidate: Candidate) -> [UInt8] { worker.analyzer.forms.form(candidate.code >> 2) }

  /// The folded writing of its form.
  func folded(_ candidate: Candidate) -> [UInt8] { worker.analyzer.forms.key(candidate.code >> 2) }

  /// Compares the addresses of two candidates.
  static func compareAddresses(_ a: Candidate, of own: WorkerTerms, _ b: Candidate, of other: WorkerTerms) -> Int {
    if a.prefix != b.prefix { return a.prefix < b.prefix ? -1 : 1 }
    return compare(own.addresses, a, other.addresses, b)
  }

  /// Compares the addresses and then the forms of two candidates: 0 for those of one run.
  static func compareRuns(_ a: Candidate, of own: WorkerTerms, _ b: Candidate, of other: WorkerTerms) -> Int {
    let order = compareAddresses(a, of: own, b, of: other)
    guard order == 0, a.isFrench, b.isFrench else { return order }
    return FormTable.compare(a.code >> 2, own.worker.analyzer.forms, b.code >> 2, other.worker.analyzer.forms)
  }
}

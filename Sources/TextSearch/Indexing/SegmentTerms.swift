/// The terms of a segment in address order: the terms of all workers, merged.
///
/// The occurrences of a term lie in one *run*, or in one for each of its forms if it is French: a reader that is to know
/// which forms a document holds merges the runs and sees.
final class SegmentTerms: @unchecked Sendable {
  // Safe because: one thread makes it, and it is only read from then on.

  /// A term by one of the candidates that have its address.
  private struct Term: BitwiseCopyable {
    var worker: UInt32
    var candidate: UInt32
    var firstRun: UInt32
  }

  /// A run by one of its candidates.
  private struct Run: BitwiseCopyable {
    var worker: UInt32
    var candidate: UInt32
  }

  private let workers: [WorkerTerms]
  private var terms = GrowableBuffer<Term>(capacity: 1 << 10)
  private var runs = GrowableBuffer<Run>(capacity: 1 << 10)
  /// The run of every code, the codes of all workers behind each other.
  private(set) var runOfCode: GrowableBuffer<UInt32>
  /// Where the codes of each worker begin.
  let firstCodes: [Int]

  var count: Int { terms.count }
  var runCount: Int { runs.count }

  init(_ workers: [WorkerTerms], firstCodes: [Int]) {
    self.workers = workers
    self.firstCodes = firstCodes
    let codes = firstCodes[workers.count]
    runOfCode = GrowableBuffer(capacity: max(1, codes))
    runOfCode.append(repeating: .max, count: codes)
    var next = [Int](repeating: 0, count: workers.count)
    while let worker = minimum(next) {
      take(worker, next[worker])
      next[worker] += 1
    }
  }

  /// The worker whose next candidate comes first.
  private func minimum(_ next: [Int]) -> Int? {
    var minimum: Int?
    for worker in workers.indices where next[worker] < workers[worker].candidates.count {
      guard let best = minimum else {
        minimum = worker
        continue
      }
      let order = WorkerTerms.compareRuns(
        workers[worker].candidates[next[worker]], of: workers[worker], workers[best].candidates[next[best]],
        of: workers[best])
      if order < 0 { minimum = worker }
    }
    return minimum
  }

  private func take(_ worker: Int, _ number: Int) {
    let (own, candidate) = (workers[worker], workers[worker].candidates[number])
    var isNewTerm = true
    var isNewRun = true
    if let last = runs.count > 0 ? runs[runs.count - 1] : nil {
      let other = workers[Int(last.worker)]
      let before = other.candidates[Int(last.candidate)]
      isNewTerm = WorkerTerms.compareAddresses(before, of: other, candidate, of: own) != 0
      isNewRun = isNewTerm || WorkerTerms.compareRuns(before, of: other, candidate, of: own) != 0
    }
    if isNewTerm {
      terms.append(Term(worker: UInt32(worker), candidate: UInt32(number), firstRun: UInt32(runs.count)))
    }
    if isNewRun { runs.append(Run(worker: UInt32(worker), candidate: UInt32(number))) }
    runOfCode[firstCodes[worker] + Int(candidate.code)] = UInt32(runs.count - 1)
  }

  // MARK: Reading

  /// The runs of a term.
  func runs(_ term: Int) -> Range<Int> {
    let end = term + 1 < terms.count ? Int(terms[term + 1].firstRun) : runs.count
    return Int(terms[term].firstRun)..<end
  }

  func address(_ term: Int) -> [UInt8] {
    let entry = terms[term]
    let worker = workers[Int(entry.worker)]
    return worker.address(worker.candidates[Int(entry.candidate)])
  }

  /// The forms of a French term in byte order, one for each of its runs, and their folded writings; none for terms of other
  /// languages and compounds.
  func forms(_ term: Int) -> [(form: [UInt8], folded: [UInt8])] {
    runs(term).compactMap { run in
      let worker = workers[Int(runs[run].worker)]
      let candidate = worker.candidates[Int(runs[run].candidate)]
      return candidate.isFrench ? (worker.form(candidate), worker.folded(candidate)) : nil
    }
  }

  /// The key of a term.
  func key(_ term: Int) -> [UInt8] {
    let address = address(term)
    return Array(address[1..<SegmentTerms.keyLength(address) - 1])
  }

  private func isVietnamese(_ term: Int) -> Bool {
    let entry = terms[term]
    let prefix = workers[Int(entry.worker)].candidates[Int(entry.candidate)].prefix
    return prefix >> 56 == UInt64(Language.vietnamese.rawValue)
  }

  /// One past the last spelling of the key of term `first`; the next term where keys have no spellings.
  func endOfKey(_ first: Int) -> Int {
    guard isVietnamese(first), first + 1 < count else { return first + 1 }
    let address = address(first)
    let key = SegmentTerms.keyLength(address)
    var end = first + 1
    while end < count, self.address(end).starts(with: address[..<key]) { end += 1 }
    return end
  }

  /// Bytes of language, key and zero byte.
  static func keyLength(_ address: [UInt8]) -> Int {
    (address.dropFirst().firstIndex(of: 0) ?? address.count - 1) + 1
  }
}

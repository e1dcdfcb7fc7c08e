/// The terms of a segment in address order: the terms of all workers, merged.
///
/// The sorted occurrences of a segment are divided into *form ranges*: one for each form of a French word, and one for
/// each other term. The encoder merges the form ranges of a term, and so finds which forms each document holds.
final class SegmentTerms: @unchecked Sendable {
  // Safe because: one thread makes it, and it is only read from then on.

  /// A term, represented by one of the candidates that have its address.
  private struct Term: BitwiseCopyable {
    var worker: UInt32
    var candidate: UInt32
    var firstFormRange: UInt32
  }

  /// A form range, represented by one of its candidates.
  private struct FormRange: BitwiseCopyable {
    var worker: UInt32
    var candidate: UInt32
  }

  private let workers: [WorkerTerms]
  private var terms = GrowableBuffer<Term>(capacity: 1 << 10)
  private var formRanges = GrowableBuffer<FormRange>(capacity: 1 << 10)
  /// Index of the form range of each code, the codes of all workers concatenated; `.max` for codes that do not occur.
  private(set) var formRangeOfCode: GrowableBuffer<UInt32>
  /// Index of the first code of each worker, then the number of all codes.
  let firstCodes: [Int]

  /// Number of terms.
  var count: Int { terms.count }
  /// Number of form ranges of all terms.
  var formRangeCount: Int { formRanges.count }

  /// Merges the terms of all workers.
  ///
  /// - Parameter firstCodes: index of the first code of each worker, then the number of all codes.
  init(_ workers: [WorkerTerms], firstCodes: [Int]) {
    self.workers = workers
    self.firstCodes = firstCodes
    let codes = firstCodes[workers.count]
    formRangeOfCode = GrowableBuffer(capacity: max(1, codes))
    formRangeOfCode.append(repeating: .max, count: codes)
    var next = [Int](repeating: 0, count: workers.count)
    while let worker = minimum(next) {
      take(worker, next[worker])
      next[worker] += 1
    }
  }

  /// Returns the worker whose next candidate is the minimum; nil if no candidates are left.
  private func minimum(_ next: [Int]) -> Int? {
    var minimum: Int?
    for worker in workers.indices where next[worker] < workers[worker].candidates.count {
      guard let best = minimum else {
        minimum = worker
        continue
      }
      let order = WorkerTerms.compareForms(
        workers[worker].candidates[next[worker]], of: workers[worker], workers[best].candidates[next[best]],
        of: workers[best])
      if order < 0 { minimum = worker }
    }
    return minimum
  }

  /// Appends a candidate: a new term, a new form range of the last term, or more codes of the last form range.
  private func take(_ worker: Int, _ number: Int) {
    let (own, candidate) = (workers[worker], workers[worker].candidates[number])
    var isNewTerm = true
    var isNewFormRange = true
    if let last = formRanges.count > 0 ? formRanges[formRanges.count - 1] : nil {
      let other = workers[Int(last.worker)]
      let before = other.candidates[Int(last.candidate)]
      isNewTerm = WorkerTerms.compareAddresses(before, of: other, candidate, of: own) != 0
      isNewFormRange = isNewTerm || WorkerTerms.compareForms(before, of: other, candidate, of: own) != 0
    }
    if isNewTerm {
      terms.append(Term(worker: UInt32(worker), candidate: UInt32(number), firstFormRange: UInt32(formRanges.count)))
    }
    if isNewFormRange { formRanges.append(FormRange(worker: UInt32(worker), candidate: UInt32(number))) }
    formRangeOfCode[firstCodes[worker] + Int(candidate.code)] = UInt32(formRanges.count - 1)
  }

  // MARK: Reading

  /// Returns the indexes of the form ranges of a term.
  func formRanges(of term: Int) -> Range<Int> {
    let end = term + 1 < terms.count ? Int(terms[term + 1].firstFormRange) : formRanges.count
    return Int(terms[term].firstFormRange)..<end
  }

  /// Returns the address of a term.
  func address(_ term: Int) -> [UInt8] {
    let entry = terms[term]
    let worker = workers[Int(entry.worker)]
    return worker.address(worker.candidates[Int(entry.candidate)])
  }

  /// Returns the term as a part of pairs (`TermAddress.pairWord`).
  func pairWord(_ term: Int) -> PairWord {
    let entry = terms[term]
    let worker = workers[Int(entry.worker)]
    return worker.pairWord(worker.candidates[Int(entry.candidate)])
  }

  /// Returns the forms of a French word in byte order, one for each form range, with their folded spellings; none for
  /// compounds and for terms of other languages.
  func forms(_ term: Int) -> [(form: [UInt8], folded: [UInt8])] {
    formRanges(of: term).compactMap { index in
      let worker = workers[Int(formRanges[index].worker)]
      let candidate = worker.candidates[Int(formRanges[index].candidate)]
      return candidate.isFrench ? (worker.form(candidate), worker.folded(candidate)) : nil
    }
  }

  /// Returns the key of a term.
  func key(_ term: Int) -> [UInt8] {
    let address = address(term)
    return Array(address[1..<SegmentTerms.keyLength(address) - 1])
  }

  /// Whether a term is Vietnamese.
  private func isVietnamese(_ term: Int) -> Bool {
    let entry = terms[term]
    let prefix = workers[Int(entry.worker)].candidates[Int(entry.candidate)].prefix
    return prefix >> 56 == UInt64(Language.vietnamese.rawValue)
  }

  /// Returns the index after the last spelling of the key of term `first`; that of the next term if keys have no
  /// spellings.
  func endOfKey(_ first: Int) -> Int {
    guard isVietnamese(first), first + 1 < count else { return first + 1 }
    let address = address(first)
    let key = SegmentTerms.keyLength(address)
    var end = first + 1
    while end < count, self.address(end).starts(with: address[..<key]) { end += 1 }
    return end
  }

  /// Returns the number of bytes of language, key and zero byte at the start of an address.
  static func keyLength(_ address: [UInt8]) -> Int {
    (address.dropFirst().firstIndex(of: 0) ?? address.count - 1) + 1
  }
}

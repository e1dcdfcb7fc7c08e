/// Determines the batch that a segment ends with.
///
/// It depends on the documents and the budget alone, never on threads or timing. The cost of a batch is added as a
/// whole, and its forms by a sample of their hashes, so it does not matter which worker has seen them before. Several
/// batches are being analysed at any time: the last `lag` are always estimated by their bytes, even if they are done.
struct SegmentBudget {
  /// Number of batches whose cost is estimated: more than four threads analyse at a time.
  static let lag = 16
  /// Bytes of an entry and its share of the tables by document.
  static let documentBytes = 160
  /// Estimated bytes of log, sorted occurrences and stored text for each byte of text that is not analysed yet.
  private static let estimatedBytes = 5
  /// One form in this many is sampled.
  private static let sampleRate = 32
  /// Bytes of a form besides its text: its entry and slots in the table of each worker that sees it, its counts, and
  /// its candidate among the sorted terms.
  private static let formBytes = 240
  /// A segment ends once it may exceed this: occurrences are indexed with 32 bits. The last batch may add a document of
  /// `IndexWriter.maximumTextBytes`, which has fewer tokens and compounds than bytes; so there are fewer than 2^32 in
  /// all.
  private static let maximumTokens = 1 << 31
  /// Larger budgets have no further effect: within this one a segment has fewer than 2^28 documents and 2^28 forms,
  /// which the counters of a segment can hold.
  static let maximumBytes = 1 << 35
  /// Maximum bytes of the budget that are left to everything but the segment.
  private static let reserve = 24 << 20

  private let budget: Int
  /// The costs added so far.
  private var tokens = 0
  private var storedBytes = 0
  private var otherBytes = 0
  private var sampledBytes = 0
  /// Hashes of the sampled forms.
  private var samples: Set<UInt64> = []
  /// Batches of the segment whose cost is not added yet.
  private(set) var pending: [DocumentBatch] = []

  /// Begins the first segment.
  ///
  /// - Parameter budget: bytes of memory.
  init(_ budget: Int) { self.budget = min(budget, SegmentBudget.maximumBytes) }

  /// Bytes that the segment may take. The remainder is for the program itself, its tables and the documents of the
  /// batches that are being analysed.
  private var segmentBytes: Int { budget - min(budget / 3, SegmentBudget.reserve) }

  /// Bytes of text of a batch: few enough for the estimated batches to be a small part of the budget.
  var batchBytes: Int { min(1 << 19, budget / (8 * SegmentBudget.lag)) }

  /// Whether the form with this hash is sampled.
  static func isSampled(_ hash: UInt64) -> Bool { hash % UInt64(sampleRate) == 0 }

  /// Adds a batch, estimated by its bytes.
  ///
  /// - Returns: the batch whose cost must be added, with `addCost`, before `isFull` is read; nil if there is none.
  mutating func add(_ batch: DocumentBatch) -> DocumentBatch? {
    pending.append(batch)
    return pending.count > SegmentBudget.lag ? pending.removeFirst() : nil
  }

  /// Adds the cost of a batch that `add` returned.
  mutating func addCost(_ cost: BatchCost) {
    tokens += cost.tokens
    storedBytes += cost.storedBytes
    otherBytes += cost.otherBytes
    for form in cost.forms where samples.insert(form.hash).inserted {
      sampledBytes += SegmentBudget.formBytes + 2 * form.bytes
    }
  }

  /// Whether the segment must be written now.
  var isFull: Bool {
    let text = pending.reduce(0) { $0 + $1.textBytes + 1 }
    if tokens + text > SegmentBudget.maximumTokens { return true }
    // For each token four bytes in the log, eight in the sorted occurrences and four for its pair.
    return 16 * tokens + storedBytes + otherBytes + SegmentBudget.sampleRate * sampledBytes + SegmentBudget
      .estimatedBytes * text > segmentBytes
  }

  /// Begins the next segment with the full budget.
  mutating func reset() { self = SegmentBudget(budget) }
}

/// Decides behind which batch a segment ends.
///
/// The decision follows from the documents and the budget alone, never from threads or time: what a batch costs is
/// counted for it as a whole (its forms by a sample of their hashes, so that it does not matter which worker has seen
/// them before), and as several batches are under way at any time, the last `lag` are always estimated by their bytes,
/// even when they are done.
struct SegmentBudget {
  /// Batches whose cost is estimated; more than four threads have under way.
  static let lag = 16
  /// Bytes of an entry and its share of the tables by document.
  static let documentBytes = 160
  /// Bytes of log, sorted table and stored text for each byte of text, where nothing is known yet.
  private static let estimatedBytes = 4
  /// One form of so many is counted.
  private static let sampleRate = 32
  /// Bytes of a form besides its text: its entry and slots in the table of each worker that sees it, its counts, its
  /// place among the sorted terms.
  private static let formBytes = 240
  /// Tokens of a segment are counted in 32 bits. The batch that fills a segment may bring a document of
  /// `IndexWriter.maximumTextBytes`; that has fewer tokens and compounds than bytes, so that there are less than 2^32 in all.
  private static let maximumTokens = 1 << 31
  /// More has no effect: with less than 2^28 documents and 2^28 forms, what a segment counts them by has bits enough.
  static let maximumBytes = 1 << 35

  private static let reserve = 20 << 20

  private let budget: Int
  private var tokens = 0
  private var storedBytes = 0
  private var looseBytes = 0
  private var sampledBytes = 0
  private var samples: Set<UInt64> = []
  /// Batches of the segment whose cost is not counted yet.
  private(set) var pending: [DocumentBatch] = []

  init(_ budget: Int) { self.budget = min(budget, SegmentBudget.maximumBytes) }

  /// What the segment may take: the program itself, its tables and the documents of the batches under way take the rest.
  private var share: Int { budget - min(budget / 3, SegmentBudget.reserve) }

  /// Bytes of text in a batch: small enough that what is only estimated is a small part of the budget.
  static func batchBytes(_ budget: Int) -> Int { min(1 << 19, budget / (8 * lag)) }

  /// Whether the form with this hash is one of the sample.
  static func samples(_ hash: UInt64) -> Bool { hash % UInt64(sampleRate) == 0 }

  /// Takes a batch in; gives the one that must be done before `isFull` is asked.
  mutating func add(_ batch: DocumentBatch) -> DocumentBatch? {
    pending.append(batch)
    return pending.count > SegmentBudget.lag ? pending.removeFirst() : nil
  }

  /// Counts a batch that is done.
  mutating func count(_ cost: BatchCost) {
    tokens += cost.tokens
    storedBytes += cost.storedBytes
    looseBytes += cost.looseBytes
    for form in cost.forms where samples.insert(form.hash).inserted {
      sampledBytes += SegmentBudget.formBytes + 2 * form.bytes
    }
  }

  /// The segment is to be written now.
  var isFull: Bool {
    let text = pending.reduce(0) { $0 + $1.textBytes + 1 }
    if tokens + text > SegmentBudget.maximumTokens { return true }
    // Four bytes in the log and eight in the sorted table for each token.
    return 12 * tokens + storedBytes + looseBytes + SegmentBudget.sampleRate * sampledBytes + SegmentBudget
      .estimatedBytes * text > share
  }

  /// Begins the next segment.
  mutating func reset() { self = SegmentBudget(budget) }
}

/// About a megabyte of documents: first as they came, then as the tokens that one worker made of them.
///
/// The tokens are a log of (form, kind), four bytes a token. Positions follow from the place in the log, documents from
/// the list of entries, so nothing is sorted or counted until the segment is written: one counting sort then puts
/// everything in order (measured: 33 to 43 ns a token against 57 to 70 for lists that grow piece by piece).
final class DocumentBatch: @unchecked Sendable {
  // Safe because: the writer fills it, one job of the pool changes it, and after that job it is only read; the pool's
  // lock stands between them.

  /// Empty positions between two fields of a document, so that no phrase crosses the line.
  static let fieldGap = PostingFormat.fieldGap

  /// Where the parts of a document are in the batch.
  struct Entry: BitwiseCopyable {
    var tokens = 0
    var length = 0
    var stored = 0
    var storedCount = 0
    var key: UInt32 = 0
    var keyCount: UInt32 = 0
    var compounds: UInt32 = 0
    var compoundCount: UInt32 = 0
    /// Tokens of the two languages; the others have none.
    var french: UInt32 = 0
    var vietnamese: UInt32 = 0
  }

  /// A word with hyphens: the position of its first part, and its number among the compounds of the worker.
  struct CompoundOccurrence: BitwiseCopyable {
    var position: UInt32
    var compound: UInt32
  }

  /// The documents until they are analysed.
  var sources: [Document] = []
  /// Bytes of the texts of `sources`, about.
  var textBytes = 0

  /// The worker whose forms the log names.
  var worker = 0
  var log = GrowableBuffer<UInt32>(capacity: 1)
  var entries = GrowableBuffer<Entry>(capacity: 1)
  /// Tokens of each field, document by document.
  var fieldLengths = GrowableBuffer<UInt32>(capacity: 1)
  var compounds = GrowableBuffer<CompoundOccurrence>(capacity: 1)
  var keys = GrowableBuffer<UInt8>(capacity: 1)
  /// Texts as they are stored, without the attributes that follow them.
  var stored = ByteWriter(capacity: 1)
  var attributes: [[String: [String]]] = []
  var cost = BatchCost()

  func add(_ document: Document, textBytes bytes: Int) {
    sources.append(document)
    // One more, so that a batch of documents without any bytes ends too.
    textBytes += bytes + 1
  }

  func key(_ document: Int) -> [UInt8] {
    let entry = entries[document]
    return (entry.key..<entry.key + entry.keyCount).map { keys[Int($0)] }
  }

  /// Gives the stored texts back once they are written.
  func releaseStored() {
    stored = ByteWriter(capacity: 1)
    attributes = []
  }

  /// Gives the log back once it is sorted.
  func releaseLog() {
    log.reset(capacity: 1)
    compounds.reset(capacity: 1)
  }
}

/// What a batch adds to the memory of its segment; the same whoever has analysed it.
struct BatchCost: Sendable {
  var tokens = 0
  var storedBytes = 0
  /// Entries, keys, attributes, compounds.
  var looseBytes = 0
  /// New forms of the worker, sampled by their hashes; see `SegmentBudget`.
  var forms: [FormSample] = []

  struct FormSample: Sendable {
    var hash: UInt64
    var bytes: Int
  }
}

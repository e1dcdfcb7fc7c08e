/// Some documents of a segment: first as they were added, then as the tokens that one worker made of them.
///
/// The tokens are a log of codes (form and kind), four bytes a token. Positions follow from the index in the log,
/// documents from the entries. Nothing is sorted or counted until the segment is written; then one counting sort orders
/// everything, which is faster than posting lists that grow token by token.
final class DocumentBatch: @unchecked Sendable {
  // Safe because: the writer fills it, one job of the pool changes it, and after that job it is only read; the lock of
  // the pool orders them.

  /// Empty positions between two fields of a document, so that no phrase matches across fields.
  static let fieldGap = PostingFormat.fieldGap

  /// The ranges of a document in the buffers of the batch.
  struct Entry: BitwiseCopyable {
    /// Index of the first token in `log`, and number of tokens.
    var tokens = 0
    var length = 0
    /// Offset in `stored`, and number of bytes.
    var stored = 0
    var storedCount = 0
    /// Offset in `keys`, and number of bytes.
    var key: UInt32 = 0
    var keyCount: UInt32 = 0
    /// Index of the first compound in `compounds`, and number of compounds.
    var compounds: UInt32 = 0
    var compoundCount: UInt32 = 0
    /// Number of tokens of the two languages; the other tokens have none.
    var french: UInt32 = 0
    var vietnamese: UInt32 = 0
    /// Hash of the title (`TitleTable`).
    var title = TitleTable.none
  }

  /// An occurrence of a word with hyphens: the position of its first part, and its number among the worker's compounds.
  struct CompoundOccurrence: BitwiseCopyable {
    var position: UInt32
    var compound: UInt32
  }

  /// The documents, until they are analysed.
  var sources: [Document] = []
  /// Bytes of the texts of the documents, plus 1 for each.
  var textBytes = 0

  /// The tokens of all documents.
  struct Contents: ~Copyable {
    /// Codes of all tokens, in the order of documents, fields and positions.
    var log = GrowableBuffer<UInt32>(capacity: 1)
    var entries = GrowableBuffer<Entry>(capacity: 1)
    /// Number of tokens of each field, document by document.
    var fieldLengths = GrowableBuffer<UInt32>(capacity: 1)
    /// Ascending positions for each document.
    var compounds = GrowableBuffer<CompoundOccurrence>(capacity: 1)
  }

  /// The worker that analysed the batch: the codes of the log are its codes.
  var worker = 0
  /// What the worker made of the documents: one value, so that an access to a document's tokens is checked for
  /// exclusivity once.
  var contents = Contents()
  /// UTF-8 of the keys.
  var keys = GrowableBuffer<UInt8>(capacity: 1)
  /// Texts as they are stored, without the attributes, which are appended later.
  var stored = ByteWriter(capacity: 1)
  /// Attributes of each document; none if no document of the batch has any.
  var attributes: [[String: [String]]] = []
  var cost = BatchCost()

  /// Adds a document to be analysed.
  ///
  /// - Parameter bytes: bytes of its texts and key.
  func add(_ document: Document, textBytes bytes: Int) {
    sources.append(document)
    // Plus 1, so that a batch of empty documents gets full too.
    textBytes += bytes + 1
  }

  /// Returns the attributes of a document of the batch.
  func attributes(of document: Int) -> [String: [String]] { attributes.isEmpty ? [:] : attributes[document] }

  /// Returns the key of a document of the batch.
  func key(_ document: Int) -> [UInt8] {
    let entry = contents.entries[document]
    return (entry.key..<entry.key + entry.keyCount).map { keys[Int($0)] }
  }

  /// Frees stored texts and attributes, once they are written.
  func releaseStored() {
    stored = ByteWriter(capacity: 1)
    attributes = []
  }

  /// Frees the log and the compounds, once they are sorted.
  func releaseLog() {
    contents.log.reset(capacity: 1)
    contents.compounds.reset(capacity: 1)
  }
}

/// The memory that a batch adds to its segment. As `SegmentBudget` counts it, it does not depend on the worker.
struct BatchCost: Sendable {
  /// Number of tokens and compounds.
  var tokens = 0
  /// Bytes of stored texts.
  var storedBytes = 0
  /// Bytes of entries, keys, attributes and compounds.
  var otherBytes = 0
  /// Forms that are new to the worker, sampled by their hashes; see `SegmentBudget`.
  var forms: [FormSample] = []

  /// A form of the sample: hash and bytes of its text.
  struct FormSample: Sendable {
    var hash: UInt64
    var bytes: Int
  }
}

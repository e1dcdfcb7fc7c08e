/// The tokens of the documents that wait for their segment: a log of (form, kind), four bytes a token.
///
/// Positions follow from the place in the log, documents from the list of documents, so nothing is sorted or
/// counted until the segment is written: one counting sort then puts everything in order (measured: 33 to 43 ns a
/// token against 57 to 70 for lists that grow piece by piece).
struct PostingBuffer: ~Copyable {
  /// Empty positions between two fields of a document, so that no phrase crosses the line.
  static let fieldGap: UInt32 = 100

  struct Entry {
    var key: [UInt8]
    /// Where the tokens begin in the log.
    var tokens: Int
    /// Tokens of each field.
    var fieldLengths: [UInt32]
    /// Where the stored texts are; empty if nothing is stored.
    var stored: Range<Int>
    /// Numbers of names by first appearance, and values.
    var attributes: [(name: Int, value: String)] = []
  }

  private(set) var log = GrowableBuffer<UInt32>(capacity: 1 << 16)
  private(set) var stored = ByteWriter(capacity: 1 << 16)
  private(set) var documents: [Entry] = []
  private var firstNames: [String: Int] = [:]
  /// Bytes of keys, attributes and compounds.
  private var looseBytes = 0
  /// Compounds seen, folded, with their hyphens.
  private(set) var compounds: Set<[UInt8]> = []

  /// Bytes that these documents take now and will take while they are sorted.
  var byteCount: Int {
    // Four bytes in the log and eight in the sorted table for each token; records are copied once.
    12 * log.count + 2 * stored.count + 2 * looseBytes + 400 * documents.count
  }

  mutating func beginDocument(key: String) {
    let end = stored.count
    looseBytes += key.utf8.count
    documents.append(Entry(key: Array(key.utf8), tokens: log.count, fieldLengths: [], stored: end..<end))
  }

  mutating func add(_ tokens: borrowing TokenBuffer) {
    log.reserve(tokens.count)
    let span = tokens.span
    for index in span.indices { log.append(span[index].code) }
    documents[documents.count - 1].fieldLengths.append(UInt32(tokens.count))
  }

  /// Notes the words with hyphens among the tokens of `text`.
  mutating func addCompounds(_ text: Span<UInt8>, _ tokens: borrowing TokenBuffer, _ forms: borrowing FormTable) {
    Compounds.forEach(text, tokens) { range in
      guard let writing = Compounds.writing(range, tokens, forms), compounds.insert(writing).inserted else { return }
      looseBytes += writing.count + 64
    }
  }

  /// Keeps texts and attributes; the numbers of the attributes' names are not final yet.
  mutating func store(_ texts: [String], _ attributes: [String: [String]]) {
    let last = documents.count - 1
    let start = stored.count
    for text in texts { stored.writeString(text) }
    documents[last].stored = start..<stored.count
    for (name, values) in attributes where !values.isEmpty {
      let number = number(of: Normalizer.shared.composed(name))
      for value in values {
        looseBytes += value.utf8.count + 32
        documents[last].attributes.append((name: number, value: value))
      }
    }
  }

  private mutating func number(of name: String) -> Int {
    if let number = firstNames[name] { return number }
    firstNames[name] = firstNames.count
    return firstNames.count - 1
  }

  /// Names of the attributes of all documents, sorted: they do not depend on the order of the documents.
  var attributeNames: [String] { firstNames.keys.sorted() }

  /// The final number of each name, by its first one.
  var finalAttributeNumbers: [Int] {
    var numbers = [Int](repeating: 0, count: firstNames.count)
    for (final, name) in attributeNames.enumerated() { numbers[firstNames[name] ?? 0] = final }
    return numbers
  }

  /// Gives the stored records back once they are written.
  mutating func releaseStored() { stored = ByteWriter(capacity: 16) }

  mutating func removeAll() {
    log.reset()
    releaseStored()
    documents.removeAll()
    firstNames.removeAll()
    compounds.removeAll()
    looseBytes = 0
  }
}

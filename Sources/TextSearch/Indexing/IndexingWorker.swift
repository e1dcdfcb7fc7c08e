/// Turns batches of documents into logs of tokens: an analyzer and what it has seen since the last segment.
final class IndexingWorker: @unchecked Sendable {
  // Safe because: only the worker of the pool that has its number uses it, and the writer while no job runs; the
  // pool's lock stands between them.

  let options: IndexOptions
  private let storedFields: [Int]
  var analyzer: Analyzer
  private var tokens = TokenBuffer()
  private var log = GrowableBuffer<UInt32>(capacity: 1 << 16)
  /// Compounds by the forms of their parts; nil for what only looks like one.
  private var compoundNumbers: [SIMD4<UInt32>: UInt32?] = [:]
  /// Addresses of the compounds seen.
  private(set) var compounds: [TermAddress] = []
  /// Forms that earlier batches have reported.
  private var reportedForms = 0
  private(set) var times = BuildTimes()

  init(_ options: IndexOptions) {
    self.options = options
    storedFields = options.storedFieldNumbers
    analyzer = Analyzer(options.analyzer, readsQueries: false)
  }

  /// Forgets the forms of the segment that has been written.
  func reset() {
    analyzer.forms.reset()
    compoundNumbers = [:]
    compounds = []
    reportedForms = 0
  }

  /// Posts of a form are told apart by its kind: codes of tokens, then those of compounds.
  var tokenCodes: Int { analyzer.forms.count * TokenKind.count }
  var codeCount: Int { tokenCodes + compounds.count }

  // MARK: Batches

  /// Analyses a batch and lets its documents go.
  func analyze(_ batch: DocumentBatch, as number: Int) {
    batch.worker = number
    log.removeAll()
    if !storedFields.isEmpty { batch.stored = ByteWriter(capacity: batch.textBytes + 6 * batch.sources.count + 16) }
    for document in batch.sources { add(document, to: batch) }
    batch.log = GrowableBuffer(capacity: max(1, log.count))
    batch.log.append(log)
    reportCost(to: batch)
    batch.sources = []
  }

  private func add(_ document: Document, to batch: DocumentBatch) {
    var entry = DocumentBatch.Entry()
    entry.tokens = log.count
    entry.compounds = UInt32(batch.compounds.count)
    entry.key = UInt32(batch.keys.count)
    entry.keyCount = UInt32(document.key.utf8.count)
    entry.stored = batch.stored.count
    batch.keys.append(document.key.utf8.span)
    var position: UInt32 = 0
    for (number, name) in options.fields.enumerated() {
      let text = document.fields.first { $0.name == name }?.text ?? ""
      let start = SystemCalls.nanoseconds()
      analyzer.analyze(text.utf8.span, into: &tokens)
      let analysed = SystemCalls.nanoseconds()
      IndexingWorker.append(tokens, to: &log, &entry)
      if options.analyzer.preset == .frenchVietnamese { addCompounds(text.utf8.span, at: position, to: batch) }
      batch.fieldLengths.append(UInt32(tokens.count))
      position += UInt32(tokens.count) + DocumentBatch.fieldGap
      if storedFields.contains(number) { batch.stored.writeString(text) }
      times.analyze += analysed &- start
      times.invert += SystemCalls.nanoseconds() &- analysed
    }
    entry.length = log.count - entry.tokens
    entry.storedCount = batch.stored.count - entry.stored
    entry.compoundCount = UInt32(batch.compounds.count) - entry.compounds
    batch.attributes.append(document.attributes)
    batch.entries.append(entry)
  }

  /// Appends the codes of tokens and counts their languages.
  private static func append(
    _ tokens: borrowing TokenBuffer, to log: inout GrowableBuffer<UInt32>, _ entry: inout DocumentBatch.Entry
  ) {
    let span = tokens.span
    log.reserve(span.count)
    var (french, vietnamese) = (UInt32(0), UInt32(0))
    for index in span.indices {
      let code = span[index].code
      log.append(code)
      french &+= code & 3 == UInt32(TokenKind.french.rawValue) ? 1 : 0
      vietnamese &+= code >> 1 & 1
    }
    entry.french += french
    entry.vietnamese += vietnamese
  }

  // MARK: Compounds

  private func addCompounds(_ text: Span<UInt8>, at position: UInt32, to batch: DocumentBatch) {
    Compounds.forEach(text, tokens) { range in
      guard let number = compound(range) else { return }
      batch.compounds.append(
        DocumentBatch.CompoundOccurrence(position: position + UInt32(range.lowerBound), compound: number))
    }
  }

  private func compound(_ range: Range<Int>) -> UInt32? {
    var parts = SIMD4<UInt32>(repeating: .max)
    for token in range { parts[token - range.lowerBound] = tokens.form(token) }
    if let known = compoundNumbers[parts] { return known }
    var number: UInt32?
    if let address = Compounds.address(range, tokens, analyzer.forms, options.analyzer.frenchStemmer) {
      number = UInt32(compounds.count)
      compounds.append(address)
    }
    compoundNumbers[parts] = .some(number)
    return number
  }

  // MARK: Cost

  private func reportCost(to batch: DocumentBatch) {
    var cost = BatchCost()
    cost.tokens = log.count + batch.compounds.count
    cost.storedBytes = batch.stored.count
    cost.looseBytes = SegmentBudget.documentBytes * batch.entries.count + batch.keys.count + 8 * batch.compounds.count
    for attributes in batch.attributes where !attributes.isEmpty {
      cost.looseBytes += attributes.values.joined().reduce(200) { $0 + $1.utf8.count + 48 }
    }
    for id in reportedForms..<analyzer.forms.count {
      let hash = analyzer.forms.hash(id)
      if SegmentBudget.samples(hash) {
        cost.forms.append(BatchCost.FormSample(hash: hash, bytes: analyzer.forms.textBytes(id)))
      }
    }
    reportedForms = analyzer.forms.count
    batch.cost = cost
  }
}

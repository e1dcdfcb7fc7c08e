/// Turns batches of documents into logs of tokens: an analyzer, with the forms and compounds seen since the last
/// segment.
final class IndexingWorker: @unchecked Sendable {
  // Safe because: only the worker of the pool with its number uses it, and the writer while no job runs; the lock of
  // the pool orders them.

  let options: IndexOptions
  private let storedFields: [Int]
  var analyzer: Analyzer
  /// Tokens of the fields of the current document.
  private let fields: [FieldTokens]
  /// Codes of the current batch.
  private var log = GrowableBuffer<UInt32>(capacity: 1 << 16)
  /// Numbers of the compounds by the forms of their parts; nil for words with hyphens that are no compounds.
  private var compoundNumbers: [SIMD4<UInt32>: UInt32?] = [:]
  /// Numbers of the parts of words in camel case, by the bytes of the word.
  private var camelCaseNumbers: [[UInt8]: [UInt32]] = [:]
  /// Numbers of signs by their forms.
  private var signNumbers: [UInt32: UInt32] = [:]
  /// Numbers of all compounds by their addresses.
  private var numbersOfAddresses: [TermAddress: UInt32] = [:]
  /// Addresses of the compounds, by number.
  private(set) var compounds: [TermAddress] = []
  /// Number of forms that the costs of earlier batches include.
  private var reportedForms = 0
  /// Time of analysis so far.
  private(set) var times = BuildTimes()

  /// Creates a worker without forms.
  init(_ options: IndexOptions) {
    self.options = options
    storedFields = options.storedFieldNumbers
    fields = options.fields.map { _ in FieldTokens() }
    analyzer = Analyzer(options.analyzer, readsQueries: false)
  }

  /// Removes all forms and compounds, after their segment was written.
  func reset() {
    analyzer.forms.reset()
    compoundNumbers = [:]
    camelCaseNumbers = [:]
    signNumbers = [:]
    numbersOfAddresses = [:]
    compounds = []
    reportedForms = 0
  }

  /// Number of codes of tokens: one for each form and kind. The codes of compounds follow.
  var tokenCodes: Int { analyzer.forms.count * TokenKind.count }
  /// Number of codes of tokens and compounds.
  var codeCount: Int { tokenCodes + compounds.count }

  // MARK: Batches

  /// The division of a batch's time between analysis and inversion is measured on one document of this many: the clock
  /// costs as much as the analysis of a few words.
  private static let timedShare = 16

  /// Analyses the documents of a batch into its log, then removes them.
  ///
  /// - Parameter number: the number of this worker.
  func analyze(_ batch: DocumentBatch, as number: Int) {
    let start = SystemCalls.nanoseconds()
    batch.worker = number
    if !storedFields.isEmpty { batch.stored = ByteWriter(capacity: batch.textBytes + 6 * batch.sources.count + 16) }
    var contents = DocumentBatch.Contents()
    contents.entries = GrowableBuffer(capacity: batch.sources.count)
    contents.fieldLengths = GrowableBuffer(capacity: batch.sources.count * options.fields.count)
    log.removeAll()
    swap(&log, &contents.log)
    var sample = BuildTimes()
    for (index, document) in batch.sources.enumerated() {
      let analysed = add(document, to: batch, &contents, isTimed: index % IndexingWorker.timedShare == 0)
      if let analysed { sample += analysed }
    }
    swap(&log, &contents.log)
    contents.log = GrowableBuffer(capacity: max(1, log.count))
    contents.log.append(log)
    batch.contents = contents
    if batch.attributes.allSatisfy(\.isEmpty) { batch.attributes = [] }
    reportCost(to: batch)
    batch.sources = []
    addTimes(SystemCalls.nanoseconds() &- start, dividedAs: sample)
  }

  /// Adds the time of a batch.
  private func addTimes(_ nanoseconds: UInt64, dividedAs sample: BuildTimes) {
    let share = Double(sample.analyze) / Double(max(1, sample.analyze + sample.invert))
    let analyze = min(nanoseconds, UInt64(Double(nanoseconds) * share))
    times.analyze += analyze
    times.invert += nanoseconds - analyze
  }

  /// Analyses a document.
  ///
  /// - Returns: its times, if it is timed.
  private func add(
    _ document: Document, to batch: DocumentBatch, _ contents: inout DocumentBatch.Contents, isTimed: Bool
  ) -> BuildTimes? {
    var times = BuildTimes()
    var entry = DocumentBatch.Entry()
    entry.tokens = contents.log.count
    entry.compounds = UInt32(contents.compounds.count)
    entry.key = UInt32(batch.keys.count)
    entry.keyCount = UInt32(document.key.utf8.count)
    entry.stored = batch.stored.count
    batch.keys.append(document.key.utf8.span)
    let start = isTimed ? SystemCalls.nanoseconds() : 0
    analyze(document)
    let analysed = isTimed ? SystemCalls.nanoseconds() : 0
    var position: UInt32 = 0
    for (number, name) in options.fields.enumerated() {
      let text = IndexingWorker.text(of: name, in: document)
      let count = UInt32(fields[number].tokens.count)
      IndexingWorker.append(fields[number].tokens, to: &contents.log, &entry)
      if options.analyzer.preset == .frenchVietnamese {
        addCompounds(text.utf8.span, fields[number].tokens, at: position, to: &contents)
      }
      contents.fieldLengths.append(count)
      position += count + DocumentBatch.fieldGap
      if name == TitleTable.field { entry.title = TitleTable.hash(of: TitleLetters.of(text)) }
      if storedFields.contains(number) { batch.stored.writeString(text) }
    }
    times.analyze = analysed &- start
    times.invert = isTimed ? SystemCalls.nanoseconds() &- analysed : 0
    entry.length = contents.log.count - entry.tokens
    entry.storedCount = batch.stored.count - entry.stored
    entry.compoundCount = UInt32(contents.compounds.count) - entry.compounds
    batch.attributes.append(document.attributes)
    contents.entries.append(entry)
    return isTimed ? times : nil
  }

  /// Analyses the fields of a document: their words first, then the languages, which depend on all fields.
  private func analyze(_ document: Document) {
    var signs = DocumentSigns()
    for (number, name) in options.fields.enumerated() {
      analyzer.findWords(IndexingWorker.text(of: name, in: document).utf8.span, into: &fields[number].tokens)
      signs.add(fields[number].tokens)
    }
    for field in fields { analyzer.decideLanguages(&field.tokens, in: signs) }
  }

  /// Returns the text of a field; an empty one if the document lacks the field.
  private static func text(of field: String, in document: Document) -> String {
    document.fields.first { $0.name == field }?.text ?? ""
  }

  /// Appends the codes of tokens, and adds their languages to the counts of the entry.
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

  /// Adds the compounds of a field whose first token has `position`, and the parts of words in camel case and the signs,
  /// which are posted like them.
  private func addCompounds(
    _ text: Span<UInt8>, _ tokens: borrowing TokenBuffer, at position: UInt32, to contents: inout DocumentBatch.Contents
  ) {
    let first = contents.compounds.count
    func add(_ number: UInt32, at token: Int, to contents: inout DocumentBatch.Contents) {
      contents.compounds.append(
        DocumentBatch.CompoundOccurrence(position: position + UInt32(token), compound: number))
    }
    Compounds.forEach(text, tokens) { range in
      if let number = compound(range, tokens) { add(number, at: range.lowerBound, to: &contents) }
    }
    let hyphenated = contents.compounds.count
    for token in 0..<tokens.count where tokens[token].isCamelCase {
      for number in camelCaseParts(text, tokens.range(token)) { add(number, at: token, to: &contents) }
    }
    for index in 0..<tokens.signs.count {
      add(sign(tokens.signs[index].form), at: Int(tokens.signs[index].token), to: &contents)
    }
    if contents.compounds.count > hyphenated { sortCompounds(from: first, of: &contents) }
  }

  /// Sorts compounds by position, and leaves out those that are at one position already.
  private func sortCompounds(from first: Int, of contents: inout DocumentBatch.Contents) {
    var sorted = (first..<contents.compounds.count).map { contents.compounds[$0] }
    sorted.sort { ($0.position, $0.compound) < ($1.position, $1.compound) }
    contents.compounds.removeLast(sorted.count)
    for (index, own) in sorted.enumerated() {
      if index > 0, sorted[index - 1].position == own.position, sorted[index - 1].compound == own.compound { continue }
      contents.compounds.append(own)
    }
  }

  /// Returns the number of a compound's address, a new one if need be.
  private func number(of address: TermAddress) -> UInt32 {
    if let known = numbersOfAddresses[address] { return known }
    compounds.append(address)
    numbersOfAddresses[address] = UInt32(compounds.count - 1)
    return UInt32(compounds.count - 1)
  }

  /// Returns the numbers of the parts of a word in camel case.
  private func camelCaseParts(_ text: Span<UInt8>, _ range: Range<Int>) -> [UInt32] {
    let bytes = range.map { text[$0] }
    if let known = camelCaseNumbers[bytes] { return known }
    let numbers = CamelCase.keys(of: text, range).map { key in
      number(of: Compounds.address(joined: key, options.analyzer.frenchStemmer))
    }
    camelCaseNumbers[bytes] = numbers
    return numbers
  }

  /// Returns the number of a sign.
  private func sign(_ form: UInt32) -> UInt32 {
    if let known = signNumbers[form] { return known }
    let number = self.number(of: Compounds.address(stem: analyzer.forms.key(form)))
    signNumbers[form] = number
    return number
  }

  /// Returns the number of the compound of some tokens, a new one if need be; nil if they are no compound.
  private func compound(_ range: Range<Int>, _ tokens: borrowing TokenBuffer) -> UInt32? {
    var parts = SIMD4<UInt32>(repeating: .max)
    for token in range { parts[token - range.lowerBound] = tokens.form(token) }
    if let known = compoundNumbers[parts] { return known }
    let address = Compounds.address(
      of: range, in: tokens, forms: analyzer.forms, stemmer: options.analyzer.frenchStemmer)
    let number = address.map { self.number(of: $0) }
    compoundNumbers[parts] = .some(number)
    return number
  }

  /// The tokens of one field.
  private final class FieldTokens {
    var tokens = TokenBuffer()
  }

  // MARK: Cost

  /// Sets the cost of a batch that was just analysed.
  private func reportCost(to batch: DocumentBatch) {
    var cost = BatchCost()
    cost.tokens = log.count + batch.contents.compounds.count
    cost.storedBytes = batch.stored.count
    cost.otherBytes =
      SegmentBudget.documentBytes * batch.contents.entries.count + batch.keys.count + 8 * batch.contents.compounds.count
    for attributes in batch.attributes where !attributes.isEmpty {
      cost.otherBytes += attributes.values.joined().reduce(200) { $0 + $1.utf8.count + 48 }
    }
    for id in reportedForms..<analyzer.forms.count {
      let hash = analyzer.forms.hash(id)
      if SegmentBudget.isSampled(hash) {
        cost.forms.append(BatchCost.FormSample(hash: hash, bytes: analyzer.forms.textBytes(id)))
      }
    }
    reportedForms = analyzer.forms.count
    batch.cost = cost
  }
}

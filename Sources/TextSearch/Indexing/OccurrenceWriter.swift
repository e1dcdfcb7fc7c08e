/// Writes the occurrences of documents to their indexes in the sorted table, with the codes of the words beside them, and collects the
/// adjacent pairs of the documents.
///
/// The tokens of a field are read once, field by field: their form ranges, then the words of these, then both are written. So each loop
/// reads one table that does not fit in the cache, and its accesses do not wait for each other.
struct OccurrenceWriter: ~Copyable {
  /// A form range as the documents' occurrences reach it.
  struct Target: BitwiseCopyable {
    /// Index in the table that the next occurrence is written at.
    var index: UInt32 = 0
    /// The word of the term.
    var word = PairWord()
  }

  /// Where the codes of a worker begin among those of all.
  struct FirstCodes {
    /// Index of the first code of a token.
    let token: Int
    /// Index of the first code of a compound.
    let compound: Int
  }

  private let occurrences: SharedTable<TermOccurrence>
  /// By form range.
  private var targets: GrowableBuffer<Target>
  /// Where the pairs are collected; nil if the index does not keep them.
  private let slots: PairSlots?
  /// The form ranges and words of the field's tokens.
  private var formRanges = GrowableBuffer<UInt32>(capacity: 256)
  private var words = GrowableBuffer<PairWord>(capacity: 256)
  /// The codes that the words have for those beside them; one more at each end: no word.
  private var codes = GrowableBuffer<UInt8>(capacity: 256)

  init(_ targets: consuming GrowableBuffer<Target>, into occurrences: SharedTable<TermOccurrence>, _ slots: PairSlots?)
  {
    self.targets = targets
    self.occurrences = occurrences
    self.slots = slots
  }

  /// Adds a document.
  ///
  /// - Parameters:
  ///   - index: of the document in its batch.
  ///   - contents: those of the batch.
  ///   - formRangeOfCode: index of the form range of each code of all workers.
  mutating func add(
    document: Int, at index: Int, of contents: borrowing DocumentBatch.Contents, _ firstCodes: FirstCodes,
    formRangeOfCode: borrowing GrowableBuffer<UInt32>
  ) {
    let entry = contents.entries[index]
    let fields = contents.fieldLengths.count / max(1, contents.entries.count)
    var token = entry.tokens
    var position: UInt32 = 0
    var compound = Int(entry.compounds)
    let lastCompound = compound + Int(entry.compoundCount)
    for field in 0..<fields {
      let length = contents.fieldLengths[index * fields + field]
      read(token..<token + Int(length), of: contents.log, firstCode: firstCodes.token, formRangeOfCode)
      let firstCompound = compound
      while compound < lastCompound, contents.compounds[compound].position < position + length {
        beginCompound(at: Int(contents.compounds[compound].position - position))
        compound += 1
      }
      OccurrenceWriter.write(
        formRanges, codes, document: document, position: position, at: &targets, into: occurrences)
      for number in firstCompound..<compound {
        addCompound(
          number..<compound, of: contents, document: document, position: position,
          formRangeOfCode: formRangeOfCode, firstCode: firstCodes.compound)
      }
      token += Int(length)
      position += length + DocumentBatch.fieldGap
    }
    slots?.endDocument()
  }

  // MARK: Tokens

  /// Reads the tokens of a field and adds their pairs.
  private mutating func read(
    _ tokens: Range<Int>, of log: borrowing GrowableBuffer<UInt32>, firstCode: Int,
    _ formRangeOfCode: borrowing GrowableBuffer<UInt32>
  ) {
    formRanges.set(repeating: 0, count: tokens.count)
    codes.set(repeating: NeighbourCode.none, count: tokens.count + 2)
    OccurrenceWriter.translate(tokens, of: log, firstCode, formRangeOfCode, into: &formRanges)
    guard let slots else { return }
    words.set(repeating: PairWord(), count: tokens.count)
    OccurrenceWriter.readWords(formRanges, targets, into: &words, &codes)
    slots.addAll(words.span)
  }

  /// Sets the form ranges of some codes.
  private static func translate(
    _ tokens: Range<Int>, of log: borrowing GrowableBuffer<UInt32>, _ firstCode: Int,
    _ formRangeOfCode: borrowing GrowableBuffer<UInt32>, into formRanges: inout GrowableBuffer<UInt32>
  ) {
    let (log, formRangeOfCode) = (log.span, formRangeOfCode.span)
    let codes = log.extracting(tokens)
    var formRanges = formRanges.mutableSpan
    for index in codes.indices { formRanges[index] = formRangeOfCode[firstCode &+ Int(codes[index])] }
  }

  /// Sets the words of some form ranges, and the codes of these words.
  private static func readWords(
    _ formRanges: borrowing GrowableBuffer<UInt32>, _ targets: borrowing GrowableBuffer<Target>,
    into words: inout GrowableBuffer<PairWord>, _ codes: inout GrowableBuffer<UInt8>
  ) {
    let (formRanges, targets) = (formRanges.span, targets.span)
    var words = words.mutableSpan
    var codes = codes.mutableSpan
    for index in formRanges.indices {
      let word = targets[Int(formRanges[index])].word
      words[index] = word
      codes[index &+ 1] = word.neighbourCode
    }
  }

  /// Writes the occurrences of a field's tokens, the first of which has `position`.
  private static func write(
    _ formRanges: borrowing GrowableBuffer<UInt32>, _ codes: borrowing GrowableBuffer<UInt8>, document: Int,
    position: UInt32, at targets: inout GrowableBuffer<Target>, into occurrences: SharedTable<TermOccurrence>
  ) {
    let (formRanges, codes) = (formRanges.span, codes.span)
    var targets = targets.mutableSpan
    for number in formRanges.indices {
      let formRange = Int(formRanges[number])
      let index = targets[formRange].index
      occurrences[Int(index)] = TermOccurrence(
        document: document, position: position &+ UInt32(truncatingIfNeeded: number),
        neighbours: NeighbourCode.byte(previous: codes[number], next: codes[number &+ 2]))
      targets[formRange].index = index &+ 1
    }
  }

  // MARK: Compounds

  /// Notes that a compound begins at a token: words beside it may be beside the compound.
  private mutating func beginCompound(at token: Int) {
    if slots != nil { codes[token + 1] = NeighbourCode.any }
  }

  /// Writes the occurrence of a compound, which has the position of its first part, and adds its adjacent pairs.
  ///
  /// - Parameters:
  ///   - compounds: the compound and those that follow it in the field.
  ///   - position: of the field's first token.
  private mutating func addCompound(
    _ compounds: Range<Int>, of contents: borrowing DocumentBatch.Contents, document: Int, position: UInt32,
    formRangeOfCode: borrowing GrowableBuffer<UInt32>, firstCode: Int
  ) {
    let own = contents.compounds[compounds.lowerBound]
    let token = Int(own.position - position)
    let formRange = Int(formRangeOfCode[firstCode + Int(own.compound)])
    let target = targets[formRange]
    occurrences[Int(target.index)] = TermOccurrence(
      document: document, position: own.position,
      neighbours: NeighbourCode.byte(previous: codes[token], next: codes[token + 2]))
    targets[formRange].index += 1
    guard let slots else { return }
    if token > 0 { slots.add(words[token - 1], target.word) }
    if token + 1 < words.count { slots.add(target.word, words[token + 1]) }
    for number in compounds.dropFirst() {
      let next = contents.compounds[number]
      if next.position > own.position + 1 { break }
      guard next.position == own.position + 1 else { continue }
      slots.add(target.word, targets[Int(formRangeOfCode[firstCode + Int(next.compound)])].word)
    }
  }
}

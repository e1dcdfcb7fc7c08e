/// What all fields of a document show of its languages: what a line that shows nothing itself leans on.
struct DocumentSigns {
  /// Minimum signs of French in a document that shows French, and minimum signs of other languages or evidence of
  /// Vietnamese in one that shows those.
  private static let minimumSigns = 2
  /// A line shows French if it has a sign of it for every four words.
  private static let wordsPerSignOfLine = 4
  /// A document shows French if its French lines have a sign for every thirty words that are not Vietnamese: most lines
  /// of a page may be code.
  private static let wordsPerSign = 30
  /// Evidence of Vietnamese that a document shows: three syllables with letters that only Vietnamese has.
  private static let vietnameseEvidence = 72
  /// Minimum words of a document that shows by its length alone that it is not French: French text has signs sooner.
  private static let longText = 40

  /// Signs of French in the lines that show French.
  private var french = 0
  /// Signs of other languages in the lines with more of them than of French.
  private var foreign = 0
  /// Evidence of the lines that are Vietnamese by themselves.
  private var vietnamese = 0
  /// Number of words of the other lines.
  private var words = 0

  /// Creates the signs of no field.
  init() {}

  /// Creates the signs of a document of one field.
  init(_ field: borrowing TokenBuffer) { add(field) }

  /// Adds the signs of a field, whose languages need not be decided.
  mutating func add(_ field: borrowing TokenBuffer) {
    for index in 0..<field.sentences.count {
      let sentence = field.sentences[index]
      if sentence.evidence > 0, sentence.signs < DocumentSigns.minimumSigns {
        vietnamese += sentence.evidence
        continue
      }
      let count = field.range(ofSentence: index).count
      words += count
      if sentence.signs < 0 { foreign -= sentence.signs }
      let showsFrench = sentence.signs * DocumentSigns.wordsPerSignOfLine >= count
      if sentence.signs >= DocumentSigns.minimumSigns, showsFrench { french += sentence.signs }
    }
  }

  /// Whether a line that shows nothing is of neither language: the document shows no French, and it shows another
  /// language or is too long for a French text without signs.
  var lacksFrench: Bool {
    let showsFrench =
      french >= DocumentSigns.minimumSigns && 2 * french > foreign && french * DocumentSigns.wordsPerSign >= words
    if showsFrench { return false }
    return foreign >= DocumentSigns.minimumSigns || vietnamese >= DocumentSigns.vietnameseEvidence
      || words >= DocumentSigns.longText
  }
}

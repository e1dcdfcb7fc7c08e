/// An analyzer of text: UTF-8 bytes in, (language, key, spelling) addresses with byte ranges out.
///
/// One pass over the bytes finds the words (`Analyzer+Words`, `Analyzer+KnownWords`, `Analyzer+Numerals`). A second
/// pass, over the words, decides the language of each line or sentence (`LanguageRuns`). An analyzer caches the forms
/// that it has seen and should be reused for many documents. It is not shared between threads.
struct Analyzer: ~Copyable {
  let options: AnalyzerOptions
  var forms: FormTable
  var word = WordBuffer()
  let table = CharacterTable.shared

  /// - Parameter readsQueries: whether queries are analysed, which need the evidence of a word's language with every
  ///   preset. Documents need it only with `frenchVietnamese`.
  init(_ options: AnalyzerOptions = AnalyzerOptions(), readsQueries: Bool = true) {
    self.options = options
    forms = FormTable(hasEvidence: readsQueries || options.preset == .frenchVietnamese)
  }

  /// Replaces the contents of `tokens` by the tokens of `text`, and decides the language of each.
  mutating func analyze(_ text: Span<UInt8>, into tokens: inout TokenBuffer) {
    findWords(text, into: &tokens)
    decideLanguages(&tokens, in: DocumentSigns(tokens))
  }

  /// Decides the language of each token of a field that `findWords` has read.
  ///
  /// - Parameter document: the signs of all fields of the document.
  func decideLanguages(_ tokens: inout TokenBuffer, in document: DocumentSigns) {
    if options.preset == .frenchVietnamese { LanguageRuns.decide(&tokens, in: document, forms) }
  }

  /// Replaces the contents of `tokens` by the words of `text`, without deciding on languages: queries are too short.
  mutating func findWords(_ text: Span<UInt8>, into tokens: inout TokenBuffer) {
    tokens.removeAll()
    scan(text, into: &tokens)
  }

  /// Replaces the contents of `tokens` by the words and signs of a query.
  mutating func findQueryWords(_ text: Span<UInt8>, into tokens: inout TokenBuffer) {
    findWords(text, into: &tokens)
    if tokens.signs.count > 0 { tokens.mergeSigns() }
  }

  /// Finds words like `findWords`, but on the general path only. The fast path for known words must equal it.
  mutating func findWordsWithoutFastPath(_ text: Span<UInt8>, into tokens: inout TokenBuffer) {
    tokens.removeAll()
    scan(text, into: &tokens, usesFastPath: false)
  }

  /// Returns the address of the posting list of token `index`.
  func address(of index: Int, in tokens: borrowing TokenBuffer) -> TermAddress {
    address(form: tokens.form(index), kind: tokens.kind(index))
  }

  /// Returns the address of the posting list of a form and kind.
  func address(form id: UInt32, kind: TokenKind) -> TermAddress {
    TermAddress(kind, form: forms.form(id), key: forms.key(id), stemmer: options.frenchStemmer)
  }
}

/// Turns text into tokens: UTF-8 bytes in, (language, key, spelling) addresses with byte ranges out.
///
/// One pass over the bytes finds the words (`Analyzer+Words`, `Analyzer+Numerals`); a second over the words decides the language run by
/// run (`LanguageRuns`). An analyzer keeps the forms that it has seen, so one should serve many documents; it is not
/// shared between threads.
struct Analyzer: ~Copyable {
  let options: AnalyzerOptions
  var forms: FormTable
  var word = WordBuffer()
  let table = CharacterTable.shared

  /// - Parameter readsQueries: queries ask of words what documents need for languages alone.
  init(_ options: AnalyzerOptions = AnalyzerOptions(), readsQueries: Bool = true) {
    self.options = options
    forms = FormTable(weighs: readsQueries || options.preset == .frenchVietnamese)
  }

  /// Replaces the contents of `tokens` by those of `text`, with the language of every token decided.
  mutating func analyze(_ text: Span<UInt8>, into tokens: inout TokenBuffer) {
    findWords(text, into: &tokens)
    if options.preset == .frenchVietnamese { LanguageRuns.decide(&tokens, forms) }
  }

  /// Replaces the contents of `tokens` by the words of `text`; their languages stay open (queries are too short).
  mutating func findWords(_ text: Span<UInt8>, into tokens: inout TokenBuffer) {
    tokens.removeAll()
    scan(text, into: &tokens)
  }

  /// `findWords` by the general way alone: what the fast path for known words is compared with.
  mutating func findWordsPlainly(_ text: Span<UInt8>, into tokens: inout TokenBuffer) {
    tokens.removeAll()
    scan(text, into: &tokens, takesKnownWords: false)
  }

  /// The address under which token `index` is posted.
  func address(of index: Int, in tokens: borrowing TokenBuffer) -> TermAddress {
    address(form: tokens.form(index), kind: tokens.kind(index))
  }

  func address(form id: UInt32, kind: TokenKind) -> TermAddress {
    TermAddress(kind, form: forms.form(id), key: forms.key(id), stemmer: options.frenchStemmer)
  }
}

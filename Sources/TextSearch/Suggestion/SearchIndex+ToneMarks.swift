/// Where texts put the tone mark of a word: the index knows one of the two places (`ToneMarks.canonical`).
extension SearchIndex {
  /// Documents of a word that are read, and bytes of text after which no other one is.
  private static let documentsRead = 3
  private static let bytesRead = 1 << 16

  /// Returns a lower-case word with its tone mark where the texts of a few documents mostly have it: hòa or hoà. A word whose tone
  /// mark has one place, and one of texts that are not stored, is returned as it is.
  func withToneOfTexts(_ word: String) throws(SearchError) -> String {
    let form = Array(word.utf8)
    guard options.preset == .frenchVietnamese, let other = ToneMarks.withToneOnGlide(form) else { return word }
    let address = TermAddress(
      .vietnamese, form: form, key: Folding.key(of: form), stemmer: options.frenchStemmer)
    var (read, bytes, own, others) = (0, 0, 0, 0)
    for segment in segments {
      guard let entry = try segment.dictionary.list(at: address.bytes) else { continue }
      var cursor = try segment.cursor(entry)
      var document = try cursor.seek(to: 0)
      while read < SearchIndex.documentsRead, bytes < SearchIndex.bytesRead, document != PostingCursor.end {
        let stored = try segment.stored(document)
        let counts = try occurrences(of: [form, other], in: stored)
        own += counts[0]
        others += counts[1]
        read += 1
        bytes += stored.fields.reduce(0) { $0 + $1.text.utf8.count }
        document = try cursor.seek(to: document + 1)
      }
    }
    return others > own ? String(decoding: other, as: UTF8.self) : word
  }

  /// Counts the occurrences of each of some forms in a document's texts.
  private func occurrences(of forms: [[UInt8]], in document: StoredDocument) throws(SearchError) -> [Int] {
    try tools.withAnalyzer(options) { analyzer in
      var tokens = TokenBuffer()
      var counts = forms.map { _ in 0 }
      for field in document.fields {
        analyzer.findWords(field.text.utf8.span, into: &tokens)
        for token in 0..<tokens.count {
          let word = analyzer.forms.form(tokens.form(token))
          for (index, form) in forms.enumerated() where form == word { counts[index] += 1 }
        }
      }
      return counts
    }
  }
}

/// Synonyms from a file: a word of a query also reads the posting lists of its equivalents.
///
/// The file is UTF-8, one group a line. `voiture, auto, véhicule` are equivalent to each other; with
/// `ONU => Nations, UNO` only the words before the arrow read those after it. A comment begins with `#`. An entry is a
/// word or a phrase of at most ``maximumWords``: `TPHCM => Thành phố Hồ Chí Minh`.
///
/// A word of the query matches a word of the file if it reads a list of that word's exact spelling. French words match by
/// their stem, whatever their accents. Vietnamese words match by their spelling, or by their letters in a query without
/// diacritics.
public struct Synonyms: Sendable {
  /// Maximum number of words of a phrase.
  public static let maximumWords = 16

  /// The words of a line: those on the left also read the lists of those on the right.
  struct Group: Sendable, Equatable {
    let left: [String]
    let right: [String]
  }

  let groups: [Group]
  /// The analyzer that `prepared` is made with.
  private let options: AnalyzerOptions
  private let prepared: SynonymTable

  /// Reads a synonym file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - options: the analyzer of the index that will be searched (``SearchIndex/options``). The words are analysed once
  ///     for this analyzer, and anew with each query for any other.
  /// - Throws: `SearchError.synonyms` for a malformed line, `.system` if the file cannot be read.
  public init(path: String, options: AnalyzerOptions = AnalyzerOptions()) throws(SearchError) {
    let file = try SystemCalls.openForReading(path)
    defer { SystemCalls.close(file) }
    var bytes: [UInt8] = []
    while try SystemCalls.read(file, into: &bytes, count: 1 << 16, path: path) > 0 {}
    try self.init(bytes: bytes[...], file: path, options: options)
  }

  /// Reads the text of a synonym file.
  ///
  /// - Parameters:
  ///   - text: the lines.
  ///   - file: the name of the text in errors.
  ///   - options: the analyzer of the index that will be searched.
  /// - Throws: `SearchError.synonyms` for a malformed line.
  public init(
    _ text: String, file: String = "synonyms", options: AnalyzerOptions = AnalyzerOptions()
  ) throws(SearchError) {
    try self.init(bytes: Array(text.utf8)[...], file: file, options: options)
  }

  private init(bytes: ArraySlice<UInt8>, file: String, options: AnalyzerOptions) throws(SearchError) {
    var reader = SynonymReader(file: file)
    groups = try reader.read(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes)
    self.options = options
    prepared = SynonymTable(groups, options)
  }

  /// Returns the words as the analyzer of `options` finds them.
  func table(_ options: AnalyzerOptions) -> SynonymTable {
    options == self.options ? prepared : SynonymTable(groups, options)
  }
}

/// Reads the lines of a synonym file.
private struct SynonymReader: ~Copyable {
  private let file: String
  private var line = 0
  private var analyzer = Analyzer()
  private var tokens = TokenBuffer()

  init(file: String) { self.file = file }

  mutating func read(_ bytes: ArraySlice<UInt8>) throws(SearchError) -> [Synonyms.Group] {
    var groups: [Synonyms.Group] = []
    for bytes in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      line += 1
      guard let text = String(validating: bytes, as: UTF8.self) else { throw failure("the line is not valid UTF-8") }
      let content = SynonymReader.trimmed(text.unicodeScalars.prefix { $0 != "#" })
      if !content.isEmpty { groups.append(try group(content)) }
    }
    return groups
  }

  private mutating func group(_ text: String) throws(SearchError) -> Synonyms.Group {
    let sides = text.split(separator: "=>", omittingEmptySubsequences: false).map(String.init)
    guard sides.count <= 2 else { throw failure("there is more than one =>") }
    if sides.count == 2 { return Synonyms.Group(left: try words(sides[0]), right: try words(sides[1])) }
    let words = try words(text)
    guard words.count > 1 else { throw failure("'\(words[0])' stands alone; write its equivalents behind a comma") }
    return Synonyms.Group(left: words, right: words)
  }

  private mutating func words(_ text: String) throws(SearchError) -> [String] {
    var words: [String] = []
    for part in text.unicodeScalars.split(separator: ",", omittingEmptySubsequences: false) {
      let word = SynonymReader.trimmed(part)
      guard !word.isEmpty else { throw failure("a word is missing; words stand between commas or =>") }
      analyzer.findQueryWords(word.utf8.span, into: &tokens)
      guard tokens.count > 0 else { throw failure("'\(word)' is no word") }
      guard tokens.count <= Synonyms.maximumWords else {
        throw failure("'\(word)' has more than \(Synonyms.maximumWords) words")
      }
      words.append(word)
    }
    return words
  }

  private func failure(_ reason: String) -> SearchError { .synonyms(file: file, line: line, reason: reason) }

  private static func trimmed(_ scalars: Substring.UnicodeScalarView) -> String {
    let start = scalars.drop(while: \.properties.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return String(Substring(start[...last]))
  }
}

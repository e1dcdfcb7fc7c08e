/// Everything that can go wrong without being a programmer's fault.
public enum SearchError: Error, Equatable, Sendable {
  /// A system call failed: what was tried, on what, and the C library's error number.
  case system(operation: String, path: String, code: Int32)
  /// There is no index at the path.
  case noIndex(path: String)
  /// The folder is not empty and holds no index; it is never overwritten.
  case notAnIndex(path: String, found: String)
  /// The bytes of a file contradict the format.
  case corrupt(file: String, section: String, offset: Int, reason: String)
  /// The file was written by another version of the format.
  case unsupportedVersion(file: String, found: Int, supported: Int)
  /// The index was made by another version of the analyzer.
  case unsupportedAnalyzer(file: String, fingerprint: UInt64)
  /// A segment was written with another schema of attributes than the index.
  case otherSchema(file: String)
  /// An attribute that no document has and no schema declares.
  case unknownAttribute(name: String, known: [String])
  /// A value that cannot be read as the type of its attribute.
  case attributeValue(name: String, value: String, type: AttributeType)
  /// A writer was to go on with an index that was made with other options; which one differs.
  case otherOptions(path: String, option: String)
  /// Statistics that were given to a search, or added, are of another query, reading or analyzer.
  case otherStatistics(reason: String)
  /// Another writer holds the index.
  case locked(path: String)
  /// The query holds no word to search for.
  case emptyQuery
  /// A query that cannot be read: where, counted in letters from 0, and what to do.
  case query(text: String, offset: Int, reason: String)
  /// A pattern that more words fit than a search reads.
  case expansion(pattern: String, maximum: Int)
  /// A line of a synonym file is not as it must be.
  case synonyms(file: String, line: Int, reason: String)
  /// No document has the key.
  case unknownKey(key: String)
  /// A document names a field that the index does not have.
  case unknownField(name: String, known: [String])
  /// Hits were to be sorted by a field whose texts are not stored.
  case unstoredField(name: String)
  /// A weight of a field that is no number from 0 on, or is too large.
  case fieldWeight(name: String, weight: Float)
  /// A memory budget that is too small to build with.
  case memoryBudget(bytes: Int, minimum: Int)
  /// A document or index passes a limit of the format.
  case limit(what: String, value: Int, maximum: Int)
}

extension SearchError: CustomStringConvertible {
  /// What failed, then what to do.
  public var description: String {
    switch self {
    case .system(let operation, let path, let code):
      "cannot \(operation) \(path): \(SystemCalls.message(code))"
    case .noIndex(let path):
      "no index at \(path); build one with IndexWriter"
    case .notAnIndex(let path, let found):
      "\(path) is not an index (\(found)); name another folder"
    case .corrupt(let file, let section, let offset, let reason):
      "\(file.isEmpty ? "index" : file) is damaged: section \(section), offset \(offset): \(reason); build the index again"
    case .unsupportedVersion(let file, let found, let supported):
      "\(file) has format version \(found), this program reads version \(supported); "
        + (found > supported ? "use a newer program" : "build the index again")
    case .unsupportedAnalyzer(let file, let fingerprint):
      "\(file) was written by another analyzer (\(String(fingerprint, radix: 16))); build the index again"
    case .otherSchema(let file):
      "\(file) was written with other types of attributes than the index; build the index again"
    case .unknownAttribute(let name, let known):
      "no attribute is called \(name); this index has \(known.isEmpty ? "none" : known.joined(separator: ", "))"
    case .attributeValue(let name, let value, let type):
      "attribute \(name): '\(value)' is no \(type.name)\(AttributeType.hint(type))"
    case .otherOptions(let path, let option):
      "\(path) was made with another \(option); use the options that it was made with, or build it anew"
    case .otherStatistics(let reason):
      "these statistics do not belong together: \(reason); export them with the same query and options"
    case .locked(let path):
      "another process is writing to \(path); try again when it is done"
    case .emptyQuery:
      "the query holds no word; type at least one letter or digit"
    case .query(_, let offset, let reason):
      "the query, at letter \(offset + 1): \(reason)"
    case .expansion(let pattern, let maximum):
      "more than \(maximum) words fit \(pattern); write more of its letters"
    case .synonyms(let file, let line, let reason):
      "\(file):\(line): \(reason)"
    case .unknownKey(let key):
      "no document has the key \(key)"
    case .unknownField(let name, let known):
      "no field is called \(name); this index has \(known.joined(separator: ", "))"
    case .unstoredField(let name):
      "the texts of \(name) are not stored, so nothing is sorted by them; build the index with \(name) among its stored fields"
    case .fieldWeight(let name, let weight):
      "the weight of the field \(name) cannot be \(weight); give a number from 0 to \(Int(BM25.maximumFieldWeight))"
    case .memoryBudget(let bytes, let minimum):
      "a memory budget of \(bytes) bytes is too small; give at least \(minimum)"
    case .limit(let what, let value, let maximum):
      "\(what): \(value) is more than the most possible, \(maximum)"
    }
  }

  /// Returns the error with the file named, if it does not name one yet.
  func inFile(_ path: String) -> SearchError {
    guard case .corrupt("", let section, let offset, let reason) = self else { return self }
    return .corrupt(file: path, section: section, offset: offset, reason: reason)
  }
}

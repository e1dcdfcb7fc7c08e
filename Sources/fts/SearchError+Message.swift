import TextSearch

extension SearchError {
  /// What failed, then what to do in the words of the command.
  var message: String {
    guard case .noIndex(let path) = self else { return description }
    return "no index at \(path); make one with: fts build FOLDER --index \(path)"
  }
}

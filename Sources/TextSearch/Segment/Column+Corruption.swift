extension Column {
  /// Returns the error for a damaged value at `index`.
  func corrupt(at index: Int, _ reason: String) -> SearchError { region.corrupt(at: index * width, reason) }
}

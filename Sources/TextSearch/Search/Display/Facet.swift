/// An attribute whose values are counted over all documents that match.
public struct Facet: Sendable, Hashable {
  /// Name of the attribute.
  public var name: String
  /// Dates are counted by year, month or day; nil counts every value by itself.
  public var period: AttributeDate.Precision?

  /// Creates a facet of an attribute.
  ///
  /// - Parameters:
  ///   - name: name of the attribute.
  ///   - period: counts dates by year, month or day; nil counts every value by itself.
  public init(_ name: String, by period: AttributeDate.Precision? = nil) {
    self.name = name
    self.period = period
  }

  /// Counts the documents of a set.
  ///
  /// - Parameter byDefinition: document by document, to compare with.
  func counts(
    _ segment: Segment, in set: DocumentSet, byDefinition: Bool = false
  ) throws(SearchError) -> FacetCounts {
    if let period { return try FacetCounts(name, by: period, segment, in: set) }
    if byDefinition { return try FacetCounts(definition: name, segment, in: set) }
    return try FacetCounts(name, segment, in: set)
  }
}

/// The values that the searches of all segments share.
final class SearchContext: Sendable {
  let plan: QueryPlan
  let options: SearchOptions
  let control: SearchControl
  let lengthNorms: LengthNorms
  /// Hits that are wanted: all up to the end of the page.
  let limit: Int
  /// Fields have weights, so that scores take positions.
  let weighsFields: Bool

  /// Documents whose upper bounds are low are skipped. Otherwise, or where scores have no bounds, each is scored by the definition.
  var usesBounds: Bool { !options.usesReference && options.ranking.hasBounds }

  /// - Parameter documents: number of documents in all segments.
  init(
    _ plan: QueryPlan, _ options: SearchOptions, _ control: SearchControl, lengthNorms: LengthNorms, documents: Int
  ) {
    self.plan = plan
    self.options = options
    self.control = control
    self.lengthNorms = lengthNorms
    // No more than there are.
    limit = min(documents, options.endOfPage)
    weighsFields = options.ranking.weighsFields
  }
}

/// Weights of documents by their set of forms of a key: the maximum weight of its forms.
struct FormWeights: Sendable, Equatable {
  /// By set.
  let bySet: [Float]
  let lowest: Float
  let highest: Float

  /// - Parameter bySet: at least one.
  init(bySet: [Float]) {
    self.bySet = bySet
    lowest = bySet.min() ?? 0
    highest = bySet.max() ?? 0
  }

  /// Reads the table that is all of `region`.
  ///
  /// - Parameters:
  ///   - key: the key of the forms.
  ///   - minimum: the minimum weight of a form, not negative.
  ///   - weight: returns the weight of a form.
  init(
    _ region: ByteRegion, key: some Collection<UInt8>, minimum: Float, _ weight: (Span<UInt8>) -> Float
  ) throws(SearchError) {
    var forms = try FormReader(region, key: key)
    var heavier: [(form: Int, weight: Float)] = []
    for form in 0..<forms.count {
      try forms.next()
      let weight = weight(forms.form.span)
      if weight > minimum { heavier.append((form, weight)) }
    }
    highest = heavier.reduce(minimum) { max($0, $1.weight) }
    guard forms.count > 1 else {
      bySet = [highest]
      lowest = highest
      return
    }
    let rows = try forms.rows()
    var values = [Float](repeating: minimum, count: rows.setCount)
    for (form, weight) in heavier { try rows.raise(&values, form: form, to: weight) }
    // Mostly one of the first sets is as light as can be.
    lowest = values.contains(minimum) ? minimum : values.min() ?? minimum
    bySet = values
  }
}

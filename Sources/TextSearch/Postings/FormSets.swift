/// The forms of a French key (`diplomatie`, `diplomatique`) and the sets of them that documents hold. A posting's form code
/// is the number of its document's set.
struct FormSets: Sendable, Equatable {
  /// In the order of their bytes.
  var forms: [[UInt8]] = []
  /// Sets of ordinals of forms, each ascending; in descending order of their number of documents.
  var sets: [[UInt32]] = []

  /// Appends the table. `key` is what forms have in common: the first one is coded by its difference from it.
  func write(key: some Collection<UInt8>, to writer: inout ByteWriter) {
    var before = Array(key)
    writer.writeVariable(forms.count)
    for form in forms {
      let shared = zip(before, form).prefix { $0 == $1 }.count
      writer.writeVariable(shared)
      writer.writeVariable(form.count - shared)
      writer.write(form.span.extracting(shared..<form.count))
      before = form
    }
    if forms.count > 1 { FormRows.write(sets, forms: forms.count, to: &writer) }
  }

  init(forms: [[UInt8]], sets: [[UInt32]]) {
    self.forms = forms
    self.sets = sets
  }

  /// Reads the table that is all of `region`.
  init(_ region: ByteRegion, key: some Collection<UInt8>) throws(SearchError) {
    var reader = try FormReader(region, key: key)
    let count = reader.count
    for _ in 0..<count {
      try reader.next()
      forms.append((0..<reader.form.count).map { reader.form[$0] })
    }
    guard count > 1 else {
      sets = [[0]]
      return
    }
    let rows = try reader.rows()
    sets = [[UInt32]](repeating: [], count: rows.setCount)
    for form in 0..<count { try rows.append(form: form, to: &sets) }
    guard !sets.contains([]) else { throw region.corrupt(at: 0, "a set without forms") }
  }
}

/// The forms of a French key (`diplomatie`, `diplomatique`) and the sets of them that documents hold. A posting's form code
/// is the number of its document's set.
struct FormSets: Sendable, Equatable {
  /// In the order of their bytes.
  var forms: [[UInt8]] = []
  /// Ordinals of forms, ascending; most documents first.
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
    guard forms.count > 1 else { return }
    writer.writeVariable(sets.count)
    for set in sets { FormSets.write(set, to: &writer) }
  }

  private static func write(_ set: [UInt32], to writer: inout ByteWriter) {
    guard set.count > 1 else { return writer.writeVariable(UInt64(set[0]) << 1 | 1) }
    writer.writeVariable(UInt64(set.count) << 1)
    var before: UInt32 = 0
    for form in set {
      writer.writeVariable(UInt64(form - before))
      before = form
    }
  }

  init(forms: [[UInt8]], sets: [[UInt32]]) {
    self.forms = forms
    self.sets = sets
  }

  /// Reads the table that is all of `region`.
  init(_ region: ByteRegion, key: some Collection<UInt8>) throws(SearchError) {
    var reader = ByteReader(region)
    var before = Array(key)
    let count = try reader.readCount()
    // Every form takes two bytes at least, every set one.
    guard count > 0, count <= region.count else { throw region.corrupt(at: 0, "\(count) forms") }
    for _ in 0..<count {
      let shared = try reader.readCount()
      let added = try reader.readCount()
      guard shared <= before.count else { throw region.corrupt(at: reader.offset, "prefix longer than the form") }
      before.removeLast(before.count - shared)
      before += try region.array(at: reader.offset, count: added)
      try reader.skip(added)
      forms.append(before)
    }
    guard count > 1 else {
      sets = [[0]]
      return
    }
    let setCount = try reader.readCount()
    guard setCount > 0, setCount <= region.count else { throw region.corrupt(at: 0, "\(setCount) sets of forms") }
    for _ in 0..<setCount { sets.append(try FormSets.readSet(&reader, forms: count)) }
  }

  private static func readSet(_ reader: inout ByteReader, forms: Int) throws(SearchError) -> [UInt32] {
    let head = try reader.readVariable()
    var set: [UInt32] = []
    if head & 1 == 1 {
      set.append(UInt32(truncatingIfNeeded: min(head >> 1, UInt64(UInt32.max))))
    } else {
      guard head >> 1 <= UInt64(forms) else { throw reader.region.corrupt(at: reader.offset, "set of too many forms") }
      var before: UInt64 = 0
      for _ in 0..<(head >> 1) {
        before = min(before &+ (UInt64(try reader.readUInt32())), UInt64(UInt32.max))
        set.append(UInt32(before))
      }
    }
    guard let last = set.last, last < forms, zip(set, set.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw reader.region.corrupt(at: reader.offset, "set of unknown forms")
    }
    return set
  }

  /// For each set whether one of its forms agrees; reads the table that is all of `region` without keeping it.
  static func agreements(
    _ region: ByteRegion, key: some Collection<UInt8>, _ agrees: (Span<UInt8>) -> Bool
  ) throws(SearchError) -> [Bool] {
    var reader = ByteReader(region)
    let forms = try readForms(&reader, key, agrees)
    guard forms.count > 1 else { return forms }
    let setCount = try reader.readCount()
    guard setCount > 0, setCount <= region.count else { throw region.corrupt(at: 0, "\(setCount) sets of forms") }
    var sets: [Bool] = []
    sets.reserveCapacity(setCount)
    for _ in 0..<setCount { sets.append(try readAgreement(&reader, forms)) }
    return sets
  }

  private static func readForms(
    _ reader: inout ByteReader, _ key: some Collection<UInt8>, _ agrees: (Span<UInt8>) -> Bool
  ) throws(SearchError) -> [Bool] {
    let count = try reader.readCount()
    guard count > 0, count <= reader.region.count else { throw reader.region.corrupt(at: 0, "\(count) forms") }
    var form = GrowableBuffer<UInt8>(capacity: 64)
    for byte in key { form.append(byte) }
    var forms: [Bool] = []
    forms.reserveCapacity(count)
    for _ in 0..<count {
      let shared = try reader.readCount()
      let added = try reader.readCount()
      guard shared <= form.count else { throw reader.region.corrupt(at: reader.offset, "prefix longer than the form") }
      form.truncate(to: shared)
      try reader.region.append(at: reader.offset, count: added, to: &form)
      try reader.skip(added)
      forms.append(agrees(form.span))
    }
    return forms
  }

  private static func readAgreement(_ reader: inout ByteReader, _ forms: [Bool]) throws(SearchError) -> Bool {
    let head = try reader.readVariable()
    let count = head & 1 == 1 ? 1 : head >> 1
    guard count > 0, count <= UInt64(forms.count) else {
      throw reader.region.corrupt(at: reader.offset, "set of too many forms")
    }
    var form = head & 1 == 1 ? head >> 1 : 0
    var agrees = false
    for place in 0..<count {
      if head & 1 == 0 {
        let step = UInt64(try reader.readUInt32())
        guard place == 0 || step > 0 else { throw reader.region.corrupt(at: reader.offset, "set of unknown forms") }
        form += step
      }
      guard form < UInt64(forms.count) else { throw reader.region.corrupt(at: reader.offset, "set of unknown forms") }
      agrees = agrees || forms[Int(form)]
    }
    return agrees
  }
}

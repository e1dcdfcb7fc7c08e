/// Collects which forms of a key each document of its list holds, and numbers the sets of forms that occur.
///
/// For each document its forms, as ordinals in the order of their bytes, ascending, then `endDocument`. The sets are numbered
/// by how many documents hold them, most first, then by their ordinals: the numbers follow from the documents alone.
struct FormSetCollector: ~Copyable {
  /// A set of forms; ordinals from 64 on do not fit the mask.
  private enum Members: Hashable {
    case mask(UInt64)
    case list([UInt32])
  }

  /// The number of each document's set, first by appearance, after `sort` the final one.
  private(set) var codes = GrowableBuffer<UInt32>(capacity: 1024)
  private var sets: [[UInt32]] = []
  private var counts: [UInt32] = []
  private var numbers: [Members: UInt32] = [:]
  /// The number of the set that holds one form only, by form; `UInt32.max` if it has not come yet.
  private var singles = GrowableBuffer<UInt32>(capacity: 64)
  private var current = GrowableBuffer<UInt32>(capacity: 64)

  /// Begins a list whose key has this many forms.
  mutating func begin(forms: Int, documents: Int) {
    codes.removeAll()
    codes.reserve(documents)
    sets.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    if !numbers.isEmpty { numbers.removeAll(keepingCapacity: true) }
    singles.removeAll()
    singles.append(repeating: .max, count: forms)
    current.removeAll()
  }

  /// Adds a form of the current document.
  @inline(__always)
  mutating func add(_ form: UInt32) { current.append(form) }

  @inline(__always)
  mutating func endDocument() {
    var number = current.count == 1 ? singles[Int(current[0])] : .max
    if number == .max { number = numberOfCurrent() }
    counts[Int(number)] += 1
    codes.append(number)
    current.removeAll()
  }

  /// The sets of a key with one form, which all documents hold.
  static func single(documents: Int) -> [(forms: [UInt32], documents: UInt32)] { [([0], UInt32(documents))] }

  private mutating func numberOfCurrent() -> UInt32 {
    let members = members()
    if let number = numbers[members] { return number }
    let number = UInt32(sets.count)
    sets.append((0..<current.count).map { current[$0] })
    counts.append(0)
    if current.count == 1 { singles[Int(current[0])] = number } else { numbers[members] = number }
    return number
  }

  private func members() -> Members {
    var mask: UInt64 = 0
    for index in 0..<current.count {
      guard current[index] < 64 else { return .list((0..<current.count).map { current[$0] }) }
      mask |= 1 << UInt64(current[index])
    }
    return .mask(mask)
  }

  /// Sorts the sets, renumbers the codes, and returns the sets with their document counts.
  mutating func sort() -> [(forms: [UInt32], documents: UInt32)] {
    let order = sets.indices.sorted { a, b in
      counts[a] != counts[b] ? counts[a] > counts[b] : sets[a].lexicographicallyPrecedes(sets[b])
    }
    if order.count > 1 {
      var final = [UInt32](repeating: 0, count: order.count)
      for (index, number) in order.enumerated() { final[number] = UInt32(index) }
      for index in 0..<codes.count { codes[index] = final[Int(codes[index])] }
    }
    return order.map { (sets[$0], counts[$0]) }
  }
}

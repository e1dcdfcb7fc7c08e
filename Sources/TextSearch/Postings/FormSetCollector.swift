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
  /// The last sets of several forms, by a hash of their bits: their numbers are looked up without hashing them again.
  private var recent = GrowableBuffer<Recent>(capacity: recentSets)
  private static let recentSets = 64

  /// A set of several forms below 64 and its number; no forms in an empty entry.
  struct Recent: BitwiseCopyable {
    var mask: UInt64 = 0
    var number: UInt32 = 0
  }

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
    recent.set(repeating: Recent(), count: FormSetCollector.recentSets)
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

  /// Adds a document whose forms are all below 64, as a bit for each: what `add` for each and `endDocument` do.
  @inline(__always)
  mutating func addDocument(forms mask: UInt64) {
    let isSingle = mask & (mask &- 1) == 0
    var number = isSingle ? singles[mask.trailingZeroBitCount] : recentNumber(mask)
    if number == .max { number = numberOfNew(mask) }
    counts[Int(number)] += 1
    codes.append(number)
  }

  private static func recentEntry(_ mask: UInt64) -> Int { Int((mask &* 0x9E37_79B9_7F4A_7C15) &>> 58) }

  /// Returns the number of a set of several forms that has come recently; else `UInt32.max`.
  private func recentNumber(_ mask: UInt64) -> UInt32 {
    let entry = recent[FormSetCollector.recentEntry(mask)]
    return entry.mask == mask ? entry.number : .max
  }

  /// Returns the number of a set that has not come recently.
  @inline(never)
  private mutating func numberOfNew(_ mask: UInt64) -> UInt32 {
    var rest = mask
    while rest != 0 {
      current.append(UInt32(rest.trailingZeroBitCount))
      rest &= rest &- 1
    }
    let number = numberOfCurrent()
    if current.count > 1 { recent[FormSetCollector.recentEntry(mask)] = Recent(mask: mask, number: number) }
    current.removeAll()
    return number
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

/// Canonical composition of the few words that carry combining marks; all others are composed as they come.
///
/// Works on lower-case, compatibility-mapped scalars (the forms of `CharacterTable`): decompose canonically, put
/// marks in canonical order, compose (Unicode Standard Annex 15).
struct Normalizer: Sendable {
  static let shared = Normalizer()

  private let combiningClass: [UInt32: UInt8]
  private let parts: [UInt32: (UInt32, UInt32)]
  private let composites: [UInt64: UInt32]

  private init() {
    var classes: [UInt32: UInt8] = [:]
    var numbers = PackedNumbers(CharacterData.combiningClasses)
    var scalar: UInt32 = 0
    while !numbers.isAtEnd {
      scalar += UInt32(numbers.next())
      classes[scalar] = UInt8(numbers.next())
    }
    combiningClass = classes

    var parts: [UInt32: (UInt32, UInt32)] = [:]
    var composites: [UInt64: UInt32] = [:]
    numbers = PackedNumbers(CharacterData.compositions)
    scalar = 0
    while !numbers.isAtEnd {
      scalar += UInt32(numbers.next())
      let pair = (UInt32(numbers.next()), UInt32(numbers.next()))
      parts[scalar] = pair
      composites[Normalizer.code(pair.0, pair.1)] = scalar
    }
    self.parts = parts
    self.composites = composites
  }

  /// The composed writing (NFC) of `scalars`.
  func composed(_ scalars: [UInt32]) -> [UInt32] {
    var decomposed: [UInt32] = []
    for scalar in scalars { decompose(scalar, into: &decomposed) }
    reorder(&decomposed)
    return compose(decomposed)
  }

  private static func code(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

  private func decompose(_ scalar: UInt32, into out: inout [UInt32]) {
    if scalar >= 0xAC00, scalar <= 0xD7A3 {
      let index = scalar - 0xAC00
      out += [0x1100 + index / 588, 0x1161 + index % 588 / 28]
      if index % 28 != 0 { out.append(0x11A7 + index % 28) }
    } else if let (first, second) = parts[scalar] {
      decompose(first, into: &out)
      out.append(second)
    } else {
      out.append(scalar)
    }
  }

  /// Stable insertion sort of each run of marks by combining class.
  private func reorder(_ scalars: inout [UInt32]) {
    for index in scalars.indices.dropFirst() {
      let rank = combiningClass[scalars[index]] ?? 0
      guard rank != 0 else { continue }
      var place = index
      while place > 0, (combiningClass[scalars[place - 1]] ?? 0) > rank {
        scalars.swapAt(place, place - 1)
        place -= 1
      }
    }
  }

  private func compose(_ scalars: [UInt32]) -> [UInt32] {
    var out: [UInt32] = []
    var starter: Int?
    var last: UInt8 = 0
    for scalar in scalars {
      let rank = combiningClass[scalar] ?? 0
      if let starter, last == 0 ? starter == out.count - 1 : last < rank,
        let joined = composite(out[starter], scalar)
      {
        out[starter] = joined
        continue
      }
      if rank == 0 { starter = out.count }
      last = rank
      out.append(scalar)
    }
    return out
  }

  private func composite(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if first &- 0x1100 < 19, second &- 0x1161 < 21 {
      return 0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28
    }
    if first &- 0xAC00 < 11_172, (first - 0xAC00) % 28 == 0, second &- 0x11A8 < 27 {
      return first + second - 0x11A7
    }
    return composites[Normalizer.code(first, second)]
  }
}

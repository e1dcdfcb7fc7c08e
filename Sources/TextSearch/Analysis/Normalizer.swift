/// Canonical composition (NFC) of words with combining marks, which are few.
///
/// Operates on lower-case, compatibility-mapped scalars (the forms of `CharacterTable`): canonical decomposition,
/// canonical ordering of the combining marks, composition (Unicode Standard Annex 15).
struct Normalizer: Sendable {
  static let shared = Normalizer()

  /// The canonical combining classes other than 0.
  private let combiningClass: [UInt32: UInt8]
  /// The two parts of each canonical composite.
  private let parts: [UInt32: (UInt32, UInt32)]
  /// The composite of each pair of parts.
  private let composites: [UInt64: UInt32]

  /// Unpacks the generated data.
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

  /// Returns the composed form (NFC) of `scalars`.
  func composed(_ scalars: [UInt32]) -> [UInt32] {
    var decomposed: [UInt32] = []
    for scalar in scalars { decompose(scalar, into: &decomposed) }
    reorder(&decomposed)
    return compose(decomposed)
  }

  /// Returns the canonical decomposition of a scalar (NFD).
  func decomposed(_ scalar: UInt32) -> [UInt32] {
    var scalars: [UInt32] = []
    decompose(scalar, into: &scalars)
    reorder(&scalars)
    return scalars
  }

  /// Returns the key of a pair in `composites`.
  private static func code(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

  /// Appends the canonical decomposition of a scalar.
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

  /// Sorts each sequence of combining marks by combining class: a stable insertion sort.
  private func reorder(_ scalars: inout [UInt32]) {
    for index in scalars.indices.dropFirst() {
      let rank = combiningClass[scalars[index]] ?? 0
      guard rank != 0 else { continue }
      var position = index
      while position > 0, (combiningClass[scalars[position - 1]] ?? 0) > rank {
        scalars.swapAt(position, position - 1)
        position -= 1
      }
    }
  }

  /// Returns the canonical composition of decomposed, ordered scalars.
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

  /// Returns the composite of two scalars; Hangul syllables are computed.
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

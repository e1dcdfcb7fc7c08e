/// A value of an attribute. Integers are ordered before dates, dates before keywords.
public enum AttributeValue: Sendable {
  /// An integer.
  case integer(Int64)
  /// A year, month, day or second.
  case date(AttributeDate)
  /// A text, compared by its bytes.
  case keyword(String)

  /// Reads a text as a value of a type. A text that cannot be read as the type is a keyword.
  public init(_ text: String, as type: AttributeType) {
    switch type {
    case .integer: self = AttributeValue.integer(text).map(AttributeValue.integer) ?? .keyword(text)
    case .date: self = AttributeDate(text).map(AttributeValue.date) ?? .keyword(text)
    case .keyword: self = .keyword(text)
    }
  }

  /// Returns this value, or its text read as a value of `type` if the type differs.
  func converted(to type: AttributeType) -> AttributeValue { self.type == type ? self : AttributeValue(text, as: type) }

  /// The type of the value.
  public var type: AttributeType {
    switch self {
    case .integer: .integer
    case .date: .date
    case .keyword: .keyword
    }
  }

  /// The value as text: decimal digits, a date as ``AttributeDate/description`` formats it, or the keyword.
  public var text: String {
    switch self {
    case .integer(let number): String(number)
    case .date(let date): date.description
    case .keyword(let text): text
    }
  }

  /// Reads an integer in decimal notation, as JSON may write it too: `7`, `-7`, `+7`, `007`, `7.0`, `1.5e3`. Returns
  /// nil if the number is not an integer or needs more than 64 bits.
  static func integer(_ text: String) -> Int64? {
    var remainder = text[...].utf8
    let isNegative = remainder.first == 0x2D
    if isNegative || remainder.first == 0x2B { remainder.removeFirst() }
    var digits = takeDigits(&remainder)
    guard !digits.isEmpty else { return nil }
    var exponent = 0
    if remainder.first == 0x2E {
      remainder.removeFirst()
      let fraction = takeDigits(&remainder)
      guard !fraction.isEmpty else { return nil }
      digits += fraction
      exponent = -fraction.count
    }
    if remainder.first == 0x65 || remainder.first == 0x45 {
      guard let explicit = Int(String(remainder.dropFirst()) ?? ""), abs(explicit) < 1000 else { return nil }
      exponent += explicit
      remainder = remainder.suffix(0)
    }
    return remainder.isEmpty ? integer(digits, exponent: exponent, isNegative: isNegative) : nil
  }

  /// Removes the leading digits of `text` and returns them.
  private static func takeDigits(_ text: inout Substring.UTF8View) -> [UInt8] {
    let digits = Array(text.prefix { $0 &- 0x30 < 10 })
    text.removeFirst(digits.count)
    return digits
  }

  /// Returns the number of some digits times a power of ten; nil if it is not an integer of 64 bits.
  private static func integer(_ digits: [UInt8], exponent: Int, isNegative: Bool) -> Int64? {
    var digits = digits
    while digits.count > 1, digits.last == 0x30, exponent < 0 || digits.allSatisfy({ $0 == 0x30 }) {
      guard exponent < 0 else { return 0 }
      digits.removeLast()
      return integer(digits, exponent: exponent + 1, isNegative: isNegative)
    }
    if digits == [0x30] { return 0 }
    guard exponent >= 0 else { return nil }
    digits += [UInt8](repeating: 0x30, count: exponent)
    return Int64((isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self))
  }
}

extension AttributeValue: Comparable, Hashable {
  /// Whether two values are equal. Keywords are equal if their bytes are: comparison of Swift strings would depend on
  /// the version of Unicode.
  public static func == (a: AttributeValue, b: AttributeValue) -> Bool {
    switch (a, b) {
    case (.integer(let x), .integer(let y)): x == y
    case (.date(let x), .date(let y)): x == y
    case (.keyword(let x), .keyword(let y)): x.utf8.elementsEqual(y.utf8)
    default: false
    }
  }

  /// Whether `a` is ordered before `b`: integers before dates before keywords, values of one type by their order.
  public static func < (a: AttributeValue, b: AttributeValue) -> Bool {
    switch (a, b) {
    case (.integer(let x), .integer(let y)): x < y
    case (.date(let x), .date(let y)): x < y
    case (.keyword(let x), .keyword(let y)): x.utf8.lexicographicallyPrecedes(y.utf8)
    default: a.rank < b.rank
    }
  }

  private var rank: Int {
    switch self {
    case .integer: 0
    case .date: 1
    case .keyword: 2
    }
  }

  /// Hashes the bytes of a keyword, as equality compares them.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(rank)
    switch self {
    case .integer(let number): hasher.combine(number)
    case .date(let date): hasher.combine(date)
    case .keyword(let text): AttributeValue.hash(text, into: &hasher)
    }
  }

  /// Hashes the bytes of a text, eight at a time: a call for each byte takes most of the time of counting many values.
  private static func hash(_ text: String, into hasher: inout Hasher) {
    var word: UInt64 = 0
    var count = 0
    for byte in text.utf8 {
      word = word << 8 | UInt64(byte)
      count += 1
      if count % 8 == 0 { hasher.combine(word) }
    }
    hasher.combine(word)
    hasher.combine(count)
  }
}

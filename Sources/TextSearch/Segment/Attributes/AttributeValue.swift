/// What the values of an attribute are.
public enum AttributeType: UInt8, Sendable, CaseIterable {
  /// Texts, compared byte by byte.
  case keyword = 1
  /// Whole numbers of 64 bits.
  case integer = 2
  /// Years, months, days or seconds: ``AttributeDate``.
  case date = 3

  /// `keyword`, `integer` or `date`.
  public var name: String {
    switch self {
    case .keyword: "keyword"
    case .integer: "integer"
    case .date: "date"
    }
  }

  /// How values are written, for messages.
  static func hint(_ type: AttributeType) -> String {
    switch type {
    case .keyword: ""
    case .integer: "; write it in digits"
    case .date: "; write it as 2025, 2025-08, 2025-08-06 or 2025-08-06T10:30:00Z"
    }
  }

  /// The type of a name.
  public init?(name: String) {
    guard let type = AttributeType.allCases.first(where: { $0.name == name }) else { return nil }
    self = type
  }
}

/// A value of an attribute. Integers come before dates, dates before keywords.
public enum AttributeValue: Sendable {
  case integer(Int64)
  case date(AttributeDate)
  case keyword(String)

  /// The value that a text is under a type: the text itself if it cannot be read as the type.
  public init(_ text: String, as type: AttributeType) {
    switch type {
    case .integer: self = AttributeValue.integer(text).map(AttributeValue.integer) ?? .keyword(text)
    case .date: self = AttributeDate(text).map(AttributeValue.date) ?? .keyword(text)
    case .keyword: self = .keyword(text)
    }
  }

  /// The same value under another type: through its text.
  func converted(to type: AttributeType) -> AttributeValue { self.type == type ? self : AttributeValue(text, as: type) }

  public var type: AttributeType {
    switch self {
    case .integer: .integer
    case .date: .date
    case .keyword: .keyword
    }
  }

  /// The value as people write it.
  public var text: String {
    switch self {
    case .integer(let number): String(number)
    case .date(let date): date.description
    case .keyword(let text): text
    }
  }

  /// A whole number in decimal notation, as JSON may write it too: `7`, `-7`, `+7`, `007`, `7.0`, `1.5e3`. Nil if it is
  /// not whole or needs more than 64 bits.
  static func integer(_ text: String) -> Int64? {
    var rest = text[...].utf8
    let isNegative = rest.first == 0x2D
    if isNegative || rest.first == 0x2B { rest.removeFirst() }
    var digits = takeDigits(&rest)
    guard !digits.isEmpty else { return nil }
    var exponent = 0
    if rest.first == 0x2E {
      rest.removeFirst()
      let fraction = takeDigits(&rest)
      guard !fraction.isEmpty else { return nil }
      digits += fraction
      exponent = -fraction.count
    }
    if rest.first == 0x65 || rest.first == 0x45 {
      guard let written = Int(String(rest.dropFirst()) ?? ""), abs(written) < 1000 else { return nil }
      exponent += written
      rest = rest.suffix(0)
    }
    return rest.isEmpty ? whole(digits, exponent, isNegative) : nil
  }

  private static func takeDigits(_ rest: inout Substring.UTF8View) -> [UInt8] {
    let digits = Array(rest.prefix { $0 &- 0x30 < 10 })
    rest.removeFirst(digits.count)
    return digits
  }

  /// Digits times a power of ten.
  private static func whole(_ digits: [UInt8], _ exponent: Int, _ isNegative: Bool) -> Int64? {
    var digits = digits
    while digits.count > 1, digits.last == 0x30, exponent < 0 || digits.allSatisfy({ $0 == 0x30 }) {
      guard exponent < 0 else { return 0 }
      digits.removeLast()
      return whole(digits, exponent + 1, isNegative)
    }
    if digits == [0x30] { return 0 }
    guard exponent >= 0 else { return nil }
    digits += [UInt8](repeating: 0x30, count: exponent)
    return Int64((isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self))
  }
}

extension AttributeValue: Comparable, Hashable {
  /// Keywords are equal if their bytes are: Swift's own comparison of texts would make them depend on Unicode's version.
  public static func == (a: AttributeValue, b: AttributeValue) -> Bool {
    switch (a, b) {
    case (.integer(let x), .integer(let y)): x == y
    case (.date(let x), .date(let y)): x == y
    case (.keyword(let x), .keyword(let y)): x.utf8.elementsEqual(y.utf8)
    default: false
    }
  }

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

  public func hash(into hasher: inout Hasher) {
    hasher.combine(rank)
    switch self {
    case .integer(let number): hasher.combine(number)
    case .date(let date): hasher.combine(date)
    case .keyword(let text): for byte in text.utf8 { hasher.combine(byte) }
    }
  }
}

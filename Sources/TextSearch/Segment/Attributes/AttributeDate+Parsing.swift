extension AttributeDate {
  /// Reads a date in the extended format of ISO 8601.
  ///
  /// Examples: `2025`, `2025-08`, `2025-08-06`, `2025-08-06T10:30`, `2025-08-06 10:30:15.5+07:00`. A space may replace
  /// the T, a fraction of a second is dropped, a time without a zone is in UTC. The result is nil for anything else,
  /// for dates that the calendar does not have, and outside the years 0000 to 9999 in UTC.
  public init?(_ text: String) {
    var scanner = DigitScanner(text)
    guard let year = scanner.number(digits: 4) else { return nil }
    var month: Int?
    var day: Int?
    if scanner.take("-") {
      month = scanner.number(digits: 2)
      guard month != nil else { return nil }
      if scanner.take("-") {
        day = scanner.number(digits: 2)
        guard day != nil else { return nil }
      }
    }
    guard let date = AttributeDate(year: year, month: month, day: day) else { return nil }
    if scanner.isAtEnd {
      self = date
    } else if day != nil, scanner.take("T") || scanner.take("t") || scanner.take(" "),
      let seconds = AttributeDate.timeOfDay(&scanner), scanner.isAtEnd, let exact = AttributeDate(date.start + seconds)
    {
      self = exact
    } else {
      return nil
    }
  }

  /// Reads `hh:mm[:ss[.fraction]][zone]` and returns the seconds from the beginning of the day in UTC.
  private static func timeOfDay(_ scanner: inout DigitScanner) -> Int64? {
    guard let hour = scanner.number(digits: 2), hour < 24, scanner.take(":"),
      let minute = scanner.number(digits: 2), minute < 60
    else { return nil }
    var second = 0
    if scanner.take(":") {
      // A leap second is read as the second before it.
      guard let read = scanner.number(digits: 2), read <= 60 else { return nil }
      second = min(read, 59)
      if scanner.take("."), !scanner.skipDigits() { return nil }
    }
    guard let zone = offset(&scanner) else { return nil }
    return Int64(hour * 3600 + minute * 60 + second - zone)
  }

  /// Reads a zone, `Z`, `+hh`, `+hhmm`, `+hh:mm` or nothing for UTC, and returns the seconds east of UTC.
  private static func offset(_ scanner: inout DigitScanner) -> Int? {
    if scanner.isAtEnd || scanner.take("Z") || scanner.take("z") { return 0 }
    let isWest = scanner.take("-")
    guard isWest || scanner.take("+"), let hours = scanner.number(digits: 2), hours < 24 else { return nil }
    var minutes = 0
    if !scanner.isAtEnd {
      _ = scanner.take(":")
      guard let read = scanner.number(digits: 2), read < 60 else { return nil }
      minutes = read
    }
    return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
  }
}

/// A reader of digits and signs from front to back.
private struct DigitScanner {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { index == bytes.count }

  /// Reads a sign if it is next; returns whether it was.
  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard index < bytes.count, UInt32(bytes[index]) == sign.value else { return false }
    index += 1
    return true
  }

  /// Reads a number of exactly `digits` digits; nil if the next bytes are not that many digits.
  mutating func number(digits: Int) -> Int? {
    guard index + digits <= bytes.count else { return nil }
    var number = 0
    for byte in bytes[index..<index + digits] {
      guard byte &- 0x30 < 10 else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    index += digits
    return number
  }

  /// Skips digits; returns whether there were any.
  mutating func skipDigits() -> Bool {
    let start = index
    while index < bytes.count, bytes[index] &- 0x30 < 10 { index += 1 }
    return index > start
  }
}

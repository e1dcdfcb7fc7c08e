/// A year, month, day or second of the proleptic Gregorian calendar, years 0000 to 9999, in UTC.
///
/// A date is the whole period that it names: `2025-08` is all of August 2025. Dates are ordered by their first seconds,
/// those with equal first seconds by precision, the longest period first.
public struct AttributeDate: Hashable, Comparable, Sendable {
  /// The length of the period of a date, from the longest.
  public enum Precision: UInt8, Comparable, Sendable, CaseIterable {
    /// A calendar year.
    case year
    /// A calendar month.
    case month
    /// A calendar day.
    case day
    /// One second.
    case second

    /// Whether the period of `a` is longer than that of `b`.
    public static func < (a: Precision, b: Precision) -> Bool { a.rawValue < b.rawValue }
  }

  /// The first second of the period, counted from 1970-01-01T00:00:00Z; leap seconds are not counted.
  public let start: Int64
  /// The length of the period.
  public let precision: Precision

  private static let secondsPerDay: Int64 = 86_400
  /// First and last second of the years 0000 to 9999.
  private static let first = Int64(GregorianCalendar.days(year: 0, month: 1, day: 1)) * secondsPerDay
  private static let last = Int64(GregorianCalendar.days(year: 10_000, month: 1, day: 1)) * secondsPerDay - 1

  /// Creates the date of a precision whose period contains a second; nil outside the years 0000 to 9999.
  ///
  /// - Parameters:
  ///   - second: counted from 1970-01-01T00:00:00Z, without leap seconds.
  ///   - precision: a single second by default.
  public init?(_ second: Int64, _ precision: Precision = .second) {
    guard (AttributeDate.first...AttributeDate.last).contains(second) else { return nil }
    self.precision = precision
    guard precision != .second else {
      start = second
      return
    }
    let (year, month, day) = GregorianCalendar.date(days: AttributeDate.days(second))
    let days = GregorianCalendar.days(
      year: year, month: precision >= .month ? month : 1, day: precision >= .day ? day : 1)
    start = Int64(days) * AttributeDate.secondsPerDay
  }

  /// Creates a year, month or day; nil if the calendar has no such date.
  ///
  /// - Parameters:
  ///   - year: 0 to 9999.
  ///   - month: 1 to 12; nil for a year.
  ///   - day: from 1; nil for a year or a month.
  public init?(year: Int, month: Int? = nil, day: Int? = nil) {
    guard (0...9999).contains(year), month != nil || day == nil, (1...12).contains(month ?? 1) else { return nil }
    guard day ?? 1 >= 1, day ?? 1 <= GregorianCalendar.daysInMonth(year: year, month: month ?? 1) else { return nil }
    let days = GregorianCalendar.days(year: year, month: month ?? 1, day: day ?? 1)
    start = Int64(days) * AttributeDate.secondsPerDay
    precision = day != nil ? .day : month != nil ? .month : .year
  }

  /// The last second of the period, counted as ``start`` is.
  public var end: Int64 {
    let (year, month, day) = GregorianCalendar.date(days: AttributeDate.days(start))
    switch precision {
    case .second: return start
    case .day: return start + AttributeDate.secondsPerDay - 1
    case .month:
      return Int64(GregorianCalendar.days(year: year, month: month + 1, day: day)) * AttributeDate.secondsPerDay - 1
    case .year: return Int64(GregorianCalendar.days(year: year + 1, month: 1, day: 1)) * AttributeDate.secondsPerDay - 1
    }
  }

  /// Returns the year, month or day that contains this date; the date itself if it is no more precise than that.
  public func truncated(to other: Precision) -> AttributeDate {
    other < precision ? AttributeDate(start, other) ?? self : self
  }

  /// Whether `a` begins before `b`, or at the same second with a longer period.
  public static func < (a: AttributeDate, b: AttributeDate) -> Bool { a.key < b.key }

  /// Returns the day of a second, both counted from 1970-01-01.
  private static func days(_ second: Int64) -> Int {
    Int(second >= 0 ? second / secondsPerDay : -((secondsPerDay - 1 - second) / secondsPerDay))
  }
}

extension AttributeDate {
  /// The number that columns store: the order of keys is the order of dates.
  var key: Int64 { start << 2 | Int64(precision.rawValue) }

  /// Keys of all dates whose first second is in the period.
  var keys: ClosedRange<Int64> { start << 2...end << 2 | 3 }

  /// Creates the date of a key; nil if no date has it.
  init?(key: Int64) {
    guard let precision = Precision(rawValue: UInt8(truncatingIfNeeded: key & 3)),
      let date = AttributeDate(key >> 2, precision), date.key == key
    else { return nil }
    self = date
  }
}

extension AttributeDate: CustomStringConvertible {
  /// `2025`, `2025-08`, `2025-08-06` or `2025-08-06T10:30:00Z`.
  public var description: String {
    let days = AttributeDate.days(start)
    let (year, month, day) = GregorianCalendar.date(days: days)
    var text = AttributeDate.padded(year, 4)
    if precision >= .month { text += "-" + AttributeDate.padded(month, 2) }
    if precision >= .day { text += "-" + AttributeDate.padded(day, 2) }
    if precision == .second {
      let time = Int(start - Int64(days) * AttributeDate.secondsPerDay)
      let clock = [time / 3600, time / 60 % 60, time % 60].map { AttributeDate.padded($0, 2) }
      text += "T" + clock.joined(separator: ":") + "Z"
    }
    return text
  }

  private static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}

/// Days and dates of the proleptic Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date algorithms",
/// 2013): eras of 400 years that begin on the first of March, so that the leap day comes last.
enum GregorianCalendar {
  private static let daysPerEra = 146_097
  /// Days from 0000-03-01 to 1970-01-01.
  private static let epoch = 719_468

  /// Returns the days from 1970-01-01 to a date. Month 13 is the first month of the next year.
  static func days(year: Int, month: Int, day: Int) -> Int {
    let carried = year + (month - 1) / 12
    let month = (month - 1) % 12 + 1
    let shifted = month > 2 ? carried : carried - 1
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * daysPerEra + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - epoch
  }

  /// Returns the date `days` after 1970-01-01.
  static func date(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + epoch
    let era = (shifted >= 0 ? shifted : shifted - daysPerEra + 1) / daysPerEra
    let day = shifted - era * daysPerEra
    let yearOfEra = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// Returns the number of days of a month.
  static func daysInMonth(year: Int, month: Int) -> Int {
    days(year: year, month: month + 1, day: 1) - days(year: year, month: month, day: 1)
  }
}

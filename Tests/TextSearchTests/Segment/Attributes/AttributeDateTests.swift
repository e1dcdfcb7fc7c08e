import TestSupport
import Testing

@testable import TextSearch

/// The calendar against counting day by day, and the reading of dates.
@Suite struct AttributeDateTests {
  @Test func theCalendarCountsEveryMonthOfTenThousandYears() {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var days = -719_528
    var errors = 0
    for year in 0...9999 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for month in 1...12 {
        let length = lengths[month - 1] + (month == 2 && isLeap ? 1 : 0)
        if GregorianCalendar.days(year: year, month: month, day: 1) != days { errors += 1 }
        if GregorianCalendar.daysInMonth(year: year, month: month) != length { errors += 1 }
        if GregorianCalendar.date(days: days) != (year, month, 1) { errors += 1 }
        days += length
        if GregorianCalendar.date(days: days - 1) != (year, month, length) { errors += 1 }
      }
    }
    #expect(errors == 0)
    #expect(days == 2_932_897)
    #expect(GregorianCalendar.days(year: 1970, month: 1, day: 1) == 0)
  }

  static let written: [(text: String, start: Int64, end: Int64, printed: String)] = [
    ("1970", 0, 31_535_999, "1970"), ("2024-02", 1_706_745_600, 1_709_251_199, "2024-02"),
    ("2025-08-06", 1_754_438_400, 1_754_524_799, "2025-08-06"),
    ("2025-08-06T10:30", 1_754_476_200, 1_754_476_200, "2025-08-06T10:30:00Z"),
    ("2025-08-06 10:30:15.123Z", 1_754_476_215, 1_754_476_215, "2025-08-06T10:30:15Z"),
    ("2025-08-06t10:30:00+07:00", 1_754_451_000, 1_754_451_000, "2025-08-06T03:30:00Z"),
    ("2025-08-06T10:30:00-0730", 1_754_503_200, 1_754_503_200, "2025-08-06T18:00:00Z"),
    ("2025-08-06T10:30:00+02", 1_754_469_000, 1_754_469_000, "2025-08-06T08:30:00Z"),
    ("1969-12-31T23:59:59Z", -1, -1, "1969-12-31T23:59:59Z"),
    ("2016-12-31T23:59:60Z", 1_483_228_799, 1_483_228_799, "2016-12-31T23:59:59Z"),
    ("0000", -62_167_219_200, -62_135_596_801, "0000"), ("9999-12-31", 253_402_214_400, 253_402_300_799, "9999-12-31"),
    ("2000-02-29", 951_782_400, 951_868_799, "2000-02-29"),
  ]

  @Test(arguments: written) func datesAreRead(text: String, start: Int64, end: Int64, printed: String) throws {
    let date = try #require(AttributeDate(text))
    #expect(date.start == start && date.end == end && date.description == printed)
  }

  @Test(arguments: [
    "", "25", "02025", "2025-", "2025-8", "2025-13", "2025-00", "2025-02-29", "1900-02-29", "2025-04-31", "2025-04-00",
    "2025-04-1", "2025/04/01", "06/08/2025", " 2025", "2025 ", "2025T10:30", "2025-08-06T", "2025-08-06T24:00",
    "2025-08-06T10", "2025-08-06T10:60", "2025-08-06T10:30:61", "2025-08-06T10:30:15.", "2025-08-06T10:30+7",
    "2025-08-06T10:30+07:60", "2025-08-06T10:30+24:00", "2025-08-06T10:30ZZ", "-2025", "20255", "٢٠٢٥",
    "0000-01-01T00:00+00:01", "9999-12-31T23:59-00:01", "2025-08-06T10:30 Z", "hier",
  ]) func otherTextsAreNoDates(text: String) { #expect(AttributeDate(text) == nil) }

  @Test func datesMakeTheRoundTripAndKeepTheirOrder() throws {
    var random = SeededRandom(seed: 1201)
    var dates: [AttributeDate] = []
    for _ in 0..<3000 {
      let second = Int64(random.integer(-62_167_219_200...253_402_300_799))
      let date = try #require(AttributeDate(second, random.pick(AttributeDate.Precision.allCases)))
      #expect(date.start <= second && second <= date.end, "seed 1201, \(second)")
      #expect(AttributeDate(date.description) == date && AttributeDate(key: date.key) == date, "seed 1201, \(second)")
      for precision in AttributeDate.Precision.allCases {
        let period = date.truncated(to: precision)
        #expect(period.precision == min(precision, date.precision), "seed 1201, \(second)")
        #expect(period.keys.contains(date.key) || precision > date.precision, "seed 1201, \(second)")
        #expect(
          date.description.hasPrefix(period.precision == .second ? "" : period.description), "seed 1201, \(second)")
      }
      dates.append(date)
    }
    let sorted = dates.sorted { ($0.start, $0.precision.rawValue) < ($1.start, $1.precision.rawValue) }
    #expect(dates.sorted() == sorted)
    for key: Int64 in [.min, .max, 1 << 2 | 0, 253_402_300_800 << 2 | 3] { #expect(AttributeDate(key: key) == nil) }
  }
}

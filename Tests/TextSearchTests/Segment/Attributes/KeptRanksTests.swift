import Testing

@testable import TextSearch

/// What is kept of orders, and when.
@Suite struct KeptRanksTests {
  private static func order(_ number: UInt8) -> KeptRanks.Order {
    KeptRanks.Order(name: "nom", isField: false, number: number)
  }

  @Test func allAreMadeOnceAQuarterWasNeeded() {
    let kept = KeptRanks()
    #expect(!kept.needsAll(Self.order(0), count: 10, of: 100))
    #expect(!kept.needsAll(Self.order(1), count: 24, of: 100))
    #expect(kept.needsAll(Self.order(0), count: 15, of: 100))
    #expect(kept.needsAll(Self.order(2), count: 25, of: 100))
    #expect(kept.needsAll(Self.order(3), count: 0, of: 3))
  }

  @Test func aFewOrdersAreKept() {
    let kept = KeptRanks()
    for number in UInt8(0)..<10 { kept.keep([UInt32(number)], Self.order(number)) }
    #expect(kept.ranks(Self.order(1)) == nil && kept.ranks(Self.order(9)) == [9] && kept.ranks(Self.order(2)) == [2])
    kept.keep([7], Self.order(9))
    #expect(kept.ranks(Self.order(9)) == [7] && kept.ranks(Self.order(2)) == [2])
    #expect(kept.ranks(KeptRanks.Order(name: "nom", isField: true, number: 9)) == nil)
  }
}

import Foundation
import TestSupport
import Testing

@testable import TextSearch

@Suite struct FrequentKeysTests {
  private static let keys = Set(FrequentKeys.all.map { String(decoding: $0, as: UTF8.self) })

  private static func isFrequent(_ key: [UInt8]) -> Bool { FrequentKeys.contains(key.span, in: .none) }

  @Test func `just the keys of the list are found`() {
    for key in FrequentKeys.all {
      #expect(Self.isFrequent(key))
      #expect(!Self.isFrequent(key + [0x7A]) && !Self.isFrequent([0] + key))
    }
    var random = SeededRandom(seed: 74)
    for _ in 0..<20_000 {
      let key = (0..<random.integer(0...6)).map { _ in UInt8(random.integer(0x61...0x76)) }
      let isListed = Self.keys.contains(String(decoding: key, as: UTF8.self))
      #expect(Self.isFrequent(key) == isListed, "\(key)")
    }
  }

  @Test func `terms are frequent in their own language`() {
    func languages(_ key: String) -> [Language] {
      Language.allCases.filter { FrequentKeys.contains(Array(key.utf8).span, in: $0) }
    }
    #expect(languages("de") == [.none, .french] && languages("cua") == [.none, .vietnamese])
    #expect(languages("la") == [.none, .french, .vietnamese] && languages("loi") == [])
  }

  @Test func `the keys are those that lists have`() throws {
    let index = try TestIndex()
    let french =
      "Dans cette ville, elle avait été avec lui ; il est le même, et nous faisons comme eux pour les autres."
    let vietnamese = "Trong năm được của các một và có đó là những người."
    try index.build([Document(key: "a", body: french), Document(key: "b", body: vietnamese)])
    var found: Set<String> = []
    var cursor = try index.open().segments[0].dictionary.start
    while try cursor.next() { found.insert(String(decoding: TermAddress(bytes: cursor.text).key, as: UTF8.self)) }
    let inFrench = [
      "dans", "cete", "ele", "avait", "avec", "lui", "il", "etre", "le", "et", "nous", "fair", "come", "pour", "les",
    ]
    for key in inFrench + ["trong", "nam", "duoc", "cua", "cac", "mot", "va", "co", "do", "la"] {
      #expect(found.contains(key) && Self.keys.contains(key), "\(key)")
    }
  }

  @Test func `the article lists the keys`() throws {
    let path = TestData.repository + "/Sources/TextSearch/TextSearch.docc/IndexFormat.md"
    let article = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    let section = try #require(article.components(separatedBy: "### Neighbours").last)
    let listed = try #require(section.components(separatedBy: "```frequent keys").dropFirst().first)
    let block = try #require(listed.components(separatedBy: "```").first)
    #expect(Set(block.split(whereSeparator: \.isWhitespace).map(String.init)) == Self.keys)
  }
}

import Testing

@testable import TextSearch

@Suite struct SyllableCutsTests {
  @Test(arguments: [
    ("hanoi", "ha noi|han oi"), ("vietnam", "viet nam"), ("saigon", "sai gon"), ("danang", "da nang|dan ang"),
    ("dienbienphu", "di en bi en phu|dien bien phu"), ("maison", "mai son"), ("travail", ""), ("constitution", ""),
    ("ha", ""), ("nam", ""), ("ao12", ""), ("hànội", ""), ("", ""), ("hochiminhcityhochiminh", ""),
  ])
  func cuts(word: String, cuts: String) {
    let found = SyllableCuts.of(Array(word.utf8)).map { cut in
      cut.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
    let wanted = cuts.split(separator: "|").map(String.init).filter { $0.split(separator: " ").count <= 4 }
    #expect(Set(found).isSuperset(of: wanted) && found.isEmpty == wanted.isEmpty, "\(found)")
    #expect(found.allSatisfy { $0.filter { $0 != " " } == word })
  }
}

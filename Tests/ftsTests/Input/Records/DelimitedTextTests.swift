import Testing

@testable import FTSInput

/// Tables of values.
@Suite struct DelimitedTextTests {
  private func rows(_ text: String, separator: UInt8? = nil) -> [[String]] {
    var reader = DelimitedText(Array(text.utf8), separator: separator)
    var rows: [[String]] = []
    while let row = reader.next() { rows.append(row.values) }
    return rows
  }

  static let tables: [(text: String, rows: [[String]])] = [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a;b\r\n1;2,5\r\n", [["a", "b"], ["1", "2,5"]]),
    ("a\tb\n1\t2", [["a", "b"], ["1", "2"]]),
    ("a,b\n\"x, y\",\"dit \"\"oui\"\"\"\n", [["a", "b"], ["x, y", "dit \"oui\""]]),
    ("a,b\n\"deux\nlignes\",2", [["a", "b"], ["deux\nlignes", "2"]]), ("a\n\n1\n\n\n2\n", [["a"], ["1"], ["2"]]),
    ("a,b\n1,\n,2\n,", [["a", "b"], ["1", ""], ["", "2"], ["", ""]]), ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
    ("\"a;x\",b\n1,2", [["a;x", "b"], ["1", "2"]]),
    ("a,b\nil a dit \"oui\",2", [["a", "b"], ["il a dit \"oui\"", "2"]]), ("", []),
  ]

  @Test(arguments: tables) func `Quotes, separators and line ends`(text: String, rows: [[String]]) {
    #expect(self.rows(text) == rows, "\(text)")
  }

  @Test func `Lines are counted through quotes, and open quotes are seen`() {
    var reader = DelimitedText(Array("a,b\n\"x\ny\",1\n\n2,3\n\"jamais".utf8))
    var found: [Int] = []
    var open: [Bool] = []
    while let row = reader.next() {
      found.append(row.line)
      open.append(row.isOpen)
    }
    #expect(found == [1, 2, 5, 6])
    #expect(open == [false, false, false, true])
  }

  @Test func `Without title and body all values are searched`() {
    let columns = TableColumns(["nom", "ville"], map: FieldMap())
    #expect(columns.members(of: ["Dupont", "Évry"])["body"] == ["Dupont\nÉvry"])
    #expect(TableColumns(["Titre", "TITLE"], map: FieldMap()).members(of: ["a", "b"])["body"] == nil)
    #expect(TableColumns(["ID", "Body"], map: FieldMap()).names == ["id", "body"])
    #expect(TableColumns(["a", "a", ""], map: FieldMap()).problems.count == 1)
    #expect(TableColumns(["title"], map: FieldMap()).members(of: ["a", "de trop"])["body"] == ["de trop"])
  }
}

import Foundation
import TestSupport
import Testing

/// The walks through the code that `Benchmarks/walks.tsv` lists, against the code and against the article that counts them.
@Suite struct WalkTests {
  /// A call from a function of one file to a function of another.
  private struct HandOver {
    let callerFile: String
    let caller: String
    let calleeFile: String
    let callee: String
  }

  private struct Walk {
    let title: String
    var handOvers: [HandOver] = []

    var fileCount: Int { Set(handOvers.flatMap { [$0.callerFile, $0.calleeFile] }).count }
  }

  private func walks() throws -> [Walk] {
    let list = try String(contentsOfFile: TestData.repository + "/Benchmarks/walks.tsv", encoding: .utf8)
    var walks: [Walk] = []
    for line in list.split(separator: "\n") where !line.hasPrefix("#") {
      let columns = line.split(separator: "\t").map(String.init)
      if columns.count == 1 { walks.append(Walk(title: columns[0])) }
      guard columns.count > 1 else { continue }
      try #require(columns.count == 4 && !walks.isEmpty, "\(line)")
      walks[walks.count - 1].handOvers.append(
        HandOver(callerFile: columns[0], caller: columns[1], calleeFile: columns[2], callee: columns[3]))
    }
    return walks
  }

  @Test func theCodeHasEveryHandOver() throws {
    var code = SourceCode()
    for walk in try walks() {
      #expect(walk.handOvers.count > 10)
      for handOver in walk.handOvers {
        let callers = try code.declarations(of: handOver.caller, in: handOver.callerFile)
        let callees = try code.declarations(of: handOver.callee, in: handOver.calleeFile)
        #expect(!callers.isEmpty, "\(walk.title): \(handOver.callerFile) declares no \(handOver.caller)")
        #expect(!callees.isEmpty, "\(walk.title): \(handOver.calleeFile) declares no \(handOver.callee)")
        let name = FunctionName(handOver.callee).base
        #expect(
          callers.isEmpty || callers.contains { SourceCode.words($0).contains(name) },
          "\(walk.title): \(handOver.caller) does not mention \(handOver.callee)")
      }
    }
  }

  @Test func theArticleCountsThem() throws {
    let article = try String(
      contentsOfFile: TestData.repository + "/Sources/TextSearch/TextSearch.docc/Architecture.md", encoding: .utf8)
    let walks = try walks()
    #expect(walks.map(\.title) == ["a JSON line to bytes", "words to a hit", "explain"])
    for walk in walks {
      if walk.title == "words to a hit" { #expect(walk.handOvers.count <= 120) }
      let row = "| \(walk.title) | \(walk.fileCount) | \(walk.handOvers.count) |"
      #expect(article.contains(row + "\n"), "Benchmarks/walks trace writes \(row)")
    }
  }

  @Test func declarationsEndWithTheirBodies() {
    let text = """
      struct A {
        func first(_ a: Int, of b: [Int: Int], _ body: (Int, Int) -> Void) {
          second()
        }
        func second() { third() }
        static func first<B>(
          _ a: B
        ) -> Int {
          fourth()
        }
        var fifth: Int {
          sixth()
        }
      }
      """
    let mentions = { (name: String) in
      SourceCode.declarations(of: FunctionName(name), in: text).map {
        SourceCode.words($0).intersection(["second", "third", "fourth", "sixth"])
      }
    }
    #expect(mentions("A.first(_:of:_:)") == [["second"]])
    #expect(mentions("A.first(_:)") == [["fourth"]])
    #expect(mentions("A.second()") == [["second", "third"]])
    #expect(mentions("A.fifth.getter") == [["sixth"]])
    #expect(mentions("A.first(_:_:)").isEmpty)
    #expect(mentions("B.second()").isEmpty)
  }
}

/// A name as the list has it: `Type.function(label:_:)`, `Type.init(_:)`, `Type.property.getter`.
private struct FunctionName {
  /// The innermost type; nil for a function of no type.
  let type: String?
  let base: String
  /// Labels as in `label:_:`; nil for a property.
  let labels: String?

  init(_ name: String) {
    let parts = name.split(separator: "(", maxSplits: 1)
    var path = parts[0].split(separator: ".").map(String.init)
    if parts.count == 1 { path.removeLast() }
    labels = parts.count == 1 ? nil : String(parts[1].dropLast())
    base = path.removeLast()
    type = path.last
  }
}

/// The files of `Sources`, each read once.
private struct SourceCode {
  private var files: [String: String] = [:]

  /// Returns the declarations of a function in a file, each to the end of its body.
  mutating func declarations(of name: String, in file: String) throws -> [String] {
    let text =
      try files[file] ?? String(contentsOfFile: TestData.repository + "/Sources/" + file, encoding: .utf8)
    files[file] = text
    return SourceCode.declarations(of: FunctionName(name), in: text)
  }

  /// The code is formatted: the line that ends a body is indented as the declaration is, and ends in a brace.
  static func declarations(of name: FunctionName, in text: String) -> [String] {
    let lines = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
    if let type = name.type, !lines.contains(where: { declares(type, $0) }) { return [] }
    let keyword = name.labels == nil ? "var " : name.base == "init" ? "" : "func "
    return lines.indices.compactMap { start in
      guard let match = lines[start].range(of: keyword + name.base) else { return nil }
      let before = lines[start][..<match.lowerBound].split(separator: " ")
      let after = lines[start][match.upperBound...]
      guard before.allSatisfy(isModifier), let next = after.first, !isWordCharacter(next) else { return nil }
      let indentation = lines[start].prefix { $0 == " " }.count
      let end = lines[start...].firstIndex { $0.last == "}" && $0.prefix { $0 == " " }.count == indentation }
      let declaration = lines[start...(end ?? lines.count - 1)].joined(separator: "\n")
      if let labels = name.labels, SourceCode.labels(declaration.dropFirst(lines[start].count - after.count)) != labels
      {
        return nil
      }
      return declaration
    }
  }

  /// Whether a line declares or extends a type.
  private static func declares(_ type: String, _ line: Substring) -> Bool {
    let words = line.split { !isWordCharacter($0) && $0 != "." }
    return zip(words, words.dropFirst()).contains { keyword, name in
      ["struct", "class", "enum", "protocol", "extension"].contains(keyword)
        && name.split(separator: ".").last == type[...]
    }
  }

  /// Whether a word may stand before `func`, `init` or `var`.
  private static func isModifier(_ word: Substring) -> Bool {
    word.first == "@" || word.allSatisfy { $0.isLowercase || $0 == "(" || $0 == ")" }
  }

  /// Returns the labels of the parameter list that comes first in `text`, perhaps behind generic parameters: `a:_:`.
  private static func labels(_ text: Substring) -> String {
    var labels = ""
    var depth = 0
    var isStart = false
    var isList = false
    var last: Character = " "
    for (index, character) in zip(text.indices, text) {
      defer { last = character }
      switch character {
      case "(", "[", "{", "<":
        depth += 1
        if depth == 1, character == "(", !isList { (isList, isStart) = (true, true) }
      case ">" where last == "-": break
      case ")", "]", "}", ">":
        depth -= 1
        if isList, depth == 0 { return labels }
      case "," where depth == 1: isStart = isList
      case _ where isStart && isWordCharacter(character):
        labels += text[index...].prefix(while: isWordCharacter) + ":"
        isStart = false
      default: break
      }
    }
    return labels
  }

  private static func isWordCharacter(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }

  static func words(_ text: String) -> Set<String> { Set(text.split { !isWordCharacter($0) }.map(String.init)) }
}

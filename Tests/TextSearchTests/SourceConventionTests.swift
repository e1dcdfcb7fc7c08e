import TestSupport
import Testing

/// The sources and documents keep the conventions of `SourceConvention`; each check is first shown to fail on a bad sample.
@Suite struct SourceConventionTests {
  /// The files, without those that hold the samples and the lists of words.
  private static let files = ProjectFile.all.filter { !$0.name.hasPrefix("SourceConvention") }

  /// How often all files together may say *place*.
  private static let maximumPlaces = 60

  /// Files with another name than their type, with the reason. An entry that is no longer needed fails the test.
  private static let namedOtherwise: [String: String] = [
    "Benchmarks/main.swift": "the compiler starts a program there",
    "Sources/fts/main.swift": "the compiler starts a program there",
  ]

  private func sample(_ text: String, _ path: String = "Sources/Sample.swift") -> ProjectFile {
    ProjectFile(path: path, text: text)
  }

  private func expectNone(_ check: (ProjectFile) -> [String], sourceLocation: SourceLocation = #_sourceLocation) {
    let findings = Self.files.flatMap(check)
    #expect(findings.isEmpty, "\n\(findings.joined(separator: "\n"))\n", sourceLocation: sourceLocation)
  }

  @Test func allFilesAreRead() {
    let paths = Set(ProjectFile.all.map(\.path))
    for path in [
      "README.md", "CHANGELOG.md", "Benchmarks/RESULTS.md", "Benchmarks/peers/pisa_driver.py", "Sources/fts/main.swift",
      "Sources/TextSearch/TextSearch.docc/Ranking.md", "Tests/TextSearchTests/SourceConventionTests.swift",
    ] { #expect(paths.contains(path), "\(path)") }
    #expect(paths.count > 400)
    #expect(!paths.contains { $0.contains("Golden/") || $0.contains("corpus/") })
  }

  @Test func sourcesAreSplit() {
    let text = SwiftText(
      ##"""
      let a = "b \(c + "d" // e
      ) f" // g "h"
      /* i "j */ let k = #"l \(m) \#(n) "o"# + #/"p/#
      let q = """
        r "s" \(t)
        """ // u
      """##)
    func words(_ text: String) -> String {
      text.filter { $0.isLetter || $0 == " " }.split(separator: " ").joined(separator: " ")
    }
    #expect(words(text.code) == "let a c let k n let q t")
    #expect(words(text.comments) == "e g h i j u")
    #expect(text.code.filter { $0 == "\n" }.count == 5 && text.comments.filter { $0 == "\n" }.count == 5)
  }

  // MARK: Words

  @Test func commentsSayWhatSomethingDoes() {
    let bad = sample(
      "/// The same as text.\nlet a = \"// The same b\"  // The same c\n/// It is the same.\n/// The same, sorted.\n// The sameness"
    )
    #expect(
      SourceConvention.vagueComments(bad).map { $0.prefix { $0 != " " } } == [
        "Sources/Sample.swift:1:", "Sources/Sample.swift:2:", "Sources/Sample.swift:4:",
      ])
    #expect(
      SourceConvention.vagueComments(sample("# The same\nx = 1  # It is The same\n    # The same", "a.py")).count == 2)
    expectNone(SourceConvention.vagueComments)
  }

  @Test func namesSayMaximumAndMinimum() {
    let bad = sample("let mostHits = leastScore + theMostCommon(\"mostText\")  // mostly\nlet mostly = outermost")
    #expect(
      SourceConvention.comparativeNames(bad).map { $0.split(separator: " ")[1] } == [
        "leastScore", "mostHits", "theMostCommon",
      ])
    expectNone(SourceConvention.comparativeNames)
  }

  @Test func retiredTypesStayAway() {
    let bad = sample(
      "struct ScoreBoard {\n  private final class HitPlace {}\n}\nextension Recipe {}\nenum Placement { case a }\nlet a: Survivors"
    )
    #expect(SourceConvention.retiredTypes(bad).map { $0.split(separator: " ")[1] } == ["ScoreBoard", "HitPlace"])
    expectNone(SourceConvention.retiredTypes)
  }

  @Test func placesHaveTheirOwnNames() {
    #expect(SourceConvention.places("place(at: places[0]).place, Place, PostingPlace replaced placed") == 4)
    let counts = Self.files.map { ($0.path, SourceConvention.places($0.text)) }.filter { $0.1 > 0 }
    let total = counts.reduce(0) { $0 + $1.1 }
    let list = counts.sorted { $0.1 > $1.1 }.map { "\($0.1) \($0.0)" }.joined(separator: "\n")
    #expect(total <= Self.maximumPlaces, "\(total) in all:\n\(list)")
  }

  @Test func nothingIsToBeFilledIn() {
    let bad = sample(
      "// TODO: a\n// TODO(anna): b\nlet TODOS = \"FIXME XXX XXXX\"\nFIGURES_NOTE FIGURES Lorem ipsum configures")
    #expect(
      SourceConvention.placeholders(bad).map { $0.split(separator: ":")[1...].joined(separator: ":") } == [
        "1: TODO", "3: FIXME", "3: XXX", "4: FIGURES_NOTE", "4: FIGURES", "4: Lorem",
      ])
    expectNone(SourceConvention.placeholders)
  }

  // MARK: Files and types

  @Test func filesAreNamedAfterTheirTypes() {
    func isMisnamed(_ name: String, _ text: String) -> Bool {
      !SourceConvention.misnamedFile(sample(text, "Sources/" + name)).isEmpty
    }
    #expect(isMisnamed("Other.swift", "struct First {}\nstruct Other {}"))
    #expect(isMisnamed("First+Rest.swift", "struct First {}"))
    #expect(isMisnamed("First.swift", "extension First {}"))
    #expect(isMisnamed("First.swift", "// struct First\nfunc first() {}"))
    #expect(!isMisnamed("First.swift", "@Suite(.enabled(if: isWanted)) public final class First {}\nenum Other {}"))
    #expect(!isMisnamed("First+Rest.swift", "// struct Other\nextension First.Part {}"))
    var needed: Set<String> = []
    expectNone { file in
      let findings = SourceConvention.misnamedFile(file)
      guard Self.namedOtherwise[file.path] != nil, !findings.isEmpty else { return findings }
      needed.insert(file.path)
      return []
    }
    #expect(needed == Set(Self.namedOtherwise.keys), "exceptions that nothing needs any more")
  }

  @Test func parametersHaveLabels() {
    let bad = sample(
      """
      func four(_ a: Int, _ b: [Int: (Int, Int)], _ c: (Int) -> Int, @A _ d: Int, e: Int) {}
      init<T>(_ a: T, _ b: Set<[T]>, _ c: T, _ d: T = f(1, 2)) {}
      func three(_ a: Int, _ b: Int, _ c: Int, d _: Int) { four(a, b, c, d) }
      """)
    #expect(
      SourceConvention.unlabelledParameters(bad) == [
        "Sources/Sample.swift: func four( has 4", "Sources/Sample.swift: init<T>( has 4",
      ])
    expectNone(SourceConvention.unlabelledParameters)
  }

  // MARK: References

  @Test func documentationNamesWhatExists() {
    let paths: Set = ["Sources/A/One.swift", "Sources/A", "README.md", "Sources/TextSearch/TextSearch.docc/Ranking.md"]
    func dangling(_ text: String, _ path: String) -> [String] {
      SourceConvention.danglingReferences(sample(text, path), paths: paths, symbols: ["One", "two"]).map {
        String($0.split(separator: " ")[1])
      }
    }
    let page = """
      See README.md, `One.swift`, `Sources/A/`, [it](Sources/A/One.swift), <doc:Ranking>, ``One/two(_:)`` and `one/hit`.
      See GONE.md. `Sources/B` and [that](Sources/B/Two.swift), <doc:Gone>, ``One/three``, `B/Two.swift`.
      ```
      cat GONE.md
      ```
      """
    #expect(
      dangling(page, "README.md") == [
        "one/hit", "GONE.md", "Sources/B/Two.swift", "B/Two.swift", "Sources/B", "Sources/B/Two.swift", "Gone", "three",
      ])
    #expect(
      dangling("/// The article Ranking, the article `Gone`.\nlet a = \"GONE.md\"", "Sources/A/One.swift") == ["Gone"])
    let folders = ProjectFile.paths
    let symbols = Set(
      Self.files.filter { !$0.path.hasPrefix("Tests/") }.flatMap { file in
        file.code.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
      })
    expectNone { SourceConvention.danglingReferences($0, paths: folders, symbols: symbols) }
  }
}

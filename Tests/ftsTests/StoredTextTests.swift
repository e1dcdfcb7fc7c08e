import TestSupport
import Testing

/// `fts build --store` and `--compression`: what is kept of the texts, and how small.
@Suite struct StoredTextTests {
  private static func folder() throws -> WorkingFolder {
    let folder = try WorkingFolder()
    let body = (0..<400).map { "La diplomatie populaire, conférence numéro \($0) du ministère." }.joined(separator: " ")
    try folder.write("Grand titre\n\(body)", to: "texte.txt")
    return folder
  }

  @Test(arguments: [
    ("all", true, true), ("title,body", true, true), ("title", true, false), ("body", false, true),
    ("none", false, false),
  ])
  func `Hits show what is kept, and all is found`(fields: String, title: Bool, body: Bool) throws {
    let folder = try StoredTextTests.folder()
    #expect(try folder.fts("build", "--store", fields, "texte.txt").status == 0)
    let result = try folder.fts("query", "diplomatie")
    #expect(result.status == 0)
    #expect(result.output.contains("texte.txt"))
    #expect(result.output.contains("Grand titre") == title, "\(fields): \(result.output)")
    #expect(result.output.contains("populaire") == body, "\(fields): \(result.output)")
  }

  @Test func `Without forms the index is smaller and finds all`() throws {
    let folder = try StoredTextTests.folder()
    func build(_ options: String...) throws -> (size: Int, hits: Int) {
      #expect(try folder.run(["build"] + options + ["texte.txt"]).status == 0)
      let found = try folder.fts("query", "--json", "conferences").output.split(separator: "\n").count
      return (try folder.names("fts-index").reduce(0) { try $0 + folder.bytes("fts-index/" + $1).count }, found)
    }
    let (with, without) = (try build("--store", "none"), try build("--store", "none", "--no-forms"))
    #expect(without.size < with.size && without.hits == with.hits && with.hits > 0)
    let refused = try folder.fts("build", "--no-forms=all", "texte.txt")
    #expect(refused.status == 2)
  }

  @Test func `Compression changes the size and nothing else`() throws {
    let folder = try StoredTextTests.folder()
    var sizes: [Int] = []
    var answers: Set<String> = []
    for name in ["none", "fast", "dense"] {
      #expect(try folder.fts("build", "--compression", name, "texte.txt").status == 0)
      answers.insert(
        try folder.fts("query", "--json", "conference populaire").output.split(separator: "\n")[0].description)
      sizes.append(try folder.names("fts-index").reduce(0) { try $0 + folder.bytes("fts-index/" + $1).count })
    }
    #expect(answers.count == 1)
    #expect(sizes[0] > sizes[1] && sizes[1] > sizes[2], "\(sizes)")
    #expect(try folder.fts("build", "texte.txt").status == 0)
    #expect(try folder.names("fts-index").reduce(0) { try $0 + folder.bytes("fts-index/" + $1).count } == sizes[1])
  }

  @Test func `Unknown names are refused`() throws {
    let folder = try StoredTextTests.folder()
    let field = try folder.fts("build", "--store", "title,auteur", "texte.txt")
    #expect(field.status == 2)
    #expect(field.error.contains("no field is called 'auteur'; --store takes all, none, or names of title,body"))
    let compression = try folder.fts("build", "--compression", "zip", "texte.txt")
    #expect(compression.status == 2)
    #expect(compression.error.contains("unknown compression 'zip'; there are fast, dense, none"))
  }
}

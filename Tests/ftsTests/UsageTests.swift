import TestSupport
import Testing

@testable import fts

/// Command lines, right and wrong, and the help.
@Suite struct UsageTests {
  private let folder: WorkingFolder

  init() throws { folder = try WorkingFolder() }

  static let wrong: [(words: [String], message: String)] = [
    (
      ["frobnicate"],
      "unknown command 'frobnicate'; there are build, query, suggest, add, delete, compact, analyze, info, dump, verify, statistics and help"
    ),
    (
      ["help", "frobnicate"],
      "unknown command 'frobnicate'; there are build, query, suggest, add, delete, compact, analyze, info, dump, verify, statistics and help"
    ),
    (["build"], "nothing to build from; name files or folders: fts build FOLDER"),
    (["build", "--index", "x"], "nothing to build from; name files or folders: fts build FOLDER"),
    (["build", "seeds", "--frob"], "unknown option --frob; try: fts help"),
    (["build", "seeds", "--json"], "unknown option --json; try: fts help"),
    (["build", "seeds", "--strict=yes"], "--strict takes no value"),
    (["build", "seeds", "--index"], "--index needs a value: --index PATH"),
    (["build", "seeds", "-i"], "-i needs a value: -i PATH"),
    (
      ["build", "seeds", "--attribute", "year"],
      "--attribute takes a name and keyword, integer or date, as in year:integer, not 'year'"
    ),
    (
      ["build", "seeds", "--attribute=:date"],
      "--attribute takes a name and keyword, integer or date, as in year:integer, not ':date'"
    ),
    (["build", "seeds", "--memory", "much"], "--memory takes a size from 64M on: 512M or 2G, not 'much'"),
    (["build", "seeds", "--memory", "63M"], "--memory takes a size from 64M on: 512M or 2G, not '63M'"),
    (["build", "seeds", "--memory=-1G"], "--memory takes a size from 64M on: 512M or 2G, not '-1G'"),
    (["build", "seeds", "--memory", "M"], "--memory takes a size from 64M on: 512M or 2G, not 'M'"),
    (
      ["add", "seeds", "--memory", "99999999999G"],
      "--memory takes a size from 64M on: 512M or 2G, not '99999999999G'"
    ),
    (["query", "-x", "mot"], "unknown option -x; a query that begins with - goes after --; try: fts help"),
    (["query", "--", "mot", "--frob"], "no index at fts-index; make one with: fts build FOLDER --index fts-index"),
    (["query", "mot", "-n"], "-n needs a value: -n N"),
    (["query", "mot", "--limit"], "--limit needs a value: --limit N"),
    (["query", "mot", "--build"], "--build needs a value: --build INPUT"),
    (["query", "mot", "--json=1"], "--json takes no value"),
    (["query", "mot", "--all="], "--all takes no value"),
    (["query", "mot", "--match", "fuzzy"], "--match takes one of exact, smart, folded, not 'fuzzy'"),
    (["query", "mot", "--stop-words=no"], "--stop-words takes one of keep, weigh, drop, not 'no'"),
    (["query", "mot", "--synonyms"], "--synonyms needs a value: --synonyms FILE"),
    (["analyze", "mot", "--match", "exact"], "--match is for queries: fts analyze --query --match ..."),
    (["info", "fts-index"], "fts info takes no 'fts-index'; name the index with --index PATH"),
    (["info"], "no index at fts-index; make one with: fts build FOLDER --index fts-index"),
    (["dump"], "fts dump takes one of terms, postings, documents"),
    (["dump", "words"], "fts dump takes one of terms, postings, documents"),
    (["dump", "terms", "postings"], "fts dump takes one of terms, postings, documents"),
    (["dump", "terms", "--language", "en"], "--language takes one of fr, vi, none, not 'en'"),
    (["dump", "documents", "--term", "mot"], "--term is for terms and postings: fts dump terms --term ..."),
    (["dump", "terms", "--limit=-1"], "--limit takes a whole number from 0 to 9223372036854775807, not '-1'"),
    (["statistics"], "no query; type the words: fts statistics WORDS... > FILE"),
    (["statistics", "mot"], "no index at fts-index; make one with: fts build FOLDER --index fts-index"),
    (["query", "mot", "--statistics"], "--statistics needs a value: --statistics FILE"),
    (["query", "mot", "--=3"], "unknown option --; try: fts help"),
  ]

  @Test(arguments: wrong) func `A wrong command line is named on standard error`(
    words: [String], message: String
  ) throws {
    let result = try folder.run(words)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.error == "fts: \(message)\n")
    #expect(try folder.names(".").isEmpty)
  }

  @Test(arguments: ["", "ten", "-1", "1.5", "0x10", "1e3", " 5", "5 ", "1000001", "99999999999999999999", "=5", "１"])
  func `-n takes whole numbers only`(value: String) throws {
    let result = try folder.fts("query", "-n", value, "mot")
    #expect(result.status == 2)
    #expect(result.error == "fts: --limit takes a whole number from 0 to 1000000, not '\(value)'\n")
  }

  @Test func `No command at all prints the help as an error`() throws {
    let result = try folder.fts()
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.error == FTSCommand.help + "\n")
  }

  @Test(arguments: ["help", "--help", "-h"]) func `The help names every command`(word: String) throws {
    let result = try folder.fts(word)
    #expect(result.status == 0)
    #expect(result.error.isEmpty)
    #expect(result.output.contains("fts build"))
    #expect(result.output.contains("fts query"))
  }

  @Test(arguments: FTSCommand.subcommands.map(\.name)) func `Each command has a help with all its options`(name: String)
    throws
  {
    let command = try #require(FTSCommand.subcommands.first { $0.name == name })
    let help = try folder.fts("help", name)
    #expect(help.status == 0)
    for option in command.options { #expect(help.output.contains("--" + option.name)) }
    for word in ["--help", "-h"] {
      let result = try folder.fts(name, "x", word)
      #expect(result.status == 0)
      #expect(result.output == help.output)
    }
  }

  @Test(arguments: ["version", "--version"]) func `The version is one line`(word: String) throws {
    let result = try folder.fts(word)
    #expect(result.status == 0)
    #expect(result.output == "fts \(FTSCommand.version)\n")
  }

  @Test func `Help lines fit a terminal`() {
    let texts = [FTSCommand.help] + FTSCommand.subcommands.map { FTSCommand.help($0) }
    for line in texts.joined(separator: "\n").split(separator: "\n") { #expect(line.count <= 120, "\(line)") }
  }

  @Test func `A query without words needs a pipe`() throws {
    try folder.build([("a", "pivoine")])
    let result = try folder.fts("query", "--json")
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
  }
}

/// Taking a command line apart.
@Suite struct ArgumentsTests {
  private let options = [
    OptionSpecification(name: "index", short: "i", value: "PATH", help: ""),
    OptionSpecification(name: "all", short: "a", help: ""),
  ]

  @Test func `Operands and options may be mixed`() throws {
    let arguments = try Arguments(["un", "--index", "p", "deux", "-a", "-", "trois"], options)
    #expect(arguments.operands == ["un", "deux", "-", "trois"])
    #expect(arguments.value("index") == "p")
    #expect(arguments.has("all"))
    #expect(!arguments.has("index2"))
  }

  @Test func `Values stand apart, behind = or behind the letter; the last one counts`() throws {
    let arguments = try Arguments(["--index", "a", "--index=b=c", "-id", "-i", "e", "--index="], options)
    #expect(arguments.all("index") == ["a", "b=c", "d", "e", ""])
    #expect(arguments.value("index") == "")
  }

  @Test func `A value may look like an option`() throws {
    #expect(try Arguments(["--index", "--all"], options).value("index") == "--all")
    #expect(try Arguments(["-i", "--"], options).value("index") == "--")
  }

  @Test func `Options end at --`() throws {
    let arguments = try Arguments(["-a", "--", "--index", "--", "-x"], options)
    #expect(arguments.operands == ["--index", "--", "-x"])
    #expect(arguments.value("index") == nil)
  }

  @Test func `Letters without values are not joined`() {
    #expect(throws: UsageError.self) { try Arguments(["-ai"], options) }
  }
}

/// Numbers and JSON as the command writes them.
@Suite struct OutputFormatTests {
  @Test func `Numbers are grouped by thousands`() {
    let cases = [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"), (-100, "-100")]
    for (number, text) in cases { #expect(Format.grouped(number) == text) }
    #expect(Format.grouped(UInt64.max) == "18,446,744,073,709,551,615")
  }

  @Test func `Fixed digits are rounded`() {
    let cases: [(Double, Int, String)] = [
      (0, 2, "0.00"), (0.005, 2, "0.01"), (1.999, 2, "2.00"), (12.34, 1, "12.3"), (-0.001, 2, "0.00"),
      (-1.25, 1, "-1.3"), (7.5, 0, "8"), (.infinity, 1, "inf"),
    ]
    for (value, digits, text) in cases { #expect(Format.fixed(value, digits) == text, "\(value)") }
  }

  @Test func `Bytes have the unit that reads best`() {
    #expect(Format.bytes(9999) == "9,999 bytes")
    #expect(Format.bytes(10_000) == "10 kB")
    #expect(Format.bytes(12_345_678) == "12.3 MB")
  }

  @Test func `An object of JSON keeps the order of its members`() {
    var object = JSONObject()
    object.add("a", 1)
    object.add("b", Float(0.5))
    object.add("c", nil as String?)
    object.add("d\"", "x\u{1}\n")
    object.add("e", Float.nan)
    #expect(object.line == #"{"a":1,"b":0.5,"c":null,"d\"":"x\u0001\n","e":null}"#)
  }
}

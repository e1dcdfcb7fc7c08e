import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// A small index of format version 2, as files: what was written once must be readable, and its documents must
/// still make those bytes.
///
/// After a change of the format or of the analyzer that is meant, write the files anew with
///
///     FTS_WRITE_GOLDEN=1 swift test --filter GoldenIndexTests
///
/// and look at what changed in `dump.txt`. Once a version of the format has been released its files stay, and a new
/// version gets a folder of its own.
@Suite struct GoldenIndexTests {
  private static let folder = golden + "/version-2"
  private static let golden = TestData.repository + "/Tests/TextSearchTests/Golden"
  private static let isWriting = ProcessInfo.processInfo.environment["FTS_WRITE_GOLDEN"] != nil

  private static let sentences = [
    "La diplomatie populaire rapproche les peuples.", "Les diplomates parlent de la coopération économique.",
    "Une conférence diplomatique s'est ouverte hier à Hà Nội.",
    "L'été dernier, les événements du port ont marqué la ville.",
    "Rendez-vous au week-end prochain : débats et œuvres d’art.",
    "Le 32e congrès, au XXIe siècle, compte 1 250 délégués.",
    "Công tác đối ngoại nhân dân năm 2025.", "Ngoại giao kinh tế là nhiệm vụ trung tâm.",
    "Bộ trưởng Bùi Thanh Sơn phát biểu tại hội nghị.", "Hòa bình, hữu nghị và hợp tác giữa các nước.",
    "doi ngoai nhan dan la gi", "Tuyên Quang đổi mới, người dân được hưởng lợi.",
  ]

  /// 300 short documents; the last ones replace some of the first.
  private static func documents() -> [Document] {
    var random = SeededRandom(seed: 2025)
    return (0..<300).map { number in
      let own = number < 290 ? number : number - 280
      var attributes = ["date": ["2025-\(number % 12 + 1)"], "langue": [number % 3 == 0 ? "vi" : "fr"]]
      if number % 5 == 0 { attributes["annee"] = [String(1945 + number)] }
      if number % 40 == 0 { attributes["sujet"] = ["paix", "Hà Nội"] }
      let body = (0..<random.integer(0...3)).map { _ in random.pick(sentences) }
      let words = number % 6 == 0 ? ["Numéro \(number), mot\(number)."] : ["Note du jour."]
      return Document(
        key: "doc/\(own)", title: number % 4 == 0 ? random.pick(sentences) : "",
        body: (body + words).joined(separator: " "), attributes: attributes)
    }
  }

  /// Small enough for several segments, the first of which has lists of more than a block.
  private static let options = IndexOptions(segmentBudget: 170_000, attributes: ["annee": .integer])

  private static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != Manifest.lockName }.sorted()
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  // MARK: The dump

  /// Everything in an index, as text.
  private static func dump(_ index: SearchIndex) throws -> String {
    var lines = ["generation \(index.generation), \(index.statistics)"]
    for section in try index.information().sections { lines.append("section \(section.name): \(section.bytes)") }
    var postings: [TermName: [String]] = [:]
    try index.forEachPosting { (posting) throws(SearchError) in
      let positions = posting.positions.map { String($0) }.joined(separator: ",")
      postings[posting.term, default: []].append(
        "\(posting.document):\(positions):\(posting.forms.joined(separator: ","))")
      return true
    }
    try index.forEachTerm { (term) throws(SearchError) in
      let forms = term.forms.map { "\($0.text):\($0.documents)" }.joined(separator: " ")
      let name = term.name
      lines.append(
        "\(name.language) \(name.key) \(name.isCompound ? "+" : name.spelling ?? "-") \(term.documents) "
          + "\(term.occurrences) [\(forms)]")
      lines.append("  " + (postings[name] ?? []).joined(separator: " "))
      return true
    }
    try index.forEachDocument { (document) throws(SearchError) in
      let attributes = document.stored.attributes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      lines.append("\(document.key) \(document.lengths) \(attributes.joined(separator: " "))")
      for field in document.stored.fields where !field.text.isEmpty { lines.append("  \(field.name): \(field.text)") }
      return true
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Writing the files

  /// Writes the files where that is asked for, once and before the first test.
  private static let written = Result { if isWriting { try write() } }

  init() throws { try Self.written.get() }

  private static func write() throws {
    let index = try TestIndex()
    try index.build(documents(), options)
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder + "/index", withIntermediateDirectories: true)
    for name in try names(in: index.path) {
      try Data(bytes(index.path + "/" + name)).write(to: URL(fileURLWithPath: folder + "/index/" + name))
    }
    try Data(dump(index.open()).utf8).write(to: URL(fileURLWithPath: folder + "/dump.txt"))
  }

  // MARK: Tests

  @Test func `Its documents still make its bytes`() throws {
    let index = try TestIndex()
    try index.build(Self.documents(), Self.options)
    let names = try Self.names(in: index.path)
    #expect(try names == Self.names(in: Self.folder + "/index"))
    for name in names {
      let isSame = try Self.bytes(index.path + "/" + name) == Self.bytes(Self.folder + "/index/" + name)
      #expect(isSame, "\(name); if that is meant: FTS_WRITE_GOLDEN=1 swift test --filter GoldenIndexTests")
    }
  }

  @Test func `The golden index opens, its checksums hold and its dump is unchanged`() throws {
    let index = try SearchIndex(Self.folder + "/index")
    try index.verifyChecksums()
    let expected = try Self.bytes(Self.folder + "/dump.txt")
    let lines = String(decoding: expected, as: UTF8.self).split(separator: "\n")
    for (found, line) in zip(try Self.dump(index).split(separator: "\n"), lines) { #expect(found == line) }
    #expect(try Array(Self.dump(index).utf8) == expected)
  }

  @Test func `An index of version 1 is to be built again`() throws {
    let path = Self.golden + "/version-1/index"
    let error = SearchError.unsupportedVersion(file: path + "/" + Manifest.fileName, found: 1, supported: 2)
    #expect(throws: error) { try SearchIndex(path) }
    #expect(error.description.contains("build the index again"))
    // The segments alone say so too.
    for name in try Self.names(in: path) where Manifest.segmentNumber(name) != nil {
      #expect(throws: SearchError.unsupportedVersion(file: path + "/" + name, found: 1, supported: 2)) {
        try Segment(path + "/" + name)
      }
    }
  }

  @Test func `The golden index has all that the format can hold`() throws {
    let index = try SearchIndex(Self.folder + "/index")
    let information = try index.information()
    #expect(information.segments.count > 1 && information.bytes < 1 << 16)
    #expect(information.documents == 290 && information.deletedDocuments > 0)
    for section in information.sections where section.name != "key ranks" {
      #expect(section.bytes > 0, "\(section.name)")
    }
    #expect(Set(information.attributes.map(\.type)) == Set(AttributeType.allCases))
    let counts = try index.countPostings()
    #expect(counts.all.inlineLists > 0 && counts.compounds.terms > 0)
    for language in Language.allCases { #expect(counts[language].terms > 0) }
  }
}

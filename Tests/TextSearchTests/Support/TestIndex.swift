import TestSupport

@testable import TextSearch

/// A small index in a folder of its own.
final class TestIndex {
  let folder: TemporaryFolder
  var path: String { folder.path + "/index" }

  init() throws { folder = try TemporaryFolder() }

  /// Builds the index anew from documents.
  @discardableResult
  func build(_ documents: [Document], _ options: IndexOptions = IndexOptions()) throws -> IndexSummary {
    let writer = try IndexWriter(path, options: options)
    for document in documents { try writer.add(document) }
    return try writer.commit()
  }

  convenience init(_ bodies: [String: String], _ options: IndexOptions = IndexOptions()) throws {
    try self.init()
    try build(bodies.sorted { $0.key < $1.key }.map { Document(key: $0.key, body: $0.value) }, options)
  }

  func open() throws(SearchError) -> SearchIndex { try SearchIndex(path) }

  /// The keys that a query finds, best first.
  func keys(_ query: String, _ options: SearchOptions = SearchOptions(limit: 1000)) throws -> [String] {
    try open().search(query, options).hits.map(\.key)
  }

  /// The keys that a query in the query language finds, best first.
  func keys(parsing query: String) throws -> [String] {
    let index = try open()
    return try index.search(index.parse(query), SearchOptions(limit: 1000)).hits.map(\.key)
  }

  /// Files of the index, in byte order.
  func names() throws -> [String] { try SystemCalls.names(in: path) }

  func segmentNames() throws -> [String] { try names().filter { Manifest.segmentNumber($0) != nil } }

  func bytes(of name: String) throws -> [UInt8] {
    let region = try MappedFile(path + "/" + name).bytes
    return try region.array(at: 0, count: region.count)
  }

  func write(_ bytes: [UInt8], to name: String) throws { try folder.write(bytes, to: "index/" + name) }
}

/// Documents of random French and Vietnamese words.
enum RandomDocuments {
  static let words = [
    "diplomatie", "diplomatique", "diplomates", "populaire", "été", "ete", "thé", "œuvre", "l'eau", "nationaux",
    "national",
    "đối", "đôi", "đổi", "ngoại", "ngoài", "nhân", "dân", "hòa", "hoà", "hoa", "Bùi", "Thanh", "Sơn", "Bui", "Son",
    "Hà", "Nội",
    "le", "la", "les", "de", "des", "du", "et", "est", "dans", "và", "của", "là", "có", "những", "2025", "3,14",
    "O.N.U.",
    "Ngo", "Le", "Van", "中文", "Россия", "coração", "naïve", "straße",
  ]

  static func make(_ count: Int, _ random: inout SeededRandom, maximum: Int = 60) -> [Document] {
    var documents: [Document] = []
    for number in 0..<count {
      documents.append(
        Document(
          key: "d\(String(number, radix: 36))", title: text(&random, maximum: 6), body: text(&random, maximum: maximum),
          attributes: ["path": "p/\(number).txt", "date": "2025-01-\(number % 28 + 1)"]))
    }
    return documents
  }

  static func text(_ random: inout SeededRandom, maximum: Int) -> String {
    var text = ""
    for _ in 0..<random.integer(0...maximum) {
      text += random.pick(words) + random.pick([" ", " ", " ", " ", ". ", ", ", "\n"])
    }
    return text
  }
}

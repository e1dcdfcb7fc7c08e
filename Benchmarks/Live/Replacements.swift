import TextSearch

/// Documents that replace others: the key of one with the text of another, drawn with a seed.
struct Replacements {
  private let documents: [Document]
  private var random: SeededRandom

  /// Every so many documents the first is one that ``LiveBenchmark`` deletes; its key is never drawn.
  static let deletedEvery = 100

  /// - Parameter documents: at least two.
  init(of documents: [Document], seed: UInt64) {
    self.documents = documents
    random = SeededRandom(seed: seed)
  }

  mutating func next() -> Document {
    var replaced = 0
    while replaced % Replacements.deletedEvery == 0 { replaced = Int.random(in: 1..<documents.count, using: &random) }
    let text = documents.randomElement(using: &random) ?? documents[replaced]
    return Document(key: documents[replaced].key, fields: text.fields)
  }
}

/// How the words of a query are joined: the kinds of the contract with the peers' drivers.
enum QueryKind: String, Sendable {
  case term, or, and, phrase, prefix
}

/// The classes that latency is measured by.
enum QueryClass: String, CaseIterable, Sendable {
  /// In 5 % of the documents or more.
  case frequent = "1 term, frequent"
  /// In .2 to 2 % of the documents.
  case medium = "1 term, medium"
  /// In 2 to max(5, .01 %) documents.
  case rare = "1 term, rare"
  case or2 = "OR 2"
  case or3 = "OR 3"
  case and2 = "AND 2"
  case and3 = "AND 3"
  /// Words that follow each other.
  case phrase2 = "phrase 2"
  case phrase3 = "phrase 3"
  /// The first 3 or 4 letters of a word.
  case prefix = "prefix"
  /// Two Vietnamese words that follow each other, typed without marks.
  case barePair = "bare pair (vi)"
  /// 8 different words that follow each other, as in a question or a sentence copied.
  case question = "question of 8"

  var kind: QueryKind {
    switch self {
    case .frequent, .medium, .rare: .term
    case .or2, .or3, .barePair, .question: .or
    case .and2, .and3: .and
    case .phrase2, .phrase3: .phrase
    case .prefix: .prefix
    }
  }

  /// Documents that hold a word of the class; nil for classes of several words.
  func frequencies(of documents: Int) -> ClosedRange<Int>? {
    let count = Double(documents)
    switch self {
    case .frequent: return max(1, Int((0.05 * count).rounded(.up)))...max(1, documents)
    case .medium:
      let minimum = Int((0.002 * count).rounded(.up))
      return minimum...max(minimum, Int(0.02 * count))
    case .rare: return 2...max(5, Int(0.0001 * count))
    default: return nil
    }
  }
}

/// A query as every engine gets it.
struct BenchmarkQuery: Sendable {
  let group: QueryClass
  /// The words as they stand in the document, in lower case; folded in the bare pair and the prefix.
  let text: String
  /// Documents of each word; empty for a prefix.
  let frequencies: [Int]

  var kind: QueryKind { group.kind }
}

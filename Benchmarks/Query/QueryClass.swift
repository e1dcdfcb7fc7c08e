/// A class of queries for which latency is measured. Raw values are the names in tables and options.
enum QueryClass: String, CaseIterable, Sendable {
  /// A word in 5 % of the documents or more.
  case frequent = "1 term, frequent"
  /// A word in .2 to 2 % of the documents.
  case medium = "1 term, medium"
  /// A word in 2 to max(5, .01 %) documents.
  case rare = "1 term, rare"
  /// Words drawn from one document, as in the three classes below.
  case or2 = "OR 2"
  case or3 = "OR 3"
  case and2 = "AND 2"
  case and3 = "AND 3"
  /// Consecutive words.
  case phrase2 = "phrase 2"
  case phrase3 = "phrase 3"
  /// The first 3 or 4 letters of a word.
  case prefix = "prefix"
  /// Two consecutive Vietnamese words, typed without diacritics.
  case pairWithoutDiacritics = "bare pair (vi)"
  /// 8 different consecutive words, as in a question or a copied sentence.
  case question = "question of 8"
  /// A query that somebody typed, not drawn from the collection.
  case real = "real query"

  /// The classes whose queries are drawn from the collection.
  static let drawn = allCases.filter { $0 != .real }

  var kind: QueryKind {
    switch self {
    case .frequent, .medium, .rare: .term
    case .or2, .or3, .pairWithoutDiacritics, .question, .real: .or
    case .and2, .and3: .and
    case .phrase2, .phrase3: .phrase
    case .prefix: .prefix
    }
  }

  /// Returns the document frequencies of the words of the class in a collection of `documents` documents; nil for classes
  /// of several words.
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

/// The operator that joins the words of a query, as named in the contract of the peers' drivers.
enum QueryKind: String, Sendable {
  case term, or, and, phrase, prefix
}

/// A query as it is sent to every engine.
struct BenchmarkQuery: Sendable {
  let group: QueryClass
  /// The words as in the document, in lower case; without diacritics for pairs without diacritics and prefixes.
  let text: String
  /// Number of documents that contain each word; empty for a prefix.
  let frequencies: [Int]

  var kind: QueryKind { group.kind }
}

/// The numbers of terms, postings and positions of an index, by its dictionaries. They include deleted documents until
/// a merge removes them.
public struct PostingCounts: Sendable, Equatable {
  /// Sums over some posting lists.
  public struct Lists: Sendable, Equatable {
    /// Number of distinct terms.
    public var terms = 0
    /// Number of posting lists: a term has one in each segment that contains it.
    public var lists = 0
    /// Number of lists that are stored in the dictionary: those of one document with at most eight positions.
    public var inlineLists = 0
    /// Number of postings: the documents of all lists, added up.
    public var postings: UInt64 = 0
    /// Number of positions: the occurrences of all postings, added up.
    public var positions: UInt64 = 0

    /// Creates counts of 0.
    public init() {}

    static func += (total: inout Lists, part: Lists) {
      total.terms += part.terms
      total.lists += part.lists
      total.inlineLists += part.inlineLists
      // The sums wrap: only counts of a damaged index exceed 64 bits.
      total.postings &+= part.postings
      total.positions &+= part.positions
    }
  }

  private var languages = [Lists](repeating: Lists(), count: Language.allCases.count)
  /// Counts of the lists of French compounds; their parts are tokens of their own.
  public internal(set) var compounds = Lists()

  init() {}

  /// Counts of the lists of a language, without compounds; the positions are its tokens.
  public internal(set) subscript(language: Language) -> Lists {
    get { languages[Int(language.rawValue)] }
    set { languages[Int(language.rawValue)] = newValue }
  }

  /// Counts of all lists, those of compounds included.
  public var all: Lists { languages.reduce(into: compounds) { $0 += $1 } }

  /// Adds the lists of one term.
  mutating func add(_ address: TermAddress, _ entries: [(segment: Int, entry: TermDictionary.Entry)]) {
    var lists = Lists()
    lists.terms = 1
    for (_, entry) in entries {
      lists.lists += 1
      lists.inlineLists += entry.list.isInline ? 1 : 0
      lists.postings &+= UInt64(entry.list.documents)
      lists.positions &+= entry.list.positions
    }
    if address.isCompound { compounds += lists } else { self[address.language] += lists }
  }
}

extension SearchIndex {
  /// Counts terms, postings and positions. Reads all dictionaries, but no postings.
  ///
  /// - Complexity: linear in the number of posting lists.
  /// - Throws: `SearchError.corrupt` for a damaged dictionary.
  public func countPostings() throws(SearchError) -> PostingCounts {
    var counts = PostingCounts()
    var terms = try MergedTerms(segments)
    while try terms.next() { counts.add(TermAddress(bytes: terms.address), terms.lists) }
    return counts
  }
}

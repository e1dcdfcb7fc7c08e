/// Terms, postings and positions of an index, counted in its dictionaries. Deleted documents are counted until a merge
/// leaves them out.
public struct PostingCounts: Sendable, Equatable {
  /// Sums over some posting lists.
  public struct Lists: Sendable, Equatable {
    /// Different terms.
    public var terms = 0
    /// Posting lists: a term has one in each segment that holds it.
    public var lists = 0
    /// Lists that stand in the dictionary: of one document and eight positions at most.
    public var inlineLists = 0
    /// Documents of all lists.
    public var postings: UInt64 = 0
    /// Occurrences in these documents.
    public var positions: UInt64 = 0

    public init() {}

    static func += (total: inout Lists, part: Lists) {
      total.terms += part.terms
      total.lists += part.lists
      total.inlineLists += part.inlineLists
      // Only damaged counts add up to more than 64 bits.
      total.postings &+= part.postings
      total.positions &+= part.positions
    }
  }

  private var languages = [Lists](repeating: Lists(), count: Language.allCases.count)
  /// The lists of French words with hyphens, whose parts are tokens besides.
  public internal(set) var compounds = Lists()

  init() {}

  /// The lists of a language's words; their positions are its tokens.
  public internal(set) subscript(language: Language) -> Lists {
    get { languages[Int(language.rawValue)] }
    set { languages[Int(language.rawValue)] = newValue }
  }

  /// All lists, those of compounds included.
  public var all: Lists { languages.reduce(into: compounds) { $0 += $1 } }

  /// Counts the lists of one term.
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
  /// Counts terms, postings and positions: walks all dictionaries, linear in their lists.
  ///
  /// - Throws: `SearchError.corrupt` for a damaged dictionary.
  public func countPostings() throws(SearchError) -> PostingCounts {
    var counts = PostingCounts()
    var terms = try MergedTerms(segments)
    while try terms.next() { counts.add(TermAddress(bytes: terms.address), terms.lists) }
    return counts
  }
}

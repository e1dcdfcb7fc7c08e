/// The tokens of one field; reused from field to field.
///
/// A token's position is its index. Its term address follows from its form (an id in the analyzer's `FormTable`)
/// and its kind: `Analyzer.address(of:in:)`.
struct TokenBuffer: ~Copyable {
  /// Sixteen bytes: one store for each token that is read.
  struct Token: BitwiseCopyable {
    var form: UInt32
    /// Byte range in the text that was analysed.
    var start: UInt32
    var end: UInt32
    var kind: TokenKind
    var marks: Marks
    /// The form's traits, at hand for the decision on languages.
    var traits: FormTable.Traits
  }

  /// What the token's surroundings say of it.
  struct Marks: OptionSet, BitwiseCopyable {
    var rawValue: UInt8
    /// Begins with a capital letter.
    static let capitalised = Marks(rawValue: 1)
    /// First word of a sentence or line.
    static let first = Marks(rawValue: 2)
    /// Nothing but spaces (or one hyphen) stands between the token before and this one.
    static let joined = Marks(rawValue: 4)
  }

  /// A line or sentence: the stretch whose language is decided as one.
  struct Run: BitwiseCopyable {
    var first: Int
    var evidence = 0
    var syllables = 0
    /// Signs of French text, less those of other languages (`WordEvidence.signs`).
    var signs = 0
    /// Some syllable in it carries a mark.
    var isMarked = false
    var isVietnamese = false
    /// In neither language.
    var isForeign = false

    init(first: Int) { self.first = first }
  }

  private var tokens = GrowableBuffer<Token>(capacity: 1024)
  var runs = GrowableBuffer<Run>(capacity: 64)

  @inline(__always) var count: Int { tokens.count }

  mutating func removeAll() {
    tokens.removeAll()
    runs.removeAll()
  }

  @inline(__always)
  mutating func append(_ token: Token) { tokens.append(token) }

  @inline(__always)
  subscript(index: Int) -> Token { tokens[index] }

  @inline(__always)
  mutating func post(_ index: Int, as kind: TokenKind) {
    var token = tokens[index]
    token.kind = kind
    tokens[index] = token
  }

  func form(_ index: Int) -> UInt32 { tokens[index].form }

  func kind(_ index: Int) -> TokenKind { tokens[index].kind }

  /// The token's bytes in the text.
  func range(_ index: Int) -> Range<Int> { Int(tokens[index].start)..<Int(tokens[index].end) }

  /// Form and kind in one number: tokens with one code are posted in one list.
  @inline(__always)
  func code(_ index: Int) -> UInt32 {
    let token = tokens[index]
    return token.form &<< 2 | UInt32(token.kind.rawValue)
  }
}

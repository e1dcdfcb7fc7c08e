/// The tokens of one field; reused from field to field.
///
/// A token's position is its index. Its term address follows from its form (an id in the analyzer's `FormTable`)
/// and its kind: `Analyzer.address(of:in:)`.
struct TokenBuffer: ~Copyable {
  struct Token: BitwiseCopyable {
    var form: UInt32
    /// Byte range in the text that was analysed.
    var start: UInt32
    var end: UInt32
    var kind: TokenKind
    var marks: Marks
    /// The form's traits, at hand for the decision on languages.
    var traits: FormTable.Traits
    /// The form's evidence, at hand for the sum of its run.
    var evidence: Int8
    /// The form's signs of French.
    var signs: Int8

    /// Form and kind in one number: tokens with one code are posted in one list.
    @inline(__always)
    var code: UInt32 { form &<< 2 | UInt32(kind.rawValue) }
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
    /// An elided word stood before it: l', d', qu'.
    static let elided = Marks(rawValue: 8)
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

    /// Counts a token's evidence; without branches, which nothing could foresee.
    @inline(__always)
    mutating func add(_ token: Token) {
      // Capitalised words inside a sentence are often names of the other language: half the weight.
      let isName = token.marks.rawValue & 3 == Marks.capitalised.rawValue
      let weight = Int(token.evidence)
      evidence &+= isName ? weight / 2 : weight
      let traits = token.traits
      syllables &+= traits.contains(.syllable) ? 1 : 0
      let sign = Int(token.signs)
      signs &+= isName ? sign / 2 : sign
      let isElided = token.marks.contains(.elided)
      evidence &+= isElided ? WordEvidence.elision.weight : 0
      signs &+= isElided ? WordEvidence.elision.signs : 0
      isMarked = isMarked || traits.isSuperset(of: [.syllable, .marked])
    }
  }

  private var tokens = GrowableBuffer<Token>(capacity: 1024)
  var runs = GrowableBuffer<Run>(capacity: 64)

  @inline(__always) var count: Int { tokens.count }

  mutating func removeAll() {
    tokens.removeAll()
    runs.removeAll()
  }

  /// Appends a token of the bytes `start..<end`.
  @inline(__always)
  mutating func append(_ form: FormTable.Form, _ start: Int, _ end: Int, _ marks: Marks) {
    tokens.append(
      Token(
        form: form.id, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end), kind: .none,
        marks: marks, traits: form.traits, evidence: form.evidence,
        signs: form.signs))
  }

  /// Ends the run that began at token `first`, if it has any token.
  mutating func endRun(from first: Int) {
    guard first < tokens.count else { return }
    var run = Run(first: first)
    // Safe because: the places are below `count`.
    for index in first..<tokens.count { run.add(unsafe tokens[unchecked: index]) }
    runs.append(run)
  }

  @inline(__always)
  subscript(index: Int) -> Token { tokens[index] }

  var span: Span<Token> {
    @_lifetime(borrow self)
    get { tokens.span }
  }

  var mutableSpan: MutableSpan<Token> {
    @_lifetime(&self)
    mutating get { tokens.mutableSpan }
  }

  func form(_ index: Int) -> UInt32 { tokens[index].form }

  func kind(_ index: Int) -> TokenKind { tokens[index].kind }

  /// The token's bytes in the text.
  func range(_ index: Int) -> Range<Int> { Int(tokens[index].start)..<Int(tokens[index].end) }

}

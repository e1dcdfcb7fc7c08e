/// The tokens of one field; reused from field to field.
///
/// A token's position is its index. Its term address follows from its form (an id in the analyzer's `FormTable`)
/// and its kind: `Analyzer.address(of:in:)`.
struct TokenBuffer: ~Copyable {
  /// Sixteen bytes, so that a token is written in two stores.
  struct Token: BitwiseCopyable {
    /// From the low bits: form (32), evidence, traits, signs (8 each), marks (6), kind (2).
    fileprivate(set) var word: UInt64
    /// Byte range in the text that was analysed.
    let start: UInt32
    let end: UInt32

    @inline(__always) var form: UInt32 { UInt32(truncatingIfNeeded: word) }
    /// The form's evidence, at hand for the sum of its run.
    @inline(__always) var evidence: Int8 { Int8(truncatingIfNeeded: word &>> 32) }
    /// The form's traits, at hand for the decision on languages.
    @inline(__always) var traits: FormTable.Traits {
      FormTable.Traits(rawValue: UInt8(truncatingIfNeeded: word &>> 40))
    }
    /// The form's signs of French.
    @inline(__always) var signs: Int8 { Int8(truncatingIfNeeded: word &>> 48) }
    @inline(__always) var marks: Marks { Marks(rawValue: UInt8(truncatingIfNeeded: word &>> 56) & 15) }

    @inline(__always)
    var kind: TokenKind {
      get {
        // Safe because: the enumeration has a case for each value of two bits.
        unsafe unsafeBitCast(UInt8(truncatingIfNeeded: word &>> 62), to: TokenKind.self)
      }
      set { word = word & 0x3FFF_FFFF_FFFF_FFFF | UInt64(newValue.rawValue) &<< 62 }
    }

    /// Marks in their place in `word`.
    @inline(__always)
    static func bits(_ marks: Marks) -> UInt64 { UInt64(marks.rawValue) &<< 56 }

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
    var hasDiacritics = false
    var isVietnamese = false
    /// In neither language.
    var isForeign = false

    init(first: Int) { self.first = first }

    /// Counts a token's evidence; without branches, which nothing could foresee.
    @inline(__always)
    mutating func add(_ token: Token) {
      // Capitalised words inside a sentence are often names of the other language: half the weight.
      let marks = token.marks
      let isName = marks.rawValue & 3 == Marks.capitalised.rawValue ? 1 : 0
      let isElided = Int(marks.rawValue &>> 3)
      evidence &+= Run.halved(Int(token.evidence), isName) &+ WordEvidence.elision.weight &* isElided
      signs &+= Run.halved(Int(token.signs), isName) &+ WordEvidence.elision.signs &* isElided
      let traits = token.traits
      syllables &+= Int(traits.rawValue & FormTable.Traits.syllable.rawValue)
      hasDiacritics = hasDiacritics || traits.isSuperset(of: [.syllable, .diacritics])
    }

    /// Half the value, towards zero, if `isHalved` is 1, and all of it if 0.
    @inline(__always)
    private static func halved(_ value: Int, _ isHalved: Int) -> Int {
      (value &+ (Int(bitPattern: UInt(bitPattern: value) &>> 63) & isHalved)) &>> isHalved
    }
  }

  private var tokens: GrowableBuffer<Token>
  var runs: GrowableBuffer<Run>

  /// - Parameter capacity: tokens that there is room for at first.
  init(capacity: Int = 1024) {
    tokens = GrowableBuffer(capacity: capacity)
    runs = GrowableBuffer(capacity: max(1, capacity / 16))
  }

  @inline(__always) var count: Int { tokens.count }

  mutating func removeAll() {
    tokens.removeAll()
    runs.removeAll()
  }

  /// Appends a token of the bytes `start..<end`.
  @inline(__always)
  mutating func append(_ form: FormTable.Form, _ start: Int, _ end: Int, _ marks: Marks) {
    append(form.properties | Token.bits(marks), start, end)
  }

  /// Appends a word that brings its own marks too.
  @inline(__always)
  mutating func append(_ known: SurfaceFormCache.Known, _ start: Int, _ end: Int, _ marks: Marks) {
    append(known.bits & ~SurfaceFormCache.initial | Token.bits(marks), start, end)
  }

  @inline(__always)
  private mutating func append(_ word: UInt64, _ start: Int, _ end: Int) {
    tokens.append(
      Token(word: word, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end)))
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

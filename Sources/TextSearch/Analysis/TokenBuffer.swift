/// The tokens and sentences of one field. A buffer is reused for many fields.
///
/// A token's position is its index. Its term address follows from its form (an id in the analyzer's `FormTable`)
/// and its kind: `Analyzer.address(of:in:)`.
struct TokenBuffer: ~Copyable {
  /// A token. It has sixteen bytes, so that it is written in two stores.
  struct Token: BitwiseCopyable {
    /// From the low bits: form (32), evidence, traits, signs (8 each), flags (6), kind (2).
    fileprivate(set) var word: UInt64
    /// Offset of the token's first byte in the text.
    let start: UInt32
    /// Offset after the token's last byte in the text.
    let end: UInt32

    /// The id of the form.
    @inline(__always) var form: UInt32 { UInt32(truncatingIfNeeded: word) }
    /// The form's evidence (`WordEvidence.weight`), copied for the sum of the sentence.
    @inline(__always) var evidence: Int8 { Int8(truncatingIfNeeded: word &>> 32) }
    /// The form's traits, copied for the decision on languages.
    @inline(__always) var traits: FormTable.Traits {
      FormTable.Traits(rawValue: UInt8(truncatingIfNeeded: word &>> 40))
    }
    /// The form's signs of French (`WordEvidence.signs`).
    @inline(__always) var signs: Int8 { Int8(truncatingIfNeeded: word &>> 48) }
    /// The flags that follow from the token's context.
    @inline(__always) var flags: Flags { Flags(rawValue: UInt8(truncatingIfNeeded: word &>> 56) & 15) }

    /// How the token is posted; `.none` until the language is decided.
    @inline(__always)
    var kind: TokenKind {
      get {
        // Safe because: the enumeration has a case for every value of two bits.
        unsafe unsafeBitCast(UInt8(truncatingIfNeeded: word &>> 62), to: TokenKind.self)
      }
      set { word = word & 0x3FFF_FFFF_FFFF_FFFF | UInt64(newValue.rawValue) &<< 62 }
    }

    /// Returns the flags as bits of `word`.
    @inline(__always)
    static func bits(_ flags: Flags) -> UInt64 { UInt64(flags.rawValue) &<< 56 }

    /// Form and kind in one number: tokens with equal codes are posted in one list.
    @inline(__always)
    var code: UInt32 { form &<< 2 | UInt32(kind.rawValue) }
  }

  /// Properties of a token that follow from its case and its context.
  struct Flags: OptionSet, BitwiseCopyable {
    var rawValue: UInt8
    /// The first letter is upper-case.
    static let capitalised = Flags(rawValue: 1)
    /// The token is the first of a sentence or line.
    static let first = Flags(rawValue: 2)
    /// Only spaces, hyphens, underscores or invisible characters separate the token from the one before it.
    static let joined = Flags(rawValue: 4)
    /// An elided word precedes: l', d', qu'.
    static let elided = Flags(rawValue: 8)
  }

  /// A sentence or line: the unit whose language is decided.
  struct Sentence: BitwiseCopyable {
    /// Index of the first token.
    var first: Int
    /// Sum of the tokens' evidence; see `add(_:)`.
    var evidence = 0
    /// Number of Vietnamese syllables, with or without diacritics.
    var syllables = 0
    /// Signs of French, minus those of other languages (`WordEvidence.signs`).
    var signs = 0
    /// Whether some syllable has a diacritic; later, whether the sentence is posted as text with diacritics.
    var hasDiacritics = false
    /// Whether the sentence is Vietnamese.
    var isVietnamese = false
    /// Whether the sentence is in neither language.
    var isForeign = false

    init(first: Int) { self.first = first }

    /// Adds a token's evidence. Without branches, because they would be unpredictable.
    @inline(__always)
    mutating func add(_ token: Token) {
      // Capitalised words inside a sentence are often names from the other language: half the weight.
      let flags = token.flags
      let isName = flags.rawValue & 3 == Flags.capitalised.rawValue ? 1 : 0
      let isElided = Int(flags.rawValue &>> 3)
      evidence &+= Sentence.halved(Int(token.evidence), isName) &+ WordEvidence.elision.weight &* isElided
      signs &+= Sentence.halved(Int(token.signs), isName) &+ WordEvidence.elision.signs &* isElided
      let traits = token.traits
      syllables &+= Int(traits.rawValue & FormTable.Traits.syllable.rawValue)
      hasDiacritics = hasDiacritics || traits.isSuperset(of: [.syllable, .diacritics])
    }

    /// Returns half the value, rounded towards zero, if `isHalved` is 1; the value if it is 0.
    @inline(__always)
    private static func halved(_ value: Int, _ isHalved: Int) -> Int {
      (value &+ (Int(bitPattern: UInt(bitPattern: value) &>> 63) & isHalved)) &>> isHalved
    }
  }

  private var tokens: GrowableBuffer<Token>
  /// The sentences in text order; none for presets that do not decide on languages.
  var sentences: GrowableBuffer<Sentence>

  /// - Parameter capacity: initial capacity in tokens.
  init(capacity: Int = 1024) {
    tokens = GrowableBuffer(capacity: capacity)
    sentences = GrowableBuffer(capacity: max(1, capacity / 16))
  }

  /// Number of tokens.
  @inline(__always) var count: Int { tokens.count }

  /// Removes tokens and sentences and keeps the memory.
  mutating func removeAll() {
    tokens.removeAll()
    sentences.removeAll()
  }

  /// Appends a token of the bytes `start..<end`.
  @inline(__always)
  mutating func append(_ form: FormTable.Form, from start: Int, to end: Int, _ flags: Flags) {
    append(form.properties | Token.bits(flags), start, end)
  }

  /// Appends a token of the bytes `start..<end` with the flags of the cached word and `flags`.
  @inline(__always)
  mutating func append(_ known: SurfaceFormCache.KnownWord, from start: Int, to end: Int, _ flags: Flags) {
    append(known.bits & ~SurfaceFormCache.initial | Token.bits(flags), start, end)
  }

  @inline(__always)
  private mutating func append(_ word: UInt64, _ start: Int, _ end: Int) {
    tokens.append(
      Token(word: word, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end)))
  }

  /// Appends the sentence of the tokens from `first` on, unless there are none.
  mutating func endSentence(from first: Int) {
    guard first < tokens.count else { return }
    var sentence = Sentence(first: first)
    // Safe because: the indices are below `count`.
    for index in first..<tokens.count { sentence.add(unsafe tokens[unchecked: index]) }
    sentences.append(sentence)
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

  /// Returns the form id of a token.
  func form(_ index: Int) -> UInt32 { tokens[index].form }

  /// Returns the kind of a token.
  func kind(_ index: Int) -> TokenKind { tokens[index].kind }

  /// Returns the indices of the tokens of a sentence.
  func range(ofSentence index: Int) -> Range<Int> {
    sentences[index].first..<(index + 1 < sentences.count ? sentences[index + 1].first : count)
  }

  /// Returns the byte range of a token in the text.
  func range(_ index: Int) -> Range<Int> { Int(tokens[index].start)..<Int(tokens[index].end) }
}

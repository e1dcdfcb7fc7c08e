/// The tokens and sentences of one field. A buffer is reused for many fields.
///
/// A token's position is its index. Its term address follows from its form (an id in the analyzer's `FormTable`)
/// and its kind: `Analyzer.address(of:in:)`.
struct TokenBuffer: ~Copyable {
  /// A token. It has sixteen bytes, so that it is written in two stores.
  struct Token: BitwiseCopyable {
    /// From the low bits: form (32), evidence, traits, signs (8 each), flags (4), whether the token is a sign, whether it is
    /// in camel case, kind (2).
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

    /// Whether the token is a sign that `mergeSigns` has put among the words.
    @inline(__always) var isSign: Bool { word & Token.sign != 0 }
    /// Whether the word is in camel case and has parts (`CamelCase`).
    @inline(__always) var isCamelCase: Bool { word & Token.camelCase != 0 }

    fileprivate static let sign: UInt64 = 1 << 60
    static let camelCase: UInt64 = 1 << 61

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

  /// A sign (`Analyzer.takeSign`). It has no position of its own: phrases and distances are those of the words.
  struct Sign: BitwiseCopyable {
    /// The form's properties, as in `Token.word`.
    fileprivate let word: UInt64
    let start: UInt32
    let end: UInt32
    /// Index of the token whose position the sign has.
    fileprivate(set) var token: UInt32

    /// The id of the form.
    var form: UInt32 { UInt32(truncatingIfNeeded: word) }
  }

  private var tokens: GrowableBuffer<Token>
  /// The signs in text order; empty in a field without words, whose signs are tokens.
  private(set) var signs = GrowableBuffer<Sign>(capacity: 1)
  /// The position of each token, if `mergeSigns` has put signs among them.
  private var positions = GrowableBuffer<UInt32>(capacity: 1)
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
    signs.removeAll()
    positions.removeAll()
  }

  /// Appends a token of the bytes `start..<end`.
  @inline(__always)
  mutating func append(
    _ form: FormTable.Form, from start: Int, to end: Int, _ flags: Flags, isCamelCase: Bool = false
  ) {
    append(form.properties | Token.bits(flags) | (isCamelCase ? Token.camelCase : 0), start, end)
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

  // MARK: Signs

  /// Appends a sign of the bytes `start..<end`.
  ///
  /// - Parameter isFirst: whether no word precedes it in its sentence.
  mutating func appendSign(_ form: FormTable.Form, from start: Int, to end: Int, isFirst: Bool) {
    signs.append(
      Sign(
        word: form.properties, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
        token: UInt32(truncatingIfNeeded: isFirst ? tokens.count : tokens.count - 1)))
  }

  /// Ends the field: the signs behind its last word belong to that, and those of a field without words are its tokens.
  mutating func endSigns() {
    guard signs.count > 0 else { return }
    if tokens.count == 0 {
      for index in 0..<signs.count {
        append(signs[index].word | Token.sign, Int(signs[index].start), Int(signs[index].end))
      }
      signs.removeAll()
      return
    }
    let last = UInt32(truncatingIfNeeded: tokens.count - 1)
    var index = signs.count - 1
    while index >= 0, signs[index].token > last {
      signs[index].token = last
      index -= 1
    }
  }

  /// Puts the signs among the tokens, in text order, with the positions of the words that they belong to.
  ///
  /// Sentences are not changed: languages must be decided before, or not at all.
  mutating func mergeSigns() {
    var merged = GrowableBuffer<Token>(capacity: tokens.count + signs.count)
    var next = 0
    for index in 0...tokens.count {
      while next < signs.count, index == tokens.count || signs[next].start < tokens[index].start {
        merged.append(Token(word: signs[next].word | Token.sign, start: signs[next].start, end: signs[next].end))
        positions.append(signs[next].token)
        next += 1
      }
      guard index < tokens.count else { break }
      merged.append(tokens[index])
      positions.append(UInt32(truncatingIfNeeded: index))
    }
    swap(&tokens, &merged)
    signs.removeAll()
  }

  /// Returns the position of a token: its index among the words.
  func position(_ index: Int) -> Int { positions.count > 0 ? Int(positions[index]) : index }

  /// The indices of the words by their positions; nil where they are equal.
  var words: [Int]? { positions.count > 0 ? (0..<count).filter { !tokens[$0].isSign } : nil }

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

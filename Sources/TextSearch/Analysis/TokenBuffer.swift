/// The tokens of one field, as a structure of arrays; reused from field to field.
///
/// A token's position is its index. Its term address follows from its form (an id in the analyzer's `FormTable`)
/// and its kind: `Analyzer.address(of:in:)`.
struct TokenBuffer: ~Copyable {
  var forms = GrowableBuffer<UInt32>(capacity: 1024)
  /// `TokenKind` raw values.
  var kinds = GrowableBuffer<UInt8>(capacity: 1024)
  /// Byte ranges in the text that was analysed.
  var starts = GrowableBuffer<UInt32>(capacity: 1024)
  var ends = GrowableBuffer<UInt32>(capacity: 1024)
  var marks = GrowableBuffer<Marks>(capacity: 1024)
  var runs = GrowableBuffer<Run>(capacity: 64)

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
    /// Some syllable in it carries a mark.
    var isMarked = false
    var isVietnamese = false

    init(first: Int) { self.first = first }
  }

  var count: Int { forms.count }

  mutating func removeAll() {
    forms.removeAll()
    kinds.removeAll()
    starts.removeAll()
    ends.removeAll()
    marks.removeAll()
    runs.removeAll()
  }

  @inline(__always)
  mutating func append(form: UInt32, start: Int, end: Int, marks: Marks) {
    forms.append(form)
    kinds.append(0)
    starts.append(UInt32(truncatingIfNeeded: start))
    ends.append(UInt32(truncatingIfNeeded: end))
    self.marks.append(marks)
  }

  func kind(_ index: Int) -> TokenKind { TokenKind(rawValue: kinds[index]) ?? .none }

  /// The token's bytes in the text.
  func range(_ index: Int) -> Range<Int> { Int(starts[index])..<Int(ends[index]) }
}

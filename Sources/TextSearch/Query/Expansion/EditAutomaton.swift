/// How many letters a typed word and others differ by, for words in ascending order: letters put in, left out, exchanged, or
/// swapped with their neighbour (optimal string alignment; Damerau 1964).
///
/// An automaton with a bit for each state instead of a table of numbers (Wu and Manber 1992; Schulz and Mihov 2002). After i
/// letters of a word its row says for 0, 1 and 2 edits which beginnings of the typed word can have been read; only those
/// of i - 2 to i + 2 letters can, so five bits do, whatever the length. The rows of what a word shares with the one before are kept,
/// and a row without bits says that no word with this beginning is near.
struct EditAutomaton {
  /// More cannot be told apart.
  static let maximumEdits = 2
  private static let window = 2 * maximumEdits + 1

  /// Bit b of each number: the first i - 2 + b letters of the typed word may be read so far, with so many edits.
  private struct Row {
    var none: UInt8 = 0
    var one: UInt8 = 0
    var two: UInt8 = 0
    /// The letter that led here, and where it ends.
    var letter = UInt32.max
    var end = 0

    func bits(_ edits: Int) -> UInt8 { edits == 0 ? none : edits == 1 ? one : two }
  }

  private let limit: Int
  private let count: Int
  /// The typed letters, with others on both sides that no word has.
  private let letters: [UInt32]
  private var rows: [Row]

  /// - Parameters:
  ///   - limit: edits, at most ``maximumEdits``.
  ///   - head: bytes of all words that do not count.
  init(_ typed: [UInt32], limit: Int, head: Int = 0) {
    precondition(0...EditAutomaton.maximumEdits ~= limit, "0 to 2 edits")
    self.limit = limit
    count = typed.count
    let border = [UInt32](repeating: .max, count: EditAutomaton.window + 1)
    letters = Array(border.prefix(EditAutomaton.maximumEdits)) + typed + border
    var start = Row()
    (start.none, start.one, start.two) = (0b00100, 0b01100, 0b11100)
    start.end = head
    rows = [start]
  }

  /// Reads a word up to `end`, which begins with the same `shared` bytes as the one before.
  ///
  /// - Returns: how many bytes no near word begins with; nil if there may be near words that begin like this one.
  mutating func read(_ word: [UInt8], to end: Int, shared: Int) -> Int? {
    while rows.count > 1, rows[rows.count - 1].end > shared { rows.removeLast() }
    let word = word.span.extracting(first: end)
    var last = rows[rows.count - 1]
    while last.end < end {
      let (letter, size) = Scalars.decode(word, at: last.end)
      var next = row(after: last, letter)
      next.end = last.end + size
      if next.bits(limit) == 0 { return next.end }
      rows.append(next)
      last = next
    }
    return nil
  }

  /// How many edits make the typed word of the one that was read to its end; nil for more than `limit`.
  var edits: Int? {
    let index = count - (rows.count - 1) + EditAutomaton.maximumEdits
    guard 0..<EditAutomaton.window ~= index else { return nil }
    let row = rows[rows.count - 1]
    return (0...limit).first { row.bits($0) >> index & 1 == 1 }
  }

  private func row(after last: Row, _ letter: UInt32) -> Row {
    let index = rows.count - 1
    let left = count - index - 1 + EditAutomaton.maximumEdits
    guard left >= 0 else { return Row() }
    let same = matches(of: letter, at: index)
    var row = Row()
    row.letter = letter
    row.none = last.none & same
    row.one = last.one & same | last.none | last.none >> 1 | row.none << 1
    row.two = last.two & same | last.one | last.one >> 1 | row.one << 1
    if index > 0 {
      let before = rows[index - 1]
      let swapped = same << 1 & matches(of: last.letter, at: index)
      row.one |= before.none & swapped
      row.two |= before.one & swapped | row.one << 1
    }
    // Nothing is beyond the end of the typed word.
    let inside = UInt8(truncatingIfNeeded: 1 << min(left + 1, EditAutomaton.window) - 1)
    (row.none, row.one, row.two) = (row.none & inside, row.one & inside, row.two & inside)
    return row
  }

  /// Bit b: the typed letter `index` - 2 + b is this one.
  private func matches(of letter: UInt32, at index: Int) -> UInt8 {
    var bits: UInt8 = 0
    for bit in 0..<EditAutomaton.window where letters[index + bit] == letter { bits |= 1 << UInt8(bit) }
    return bits
  }
}

/// The edit distance of words in ascending order from a typed word. An edit inserts, deletes or substitutes a letter, or
/// swaps two neighbours (optimal string alignment; Damerau 1964).
///
/// The automaton is bit-parallel: a bit for each state instead of a table of distances (Wu and Manber 1992; Schulz and
/// Mihov 2002). The row after i letters of a word holds, for 0, 1 and 2 edits, the lengths of the prefixes of the typed
/// word that those edits turn into the letters read. These lengths are i - 2 to i + 2, so a row has five bits for each
/// number of edits. The rows of the prefix shared with the last word are kept. A row without bits means that no word with
/// this prefix is within the limit.
struct EditAutomaton {
  /// The largest edit distance that the rows represent.
  static let maximumEdits = 2
  /// Bits of a row for each number of edits.
  private static let window = 2 * maximumEdits + 1

  /// The states after i letters, for 0, 1 and 2 edits. Bit b is set if that number of edits makes the letters read from the
  /// first i - 2 + b letters of the typed word.
  private struct Row {
    var none: UInt8 = 0
    var one: UInt8 = 0
    var two: UInt8 = 0
    /// The last letter read.
    var letter = UInt32.max
    /// Offset of the byte after that letter in the word.
    var end = 0

    func bits(_ edits: Int) -> UInt8 { edits == 0 ? none : edits == 1 ? one : two }
  }

  private let limit: Int
  private let count: Int
  /// The typed letters, padded on both sides with a value that is no letter.
  private let letters: [UInt32]
  private var rows: [Row]

  /// - Parameters:
  ///   - typed: the letters of the typed word.
  ///   - limit: maximum number of edits, 0 to ``maximumEdits``.
  ///   - head: number of bytes before the letters of each word that is read.
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

  /// Reads `word` up to the offset `end`.
  ///
  /// - Parameter shared: length in bytes of a prefix that the word has in common with the last one.
  /// - Returns: length in bytes of a prefix that no word within the limit has; nil if `word` was read to the end.
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

  /// The distance of the word that was read to its end; nil beyond `limit`.
  var edits: Int? {
    let bit = count - (rows.count - 1) + EditAutomaton.maximumEdits
    guard 0..<EditAutomaton.window ~= bit else { return nil }
    let row = rows[rows.count - 1]
    return (0...limit).first { row.bits($0) >> bit & 1 == 1 }
  }

  private func row(after last: Row, _ letter: UInt32) -> Row {
    let index = rows.count - 1
    let left = count - index - 1 + EditAutomaton.maximumEdits
    guard left >= 0 else { return Row() }
    let same = matches(of: letter, around: index)
    var row = Row()
    row.letter = letter
    row.none = last.none & same
    row.one = last.one & same | last.none | last.none >> 1 | row.none << 1
    row.two = last.two & same | last.one | last.one >> 1 | row.one << 1
    if index > 0 {
      let before = rows[index - 1]
      let swapped = same << 1 & matches(of: last.letter, around: index)
      row.one |= before.none & swapped
      row.two |= before.one & swapped | row.one << 1
    }
    // Clears the bits of prefixes longer than the typed word.
    let inside = UInt8(truncatingIfNeeded: 1 << min(left + 1, EditAutomaton.window) - 1)
    (row.none, row.one, row.two) = (row.none & inside, row.one & inside, row.two & inside)
    return row
  }

  /// Returns a mask whose bit b is set if the typed letter at `index` - 2 + b is `letter`.
  private func matches(of letter: UInt32, around index: Int) -> UInt8 {
    var bits: UInt8 = 0
    for bit in 0..<EditAutomaton.window where letters[index + bit] == letter { bits |= 1 << UInt8(bit) }
    return bits
  }
}

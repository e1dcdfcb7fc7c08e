/// The edit distance of words from a typed word, and the alignment of their letters. An edit inserts, deletes or
/// substitutes a letter, or swaps two neighbours (optimal string alignment; Damerau 1964).
///
/// Fills the table of dynamic programming that textbooks have. `EditAutomaton` is faster and finds the words within a
/// distance, but cannot align their letters.
struct EditDistance {
  private let typed: [UInt32]
  private let limit: Int
  private let width: Int
  /// Row i holds the distances of the first i letters of the last word from all prefixes of the typed one. The rows of the
  /// prefix shared with the last word are kept.
  private var table: [Int]
  private var last: [UInt32] = []
  /// Number of the rows that are filled for `last`, without row 0.
  private var rows = 0

  init(_ typed: [UInt32], limit: Int) {
    self.typed = typed
    self.limit = limit
    width = typed.count + 1
    table = Array(0..<width)
  }

  /// Returns the distance of a word; nil beyond the limit.
  mutating func distance(_ word: [UInt32]) -> Int? {
    var shared = 0
    while shared < min(word.count, last.count), word[shared] == last[shared] { shared += 1 }
    rows = min(rows, shared)
    last = word
    while rows < word.count {
      rows += 1
      fillRow(rows)
    }
    let distance = table[word.count * width + typed.count]
    return distance <= limit ? distance : nil
  }

  private mutating func fillRow(_ row: Int) {
    let start = row * width
    if table.count < start + width { table += [Int](repeating: 0, count: start + width - table.count) }
    table[start] = row
    for column in 1..<max(width, 1) {
      let above = start - width + column
      let isSame = last[row - 1] == typed[column - 1]
      var cost = min(table[above - 1] + (isSame ? 0 : 1), table[above] + 1, table[start + column - 1] + 1)
      if row > 1, column > 1, last[row - 1] == typed[column - 2], last[row - 2] == typed[column - 1] {
        cost = min(cost, table[above - width - 2] + 1)
      }
      table[start + column] = cost
    }
  }

  /// Returns the pairs of equal letters in an alignment of minimum cost: the indices of the letters in the typed word and in
  /// the last word, descending.
  func alignment() -> [(typed: Int, word: Int)] {
    var pairs: [(typed: Int, word: Int)] = []
    var (row, column) = (last.count, typed.count)
    while row > 0, column > 0 {
      let cost = table[row * width + column]
      let isSame = last[row - 1] == typed[column - 1]
      if cost == table[(row - 1) * width + column - 1] + (isSame ? 0 : 1) {
        if isSame { pairs.append((column - 1, row - 1)) }
        (row, column) = (row - 1, column - 1)
      } else if cost == table[(row - 1) * width + column] + 1 {
        row -= 1
      } else if cost == table[row * width + column - 1] + 1 {
        column -= 1
      } else {
        (row, column) = (row - 2, column - 2)
      }
    }
    return pairs
  }
}

/// How many letters a typed word and others differ by: letters put in, left out, exchanged, or swapped with their
/// neighbour (optimal string alignment; Damerau 1964).
///
/// The table of numbers that textbooks have. `EditAutomaton` finds near words; this says which letters of two words belong to each other.
struct EditDistance {
  private let typed: [UInt32]
  private let limit: Int
  private let width: Int
  /// Row i holds the distances of the first i letters of the last word from all beginnings of the typed one. The rows of what a
  /// word shares with the one before are kept.
  private var table: [Int]
  private var last: [UInt32] = []
  /// Rows that belong to `last`.
  private var rows = 0

  init(_ typed: [UInt32], limit: Int) {
    self.typed = typed
    self.limit = limit
    width = typed.count + 1
    table = Array(0..<width)
  }

  /// The distance of a word; nil beyond the limit.
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

  /// Pairs of indices (in the typed word, in the last word) that an alignment of minimum cost puts on each other, letters
  /// that are the same.
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

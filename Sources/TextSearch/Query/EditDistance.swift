/// How many letters a typed word and others differ by: letters put in, left out, exchanged, or swapped with their
/// neighbour (optimal string alignment; Damerau 1964).
///
/// Words come in ascending order, so most share their beginning with the one before, and the rows of the table that belong
/// to it are kept.
struct EditDistance {
  private let typed: [UInt32]
  private let limit: Int
  private let width: Int
  /// Row i holds the distances of the first i letters of the last word from all beginnings of the typed one.
  private var table: [Int]
  private var last: [UInt32] = []
  /// Rows that belong to `last`.
  private var rows = 0
  /// Letters of `last` after which no word can be near enough any more; beyond its end for none.
  private var deadEnd = Int.max

  /// Letters that the last word begins with and no word near enough does; nil if there may be such words.
  var deadLetters: Int? { deadEnd == .max ? nil : deadEnd }

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
    if shared >= deadEnd { return nil }
    deadEnd = .max
    rows = min(rows, shared)
    last = word
    guard abs(word.count - typed.count) <= limit else { return nil }
    while rows < word.count {
      if fillRow(rows + 1) > limit {
        deadEnd = rows + 1
        rows += 1
        return nil
      }
      rows += 1
    }
    let distance = table[word.count * width + typed.count]
    return distance <= limit ? distance : nil
  }

  /// Fills a row; gives the least distance in it and the row before, which the rows behind depend on.
  private mutating func fillRow(_ row: Int) -> Int {
    let start = row * width
    if table.count < start + width { table += [Int](repeating: 0, count: start + width - table.count) }
    table[start] = row
    var least = row
    for column in 1..<max(width, 1) {
      let above = start - width + column
      let isSame = last[row - 1] == typed[column - 1]
      var cost = min(table[above - 1] + (isSame ? 0 : 1), table[above] + 1, table[start + column - 1] + 1)
      if row > 1, column > 1, last[row - 1] == typed[column - 2], last[row - 2] == typed[column - 1] {
        cost = min(cost, table[above - width - 2] + 1)
      }
      table[start + column] = cost
      least = min(least, cost)
    }
    // A swap reaches over one row.
    return row > 1 ? min(least, table[(start - width)..<start].min() ?? least) : least
  }

  /// Pairs of places (of the typed word, of the last word) that an alignment of least cost puts on each other, letters
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

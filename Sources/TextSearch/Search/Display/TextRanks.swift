/// Ranks texts by their keys in a collation: each key is written once, and only what was ranked is kept.
struct TextRanks {
  /// A key among `keys`.
  private struct Entry {
    /// The first eight bytes of the key, the first one highest: most comparisons read no more.
    let prefix: UInt64
    let start: Int
    let count: UInt32
    /// What the text is of.
    let number: UInt32
  }

  private var writer: CollationKeyWriter
  private var keys: [UInt8] = []
  private var entries: [Entry] = []

  init(_ collation: Collation) { writer = CollationKeyWriter(collation) }

  /// Number of texts.
  var count: Int { entries.count }

  /// Adds a composed text in UTF-8.
  ///
  /// - Parameter number: what it is of; no number comes twice.
  mutating func add(_ text: [UInt8], of number: Int) {
    let start = keys.count
    writer.append(text, to: &keys)
    var prefix: UInt64 = 0
    for index in start..<start + 8 { prefix = prefix << 8 | (index < keys.count ? UInt64(keys[index]) : 0) }
    entries.append(
      Entry(prefix: prefix, start: start, count: UInt32(clamping: keys.count - start), number: UInt32(number)))
  }

  /// Returns the rank of each number below `limit`, from 0 on; equal texts have one rank. `missing` for numbers without a text.
  consuming func ranks(limit: Int) -> [UInt32] {
    let keys = keys
    entries.sort { TextRanks.isBefore($0, $1, keys) }
    var ranks = [UInt32](repeating: TextRanks.missing, count: limit)
    var rank: UInt32 = 0
    for index in entries.indices {
      if index > 0, TextRanks.isBefore(entries[index - 1], entries[index], keys) { rank += 1 }
      ranks[Int(entries[index].number)] = rank
    }
    return ranks
  }

  /// The rank of what has no text.
  static let missing = UInt32.max

  private static func isBefore(_ a: Entry, _ b: Entry, _ keys: [UInt8]) -> Bool {
    if a.prefix != b.prefix { return a.prefix < b.prefix }
    let common = Int(min(a.count, b.count))
    var index = min(8, common)
    while index < common {
      let (x, y) = (keys[a.start + index], keys[b.start + index])
      if x != y { return x < y }
      index += 1
    }
    return a.count < b.count
  }
}

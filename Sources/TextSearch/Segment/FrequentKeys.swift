/// Keys of words so frequent that most documents are asked for pairs of two of them: the first forty or so by their share of
/// the tokens of French texts and the first ten of Vietnamese ones, whatever the language of a word.
///
/// A part of the format: pair filters of different segments are merged as they are, so that the keys are the same in all.
enum FrequentKeys {
  /// As the analyzer makes them: `cete` is that of cette, `etre` that of est.
  static let all: [[UInt8]] = text.utf8.split { $0 == 0x20 || $0 == 0x0A }.map(Array.init)

  private static let text = """
    a au aux avait avec ce cete come dans de des du ele en et etre fair il je la le les leur lui mais me ne nous on ou par
    pas plus pour que qui sa se ses si son sur tout un une vous
    cac co cua do duoc la mot nam trong va
    """

  /// A power of two, more than twice the number of keys.
  private static let slots = 128
  private static let longest = 5

  /// Each key as a number in the first free slot from its own on; 0 where there is none.
  private static let table: [UInt64] = {
    var table = [UInt64](repeating: 0, count: slots)
    for key in all {
      let number = number(key.span)
      var slot = slot(of: number)
      while table[slot] != 0, table[slot] != number { slot = (slot + 1) % slots }
      table[slot] = number
    }
    return table
  }()

  static func contains(_ key: Span<UInt8>) -> Bool {
    if key.count > longest { return false }
    let number = number(key)
    var slot = slot(of: number)
    while table[slot] != 0 {
      if table[slot] == number { return true }
      slot = (slot &+ 1) % slots
    }
    return false
  }

  /// The bytes of a key, one behind the other, below a 1 that tells keys of zero bytes apart.
  private static func number(_ key: Span<UInt8>) -> UInt64 {
    var number: UInt64 = 1
    for index in key.indices { number = number &<< 8 | UInt64(key[index]) }
    return number
  }

  private static func slot(of number: UInt64) -> Int { Int((number &* 0x9E37_79B9_7F4A_7C15) &>> 57) }
}

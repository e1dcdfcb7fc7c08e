/// How a walk over words in the order of their folded writing goes on.
enum WordWalk {
  case next
  /// Words that begin with so many bytes of this one's folded writing are not wanted.
  case skip(Int)
  case stop

  /// What comes right behind all strings that begin with a prefix; empty if nothing does.
  static func successor(of prefix: some Collection<UInt8>) -> [UInt8] {
    var bytes = Array(prefix)
    while let last = bytes.popLast() {
      if last < .max { return bytes + [last + 1] }
    }
    return []
  }
}

/// How a walk over words in the order of their folded writing goes on.
enum WordWalk {
  case next
  /// Words that begin with so many bytes of this one's folded writing are not wanted.
  case skip(Int)
  case stop
}

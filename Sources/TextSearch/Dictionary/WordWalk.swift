/// The next step of a walk over words in the order of their folded spellings.
enum WordWalk {
  case next
  /// Skips the words that share this number of first bytes with the word's folded spelling.
  case skip(Int)
  case stop
}

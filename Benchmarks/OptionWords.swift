/// The words of a command line. Reading an option removes it; the remaining words are the operands.
struct OptionWords {
  private var words: [String]

  init(_ words: [String]) { self.words = words }

  /// Removes an option and returns its value; nil if the option is not given.
  mutating func value(of name: String) throws(WrongAnswer) -> String? {
    guard let index = words.firstIndex(of: name) else { return nil }
    try require(index + 1 < words.count, "\(name) needs a value")
    defer { words.removeSubrange(index...index + 1) }
    return words[index + 1]
  }

  /// Removes an option and returns its value as a number, at least 1; nil if the option is not given.
  mutating func number(of name: String) throws(WrongAnswer) -> Int? {
    guard let text = try value(of: name) else { return nil }
    guard let number = Int(text), number > 0 else {
      throw WrongAnswer(description: "\(name) needs a number from 1, not \(text)")
    }
    return number
  }

  /// Whether an option without a value is given; removes it.
  mutating func has(_ name: String) -> Bool {
    defer { words.removeAll { $0 == name } }
    return words.contains(name)
  }

  /// Returns the remaining words.
  ///
  /// - Throws: ``WrongAnswer`` if one of them is an option, which is then unknown.
  func operands() throws(WrongAnswer) -> [String] {
    if let unknown = words.first(where: { $0.hasPrefix("--") }) {
      throw WrongAnswer(description: "unknown option \(unknown)")
    }
    return words
  }
}

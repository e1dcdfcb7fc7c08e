/// The words of a command line, out of which options are taken; what stays are the operands.
struct OptionWords {
  private var words: [String]

  init(_ words: [String]) { self.words = words }

  /// The value after an option; nil if the option is not there.
  mutating func value(of name: String) throws(WrongAnswer) -> String? {
    guard let place = words.firstIndex(of: name) else { return nil }
    try require(place + 1 < words.count, "\(name) needs a value")
    defer { words.removeSubrange(place...place + 1) }
    return words[place + 1]
  }

  /// The number after an option, at least 1.
  mutating func number(of name: String) throws(WrongAnswer) -> Int? {
    guard let text = try value(of: name) else { return nil }
    guard let number = Int(text), number > 0 else {
      throw WrongAnswer(description: "\(name) needs a number, not \(text)")
    }
    return number
  }

  /// Whether an option without value is there.
  mutating func has(_ name: String) -> Bool {
    defer { words.removeAll { $0 == name } }
    return words.contains(name)
  }

  /// What is left; an option that nobody took is an error.
  func operands() throws(WrongAnswer) -> [String] {
    if let unknown = words.first(where: { $0.hasPrefix("--") }) {
      throw WrongAnswer(description: "unknown option \(unknown)")
    }
    return words
  }
}

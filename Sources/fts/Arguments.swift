/// An option of the command: one table makes the parser and the help.
struct OptionSpecification: Sendable {
  let name: String
  var short: Character?
  /// What its value is called in the help; nil for an option without value.
  var value: String?
  let help: String
}

/// A subcommand: its place in the help, its options, what it does.
struct Subcommand: Sendable {
  let name: String
  let usage: String
  let summary: String
  let details: String
  let options: [OptionSpecification]
  /// Gives the exit status.
  let run: @Sendable (Arguments) throws -> Int32
}

/// A wrong command line; the message says what and what to do.
struct UsageError: Error, CustomStringConvertible {
  let description: String
}

/// A command line taken apart by an option table.
struct Arguments {
  private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  init(_ words: some Sequence<String>, _ options: [OptionSpecification]) throws(UsageError) {
    var words = Array(words)[...]
    while let word = words.popFirst() {
      if word == "--" {
        operands += words
        return
      }
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      if word.hasPrefix("--") {
        try takeLong(word, &words, options)
      } else {
        try takeShort(word, &words, options)
      }
    }
  }

  private mutating func takeLong(
    _ word: String, _ words: inout ArraySlice<String>, _ options: [OptionSpecification]
  ) throws(UsageError) {
    let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let option = options.first(where: { $0.name == parts[0] }) else {
      throw UsageError(description: "unknown option --\(parts[0]); try: fts help")
    }
    if option.value == nil {
      guard parts.count == 1 else { throw UsageError(description: "--\(option.name) takes no value") }
      values[option.name, default: []].append("")
    } else if let value = parts.count == 2 ? parts[1] : words.popFirst() {
      values[option.name, default: []].append(value)
    } else {
      throw UsageError(description: "--\(option.name) needs a value: --\(option.name) \(option.value ?? "")")
    }
  }

  /// `-n 5`, `-n5`.
  private mutating func takeShort(
    _ word: String, _ words: inout ArraySlice<String>, _ options: [OptionSpecification]
  ) throws(UsageError) {
    let letter = word[word.index(after: word.startIndex)]
    guard let option = options.first(where: { $0.short == letter }) else {
      throw UsageError(
        description: "unknown option -\(letter); a query that begins with - goes after --; try: fts help")
    }
    let rest = String(word.dropFirst(2))
    if option.value == nil {
      guard rest.isEmpty else { throw UsageError(description: "-\(letter) takes no value") }
      values[option.name, default: []].append("")
    } else if let value = rest.isEmpty ? words.popFirst() : rest {
      values[option.name, default: []].append(value)
    } else {
      throw UsageError(description: "-\(letter) needs a value: -\(letter) \(option.value ?? "")")
    }
  }

  func has(_ name: String) -> Bool { values[name] != nil }

  func value(_ name: String) -> String? { values[name]?.last }

  func all(_ name: String) -> [String] { values[name] ?? [] }

  /// A whole number in a range.
  func number(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(
        description: "--\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
    }
    return number
  }
}

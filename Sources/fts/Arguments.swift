/// A command line parsed with an option table: operands, and the values of options by name.
struct Arguments {
  private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  /// Parses words; operands and options may be mixed, all words after `--` are operands.
  ///
  /// - Throws: ``UsageError`` for an unknown option, a missing value and a value of an option without one.
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

  /// Parses `--name`, `--name value` or `--name=value`.
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

  /// Parses `-n`, `-n 5` or `-n5`.
  private mutating func takeShort(
    _ word: String, _ words: inout ArraySlice<String>, _ options: [OptionSpecification]
  ) throws(UsageError) {
    let letter = word[word.index(after: word.startIndex)]
    guard let option = options.first(where: { $0.short == letter }) else {
      throw UsageError(
        description: "unknown option -\(letter); a query that begins with - goes after --; try: fts help")
    }
    let tail = String(word.dropFirst(2))
    if option.value == nil {
      guard tail.isEmpty else { throw UsageError(description: "-\(letter) takes no value") }
      values[option.name, default: []].append("")
    } else if let value = tail.isEmpty ? words.popFirst() : tail {
      values[option.name, default: []].append(value)
    } else {
      throw UsageError(description: "-\(letter) needs a value: -\(letter) \(option.value ?? "")")
    }
  }

  /// Whether an option is given.
  func has(_ name: String) -> Bool { values[name] != nil }

  /// Returns the last value of an option; nil if it is not given.
  func value(_ name: String) -> String? { values[name]?.last }

  /// Returns all values of an option in the order given.
  func all(_ name: String) -> [String] { values[name] ?? [] }

  /// Returns the value of an option as a whole number in a range; nil if the option is not given.
  ///
  /// - Throws: ``UsageError`` for a value that is no such number.
  func number(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(
        description: "--\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
    }
    return number
  }

  /// Returns the value of an option as a size in bytes; nil if the option is not given. A size is a whole number with K, M
  /// or G for 2^10, 2^20 or 2^30 bytes: 512M, 2G.
  ///
  /// - Throws: ``UsageError`` for a value that is no such size, or is less than `minimum`.
  func size(_ name: String, minimum: Int) throws(UsageError) -> Int? {
    guard let text = value(name) else { return nil }
    let shifts: [Character: Int] = ["K": 10, "M": 20, "G": 30]
    let shift = text.last.flatMap { shifts[$0] }
    let digits = shift == nil ? text[...] : text.dropLast()
    let number = digits.utf8.allSatisfy { $0 &- 0x30 < 10 } ? Int(digits) : nil
    let (bytes, overflows) = (number ?? 0).multipliedReportingOverflow(by: 1 << (shift ?? 0))
    guard number != nil, !overflows, bytes >= minimum else {
      throw UsageError(
        description: "--\(name) takes a size from \(minimum >> 20)M on: 512M or 2G, not '\(text)'")
    }
    return bytes
  }
}

/// A wrong command line. The description says what is wrong and what to type.
struct UsageError: Error, CustomStringConvertible {
  let description: String
}

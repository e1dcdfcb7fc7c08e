/// Conventions of the sources and documents that no compiler checks. Each check returns what breaks it in a file, one line each.
enum SourceConvention {
  /// Names of types that were given up for the field's words: they must not come back.
  static let retiredTypes: Set<String> = [
    "AskedPair", "BegunWords", "BlockBounds", "BlockRecord", "BlockRecords", "ColumnPlace", "EditRows", "Finalists",
    "FoundPlaces", "HeldPairs", "ImpactFront", "MarkRule", "MarkedSlots", "MarkedSpellings", "Normalizers",
    "OracleComparison", "PairCandidates", "PairQuestions", "PhraseBeginnings", "PhrasePlace", "PositionPlace",
    "PositionRun", "PostingPlace", "Recipe", "RunMerger", "ScoreBoard", "SharedBest", "Survivors", "TopPlaces",
    "WindowedSearch", "WordX", "Writing", "WritingCache",
  ]

  /// Parts of type names that stand for another word of the field: offset, spelling, candidate, probe, preset, reference, range,
  /// start.
  static let retiredParts: Set<String> = [
    "Place", "Places", "Writing", "Writings", "Survivor", "Survivors", "Finalist", "Finalists", "Question", "Questions",
    "Recipe", "Recipes", "Oracle", "Oracles", "Stretch", "Stretches", "Beginning", "Beginnings",
  ]

  private static func lines(_ text: String) -> [(number: Int, text: Substring)] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { ($0.offset + 1, $0.element) }
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }

  // MARK: Words

  /// Comments that begin with "The same" instead of saying what something does.
  static func vagueComments(_ file: ProjectFile) -> [String] {
    lines(file.comments).compactMap { line in
      let text = line.text.drop { $0 == " " }
      guard let first = text.first, "/#*".contains(first) else { return nil }
      let comment = text.drop { "/#*- ".contains($0) }
      let isVague = comment.hasPrefix("The same") && comment.dropFirst(8).first?.isLetter != true
      return isVague ? "\(file.path):\(line.number): \(comment)" : nil
    }
  }

  /// Names in the code that say most or least where maximum or minimum is meant.
  static func comparativeNames(_ file: ProjectFile) -> [String] {
    let names = Set(file.code.split { !isWord($0) }).filter { $0.contains("ost") || $0.contains("east") }
    return names.sorted().compactMap { name in
      name.contains(#/^(?:most|least)[A-Z]|[a-z0-9](?:Most|Least)[A-Z]/#) ? "\(file.path): \(name)" : nil
    }
  }

  /// Types that are declared under a retired name.
  static func retiredTypes(_ file: ProjectFile) -> [String] {
    declarations(file).compactMap { declaration in
      let parts = declaration.name.matches(of: #/[A-Z][a-z0-9]*/#).map { String($0.0) }
      let isRetired = retiredTypes.contains(declaration.name) || !retiredParts.isDisjoint(with: parts)
      return isRetired && declaration.keyword != "extension" ? "\(file.path): \(declaration.name)" : nil
    }
  }

  /// How often the word *place* stands in a text: an offset, an index, a position, an address or a folder has its own name.
  static func places(_ text: String) -> Int {
    text.split { !isWord($0) }.count { ["place", "places", "Place", "Places"].contains($0) }
  }

  /// What was to be filled in later. A task may stay with its owner: TODO(name).
  static func placeholders(_ file: ProjectFile) -> [String] {
    lines(file.text).flatMap { line in
      line.text.split { !isWord($0) }.filter { word in
        guard ["FIGURES", "FIGURES_NOTE", "TODO", "FIXME", "XXX", "Lorem", "lorem"].contains(word) else { return false }
        return word != "TODO" || line.text[word.endIndex...].prefixMatch(of: #/\([a-z]+\)/#) == nil
      }.map { "\(file.path):\(line.number): \($0)" }
    }
  }

  // MARK: Files and types

  /// Types and extensions that a file declares, in their order.
  private static func declarations(_ file: ProjectFile) -> [(keyword: String, name: String)] {
    let keywords: Set<Substring> = ["struct", "class", "enum", "protocol", "actor", "typealias", "extension"]
    return lines(file.code).compactMap { line in
      let words = line.text.split { !isWord($0) }
      guard let index = words.firstIndex(where: keywords.contains), let name = words.dropFirst(index + 1).first,
        name.first?.isUppercase == true
      else { return nil }
      return (String(words[index]), String(name))
    }
  }

  /// Whether a file has another name than the type that it opens with: `Type.swift`, or `Type+Aspect.swift` for an extension.
  static func misnamedFile(_ file: ProjectFile) -> [String] {
    guard file.isSwift else { return [] }
    guard let first = declarations(file).first else { return ["\(file.path): declares no type"] }
    let isExtension = first.keyword == "extension"
    let isRight =
      isExtension ? file.name.hasPrefix(first.name + "+") : file.name == first.name + ".swift"
    return isRight ? [] : ["\(file.path): opens with \(first.keyword) \(first.name)"]
  }

  // MARK: Parameters

  /// Functions, initialisers and subscripts with four or more parameters without a label.
  static func unlabelledParameters(_ file: ProjectFile) -> [String] {
    let pattern = #/\b(?:func +(?:`[^`]*`|[^ (<]+)|init[?!]?|subscript) *(?:<[^{}()]*>)?\(/#
    return file.code.matches(of: pattern).compactMap { match in
      let count = parameters(file.code[match.range.upperBound...]).count { parameter in
        parameter.contains(#/^\s*(?:@\w+\s+)*_\s/#)
      }
      return count >= 4 ? "\(file.path): \(match.0) has \(count)" : nil
    }
  }

  /// The parameters up to the parenthesis that closes a list.
  private static func parameters(_ code: Substring) -> [Substring] {
    var parameters: [Substring] = []
    var (depth, start, previous) = (0, code.startIndex, Character(" "))
    for index in code.indices {
      let character = code[index]
      if "([{<".contains(character) { depth += 1 }
      if ")]}".contains(character) || character == ">" && previous != "-" { depth -= 1 }
      if depth < 0 || depth == 0 && character == "," {
        parameters.append(code[start..<index])
        start = code.index(after: index)
      }
      if depth < 0 { break }
      previous = character
    }
    return parameters
  }

  // MARK: References

  /// What documentation names although it is not there: files, articles, and symbols that no source mentions.
  ///
  /// - Parameters:
  ///   - paths: all files of the repository.
  ///   - symbols: all words in the code of the sources.
  static func danglingReferences(_ file: ProjectFile, paths: Set<String>, symbols: Set<String>) -> [String] {
    let names = FileNames(paths)
    let documentation = file.isMarkdown ? withoutExamples(file.text) : file.comments
    guard file.isMarkdown || file.isSwift else { return [] }
    return lines(documentation).flatMap { line in
      let missing =
        files(in: line.text, links: file.isMarkdown).filter { !names.contain($0, from: file.path) }
        + articles(in: line.text).filter { !names.contain(FileNames.articles + "/" + $0 + ".md", from: "") }
        + self.symbols(in: line.text).filter { !symbols.contains($0) }
      return missing.map { "\(file.path):\(line.number): \($0)" }
    }
  }

  /// A Markdown text with blank lines instead of its fenced blocks.
  private static func withoutExamples(_ text: String) -> String {
    var isInside = false
    return lines(text).map { line in
      let isFence = line.text.drop { $0 == " " }.hasPrefix("```")
      if isFence { isInside.toggle() }
      return isFence || isInside ? "" : String(line.text)
    }.joined(separator: "\n")
  }

  private static func files(in line: Substring, links: Bool) -> [String] {
    var files: [String] = []
    let words = line.split { !isWord($0) && !"/.+-*<>".contains($0) }.map { $0.hasSuffix(".") ? $0.dropLast() : $0 }
    let named = words.filter { word in [".md", ".swift", ".py", ".svg", ".java"].contains(where: word.hasSuffix) }
    files += named.filter { $0.wholeMatch(of: #/[\w+\-.\/]*\w\.\w+/#) != nil && !$0.hasPrefix("//") }.map(String.init)
    if line.contains("`"), line.contains("/") {
      let spans = line.replacing(#/``[^`]*``/#, with: "").split(separator: "`", omittingEmptySubsequences: false)
      files += spans.enumerated().filter { $0.offset % 2 == 1 && isPath($0.element) }.map { String($0.element) }
    }
    if links {
      files += line.matches(of: #/\]\(([^)\s#:]+)[)#]/#).map { String($0.1) }
    }
    return files
  }

  /// Whether a word in code font is a path of the repository: none outside, none of the test data, no pattern and no blank to
  /// fill in.
  private static func isPath(_ text: Substring) -> Bool {
    guard text.contains("/"), text.wholeMatch(of: #/[\w.+\-][\w.+\-\/]*/#) != nil, !text.hasPrefix("..") else {
      return false
    }
    let first = text.prefix { $0 != "/" }
    return !["bench", "ir", "analysis"].contains(first) && first.contains { !$0.isUppercase }
  }

  private static func articles(in line: Substring) -> [String] {
    guard line.contains("<doc:") || line.contains("article") else { return [] }
    return line.matches(of: #/<doc:([\w\-]+)>/#).map { String($0.1) }
      + line.matches(of: #/\barticles? `?([A-Z]\w+)/#).map { String($0.1) }
  }

  private static func symbols(in line: Substring) -> [String] {
    guard line.contains("``") else { return [] }
    return line.matches(of: #/``([^`]+)``/#).flatMap { match in
      match.1.prefix { $0 != "(" }.split(separator: "/").map(String.init).filter { $0.contains(where: \.isLetter) }
    }
  }

  /// The files and folders of the repository, by path and by name.
  private struct FileNames {
    static let articles = "Sources/TextSearch/TextSearch.docc"

    private let paths: Set<String>
    private let names: Set<String>

    init(_ paths: Set<String>) {
      self.paths = paths
      names = Set(paths.map { String($0.split(separator: "/").last ?? "") })
    }

    /// Whether a path exists below the repository, beside the file that names it, or where its readers look; a name alone
    /// anywhere.
    func contain(_ path: String, from file: String) -> Bool {
      let path = path.hasSuffix("/") ? String(path.dropLast()) : path
      guard path.contains("/") else { return names.contains(path) }
      let folder = file.split(separator: "/").dropLast().joined(separator: "/")
      return ["", folder + "/", FileNames.articles + "/", "Sources/TextSearch/"].contains { paths.contains($0 + path) }
    }
  }
}

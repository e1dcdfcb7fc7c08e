/// The front matter at the start of a Markdown file: title and attributes.
///
/// Three forms are read: YAML between lines of `---` (`YAMLMapping`), TOML between lines of `+++` (`TOMLTable`) and a
/// JSON object that begins with the file. Members of mappings have names with points: `author.name`. A member called
/// `title`, in any case, is the title; `date` and `lang` are written in lower case, other names as they stand.
struct FrontMatter: Equatable {
  private(set) var title: String?
  private(set) var attributes: [String: [String]] = [:]
  /// What was not understood, with line numbers from 1 in the file.
  private(set) var problems: [TextDocument.Problem] = []
  /// Number of lines of the file that belong to the front matter.
  private(set) var lineCount = 0

  /// Finds the front matter of a file; nil if its lines do not begin with one.
  ///
  /// Text between two lines of dashes that is no mapping is no front matter.
  init?(_ lines: [Substring]) {
    guard let first = lines.first else { return nil }
    switch TextDocument.trimmed(first) {
    case "---" where first.hasPrefix("-"):
      guard let end = FrontMatter.end(lines, ["---", "..."]), let mapping = YAMLMapping(lines[1..<end]) else {
        return nil
      }
      lineCount = end + 1
      problems = mapping.problems
      take(mapping.members)
    case "+++" where first.hasPrefix("+"):
      guard let end = FrontMatter.end(lines, ["+++"]) else { return nil }
      let table = TOMLTable(lines[1..<end])
      // Text between two rules of plus signs has no members.
      guard !table.members.members.isEmpty || table.problems.isEmpty else { return nil }
      lineCount = end + 1
      problems = table.problems
      take(table.members)
    case let start where start.hasPrefix("{") && first.hasPrefix("{"):
      guard let (object, count) = FrontMatter.object(lines) else { return nil }
      lineCount = count
      take(object.members)
    default: return nil
    }
  }

  /// Returns the index of the line that ends the front matter: one of some signs and blanks, at its beginning.
  private static func end(_ lines: [Substring], _ signs: [String]) -> Int? {
    lines.dropFirst().firstIndex { line in
      signs.contains { line.hasPrefix($0) } && signs.contains(TextDocument.trimmed(line))
    }
  }

  /// Reads the JSON object at the start of the file and the number of its lines; nil if there is none.
  private static func object(_ lines: [Substring]) -> (JSONLine, Int)? {
    let bytes = Array(lines.joined(separator: "\n").utf8)
    var elements = JSONElements(bytes.span)
    guard case .value(let range, _)? = elements.next(),
      let object = try? JSONLine(bytes.span.extracting(range))
    else { return nil }
    // Nothing may stand behind it on its last line.
    let tail = bytes[range.upperBound...].prefix { $0 != 0x0A }
    guard tail.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return nil }
    return (object, bytes[range].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) })
  }

  /// Sets title and attributes. The last of several members with one name wins.
  private mutating func take(_ record: RecordMembers) {
    for member in record.members {
      let (name, values) = (member.name, member.values.filter { !$0.isEmpty })
      guard !values.isEmpty else { continue }
      let lowered = name.lowercased()
      switch lowered {
      case "title": title = values.joined(separator: ", ")
      case "date", "lang": attributes[lowered] = values
      default: attributes[name] = values
      }
    }
  }
}

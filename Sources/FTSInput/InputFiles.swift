import TextSearch

/// The files of the inputs of a build, folder by folder in byte order.
struct InputFiles {
  /// A file to read.
  struct File: Equatable {
    /// The path to open.
    let path: String
    /// The path relative to the input, of which the keys of its documents are made.
    let name: String
    let kind: Kind
  }

  /// The type of a file.
  enum Kind: Equatable {
    case markdown, plain, page, jsonLines, json, commaSeparated, tabSeparated, standardInput
  }

  private(set) var files: [File] = []
  private(set) var problems: [InputProblem] = []
  /// Files in folders that were passed over because of their type, by extension (`InputReport.passedOver`).
  private(set) var passedOver: [String: Int] = [:]
  /// The visited folders of the current input. A folder is read once, even if several links lead to it.
  private var visited: Set<FolderIdentity> = []

  /// Device and inode number of a folder.
  private struct FolderIdentity: Hashable {
    let device: UInt64
    let number: UInt64
  }

  /// Finds the files of the inputs. What cannot be read inside a folder is added to `problems`.
  ///
  /// - Throws: `SearchError.system` for an input that does not exist or cannot be read.
  init(_ inputs: [String]) throws(SearchError) {
    for input in inputs {
      visited.removeAll()
      let prefix = inputs.count > 1 ? InputFiles.withoutSlashes(input) : ""
      try add(input, prefix: prefix)
    }
  }

  /// Adds a file, the files of a folder, or standard input.
  private mutating func add(_ input: String, prefix: String) throws(SearchError) {
    if input == "-" {
      files.append(File(path: "-", name: "-", kind: .standardInput))
      return
    }
    switch try SystemCalls.kind(of: input) {
    case nil:
      throw .system(operation: "find", path: input, code: SystemCalls.noSuchFile)
    case .folder:
      let folder = InputFiles.withoutSlashes(input)
      _ = try SystemCalls.names(in: folder)
      walk(folder, prefix: prefix)
    case let kind?:
      // Files named as inputs are read whatever their extension.
      let name = prefix.isEmpty ? String(input.split(separator: "/").last ?? "-") : prefix
      files.append(File(path: input, name: name, kind: InputFiles.kind(of: input) ?? .plain))
      // A named pipe can be opened only once.
      if kind == .file { SystemCalls.close(try SystemCalls.openForReading(input)) }
    }
  }

  /// Adds the files of a folder and its subfolders, except hidden files and `README.md`.
  private mutating func walk(_ folder: String, prefix: String) {
    // Prevents an endless loop through a link to a parent folder.
    guard let (device, number) = SystemCalls.identity(of: folder),
      visited.insert(FolderIdentity(device: device, number: number)).inserted
    else { return }
    do {
      for name in try SystemCalls.names(in: folder) where !name.hasPrefix(".") {
        visit(name, folder, key: prefix.isEmpty ? name : prefix + "/" + name)
      }
    } catch {
      problems.append(InputProblem(location: folder, message: error.description))
    }
  }

  /// Adds an entry of a folder. An entry that cannot be examined is a problem and does not end the walk.
  private mutating func visit(_ name: String, _ folder: String, key: String) {
    let path = folder + "/" + name
    let kind = InputFiles.kind(of: name)
    do throws(SearchError) {
      switch try SystemCalls.kind(of: path) {
      case .folder: walk(path, prefix: key)
      case .file where name == "README.md": break
      case .file where kind != nil: files.append(File(path: path, name: key, kind: kind ?? .plain))
      case nil where kind != nil:
        throw SearchError.system(operation: "find", path: path, code: SystemCalls.noSuchFile)
      default: passedOver[InputFiles.suffix(of: name), default: 0] += 1
      }
    } catch {
      problems.append(InputProblem(location: path, message: error.description))
    }
  }

  /// Returns a path without trailing slashes.
  static func withoutSlashes(_ path: String) -> String {
    var path = Substring(path)
    while path.count > 1, path.last == "/" { path = path.dropLast() }
    return String(path)
  }

  /// Returns the type of a file by its extension; nil if files of the type are not read.
  private static func kind(of name: String) -> Kind? {
    switch suffix(of: name) {
    case ".md", ".markdown": .markdown
    case ".txt", ".text": .plain
    case ".html", ".htm", ".xhtml": .page
    case ".jsonl", ".ndjson": .jsonLines
    case ".json": .json
    case ".csv": .commaSeparated
    case ".tsv", ".tab": .tabSeparated
    default: nil
    }
  }

  /// Returns the extension of a name in lower case, with its point; empty if it has none.
  private static func suffix(of name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[dot...].lowercased()
  }

  /// Returns the type of standard input by its first bytes: JSON lines, an array of objects in JSON, or plain text.
  static func kind(ofStart bytes: [UInt8]) -> Kind {
    let mark: [UInt8] = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? [0xEF, 0xBB, 0xBF] : []
    let text = bytes.dropFirst(mark.count).drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if text.first == 0x7B { return .jsonLines }
    let inner = text.dropFirst().drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return text.first == 0x5B && inner.first == 0x7B ? .json : .plain
  }
}

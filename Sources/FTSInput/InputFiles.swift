import TextSearch

/// The files that the inputs of a build name, folder by folder in byte order.
struct InputFiles {
  /// A file to read.
  struct File: Equatable {
    /// As it can be opened.
    let path: String
    /// What the keys of its documents are made of: its path below the input.
    let name: String
    let kind: Kind
  }

  enum Kind: Equatable {
    case markdown, plain, jsonLines, standardInput
  }

  private(set) var files: [File] = []
  private(set) var problems: [InputProblem] = []
  /// Files in folders whose kind is not read.
  private(set) var skipped = 0
  /// Folders of the input that is walked through; each is read once, however many links lead to it.
  private var visited: Set<FolderIdentity> = []

  private struct FolderIdentity: Hashable {
    let device: UInt64
    let number: UInt64
  }

  /// - Throws: an input that does not exist or cannot be read is an error; what lies in a folder is a problem.
  init(_ inputs: [String]) throws(SearchError) {
    for input in inputs {
      visited.removeAll()
      let prefix = inputs.count > 1 ? InputFiles.withoutSlashes(input) : ""
      try add(input, prefix: prefix)
    }
  }

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
      // Named files are read whatever they are called.
      let name = prefix.isEmpty ? String(input.split(separator: "/").last ?? "-") : prefix
      files.append(File(path: input, name: name, kind: InputFiles.kind(of: input) ?? .plain))
      // A named pipe can be opened only once.
      if kind == .file { SystemCalls.close(try SystemCalls.openForReading(input)) }
    }
  }

  private mutating func walk(_ folder: String, prefix: String) {
    // A link to a folder above would never end.
    guard let (device, number) = SystemCalls.identity(of: folder),
      visited.insert(FolderIdentity(device: device, number: number)).inserted
    else { return }
    do {
      for name in try SystemCalls.names(in: folder) where !name.hasPrefix(".") {
        visit(name, folder, key: prefix.isEmpty ? name : prefix + "/" + name)
      }
    } catch {
      problems.append(InputProblem(place: folder, message: error.description))
    }
  }

  /// Takes what a folder holds under a name. One that cannot be examined does not hide the others.
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
      default: skipped += 1
      }
    } catch {
      problems.append(InputProblem(place: path, message: error.description))
    }
  }

  static func withoutSlashes(_ path: String) -> String {
    var path = Substring(path)
    while path.count > 1, path.last == "/" { path = path.dropLast() }
    return String(path)
  }

  private static func kind(of name: String) -> Kind? {
    guard let dot = name.lastIndex(of: ".") else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "md", "markdown": return .markdown
    case "txt", "text": return .plain
    case "jsonl", "ndjson": return .jsonLines
    default: return nil
    }
  }
}

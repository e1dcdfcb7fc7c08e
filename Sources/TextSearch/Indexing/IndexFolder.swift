/// The folder that a writer has locked. Given up when the last owner goes.
final class IndexFolder {
  let path: String
  private let lock: SystemCalls.Descriptor
  /// The folder did not exist before and nothing was committed to it yet: it goes again with its writer.
  private var isTransient: Bool

  /// Makes the folder if need be and takes its lock.
  ///
  /// - Parameter wait: how long to wait for another writer to end.
  /// - Throws: `SearchError.notAnIndex` for a folder with other contents, `.locked` while another writer has it.
  init(_ path: String, wait: Duration) throws(SearchError) {
    let isTransient = try SystemCalls.kind(of: path) == nil
    try IndexFolder.check(path)
    guard let lock = try IndexFolder.lock(path, wait) else { throw .locked(path: path) }
    self.path = path
    self.lock = lock
    self.isTransient = isTransient
  }

  deinit {
    if isTransient {
      try? SystemCalls.remove(path + "/" + IndexFiles.lock)
      try? SystemCalls.removeFolder(path)
    }
    SystemCalls.unlock(lock, path: path + "/" + IndexFiles.lock)
  }

  /// Makes the folder if need be. Refuses folders that hold anything but an index.
  private static func check(_ path: String) throws(SearchError) {
    switch try SystemCalls.kind(of: path) {
    case nil: try SystemCalls.makeFolder(path)
    case .folder: break
    default: throw .notAnIndex(path: path, found: "it is a file, not a folder")
    }
    if try Manifest.isPresent(in: path) { return }
    let foreign = try SystemCalls.names(in: path).first { !IndexFiles.isOwn($0) || $0 == IndexFiles.manifest }
    // A first commit may have come between.
    if let foreign, try !Manifest.isPresent(in: path) { throw .notAnIndex(path: path, found: "it holds \(foreign)") }
  }

  private static let firstPause: Duration = .milliseconds(1)
  private static let longestPause: Duration = .milliseconds(50)

  /// Tries again until the time is over.
  private static func lock(_ path: String, _ wait: Duration) throws(SearchError) -> SystemCalls.Descriptor? {
    var pause = firstPause
    var left = wait
    while true {
      if let lock = try lockOnce(path + "/" + IndexFiles.lock) { return lock }
      guard left > .zero else { return nil }
      SystemCalls.sleep(min(pause, left))
      left -= min(pause, left)
      pause = min(pause * 2, longestPause)
    }
  }

  /// Nil if another writer has the lock.
  private static func lockOnce(_ file: String) throws(SearchError) -> SystemCalls.Descriptor? {
    while true {
      let identity = SystemCalls.identity(of: file)
      guard let lock = try SystemCalls.lock(file) else { return nil }
      // A writer that made the folder and gave up has removed the file that was opened here: then it locks nobody out.
      if let identity, let now = SystemCalls.identity(of: file), identity == now { return lock }
      SystemCalls.unlock(lock, path: file)
    }
  }

  /// Removes files that only a manifest would give a meaning, but for some.
  func removeData(except kept: Set<String>) throws(SearchError) {
    for name in try SystemCalls.names(in: path) where IndexFiles.isData(name) && !kept.contains(name) {
      try SystemCalls.remove(path + "/" + name)
    }
  }

  /// Makes the last commit durable.
  func synchronize() throws(SearchError) {
    let isNew = isTransient
    isTransient = false
    try SystemCalls.synchronizeFolder(path)
    if isNew { try SystemCalls.synchronizeFolder(IndexFolder.parent(of: path)) }
  }

  private static func parent(of path: String) -> String {
    var path = Substring(path)
    while path.count > 1, path.last == "/" { path = path.dropLast() }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

/// The folder of an index, locked by a writer. The lock is released with the last reference.
final class IndexFolder {
  let path: String
  private let lock: SystemCalls.Descriptor
  /// Whether the folder was created here and nothing was committed to it yet: then `deinit` removes it.
  private var isTransient: Bool

  /// Creates the folder if it does not exist and takes its lock.
  ///
  /// - Parameter wait: maximum time to block while another writer has the lock.
  /// - Throws: `SearchError.notAnIndex` for a folder with other contents, `.locked` while another writer has the lock,
  ///   `.system` for errors of the file system.
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

  /// Creates the folder if it does not exist. Rejects folders that hold anything but an index.
  private static func check(_ path: String) throws(SearchError) {
    switch try SystemCalls.kind(of: path) {
    case nil: try SystemCalls.makeFolder(path)
    case .folder: break
    default: throw .notAnIndex(path: path, found: "it is a file, not a folder")
    }
    if try Manifest.isPresent(in: path) { return }
    let foreign = try SystemCalls.names(in: path).first { !IndexFiles.isOwn($0) || $0 == IndexFiles.manifest }
    // Another writer may have committed the first manifest meanwhile.
    if let foreign, try !Manifest.isPresent(in: path) { throw .notAnIndex(path: path, found: "it holds \(foreign)") }
  }

  /// The pause between attempts to lock doubles, from the first to the maximum.
  private static let firstPause: Duration = .milliseconds(1)
  private static let maximumPause: Duration = .milliseconds(50)

  /// Takes the lock, retrying until `wait` is over; returns nil if another writer still has it.
  private static func lock(_ path: String, _ wait: Duration) throws(SearchError) -> SystemCalls.Descriptor? {
    var pause = firstPause
    var left = wait
    while true {
      if let lock = try lockOnce(path + "/" + IndexFiles.lock) { return lock }
      guard left > .zero else { return nil }
      SystemCalls.sleep(min(pause, left))
      left -= min(pause, left)
      pause = min(pause * 2, maximumPause)
    }
  }

  /// Takes the lock; returns nil if another writer has it.
  private static func lockOnce(_ file: String) throws(SearchError) -> SystemCalls.Descriptor? {
    while true {
      let identity = SystemCalls.identity(of: file)
      guard let lock = try SystemCalls.lock(file) else { return nil }
      // A writer that ended without a commit may have removed the file that was opened here. A lock on a removed file
      // excludes nobody.
      if let identity, let now = SystemCalls.identity(of: file), identity == now { return lock }
      SystemCalls.unlock(lock, path: file)
    }
  }

  /// Removes all files that a manifest can refer to, except some.
  func removeData(except kept: Set<String>) throws(SearchError) {
    for name in try SystemCalls.names(in: path) where IndexFiles.isData(name) && !kept.contains(name) {
      try SystemCalls.remove(path + "/" + name)
    }
  }

  /// Makes the last commit durable: blocks until the names in the folder, and of a new folder its own, are on the disk.
  func synchronize() throws(SearchError) {
    let isNew = isTransient
    isTransient = false
    try SystemCalls.synchronizeFolder(path)
    if isNew { try SystemCalls.synchronizeFolder(IndexFolder.parent(of: path)) }
  }

  /// Returns the parent of a folder.
  private static func parent(of path: String) -> String {
    var path = Substring(path)
    while path.count > 1, path.last == "/" { path = path.dropLast() }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

import TestSupport

@testable import TextSearch

/// What a disk holds while calls are made, and what may be left of it after a crash.
///
/// The rule is the weakest that file systems promise: bytes are safe when their file was synced, names when their folder was.
/// Of all else any part may be there: each change of a name by itself, and of bytes all, none, the first half, or zeros.
struct SimulatedDisk {
  /// What is left of bytes that were not synced.
  enum Tearing: CaseIterable {
    case lost, kept, half, zeros, halfThenZeros
  }

  private enum Change {
    case link(String, Int)
    case unlink(String)
    case rename(String, String, Int)
    case makeFolder(String)
    case removeFolder(String)

    /// The folder whose syncing makes it durable.
    var folder: String {
      switch self {
      case .link(let path, _), .unlink(let path), .rename(let path, _, _), .makeFolder(let path),
        .removeFolder(let path):
        SimulatedDisk.parent(path)
      }
    }
  }

  private struct File {
    var bytes: [UInt8] = []
    var durable = 0
  }

  private struct Names {
    var files: [String: Int] = [:]
    var folders: Set<String> = []

    mutating func apply(_ change: Change) {
      switch change {
      case .link(let path, let file): files[path] = file
      case .unlink(let path): files[path] = nil
      case .rename(let old, let new, let file):
        if files[old] == file { files[old] = nil }
        files[new] = file
      case .makeFolder(let path): folders.insert(path)
      case .removeFolder(let path): folders.remove(path)
      }
    }
  }

  private var files: [File] = []
  private var now = Names()
  private var durable = Names()
  private var pending: [Change] = []

  static func parent(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  // MARK: Calls

  /// Whether the call may change what is on the disk.
  @discardableResult
  mutating func make(_ call: SystemCalls.Call) -> Bool {
    switch call.operation {
    case .create: create(call.path)
    case .openLock: if now.files[call.path] == nil { create(call.path) }
    case .write: if let file = now.files[call.path] { files[file].bytes += call.bytes }
    case .synchronize: synchronize(call.path)
    case .move: if let file = now.files[call.path] { change(.rename(call.path, call.target, file)) }
    case .remove: if now.files[call.path] != nil { change(.unlink(call.path)) }
    case .makeFolder: if !now.folders.contains(call.path) { change(.makeFolder(call.path)) }
    case .removeFolder: change(.removeFolder(call.path))
    case .open, .lock, .unlock, .read, .size, .kind, .list, .map: return false
    }
    return true
  }

  private mutating func create(_ path: String) {
    files.append(File())
    change(.link(path, files.count - 1))
  }

  private mutating func change(_ change: Change) {
    now.apply(change)
    pending.append(change)
  }

  private mutating func synchronize(_ path: String) {
    if let file = now.files[path] {
      files[file].durable = files[file].bytes.count
      return
    }
    for change in pending where change.folder == path { durable.apply(change) }
    pending.removeAll { $0.folder == path }
  }

  // MARK: Crashes

  /// What is left of a file: its first bytes, then zeros.
  struct Torn: Hashable {
    fileprivate let file: Int
    let kept: Int
    let zeros: Int
  }

  /// Files of a folder by name; nil if the folder is not there.
  typealias Contents = [String: Torn]?

  /// The bytes of what is left of a file; the file may have grown since.
  func bytes(_ torn: Torn) -> [UInt8] {
    files[torn.file].bytes[..<torn.kept] + [UInt8](repeating: 0, count: torn.zeros)
  }

  /// All that may be left of a folder; changes of names are chosen at random where there are too many for all choices.
  func crashes(in folder: String, _ random: inout SeededRandom) -> [Contents] {
    var found: [Contents] = []
    var seen: Set<Contents> = []
    for mask in masks(&random) {
      var names = durable
      for (index, change) in pending.enumerated() where mask >> UInt64(index) & 1 != 0 { names.apply(change) }
      for tearing in Tearing.allCases {
        let contents = contents(names, folder, tearing)
        if seen.insert(contents).inserted { found.append(contents) }
      }
    }
    return found
  }

  /// Which of the pending changes have reached the disk.
  private func masks(_ random: inout SeededRandom) -> [UInt64] {
    let count = pending.count
    if count <= 5 { return Array(0..<1 << UInt64(count)) }
    let all = (UInt64(1) << UInt64(count)) - 1
    var masks: [UInt64] = [0, all]
    for index in 0..<UInt64(count) { masks += [1 << index, all ^ (1 << index)] }
    for _ in 0..<16 { masks.append(random.next() & all) }
    return masks
  }

  private func contents(_ names: Names, _ folder: String, _ tearing: Tearing) -> Contents {
    guard names.folders.contains(folder) else { return nil }
    var contents: [String: Torn] = [:]
    for (path, file) in names.files where SimulatedDisk.parent(path) == folder {
      contents[String(path.dropFirst(folder.count + 1))] = torn(file, tearing)
    }
    return contents
  }

  private func torn(_ file: Int, _ tearing: Tearing) -> Torn {
    let (all, safe) = (files[file].bytes.count, files[file].durable)
    let half = safe + (all - safe) / 2
    let (kept, zeros) =
      switch tearing {
      case .lost: (safe, 0)
      case .kept: (all, 0)
      case .half: (half, 0)
      case .zeros: (safe, all - safe)
      case .halfThenZeros: (half, all - half)
      }
    return Torn(file: file, kept: kept, zeros: zeros)
  }

  /// What a reader sees now.
  func current(in folder: String) -> Contents { contents(now, folder, .kept) }
}

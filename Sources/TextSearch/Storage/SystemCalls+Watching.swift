import Synchronization

/// Fault injection: tests watch the calls on files and make them fail, to see what a crash or a full disk leaves.
///
/// Without a watch a call costs one more load.
extension SystemCalls {
  /// The kind of a call.
  package enum Operation: String, Sendable, CaseIterable {
    case open, create, openLock, lock, unlock, read, size, kind, list, map, write, synchronize, move, remove
    case makeFolder, removeFolder
  }

  /// A call that is about to be made.
  package struct Call: Sendable {
    package let operation: Operation
    package let path: String
    /// Of `move`: the new path; else empty.
    package let target: String
    /// Of `write`: the bytes to write; else empty.
    package let bytes: [UInt8]

    /// Creates a call that writes nothing.
    init(_ operation: Operation, _ path: String, target: String = "") {
      self.operation = operation
      self.path = path
      self.target = target
      bytes = []
    }

    /// Creates a call with the bytes that it writes.
    init(_ operation: Operation, _ path: String, _ written: Span<UInt8>) {
      self.operation = operation
      self.path = path
      target = ""
      bytes = unsafe written.withUnsafeBufferPointer { unsafe Array($0) }
    }
  }

  /// What a watch does with a call.
  package enum Verdict: Sendable {
    /// The call is made.
    case proceed
    /// The call is not made and fails with this error number.
    case fail(Int32)
    /// Of `write`: this call writes at most this many bytes; another call writes the remainder.
    case shorten(Int)
    /// Of `map`: the file is read into the heap instead.
    case copy
  }

  /// A registered watch.
  private struct Watch: Sendable {
    let number: Int
    let folder: String
    let verdict: @Sendable (Call) -> Verdict
  }

  private static let watches = Mutex<[Watch]>([])
  private static let watchCount = Atomic<Int>(0)

  /// Whether any watch is registered.
  @inline(__always)
  static var isWatched: Bool { watchCount.load(ordering: .relaxed) > 0 }

  /// Calls `verdict` before each call on a path with the prefix `folder`, by any thread, until `stopWatching`.
  ///
  /// - Returns: the number to pass to `stopWatching`.
  package static func startWatching(_ folder: String, _ verdict: @escaping @Sendable (Call) -> Verdict) -> Int {
    watches.withLock { watches in
      let number = (watches.last?.number ?? 0) + 1
      watches.append(Watch(number: number, folder: folder, verdict: verdict))
      watchCount.add(1, ordering: .relaxed)
      return number
    }
  }

  /// Ends a watch.
  ///
  /// - Parameter number: what `startWatching` returned.
  package static func stopWatching(_ number: Int) {
    watches.withLock { watches in
      guard let index = watches.firstIndex(where: { $0.number == number }) else { return }
      watches.remove(at: index)
      watchCount.subtract(1, ordering: .relaxed)
    }
  }

  /// Returns the first verdict on a call that is not `proceed`, in the order of the watches.
  @inline(never)
  static func verdict(on call: Call) -> Verdict {
    // Evaluated without the lock: a watch may make calls itself.
    let matching = watches.withLock { watches in watches.filter { call.path.hasPrefix($0.folder) } }
    for watch in matching {
      let verdict = watch.verdict(call)
      if case .proceed = verdict { continue }
      return verdict
    }
    return .proceed
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Every system call of the engine; nothing else in the library calls the system.
///
/// Calls that throw throw `SearchError.system` with the operation, the path and the error number.
package enum SystemCalls {
  /// An open file, to be closed with `close`.
  package struct Descriptor: Sendable, Equatable {
    let number: Int32
  }

  /// The kind of a file.
  package enum FileKind: Sendable {
    case file, folder, other
  }

  /// Returns the system's text for an error number.
  static func message(_ code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }

  /// The error number for a path that does not exist.
  package static let noSuchFile: Int32 = ENOENT

  /// Creates the error for the call that has just failed, from `errno`.
  private static func failure(_ operation: String, _ path: String) -> SearchError {
    .system(operation: operation, path: path, code: errno)
  }

  /// Makes a call, again while a signal interrupts it. A watch may make it fail.
  ///
  /// - Returns: the result of `perform`; negative on failure, with the error number in `errno`.
  @inline(__always)
  private static func make(_ operation: Operation, _ path: String, target: String = "", _ perform: () -> Int) -> Int {
    make(Call(operation, path, target: target)) { _ in perform() }
  }

  /// Makes a call, again while a signal interrupts it. `perform` receives the verdict of the watches.
  @inline(__always)
  private static func make(_ call: @autoclosure () -> Call, _ perform: (Verdict) -> Int) -> Int {
    while true {
      let verdict = isWatched ? verdict(on: call()) : .proceed
      var result = -1
      if case .fail(let code) = verdict { errno = code } else { result = perform(verdict) }
      if result >= 0 || errno != EINTR { return result }
    }
  }

  // MARK: Reading

  /// Opens a file for reading.
  package static func openForReading(_ path: String) throws(SearchError) -> Descriptor {
    let number = make(.open, path) { unsafe Int(open(path, O_RDONLY | O_CLOEXEC)) }
    guard number >= 0 else { throw failure("open", path) }
    return Descriptor(number: Int32(number))
  }

  /// Reads at most `count` bytes and appends them to `bytes`.
  ///
  /// - Returns: the number of bytes read; 0 at the end of the file.
  package static func read(
    _ file: Descriptor, into bytes: inout [UInt8], count: Int, path: String
  ) throws(SearchError) -> Int {
    // A temporary buffer: zeroing new bytes of the array first would cost more than reading a small file.
    let (taken, code) = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { buffer in
      let taken = make(.read, path) {
        #if canImport(Darwin)
          unsafe Darwin.read(file.number, buffer.baseAddress!, count)
        #elseif canImport(Musl)
          unsafe Musl.read(file.number, buffer.baseAddress!, count)
        #else
          unsafe Glibc.read(file.number, buffer.baseAddress!, count)
        #endif
      }
      // Freeing the buffer may change `errno`.
      let code = errno
      // Safe because: the call has set the first `taken` bytes of the buffer.
      if taken > 0 { unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: buffer.baseAddress!, count: taken)) }
      return (taken, code)
    }
    guard taken >= 0 else { throw .system(operation: "read", path: path, code: code) }
    return taken
  }

  /// Standard input of the process.
  package static let standardInput = Descriptor(number: 0)
  /// Standard output of the process.
  package static let standardOutput = Descriptor(number: 1)
  /// Standard error of the process.
  package static let standardError = Descriptor(number: 2)

  /// Closes a file. Errors are ignored: what must last is synchronized before.
  package static func close(_ file: Descriptor) {
    #if canImport(Darwin)
      _ = Darwin.close(file.number)
    #elseif canImport(Musl)
      _ = Musl.close(file.number)
    #else
      _ = Glibc.close(file.number)
    #endif
  }

  /// Returns the size of a file in bytes.
  static func size(_ file: Descriptor, path: String) throws(SearchError) -> Int {
    var status = stat()
    guard make(.size, path, { unsafe Int(fstat(file.number, &status)) }) == 0 else { throw failure("examine", path) }
    return Int(status.st_size)
  }

  /// Returns the kind of the file at `path`, following links; nil if there is none.
  package static func kind(of path: String) throws(SearchError) -> FileKind? {
    var status = stat()
    guard make(.kind, path, { unsafe Int(stat(path, &status)) }) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw failure("examine", path)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// Returns the device and file number at `path`, which identify a file; nil if it cannot be examined.
  package static func identity(of path: String) -> (UInt64, UInt64)? {
    var status = stat()
    guard make(.kind, path, { unsafe Int(stat(path, &status)) }) == 0 else { return nil }
    return (UInt64(truncatingIfNeeded: status.st_dev), UInt64(status.st_ino))
  }

  /// Returns the names in a folder, without `.` and `..`, in byte order.
  package static func names(in folder: String) throws(SearchError) -> [String] {
    #if canImport(Darwin)
      var opened: UnsafeMutablePointer<DIR>?
    #else
      var opened: OpaquePointer?
    #endif
    _ = make(.list, folder) {
      unsafe opened = opendir(folder)
      return unsafe opened == nil ? -1 : 0
    }
    guard let stream = unsafe opened else { throw failure("read folder", folder) }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw failure("read folder", folder) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The bytes of a file in memory.
  @unsafe
  struct Mapping {
    let address: UnsafeRawPointer
    /// The bytes are in the heap, as a watch requested: a sanitizer then detects reads beyond the file.
    let isCopy: Bool
  }

  /// Maps a whole file for reading; returns nil for an empty one.
  static func map(_ file: Descriptor, count: Int, path: String) throws(SearchError) -> Mapping? {
    guard count > 0 else { return nil }
    var mapping: Mapping?
    let result = make(Call(.map, path)) { verdict in
      if case .copy = verdict {
        unsafe mapping = copy(file, count: count)
      } else if let address = unsafe mmap(nil, count, PROT_READ, MAP_SHARED, file.number, 0),
        unsafe address != MAP_FAILED
      {
        unsafe mapping = Mapping(address: UnsafeRawPointer(address), isCopy: false)
      }
      return unsafe mapping == nil ? -1 : 0
    }
    guard result == 0 else { throw failure("map", path) }
    return unsafe mapping
  }

  /// Reads a file into heap memory of exactly `count` bytes; returns nil on failure.
  private static func copy(_ file: Descriptor, count: Int) -> Mapping? {
    let address = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 16)
    guard unsafe pread(file.number, address, count, 0) == count else {
      unsafe address.deallocate()
      return nil
    }
    return unsafe Mapping(address: UnsafeRawPointer(address), isCopy: true)
  }

  /// Unmaps or frees the bytes of a file; exactly once for each mapping.
  static func unmap(_ mapping: Mapping, count: Int) {
    // Safe because: allocated by `copy`, or mapped by `map`, and released once.
    if unsafe mapping.isCopy { return unsafe mapping.address.deallocate() }
    unsafe munmap(UnsafeMutableRawPointer(mutating: mapping.address), count)
  }

  /// Allocates zeroed memory outside the heap, in huge pages where available.
  ///
  /// `freePages` returns it to the system at once. Meant for large short-lived tables that are written at random:
  /// in the heap they would leave holes. Running out of memory is fatal.
  @unsafe
  static func allocatePages(_ count: Int) -> UnsafeMutableRawPointer {
    #if canImport(Darwin)
      let flags = MAP_PRIVATE | MAP_ANON
    #else
      let flags = MAP_PRIVATE | MAP_ANONYMOUS
    #endif
    let address = unsafe mmap(nil, count, PROT_READ | PROT_WRITE, flags, -1, 0)
    guard unsafe address != MAP_FAILED, let address = unsafe address else { fatalError("out of memory") }
    #if os(Linux)
      unsafe madvise(address, count, MADV_HUGEPAGE)
    #endif
    return unsafe address
  }

  /// Frees `count` bytes that `allocatePages` returned.
  @unsafe
  static func freePages(_ address: UnsafeMutableRawPointer, _ count: Int) { unsafe munmap(address, count) }

  // MARK: Writing

  /// Creates a file, which must not exist, and opens it for writing.
  static func createFile(_ path: String) throws(SearchError) -> Descriptor {
    let number = make(.create, path) {
      unsafe Int(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666))
    }
    guard number >= 0 else { throw failure("create", path) }
    return Descriptor(number: Int32(number))
  }

  /// Writes all bytes at the end of what was written; blocks until the system has taken them.
  package static func write(_ file: Descriptor, _ bytes: Span<UInt8>, path: String) throws(SearchError) {
    var done = 0
    while done < bytes.count {
      let remainder = bytes.extracting(done..<bytes.count)
      let written = make(Call(.write, path, remainder)) { verdict in
        var count = remainder.count
        if case .shorten(let maximum) = verdict { count = min(maximum, count) }
        return unsafe remainder.withUnsafeBufferPointer { buffer in
          #if canImport(Darwin)
            unsafe Darwin.write(file.number, buffer.baseAddress!, count)
          #elseif canImport(Musl)
            unsafe Musl.write(file.number, buffer.baseAddress!, count)
          #else
            unsafe Glibc.write(file.number, buffer.baseAddress!, count)
          #endif
        }
      }
      guard written > 0 else { throw failure("write", path) }
      done += written
    }
  }

  /// Blocks until the bytes of a file are on the disk.
  ///
  /// A failure must not be retried: the state of the file is undefined then.
  static func synchronize(_ file: Descriptor, path: String) throws(SearchError) {
    let result = make(.synchronize, path) {
      #if canImport(Darwin)
        // On Darwin `fsync` may leave the bytes in the cache of the disk.
        if fcntl(file.number, F_FULLFSYNC) == 0 { return 0 }
      #endif
      return Int(fsync(file.number))
    }
    guard result == 0 else { throw failure("flush", path) }
  }

  /// Blocks until the names in a folder are on the disk.
  static func synchronizeFolder(_ path: String) throws(SearchError) {
    let folder = try openForReading(path)
    defer { close(folder) }
    try synchronize(folder, path: path)
  }

  /// Renames a file; an existing file of the new name is replaced atomically.
  static func move(_ old: String, to new: String) throws(SearchError) {
    guard make(.move, old, target: new, { unsafe Int(rename(old, new)) }) == 0 else { throw failure("rename", old) }
  }

  /// Removes a file; a missing one is no error.
  package static func remove(_ path: String) throws(SearchError) {
    guard make(.remove, path, { unsafe Int(unlink(path)) }) == 0 || errno == ENOENT else {
      throw failure("remove", path)
    }
  }

  /// Creates a folder, whose parent must exist; an existing folder is no error.
  package static func makeFolder(_ path: String) throws(SearchError) {
    guard make(.makeFolder, path, { unsafe Int(mkdir(path, 0o777)) }) == 0 || errno == EEXIST else {
      throw failure("make folder", path)
    }
  }

  /// Removes an empty folder.
  package static func removeFolder(_ path: String) throws(SearchError) {
    guard make(.removeFolder, path, { unsafe Int(rmdir(path)) }) == 0 else { throw failure("remove folder", path) }
  }

  /// Opens or creates the lock file and takes the lock, without blocking; returns nil if another writer has it.
  static func lock(_ path: String) throws(SearchError) -> Descriptor? {
    let number = make(.openLock, path) { unsafe Int(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)) }
    guard number >= 0 else { throw failure("open", path) }
    let file = Descriptor(number: Int32(number))
    guard make(.lock, path, { Int(flock(file.number, LOCK_EX | LOCK_NB)) }) == 0 else {
      let code = errno
      close(file)
      if code == EWOULDBLOCK { return nil }
      throw .system(operation: "lock", path: path, code: code)
    }
    return file
  }

  /// Releases the lock and closes its file.
  ///
  /// Closing alone is not enough while another thread starts a process: between fork and exec the child has the file
  /// open too.
  static func unlock(_ file: Descriptor, path: String) {
    _ = make(.unlock, path) { Int(flock(file.number, LOCK_UN)) }
    close(file)
  }

  // MARK: The terminal

  /// Whether a file is a terminal.
  package static func isTerminal(_ file: Descriptor) -> Bool { isatty(file.number) == 1 }

  /// Whether an error is that of writing to a pipe whose reader has closed it.
  package static func isBrokenPipe(_ error: SearchError) -> Bool {
    if case .system(_, _, EPIPE) = error { return true }
    return false
  }

  /// Makes a broken pipe an error of `write` instead of a fatal signal, for the whole process.
  package static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }

  /// Returns the identifier of this process.
  package static func processNumber() -> Int { Int(getpid()) }

  /// Returns the value of an environment variable; nil if it is not set.
  package static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// Returns the peak resident memory of this process in bytes; 0 if unknown.
  package static func peakMemory() -> Int {
    var usage = rusage()
    #if canImport(Glibc)
      let who = Int32(RUSAGE_SELF.rawValue)
    #else
      let who = RUSAGE_SELF
    #endif
    guard unsafe getrusage(who, &usage) == 0 else { return 0 }
    #if canImport(Darwin)
      return Int(usage.ru_maxrss)
    #else
      return Int(usage.ru_maxrss) * 1024
    #endif
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension SystemCalls {
  /// A thread that runs until its body returns; it must be joined exactly once.
  package struct Thread: @unchecked Sendable {
    // Safe because: the handle is opaque, and only `join` uses it.
    fileprivate let handle: pthread_t
  }

  /// The closure of a thread, boxed to pass through the C interface.
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Bytes of a thread's stack: the default of Musl, 128 KiB, is too small.
  private static let stackSize = 1 << 20

  /// Starts a thread; returns nil if the system refuses.
  package static func startThread(_ run: @escaping @Sendable () -> Void) -> Thread? {
    let body = unsafe Unmanaged.passRetained(Body(run)).toOpaque()
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, stackSize)
    #if canImport(Darwin)
      var handle: pthread_t?
      let code = unsafe pthread_create(&handle, &attributes, { unsafe SystemCalls.runBody($0) }, body)
      if code == 0, let handle = unsafe handle { return Thread(handle: handle) }
    #elseif canImport(Musl)
      var handle: pthread_t?
      let code = unsafe pthread_create(&handle, &attributes, { unsafe SystemCalls.runBody($0) }, body)
      if code == 0, let handle = unsafe handle { return Thread(handle: handle) }
    #else
      var handle = pthread_t()
      let code = unsafe pthread_create(&handle, &attributes, { unsafe SystemCalls.runBody($0) }, body)
      if code == 0 { return Thread(handle: handle) }
    #endif
    // Safe because: no thread was started, so nobody else releases the body.
    unsafe Unmanaged<Body>.fromOpaque(body).release()
    return nil
  }

  /// Runs a thread's body: the entry point for the C interface.
  private static func runBody(_ body: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // Safe because: `startThread` passes a retained `Body`, and this releases it once.
    if let body = unsafe body { unsafe Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run() }
    return nil
  }

  /// Blocks until a thread has ended.
  package static func join(_ thread: Thread) { pthread_join(thread.handle, nil) }

  /// Returns the number of processors online, at least 1.
  package static func processorCount() -> Int {
    #if canImport(Darwin)
      let count = sysconf(_SC_NPROCESSORS_ONLN)
    #else
      let count = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    #endif
    return max(1, Int(count))
  }

  /// Returns the time of a monotonic clock in nanoseconds.
  package static func nanoseconds() -> UInt64 {
    var time = timespec()
    guard unsafe clock_gettime(CLOCK_MONOTONIC, &time) == 0 else { return 0 }
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }

  /// Returns the processor time of this process in nanoseconds, all threads together.
  package static func processorNanoseconds() -> UInt64 {
    var time = timespec()
    guard unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return 0 }
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }

  /// Blocks this thread for a time; a signal may end the sleep early.
  static func sleep(_ time: Duration) {
    let (seconds, attoseconds) = time.components
    var interval = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    unsafe nanosleep(&interval, nil)
  }

  /// A mutex and a condition variable to wait on while holding it.
  @safe
  final class Monitor: @unchecked Sendable {
    // Safe because: both are allocated and initialised here, never moved, and destroyed when no reference is left.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>

    init() {
      unsafe mutex = .allocate(capacity: 1)
      unsafe mutex.initialize(to: pthread_mutex_t())
      unsafe pthread_mutex_init(mutex, nil)
      unsafe condition = .allocate(capacity: 1)
      unsafe condition.initialize(to: pthread_cond_t())
      unsafe pthread_cond_init(condition, nil)
    }

    deinit {
      unsafe pthread_cond_destroy(condition)
      unsafe condition.deallocate()
      unsafe pthread_mutex_destroy(mutex)
      unsafe mutex.deallocate()
    }

    /// Blocks until the lock is free, then takes it.
    func lock() { unsafe pthread_mutex_lock(mutex) }

    /// Releases the lock.
    func unlock() { unsafe pthread_mutex_unlock(mutex) }

    /// Releases the lock, blocks until `wakeAll`, and takes the lock again. Wakeups may be spurious: the caller checks
    /// its condition again.
    func wait() { unsafe pthread_cond_wait(condition, mutex) }

    /// Wakes all threads that block in `wait`.
    func wakeAll() { unsafe pthread_cond_broadcast(condition) }
  }
}

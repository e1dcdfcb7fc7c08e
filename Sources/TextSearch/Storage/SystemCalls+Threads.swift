#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension SystemCalls {
  /// A thread that runs until its body returns; to be joined exactly once.
  package struct Thread: @unchecked Sendable {
    // Safe because: an opaque handle that only `join` uses.
    fileprivate let handle: pthread_t
  }

  /// What a thread runs, on its way through the C interface.
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Musl's threads have 128 KiB of stack unless told otherwise.
  private static let stackSize = 1 << 20

  /// Starts a thread; nil if the system gives no more of them.
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
    // No thread has taken the body over.
    unsafe Unmanaged<Body>.fromOpaque(body).release()
    return nil
  }

  private static func runBody(_ body: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // Safe because: `startThread` passes a retained `Body`, which is taken over here once.
    if let body = unsafe body { unsafe Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run() }
    return nil
  }

  /// Waits until a thread has ended.
  package static func join(_ thread: Thread) { pthread_join(thread.handle, nil) }

  /// Processors that this process may use.
  package static func processorCount() -> Int {
    #if canImport(Darwin)
      let count = sysconf(_SC_NPROCESSORS_ONLN)
    #else
      let count = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    #endif
    return max(1, Int(count))
  }

  /// Nanoseconds of a clock that never goes back.
  package static func nanoseconds() -> UInt64 {
    var time = timespec()
    guard unsafe clock_gettime(CLOCK_MONOTONIC, &time) == 0 else { return 0 }
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }

  /// Nanoseconds that the processors have worked for this process, all threads together.
  package static func processorNanoseconds() -> UInt64 {
    var time = timespec()
    guard unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return 0 }
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }

  /// Lets this thread rest; a signal may end it early.
  static func sleep(_ time: Duration) {
    let (seconds, attoseconds) = time.components
    var rest = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    unsafe nanosleep(&rest, nil)
  }

  /// A lock, and a condition to wait for while holding it.
  @safe
  final class Monitor: @unchecked Sendable {
    // Safe because: both are allocated and initialised here, never moved, and destroyed when nobody refers to them.
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

    func lock() { unsafe pthread_mutex_lock(mutex) }

    func unlock() { unsafe pthread_mutex_unlock(mutex) }

    /// Gives the lock away until `wakeAll`, then takes it again. What was waited for is to be checked anew.
    func wait() { unsafe pthread_cond_wait(condition, mutex) }

    func wakeAll() { unsafe pthread_cond_broadcast(condition) }
  }
}

/// What libFuzzer calls: one program for all targets; `FTS_FUZZ_TARGET` names the one to run.
enum FuzzDriver {
  static let target: FuzzTargets.Target = {
    let name = SystemCalls.environment("FTS_FUZZ_TARGET") ?? ""
    guard let target = FuzzTargets.all[name] ?? InputFuzzTargets.all[name] else {
      fatalError("no target '\(name)'; set FTS_FUZZ_TARGET")
    }
    return target
  }()
}

@c(LLVMFuzzerTestOneInput)
public func fuzzOne(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe because: libFuzzer passes the address of `count` bytes.
  let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
  do { try FuzzDriver.target(input) } catch { fatalError("\(error)") }
  return 0
}

#if canImport(Glibc)
  /// A call of the C library that its Swift module does not declare.
  @_silgen_name("malloc_trim")
  private func trimHeap(_ kept: Int) -> Int32
#endif

extension SystemCalls {
  /// Returns freed memory to the system, which the C library would keep for later allocations.
  static func returnFreedMemory() {
    #if canImport(Glibc)
      _ = trimHeap(0)
    #endif
  }
}

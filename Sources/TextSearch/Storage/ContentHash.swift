/// The checksum of bytes that are added in pieces of any size.
package struct ContentHash {
  private var checksum = Checksum()
  /// The last bytes, fewer than a stripe.
  private var tail: [UInt8] = []

  /// Creates the hash of no bytes.
  package init() {}

  /// Adds bytes.
  package mutating func update(_ bytes: Span<UInt8>) {
    var start = 0
    while !tail.isEmpty, tail.count < Checksum.stripe, start < bytes.count {
      tail.append(bytes[start])
      start += 1
    }
    guard tail.isEmpty || tail.count == Checksum.stripe else { return }
    let stripe = tail
    checksum.update(stripe.span)
    tail.removeAll(keepingCapacity: true)
    let end = start + (bytes.count - start) / Checksum.stripe * Checksum.stripe
    checksum.update(bytes.extracting(start..<end))
    for index in end..<bytes.count { tail.append(bytes[index]) }
  }

  /// The checksum (XXH64) of the bytes added so far.
  package var value: UInt64 { checksum.finish(tail.span) }
}

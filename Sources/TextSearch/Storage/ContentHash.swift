/// The checksum of bytes that come piece by piece.
package struct ContentHash {
  private var checksum = Checksum()
  /// Bytes that fill no stripe yet.
  private var rest: [UInt8] = []

  package init() {}

  package mutating func update(_ bytes: Span<UInt8>) {
    var start = 0
    while !rest.isEmpty, rest.count < Checksum.stripe, start < bytes.count {
      rest.append(bytes[start])
      start += 1
    }
    guard rest.isEmpty || rest.count == Checksum.stripe else { return }
    let stripe = rest
    checksum.update(stripe.span)
    rest.removeAll(keepingCapacity: true)
    let end = start + (bytes.count - start) / Checksum.stripe * Checksum.stripe
    checksum.update(bytes.extracting(start..<end))
    for index in end..<bytes.count { rest.append(bytes[index]) }
  }

  package var value: UInt64 { checksum.finish(rest.span) }
}

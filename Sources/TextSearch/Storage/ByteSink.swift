/// Takes bytes one after the other.
protocol ByteSink: ~Copyable {
  /// Appends bytes.
  mutating func append(_ bytes: Span<UInt8>) throws(SearchError)
}

extension ByteSink where Self: ~Copyable {
  /// Bytes that a writer collects before it is worth a call to take them.
  static var piece: Int { 1 << 16 }

  /// Appends the bytes of a writer and removes them from it; its `count` still includes them.
  mutating func take(_ writer: inout ByteWriter) throws(SearchError) {
    try append(writer.bytes.span)
    writer.noteTaken()
  }

  /// Takes the bytes of a writer once there are enough of them.
  @inline(__always)
  mutating func takePieces(_ writer: inout ByteWriter) throws(SearchError) {
    if writer.bytes.count >= Self.piece { try take(&writer) }
  }

  /// Appends the bytes of a region, in parts that fit the caches.
  mutating func append(_ region: ByteRegion) throws(SearchError) {
    for start in stride(from: 0, to: region.count, by: 1 << 20) {
      let part = try region.slice(at: start, count: min(1 << 20, region.count - start))
      try part.withSpan { (span: Span<UInt8>) throws(SearchError) in try append(span) }
    }
  }
}

extension ByteWriter: ByteSink {
  mutating func append(_ bytes: Span<UInt8>) { write(bytes) }
}

/// Documents of a segment that one thread searches.
struct SegmentPart: Sendable {
  /// Ordinal of the segment.
  let segment: Int
  let documents: Range<Int>

  /// Divides a segment into parts of about equal size.
  ///
  /// - Parameters:
  ///   - parts: upper limit, at least 1.
  ///   - minimum: documents for which a thread pays.
  static func parts(of segment: Int, documents: Int, parts: Int, minimum: Int) -> [SegmentPart] {
    let count = max(1, min(parts, documents / max(1, minimum)))
    // Windows of all searches begin at the boundaries.
    let alignment = TreeSearch.windowSize(documents)
    let bounds = (0...count).map { number in
      number == count ? documents : documents / count * number / alignment * alignment
    }
    return zip(bounds, bounds.dropFirst()).filter { $0 < $1 || count == 1 }
      .map { SegmentPart(segment: segment, documents: $0..<$1) }
  }
}

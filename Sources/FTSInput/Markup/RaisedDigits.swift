/// Digits between tags `<sup>` and `<sub>`, as the raised and lowered digits of Unicode: 10<sup>3</sup> is not 103.
enum RaisedDigits {
  /// Appends the contents of a `sup` or `sub` that are digits only.
  ///
  /// - Returns: the offset after the digits; `start`, with nothing appended, for other contents.
  static func append(
    _ source: [Unicode.Scalar], from start: Int, isRaised: Bool, to out: inout [Unicode.Scalar]
  ) -> Int {
    var end = start
    while end < source.count, source[end].isASCIIDigit { end += 1 }
    guard end > start, end < source.count, source[end] == "<" else { return start }
    for digit in source[start..<end] { out.append(scalar(digit, isRaised: isRaised)) }
    return end
  }

  private static func scalar(_ digit: Unicode.Scalar, isRaised: Bool) -> Unicode.Scalar {
    let value = digit.value - 0x30
    guard isRaised else { return Unicode.Scalar(0x2080 + value) ?? digit }
    // One, two and three are in Latin-1.
    let latin: [UInt32: Unicode.Scalar] = [1: "\u{B9}", 2: "\u{B2}", 3: "\u{B3}"]
    return latin[value] ?? Unicode.Scalar(0x2070 + value) ?? digit
  }
}

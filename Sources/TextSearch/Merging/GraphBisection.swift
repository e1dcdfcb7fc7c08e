#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Puts documents that share words side by side, so that gaps between document numbers become small: recursive graph
/// bisection (Dhulipala, Kabiljo, Karrer, Ottaviano, Pupyrev and Shalita, "Compressing graphs and indexes with recursive
/// graph bisection", 2016; the limits follow Mackenzie, Mallia, Petri, Culpepper and Suel, 2019).
///
/// The documents are halved; while it saves bits, documents change sides in pairs, those with the largest gain first; then
/// each half is treated alike. The result depends on the documents alone.
struct GraphBisection: ~Copyable {
  /// Maximum number of rounds of exchanges for each pair of halves.
  private static let rounds = 20
  /// Maximum length of a range of documents that is not divided further.
  private static let leaf = 16

  private let graph: ForwardIndex
  /// Documents of each term in the left and the right half of the current range.
  private var left: GrowableBuffer<UInt32>
  private var right: GrowableBuffer<UInt32>
  /// Bits that are saved when a document with the term leaves the left half, and the right half.
  private var leaveLeft: GrowableBuffer<Float>
  private var leaveRight: GrowableBuffer<Float>
  /// Terms of the current range.
  private var terms = GrowableBuffer<UInt32>(capacity: 1024)
  private var order: [UInt32]
  private var gains: [Float]

  init(_ graph: consuming ForwardIndex) {
    let (termCount, documents) = (graph.termCount, graph.documentCount)
    self.graph = graph
    left = GraphBisection.zeros(termCount)
    right = GraphBisection.zeros(termCount)
    leaveLeft = GraphBisection.zeros(termCount)
    leaveRight = GraphBisection.zeros(termCount)
    order = Array(0..<UInt32(documents))
    gains = [Float](repeating: 0, count: documents)
  }

  private static func zeros<Value: BitwiseCopyable & ExpressibleByIntegerLiteral>(
    _ count: Int
  ) -> GrowableBuffer<Value> {
    var buffer = GrowableBuffer<Value>(capacity: count)
    buffer.append(repeating: 0, count: count)
    return buffer
  }

  /// The documents in their new order.
  static func order(_ graph: consuming ForwardIndex) -> [UInt32] {
    var bisection = GraphBisection(graph)
    var waiting = [0..<bisection.order.count]
    while let range = waiting.popLast() {
      guard range.count > leaf else { continue }
      bisection.bisect(range)
      let middle = range.lowerBound + range.count / 2
      waiting.append(middle..<range.upperBound)
      waiting.append(range.lowerBound..<middle)
    }
    return bisection.order
  }

  private mutating func bisect(_ range: Range<Int>) {
    let middle = range.lowerBound + range.count / 2
    count(range.lowerBound..<middle, middle..<range.upperBound)
    for _ in 0..<GraphBisection.rounds {
      weighTerms(middle - range.lowerBound, range.upperBound - middle)
      weighDocuments(range.lowerBound..<middle, isLeft: true)
      weighDocuments(middle..<range.upperBound, isLeft: false)
      sort(range.lowerBound..<middle)
      sort(middle..<range.upperBound)
      if !exchange(range.lowerBound, middle, range.upperBound) { break }
    }
    for index in 0..<terms.count {
      left[Int(terms[index])] = 0
      right[Int(terms[index])] = 0
    }
    terms.removeAll()
  }

  /// Counts the documents of each term in both halves.
  private mutating func count(_ first: Range<Int>, _ second: Range<Int>) {
    for slot in first {
      for index in graph.range(order[slot]) {
        let term = graph.term(index)
        if left[term] == 0 { terms.append(UInt32(term)) }
        left[term] += 1
      }
    }
    for slot in second {
      for index in graph.range(order[slot]) {
        let term = graph.term(index)
        if left[term] == 0, right[term] == 0 { terms.append(UInt32(term)) }
        right[term] += 1
      }
    }
  }

  /// Bits of a term's gaps in a half: d documents of n take about log2(n / (d + 1)) each.
  private static func bits(_ documents: Float, _ logOfAll: Float) -> Float {
    documents * (logOfAll - log2f(documents + 1))
  }

  private mutating func weighTerms(_ leftCount: Int, _ rightCount: Int) {
    let (leftLog, rightLog) = (log2f(Float(leftCount)), log2f(Float(rightCount)))
    for index in 0..<terms.count {
      let term = Int(terms[index])
      let (a, b) = (Float(left[term]), Float(right[term]))
      let now = GraphBisection.bits(a, leftLog) + GraphBisection.bits(b, rightLog)
      let toRight = GraphBisection.bits(a - 1, leftLog) + GraphBisection.bits(b + 1, rightLog)
      let toLeft = GraphBisection.bits(a + 1, leftLog) + GraphBisection.bits(b - 1, rightLog)
      leaveLeft[term] = a > 0 ? now - toRight : 0
      leaveRight[term] = b > 0 ? now - toLeft : 0
    }
  }

  /// Computes the gain in bits of each document of a half if it changes sides.
  private mutating func weighDocuments(_ range: Range<Int>, isLeft: Bool) {
    for slot in range {
      var gain: Float = 0
      for index in graph.range(order[slot]) {
        gain += isLeft ? leaveLeft[graph.term(index)] : leaveRight[graph.term(index)]
      }
      gains[Int(order[slot])] = gain
    }
  }

  /// Sorts the documents of a half by descending gain, then by number.
  private mutating func sort(_ range: Range<Int>) {
    // One integer for both: bits of numbers above zero are in the order of the numbers, those below in the reverse.
    let keys = range.map { slot in
      let bits = gains[Int(order[slot])].bitPattern
      let ascending = bits >> 31 == 0 ? bits | 1 << 31 : ~bits
      return UInt64(~ascending) << 32 | UInt64(order[slot])
    }
    for (slot, key) in zip(range, keys.sorted()) { order[slot] = UInt32(truncatingIfNeeded: key) }
  }

  /// Exchanges documents in pairs while both together gain; false if none did.
  private mutating func exchange(_ start: Int, _ middle: Int, _ end: Int) -> Bool {
    var moved = 0
    while start + moved < middle, middle + moved < end {
      let (a, b) = (order[start + moved], order[middle + moved])
      guard gains[Int(a)] + gains[Int(b)] > 0 else { break }
      move(a, toRight: true)
      move(b, toRight: false)
      order.swapAt(start + moved, middle + moved)
      moved += 1
    }
    return moved > 0
  }

  private mutating func move(_ document: UInt32, toRight: Bool) {
    for index in graph.range(document) {
      let term = graph.term(index)
      left[term] = toRight ? left[term] - 1 : left[term] + 1
      right[term] = toRight ? right[term] + 1 : right[term] - 1
    }
  }
}

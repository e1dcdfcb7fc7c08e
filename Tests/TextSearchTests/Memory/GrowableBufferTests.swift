import TestSupport
import Testing

@testable import TextSearch

/// The growable buffer against an array.
@Suite struct GrowableBufferTests {
  @Test(arguments: [UInt64(71), 72, 73])
  func behavesAsAnArray(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var buffer = GrowableBuffer<UInt32>(capacity: 0)
    var model: [UInt32] = []
    for _ in 0..<3000 {
      let value = UInt32(truncatingIfNeeded: random.next())
      switch random.integer(0...7) {
      case 0...2:
        buffer.append(value)
        model.append(value)
      case 3:
        let more = (0..<random.integer(0...9)).map { value &+ UInt32($0) }
        buffer.append(more.span)
        model += more
      case 4:
        let count = random.integer(0...9)
        buffer.append(repeating: value, count: count)
        model += Array(repeating: value, count: count)
      case 5:
        var other = GrowableBuffer<UInt32>(capacity: 1)
        for _ in 0..<random.integer(0...5) { other.append(value) }
        model += Array(repeating: value, count: other.count)
        buffer.append(other)
      case 6:
        guard !model.isEmpty else { continue }
        let index = random.integer(0...model.count - 1)
        buffer[index] = value
        model[index] = value
        let removed = random.integer(0...min(4, model.count))
        buffer.removeLast(removed)
        model.removeLast(removed)
      default:
        guard random.integer(0...40) == 0 else { continue }
        if value % 2 == 0 { buffer.removeAll() } else { buffer.reset(capacity: Int(value % 100)) }
        model = []
      }
      let (count, capacity, isEmpty) = (buffer.count, buffer.capacity, buffer.isEmpty)
      #expect(count == model.count && capacity >= count && isEmpty == model.isEmpty, "seed \(seed)")
    }
    let span = buffer.span
    #expect(span.indices.map { span[$0] } == model, "seed \(seed)")
  }

  @Test func changesThroughTheMutableSpanAreSeen() {
    var buffer = GrowableBuffer<Int>()
    buffer.append(repeating: 1, count: 10)
    var span = buffer.mutableSpan
    for index in span.indices { span[index] = index * index }
    let values = (0..<buffer.count).map { buffer[$0] }
    #expect(values == (0..<10).map { $0 * $0 })
  }

  @Test func removingKeepsTheMemoryAndResettingFreesIt() {
    var buffer = GrowableBuffer<UInt64>(capacity: 4)
    buffer.append(repeating: 7, count: 1000)
    buffer.removeAll()
    let kept = buffer.capacity
    buffer.reset(capacity: 2)
    let left = buffer.capacity
    #expect(kept >= 1000)
    #expect(left == 2)
  }

  @Test func nothingIsAllocatedBeforeTheFirstElement() {
    var buffer = GrowableBuffer<UInt32>(capacity: 0)
    #expect(buffer.capacity == 0 && buffer.span.isEmpty)
    buffer.removeAll()
    buffer.append(GrowableBuffer<UInt32>(capacity: 0))
    #expect(buffer.capacity == 0)
    for value in 0..<100 { buffer.append(UInt32(value)) }
    buffer.truncate(to: 60)
    #expect(buffer.count == 60 && buffer[59] == 59)
    buffer.reset(capacity: 0)
    #expect(buffer.isEmpty && buffer.capacity == 0)
  }
}

/// The best hits seen so far: by score, equal scores by document number (which is key order within a segment).
struct TopHits {
  struct Hit: Equatable {
    var score: Float
    var document: UInt32
  }

  private let limit: Int
  /// A binary heap with the worst hit first.
  private var heap: [Hit] = []

  init(limit: Int) {
    self.limit = limit
    heap.reserveCapacity(min(limit, 1024))
  }

  /// The score of the worst hit once there are as many as wanted: lower ones do not come in.
  var threshold: Float { limit == 0 ? .infinity : heap.count < limit ? -.infinity : heap[0].score }

  /// Best first.
  var sorted: [Hit] { heap.sorted { TopHits.isWorse($1, $0) } }

  private static func isWorse(_ a: Hit, _ b: Hit) -> Bool {
    a.score != b.score ? a.score < b.score : a.document > b.document
  }

  mutating func add(_ hit: Hit) {
    guard limit > 0 else { return }
    if heap.count < limit {
      heap.append(hit)
      rise(heap.count - 1)
    } else if TopHits.isWorse(heap[0], hit) {
      heap[0] = hit
      sink()
    }
  }

  private mutating func rise(_ start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard TopHits.isWorse(heap[child], heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func sink() {
    let count = heap.count
    var parent = 0
    while 2 * parent + 1 < count {
      var worst = 2 * parent + 1
      if worst + 1 < count, TopHits.isWorse(heap[worst + 1], heap[worst]) { worst += 1 }
      guard TopHits.isWorse(heap[worst], heap[parent]) else { return }
      heap.swapAt(parent, worst)
      parent = worst
    }
  }
}

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

  /// The score of the worst hit once there are `limit` hits: lower scores do not enter.
  var threshold: Float { limit == 0 ? .infinity : heap.count < limit ? -.infinity : heap[0].score }

  /// Best first.
  var sorted: [Hit] {
    var hits = heap
    guard hits.count <= TopHits.few else {
      hits.sort { TopHits.isWorse($1, $0) }
      return hits
    }
    var sorted = hits.mutableSpan
    for end in sorted.indices.dropFirst() {
      let hit = sorted[end]
      var index = end
      while index > 0, TopHits.isWorse(sorted[index - 1], hit) {
        sorted[index] = sorted[index - 1]
        index -= 1
      }
      sorted[index] = hit
    }
    return hits
  }

  /// Maximum number of hits that insertion sort sorts, without the calls of a general sort.
  private static let few = 32

  private static func isWorse(_ a: Hit, _ b: Hit) -> Bool {
    a.score != b.score ? a.score < b.score : a.document > b.document
  }

  mutating func add(_ hit: Hit) {
    guard limit > 0 else { return }
    if heap.count < limit {
      heap.append(hit)
      rise(hit)
    } else if TopHits.isWorse(heap[0], hit) {
      sink(hit)
    }
  }

  /// Moves the last hit up until its parent is worse.
  private mutating func rise(_ hit: Hit) {
    var heap = heap.mutableSpan
    var hole = heap.count - 1
    while hole > 0 {
      let parent = (hole - 1) / 2
      guard TopHits.isWorse(hit, heap[parent]) else { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = hit
  }

  /// Replaces the worst hit, and moves the new one it down to where its children are better.
  private mutating func sink(_ hit: Hit) {
    var heap = heap.mutableSpan
    var hole = 0
    while true {
      var child = 2 * hole + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, TopHits.isWorse(heap[child + 1], heap[child]) { child += 1 }
      guard TopHits.isWorse(heap[child], hit) else { break }
      heap[hole] = heap[child]
      hole = child
    }
    heap[hole] = hit
  }
}

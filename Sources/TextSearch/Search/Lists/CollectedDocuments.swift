/// The documents of a segment that hold a phrase or an expanded word, ascending, with their saturation inputs: a search for words
/// takes them as it takes posting lists.
///
/// A class, as structures that are not copyable cannot be parts of others that are.
final class CollectedDocuments {
  private var documents = GrowableBuffer<UInt32>(capacity: 0)
  private var inputs = GrowableBuffer<Float>(capacity: 0)
  /// Index of the first document of the last window.
  private var start = 0

  var count: Int { documents.count }

  /// Adds a document after all others; false if it is not after them, which damaged lists may have.
  func append(_ document: UInt32, _ input: Float) -> Bool {
    if count > 0, documents[count - 1] >= document { return false }
    documents.append(document)
    inputs.append(input)
    return true
  }

  /// Inserts all documents into a set.
  func insert(into set: inout DocumentSet) {
    for index in 0..<count { set.insert(Int(documents[index])) }
  }

  // MARK: Windows, ascending

  /// Returns the indices of the documents of a window.
  private func indices(in window: Range<UInt32>) -> Range<Int> {
    start = (start..<count).partitionPoint(steps: 1) { documents[$0] >= window.lowerBound }
    return start..<(start..<count).partitionPoint(steps: 1) { documents[$0] >= window.upperBound }
  }

  /// Returns the maximum input of a window's documents; 0 where there are none.
  func bound(_ window: Range<UInt32>) -> Float { indices(in: window).reduce(0) { max($0, inputs[$1]) } }

  /// Adds the scores of a window's documents and marks them as matches; returns their number.
  func addScores(_ window: Range<UInt32>, weight: Float, to accumulator: borrowing WindowAccumulator) -> Int {
    let indices = indices(in: window)
    for index in indices {
      accumulator.add(BM25.score(inputs[index], weight), Int(documents[index] - window.lowerBound))
    }
    return mark(indices, window, in: accumulator)
  }

  /// Marks a window's documents as matches; returns their number.
  func mark(_ window: Range<UInt32>, in accumulator: borrowing WindowAccumulator) -> Int {
    mark(indices(in: window), window, in: accumulator)
  }

  private func mark(
    _ indices: Range<Int>, _ window: Range<UInt32>, in accumulator: borrowing WindowAccumulator
  ) -> Int {
    // Safe because: the documents at the indices lie in the window, which the accumulator covers.
    unsafe accumulator.mark(documents.unsafeBase + indices.lowerBound, indices.count, from: window.lowerBound)
    return indices.count
  }

  // MARK: Single documents

  /// Adds the inputs of some documents (ascending) to `sums`.
  func addInputs(at wanted: borrowing GrowableBuffer<UInt32>, to sums: inout GrowableBuffer<Float>) {
    var next = 0
    for index in 0..<wanted.count {
      next = (next..<count).partitionPoint(steps: 1) { documents[$0] >= wanted[index] }
      if next < count, documents[next] == wanted[index] { sums[index] += inputs[next] }
    }
  }
}

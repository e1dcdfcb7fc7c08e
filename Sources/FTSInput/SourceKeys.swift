/// The keys of the documents of a file, in file order, each coded by its difference from the one before: keys of one file
/// share most of their bytes, and there may be millions.
package struct SourceKeys: Equatable, Sequence, ExpressibleByArrayLiteral {
  /// The keys as `SourceList` stores them, the first one after an empty key.
  private var coder = SourceCoder()
  private var last = ""
  /// Number of keys.
  package private(set) var count = 0

  /// Creates the list without keys.
  package init() {}

  /// Creates a list of keys.
  package init(arrayLiteral keys: String...) {
    for key in keys { append(key) }
  }

  /// Appends a key.
  package mutating func append(_ key: String) {
    coder.write(key, after: last)
    last = key
    count += 1
  }

  /// Iterates over the keys.
  package struct Iterator: IteratorProtocol {
    fileprivate var coder: SourceCoder
    private var last = ""

    fileprivate init(_ coder: SourceCoder) { self.coder = coder }

    /// Returns the next key; nil at the end.
    package mutating func next() -> String? {
      guard let key = coder.text(after: last) else { return nil }
      last = key
      return key
    }
  }

  /// Returns an iterator before the first key.
  package func makeIterator() -> Iterator { Iterator(coder) }

  /// Writes the coded keys, the first one by its difference from a name.
  func write(after name: String, to target: inout SourceCoder) {
    var iterator = makeIterator()
    guard let first = iterator.next() else { return }
    target.write(first, after: name)
    target.write(contentsOf: coder.bytes[iterator.coder.offset...])
  }
}

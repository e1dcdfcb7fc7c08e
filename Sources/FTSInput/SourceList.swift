import TextSearch

/// What an index was made of, file by file: kept with it, so that the next build reads only what has changed.
package struct SourceList: Equatable {
  /// A file, as it was when it was read.
  package struct Source: Equatable {
    package var path: String
    /// What the keys of its documents are made of.
    package var name: String
    package var stamp = SystemCalls.FileStamp(size: 0, modified: 0, changed: 0)
    package var hash: UInt64 = 0
    /// It has to be read again even if it is the same: something was wrong with it, or the index does not hold what it
    /// holds.
    package var isFlawed = false
    package var keys: [String] = []

    /// Tells sources apart, byte by byte: equal texts may be written in different bytes.
    package var identity: [[UInt8]] { [Array(path.utf8), Array(name.utf8)] }
    package var keyBytes: [[UInt8]] { keys.map { Array($0.utf8) } }
  }

  /// The encoding of all files.
  package var encoding: InputEncoding
  package var sources: [Source] = []

  package init(encoding: InputEncoding = .utf8) { self.encoding = encoding }

  /// Has the sources of some keys read again by the next build.
  package mutating func markFlawed(holding keys: some Sequence<String>) {
    let bytes = Set(keys.map { Array($0.utf8) })
    guard !bytes.isEmpty else { return }
    for index in sources.indices where !sources[index].isFlawed {
      sources[index].isFlawed = sources[index].keyBytes.contains { bytes.contains($0) }
    }
  }

  /// Enters sources in the place of those of the same files.
  package mutating func merge(_ added: [Source]) {
    let new = Set(added.map(\.identity))
    sources.removeAll { new.contains($0.identity) }
    sources += added
  }
}

// MARK: Bytes

extension SourceList {
  private static let version: UInt64 = 1

  /// version, encoding, count; each source: path, name, size, times, hash, flawed, count of keys; each key: bytes shared
  /// with the one before, the others. Numbers have seven bits a byte, texts begin with their count of bytes.
  package var bytes: [UInt8] {
    var coder = SourceCoder()
    coder.write(SourceList.version)
    coder.write(encoding.rawValue)
    coder.write(UInt64(sources.count))
    for source in sources {
      coder.write(source.path)
      coder.write(source.name)
      for number in [source.stamp.size, source.stamp.modified, source.stamp.changed, source.hash] {
        coder.write(number)
      }
      coder.write(source.isFlawed ? 1 : 0)
      coder.write(UInt64(source.keys.count))
      var previous = source.name
      for key in source.keys {
        coder.write(key, after: previous)
        previous = key
      }
    }
    return coder.bytes
  }

  /// Nil for bytes that another version has written.
  package init?(_ bytes: [UInt8]) {
    var coder = SourceCoder(bytes: bytes)
    guard coder.number() == SourceList.version, let name = coder.text(), let encoding = InputEncoding(name: name),
      let count = coder.number()
    else { return nil }
    self.init(encoding: encoding)
    for _ in 0..<count {
      guard let source = SourceList.source(&coder) else { return nil }
      sources.append(source)
    }
  }

  private static func source(_ coder: inout SourceCoder) -> Source? {
    guard let path = coder.text(), let name = coder.text(), let size = coder.number(), let modified = coder.number(),
      let changed = coder.number(), let hash = coder.number(), let flaw = coder.number(), let keys = coder.number()
    else { return nil }
    let stamp = SystemCalls.FileStamp(size: size, modified: modified, changed: changed)
    var source = Source(path: path, name: name, stamp: stamp, hash: hash, isFlawed: flaw > 0)
    var previous = name
    for _ in 0..<keys {
      guard let key = coder.text(after: previous) else { return nil }
      source.keys.append(key)
      previous = key
    }
    return source
  }
}

/// Writes and reads the bytes of a source list.
private struct SourceCoder {
  var bytes: [UInt8] = []
  private var place = 0

  init(bytes: [UInt8] = []) { self.bytes = bytes }

  mutating func write(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func write(_ text: String) {
    write(UInt64(text.utf8.count))
    bytes += text.utf8
  }

  mutating func write(_ text: String, after previous: String) {
    let shared = zip(text.utf8, previous.utf8).prefix { $0 == $1 }.count
    write(UInt64(shared))
    write(UInt64(text.utf8.count - shared))
    bytes += text.utf8.dropFirst(shared)
  }

  /// Nil at the end, and for more than 64 bits.
  mutating func number() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard place < bytes.count else { return nil }
      let byte = bytes[place]
      place += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }

  private mutating func take() -> ArraySlice<UInt8>? {
    guard let count = number(), count <= UInt64(bytes.count - place) else { return nil }
    defer { place += Int(count) }
    return bytes[place..<place + Int(count)]
  }

  mutating func text() -> String? { take().map { String(decoding: $0, as: UTF8.self) } }

  mutating func text(after previous: String) -> String? {
    guard let shared = number(), shared <= UInt64(previous.utf8.count), let rest = take() else { return nil }
    return String(decoding: previous.utf8.prefix(Int(shared)) + rest, as: UTF8.self)
  }
}

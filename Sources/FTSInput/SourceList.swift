import TextSearch

/// The files of an index, which are stored with it, so that the next build reads only those that have changed.
package struct SourceList: Equatable {
  /// The state of a file when it was read.
  package struct Source: Equatable {
    /// The path that was opened.
    package var path: String
    /// The prefix of the keys of its documents.
    package var name: String
    /// Size and times.
    package var stamp = SystemCalls.FileStamp(size: 0, modified: 0, changed: 0)
    /// Hash of its bytes.
    package var hash: UInt64 = 0
    /// Whether the file must be read again even if it has not changed: it had a problem, or the index does not contain
    /// all of its documents.
    package var isFlawed = false
    /// Keys of its documents, in file order.
    package var keys = SourceKeys()

    /// Path and name as bytes: equal strings may have different bytes.
    package var identity: [[UInt8]] { [Array(path.utf8), Array(name.utf8)] }
    /// The keys as bytes.
    package var keyBytes: [[UInt8]] { keys.map { Array($0.utf8) } }
  }

  /// How all files were read.
  package var settings: InputSettings
  /// The files, in the order in which they were found.
  package var sources: [Source] = []

  /// Creates an empty list.
  package init(settings: InputSettings = InputSettings()) { self.settings = settings }

  /// Marks the sources of some keys as flawed, so that the next build reads them again.
  package mutating func markFlawed(holding keys: some Sequence<String>) {
    let bytes = Set(keys.map { Array($0.utf8) })
    guard !bytes.isEmpty else { return }
    for index in sources.indices where !sources[index].isFlawed {
      sources[index].isFlawed = sources[index].keyBytes.contains { bytes.contains($0) }
    }
  }

  /// Appends sources and removes the old sources of their files.
  package mutating func merge(_ added: [Source]) {
    let new = Set(added.map(\.identity))
    sources.removeAll { new.contains($0.identity) }
    sources += added
  }
}

// MARK: Bytes

extension SourceList {
  private static let version: UInt64 = 2

  /// The serialised list: version, number of settings and their texts, number of sources; for each source path, name, size, times, hash, flaw,
  /// number of keys; for each key the length of the prefix shared with the key before, and the remaining bytes.
  ///
  /// Numbers have seven bits per byte, the low bits first; texts are preceded by their length in bytes.
  package var bytes: [UInt8] {
    var coder = SourceCoder()
    coder.write(SourceList.version)
    coder.write(UInt64(settings.texts.count))
    for text in settings.texts { coder.write(text) }
    coder.write(UInt64(sources.count))
    for source in sources {
      coder.write(source.path)
      coder.write(source.name)
      for number in [source.stamp.size, source.stamp.modified, source.stamp.changed, source.hash] {
        coder.write(number)
      }
      coder.write(source.isFlawed ? 1 : 0)
      coder.write(UInt64(source.keys.count))
      source.keys.write(after: source.name, to: &coder)
    }
    return coder.bytes
  }

  /// Parses a serialised list; nil for bytes of another version and for damaged ones.
  package init?(_ bytes: [UInt8]) {
    var coder = SourceCoder(bytes: bytes)
    guard coder.number() == SourceList.version, let settingCount = coder.number() else { return nil }
    var texts: [String] = []
    for _ in 0..<settingCount {
      guard let text = coder.text() else { return nil }
      texts.append(text)
    }
    guard let settings = InputSettings(texts: texts), let count = coder.number() else { return nil }
    self.init(settings: settings)
    for _ in 0..<count {
      guard let source = SourceList.source(&coder) else { return nil }
      sources.append(source)
    }
  }

  /// Reads a source.
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

/// How the files of a build are read. An index keeps the settings, so that files are read again when they change.
package struct InputSettings: Equatable, Sendable {
  /// The encoding of all files without a byte order mark of UTF-16 or UTF-32.
  package var encoding = InputEncoding.utf8
  /// The encoding of files and JSON lines that are not valid in `encoding`; nil to replace what is invalid.
  package var fallback: InputEncoding?
  /// The members of JSON and of tables that are key, title, body and attributes.
  package var map = FieldMap()

  /// Creates settings.
  package init(encoding: InputEncoding = .utf8, fallback: InputEncoding? = nil, map: FieldMap = FieldMap()) {
    self.encoding = encoding
    self.fallback = fallback
    self.map = map
  }

  /// The settings as texts: the name of each and its value. Unset ones are absent.
  package var texts: [String] {
    ["encoding=\(encoding.rawValue)"] + (fallback.map { ["fallback-encoding=\($0.rawValue)"] } ?? [])
      + map.texts.map { "map=\($0)" }
  }

  /// Parses texts; nil for an unknown name or value.
  package init?(texts: [String]) {
    self.init()
    var pairs: [String] = []
    for text in texts {
      guard let sign = text.firstIndex(of: "=") else { return nil }
      let value = String(text[text.index(after: sign)...])
      switch text[..<sign] {
      case "encoding":
        guard let encoding = InputEncoding(name: value) else { return nil }
        self.encoding = encoding
      case "fallback-encoding":
        guard let fallback = InputEncoding(name: value) else { return nil }
        self.fallback = fallback
      case "map": pairs.append(value)
      default: return nil
      }
    }
    guard let map = FieldMap(pairs) else { return nil }
    self.map = map
  }
}

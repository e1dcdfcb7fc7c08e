/// How the bytes of the input stand for characters.
///
/// UTF-8 unless the user says otherwise: the Vietnamese 8-bit encodings of the years before Unicode cannot be told apart
/// with certainty, so nothing is guessed.
package enum InputEncoding: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  /// RFC 1456: every letter one byte, six of them among the control characters.
  case viscii
  /// Microsoft's code page 1258: letters with their marks, tones as combining marks behind them.
  case windows1258 = "windows-1258"
  /// TCVN 5712-1:1993 (VSCII-1, VN1): letters composed and, for the tones, combining marks.
  case tcvn = "tcvn5712-1"
  /// RFC 1456: marks as ASCII punctuation behind the letters.
  case viqr
  /// Microsoft's code page 1252, for French.
  case windows1252 = "windows-1252"
  /// Latin alphabet no. 9, for French: Latin-1 with € and œ.
  case iso885915 = "iso-8859-15"

  /// Finds an encoding by its name or a common other name of it; case, and hyphens and underscores, do not matter.
  package init?(name: String) {
    func plain(_ name: String) -> String { name.lowercased().filter { $0 != "-" && $0 != "_" } }
    let wanted = plain(name)
    guard let found = InputEncoding.allCases.first(where: { ([$0.rawValue] + $0.aliases).map(plain).contains(wanted) })
    else { return nil }
    self = found
  }

  /// Other names, from the IANA registry of character sets and the C library.
  private var aliases: [String] {
    switch self {
    case .windows1258: ["cp1258"]
    case .tcvn: ["tcvn", "tcvn-5712", "tcvn5712-1:1993"]
    case .windows1252: ["cp1252"]
    case .iso885915: ["latin-9", "iso8859-15"]
    default: []
    }
  }

  /// The names that `init(name:)` takes first of all, for messages.
  package static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// The text that bytes stand for. What they cannot stand for becomes U+FFFD and is counted in `repaired`.
  package func decode(_ bytes: some Collection<UInt8>, repaired: inout Int) -> String {
    if let table {
      return table.decode(bytes, repaired: &repaired)
    }
    let text = InputText.decode(bytes, repaired: &repaired)
    return self == .viqr ? VIQR.decode(text) : text
  }

  /// Whether a byte stands for a character (or a mark) wherever it is: then JSON can be decoded before it is parsed.
  var isByteTable: Bool { table != nil }

  private var table: ByteTable? {
    switch self {
    case .utf8, .viqr: nil
    case .viscii: .viscii
    case .windows1258: .windows1258
    case .tcvn: .tcvn
    case .windows1252: .windows1252
    case .iso885915: .iso885915
    }
  }
}

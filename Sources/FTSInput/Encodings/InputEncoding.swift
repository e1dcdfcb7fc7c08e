/// The character encoding of the input.
///
/// UTF-8 unless the user chooses another. The legacy 8-bit encodings of Vietnamese cannot be distinguished reliably,
/// therefore encodings are not detected.
package enum InputEncoding: String, CaseIterable, Sendable {
  /// UTF-8, the default.
  case utf8 = "utf-8"
  /// RFC 1456: one byte per letter, six of them with codes of control characters.
  case viscii
  /// Microsoft's code page 1258: letters with diacritics, tones as combining marks after them.
  case windows1258 = "windows-1258"
  /// TCVN 5712-1:1993 (VSCII-1, VN1): composed letters and combining marks for the tones.
  case tcvn = "tcvn5712-1"
  /// VNI-Windows: a vowel, then a byte for its diacritic and tone.
  case vni = "vni-windows"
  /// RFC 1456: diacritics and tones as ASCII punctuation after the letters.
  case viqr
  /// Microsoft's code page 1252, for French.
  case windows1252 = "windows-1252"
  /// Latin alphabet no. 9, for French: Latin-1 with € and œ.
  case iso885915 = "iso-8859-15"

  /// Finds an encoding by its name or an alias; nil for unknown names. Case, hyphens and underscores are ignored.
  package init?(name: String) {
    func plain(_ name: String) -> String { name.lowercased().filter { $0 != "-" && $0 != "_" } }
    let wanted = plain(name)
    guard let found = InputEncoding.allCases.first(where: { ([$0.rawValue] + $0.aliases).map(plain).contains(wanted) })
    else { return nil }
    self = found
  }

  /// Aliases from the IANA registry of character sets and the GNU C library.
  private var aliases: [String] {
    switch self {
    case .windows1258: ["cp1258"]
    case .tcvn: ["tcvn", "tcvn-5712", "tcvn5712-1:1993"]
    case .windows1252: ["cp1252"]
    case .iso885915: ["latin-9", "iso8859-15"]
    case .vni: ["vni"]
    default: []
    }
  }

  /// The names of all encodings without their aliases, for messages.
  package static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// Decodes bytes. Invalid sequences become U+FFFD, and their number is added to `repaired`.
  package func decode(_ bytes: some Collection<UInt8>, repaired: inout Int) -> String {
    if let table {
      return table.decode(bytes, repaired: &repaired)
    }
    if self == .vni { return VNI.decode(bytes, repaired: &repaired) }
    let text = InputText.decode(bytes, repaired: &repaired)
    return self == .viqr ? VIQR.decode(text) : text
  }

  /// Whether every byte is a character or combining mark in all contexts, so that JSON can be decoded before it is
  /// parsed.
  var isByteTable: Bool { table != nil || self == .vni }

  private var table: ByteTable? {
    switch self {
    case .utf8, .viqr, .vni: nil
    case .viscii: .viscii
    case .windows1258: .windows1258
    case .tcvn: .tcvn
    case .windows1252: .windows1252
    case .iso885915: .iso885915
    }
  }
}

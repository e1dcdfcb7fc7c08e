/// Names of the files of an index.
///
/// Segments are numbered; the names of files that belong to a commit contain its generation. Names are never reused for
/// another file that a reader may see.
enum IndexFiles {
  static let manifest = "manifest"
  static let lock = "lock"
  private static let suffix = ".fts"

  /// Returns the name of a segment file.
  static func segment(_ number: UInt64) -> String { "segment-\(digits(number))\(suffix)" }

  /// Returns the path of the temporary file for a section of the segment that is written to a path:
  /// `segment-00000007-00000004.fts` for section 4 of segment 7.
  static func spool(_ section: UInt32, ofSegmentAt path: String) -> String {
    let base = path.hasSuffix(suffix) ? path.dropLast(suffix.count) : path[...]
    return "\(base)-\(digits(UInt64(section)))\(suffix)"
  }

  /// Returns the name of the file of a segment's deletions, as of a generation.
  static func deletions(_ segment: UInt64, _ generation: UInt64) -> String {
    "deletions-\(digits(segment))-\(digits(generation))\(suffix)"
  }

  /// Returns the name of the attachment of a generation.
  static func attachment(_ generation: UInt64) -> String { "attachment-\(digits(generation))\(suffix)" }

  private static func digits(_ number: UInt64) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }

  /// Returns the numbers in a file name that consists of `kind` and `count` numbers; nil for any other name.
  private static func numbers(_ name: String, _ kind: String, count: Int) -> [UInt64]? {
    guard name.hasPrefix(kind + "-"), name.hasSuffix(suffix) else { return nil }
    let middle = name.dropFirst(kind.count + 1).dropLast(suffix.count)
    let parts = middle.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == count else { return nil }
    var numbers: [UInt64] = []
    for part in parts {
      guard part.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let number = UInt64(part), number < Manifest.maximumNumber else {
        return nil
      }
      numbers.append(number)
    }
    return numbers
  }

  /// Returns the number in the name of a segment file; nil for another name.
  static func segmentNumber(_ name: String) -> UInt64? { numbers(name, "segment", count: 1)?[0] }

  /// Returns the number of the segment in the name of a temporary file; nil for another name.
  static func spoolNumber(_ name: String) -> UInt64? { numbers(name, "segment", count: 2)?[0] }

  /// Returns the generation in the name of a file of deletions or an attachment; nil for another name.
  static func generation(_ name: String) -> UInt64? {
    numbers(name, "deletions", count: 2)?[1] ?? numbers(name, "attachment", count: 1)?[0]
  }

  /// Whether a file of this name belongs to the index only if the manifest names it, which names no temporary file;
  /// otherwise it is a leftover.
  static func isData(_ name: String) -> Bool {
    segmentNumber(name) != nil || spoolNumber(name) != nil || numbers(name, "deletions", count: 2) != nil
      || numbers(name, "attachment", count: 1) != nil
  }

  /// Whether the engine writes files of this name into the folder of an index.
  static func isOwn(_ name: String) -> Bool {
    name == manifest || name == lock || name == manifest + AtomicFile.temporarySuffix || isData(name)
  }
}

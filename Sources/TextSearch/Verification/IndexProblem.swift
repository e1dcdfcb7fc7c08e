/// A contradiction between the files of an index and the format, or within the files.
public struct IndexProblem: Sendable, Equatable, CustomStringConvertible {
  /// Path of the file.
  public let file: String
  /// Name of the section, or of the part of the file.
  public let section: String
  /// Bytes from the beginning of the section; 0 where the damaged byte is not known.
  public let offset: Int
  /// What is wrong.
  public let reason: String

  /// File, section, offset and reason in one line.
  public var description: String { "\(file): section \(section), offset \(offset): \(reason)" }
}

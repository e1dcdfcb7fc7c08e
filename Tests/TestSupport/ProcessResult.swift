/// How a process ended and what it wrote.
public struct ProcessResult: Sendable {
  public enum Ending: Equatable, Sendable {
    case exit(Int32)
    case signal(Int32)
  }

  public let ending: Ending
  public let outputBytes: [UInt8]
  public let errorBytes: [UInt8]

  public var output: String { String(decoding: outputBytes, as: UTF8.self) }
  public var error: String { String(decoding: errorBytes, as: UTF8.self) }
  /// The exit status; nil for a process that a signal ended.
  public var status: Int32? { if case .exit(let status) = ending { status } else { nil } }
  public var outputLines: [String] { ProcessResult.lines(output) }
  public var errorLines: [String] { ProcessResult.lines(error) }

  private static func lines(_ text: String) -> [String] {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}

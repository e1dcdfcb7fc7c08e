/// A problem of the input: a file or line that could not be read, or that was repaired.
package struct InputProblem: Error, Equatable, CustomStringConvertible {
  /// The location: a file, or a file and a line (`FILE:LINE`).
  package let location: String
  /// What is wrong there.
  package let message: String

  /// Creates a problem at a location.
  package init(location: String, message: String) {
    self.location = location
    self.message = message
  }

  /// Location and message.
  package var description: String { "\(location): \(message)" }
}

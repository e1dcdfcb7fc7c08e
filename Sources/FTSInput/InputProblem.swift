/// A problem of the input: a file or line that could not be read, or that was repaired.
package struct InputProblem: Error, Equatable, CustomStringConvertible {
  /// The location: a file, or a file and a line (`FILE:LINE`).
  package let place: String
  /// What is wrong there.
  package let message: String

  /// Creates a problem at a location.
  package init(place: String, message: String) {
    self.place = place
    self.message = message
  }

  /// Location and message.
  package var description: String { "\(place): \(message)" }
}

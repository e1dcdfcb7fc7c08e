import Foundation

/// Tests that try everything instead of a part where `FTS_LONG_TESTS` is set.
public enum LongTests {
  public static let isEnabled = ProcessInfo.processInfo.environment["FTS_LONG_TESTS"] != nil

  /// A number for long tests, and another for all others.
  public static func choose<Value>(_ long: Value, else short: Value) -> Value { isEnabled ? long : short }
}

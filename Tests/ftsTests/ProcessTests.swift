import Foundation
import TestSupport
import Testing

/// The runner itself: what the other tests rely on.
@Suite struct ProcessTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func shell(_ line: String, input: [UInt8] = [], environment: [String: String] = [:]) throws -> ProcessResult {
    try RunningProcess("/bin/sh", ["-c", line], environment: environment, in: folder.path, input: .bytes(input)).wait()
  }

  @Test func `Output, errors and status are kept apart`() throws {
    let result = try shell("echo one; echo two >&2; exit 7")
    #expect(result.output == "one\n")
    #expect(result.error == "two\n")
    #expect(result.ending == .exit(7))
    #expect(result.outputLines == ["one"])
  }

  @Test func `Death by a signal differs from an exit`() throws {
    #expect(try shell("kill -TERM $$").ending == .signal(15))
    #expect(try shell("kill -TERM $$").status == nil)
  }

  @Test func `Megabytes in and out on both streams do not block`() throws {
    let input = [UInt8](repeating: 0x61, count: 3_000_000)
    let result = try shell("tee /dev/stderr", input: input)
    #expect(result.outputBytes == input)
    #expect(result.errorBytes == input)
  }

  @Test func `Folder and environment are as given`() throws {
    let result = try shell("pwd; echo $COLOUR; echo ${HOME:-none}", environment: ["COLOUR": "bleu"])
    #expect(result.outputLines == [folder.path, "bleu", "none"])
  }

  @Test func `A pipe is written line by line`() throws {
    let process = try RunningProcess("/bin/cat", [], in: folder.path, input: .pipe)
    try process.write("premier\n")
    #expect(try process.waitUntil { process.outputSoFar() == "premier\n" })
    try process.write("deuxième\n")
    #expect(try process.wait().output == "premier\ndeuxième\n")
  }

  @Test func `A program that is not there is an error`() throws {
    let result = try RunningProcess("/nonexistent/program", [], in: folder.path).wait()
    #expect(result.ending == .exit(127))
    #expect(throws: BuiltProgram.Missing.self) { try BuiltProgram.path("no-such-program") }
  }
}

import TestSupport
import Testing

@testable import TextSearch

/// What fuzzing has kept goes through the decoders again, whole, cut and changed.
@Suite(.serialized) struct CorpusTests {
  @Test(arguments: FuzzTargets.all.keys.sorted()) func keptInputsAreTaken(target: String) throws {
    let run = try #require(FuzzTargets.all[target])
    var random = SeededRandom(seed: 551)
    let inputs = try FuzzCorpus.inputs(target)
    #expect(!inputs.isEmpty)
    for (_, bytes) in inputs {
      try run(bytes)
      guard !bytes.isEmpty else { continue }
      for _ in 0..<2 {
        var changed = bytes
        changed[random.integer(0...bytes.count - 1)] = UInt8(random.integer(0...255))
        try run(changed)
        try run(Array(bytes.prefix(random.integer(0...bytes.count))))
      }
    }
  }
}

import TestSupport
import Testing

/// What fuzzing has kept goes through the readers of input again, whole, cut and changed.
@Suite struct InputCorpusTests {
  @Test(arguments: InputFuzzTargets.all.keys.sorted()) func `Kept inputs are taken`(target: String) throws {
    let run = try #require(InputFuzzTargets.all[target])
    var random = SeededRandom(seed: 552)
    let inputs = try FuzzCorpus.inputs(target)
    #expect(!inputs.isEmpty)
    for (_, bytes) in inputs {
      try run(bytes)
      guard !bytes.isEmpty else { continue }
      for _ in 0..<20 {
        var changed = bytes
        changed[random.integer(0...bytes.count - 1)] = UInt8(random.integer(0...255))
        try run(changed)
        try run(Array(bytes.prefix(random.integer(0...bytes.count))))
      }
    }
  }
}

import Foundation

/// The inputs that fuzzing has kept, in `Tests/Fuzz/corpus`.
public enum FuzzCorpus {
  /// Name and bytes of each input for a target, in the order of the names.
  public static func inputs(_ target: String) throws -> [(name: String, bytes: [UInt8])] {
    let folder = TestData.repository + "/Tests/Fuzz/corpus/" + target
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { name in
      (name, [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))))
    }
  }
}

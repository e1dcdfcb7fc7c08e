import TextSearch

/// The builds of ours with the default options and of the peers with their analysis of French, in turns.
struct FrenchBuilds {
  /// Builds of a peer before the first that is reported: a virtual machine compiles in it.
  private static let warmUp = 1

  /// The last index of ours.
  let folder: ScratchFolder
  let documents: Int
  /// UTF-8 bytes of titles and bodies.
  let bytes: Int
  /// Ours first.
  private(set) var builds: [Builds]

  /// - Parameters:
  ///   - documents: the documents.
  ///   - file: path from which the peers read them.
  ///   - rounds: number of builds of each engine.
  init(_ documents: [Document], file: String, _ peers: FrenchPeers, rounds: Int) throws {
    self.documents = documents.count
    bytes = documents.reduce(0) { $0 + $1.textBytes }
    let processes = try peers.peers.map { try peers.startBuilds($0, file: file, warmUp: FrenchBuilds.warmUp) }
    builds = [Builds(name: "ours")] + peers.peers.map { Builds(name: $0.name) }
    var last: ScratchFolder?
    for _ in 0..<rounds {
      let build = try OurBuild(documents, plain: false)
      builds[0].results.append(build.result)
      last = build.folder
      for (index, process) in processes.enumerated() {
        builds[index + 1].results.append(try process.request("build", as: BuildResult.self))
      }
    }
    guard let last else { throw WrongAnswer(description: "no build") }
    folder = last
    for build in builds { try check(build) }
  }

  /// Asserts that all builds have indexed the documents in one segment.
  private func check(_ builds: Builds) throws {
    for result in builds.results {
      try require(result.documents == documents, "\(builds.name): \(result.documents) documents")
      try require(result.bytes == bytes, "\(builds.name) has read \(result.bytes) bytes")
      try require(result.segments == 1, "\(builds.name): \(result.segments) segments")
    }
  }

  func print() { BuildTable(builds, bytes: bytes).print() }
}

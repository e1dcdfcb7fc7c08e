/// The installed peers with an analysis of French of their own, and the folders of their indexes.
struct FrenchPeers {
  /// Names of the peers that have such an analysis.
  static let names = ["lucene", "tantivy"]

  let peers: [InstalledPeers.Peer]
  private let installed: InstalledPeers?
  private let scratch = Scratch()

  /// - Parameter installed: nil for no peers. Those that are missing are printed with the reason.
  init(_ installed: InstalledPeers?) {
    self.installed = installed
    peers = installed?.peers.filter { $0.driver != nil } ?? []
    for peer in installed?.peers ?? [] where peer.driver == nil {
      print("\(peer.name): missing, \(peer.missing ?? "no reason given")")
    }
  }

  /// Removes `--peers FOLDER` and `--engines NAME,...` from the words; without engines all of `names` are meant.
  static func take(_ words: inout OptionWords, names: [String] = names) throws -> InstalledPeers? {
    let engines = try words.value(of: "--engines")?.split(separator: ",").map(String.init) ?? names
    return try words.value(of: "--peers").map { try InstalledPeers($0, engines: engines) }
  }

  private func folder(of peer: InstalledPeers.Peer) -> String { scratch.path + "/" + peer.name }

  private func start(_ peer: InstalledPeers.Peer, _ arguments: [String]) throws -> PeerProcess {
    guard let installed else { throw WrongAnswer(description: "no peers") }
    return try installed.start(peer, arguments)
  }

  /// Starts a driver that builds on request. Blocks until it has read the documents and run its warm-up.
  ///
  /// - Parameters:
  ///   - file: path of the documents, JSON lines.
  ///   - warmUp: number of builds that are not reported.
  func startBuilds(_ peer: InstalledPeers.Peer, file: String, warmUp: Int) throws -> PeerProcess {
    let process = try start(
      peer, ["index", file, folder(of: peer), "--french", "--serve", "--warm-up", "\(warmUp)"])
    _ = try process.next(Ready.self)
    return process
  }

  /// The line that a driver writes once it is ready.
  private struct Ready: Decodable { let event: String }

  /// Counts the words of queries that a built index reads.
  func words(_ queries: [BenchmarkQuery], _ peer: InstalledPeers.Peer) throws -> QueryWords {
    let file = try PeerQueries.write(queries, beside: folder(of: peer))
    return try QueryWords(try start(peer, ["words", folder(of: peer), file]), queries: queries.count)
  }

  /// Starts the search in a built index; the warm-up runs its queries.
  ///
  /// - Parameter limit: number of hits of a search.
  func engine(_ peer: InstalledPeers.Peer, warmUp: [BenchmarkQuery], limit: Int = 10) throws -> PeerQueries {
    guard let installed else { throw WrongAnswer(description: "no peers") }
    return try PeerQueries(peer, installed, folder: folder(of: peer), warmUp: warmUp, limit: limit)
  }
}

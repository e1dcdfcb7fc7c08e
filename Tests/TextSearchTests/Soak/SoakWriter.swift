import TestSupport

@testable import TextSearch

/// Adds, replaces, deletes, merges and commits at random, and says before each commit what it will hold.
final class SoakWriter {
  struct Counts {
    var (added, replaced, deleted, commits, merges, compactions, rollbacks) = (0, 0, 0, 0, 0, 0, 0)
  }

  private let path: String
  private let states: SoakStates
  private var random: SeededRandom
  private var writer: IndexWriter?
  /// As the writer has it, and as it was committed.
  private var model = SoakModel()
  private var committed = SoakModel()
  private var generation: UInt64 = 0
  private var serial = 0
  private(set) var counts = Counts()

  static let keys = 500

  init(_ path: String, _ states: SoakStates, seed: UInt64) throws {
    (self.path, self.states) = (path, states)
    random = SeededRandom(seed: seed)
    for _ in 0..<100 { try add() }
    try commit()
  }

  private func open() throws -> IndexWriter {
    if let writer { return writer }
    let options = IndexOptions(
      segmentBudget: random.pick([3_000, 30_000, 1 << 22]), threads: random.integer(1...2))
    let new = try IndexWriter(path, options: options, mode: .append)
    writer = new
    return new
  }

  /// One random step.
  func step() throws {
    switch random.integer(0...99) {
    case 0..<66: try add()
    case 66..<76: try deleteKey()
    case 76..<78: try deleteMatching()
    case 78..<96: try commit()
    case 96: try compact()
    case 97: rollBack()
    case 98: try open().flush()
    default:
      // Gone without a commit.
      writer = nil
      model = committed
    }
  }

  private func key() -> String { "k\(random.integer(0...Self.keys - 1))" }

  private func add() throws {
    serial += 1
    var words: Set<Int> = []
    for _ in 0..<random.integer(1...10) { words.insert(random.integer(0...SoakModel.words.count - 1)) }
    let entry = SoakModel.Entry(serial: serial, words: words, part: random.integer(0...SoakModel.parts - 1))
    let key = key()
    try open().add(SoakModel.document(key, entry))
    counts.added += 1
    if model.entries.updateValue(entry, forKey: key) != nil { counts.replaced += 1 }
  }

  private func deleteKey() throws {
    let key = key()
    try open().delete(key: key)
    if model.entries.removeValue(forKey: key) != nil { counts.deleted += 1 }
  }

  /// Deletes the documents of a part that hold all words of a query.
  private func deleteMatching() throws {
    let request = SoakModel.Request(&random)
    let part = random.integer(0...SoakModel.parts - 1)
    guard !model.entries.isEmpty else { return }
    try open().delete(matching: request.text, filter: .equals("part", .keyword("p\(part)")))
    let before = model.entries.count
    model.entries = model.entries.filter { $0.value.part != part || !request.words.isSubset(of: $0.value.words) }
    counts.deleted += before - model.entries.count
  }

  private func compact() throws {
    try open().compact(reorder: random.integer(0...1) == 0)
    counts.compactions += 1
    try commit()
  }

  private func rollBack() {
    writer?.rollback()
    model = committed
    counts.rollbacks += 1
  }

  private func commit() throws {
    let old = try numbers()
    // Readers may see the commit before it returns.
    states.announce(model, generation + 1)
    let summary = try open().commit()
    generation = try SearchIndex(path).generation
    guard summary.documents == model.entries.count, states.model(generation) != nil else {
      throw SoakFailure(what: "a commit holds \(summary.documents), not \(model.entries.count)")
    }
    committed = model
    counts.commits += 1
    let new = try numbers()
    if new.contains(where: { !old.contains($0) }), old.contains(where: { !new.contains($0) }) { counts.merges += 1 }
  }

  private func numbers() throws -> Set<UInt64> {
    Set(try Manifest.read(in: path)?.segments.map(\.number) ?? [])
  }
}

struct SoakFailure: Error, CustomStringConvertible {
  let what: String
  var description: String { what }
}

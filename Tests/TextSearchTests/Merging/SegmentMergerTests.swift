import TestSupport
import Testing

@testable import TextSearch

/// A merged segment has the bytes of one that was built of the same documents.
@Suite struct SegmentMergerTests {
  private static let options = IndexOptions(attributes: ["year": .integer])

  private func documents(_ count: Int, _ random: inout SeededRandom) -> [Document] {
    var documents = RandomDocuments.make(count, &random, maximum: 60)
    for index in documents.indices {
      if random.integer(0...2) == 0 { documents[index].attributes["year"] = [String(random.integer(1900...2030))] }
      if random.integer(0...2) == 0 { documents[index].attributes["tag\(random.integer(0...4))"] = ["a", "b"] }
    }
    return documents
  }

  /// The only segment of an index of some documents.
  private func build(
    _ documents: [Document], in folder: TemporaryFolder, _ name: String, _ options: IndexOptions = Self.options
  ) throws -> Segment {
    let path = folder.path + "/" + name
    let writer = try IndexWriter(path, options: options)
    for document in documents { try writer.add(document) }
    try writer.commit()
    return try Segment(path + "/" + Manifest.segmentName(1))
  }

  private func merge(
    _ sources: [SegmentMerger.Source], in folder: TemporaryFolder, _ name: String
  ) throws -> Segment {
    let path = folder.path + "/" + name + ".fts"
    var merger = try SegmentMerger(sources)
    _ = try merger.write(Self.options.settings, to: path)
    return try Segment(path)
  }

  private func expectEqual(_ found: Segment, _ expected: Segment, _ what: String) throws {
    for section in SegmentLayout.Section.allCases {
      let isEqual = try found.bytes(of: section) == expected.bytes(of: section)
      #expect(isEqual, "\(what), section \(section.name)")
    }
    #expect(try found.fileBytes() == expected.fileBytes(), "\(what), whole file")
  }

  @Test(arguments: [UInt64(471), 472, 473, 474])
  func mergingWritesWhatBuildingWrites(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let folder = try TemporaryFolder()
    let all = documents(random.integer(30...400), &random)
    var parts = [[Document]](repeating: [], count: random.integer(1...5))
    for document in all { parts[random.integer(0...parts.count - 1)].append(document) }
    parts.removeAll(where: \.isEmpty)
    var sources: [SegmentMerger.Source] = []
    var live: [Document] = []
    let share = random.pick([0, 5, 50, 95])
    for (number, part) in parts.enumerated() {
      let segment = try build(part, in: folder, "part\(number)")
      var deleted = DeletedDocuments(limit: segment.documentCount)
      for document in part {
        if random.integer(0...99) < share {
          deleted.insert(try #require(try segment.document(withKey: Array(document.key.utf8))))
        } else {
          live.append(document)
        }
      }
      sources.append(SegmentMerger.Source(segment: segment, deleted: deleted))
    }
    guard !live.isEmpty else { return }
    try expectEqual(try merge(sources, in: folder, "merged"), try build(live, in: folder, "whole"), "seed \(seed)")
  }

  @Test func mergingIsAssociative() throws {
    var random = SeededRandom(seed: 481)
    let folder = try TemporaryFolder()
    let all = documents(240, &random)
    var parts: [SegmentMerger.Source] = []
    for number in 0..<3 {
      let part = all.enumerated().filter { $0.offset % 3 == number }.map(\.element)
      let segment = try build(part, in: folder, "part\(number)")
      let deleted = DeletedDocuments(number == 1 ? [0, 7, 8, 30] : [], limit: segment.documentCount)
      parts.append(SegmentMerger.Source(segment: segment, deleted: deleted))
    }
    func pair(_ sources: [SegmentMerger.Source], _ name: String) throws -> SegmentMerger.Source {
      SegmentMerger.Source(segment: try merge(sources, in: folder, name))
    }
    let left = try pair([try pair([parts[0], parts[1]], "ab"), parts[2]], "ab-c")
    let right = try pair([parts[0], try pair([parts[1], parts[2]], "bc")], "a-bc")
    let whole = try pair(parts, "abc")
    try expectEqual(left.segment, whole.segment, "(a b) c")
    try expectEqual(right.segment, whole.segment, "a (b c)")
  }

  @Test func aReorderedSegmentHoldsTheSameAndMergesBack() throws {
    var random = SeededRandom(seed: 482)
    let folder = try TemporaryFolder()
    let all = documents(150, &random)
    let whole = try build(all, in: folder, "whole")
    let order = (0..<UInt32(150)).shuffled(using: &random)
    var merger = try SegmentMerger([SegmentMerger.Source(segment: whole)]) { _ in order }
    _ = try merger.write(Self.options.settings, to: folder.path + "/reordered.fts")
    let reordered = try Segment(folder.path + "/reordered.fts")
    try reordered.verifyChecksums()
    #expect(reordered.keyRanks.isReordered && reordered.statistics == whole.statistics)
    for (number, old) in order.enumerated() {
      let document = UInt32(number)
      #expect(try reordered.key(document) == whole.key(old))
      #expect(try reordered.document(withKey: try whole.key(old)) == document)
      #expect(try reordered.stored(document) == whole.stored(old))
      #expect(try reordered.lengthCode(document) == whole.lengthCode(old))
    }
    let back = try merge([SegmentMerger.Source(segment: reordered)], in: folder, "back")
    try expectEqual(back, whole, "back in the order of keys")
  }

  @Test func neighboursOfOneListOfATermAreDamage() throws {
    let folder = try TemporaryFolder()
    let kept = try build([Document(key: "a", body: "la maison rouge")], in: folder, "kept")
    var options = Self.options
    options.keepsPairs = false
    let other = try build([Document(key: "b", body: "la maison bleue")], in: folder, "other", options)
    let sources = [SegmentMerger.Source(segment: kept), SegmentMerger.Source(segment: other)]
    var error: SearchError?
    do throws(SearchError) {
      var merger = try SegmentMerger(sources)
      _ = try merger.write(Self.options.settings, to: folder.path + "/merged.fts")
    } catch let found {
      error = found
    }
    guard case .corrupt(let file, _, _, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(file == folder.path + "/other/" + Manifest.segmentName(1))
  }

  /// A merge of some segments, with and without deletions, one of them reordered.
  @Test(arguments: [UInt64(485), 486]) func temporaryFilesChangeNothing(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let folder = try TemporaryFolder()
    let all = documents(300, &random)
    var sources: [SegmentMerger.Source] = []
    for number in 0..<3 {
      let part = all.enumerated().filter { $0.offset % 3 == number }.map(\.element)
      var segment = try build(part, in: folder, "part\(number)")
      if number == 2 {
        let order = (0..<UInt32(segment.documentCount)).shuffled(using: &random)
        var merger = try SegmentMerger([SegmentMerger.Source(segment: segment)]) { _ in order }
        let path = folder.path + "/reordered.fts"
        _ = try merger.write(Self.options.settings, to: path, spoolBytes: 64)
        segment = try Segment(path)
      }
      let deleted = number == 0 ? [] : (0..<UInt32(20)).map { $0 * 4 }
      sources.append(
        SegmentMerger.Source(segment: segment, deleted: DeletedDocuments(deleted, limit: segment.documentCount)))
    }
    let plain = try merge(sources, in: folder, "plain")
    let names = try SystemCalls.names(in: folder.path)
    for spoolBytes in [32, 64, 4096] {
      var merger = try SegmentMerger(sources)
      let path = folder.path + "/spooled.fts"
      _ = try merger.write(Self.options.settings, to: path, spoolBytes: spoolBytes)
      try expectEqual(try Segment(path), plain, "seed \(seed), \(spoolBytes) bytes")
      try SystemCalls.remove(path)
      #expect(try SystemCalls.names(in: folder.path) == names)
    }
  }
}

import Foundation
import TextSearch

/// Whole titles as queries: how often the document comes first whose title was typed.
///
/// Titles are typed as plain words, with blanks for signs, with diacritics and without. A seeded sample of those that are unique
/// when they are typed without.
enum KnownItems {
  private static let sample = 1500

  /// Prints a row for each file and way of typing.
  ///
  /// - Parameter prefix: only documents whose keys begin with it are looked for; all are indexed.
  static func run(_ files: [String], prefix: String, _ options: SearchOptions) throws {
    for file in files {
      let documents = try Corpus.read([file])
      let folder = try ScratchFolder()
      let writer = try IndexWriter(folder.path)
      for document in documents { try writer.add(document) }
      try writer.commit()
      let index = try SearchIndex(folder.path)
      for isFolded in [false, true] {
        var (first, ten, count) = (0, 0, 0)
        for (key, title) in titles(documents, prefix) {
          let hits = try index.topHits(isFolded ? folded(title) : plain(title), options).hits
          count += 1
          if hits.first?.key == key { first += 1 }
          if hits.contains(where: { $0.key == key }) { ten += 1 }
        }
        let name = file.split(separator: "/").last ?? ""
        print("\(name)\t\(isFolded ? "folded" : "accented")\tfirst \(first)\tamong ten \(ten)\tof \(count)")
      }
    }
  }

  /// Returns keys and titles of the sample.
  private static func titles(_ documents: [Document], _ prefix: String) -> [(key: String, title: String)] {
    var times: [String: Int] = [:]
    let all = documents.map { document in
      (key: document.key, title: document.fields.first { $0.name == "title" }?.text ?? "")
    }
    for (_, title) in all { times[folded(title), default: 0] += 1 }
    var random = SeededRandom(seed: 6)
    let unique = all.filter { $0.key.hasPrefix(prefix) && times[folded($0.title)] == 1 && !folded($0.title).isEmpty }
    return Array(unique.shuffled(using: &random).prefix(sample))
  }

  /// Returns a title with single blanks for what is no letter, mark or digit.
  private static func plain(_ title: String) -> String {
    title.unicodeScalars.split { scalar in
      !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
        && scalar.properties.generalCategory != .nonspacingMark
    }.map { String($0) }.joined(separator: " ")
  }

  private static func folded(_ title: String) -> String {
    var text = ""
    for scalar in title.decomposedStringWithCanonicalMapping.unicodeScalars
    where scalar.properties.generalCategory != .nonspacingMark { text.unicodeScalars.append(scalar) }
    return plain(text.lowercased()).replacing("đ", with: "d")
  }
}

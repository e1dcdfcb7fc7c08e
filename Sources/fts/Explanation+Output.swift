import TextSearch

/// An explanation of a score as lines of text and as JSON. Numbers have all their digits, so that they add up.
extension Explanation {
  /// The explanation as lines of text: the score, then each leaf with its lists, then each adjacent pair, then the bonus of the title.
  var lines: [String] {
    var lines = ["\(score) = the sum of, length \(length)"]
    for leaf in leaves where leaf.contributes {
      let field = leaf.field.map { " in \($0)" } ?? ""
      lines.append(
        "  \(leaf.score)  \(leaf.text)\(field) = boost \(leaf.boost) * idf \(leaf.idf) * x / (1 + x), x = \(leaf.input)"
      )
      for (number, lists) in leaf.lists.enumerated() { lines += lists.map { "    " + $0.line(leaf, number) } }
    }
    for pair in pairs where pair.score != 0 {
      lines.append(
        "  \(pair.score)  \(pair.first) before \(pair.second)"
          + Pair.line(
            "", pair.other, weighted: pair.weightedFrequency.other, weight: pair.otherWeight,
            lengthNorm: pair.otherLengthNorm)
          + Pair.line(
            " Vietnamese", pair.vietnamese, weighted: pair.weightedFrequency.vietnamese, weight: pair.vietnameseWeight,
            lengthNorm: pair.vietnameseLengthNorm))
    }
    if titleBonus > 0 { lines.append("  \(titleBonus)  the query is the whole title") }
    return lines
  }

  /// The explanation as a JSON object.
  var object: JSONObject {
    var object = JSONObject()
    object.add("score", score)
    object.add("length", length)
    object.add("leaves", objects: leaves.filter(\.contributes).map(\.object))
    object.add("pairs", objects: pairs.map(\.object))
    if titleBonus > 0 { object.add("titleBonus", titleBonus) }
    return object
  }
}

extension Explanation {
  /// Returns a frequency as text; where field weights change it, the weighted frequency first.
  fileprivate static func times(_ frequency: Int, weighted: Float) -> String {
    weighted == Float(frequency) ? "\(frequency) times" : "\(weighted) (\(frequency) times by field)"
  }
}

extension Explanation.List {
  /// Returns the line of a posting list.
  ///
  /// - Parameters:
  ///   - leaf: the leaf that the list belongs to.
  ///   - word: the index of the list's word in the leaf, from 0.
  fileprivate func line(_ leaf: Explanation.Leaf, _ word: Int) -> String {
    let name = "\(language) \(key)\(spelling.map { "/" + $0 } ?? "")"
    let times = Explanation.times(frequency, weighted: weightedFrequency)
    guard leaf.lists.count == 1 else { return "word \(word + 1): \(name), \(times)" }
    return "\(input)  \(name) = weight \(weight) * \(times) * 1/K \(lengthNorm)"
  }

  fileprivate var object: JSONObject {
    var object = JSONObject()
    object.add("language", language.description)
    object.add("key", key)
    object.add("spelling", spelling)
    object.add("frequency", frequency)
    if weightedFrequency != Float(frequency) { object.add("weighedFrequency", weightedFrequency) }
    object.add("weight", weight)
    object.add("normalizer", lengthNorm)
    return object
  }
}

extension Explanation.Leaf {
  fileprivate var object: JSONObject {
    var object = JSONObject()
    object.add("text", text)
    object.add("field", field)
    object.add("score", score)
    object.add("idf", idf)
    object.add("boost", boost)
    object.add("x", input)
    object.add("lists", objects: lists.joined().map(\.object))
    return object
  }
}

extension Explanation.Pair {
  /// Returns the part of a pair's line for one of its languages; empty if the pair is never adjacent in it.
  fileprivate static func line(
    _ name: String, _ frequency: Int, weighted: Float, weight: Float, lengthNorm: Float
  ) -> String {
    guard frequency > 0 else { return "" }
    let times = Explanation.times(frequency, weighted: weighted)
    return ";\(name) weight \(weight) * y / (1 + y), y = \(times) * 1/K \(lengthNorm)"
  }

  fileprivate var object: JSONObject {
    var object = JSONObject()
    object.add("first", first)
    object.add("second", second)
    object.add("score", score)
    if weightedFrequency.other != Float(other) { object.add("weighedOther", weightedFrequency.other) }
    if weightedFrequency.vietnamese != Float(vietnamese) {
      object.add("weighedVietnamese", weightedFrequency.vietnamese)
    }
    object.add("other", other)
    object.add("otherWeight", otherWeight)
    object.add("otherNormalizer", otherLengthNorm)
    object.add("vietnamese", vietnamese)
    object.add("vietnameseWeight", vietnameseWeight)
    object.add("vietnameseNormalizer", vietnameseLengthNorm)
    return object
  }
}

/// The score of a document for neighbouring words of the query that are adjacent in it, in their order.
///
/// For each pair of neighbours, weight * idf of the pair * y / (1 + y), where y = occurrences of the pair / K, like a word's
/// saturation input. Weights below 0, above 4 and those that are no numbers become the nearest valid ones. The article
/// <doc:Ranking> has the measurements.
public struct Adjacency: Sendable, Hashable {
  /// Weight of pairs in French text and in any other but Vietnamese, 0 to 4. Default 0.15.
  public var french: Float { didSet { french = Adjacency.clamped(french) } }
  /// Weight of pairs in Vietnamese text, 0 to 4: a Vietnamese word is mostly two syllables. Default 0.25.
  public var vietnamese: Float { didSet { vietnamese = Adjacency.clamped(vietnamese) } }

  /// Creates weights, each limited to 0 ... 4.
  public init(french: Float = 0.15, vietnamese: Float = 0.25) {
    self.french = Adjacency.clamped(french)
    self.vietnamese = Adjacency.clamped(vietnamese)
  }

  /// Pairs contribute nothing.
  public static let off = Adjacency(french: 0, vietnamese: 0)

  private static func clamped(_ weight: Float) -> Float { weight.isNaN ? 0 : min(4, max(0, weight)) }

  var isOff: Bool { french == 0 && vietnamese == 0 }
}

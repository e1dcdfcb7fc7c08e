import Foundation
import TestSupport
import Testing

@testable import TextSearch

/// Canonical composition against Foundation's.
@Suite struct NormalizerTests {
  /// Marks of Latin writing, without the ones that are written as others (U+0340, U+0341, U+0343, U+0344).
  private static let marks: [UInt32] = (UInt32(0x300)...0x345).filter { ![0x340, 0x341, 0x343, 0x344].contains($0) }
  private static let letters: [UInt32] =
    Array("aăâbcdđeêghiklmnoôơpqrstuưvxyzéèçëïüœæßñåøłẫởự".unicodeScalars.map(\.value))

  private func text(_ scalars: [UInt32]) -> String {
    String(String.UnicodeScalarView(scalars.compactMap { Unicode.Scalar($0) }))
  }

  @Test(arguments: [UInt64(21), 22, 23])
  func composesLettersAndMarksAsFoundationDoes(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<2000 {
      var scalars: [UInt32] = []
      for _ in 0..<random.integer(0...6) {
        scalars.append(random.integer(0...2) == 0 ? random.pick(Self.letters) : random.pick(Self.marks))
      }
      let expected = text(scalars).precomposedStringWithCanonicalMapping.unicodeScalars.map(\.value)
      let found = Normalizer.shared.composed(scalars)
      #expect(found == expected, "seed \(seed), scalars \(scalars.map { String($0, radix: 16) })")
    }
  }

  @Test func composesHangul() {
    #expect(Normalizer.shared.composed([0x1112, 0x1161, 0x11AB]) == [0xD55C])
    #expect(Normalizer.shared.composed([0xD558, 0x11AB]) == [0xD55C])
    #expect(Normalizer.shared.composed([0xD55C]) == [0xD55C])
    #expect(Normalizer.shared.composed([]) == [])
  }

  @Test func composingTwiceChangesNothing() {
    var random = SeededRandom(seed: 24)
    for _ in 0..<1000 {
      let scalars = (0..<random.integer(1...5)).map { _ in
        random.integer(0...1) == 0 ? random.pick(Self.letters) : random.pick(Self.marks)
      }
      let once = Normalizer.shared.composed(scalars)
      #expect(Normalizer.shared.composed(once) == once, "seed 24, scalars \(scalars)")
    }
  }
}

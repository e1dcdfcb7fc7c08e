import TestSupport
import Testing

@testable import TextSearch

/// Blocks come back as they were, by the kernels and by the plain decoder, and are small where they can be.
@Suite struct BlockTests {
  static let dictionary: [UInt8] = SharedDictionary.withBytes { bytes in bytes.indices.map { bytes[$0] } }

  static func compress(_ bytes: [UInt8], _ way: StoredCompression) -> [UInt8] {
    var compressor = BlockCompressor(way)
    return compress(bytes, &compressor)
  }

  private static func compress(_ bytes: [UInt8], _ compressor: inout BlockCompressor) -> [UInt8] {
    var writer = ByteWriter()
    compressor.compress(bytes.span, into: &writer)
    return MappedBytes.array(writer)
  }

  static func decompress(_ block: [UInt8], upTo limit: Int = .max) throws(SearchError) -> [UInt8] {
    let bytes = try BlockDecompressor.decompress(OwnedBytes.region(block.span, section: "documents"), upTo: limit)
    return try bytes.array(at: 0, count: bytes.count)
  }

  private static func check(_ bytes: [UInt8], _ compressor: inout BlockCompressor, _ note: String) throws {
    let block = compress(bytes, &compressor)
    #expect(try decompress(block) == bytes, "\(note)")
    #expect(PlainBlockDecoder.decode(block, dictionary: dictionary) == bytes, "\(note)")
    #expect(block.count <= bytes.count + BlockLayout.headSize, "\(note)")
    for limit in Set([0, 1, bytes.count / 3, bytes.count - 1, bytes.count, bytes.count + 1]) where limit >= 0 {
      let start = try decompress(block, upTo: limit)
      #expect(start.count >= min(limit, bytes.count) && bytes.starts(with: start), "\(note), \(limit) bytes")
    }
  }

  @Test func `the dictionary has the size that the format says`() {
    #expect(BlockTests.dictionary.count == SharedDictionary.size)
    #expect(SharedDictionary.size + BlockLayout.maximumBytes <= 1 << 16)
    #expect(Checksum.of(BlockTests.dictionary.span) == 6_854_542_703_018_027_633, "its bytes are a part of the format")
  }

  @Test(arguments: StoredCompression.allCases)
  func `blocks of every shape make the round trip`(way: StoredCompression) throws {
    var compressor = BlockCompressor(way)
    var random = SeededRandom(seed: 441)
    let maximum = BlockLayout.maximumBytes
    var shapes: [[UInt8]] = [[], [0], [65], Array("ab".utf8), Array("abc".utf8), Array("aaaa".utf8)]
    shapes.append([UInt8](repeating: 65, count: maximum))
    shapes.append((0..<maximum).map { _ in UInt8(random.integer(0...255)) })
    shapes.append((0..<maximum).map { _ in UInt8(random.integer(0...1)) })
    shapes.append((0..<1 << 14).map { UInt8(truncatingIfNeeded: $0) })
    shapes.append(Array(BlockTests.dictionary.prefix(maximum)))
    shapes.append(Array(BlockTests.dictionary.reversed().prefix(maximum)))
    // Literals and lengths at the lines between the forms.
    for count in [1, 6, 7, 8, 14, 22, 134, 135, 136, 300, 16_300, 20_000] {
      let literals = (0..<count).map { _ in UInt8(random.integer(128...255)) }
      shapes.append(literals + literals.prefix(12_000) + literals.prefix(9))
    }
    for (number, shape) in shapes.enumerated() { try BlockTests.check(shape, &compressor, "shape \(number)") }
  }

  @Test(arguments: StoredCompression.allCases)
  func `random texts make the round trip`(way: StoredCompression) throws {
    var compressor = BlockCompressor(way)
    var random = SeededRandom(seed: 442)
    for number in 0..<150 {
      let bytes =
        number % 2 == 0
        ? RandomText.damagedBytes(&random, maximum: 400) : Array(RandomDocuments.text(&random, maximum: 900).utf8)
      try BlockTests.check(bytes, &compressor, "seed 442, text \(number)")
    }
  }

  /// Each number of bytes from the start of one block, with sequences of both forms.
  @Test func `every start of a block is that of its bytes`() throws {
    var random = SeededRandom(seed: 443)
    let bytes = Array(RandomDocuments.text(&random, maximum: 300).utf8) + [UInt8](repeating: 65, count: 200)
    let block = BlockTests.compress(bytes, .fast)
    for limit in 0...bytes.count {
      #expect(try BlockTests.decompress(block, upTo: limit) == Array(bytes.prefix(limit)), "\(limit) bytes")
    }
  }

  /// A symbol that comes twice as often as the next one has a code one bit shorter, until the limit.
  @Test func `codes that would grow too long are flattened`() throws {
    let counts = (0..<30).map { UInt32(1) << UInt32($0) }
    let code = HuffmanCode(counts: counts)
    #expect(code.lengths.max() == UInt8(BlockLayout.Dense.maximumBits))
    #expect(code.lengths[29] == 1 && !code.lengths.contains(0))
    #expect(HuffmanCode(lengths: code.lengths)?.codes == code.codes)
    #expect(HuffmanCode(counts: [0, 0, 7]).lengths == [0, 0, 1])
    #expect(HuffmanCode(counts: [0, 0]).lengths == [0, 0])
    for wrong: [UInt8] in [[1, 1, 1], [1, 2], [2], [12, 12], [1, 2, 3]] { #expect(HuffmanCode(lengths: wrong) == nil) }
  }

  @Test func `a compressor keeps nothing of the blocks before`() {
    var random = SeededRandom(seed: 443)
    let texts = (0..<6).map { _ in Array(RandomDocuments.text(&random, maximum: 900).utf8) }
    for way in StoredCompression.allCases {
      var compressor = BlockCompressor(way)
      let together = texts.map { BlockTests.compress($0, &compressor) }
      #expect(together == texts.map { BlockTests.compress($0, way) })
    }
  }

  @Test(.enabled(if: TestData.isPresent("bench/fr.jsonl") && TestData.isPresent("bench/vi.jsonl")))
  func `real text shrinks as it must`() throws {
    for name in ["bench/fr.jsonl", "bench/vi.jsonl"] {
      let path = try #require(TestData.path(name))
      let file = try MappedFile(path).bytes
      let text = try file.array(at: 0, count: min(file.count, 2_000_000))
      var sizes: [Double] = []
      for way in StoredCompression.allCases {
        let blocks = BlockSeries(text, way, blockSize: 1 << 14)
        #expect(try blocks.text() == text)
        sizes.append(Double(text.count) / Double(blocks.byteCount))
      }
      #expect(sizes[0] < 1 && sizes[1] > 1.7 && sizes[2] > 2.2, "\(name): \(sizes)")
    }
  }
}

#if canImport(Glibc)
  import Glibc

  /// The C library's converter of character sets: a reference that shares nothing with the tables under test.
  @safe
  final class CharacterConverter {
    // Safe because: opened in `init`, closed in `deinit`, never handed out.
    private let descriptor: iconv_t
    /// (size_t) -1.
    private static let failure = Int(bitPattern: UInt.max)

    init?(from name: String) {
      guard let descriptor = unsafe iconv_open("UTF-8", name), Int(bitPattern: descriptor) != -1 else {
        return nil
      }
      unsafe self.descriptor = descriptor
    }

    deinit { _ = unsafe iconv_close(descriptor) }

    /// The text of bytes; nil if some byte stands for nothing.
    func decode(_ bytes: [UInt8]) -> String? {
      var input = bytes.map { CChar(bitPattern: $0) }
      var output = [CChar](repeating: 0, count: 64)
      let capacity = output.count
      let written: Int? = unsafe input.withUnsafeMutableBufferPointer { input in
        unsafe output.withUnsafeMutableBufferPointer { output in
          var from = input.baseAddress
          var to = output.baseAddress
          var fromLeft = input.count
          var toLeft = capacity
          unsafe iconv(descriptor, nil, nil, nil, nil)
          let isConverted = unsafe iconv(descriptor, &from, &fromLeft, &to, &toLeft) != CharacterConverter.failure
          guard isConverted, fromLeft == 0 else { return nil }
          // What waits for a combining mark is written now.
          unsafe iconv(descriptor, nil, nil, &to, &toLeft)
          return capacity - toLeft
        }
      }
      guard let written else { return nil }
      return String(decoding: output.prefix(written).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
#endif

/// The folding of forms to keys: without diacritics, ligatures and strokes replaced by ASCII letters.
enum Folding {
  /// Returns a text in lower case and composed, as the forms in an index are, in UTF-8.
  static func form(of text: some Sequence<Unicode.Scalar>) -> [UInt8] {
    let table = CharacterTable.shared
    var bytes: [UInt8] = []
    for scalar in text {
      let entry = table[scalar.value]
      if entry.isIdentity || entry.characterClass == .extend {
        Scalars.append(scalar.value, to: &bytes)
      } else if entry.isLong {
        bytes.append(contentsOf: table.longTexts(of: entry).form)
      } else {
        append(UInt64(entry.form), count: Int(entry.formCount), to: &bytes)
      }
    }
    return Array(Normalizer.shared.composed(String(decoding: bytes, as: UTF8.self)).utf8)
  }

  /// Returns the key of a composed lower-case form, both in UTF-8.
  static func key(of form: [UInt8]) -> [UInt8] {
    var key: [UInt8] = []
    key.reserveCapacity(form.count)
    for scalar in String(decoding: form, as: UTF8.self).unicodeScalars { appendKey(of: scalar.value, to: &key) }
    return key
  }

  /// Appends the key of a scalar.
  static func appendKey(of scalar: UInt32, to key: inout [UInt8]) {
    let table = CharacterTable.shared
    let entry = table[scalar]
    if entry.isIdentity {
      Scalars.append(scalar, to: &key)
    } else if entry.isLong {
      key.append(contentsOf: table.longTexts(of: entry).key)
    } else {
      append(UInt64(entry.key), count: Int(entry.keyCount), to: &key)
    }
  }

  /// Appends the bytes of a packed text, the lowest first.
  private static func append(_ packed: UInt64, count: Int, to bytes: inout [UInt8]) {
    for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: packed >> UInt64(8 * index))) }
  }
}

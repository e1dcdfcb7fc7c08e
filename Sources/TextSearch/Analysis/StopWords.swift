/// The stop words of both languages: words so frequent that they say little about the topic of a query.
///
/// The index contains them all: `Ngô Lê Văn` and `être ou ne pas être` consist of them. Only queries reduce their
/// weight.
enum StopWords {
  /// Whether a composed lower-case form is a French stop word, with or without its accents.
  static func isFrench(_ form: [UInt8]) -> Bool { form.count <= longestFrench && frenchForms.contains(form) }

  /// Whether a composed lower-case form is a Vietnamese stop word, with its diacritics.
  static func isVietnamese(_ form: [UInt8]) -> Bool { vietnamese.contains(ToneMarks.canonical(form)) }

  /// Whether a key is that of a Vietnamese stop word: its spelling without diacritics.
  static func isVietnameseWithoutDiacritics(_ key: [UInt8]) -> Bool { vietnameseFolded.contains(key) }

  /// Articles, pronouns, determiners, prepositions and the forms of être and avoir.
  ///
  /// Words that are also common nouns are left out: est (east), été (summer), sommes, son, as, aura, auras, avions,
  /// fût.
  static let french: Set<[UInt8]> = words(
    """
    le la les l un une du des au aux
    je j me m moi tu t te toi il elle on se s soi lui eux nous vous ils y en
    mon ma mes ton ta tes sa ses notre nos votre vos leur leurs
    ce c cet cette ces ceci cela celà
    que qu qui quel quelle quels quelles
    à de d dans par pour sur sans avec et ou mais ne n pas même ici
    suis es êtes sont étais était étions étiez étaient étant étée étées
    serai seras sera serons serez seront serais serait serions seriez seraient
    sois soit soyons soyez soient fus fut fûmes fûtes furent fusse fusses fussions fussiez fussent
    ai avons avez ont avais avait aviez avaient ayant eu eue eus eues
    aurai aurons aurez auront aurais aurait aurions auriez auraient
    aie aies ait ayons ayez aient eut eûmes eûtes eurent eusse eusses eût eussions eussiez eussent
    """)

  private static let frenchForms = french.union(french.map(Folding.key))
  /// Length of the longest form, in bytes; longer words need no lookup.
  private static let longestFrench = frenchForms.reduce(0) { max($0, $1.count) }

  /// The commonest function words. The list is short, because a long one reduces retrieval quality.
  static let vietnamese: Set<[UInt8]> = words(
    """
    và của là có các cho những một được trong với không đã này thì mà ở để người về từ khi như cũng tại ra đến vào
    rất sẽ bị bởi do theo nhưng hay hoặc đó nào gì ai sao thế bao nhiêu
    """)

  private static let vietnameseFolded = Set(vietnamese.map(Folding.key))

  private static func words(_ text: String) -> Set<[UInt8]> {
    Set(text.utf8.split { $0 == 0x20 || $0 == 0x0A }.map(Array.init))
  }
}

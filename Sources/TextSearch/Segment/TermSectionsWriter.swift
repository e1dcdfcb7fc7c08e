/// Writes the sections that belong to terms while the lists are encoded: positions, the largest, go to the segment file,
/// what comes after them to temporary files.
struct TermSectionsWriter: ~Copyable {
  /// The terms. Their lists must be added in this order to one `PostingListWriter`, or to several in turns.
  var dictionary = TermDictionaryWriter()
  /// The French forms.
  var lexicon: LexiconSorter
  private var terms: SpoolFile
  private var postings: SpoolFile
  private var blocks: SpoolFile
  private var forms: SpoolFile
  private var codes: SpoolFile
  private var neighbours: SpoolFile

  /// Begins the section of the positions; nothing else may be written before `finish`.
  init(_ writer: inout SegmentWriter) throws(SearchError) {
    terms = writer.spool(.terms)
    postings = writer.spool(.postings)
    blocks = writer.spool(.blocks)
    forms = writer.spool(.forms)
    codes = writer.spool(.codes)
    neighbours = writer.spool(.neighbours)
    lexicon = LexiconSorter(writer.spool(.lexicon), runBytes: 32 * writer.spoolBytes)
    try writer.begin(.positions)
  }

  /// Takes what lists and dictionary have collected, where it is worth it; called at any time, also within a list.
  mutating func takePieces(_ lists: inout PostingListWriter, _ writer: inout SegmentWriter) throws(SearchError) {
    try writer.takePieces(&lists.positions)
    try postings.takePieces(&lists.postings)
    try blocks.takePieces(&lists.blocks)
    try forms.takePieces(&lists.forms)
    try codes.takePieces(&lists.codes)
    try neighbours.takePieces(&lists.neighbours)
    try terms.takePieces(&dictionary.terms)
  }

  /// Takes all that lists have collected.
  mutating func take(_ lists: inout PostingListWriter, _ writer: inout SegmentWriter) throws(SearchError) {
    try writer.take(&lists.positions)
    try postings.take(&lists.postings)
    try blocks.take(&lists.blocks)
    try forms.take(&lists.forms)
    try codes.take(&lists.codes)
    try neighbours.take(&lists.neighbours)
    try terms.takePieces(&dictionary.terms)
  }

  /// Writes the sections behind the positions, once all lists have been taken.
  consuming func finish(_ writer: inout SegmentWriter) throws(SearchError) {
    try writer.end()
    try terms.take(&dictionary.terms)
    try writer.write(.terms, terms)
    try writer.write(.termIndex, dictionary.index().bytes.span)
    try writer.write(.postings, postings)
    try writer.write(.blocks, blocks)
    try writer.write(.forms, forms)
    try writer.write(.codes, codes)
    try writer.write(.neighbours, neighbours)
    try writer.begin(.lexicon)
    let index = try lexicon.finish(to: &writer)
    try writer.end()
    try writer.write(.lexiconIndex, index.bytes.span)
  }
}

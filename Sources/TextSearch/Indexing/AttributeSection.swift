/// The section `attributes` of the documents that wait in a buffer.
enum AttributeSection {
  /// - Parameter order: the documents that stay, in the order of the segment.
  static func encode(_ buffer: borrowing PostingBuffer, _ order: [Int], _ schema: AttributeSchema) -> ByteWriter {
    var columns = AttributeColumnsWriter(schema, documents: order.count)
    let numbers = buffer.finalAttributeNumbers
    let places = buffer.attributeNames.map { columns.place(of: $0) }
    for (document, index) in order.enumerated() {
      for (name, value) in buffer.documents[index].attributes {
        columns.add(Normalizer.shared.composed(value), to: UInt32(document), at: places[numbers[name]])
      }
    }
    var section = ByteWriter()
    columns.write(to: &section)
    return section
  }
}

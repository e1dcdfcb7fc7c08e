/// A document to be indexed.
public struct Document: Sendable, Equatable {
  /// A named text.
  public struct Field: Sendable, Equatable {
    public var name: String
    public var text: String

    public init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  /// Identifies the document in its index; of two documents with one key the later one stays.
  public var key: String
  /// Texts to search. Fields that the index does not have are an error.
  public var fields: [Field]
  /// Values to show, filter, sort and count by: `path`, `date` and the like, each with any number of values. The index
  /// reads them as the types that ``IndexOptions/attributes`` declares.
  public var attributes: [String: [String]]

  public init(key: String, fields: [Field], attributes: [String: [String]] = [:]) {
    self.key = key
    self.fields = fields
    self.attributes = attributes
  }

  public init(key: String, title: String = "", body: String, attributes: [String: [String]] = [:]) {
    self.init(key: key, fields: [Field("title", title), Field("body", body)], attributes: attributes)
  }

  /// A document with one value for each attribute.
  @_disfavoredOverload
  public init(key: String, fields: [Field], attributes: [String: String]) {
    self.init(key: key, fields: fields, attributes: attributes.mapValues { [$0] })
  }

  /// A document with one value for each attribute.
  @_disfavoredOverload
  public init(key: String, title: String = "", body: String, attributes: [String: String]) {
    self.init(key: key, title: title, body: body, attributes: attributes.mapValues { [$0] })
  }
}

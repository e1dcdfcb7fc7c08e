/// A document to be indexed.
public struct Document: Sendable, Equatable {
  /// A named text.
  public struct Field: Sendable, Equatable {
    /// One of ``IndexOptions/fields``.
    public var name: String
    /// Text to be analysed.
    public var text: String

    /// Creates a field.
    public init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  /// Identifies the document in its index: a document replaces an earlier one with an equal key.
  public var key: String
  /// Texts to search. ``IndexWriter/add(_:)`` rejects fields that the index does not have.
  public var fields: [Field]
  /// Attributes by name, each with any number of values: to show, filter, sort and count by, such as `path` and `date`.
  /// The index reads the values as the types that ``IndexOptions/attributes`` declares.
  public var attributes: [String: [String]]

  /// Creates a document with any fields.
  public init(key: String, fields: [Field], attributes: [String: [String]] = [:]) {
    self.key = key
    self.fields = fields
    self.attributes = attributes
  }

  /// Creates a document with the fields `title` and `body`.
  public init(key: String, title: String = "", body: String, attributes: [String: [String]] = [:]) {
    self.init(key: key, fields: [Field("title", title), Field("body", body)], attributes: attributes)
  }

  /// Creates a document with any fields and one value for each attribute.
  @_disfavoredOverload
  public init(key: String, fields: [Field], attributes: [String: String]) {
    self.init(key: key, fields: fields, attributes: attributes.mapValues { [$0] })
  }

  /// Creates a document with the fields `title` and `body` and one value for each attribute.
  @_disfavoredOverload
  public init(key: String, title: String = "", body: String, attributes: [String: String]) {
    self.init(key: key, title: title, body: body, attributes: attributes.mapValues { [$0] })
  }
}

/// Which members of a record are its key, title, body and attributes.
///
/// Without a map `id` is the key, `title` the title, `body` the body, and every other member an attribute of its name.
/// `title=headline` makes the member `headline` the title; `body=content.fr` reads a member of an object, several maps
/// to one field join their texts, and `year=date.year` names an attribute.
package struct FieldMap: Equatable, Sendable {
  /// A field or attribute and the member that it is read from.
  package struct Pair: Equatable, Sendable {
    package let field: String
    package let member: String
  }

  /// The pairs in the order in which they were given.
  package private(set) var pairs: [Pair] = []

  /// Creates a map without pairs.
  package init() {}

  /// Parses pairs `field=member`; nil if one has no sign, no field or no member.
  package init?(_ texts: [String]) {
    for text in texts {
      guard let sign = text.firstIndex(of: "="), sign != text.startIndex, text.index(after: sign) != text.endIndex
      else {
        return nil
      }
      pairs.append(Pair(field: String(text[..<sign]), member: String(text[text.index(after: sign)...])))
    }
  }

  /// The pairs as they are written.
  package var texts: [String] { pairs.map { "\($0.field)=\($0.member)" } }

  /// Key, title, body and attributes of a record.
  struct Fields: Equatable {
    var id: String?
    var title = ""
    var body = ""
    var attributes: [String: [String]] = [:]
    /// Whether the record has a title or a body.
    var hasText = false
  }

  static let ownNames: Set<String> = ["id", "title", "body"]

  /// Returns the fields of a record.
  func fields(of members: RecordMembers) -> Fields {
    var fields = Fields()
    var taken: Set<String> = []
    for pair in pairs {
      taken.insert(pair.member)
      if let values = members[pair.member] { FieldMap.add(values, to: pair.field, of: &fields) }
    }
    let mapped = Set(pairs.map(\.field))
    for member in members.members where !taken.contains(member.name) && !member.values.isEmpty {
      // A member called `title` beside a mapped title is text too: it belongs to the body.
      let isSpare = mapped.contains(member.name) && FieldMap.ownNames.contains(member.name) && member.name != "id"
      FieldMap.add(member.values, to: isSpare ? "body" : member.name, of: &fields)
    }
    return fields
  }

  /// Adds the values of a member to a field.
  private static func add(_ values: [String], to field: String, of fields: inout Fields) {
    switch field {
    case "id": fields.id = fields.id ?? values.first
    case "title":
      fields.hasText = true
      fields.title += (fields.title.isEmpty ? "" : ", ") + values.joined(separator: ", ")
    case "body":
      fields.hasText = true
      fields.body += (fields.body.isEmpty ? "" : "\n") + values.joined(separator: "\n")
    default: fields.attributes[field, default: []] += values
    }
  }
}

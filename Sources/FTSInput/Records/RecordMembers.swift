/// The members of a record in order, each with its values. Members of nested mappings have names with points.
struct RecordMembers: Equatable {
  /// A member and its values.
  struct Member: Equatable {
    let name: String
    var values: [String]
  }

  private(set) var members: [Member] = []
  private var indices: [String: Int] = [:]

  /// Returns the values of a member; nil if there is no such member.
  subscript(name: String) -> [String]? { indices[name].map { members[$0].values } }

  /// Sets the values of a member: the last of several with one name wins.
  mutating func set(_ name: String, _ values: [String]) {
    if let index = indices[name] {
      members[index].values = values
    } else {
      indices[name] = members.count
      members.append(Member(name: name, values: values))
    }
  }

  /// Adds values to a member.
  mutating func append(_ values: [String], to name: String) {
    if let index = indices[name] {
      members[index].values += values
    } else {
      set(name, values)
    }
  }
}

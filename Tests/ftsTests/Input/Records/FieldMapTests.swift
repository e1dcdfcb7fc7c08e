import Testing

@testable import FTSInput

/// Fields from the members of records.
@Suite struct FieldMapTests {
  private func fields(_ json: String, _ map: String...) throws -> FieldMap.Fields {
    try #require(FieldMap(map)).fields(of: try JSONLine(Array(json.utf8).span).members)
  }

  @Test func `Without a map the names are the fields`() throws {
    let fields = try fields(#"{"id":7,"title":["Titre","tableau"],"body":["premier","second"],"x":{"y":[1,{"z":2}]}}"#)
    #expect(fields.id == "7" && fields.title == "Titre, tableau" && fields.body == "premier\nsecond")
    #expect(fields.attributes == ["x.y": ["1"], "x.y.z": ["2"]] && fields.hasText)
  }

  @Test func `A map names members, of objects too, and joins them`() throws {
    let json = #"{"headline":"T","content":{"fr":"un","vi":"hai"},"url":"u","n":1}"#
    let fields = try fields(json, "title=headline", "body=content.fr", "body=content.vi", "id=url", "number=n")
    #expect(fields.title == "T" && fields.body == "un\nhai" && fields.id == "u")
    #expect(fields.attributes == ["number": ["1"]])
  }

  @Test func `Nothing is lost beside a map`() throws {
    let fields = try fields(#"{"headline":"T","title":"autre","body":"texte"}"#, "title=headline")
    #expect(fields.title == "T" && fields.body == "autre\ntexte" && fields.attributes.isEmpty)
    #expect(try self.fields(#"{"x":"y"}"#, "title=headline").hasText == false)
  }

  @Test(arguments: ["titre", "=a", "a=", "="]) func `A pair has a field and a member`(text: String) {
    #expect(FieldMap([text]) == nil)
  }

  @Test func `Settings are kept as texts`() throws {
    let map = try #require(FieldMap(["title=a=b", "body=c"]))
    let settings = InputSettings(encoding: .vni, fallback: .windows1252, map: map)
    #expect(InputSettings(texts: settings.texts) == settings)
    #expect(InputSettings(texts: ["encoding=x"]) == nil && InputSettings(texts: ["x=y"]) == nil)
    #expect(InputSettings(texts: InputSettings().texts) == InputSettings())
  }
}

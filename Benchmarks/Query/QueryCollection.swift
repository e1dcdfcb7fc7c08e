import Foundation
import TextSearch

/// The documents that are indexed and searched: those of a file, or their paragraphs.
struct QueryCollection {
  let name: String
  /// The documents as read, with their fields.
  let documents: [Document]
  /// The documents with all text in one field, as in the peers.
  let plain: [Document]
  /// Path of the file that the peers read.
  let file: String

  init(_ file: String, paragraphs: Bool, scratch: String) throws {
    let read = try Corpus.read([file])
    let base = QueryCollection.name(of: file)
    if paragraphs {
      self.init(
        base + "-paragraphs", QueryCollection.paragraphs(of: read), file: scratch + "/" + base + "-paragraphs.jsonl")
      try writeFile()
    } else {
      self.init(base, read, file: file)
    }
  }

  /// Returns the name of a file without its folder and extension.
  static func name(of file: String) -> String {
    URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
  }

  init(_ name: String, _ documents: [Document], file: String = "") {
    self.name = name
    self.documents = documents
    self.file = file
    plain = documents.map { document in
      Document(key: document.key, fields: [Document.Field("text", document.fields.map(\.text).joined(separator: "\n"))])
    }
  }

  /// Returns each line of a body that is not blank as a document. Its key is that of the whole document, `#`, and the
  /// number of the line from 1.
  static func paragraphs(of documents: [Document]) -> [Document] {
    documents.flatMap { document in
      let body = document.fields.first { $0.name == "body" }?.text ?? ""
      let lines = body.unicodeScalars.split(separator: "\n").filter { !$0.allSatisfy(\.properties.isWhitespace) }
      return lines.enumerated().map { Document(key: "\(document.key)#\($0 + 1)", body: String($1)) }
    }
  }

  /// A document as a line of JSON.
  private struct Row: Encodable {
    let id: String
    let title: String
    let body: String
  }

  private func writeFile() throws {
    var lines = Data()
    let encoder = JSONEncoder()
    for document in documents {
      lines += try encoder.encode(Row(id: document.key, title: document.fields[0].text, body: document.fields[1].text))
      lines.append(0x0A)
    }
    try lines.write(to: URL(fileURLWithPath: file))
  }
}

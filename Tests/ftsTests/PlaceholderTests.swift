import Testing

@testable import fts

@Test func helpNamesTheCommands() { #expect(FTSCommand.help.contains("fts query")) }

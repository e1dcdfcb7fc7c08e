import Testing

@testable import TextSearch

@Suite struct TitleLettersTests {
  @Test(arguments: [
    ("L'Œuvre d'Émile Zola", "loeuvredemilezola"),
    ("l œuvre d émile zola", "loeuvredemilezola"),
    ("Điện Biên Phủ", "dienbienphu"),
    ("E\u{301}tat d\u{2019}urgence e\u{301}conomique", "etatdurgenceeconomique"),
    ("Hoà bình / hòa bình", "hoabinhhoabinh"),
    ("week-end", "weekend"),
    ("Article 12-3", "article12 3"),
    ("Article 12 3 ", "article12 3"),
    ("Article 123", "article123"),
    ("useState()", "usestate"),
    ("(15290) 1991 tf1", "15290 1991tf1"),
    ("Россия 中文", "россия中文"),
    ("straße", "strasse"),
    ("… — !", ""),
    ("", ""),
  ])
  func lettersAndDigits(text: String, letters: String) {
    #expect(String(decoding: TitleLetters.of(text), as: UTF8.self) == letters)
  }
}

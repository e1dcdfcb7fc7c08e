/// Common names, from which the names of the labelled set are drawn.
enum LanguageSetNames {
  static let surnames = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
    "Lý", "Đinh", "Trịnh", "Lương", "Mai", "Tô", "Đoàn", "Cao", "Tạ", "Hà", "Vương", "Đào", "Lâm", "Trương", "Phùng",
  ]
  static let middle = [
    "Văn", "Thị", "Hữu", "Đức", "Minh", "Ngọc", "Quang", "Thanh", "Hoài", "Xuân", "Quốc", "Thu", "Hồng", "Đình",
    "Công", "Kim", "Anh", "Bá", "Việt", "Thế", "Chí", "Tiến", "Bích", "Mỹ",
  ]
  static let given = [
    "Sơn", "Hằng", "Trung", "Nam", "Anh", "Hùng", "Dũng", "Linh", "Hương", "Lan", "Tuấn", "Hải", "Long", "Phương",
    "Vân", "Đông", "Giang", "Bình", "Thảo", "Nga", "Yến", "Khánh", "Thủy", "Hòa", "Tâm", "Phúc", "Quỳnh", "Trang",
    "An", "Hiếu", "Ly", "Oanh", "Kiên", "Thắng", "Tú",
  ]
  static let places = [
    "Tuyên Quang", "Quảng Trị", "Hồ Chí Minh", "Hà Nội", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Điện Biên Phủ",
    "Nghệ An", "Thừa Thiên Huế", "Bà Rịa", "Vũng Tàu", "Lạng Sơn", "Thái Nguyên", "Tân Trào", "Nha Trang", "Đà Lạt",
    "Bắc Ninh", "Hạ Long", "Phú Quốc", "Sài Gòn", "Hội An", "Sơn La", "Quảng Ninh", "Cao Bằng",
  ]
  static let titles = [
    "M.", "Mme", "le ministre", "le vice-ministre", "le professeur", "l'ambassadeur", "le général", "le président",
    "le docteur", "la journaliste",
  ]
  static let foreign = [
    "Emmanuel Macron", "Laurent Fabius", "Jean-Yves Le Drian", "François Mitterrand", "Catherine Colonna", "Marseille",
    "Bordeaux", "Lyon", "Air France", "Alstom", "Renault", "Victor Hugo", "Saint-Exupéry", "Le Monde", "Notre-Dame",
    "Champs-Élysées", "Université Paris-Saclay", "Médecins sans frontières", "Institut Pasteur", "Alliance française",
    "Le Figaro", "Michelin", "Dassault Aviation", "Toulouse", "Côte d'Azur", "Brigitte Bardot", "Gustave Eiffel",
    "Louis Vuitton", "Lionel Jospin", "Crédit Agricole", "Nicolas Sarkozy", "Georges Pompidou",
  ]
}

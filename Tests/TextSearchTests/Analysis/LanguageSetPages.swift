/// Technical pages: prose, and between it code, style sheets, tables and headings in English.
///
/// A line is its kind, its language where it is French or Vietnamese, a bar, and the text. Written before anything was
/// measured; every second page is held out.
enum LanguageSetPages {
  static let vietnamese = [
    #"""
    text vi|# Quản lý trạng thái của biểu mẫu
    text vi|Mỗi thành phần có thể giữ một giá trị riêng và cập nhật giá trị ấy khi người dùng gõ phím.
    heading|## How to use the hook
    code|import { useState, useEffect } from 'react';
    code|export default function Form() {
    code|const [name, setName] = useState('');
    code|const [errors, setErrors] = useState([]);
    code|function handleChange(event) {
    code|setName(event.target.value);
    sign|}
    code|useEffect(() => {
    code|document.title = `Hello ${name}`;
    code|}, [name]);
    code|return (
    code|<input value={name} onChange={handleChange} />
    sign|);
    text vi|Khi gọi hàm cập nhật, thành phần được vẽ lại với giá trị mới.
    heading|### Reference
    table vi|| Thuộc tính | Kiểu | Giá trị mặc định |
    table|| onChange | function | undefined |
    table|| disabled | boolean | false |
    table|| placeholder | string | "" |
    table|| maxLength | number | 524288 |
    heading|### Caveats
    text vi|Không nên gọi hook bên trong vòng lặp hoặc câu lệnh điều kiện.
    heading|## Lifting state up
    code|const TodoList = memo(function TodoList({ todos, theme }) {
    code|const visibleTodos = useMemo(() => filterTodos(todos, tab), [todos, tab]);
    code|return <List items={visibleTodos} className={theme} />;
    heading|The state of this component is managed by its parent.
    text vi|Ví dụ trên chuyển trạng thái lên thành phần cha để hai thành phần con dùng chung.
    heading|## Further reading
    heading|Passing data deeply with context
    """#,
    #"""
    text vi|# Bố cục trang bằng lưới
    text vi|Lưới chia trang thành các hàng và các cột, mỗi phần tử nằm trong một hoặc nhiều ô.
    css|.container {
    css|display: grid;
    css|grid-template-columns: repeat(12, minmax(0, 1fr));
    css|gap: 1.5rem;
    sign|}
    css|.sidebar a:hover { color: #0066cc; text-decoration: underline; }
    css|@media (max-width: 768px) {
    css|.container { grid-template-columns: 1fr; }
    css|font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
    css|box-shadow: 0 1px 3px rgba(0, 0, 0, 0.12);
    css|margin: 0 auto;
    css|position: absolute;
    css|background: linear-gradient(to right, var(--primary), var(--accent));
    text vi|Trên màn hình nhỏ, các cột xếp chồng lên nhau.
    heading|## Browser support
    table vi|| Trình duyệt | Phiên bản |
    table|| Chrome | 57 |
    table|| Firefox | 52 |
    table|| Safari | 10.1 |
    table|| Edge | 16 |
    heading|## Accessibility notes
    code|<nav aria-label="Breadcrumb" class="breadcrumb">
    code|<ul role="list"><li><a href="/docs/layout">Layout</a></li></ul>
    code|</nav>
    text vi|Thứ tự đọc của trình đọc màn hình theo mã nguồn, không theo vị trí hiển thị.
    heading|## Common mistakes
    css|#header, #footer { width: 100%; height: auto; }
    css|.btn-primary:focus-visible { outline: 2px solid currentColor; }
    css|transition: transform 200ms ease-in-out;
    heading|### Flexbox or grid?
    text vi|Hộp linh hoạt hợp với một chiều, lưới hợp với hai chiều.
    """#,
    #"""
    text vi|Nhập dữ liệu vào cơ sở dữ liệu
    text vi|Bài này hướng dẫn đọc tệp dữ liệu, làm sạch các cột rồi ghi vào bảng.
    heading|Prerequisites
    code|pip install pandas sqlalchemy psycopg2-binary
    code|import pandas as pd
    code|from sqlalchemy import create_engine
    code|engine = create_engine("postgresql://localhost:5432/shop")
    code|df = pd.read_csv("orders.csv", parse_dates=["created_at"])
    code|df = df.dropna(subset=["customer_id"]).rename(columns=str.lower)
    code|df.to_sql("orders", engine, if_exists="append", index=False)
    text vi|Sau khi ghi, kiểm tra lại số dòng bằng câu lệnh truy vấn.
    heading|Creating the schema
    code|CREATE TABLE orders (
    code|id BIGINT PRIMARY KEY,
    code|customer_id INTEGER NOT NULL REFERENCES customers (id),
    code|total NUMERIC(12, 2) DEFAULT 0
    code|SELECT customer_id, SUM(total) FROM orders GROUP BY customer_id HAVING SUM(total) > 1000;
    text vi|Câu lệnh trên cộng tổng tiền theo từng khách hàng.
    heading|Query plan
    table|| Node | Cost | Rows |
    table|| Seq Scan | 431.00 | 21000 |
    table|| HashAggregate | 536.00 | 1200 |
    table vi|| Cột | Ý nghĩa |
    heading|Troubleshooting
    code|Traceback (most recent call last):
    code|KeyError: 'created_at'
    code|raise ValueError(f"missing column: {column}")
    text vi|Lỗi này xảy ra khi tệp thiếu cột ngày tạo.
    heading|See also: the official documentation of the driver
    """#,
    #"""
    text vi|Làm việc với kho mã nguồn
    text vi|Trước khi bắt đầu, hãy cài đặt công cụ và khai báo tên cùng địa chỉ thư điện tử.
    heading|Getting started
    code|git config --global user.name "Tran Van An"
    code|git clone git@example.com:team/website.git
    code|git checkout -b feature/login-form
    code|git add . && git commit -m "Add login form"
    code|git push --set-upstream origin feature/login-form
    text vi|Lệnh cuối cùng đẩy nhánh lên máy chủ để đồng nghiệp xem.
    heading|Resolving merge conflicts
    code|<<<<<<< HEAD
    code|timeout: 30
    code|>>>>>>> feature/login-form
    code|$ docker compose up --build --detach
    code|FROM node:20-alpine
    code|COPY package.json package-lock.json ./
    code|RUN npm ci --omit=dev
    code|EXPOSE 8080
    text vi|Hình ảnh được dựng lại mỗi khi tệp khai báo gói thay đổi.
    heading|Environment variables
    table vi|| Biến | Ví dụ | Bắt buộc |
    table|| DATABASE_URL | postgres://db:5432/app | true |
    table|| LOG_LEVEL | debug | false |
    table|| SECRET_KEY | changeme | true |
    code|{ "name": "website", "version": "1.4.2", "private": true }
    code|"scripts": { "build": "vite build", "lint": "eslint src" }
    heading|What happens when a deployment fails
    text vi|Hệ thống tự động quay về phiên bản trước và gửi cảnh báo.
    """#,
    #"""
    text vi|Viết kiểm thử cho ứng dụng
    text vi|Kiểm thử giúp phát hiện lỗi sớm và cho phép thay đổi mã nguồn mà không sợ hỏng chức năng cũ.
    heading|Unit tests
    code|struct CartTests {
    code|@Test func totalIncludesTax() async throws {
    code|let cart = Cart(items: [.init(price: 100, quantity: 2)])
    code|#expect(cart.total == 220)
    code|private static final Logger log = LoggerFactory.getLogger(CartService.class);
    code|public void remove(String id) throws NotFoundException {
    code|assertEquals(3, items.size());
    text vi|Mỗi bài kiểm thử chỉ nên kiểm tra một hành vi.
    heading|Continuous integration
    code|runs-on: ubuntu-latest
    code|- uses: actions/checkout@v4
    code|run: swift test --parallel
    table|| Suite | Tests | Failures |
    table|| CartTests | 48 | 0 |
    table|| CheckoutTests | 112 | 3 |
    table vi|| Bước | Thời gian |
    heading|Reading the coverage report
    css|.covered { background: #e6ffed; }
    text vi|Báo cáo cho biết dòng nào chưa được chạy.
    """#,
  ]

  static let french = [
    #"""
    text fr|# Gérer l'état d'un formulaire
    text fr|Chaque composant peut garder une valeur et la mettre à jour quand on tape dans le champ.
    heading|## How to use the hook
    code|import { useState } from 'react';
    code|export default function Search() {
    code|const [query, setQuery] = useState('');
    code|const [isOpen, setIsOpen] = useState(false);
    code|return (
    code|<label htmlFor="query">Recherche</label>
    code|<input id="query" value={query} onChange={e => setQuery(e.target.value)} />
    sign|);
    sign|}
    text fr|Quand la fonction de mise à jour est appelée, le composant est affiché avec sa nouvelle valeur.
    heading fr|## Paramètres
    table fr|| Nom | Type | Valeur par défaut |
    table|| onSubmit | function | undefined |
    table|| autoFocus | boolean | false |
    table|| rows | number | 4 |
    heading fr|## Pièges
    text fr|N'appelez pas un hook dans une boucle ni dans une condition.
    heading|## Why is my state not updated?
    code|setCount(count + 1);
    code|setCount(c => c + 1);
    code|console.log(count);
    text fr|La valeur affichée est celle du rendu précédent.
    heading fr|## Pour aller plus loin
    heading|What you should know about the new compiler
    """#,
    #"""
    text fr|# Mise en page avec une grille
    text fr|La grille divise la page en lignes et en colonnes, et chaque élément occupe une ou plusieurs cellules.
    css|.wrapper {
    css|display: flex;
    css|flex-direction: column;
    css|min-height: 100vh;
    sign|}
    css|.card > img { object-fit: cover; border-radius: 8px; }
    css|@media print {
    css|nav, footer { display: none; }
    css|line-height: 1.6;
    css|overflow: hidden;
    text fr|À l'impression, la navigation disparaît et le texte occupe toute la largeur.
    heading fr|## Compatibilité
    table fr|| Navigateur | Version minimale |
    table|| Chrome | 57 |
    table|| Firefox | 52 |
    table|| Opera | 44 |
    heading fr|## Erreurs fréquentes
    css|padding: 0 !important;
    css|z-index: 9999;
    css|.menu li:nth-child(2n + 1) { background-color: whitesmoke; }
    code|<button type="submit" class="btn btn-lg">OK</button>
    code|<img src="/logo.svg" alt="" width="120" height="40">
    text fr|Une valeur trop forte empêche les autres règles de s'appliquer.
    heading|### Should I use this with other frameworks?
    """#,
    #"""
    text fr|Importer des données dans une base
    text fr|Cet article montre comment lire un fichier, nettoyer ses colonnes et les écrire dans une table.
    heading fr|Installation
    code|pip install pandas sqlalchemy
    code|import pandas as pd
    code|df = pd.read_csv("ventes.csv", sep=";", decimal=",")
    code|df["total"] = df["prix"] * df["quantite"]
    code|df.groupby("region").agg({"total": "sum"}).reset_index()
    text fr|Après l'écriture, on vérifie le nombre de lignes par une requête.
    heading fr|Création de la table
    code|CREATE TABLE ventes (
    code|id SERIAL PRIMARY KEY,
    code|region VARCHAR(40) NOT NULL,
    code|INSERT INTO ventes (region, total) VALUES ('Bretagne', 120.50);
    code|SELECT region, COUNT(*) FROM ventes GROUP BY region ORDER BY 2 DESC LIMIT 10;
    text fr|La requête compte les ventes de chaque région.
    table|| Node | Cost | Rows |
    table|| Index Scan | 8.30 | 12 |
    table fr|| Région | Ventes | Évolution |
    table fr|| Île-de-France | 4 210 | +3 % |
    heading|How this was measured
    code|TypeError: unsupported operand type(s) for +: 'int' and 'str'
    text fr|L'erreur vient d'une colonne qui contient du texte.
    """#,
    #"""
    text fr|Travailler avec un dépôt de code
    text fr|Avant de commencer, installez l'outil et indiquez votre nom et votre adresse.
    heading fr|Premiers pas
    code|git config --global user.email "anne@example.org"
    code|git clone https://example.org/equipe/site.git
    code|git switch --create correction-menu
    code|git commit --all --message "Corrige le menu"
    code|git push origin correction-menu
    text fr|La dernière commande envoie la branche au serveur pour que les collègues la relisent.
    heading fr|Conflits de fusion
    code|<<<<<<< HEAD
    code|retries: 5
    code|>>>>>>> correction-menu
    code|$ docker run --rm -it -p 8080:80 nginx:alpine
    code|services:
    code|image: registry.example.org/site:latest
    table fr|| Variable | Exemple | Obligatoire |
    table|| DATABASE_URL | postgres://db:5432/app | true |
    table|| CACHE_TTL | 3600 | false |
    code|{ "compilerOptions": { "strict": true, "target": "es2022" } }
    code|if err != nil { return nil, fmt.Errorf("open: %w", err) }
    text fr|Le système revient à la version précédente et prévient l'équipe.
    heading|When should you open an issue?
    heading|This section is for maintainers who have access to the server
    """#,
    #"""
    text fr|Écrire des tests pour une application
    text fr|Les tests révèlent les erreurs tôt et permettent de changer le code sans crainte.
    heading fr|Tests unitaires
    code|struct PanierTests {
    code|@Test func sommeAvecTaxe() async throws {
    code|let panier = Panier(lignes: [.init(prix: 100, nombre: 2)])
    code|#expect(panier.total == 220)
    code|assertThat(result).isEqualTo(42);
    text fr|Chaque test ne vérifie qu'un comportement.
    heading fr|Intégration continue
    code|runs-on: ubuntu-latest
    code|run: ./gradlew check --no-daemon
    table|| PanierTests | 48 | 0 |
    table fr|| Étape | Durée |
    table fr|| Compilation | 2 min |
    css|.missed { color: crimson; font-weight: 600; }
    heading|There is more than one way to do it
    text fr|Le rapport indique quelles lignes n'ont pas été exécutées.
    """#,
  ]
}

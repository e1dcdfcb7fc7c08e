"""Driver of SQLite FTS5, with Python's own module. README.md states the contract.

FTS5 stores postings and positions in one table: its components are tables, their sizes from dbstat.
"""

import os
import shutil
import sqlite3
import time

import contract

ENGINE = "sqlite"
FILE = "index.db"
TOKENIZER = 'tokenize="unicode61 remove_diacritics 2"'
# Tables of the index (data: postings, positions and words of its segments; idx: the directory of its pages).
GROUP_OF = {
    "words_data": "postings", "words_idx": "dictionary", "words_docsize": "lengths", "words_content": "keys",
    "keys": "keys",
}


def opened(folder):
    connection = sqlite3.connect(os.path.join(folder, FILE), isolation_level=None)
    connection.execute("pragma mmap_size = 2000000000")
    connection.execute("pragma cache_size = -1000000")
    return connection


def build(options, documents, size):
    if options.stem:
        raise SystemExit("FTS5 has no French stemmer")
    shutil.rmtree(options.folder, ignore_errors=True)
    os.makedirs(options.folder)
    connection = opened(options.folder)
    start, cpu = time.perf_counter(), contract.cpu_seconds()
    connection.execute("pragma page_size = 4096")
    content = "" if options.stored else "content='', "
    connection.execute(f"create virtual table words using fts5(text, {content}{TOKENIZER})")
    connection.execute("create table keys(id integer primary key, key text)")
    connection.execute("insert into words(words, rank) values('hashsize', 512000000)")
    connection.execute("begin")
    connection.executemany("insert into words(rowid, text) values(?, ?)", enumerate((text for _, text in documents), 1))
    connection.executemany("insert into keys values(?, ?)", enumerate((key for key, _ in documents), 1))
    connection.execute("commit")
    built = time.perf_counter()
    cpu = contract.cpu_seconds() - cpu
    connection.execute("insert into words(words) values('optimize')")
    connection.execute("vacuum")
    merged = time.perf_counter()
    sizes = dict(connection.execute("select name, sum(pgsize) from dbstat group by name"))
    (count,) = connection.execute("select count(*) from keys").fetchone()
    connection.close()
    return dict(
        event="index", engine=ENGINE, version=sqlite3.sqlite_version, documents=count, bytes=size,
        build_seconds=built - start, merge_seconds=merged - built, cpu_seconds=cpu,
        mb_per_second=size / 1e6 / (built - start), segments=1, index_bytes=sum(sizes.values()), components=sizes,
        groups=contract.grouped(sizes, GROUP_OF))


def index(options):
    documents, size = contract.documents(options.corpus)
    contract.serve_or_repeat(options, lambda: build(options, documents, size))


def expression(kind, text):
    """Returns the query in the syntax of FTS5: quoted words, which its own tokenizer folds."""
    words = ['"%s"' % word.replace('"', '""') for word in text.split()]
    if kind == "empty" or not words:
        return None
    if kind == "phrase":
        return '"%s"' % text.replace('"', '""')
    if kind == "prefix":
        return words[-1] + " *"
    return (" OR " if kind == "or" else " AND ").join(words)


class Result:
    def __init__(self, connection, rows, match):
        self.connection, self.rows, self.match = connection, rows, match

    def one(self, statement, value):
        return self.connection.execute(statement, (value,)).fetchone()[0]

    def fields(self):
        keys = [self.one("select key from keys where id = ?", row) for row, _ in self.rows]
        # Outside the time: FTS5 ranks without counting.
        total = self.one("select count(*) from words where words match ?", self.match) if self.match else 0
        return dict(total=total, exact=True, keys=keys, scores=[-rank for _, rank in self.rows])


def query(options):
    connection = opened(options.folder)
    ranked = f"select rowid, rank from words where words match ? order by rank limit {options.k}"

    def search(match):
        statement, values = (ranked, (match,)) if match else ("select 1 limit 0", ())
        ns, rows = contract.timed(lambda: connection.execute(statement, values).fetchall())
        return ns, Result(connection, rows, match)

    contract.run_queries(options, ENGINE, expression, search)


def counts(options):
    connection = opened(options.folder)
    connection.execute("create virtual table temp.vocabulary using fts5vocab(main, words, row)")
    tokens, terms = connection.execute("select sum(cnt), count(*) from vocabulary").fetchone()
    frequencies = {}
    for word in contract.word_rows(options.words) if options.words else []:
        row = connection.execute("select doc from vocabulary where term = ?", (word,)).fetchone()
        frequencies[word] = row[0] if row else 0
    (documents,) = connection.execute("select count(*) from keys").fetchone()
    contract.say(
        event="counts", engine=ENGINE, documents=documents, tokens=tokens, terms=terms,
        document_frequencies=frequencies)


def main():
    options = contract.arguments(ENGINE)
    {"index": index, "query": query, "counts": counts}[options.command](options)


if __name__ == "__main__":
    main()

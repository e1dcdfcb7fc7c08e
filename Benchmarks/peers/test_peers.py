"""Tests that the drivers obey the contract: python3 -m unittest discover Benchmarks/peers

Needs the environment that `install` makes, in $FTS_PEERS or .build/peers; without it every test is skipped.
"""

import json
import os
import subprocess
import tempfile
import unittest

FOLDER = os.path.abspath(os.environ.get("FTS_PEERS", os.path.join(".build", "peers")))
DOCUMENTS = [
    ("a", "L'été à Paris", "La maison de l'été est à Hà Nội."),
    ("b", "Đường phố", "đường về nhà, pi vaut 3,14 ; maison de thé"),
    ("c", "Sans titre", "maisons et jardins de la maison, de l’eau"),
]
QUERIES = [
    # identifier, kind, text, the documents that match
    ("1", "term", "ete", {"a"}),
    ("2", "term", "Đường", {"b"}),
    ("3", "or", "duong jardins", {"b", "c"}),
    ("4", "and", "maison de", {"a", "b", "c"}),
    ("5", "phrase", "maison de the", {"b"}),
    ("6", "prefix", "jard", {"c"}),
    ("7", "term", "absent", set()),
    ("8", "phrase", "de la maison", {"c"}),
]
# In Xapian an elided article and its noun are one word; FTS5 does not fold đ; PISA has no phrases and prefixes.
NOT_COMPARABLE = {"xapian": {"1"}, "sqlite": {"3"}, "pisa": {"5", "6", "8"}}
WITHOUT_FRENCH_STEMMER = ("sqlite", "pisa")
WITHOUT_STORED_TEXT = ("pisa",)
WITH_FRENCH_ANALYSIS = ("tantivy", "lucene")


def peers():
    try:
        with open(os.path.join(FOLDER, "peers.json")) as file:
            return json.load(file)["peers"]
    except FileNotFoundError:
        return []


def run(peer, *words, given=None):
    program = os.path.join(FOLDER, peer["driver"])
    result = subprocess.run([program, *words], capture_output=True, text=True, input=given, check=False)
    if result.returncode != 0:
        raise AssertionError(f"{peer['name']} {words}: {result.stderr[-600:]}")
    return [json.loads(line) for line in result.stdout.splitlines()]


@unittest.skipUnless(peers(), "no peers installed")
class ContractTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.corpus = os.path.join(cls.scratch.name, "corpus.jsonl")
        with open(cls.corpus, "w", encoding="utf-8") as file:
            for key, title, body in DOCUMENTS:
                file.write(json.dumps(dict(id=key, title=title, body=body), ensure_ascii=False) + "\n")
        cls.queries = os.path.join(cls.scratch.name, "queries.tsv")
        with open(cls.queries, "w", encoding="utf-8") as file:
            file.writelines(f"{identifier}\ttest\t{kind}\t{text}\n" for identifier, kind, text, _ in QUERIES)
        cls.words = os.path.join(cls.scratch.name, "words")
        with open(cls.words, "w", encoding="utf-8") as file:
            file.write("maison\nabsent\n")

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def for_each(self, check):
        for peer in peers():
            with self.subTest(peer=peer["name"]):
                self.assertNotIn("missing", peer)
                check(peer, os.path.join(self.scratch.name, peer["name"]))

    def test_contract(self):
        self.for_each(self.check_contract)

    def test_french_stemmer(self):
        self.for_each(self.check_french_stemmer)

    def test_stored_text_takes_room(self):
        self.for_each(self.check_stored_text)

    def test_french_analysis(self) -> None:
        self.for_each(self.check_french_analysis)

    def check_contract(self, peer, folder):
        self.check_index(peer, folder)
        self.check_counts(peer, folder)
        self.check_queries(peer, folder)
        self.check_service(peer, folder)

    def check_index(self, peer, folder):
        rows = run(peer, "index", self.corpus, folder, "--warm-up", "0", "--rounds", "2")
        self.assertEqual(len(rows), 2)
        for row in rows:
            self.assertEqual((row["documents"], row["segments"]), (3, 1))
            self.assertEqual(row["bytes"], sum(len((title + body).encode()) for _, title, body in DOCUMENTS))
            self.assertGreater(row["build_seconds"], 0)
            self.assertEqual(sum(row["components"].values()), row["index_bytes"])
            self.assertEqual(sum(row["groups"].values()), row["index_bytes"])
        served = run(peer, "index", self.corpus, folder, "--warm-up", "0", "--serve", given="build\nbuild\n")
        self.assertEqual([row["event"] for row in served], ["ready", "index", "index"])

    def check_counts(self, peer, folder):
        (row,) = run(peer, "counts", folder, self.words)
        self.assertEqual(row["documents"], 3)
        self.assertEqual(row["document_frequencies"], {"maison": 3, "absent": 0})

    def check_queries(self, peer, folder):
        overhead, *rows = run(peer, "query", folder, self.queries, "--rounds", "3", "--warm-up", "0")
        self.assertEqual(overhead["event"], "overhead")
        rows = {row["id"]: row for row in rows}
        self.assertEqual(len(rows), len(QUERIES))
        for identifier, kind, _, expected in QUERIES:
            row = rows[identifier]
            if identifier in NOT_COMPARABLE.get(peer["name"], ()):
                continue
            self.assertEqual((row["id"], row["kind"], len(row["ns"])), (identifier, kind, 3))
            self.assertEqual(set(row["keys"]), expected, f"{peer['name']}, query {identifier}")
            self.assertEqual(len(row["scores"]), len(row["keys"]))
            self.assertEqual(row["scores"], sorted(row["scores"], reverse=True))
            if row["exact"]:
                self.assertEqual(row["total"], len(expected))

    def check_service(self, peer, folder):
        given = "9\tx\tor\tmaison jardins\n"
        overhead, ready, row = run(peer, "query", folder, "--serve", "--warm-up", "0", "--k", "1", given=given)
        self.assertEqual((overhead["event"], ready["event"], row["id"]), ("overhead", "ready", "9"))
        self.assertEqual((row["class"], len(row["ns"]), row["keys"]), ("x", 1, ["c"]))

    def check_french_stemmer(self, peer, folder):
        if peer["name"] in WITHOUT_FRENCH_STEMMER:
            self.skipTest("no French stemmer")
        run(peer, "index", self.corpus, folder + "-stem", "--warm-up", "0", "--stem", "fr")
        _, _, row = run(peer, "query", folder + "-stem", "--serve", "--warm-up", "0", given="1\tx\tterm\tjardin\n")
        self.assertEqual(row["keys"], ["c"])

    def check_french_analysis(self, peer: dict[str, str], folder: str) -> None:
        if peer["name"] not in WITH_FRENCH_ANALYSIS:
            self.skipTest("no French analysis")
        (built,) = run(peer, "index", self.corpus, folder + "-french", "--warm-up", "0", "--french")
        self.assertEqual((built["documents"], built["segments"]), (3, 1))
        given = "1\tx\tor\tle jardin des\n2\tx\tor\tde la\n3\tx\tor\tété absent\n"
        _, _, *rows = run(peer, "query", folder + "-french", "--serve", "--warm-up", "0", given=given)
        # Stems find the plural; stop words are dropped, diacritics are kept.
        self.assertEqual([row["keys"] for row in rows], [["c"], [], ["a"]])
        queries = folder + "-french.tsv"
        with open(queries, "w", encoding="utf-8") as file:
            file.write(given)
        words = run(peer, "words", folder + "-french", queries)
        self.assertEqual([(row["id"], row["words"], row["found"]) for row in words], [("1", 1, 1), ("2", 0, 0), ("3", 2, 1)])

    def check_stored_text(self, peer, folder):
        if peer["name"] in WITHOUT_STORED_TEXT:
            self.skipTest("stores no text")
        (plain,) = run(peer, "index", self.corpus, folder + "-plain", "--warm-up", "0")
        (stored,) = run(peer, "index", self.corpus, folder + "-stored", "--warm-up", "0", "--stored")
        # Engines that store in pages may need no further page.
        compare = self.assertGreaterEqual if peer["name"] == "xapian" else self.assertGreater
        compare(stored["groups"]["keys"], plain["groups"]["keys"])


if __name__ == "__main__":
    unittest.main()

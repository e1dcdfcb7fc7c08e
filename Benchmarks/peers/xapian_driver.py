"""Driver of Xapian, with a wheel from PyPI that contains it. README.md states the contract.

Xapian does not fold diacritics: the texts are folded before the time starts, which is in its favour.
"""

import os
import shutil
import time
import unicodedata

import contract
import xapian

ENGINE = "xapian"
SETTINGS = "peer.txt"
# Its own limit: longer words are skipped.
LONGEST_WORD = 64
GROUP_OF = {
    "postlist.glass": "postings", "position.glass": "positions", "docdata.glass": "keys", "termlist.glass": "other",
}


def folded(text):
    """Returns a text in lower case without diacritics."""
    parts = unicodedata.normalize("NFD", text.lower()).replace("đ", "d").replace("\u2019", "'")
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def generator(stem):
    found = xapian.TermGenerator()
    found.set_max_word_length(LONGEST_WORD)
    if stem:
        found.set_stemmer(xapian.Stem(stem))
        found.set_stemming_strategy(xapian.TermGenerator.STEM_ALL)
    return found


def build(options, documents, size):
    shutil.rmtree(options.folder, ignore_errors=True)
    work = options.folder + ".parts"
    shutil.rmtree(work, ignore_errors=True)
    os.environ["XAPIAN_FLUSH_THRESHOLD"] = str(len(documents) + 1)
    # No term lists: they serve later changes of documents, which the benchmark does not measure.
    flags = xapian.DB_CREATE_OR_OVERWRITE | xapian.DB_BACKEND_GLASS | xapian.DB_NO_TERMLIST
    start, cpu = time.perf_counter(), contract.cpu_seconds()
    database = xapian.WritableDatabase(work, flags)
    terms = generator(options.stem)
    for data, text in documents:
        document = xapian.Document()
        document.set_data(data)
        terms.set_document(document)
        terms.index_text(text)
        terms.set_termpos(0)
        database.add_document(document)
    database.commit()
    database.close()
    built = time.perf_counter()
    cpu = contract.cpu_seconds() - cpu
    xapian.Database(work).compact(options.folder)
    merged = time.perf_counter()
    shutil.rmtree(work)
    with open(os.path.join(options.folder, SETTINGS), "w") as file:
        file.write(options.stem or "")
    files = contract.files(options.folder, passed_over=(SETTINGS, "flintlock"))
    return dict(
        event="index", engine=ENGINE, version=xapian.version_string(),
        documents=xapian.Database(options.folder).get_doccount(), bytes=size, build_seconds=built - start,
        merge_seconds=merged - built, cpu_seconds=cpu, mb_per_second=size / 1e6 / (built - start), segments=1,
        index_bytes=sum(files.values()), components=files, groups=contract.grouped(files, GROUP_OF))


def index(options):
    found, size = contract.documents(options.corpus)
    prepared = [(key + "\n" + text if options.stored else key, folded(text)) for key, text in found]
    del found
    contract.serve_or_repeat(options, lambda: build(options, prepared, size))


def terms_of(stem, text):
    """Returns the words of a query as the term generator makes them."""
    document, terms = xapian.Document(), generator(stem)
    terms.set_document(document)
    terms.index_text(folded(text))
    positions = [(position, term.term.decode()) for term in document for position in term.positer]
    return [term for _, term in sorted(positions)]


def query_of(stem, kind, text):
    terms = terms_of(stem, text)
    if kind == "empty" or not terms:
        return xapian.Query.MatchNothing
    if kind == "prefix":
        return xapian.Query(xapian.Query.OP_WILDCARD, terms[-1])
    operator = {"phrase": xapian.Query.OP_PHRASE, "or": xapian.Query.OP_OR}.get(kind, xapian.Query.OP_AND)
    return xapian.Query(operator, terms)


class Result:
    def __init__(self, hits):
        self.hits = hits

    def fields(self):
        return dict(
            total=self.hits.get_matches_estimated(),
            exact=self.hits.get_matches_lower_bound() == self.hits.get_matches_upper_bound(),
            keys=[hit.document.get_data().decode().split("\n")[0] for hit in self.hits],
            scores=[hit.weight for hit in self.hits])


def query(options):
    with open(os.path.join(options.folder, SETTINGS)) as file:
        stem = file.read()
    enquire = xapian.Enquire(xapian.Database(options.folder))
    enquire.set_weighting_scheme(xapian.BM25Weight(1.2, 0, 1, 0.75, 0))

    def match(prepared):
        enquire.set_query(prepared)
        return enquire.get_mset(0, options.k)

    def search(prepared):
        ns, hits = contract.timed(lambda: match(prepared))
        return ns, Result(hits)

    contract.run_queries(options, ENGINE, lambda kind, text: query_of(stem, kind, text), search)


def counts(options):
    database = xapian.Database(options.folder)
    words = contract.word_rows(options.words) if options.words else []
    contract.say(
        event="counts", engine=ENGINE, documents=database.get_doccount(), tokens=database.get_total_length(),
        terms=sum(1 for _ in database.allterms()),
        document_frequencies={word: database.get_termfreq(word) for word in words})


def main():
    options = contract.arguments(ENGINE)
    {"index": index, "query": query, "counts": counts}[options.command](options)


if __name__ == "__main__":
    main()

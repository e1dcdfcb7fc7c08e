"""Driver of Tantivy, with its wheel from PyPI. README.md states the contract."""

import argparse
import importlib.metadata
import os
import shutil
import time

import contract
import tantivy

ENGINE = "tantivy"
# Bytes; more than any corpus of the benchmarks needs, so that the one indexing thread writes one segment.
HEAP = 3_000_000_000
SETTINGS = "peer.txt"
NOT_OF_THE_INDEX = (SETTINGS, ".tantivy-meta.lock", ".tantivy-writer.lock")
GROUP_OF = {
    ".term": "dictionary", ".idx": "postings", ".pos": "positions", ".fieldnorm": "lengths", ".store": "keys",
}


# The analysis `--french`, where the settings name a stemmer.
FRENCH = "french"


def analysis(options: argparse.Namespace) -> str:
    """Returns the name of the analysis that the options select, as the settings store it."""
    return FRENCH if options.french else options.stem or ""


def analyzer(stem: str) -> tantivy.TextAnalyzer:
    """Returns an analyzer: letters and digits, lower case, without diacritics (nor those of đ, ơ, ư).

    That of `--french` keeps diacritics, as Tantivy's stop words and stemmer expect, and drops stop words.
    """
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.lowercase())
    if stem == FRENCH:
        return builder.filter(tantivy.Filter.stopword("french")).filter(tantivy.Filter.stemmer("french")).build()
    if stem:
        builder = builder.filter(tantivy.Filter.stemmer("french"))
    return builder.filter(tantivy.Filter.ascii_fold()).build()


def schema(stored):
    builder = tantivy.SchemaBuilder()
    # Bytes, because a text field cannot be stored without an index of its own.
    builder.add_bytes_field("key", stored=True, indexed=False)
    builder.add_text_field("text", stored=stored, tokenizer_name="folding", index_option="position")
    return builder.build()


def build(options, prepared, size):
    shutil.rmtree(options.folder, ignore_errors=True)
    os.makedirs(options.folder)
    index = tantivy.Index(schema(options.stored), path=options.folder)
    index.register_tokenizer("folding", analyzer(analysis(options)))
    writer = index.writer(heap_size=HEAP, num_threads=1)
    start, cpu = time.perf_counter(), contract.cpu_seconds()
    for document in prepared:
        writer.add_document(document)
    writer.commit()
    built = time.perf_counter()
    cpu = contract.cpu_seconds() - cpu
    # The wheel cannot merge; one thread with enough memory writes one segment, which the count below shows.
    writer.wait_merging_threads()
    merged = time.perf_counter()
    index.reload()
    searcher = index.searcher()
    with open(os.path.join(options.folder, SETTINGS), "w") as file:
        file.write(analysis(options))
    sizes = contract.components(options.folder, passed_over=NOT_OF_THE_INDEX)
    return dict(
        event="index", engine=ENGINE, version=importlib.metadata.version("tantivy"), documents=searcher.num_docs,
        bytes=size, build_seconds=built - start, merge_seconds=merged - built, cpu_seconds=cpu,
        mb_per_second=size / 1e6 / (built - start), segments=searcher.num_segments, index_bytes=sum(sizes.values()),
        components=sizes, groups=contract.grouped(sizes, GROUP_OF))


def index(options):
    found, size = contract.documents(options.corpus)
    prepared = []
    for key, text in found:
        document = tantivy.Document()
        document.add_bytes("key", key.encode())
        document.add_text("text", text)
        prepared.append(document)
    del found
    contract.serve_or_repeat(options, lambda: build(options, prepared, size))


def opened(folder):
    """Returns the index in a folder, its analyzer and its schema."""
    with open(os.path.join(folder, SETTINGS)) as file:
        words = analyzer(file.read())
    found = tantivy.Index.open(folder)
    found.register_tokenizer("folding", words)
    return found, words, found.schema


def query_of(words, fields, kind, text):
    tokens = words.analyze(text)
    terms = [tantivy.Query.term_query(fields, "text", token) for token in tokens]
    if kind == "empty" or not tokens:
        return tantivy.Query.empty_query()
    if kind == "term" or (len(tokens) == 1 and kind != "prefix"):
        return terms[0]
    if kind == "phrase":
        return tantivy.Query.phrase_query(fields, "text", tokens)
    if kind == "prefix":
        # Letters and digits only: nothing to escape.
        return tantivy.Query.regex_query(fields, "text", tokens[-1] + ".*")
    occur = {"or": tantivy.Occur.Should, "and": tantivy.Occur.Must}[kind]
    return tantivy.Query.boolean_query([(occur, term) for term in terms])


class Result:
    def __init__(self, searcher, found):
        self.searcher, self.found = searcher, found

    def fields(self):
        hits = self.found.hits
        keys = [bytes(self.searcher.doc(address).get_first("key")).decode() for _, address in hits]
        return dict(total=self.found.count, exact=True, keys=keys, scores=[score for score, _ in hits])


def query(options):
    found, words, fields = opened(options.folder)
    searcher = found.searcher()

    def search(prepared):
        ns, hits = contract.timed(lambda: searcher.search(prepared, options.k, count=True))
        return ns, Result(searcher, hits)

    contract.run_queries(options, ENGINE, lambda kind, text: query_of(words, fields, kind, text), search)


def counts(options):
    found, words, fields = opened(options.folder)
    searcher = found.searcher()
    frequencies = {}
    for word in contract.word_rows(options.words) if options.words else []:
        frequencies[word] = searcher.doc_freq("text", word)
    contract.say(
        event="counts", engine=ENGINE, documents=searcher.num_docs, tokens=None,
        terms=len(searcher.terms_with_prefix("text", "")), document_frequencies=frequencies)


def words(options: argparse.Namespace) -> None:
    found, analysis_of_index, _ = opened(options.folder)
    searcher = found.searcher()
    contract.say_words(
        options, lambda text: [searcher.doc_freq("text", word) for word in analysis_of_index.analyze(text)])


def main():
    options = contract.arguments(ENGINE, has_french_analysis=True)
    {"index": index, "query": query, "counts": counts, "words": words}[options.command](options)


if __name__ == "__main__":
    main()

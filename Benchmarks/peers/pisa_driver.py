"""Driver of PISA, with the extension module of the wheel `pyterrier-pisa`. README.md states the contract.

PISA stores no positions and counts no hits. Its tokenizer supports English only: the texts are folded before the time
starts.
"""

import ctypes
import glob
import importlib.util
import os
import shutil
import sys
import threading
import time
import unicodedata

import contract
import numpy

ENGINE = "pisa"
VERSION = "0.4.9"
ENCODING = "block_simdbp"
ALGORITHMS = {"and": "block_max_ranked_and", "or": "block_max_maxscore", "term": "block_max_maxscore"}
BATCH = 1_000_000
# Replaces the spaces of a key.
UNBROKEN = "\u00a0"
# Intermediate files, not needed by searches; `counts` reads one of them.
STEPS = ("inv.docs", "inv.freqs", "inv.sizes", "fwd", "fwd.terms", "fwd.documents", "fwd.url", "fwd.urls")


def loaded():
    """Loads the extension alone: its package would start Terrier and Java."""
    ctypes.CDLL(os.path.join(sys.prefix, "lib", "libtbb.so.2"), mode=ctypes.RTLD_GLOBAL)
    package = os.path.join(os.path.dirname(os.path.dirname(numpy.__file__)), "pyterrier_pisa")
    (path,) = glob.glob(os.path.join(package, "_pisathon*.so"))
    specification = importlib.util.spec_from_file_location("_pisathon", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def folded(text):
    """Returns letters and digits in lower case without diacritics, all else as spaces."""
    parts = unicodedata.normalize("NFD", text.lower().replace("œ", "oe").replace("æ", "ae")).replace("đ", "d")
    return "".join(
        letter if letter.isalnum() else " " for letter in parts if not unicodedata.combining(letter))


def group_of(name):
    # The posting lists, and their block maxima with the document lengths.
    if name.startswith("bm25."):
        return "postings"
    return {"fwd.termlex": "dictionary", "fwd.doclex": "keys"}.get(name, "other")


def prepared(pisa, folder):
    context = pisa.RetrievalContext()
    pisa.prepare_index(context, folder, ENCODING, "bm25", "", quantize=0, stop_fname="", bm25_k1=1.2, bm25_b=0.75)
    return context


def build(pisa, options, lines, size):
    shutil.rmtree(options.folder, ignore_errors=True)
    os.makedirs(options.folder)
    pipe = os.path.join(options.folder, "pipe")
    os.mkfifo(pipe)

    def write():
        with open(pipe, "wb") as file:
            file.write(lines)

    start, cpu = time.perf_counter(), contract.cpu_seconds()
    feeder = threading.Thread(target=write)
    feeder.start()
    pisa.index(pipe, options.folder, "", BATCH, 1)
    feeder.join()
    prepared(pisa, options.folder)
    built = time.perf_counter()
    cpu = contract.cpu_seconds() - cpu
    os.remove(pipe)
    files = {
        name: size for name, size in contract.files(options.folder).items()
        if name not in STEPS and ".batch." not in name
    }
    return dict(
        event="index", engine=ENGINE, version=VERSION, documents=pisa.num_docs(options.folder), bytes=size,
        build_seconds=built - start, merge_seconds=0, cpu_seconds=cpu, mb_per_second=size / 1e6 / (built - start),
        segments=1, index_bytes=sum(files.values()), components=files,
        groups=contract.grouped(files, {name: group_of(name) for name in files}))


def index(options):
    if options.stem:
        raise SystemExit("PISA has no French stemmer")
    if options.stored:
        raise SystemExit("PISA stores no text")
    pisa = loaded()
    found, size = contract.documents(options.corpus)
    # A key is one word for PISA.
    lines = "".join(f"{key.replace(' ', UNBROKEN)} {folded(text)}\n" for key, text in found).encode()
    del found
    contract.serve_or_repeat(options, lambda: build(pisa, options, lines, size))


class Result:
    def __init__(self, count, keys, scores):
        self.count, self.keys, self.scores = count, keys, scores

    def fields(self):
        count = self.count
        scores = [float(score) for score in self.scores[:count]]
        keys = [key.replace(UNBROKEN, " ") for key in self.keys[:count]]
        return dict(total=None, exact=False, keys=keys, scores=scores)


def query(options):
    pisa = loaded()
    context = prepared(pisa, options.folder)
    query_indexes, ranks = numpy.empty(options.k, numpy.int32), numpy.empty(options.k, numpy.int32)
    scores, keys = numpy.empty(options.k, numpy.float32), numpy.empty(options.k, object)

    def search(prepared_query):
        algorithm, text = prepared_query
        ns, count = contract.timed(lambda: pisa.retrieve(
            context, algorithm, [(0, text)], k=options.k, threads=1, result_qidxs=query_indexes, result_docnos=keys,
            result_ranks=ranks, result_scores=scores))
        return ns, Result(count, keys.copy(), scores.copy())

    contract.run_queries(options, ENGINE, prepare, search)


def prepare(kind, text):
    if kind in ("phrase", "prefix"):
        raise contract.Unsupported("PISA keeps no positions" if kind == "phrase" else "PISA expands no prefix")
    return ALGORITHMS.get(kind, ALGORITHMS["or"]), folded(text)


def frequencies(folder):
    """Returns document frequencies by word: the lengths of the lists in `inv.docs`, in word order."""
    lists = numpy.memmap(os.path.join(folder, "inv.docs"), dtype=numpy.uint32, mode="r")
    offset, lengths = 2, []
    while offset < len(lists):
        lengths.append(int(lists[offset]))
        offset += 1 + lengths[-1]
    with open(os.path.join(folder, "fwd.terms"), encoding="utf-8") as words:
        return dict(zip(words.read().splitlines(), lengths))


def counts(options):
    pisa = loaded()
    found = frequencies(options.folder)
    words = contract.word_rows(options.words) if options.words else []
    contract.say(
        event="counts", engine=ENGINE, documents=pisa.num_docs(options.folder), tokens=None, terms=len(found),
        document_frequencies={word: found.get(word, 0) for word in words})


def main():
    options = contract.arguments(ENGINE)
    contract.keep_output()
    {"index": index, "query": query, "counts": counts}[options.command](options)


if __name__ == "__main__":
    main()

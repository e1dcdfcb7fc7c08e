"""Code shared by the drivers written in Python: command line, corpus, output.

README.md states the contract.
"""

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable


def arguments(engine: str, has_french_analysis: bool = False) -> argparse.Namespace:
    """Parses the command line of a driver.

    `has_french_analysis`: whether the engine has an analysis of French of its own, which `--french` selects.
    """
    parser = argparse.ArgumentParser(prog=engine)
    commands = parser.add_subparsers(dest="command", required=True)
    index = commands.add_parser("index", help="build an index of CORPUS.jsonl in DIR")
    index.add_argument("corpus")
    index.add_argument("folder")
    index.add_argument("--stem", choices=["fr"])
    if has_french_analysis:
        index.add_argument("--french", action="store_true", help="the engine's own analysis of French")
    index.add_argument("--stored", action="store_true", help="store the text of the documents too")
    index.add_argument("--rounds", type=int, default=1)
    index.add_argument("--warm-up", type=int, default=0, help="builds before the first that is reported")
    index.add_argument("--serve", action="store_true", help="build once for each line of standard input")
    query = commands.add_parser("query", help="run the queries of QUERIES.tsv on the index in DIR")
    query.add_argument("folder")
    query.add_argument("queries", nargs="?")
    query.add_argument("--k", type=int, default=10)
    query.add_argument("--rounds", type=int, default=5)
    query.add_argument("--warm-up", type=float, default=None, help="CPU seconds of queries before the first round")
    query.add_argument("--serve", action="store_true", help="run the query rows of standard input")
    counts = commands.add_parser("counts", help="counts of the index in DIR, and document frequencies of words")
    counts.add_argument("folder")
    counts.add_argument("words", nargs="?")
    if has_french_analysis:
        words = commands.add_parser("words", help="what the analysis of the index in DIR leaves of queries")
        words.add_argument("folder")
        words.add_argument("queries")
    return parser.parse_args()


def say(**fields):
    """Writes one JSON line."""
    print(json.dumps(fields, ensure_ascii=False, separators=(",", ":")), flush=True)


def keep_output():
    """Reserves standard output for the JSON lines: the output of the engine goes to standard error."""
    sys.stdout.flush()
    own = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = os.fdopen(own, "w", encoding="utf-8")


class Unsupported(Exception):
    """The reason why an engine cannot answer a query."""


def documents(path):
    """Returns keys and texts (title, newline, body) of a corpus, and the UTF-8 bytes of its titles and bodies."""
    found, size = [], 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if not line.strip():
                continue
            row = json.loads(line)
            title, body = row.get("title") or "", row.get("body") or ""
            size += len(title.encode()) + len(body.encode())
            found.append((row["id"], title + "\n" + body))
    return found, size


def query_row(line):
    """Splits a row `id TAB class TAB kind TAB text`."""
    parts = line.rstrip("\n").split("\t")
    if len(parts) != 4:
        raise SystemExit(f"a query row has 4 columns, not {len(parts)}: {line!r}")
    return parts


def query_rows(path):
    with open(path, encoding="utf-8") as lines:
        return [query_row(line) for line in lines if line.strip()]


def say_words(options: argparse.Namespace, frequencies: Callable[[str], list[int]]) -> None:
    """Writes for each query how many words the analysis leaves of it, and how many of them a document contains.

    `frequencies(text)` returns the document frequency of each word.
    """
    for identifier, group, _, text in query_rows(options.queries):
        found = frequencies(text)
        say(id=identifier, **{"class": group}, words=len(found), found=sum(count > 0 for count in found))


def word_rows(path):
    with open(path, encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in lines if line.strip()]


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def files(folder, passed_over=()):
    """Returns the bytes of the files of an index by name."""
    paths = {name: os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name not in passed_over}
    return {name: os.path.getsize(path) for name, path in paths.items() if os.path.isfile(path)}


def components(folder, passed_over=()):
    """Returns the bytes of the files of an index by extension, or by name for a file without one."""
    sizes = {}
    for name, size in files(folder, passed_over).items():
        extension = os.path.splitext(name)[1] or name
        sizes[extension] = sizes.get(extension, 0) + size
    return sizes


# Groups of components that are comparable between engines; a component without a group is "other".
GROUPS = ("dictionary", "postings", "positions", "lengths", "keys", "other")


def grouped(sizes, group_of):
    """Sums the bytes of components by group."""
    groups = dict.fromkeys(GROUPS, 0)
    for name, size in sizes.items():
        groups[group_of.get(name, "other")] += size
    return groups


def serve_or_repeat(options, once):
    """Calls `once` for each line of standard input, or once per round; writes what it returns."""
    for _ in range(options.warm_up):
        once()
    if not options.serve:
        for _ in range(options.rounds):
            say(**once())
        return
    say(event="ready")
    for _ in sys.stdin:
        say(**once())


def run_queries(options, engine, prepare, search):
    """Runs queries by the contract.

    `prepare(kind, text)` returns the argument of `search` (None: a query without words). `search(prepared)` returns the
    nanoseconds of the engine and a result, whose `fields()` (total, keys, scores) are read outside the time.
    """
    rows, prepared, missing = [], [], []
    for row in query_rows(options.queries) if options.queries else []:
        try:
            prepared.append(prepare(row[2], row[3]))
            rows.append(row)
        except Unsupported as reason:
            missing.append((row, reason))
    warm_up(options.warm_up, lambda: [search(query) for query in prepared])
    overhead = sorted(search(prepare("empty", ""))[0] for _ in range(1001))
    say(event="overhead", engine=engine, ns_median=overhead[500], ns_p99=overhead[990])
    for row, reason in missing:
        say_missing(row, reason)
    if options.serve:
        say(event="ready")
        for line in sys.stdin:
            row = query_row(line)
            try:
                query = prepare(row[2], row[3])
            except Unsupported as reason:
                say_missing(row, reason)
                continue
            ns, result = search(query)
            say(id=row[0], **{"class": row[1]}, kind=row[2], ns=[ns], **result.fields())
        return
    times = [[] for _ in rows]
    results = [None] * len(rows)
    for _ in range(options.rounds):
        for number, query in enumerate(prepared):
            ns, results[number] = search(query)
            times[number].append(ns)
    for (identifier, group, kind, _), ns, result in zip(rows, times, results):
        say(id=identifier, **{"class": group}, kind=kind, ns=ns, **result.fields())


def say_missing(row, reason):
    say(id=row[0], **{"class": row[1]}, kind=row[2], missing=str(reason))


def warm_up(seconds, once):
    start = cpu_seconds()
    while seconds and cpu_seconds() - start < seconds:
        once()
        if cpu_seconds() == start:
            return


def timed(work):
    """Returns the nanoseconds that `work` takes, and its result."""
    start = time.perf_counter_ns()
    result = work()
    return time.perf_counter_ns() - start, result

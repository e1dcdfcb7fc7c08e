#!/usr/bin/env python3
"""Writes CharacterData.swift from the Unicode 15 character database.

usage: generate-character-table.py UNICODE_FOLDER > CharacterData.swift

UNICODE_FOLDER holds UnicodeData.txt, CaseFolding.txt, WordBreakProperty.txt and
DerivedNormalizationProps.txt of Unicode 15.0. The output is a set of string literals of
printable ASCII: a stream of numbers, five bits per character (least significant first; the
sixth bit is set if more characters of the number follow), which `CharacterTable` unpacks once
per process. String literals compile and link at once; array literals of this size are slow to
compile.
"""
import sys

folder = sys.argv[1]
LIMIT = 0x110000


def rows(name):
    for line in open(f"{folder}/{name}", encoding="utf-8"):
        line = line.split("#")[0].strip()
        if line:
            yield [field.strip() for field in line.split(";")]


def span(text):
    first, _, last = text.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


category = ["Cn"] * LIMIT
combining = [0] * LIMIT
decomposition = {}  # scalar -> (compatibility, scalars)
opened = None
for row in rows("UnicodeData.txt"):
    scalar = int(row[0], 16)
    if row[1].endswith(", First>"):
        opened = scalar
        continue
    for value in range(opened, scalar + 1) if row[1].endswith(", Last>") else (scalar,):
        category[value] = row[2]
        combining[value] = int(row[3])
    opened = None
    if row[5]:
        parts = row[5].split()
        compatibility = parts[0].startswith("<")
        decomposition[scalar] = (compatibility, [int(p, 16) for p in parts[compatibility:]])

folding = {}
for code, status, mapped, *_ in rows("CaseFolding.txt"):
    if status in "CF":
        folding[int(code, 16)] = [int(m, 16) for m in mapped.split()]

wordbreak = {}
for codes, name in rows("WordBreakProperty.txt"):
    for value in span(codes):
        wordbreak[value] = name

excluded, maybe = set(), set()
for row in rows("DerivedNormalizationProps.txt"):
    if row[1] == "Full_Composition_Exclusion":
        excluded.update(span(row[0]))
    elif row[1] == "NFC_QC" and row[2] == "M":
        maybe.update(span(row[0]))

pairs = {}
for scalar, (compatibility, parts) in decomposition.items():
    if not compatibility and len(parts) == 2 and scalar not in excluded:
        pairs[tuple(parts)] = scalar


def decompose(scalar, compatible):
    if 0xAC00 <= scalar <= 0xD7A3:
        index = scalar - 0xAC00
        out = [0x1100 + index // 588, 0x1161 + index % 588 // 28]
        return out + ([0x11A7 + index % 28] if index % 28 else [])
    entry = decomposition.get(scalar)
    if entry is None or (entry[0] and not compatible):
        return [scalar]
    return [d for part in entry[1] for d in decompose(part, compatible)]


def reorder(scalars):
    out, marks = [], []
    for s in scalars:
        if combining[s]:
            marks.append(s)
        else:
            out += sorted(marks, key=lambda m: combining[m]) + [s]
            marks = []
    return out + sorted(marks, key=lambda m: combining[m])


def compose_pair(a, b):
    if 0x1100 <= a < 0x1113 and 0x1161 <= b < 0x1176:
        return 0xAC00 + ((a - 0x1100) * 21 + b - 0x1161) * 28
    if 0xAC00 <= a <= 0xD7A3 and (a - 0xAC00) % 28 == 0 and 0x11A8 <= b < 0x11C3:
        return a + b - 0x11A7
    return pairs.get((a, b))


def compose(scalars):
    out, starter, last = [], None, 0
    for s in scalars:
        joined = None
        if starter is not None and (last == 0 and starter == len(out) - 1 or last < combining[s]):
            joined = compose_pair(out[starter], s)
        if joined is not None:
            out[starter] = joined
            continue
        if combining[s] == 0:
            starter, last = len(out), 0
        else:
            last = combining[s]
        out.append(s)
    return out


def nfkc(scalars):
    return compose(reorder([d for s in scalars for d in decompose(s, True)]))


def lowered(scalars):
    return [f for s in scalars for f in folding.get(s, [s])]


def form(scalar):
    """Returns the form of a scalar: case-folded and compatibility-composed, with diacritics."""
    if scalar in NOT_LOWERED:
        return [scalar]
    if scalar in LOOKALIKE:
        return [LOOKALIKE[scalar]]
    before, now = None, [scalar]
    while before != now:
        before, now = now, nfkc(lowered(now))
    return now


# ß is not case-folded to ss; only its key is ss.
NOT_LOWERED = {0xDF}
# Ð (eth) and Ɖ (African d) are typed for Đ in French and Vietnamese text; ẞ is lower-cased to ß.
LOOKALIKE = {0xD0: 0x111, 0x189: 0x111, 0x256: 0x111, 0x1E9E: 0xDF}
STROKES = {
    0x111: "d", 0x256: "d", 0xF0: "d", 0xF8: "o", 0x142: "l", 0xDF: "ss", 0x153: "oe", 0xE6: "ae",
    0x127: "h", 0x131: "i", 0xFE: "th", 0x167: "t", 0x138: "k", 0x180: "b", 0x268: "i", 0x289: "u",
    0x237: "j", 0x19A: "l", 0x1E5: "g", 0x1B6: "z", 0x23C: "c", 0x247: "e", 0x249: "j", 0x24D: "r", 0x24F: "y",
    0x2C65: "a", 0x2C66: "t",
}
# Combining marks that are dropped from keys: the general, Hebrew and Arabic ones. Those of other scripts stay.
DROPPED = [(0x300, 0x36F), (0x483, 0x487), (0x591, 0x5BD), (0x5BF, 0x5BF), (0x5C1, 0x5C2), (0x5C4, 0x5C5), (0x5C7, 0x5C7),
           (0x610, 0x61A), (0x64B, 0x65F), (0x670, 0x670), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F)]


def dropped(scalar):
    return any(a <= scalar <= b for a, b in DROPPED)


def fold(scalars):
    """Returns the key of a form: without diacritics, ligatures and strokes replaced by ASCII letters."""
    out = []
    for s in scalars:
        for d in [s] if 0xAC00 <= s <= 0xD7A3 else decompose(s, True):
            if d in STROKES:
                out += [ord(c) for c in STROKES[d]]
            elif not dropped(d):
                out.append(d)
    # Composes the marks that stay (Indic vowel signs and the like) again.
    return compose(reorder(out))


CLASSES = ["other", "letter", "numeric", "ideograph", "hebrewLetter", "katakana", "extend", "format", "zwj",
           "apostrophe", "doubleQuote", "midLetter", "midNum", "midNumLet", "newline", "space", "hyphen", "vanishing",
           "regionalIndicator", "sentenceEnd", "sign", "scriptDigit", "suffix"]
# Apostrophes, and the primes, accents, modifier letters and control characters that are typed for them. U+0374, U+1FEF and
# U+1FFD compose to one of the others.
APOSTROPHES = {0x27, 0x60, 0xB4, 0x91, 0x92, 0x2B9, 0x2BB, 0x2BC, 0x2BD, 0x374, 0x1FEF, 0x1FFD, 0x2018, 0x2019, 0x201B, 0x2032,
               0x2035, 0xA78B, 0xA78C, 0xFF07, 0xFF40}
# Scanners and word processors write ¬ (U+00AC) for the hyphen at the end of a line.
HYPHENS = {0x2D, 0xAC, 0x2010, 0x2011, 0xFE63, 0xFF0D}
# Raised and lowered digits.
SCRIPT_DIGITS = {0xB2, 0xB3, 0xB9, 0x2070, *range(0x2074, 0x207A), *range(0x2080, 0x208A)}
# Blocks whose symbols are signs: technical symbols, miscellaneous symbols and dingbats, stars, and the emoji. Bullets, arrows,
# boxes and mathematical operators are punctuation.
SIGN_BLOCKS = [range(0x2300, 0x2400), range(0x2600, 0x27C0), range(0x2B00, 0x2C00), range(0x1F000, 0x1FB00)]
# © ® § ¶ † ‡
SIGNS = {0xA9, 0xAE, 0xA7, 0xB6, 0x2020, 0x2021}
# + and #, which end the names of programming languages: C++, C#.
SUFFIXES = {0x2B, 0x23, 0xFF0B, 0xFF03}
VANISHING = {0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF}
# The class of each word-break property of the standard. Underscores and their like separate words as hyphens do.
STANDARD = {"ALetter": "letter", "Numeric": "numeric", "Hebrew_Letter": "hebrewLetter", "Katakana": "katakana",
            "ExtendNumLet": "hyphen", "Extend": "extend", "Format": "format", "ZWJ": "zwj", "Single_Quote": "apostrophe",
            "Double_Quote": "doubleQuote", "MidLetter": "midLetter", "MidNum": "midNum", "MidNumLet": "midNumLet",
            "WSegSpace": "space", "CR": "newline", "LF": "newline", "Newline": "newline", "Regional_Indicator": "regionalIndicator"}


def class_of(s):
    if s in APOSTROPHES:
        return "apostrophe"
    if s in HYPHENS:
        return "hyphen"
    if s in SCRIPT_DIGITS:
        return "scriptDigit"
    # The standard joins numbers across U+202F; in French it precedes ; : ! ? and pads « ».
    if s == 0x202F:
        return "space"
    if s in SUFFIXES:
        return "suffix"
    if s in SIGNS or category[s] == "Sc":
        return "sign"
    if s in VANISHING:
        return "vanishing"
    if s in (0x21, 0x3F, 0x2026, 0x3002, 0xFF01, 0xFF1F):
        return "sentenceEnd"
    name = STANDARD.get(wordbreak.get(s, ""))
    if name:
        return name
    if category[s] in ("Lo", "Lm", "Nl") or 0x0E00 <= s <= 0x0EFF and category[s] in ("Mn", "Mc"):
        return "ideograph"
    if category[s] == "Zs":
        return "space"
    if category[s] == "So" and any(s in block for block in SIGN_BLOCKS) and form(s) == [s]:
        return "sign"
    return "other"


FRENCH_ONLY = set("çëïüœæÿ")
SHARED = set("éèêàâîôûù")
VIETNAMESE_ONLY = {chr(c) for base in "aăâeêioôơuưy" for tone in (0, 0x300, 0x301, 0x303, 0x309, 0x323)
                   for c in compose([ord(base), tone] if tone else [ord(base)])} - SHARED - set("aeiouy") | {"đ"}


def hint(s):
    """Returns 1 for a letter that only Vietnamese uses, 2 for one that only French uses, else 0."""
    text = "".join(map(chr, form(s)))
    return 1 if text in VIETNAMESE_ONLY else 2 if text in FRENCH_ONLY else 0


def utf8(scalars):
    return "".join(map(chr, scalars)).encode("utf-8")


IDENTITY, SLOW, UPPER, DIACRITICS = 1, 2, 4, 8


def entry(s):
    """Returns class, flags, hint, form (UTF-8) and key (UTF-8) of a scalar."""
    kind = CLASSES.index(class_of(s))
    if 0xD800 <= s <= 0xDFFF:
        return (0, IDENTITY, 0, b"", b"")
    # Compatibility mappings of spacing marks begin with a space, which no word contains.
    f = [x for x in form(s) if x != 0x20] if CLASSES[kind] in ("letter", "extend") else form(s)
    k = fold(f)
    # A letter has a non-empty key: one whose mapping is a space and a mark is its own form and key.
    if not k and CLASSES[kind] == "letter":
        f = k = [s]
    flags = 0
    slow = any(combining[x] or x in maybe for x in f) or s in maybe or combining[s] != 0
    if slow:
        flags |= SLOW
    if category[s] in ("Lu", "Lt"):
        flags |= UPPER
    fb, kb = utf8(f), utf8(k)
    if fb != kb:
        flags |= DIACRITICS
    if fb == kb == utf8([s]) and s >= 0x80:
        return (kind, flags | IDENTITY, 0, b"", b"")
    return (kind, flags, hint(s), fb, kb)


ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"


def numbers(values):
    out = []
    for v in values:
        while True:
            more = v >> 5
            out.append(ALPHABET[(v & 31) | (32 if more else 0)])
            v = more
            if not v:
                break
    return "".join(out)


# Ranges of scalars with equal entries; an entry with texts is usually a range of its own.
stream, count, start = [], 0, 0
entries = [entry(s) for s in range(LIMIT)]
position = 0
while position < LIMIT:
    e = entries[position]
    end = position + 1
    while end < LIMIT and entries[end] == e:
        end += 1
    stream += [end - position, e[0], e[1], e[2]]
    if not e[1] & IDENTITY:
        stream += [len(e[3]), *e[3], len(e[4]), *e[4]]
    count += 1
    position = end

marks = []
previous = 0
for s in range(LIMIT):
    if combining[s]:
        marks += [s - previous, combining[s]]
        previous = s
joins = []
previous = 0
for (a, b), c in sorted(pairs.items(), key=lambda item: item[1]):
    joins += [c - previous, a, b]
    previous = c


def literal(name, comment, values):
    text = numbers(values)
    lines = [text[i : i + 120] for i in range(0, len(text), 120)]
    body = " \\\n".join("    " + line for line in []) or "\\\n".join("    " + line for line in lines)
    return f'  /// {comment}\n  static let {name}: StaticString = """\n{body}\n    """\n'


print("// Generated by generate-character-table.py from Unicode 15.0; do not edit.\n")
print("/// The Unicode data that `CharacterTable` unpacks; the generator describes the coding.")
print("enum CharacterData {")
print("  /// Version of the Unicode character database; part of the analyzer's fingerprint.")
print("  static let unicodeVersion = 15\n")
print(literal("entries", f"{count} runs: length, class, flags, hint and, unless the run is its own form and key, both texts.", stream))
print(literal("combiningClasses", "Pairs: distance from the scalar before, canonical combining class.", marks))
print(literal("compositions", "Triples: distance from the composite before, first part, second part.", joins).rstrip("\n"))
print("}")

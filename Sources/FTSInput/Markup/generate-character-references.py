#!/usr/bin/env python3
"""Writes CharacterReferenceNames.swift: the named character references of HTML.

usage: generate-character-references.py > CharacterReferenceNames.swift

The names are those of the HTML standard, section 13.5, which Python's module `html.entities` has. The output is a set
of string literals of `name=text`, separated by blanks; what is no printable ASCII is written as an escape. Names that
HTML also reads without a semicolon stand in a list of their own.
"""
from html.entities import html5


def escaped(text):
    return "".join(c if 0x21 <= ord(c) < 0x7F and c not in '"\\' else f"\\u{{{ord(c):X}}}" for c in text)


def literals(words):
    line, lines = "", []
    for word in words:
        if len(line) + len(word) > 100:
            lines.append(line)
            line = ""
        line += word + " "
    lines.append(line.rstrip())
    return "\n".join(f"    {line}\\" for line in lines[:-1]) + f"\n    {lines[-1]}"


# U+0020 separates the pairs; no reference stands for it. Those for a tab and a line end are written as escapes.
named = [f"{name[:-1]}={escaped(text)}" for name, text in sorted(html5.items()) if name.endswith(";")]
legacy = sorted(name for name in html5 if not name.endswith(";"))
print(f"""// Written by generate-character-references.py. Do not edit.

/// The named character references of the HTML standard, section 13.5.
enum CharacterReferenceNames {{
  /// Pairs `name=text`, separated by blanks.
  static let pairs = \"\"\"
{literals(named)}
    \"\"\"

  /// Names that HTML also reads without a semicolon.
  static let withoutSemicolon = \"\"\"
{literals(legacy)}
    \"\"\"
}}""")

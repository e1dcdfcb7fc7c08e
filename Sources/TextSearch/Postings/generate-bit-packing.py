#!/usr/bin/env python3
"""Writes BitPacking+Rows.swift: one straight-line function for each bit width.

Swift does not unroll a loop of 32 rows even where the width is a constant; listed one by one the rows run two to three
times as fast. Usage: generate-bit-packing.py > BitPacking+Rows.swift
"""

ROWS = 32


def grouped(mask):
    """A hexadecimal literal with an underscore before every four digits."""
    digits = f"{mask:X}"
    if len(digits) <= 4:
        return "0x" + digits
    return "0x" + digits[:-4] + "_" + digits[-4:]


def row_call(width, row):
    """The call that unpacks one row of four values."""
    word, shift = divmod(row * width, 32)
    mask = grouped((1 << width) - 1)
    if shift + width <= 32:
        if width == 32:
            return f"copy(source, word: {word}, to: target, row: {row})"
        if shift + width == 32:
            return f"top(source, word: {word}, shift: {shift}, to: target, row: {row})"
        if shift == 0:
            return f"bottom(source, word: {word}, mask: {mask}, to: target, row: {row})"
        return f"inside(source, word: {word}, shift: {shift}, mask: {mask}, to: target, row: {row})"
    return f"across(source, word: {word}, shift: {shift}, mask: {mask}, to: target, row: {row})"


def main():
    print("// Written by generate-bit-packing.py; not to be edited.")
    print()
    print("extension BitPacking {")
    print("  /// Unpacks 128 values of `width` bits.")
    print("  ///")
    print("  /// Safe because: the caller has checked `16 * width` bytes at `source` and 512 bytes at `target`; a width above 32")
    print("  /// does nothing.")
    print("  @unsafe")
    print("  static func unpackRows(width: Int, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer) {")
    print("    switch width {")
    print("    case 0: unsafe target.initializeMemory(as: UInt8.self, repeating: 0, count: 16 * rows)")
    for width in range(1, 33):
        print(f"    case {width}: unsafe unpack{width}(source, target)")
    print("    default: return")
    print("    }")
    print("  }")
    for width in range(1, 33):
        print()
        print("  @unsafe")
        print(f"  private static func unpack{width}(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer) {{")
        for row in range(ROWS):
            print(f"    unsafe {row_call(width, row)}")
        print("  }")
    print("}")


if __name__ == "__main__":
    main()

"""Typeface: which characters a font can show, read from the font file itself."""

import struct


def code_points(font: bytes) -> frozenset[int]:
    """Every code point of a TrueType font's `cmap` table, formats 4 and 12 (OpenType 1.9, chapter cmap)."""
    tables = struct.unpack(">H", font[4:6])[0]
    start = next(
        struct.unpack(">I", font[12 + 16 * k + 8 : 12 + 16 * k + 12])[0]
        for k in range(tables)
        if font[12 + 16 * k : 16 + 16 * k] == b"cmap"
    )
    found: set[int] = set()
    for k in range(struct.unpack(">H", font[start + 2 : start + 4])[0]):
        offset = start + struct.unpack(">I", font[start + 8 + 8 * k : start + 12 + 8 * k])[0]
        kind = struct.unpack(">H", font[offset : offset + 2])[0]
        if kind == 4:
            found |= _format_4(font, offset)
        elif kind == 12:
            found |= _format_12(font, offset)
    return frozenset(found)


def _format_4(font: bytes, offset: int) -> set[int]:
    count = struct.unpack(">H", font[offset + 6 : offset + 8])[0] // 2
    ends = struct.unpack(f">{count}H", font[offset + 14 : offset + 14 + 2 * count])
    starts = struct.unpack(f">{count}H", font[offset + 16 + 2 * count : offset + 16 + 4 * count])
    return {code for first, last in zip(starts, ends, strict=True) for code in range(first, last + 1) if code != 0xFFFF}


def _format_12(font: bytes, offset: int) -> set[int]:
    groups = struct.unpack(">I", font[offset + 12 : offset + 16])[0]
    found: set[int] = set()
    for k in range(groups):
        first, last, _ = struct.unpack(">III", font[offset + 16 + 12 * k : offset + 28 + 12 * k])
        found.update(range(first, last + 1))
    return found

"""Type: texts as surfaces, measured, wrapped and kept; one font for English and Chinese."""

from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pygame

from sim.desktop.theme import Colour
from sim.seat.breaking import clean, pieces

KEPT = 1500
"""Texts kept as surfaces; the longest unused go first."""
WRAPPED = 2000
MEASURED = 6000
MISSING = "□"
WIDE_FROM = 0x2E80
NARROW = str.maketrans("“”‘’", "\"\"''")
"""The font draws these as wide as a Chinese character, which tears a line of English apart."""


class Type:
    """The two weights of our font at any size. `close` gives everything back."""

    def __init__(self, folder: Path) -> None:
        """Fonts from this folder: `NotoSansSC-Regular.ttf` and `NotoSansSC-Bold.ttf`."""
        self._files = {False: folder / "NotoSansSC-Regular.ttf", True: folder / "NotoSansSC-Bold.ttf"}
        self._fonts: dict[tuple[int, bool], pygame.font.Font] = {}
        self._texts: OrderedDict[tuple[str, int, Colour, bool], pygame.Surface] = OrderedDict()
        self._rows: OrderedDict[tuple[str, int, int, bool], tuple[str, ...]] = OrderedDict()
        self._widths: dict[tuple[str, int, bool], int] = {}
        self._shown: dict[str, str] = {}
        self._known = coverage(folder / "NotoSansSC-Regular.ttf")

    def font(self, size: int, *, bold: bool = False) -> pygame.font.Font:
        """The font of so many pixels."""
        key = (size, bold)
        if key not in self._fonts:
            self._fonts[key] = pygame.font.Font(self._files[bold], size)
        return self._fonts[key]

    def shown(self, text: str) -> str:
        """The text on one line with a box for every character the font does not have."""
        found = self._shown.get(text)
        if found is None:
            line = clean(text)
            if not line.isascii():
                if all(ord(c) < WIDE_FROM for c in line):
                    line = line.translate(NARROW)
                line = "".join(c if ord(c) in self._known else MISSING for c in line)
            found = line
            if len(self._shown) > MEASURED:
                self._shown.clear()
            self._shown[text] = found
        return found

    def width(self, text: str, size: int, *, bold: bool = False) -> int:
        """Pixels across."""
        key = (text, size, bold)
        found = self._widths.get(key)
        if found is None:
            if len(self._widths) > MEASURED:
                self._widths.clear()
            found = self._widths[key] = self.font(size, bold=bold).size(self.shown(text))[0]
        return found

    def height(self, size: int) -> int:
        """Pixels from one line to the next."""
        return round(size * 1.42)

    def surface(self, text: str, size: int, colour: Colour, *, bold: bool = False) -> pygame.Surface:
        """The text drawn, on nothing."""
        key = (text, size, colour, bold)
        found = self._texts.get(key)
        if found is None:
            found = self.font(size, bold=bold).render(self.shown(text), True, colour)
            self._texts[key] = found
            if len(self._texts) > KEPT:
                self._texts.popitem(last=False)
        else:
            self._texts.move_to_end(key)
        return found

    def wrap(self, text: str, width: int, size: int, *, bold: bool = False) -> tuple[str, ...]:
        """The text in lines of at most so many pixels; a line break in it stays one."""
        key = (text, width, size, bold)
        found = self._rows.get(key)
        if found is None:
            font = self.font(size, bold=bold)
            found = tuple(
                row for part in text.split("\n") for row in _wrapped(self.shown(part), width, lambda t: font.size(t)[0])
            )
            self._rows[key] = found
            if len(self._rows) > WRAPPED:
                self._rows.popitem(last=False)
        else:
            self._rows.move_to_end(key)
        return found

    def cut(self, text: str, width: int, size: int, *, bold: bool = False) -> str:
        """The text, shortened with an ellipsis when it is wider than so many pixels."""
        line = self.shown(text)
        if self.width(text, size, bold=bold) <= width:
            return line
        font = self.font(size, bold=bold)
        low, high = 0, len(line)
        while low < high:
            middle = (low + high + 1) // 2
            if font.size(line[:middle].rstrip() + "…")[0] <= width:
                low = middle
            else:
                high = middle - 1
        return line[:low].rstrip() + "…" if low else ""

    def close(self) -> None:
        """Forgets every font and surface."""
        self._fonts.clear()
        self._texts.clear()
        self._rows.clear()
        self._widths.clear()
        self._shown.clear()


def _wrapped(text: str, width: int, measure: Callable[[str], int]) -> list[str]:
    rows: list[str] = []
    row = ""
    for piece in pieces(text):
        if not row or measure((row + piece).rstrip()) <= width:
            row += piece
        else:
            rows.append(row.rstrip())
            row = piece.lstrip()
        while len(row) > 1 and measure(row.rstrip()) > width:
            head = next((k for k in range(len(row) - 1, 0, -1) if measure(row[:k]) <= width), 1)
            rows.append(row[:head])
            row = row[head:]
    rows.append(row.rstrip())
    return rows


@lru_cache(maxsize=2)
def coverage(font: Path) -> frozenset[int]:
    """Code points a TrueType font has, read from its character map (formats 4 and 12)."""
    data = font.read_bytes()

    def number(at: int, size: int) -> int:
        return int.from_bytes(data[at : at + size], "big")

    tables = {data[12 + 16 * k : 16 + 16 * k]: number(20 + 16 * k, 4) for k in range(number(4, 2))}
    start = tables[b"cmap"]
    found: set[int] = set()
    for k in range(number(start + 2, 2)):
        table = start + number(start + 8 + 8 * k, 4)
        if number(table, 2) == 12:
            for group in range(number(table + 12, 4)):
                at = table + 16 + 12 * group
                found.update(range(number(at, 4), number(at + 4, 4) + 1))
        elif number(table, 2) == 4:
            double = number(table + 6, 2)
            for segment in range(0, double, 2):
                last, first = number(table + 14 + segment, 2), number(table + 16 + double + segment, 2)
                if last != 0xFFFF:
                    found.update(range(first, last + 1))
    return frozenset(found)

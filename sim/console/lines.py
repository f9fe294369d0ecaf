"""Lines: text measured in terminal cells, where a Chinese character is two wide.

Everything on the screen is a list of `rich` texts, each exactly as wide as the part of the screen it fills.
"""

from collections.abc import Sequence
from typing import TypeAlias

from rich.cells import cell_len
from rich.text import Text

from sim.seat.breaking import clean, pieces

Lines: TypeAlias = list[Text]


def count(text: str, cells: int) -> int:
    """How many characters from the start fit into so many cells."""
    used = 0
    for k, character in enumerate(text):
        used += cell_len(character)
        if used > cells:
            return k
    return len(text)


def fit(text: Text | str, width: int, style: str = "") -> Text:
    """The text in exactly `width` cells: padded, or cut with an ellipsis and never inside a character."""
    line = Text(text, style=style, end="") if isinstance(text, str) else text.copy()
    line.end = ""
    line.no_wrap = True
    if cell_len(line.plain) > width:
        line.right_crop(len(line.plain) - count(line.plain, max(0, width - 1)))
        line.append("…" if width > 0 else "")
    line.append(" " * (width - cell_len(line.plain)))
    return line


def blank(width: int, height: int) -> Lines:
    """Empty lines."""
    return [Text(" " * width, end="") for _ in range(max(0, height))]


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells: Latin words stay whole, Chinese breaks anywhere but before a stop."""
    rows: list[str] = []
    row = ""
    for piece in pieces(clean(text)):
        if cell_len(row + piece.rstrip()) <= width:
            row += piece
            continue
        if row.strip():
            rows.append(row.rstrip())
        row = piece.lstrip()
        while cell_len(row.rstrip()) > width:
            head = row[: max(1, count(row, width))]
            rows.append(head)
            row = row[len(head) :]
    if row.strip():
        rows.append(row.rstrip())
    return rows or [""]


def paragraph(text: str, width: int, style: str = "", *, indent: str = "", most: int = 0) -> Lines:
    """The text wrapped into lines of exactly `width`, at most so many (0 for any number), the last one cut."""
    rows = wrap(text, width - cell_len(indent))
    if most and len(rows) > most:
        rows = [*rows[: most - 1], rows[most - 1] + " " + rows[most]]
    return [fit(indent + row, width, style) for row in rows]


def labelled(label: str, text: str, width: int, style: str = "", *, most: int = 0) -> Lines:
    """A paragraph that hangs from its label: `Who: ...`."""
    head = label + " "
    rows = paragraph(text, max(8, width - cell_len(head)), style, most=most)
    pad = " " * cell_len(head)
    return [fit(Text.assemble((head if k == 0 else pad, "bold"), row, end=""), width) for k, row in enumerate(rows)]


def height_to(lines: Sequence[Text], width: int, height: int) -> Lines:
    """Exactly `height` lines: cut at the end, or filled with blanks."""
    return [*lines[:height], *blank(width, height - len(lines))]


def box(title: str, lines: Sequence[Text], width: int, height: int, style: str = "dim", note: str = "") -> Lines:
    """The lines in a frame with a title on its upper edge, and a note at its right end."""
    inner = width - 2
    head = f" {clean(title)} " if title else ""
    tail = f" {clean(note)} " if note else ""
    if cell_len(head) + cell_len(tail) > inner - 2:
        tail = ""
    head = fit(head, inner - 2).plain if cell_len(head) > inner - 2 else head
    top = Text(end="")
    top.append("┌─", style)
    top.append(head, "bold")
    top.append("─" * (inner - 1 - cell_len(head) - cell_len(tail)), style)
    top.append(tail, style)
    top.append("┐", style)
    side = Text("│", style, end="")
    body = [Text.assemble(side, fit(line, inner), side, end="") for line in height_to(lines, inner, height - 2)]
    bottom = Text("└" + "─" * inner + "┘", style, end="")
    return [top, *body, bottom][:height]


def beside(*parts: Lines) -> Lines:
    """Parts of equal height next to each other."""
    return [Text.assemble(*row, end="") for row in zip(*parts, strict=True)]


def bar(share: float, width: int) -> str:
    """A bar of `width` cells filled to this share."""
    filled = round(max(0.0, min(1.0, share)) * width)
    return "█" * filled + "░" * (width - filled)

"""Writes the characters our fonts are cut down to: GB 2312, Latin letters with accents, arrows and a few signs."""

import sys
from pathlib import Path

SIGNS = "–—‘’“”…•‹›€™←↑→↓↖↗↘↙⇒⇔−≈≠≤≥²³½¼¾×÷·●○◆◇■□▲△▼▽◀▶★☆✓✗µ‰₂"


def characters() -> str:
    """All of them, in the order of their code points."""
    found = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))} | set(SIGNS)
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            found.update(bytes((high, low)).decode("gb2312", errors="ignore"))
    return "".join(sorted(found))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(characters(), encoding="utf-8")

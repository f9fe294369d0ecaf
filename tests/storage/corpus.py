"""Files nobody meant to write: shipped ones with a few things changed, ones made from YAML's signs, and bombs.

The number of a file says all about it. Run as a program it checks files first .. first + count in this
process, under limits, and writes one JSON object: what no check may do, and what it took.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from sim.core.noise import Noise, Stream
from sim.storage.library import check_bytes, scenario_folder
from sim.storage.reader import MAX_DEPTH

SMALL = (
    "first_steps.yaml",
    "responses/first_contact.yaml",
    "responses/stand_down.yaml",
    "packs/england_wales.yaml",
    "rubrics/default.yaml",
    "drills/two_sources.yaml",
)
LARGE = ("taxi_ring_square.yaml", "health_valley_petition.yaml", "packs/un_baseline.yaml")
SIGNS = (
    ":",
    ": ",
    "- ",
    "\n",
    "\n  ",
    "\n    ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "'",
    '"',
    "&a ",
    "*a",
    "!!int ",
    "!x ",
    "<<: ",
    "| ",
    "> ",
    "#",
    "%TAG ! x\n",
    "---\n",
    "...\n",
    "?",
    "\t",
    "~",
    "null",
    "true",
    "0x1F",
    "010",
    "1e999",
    ".nan",
    "-.inf",
    "9" * 20,
    "2001-99-99",
    "12:30:45",
    "：",
    "，",
    "“",
    "\u202e",
    "\u200b",
    "\ufeff",
    "\x00",
    "\x07",
    "é" * 3,
    "e\u0301" * 40,
    "schema: 2\n",
    "id: x\n",
    "site:\n",
    "injects:\n",
    "- id: a\n",
    "when:\n",
    "{en: a, zh: 甲}",
    "{assumed: 1}",
    "\U0001f525",
    "\ud7ff",
)
AS_LIMIT = 4 << 30
"""Bytes a process may ask for besides what it has; far above what is allowed, so that a bomb ends it."""


class Dice:
    """Numbers drawn from one number, always the same."""

    def __init__(self, number: int) -> None:
        """Begin with the first draw of that number."""
        self._noise, self._drawn = Noise(number), 0

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit` - 1."""
        self._drawn += 1
        return self._noise.choice(limit, Stream.PLAYER, 7, self._drawn)

    def one(self, choices: tuple[str, ...]) -> str:
        """One of several."""
        return choices[self.below(len(choices))]


@cache
def shipped(name: str) -> str:
    """The text of a shipped file."""
    return (scenario_folder() / name).read_text(encoding="utf-8")


def made(number: int) -> bytes:
    """The file of that number."""
    if number < len(BOMBS):
        return BOMBS[number]()
    dice = Dice(number)
    kind = number % 10
    if kind == 0:
        return "".join(dice.one(SIGNS) for _ in range(1 + dice.below(120))).encode("utf-8", "replace")
    if kind == 1:
        return _heap(dice, 0).encode("utf-8", "replace")
    text = shipped(dice.one(LARGE) if kind == 2 and number % 100 == 2 else dice.one(SMALL))
    for _ in range(1 + dice.below(4)):
        text = CHANGES[dice.below(len(CHANGES))](text, dice)
    source = text.encode("utf-8", "replace")
    if kind == 3 and source:  # a byte of another encoding
        place = dice.below(len(source))
        source = source[:place] + bytes([128 + dice.below(128)]) + source[place + 1 :]
    return source


KEYS = (
    "site",
    "groups",
    "injects",
    "when",
    "all",
    "id",
    "minutes",
    "effects",
    "do",
    "handled",
    "roles",
    "area",
    "expect",
)
"""Keys the models know."""


def _heap(dice: Dice, depth: int) -> str:
    """Nested YAML that means nothing, of keys the models know."""
    if depth > 6 or dice.below(4) == 0:
        return dice.one(SIGNS)
    pad = "  " * depth
    lines = []
    for _ in range(1 + dice.below(5)):
        inner = _heap(dice, depth + 1)
        lines.append(f"{pad}- {inner}" if dice.below(3) == 0 else f"{pad}{dice.one(KEYS)}:\n{inner}")
    return "\n".join(lines)


def _lines(change: Callable[[list[str], int, Dice], None]) -> Callable[[str, Dice], str]:
    def changed(text: str, dice: Dice) -> str:
        lines = text.split("\n")
        change(lines, dice.below(len(lines)), dice)
        return "\n".join(lines)

    return changed


def _drop(lines: list[str], k: int, dice: Dice) -> None:
    del lines[k : k + 1 + dice.below(3)]


def _repeat(lines: list[str], k: int, dice: Dice) -> None:
    lines.insert(dice.below(len(lines) + 1), lines[k])


def _indent(lines: list[str], k: int, dice: Dice) -> None:
    lines[k] = " " * dice.below(9) + lines[k].lstrip()


def _put_value(lines: list[str], k: int, dice: Dice) -> None:
    lines[k] = lines[k].split(":")[0] + ": " + dice.one(SIGNS)


def _misspell(lines: list[str], k: int, dice: Dice) -> None:
    line = lines[k]
    place = dice.below(len(line) + 1)
    lines[k] = line[:place] + line[place + 1 : place + 2] + line[place : place + 1] + line[place + 2 :]


def _insert(text: str, dice: Dice) -> str:
    place = dice.below(len(text) + 1)
    return text[:place] + dice.one(SIGNS) + text[place:]


def _cut(text: str, dice: Dice) -> str:
    return text[: dice.below(len(text) + 1)]


def _swap(text: str, dice: Dice) -> str:
    """Two stretches change places."""
    a, b = sorted((dice.below(len(text) + 1), dice.below(len(text) + 1)))
    return text[b : b + 40] + text[a:b] + text[:a] + text[b + 40 :]


CHANGES: tuple[Callable[[str, Dice], str], ...] = (
    _lines(_drop),
    _lines(_repeat),
    _lines(_indent),
    _lines(_put_value),
    _lines(_misspell),
    _insert,
    _insert,
    _cut,
    _swap,
)

BOMBS: tuple[Callable[[], bytes], ...] = (
    lambda: b"a: &a [x]\n" + b"".join(b"b%d: &b%d [%s]\n" % (k, k, b"*a," * 9) for k in range(9)),
    lambda: b"a: &a {k: v}\n" + b"".join(b"b%d: {<<: [*a, *a, *a]}\n" % k for k in range(2000)),
    lambda: b"a: &a {<<: *a}\n",
    lambda: b"[" * 100_000,
    lambda: b"{" * 100_000,
    lambda: b"{a: " * 50_000 + b"}" * 50_000,
    lambda: b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
    lambda: b"- " * 100_000,
    lambda: b"? " * 50_000,
    lambda: b"a:\n" + b"".join(b" " * k + b"- \n" for k in range(400)),
    lambda: b"[" + b"a," * 100_000 + b"]",
    lambda: b"{" + b",".join(b"k%d: 1" % k for k in range(30_000)) + b"}",
    lambda: b"a: " + b"9" * 200_000,
    lambda: b"a: " + b"x" * 250_000,
    lambda: b"a: '" + b"x" * 250_000,
    lambda: b"a: |\n" + b" x\n" * 80_000,
    lambda: b"a: !!binary " + b"A" * 200_000,
    lambda: b"%TAG ! tag:x,2000:\n" * 10_000 + b"--- a\n",
    lambda: b"%YAML 1." + b"9" * 5_000 + b"\n--- a\n",
    lambda: b"".join(b"&a%d a%d: *a%d\n" % (k, k, k) for k in range(10_000)),
    lambda: b"".join(b"k: 1\n" for _ in range(40_000)),
    lambda: b"".join(b"--- a\n" for _ in range(40_000)),
    lambda: b"\xff\xfe" + "schema: 2\n".encode("utf-16-le") * 10_000,
    lambda: b"\x00" * 262_144,
    lambda: ("schema: 2\nid: " + "e" + "\u0301" * 100_000).encode(),
    lambda: b"#" * 262_144,
    lambda: b"schema: 2\ngroups:\n" + b"- {id: a, roles: {core: 1}}\n" * 9_000,
    lambda: b"schema: 2\ninjects:\n" + b"- when: {all: [{any: [{not: {flag: a}}]}]}\n" * 5_000,
    lambda: b"schema: 2\nwin:\n- when: " + b"{not: " * 14 + b"{flag: a}" + b"}" * 14 + b"\n",
    lambda: b"x" * 300_000,
)


def judge(number: int) -> dict[str, object]:
    """What checking one file came to: what is not as it may be, and the processor time."""
    source = made(number)
    begun = time.process_time()
    wrong = ""
    try:
        faults = check_bytes(source, "made.yaml")
    except BaseException as leaked:
        faults, wrong = (), f"{type(leaked).__name__}: {leaked}"[:200]
    took = time.process_time() - begun
    lines = source.count(b"\n") + source.count(b"\r") + 1
    for fault in faults:
        placed = 1 <= (fault.line or 0) <= lines and (fault.column or 0) >= 1 and fault.file == "made.yaml"
        if not (placed and fault.message.english()):
            wrong = f"{fault.code} at {fault.place}"
    return {"number": number, "wrong": wrong, "ms": 1000 * took, "refused": any(f.severity == "error" for f in faults)}


def main(first: int, count: int) -> None:
    """Judges the files in this process and prints what came of it."""
    for name in (*SMALL, *LARGE):  # what is loaded once does not count
        check_bytes(shipped(name).encode(), name)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + AS_LIMIT, size + AS_LIMIT))
    found = [judge(number) for number in range(first, first + count)]
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    slowest = max(found, key=lambda each: each["ms"])  # type: ignore[arg-type, return-value]
    told = {
        "files": len(found),
        "refused": sum(bool(each["refused"]) for each in found),
        "wrong": [each for each in found if each["wrong"]][:20],
        "worst_ms": round(float(str(slowest["ms"])), 1),
        "worst": slowest["number"],
        "extra_mb": round((after - before) / 1024, 1),
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

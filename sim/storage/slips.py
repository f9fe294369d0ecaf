"""Slips: what people get wrong in YAML, told from the line the parser stopped at and from what it says.

The parser knows where it lost the thread; here is said what a person would look for there, and how to write it.
"""

import itertools
import re
from typing import Any, Final, NamedTuple

import yaml

from sim.core.phrase import Phrase


class Mark(NamedTuple):
    """A place in a file, counted from 1 in lines and characters."""

    line: int
    column: int


COLON_HINT: Final = Phrase(
    'after a key write ":" and a space, as in {example}; text with a colon in it goes in quotes: "…"',
    example="title: …",
)
CURLY_HINT: Final = Phrase("use straight quotes: \"…\" or '…'")
COMMA_HINT: Final = Phrase("put a plain comma and a space between entries: {example}", example="[a, b]")
FLOW_HINT: Final = Phrase(
    'between {braces} a comma or a colon ends a text: put the whole text in straight quotes: "…"', braces="{ }"
)
BRACKET_HINT: Final = Phrase("use the plain brackets {signs}", signs="[ ] { }")
QUOTE_IT: Final = Phrase('if it is meant as text, put it in quotes: "…"')
_LINE_UP: Final = Phrase("indent with spaces only, two for each level, and begin lines of one level in one column")

SHORTHAND: Final = Phrase("anchors (&), aliases (*), tags (!), merge keys (<<) and %TAG are not used in these files")


class Slip(NamedTuple):
    """One thing people get wrong."""

    code: str
    message: Phrase
    hint: Phrase


_CURLY: Final = Slip("quotes", Phrase("curly quotes (“ ”) do not enclose a text"), CURLY_HINT)
_SLIPS: Final = (
    (
        re.compile(r" *(?:[-?] *)*(\t)"),
        Slip("tab", Phrase("there is a tab where the line is indented"), _LINE_UP),
    ),
    (
        re.compile(r"""\s*(?:- +)*[^\s:：#'"{}\[\],|>-][^:：]{0,39}(：)"""),
        Slip("colon", Phrase("this colon is full-width (：), so no key is seen here"), COLON_HINT),
    ),
    (
        re.compile(r"\s*(?:- +)*[^\W\d][\w-]{0,39}(:)[^\s:/]"),
        Slip("colon", Phrase("there is no space after this colon, so no key is seen here"), COLON_HINT),
    ),
    (
        re.compile(r"[ -]*[^\W\d][\w-]{0,39}(:)\u3000"),
        Slip("colon", Phrase("there is a full-width space after this colon, so no key is seen here"), COLON_HINT),
    ),
    (
        re.compile(r"[ -]*[^\W\d][\w-]{0,39}(:)[\xa0\u2000-\u200a\u202f\u205f]"),
        Slip("colon", Phrase("the space after this colon is no plain one, so no key is seen here"), COLON_HINT),
    ),
    (
        re.compile(r"[ -]*([\xa0\u2000-\u200a\u202f\u205f])"),
        Slip("indentation", Phrase("the line is indented with spaces that are no plain ones"), _LINE_UP),
    ),
    (
        re.compile(r"\s*(?:- +)*[^\W\d][\w-]{0,39}\s*(=)\s"),
        Slip("colon", Phrase("this is an equals sign, so no key is seen here"), COLON_HINT),
    ),
    (
        re.compile(r"(?:[^#]*?[:,\[{(-])?\s*([｛［【])"),
        Slip("brackets", Phrase("this bracket is full-width, so nothing begins here"), BRACKET_HINT),
    ),
    (
        re.compile(r"[ -]*(\u3000)"),
        Slip("indentation", Phrase("there is a full-width space where the line is indented"), _LINE_UP),
    ),
    (
        re.compile(r"(?:.*?[:,\[{-])?\s*([“”‘’„‟])"),
        _CURLY,
    ),
)
"""What a line that the parser refuses looks like when a usual slip is behind it; the group is where it is."""

_SECOND_COLON: Final = Slip(
    "colon", Phrase("this line has a second colon, so the key cannot be told from the text"), COLON_HINT
)
NO_COLON: Final = Slip("no-key", Phrase("there is no “key: value” here"), COLON_HINT)
_NO_DASH: Final = Slip(
    "list",
    Phrase("this entry does not begin with “- ”, and the ones below it do"),
    Phrase('begin every entry of a list with "- "'),
)
_A_DASH: Final = Slip(
    "list",
    Phrase("this line begins with “- ”, and the lines above it at this depth do not"),
    Phrase('take "- " away, or begin every entry of the list with it'),
)
_BESIDE_LIST: Final = Slip(
    "list",
    Phrase("this line does not begin with “- ”, and the entries above it at this depth do"),
    Phrase(
        'begin it with "- ", too; indent it by two more spaces if it belongs to the entry above; or take that "- " away'
    ),
)
_FLOW_COLON: Final = Slip("colon", Phrase("this colon ends the text before it"), FLOW_HINT)
_WIDE_COMMA: Final = Slip("comma", Phrase("this comma is full-width (，), so no entry ends here"), COMMA_HINT)
_STEP: Final = Slip("indentation", Phrase("this line does not line up with the lines around it"), _LINE_UP)
_OPEN_QUOTE: Final = Slip(
    "quotes",
    Phrase("quotes do not pair up here"),
    Phrase("end a text with the quote it began with; inside '…' write '' for ', inside \"…\" write \\\""),
)
_OPEN_BRACKET: Final = Slip(
    "brackets",
    Phrase("brackets do not pair up here, or a comma is missing between two entries"),
    Phrase("close every bracket that is opened, and put commas between entries"),
)
UNREADABLE: Final = Slip("syntax", Phrase("this line cannot be read"), _LINE_UP)
_ALIEN: Final = Slip("shorthand", SHORTHAND, QUOTE_IT)
_REFUSALS: Final = (
    ("could not find expected ':'", NO_COLON, "start"),
    (
        "quoted scalar",
        Slip(
            "escape",
            Phrase("this use of \\ means nothing between double quotes"),
            Phrase("write \\\\ for \\, or put the text between single quotes: '…'"),
        ),
        "end",
    ),
    ("while scanning an alias", _ALIEN, "start"),
    ("while scanning an anchor", _ALIEN, "start"),
    (" tag", _ALIEN, "start"),
    (
        "sequence entries are not allowed",
        Slip(
            "list",
            Phrase("a list cannot begin on the line of its key"),
            Phrase('begin each entry on a line of its own with "- "'),
        ),
        "end",
    ),
    (
        "while scanning a block scalar",
        Slip(
            "block",
            Phrase("nothing may follow | or > on the line"),
            Phrase("begin the text on the next line, indented"),
        ),
        "end",
    ),
    ("while parsing a block", _STEP, "end"),
)
"""What to say when the parser's English holds a string, and which of its two marks is meant."""


def mark_of(mark: Any, lines: list[str] | None = None) -> Mark:  # noqa: ANN401 - the C parser has its own class
    """Return a parser's mark, which counts from 0, as ours, and inside `lines` when it lies behind them."""
    if lines is not None and mark.line >= len(lines):
        return Mark(len(lines), len(lines[-1]) + 1)
    return Mark(mark.line + 1, mark.column + 1)


def usual_slip(lines: list[str], number: int) -> tuple[Slip, Mark] | None:
    """Return the usual slip that the line of that number looks like, and its place."""
    for pattern, slip in _SLIPS:
        if match := pattern.match(lines[number - 1][:500]):
            return slip, Mark(number, match.start(1) + 1)
    return None


def diagnosis(error: yaml.MarkedYAMLError, lines: list[str], last: Any) -> tuple[Slip, Mark]:  # noqa: ANN401
    """Return what is probably wrong, and where, when the parser gave up after the event `last`."""
    said = f"{error.context or ''} {error.problem or ''}"
    start = mark_of(error.context_mark or error.problem_mark, lines)
    end = mark_of(error.problem_mark or error.context_mark, lines)
    if "quoted scalar found unexpected" in said:
        return _OPEN_QUOTE, start
    before = lines[end.line - 1][: end.column - 1]
    orphan = "mapping values" in said and not re.search(r":\s", before)  # its key is not on this line
    if "while parsing a block" in said and (uneven := _uneven_list(said, lines, start, end)) is not None:
        return uneven
    if "while parsing a flow" in said and start.line == end.line and (inside := _in_flow(lines, end)) is not None:
        return inside
    usual = usual_slip(lines, start.line if "simple key" in said else end.line)
    if usual is None and orphan and end.line > 1:
        usual = usual_slip(lines, end.line - 1)
    if usual is not None:
        return usual
    if "mapping values" in said:
        indent = len(before) - len(before.lstrip())
        return (_STEP, Mark(end.line, indent + 1)) if orphan else (_SECOND_COLON, end)
    if isinstance(last, yaml.ScalarEvent) and last.style in {"'", '"'}:
        opened, closed = mark_of(last.start_mark), mark_of(last.end_mark)
        if closed.line == end.line:  # more stands behind a quoted text
            return _OPEN_QUOTE, end if opened.line == end.line else opened
    return _refusal(said, lines[end.line - 1][end.column - 1 : end.column], start, end)


def _uneven_list(said: str, lines: list[str], start: Mark, end: Mark) -> tuple[Slip, Mark] | None:
    """What is wrong where entries with and without a dash stand one below the other."""
    rest = lines[end.line - 1][end.column - 1 :]
    if "block mapping" in said and rest.startswith("- "):
        return _stray_dash(lines, end)
    if "block collection" in said and end.column == start.column and _KEY_LINE.match(rest):
        return _BESIDE_LIST, end
    return None


def _stray_dash(lines: list[str], end: Mark) -> tuple[Slip, Mark]:
    """What is wrong where a list begins among keys: the first entry lacks its dash, or this line has one too many."""
    above = _rows(lines, 1, end.line - 1)
    parent = next((k for k in range(len(above) - 1, -1, -1) if above[k].column < end.column), -1)
    inside = above[parent + 1 :]
    if not inside:
        return _A_DASH, end
    first = inside[0]
    if first.text.startswith("- "):
        return _STEP, end
    beside = sum(row.column == end.column for row in inside)
    below = 0
    for row in _rows(lines, end.line, len(lines)):
        if row.column < end.column:
            break
        below += row.column == end.column and row.text.startswith("- ")
    if below >= beside:
        return _NO_DASH, Mark(first.line, first.column)
    deeper = itertools.takewhile(lambda row: row.column > end.column, reversed(above))
    return (_STEP, end) if any(row.text.startswith("- ") for row in deeper) else (_A_DASH, end)


class _Row(NamedTuple):
    """One line that says something: where it begins, and its text from there."""

    line: int
    column: int
    text: str


def _rows(lines: list[str], first: int, last: int) -> list[_Row]:
    """The lines from `first` to `last` that are neither empty nor remarks."""
    found = []
    for number in range(first, last + 1):
        text = lines[number - 1].lstrip()
        if text and not text.startswith("#"):
            found.append(_Row(number, len(lines[number - 1]) - len(text) + 1, text))
    return found


_KEY_LINE: Final = re.compile(r"[^\W\d][\w-]{0,39}:(?: |$)")


def _in_flow(lines: list[str], end: Mark) -> tuple[Slip, Mark] | None:
    """What is wrong where an entry between brackets holds a second colon: a text, or a comma that is none."""
    line = lines[end.line - 1]
    if line[end.column - 1 : end.column] != ":":
        return None
    begin = max(line.rfind(sign, 0, end.column - 1) for sign in "{,[") + 1
    if curly := re.match(r"[^:]*:\s*([“”‘’„‟])", line[begin : end.column - 1]):
        return _CURLY, Mark(end.line, begin + curly.start(1) + 1)
    wide = line.find("，", begin, end.column)
    return (_FLOW_COLON, end) if wide < 0 or " " in line[wide : end.column] else (_WIDE_COMMA, Mark(end.line, wide + 1))


def _refusal(said: str, stopper: str, start: Mark, end: Mark) -> tuple[Slip, Mark]:
    """Return what is wrong by the parser's own words, or by the character where it gave up."""
    if "cannot start any token" in said or "directive" in said:
        message = Phrase("text cannot begin with {found}", found="%" if "directive" in said else stopper)
        return Slip("first-character", message, QUOTE_IT), start
    if stopper and stopper in "]},":
        return _OPEN_BRACKET, end
    if "while parsing a flow" in said:
        return _OPEN_BRACKET, end if start.line == end.line else start
    if stopper == ":":
        return NO_COLON, start if "simple key" in said else end
    for words, slip, which in _REFUSALS:
        if words in said:
            return slip, end if which == "end" else start
    return UNREADABLE, end

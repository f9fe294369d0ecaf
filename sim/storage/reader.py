"""What a person wrote as YAML becomes plain data with the place of every value, or a list of what is wrong.

Stricter than YAML, because the files come from anybody: no anchors, aliases, tags, merge keys or second
document, one meaning for each scalar (YAML 1.2 core schema), and a cap on everything that could grow. The
parser's events are read one at a time and never composed, so that a bomb is refused before it is built.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NoReturn, TypeAlias

import yaml

from sim.core.errors import BadInput, Fault
from sim.core.phrase import Phrase
from sim.storage.slips import (
    COLON_HINT,
    NO_COLON,
    QUOTE_IT,
    SHORTHAND,
    UNREADABLE,
    Mark,
    diagnosis,
    mark_of,
    usual_slip,
)

MAX_BYTES: Final = 256 * 1024
MAX_DEPTH: Final = 16
MAX_NODES: Final = 20_000
MAX_TEXT: Final = 4_000
MAX_DIGITS: Final = 15
"""Every whole number of 15 digits is also an exact float64."""
MAX_ACCENTS: Final = 30
"""Combining marks in a row, as in the Stream-Safe Text Format of Unicode Annex 15: sorting n costs n * n."""
MAX_FAULTS: Final = 50
"""Faults listed for one file; reading ends at the next."""
_SPLIT: Final = Phrase("split the file, or leave out what is not needed")

Data: TypeAlias = "dict[str, Data] | list[Data] | str | int | float | bool | None"
Path: TypeAlias = tuple[str | int, ...]
"""Keys and list positions from the root, such as `("injects", 3, "at")`."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, and where it says it."""

    file: str
    """The file's name, as faults show it."""
    data: Data
    """A dict or a list at the root; texts and keys are in Unicode form NFC."""
    marks: Mapping[Path, Mark]
    """Where each value begins; the root is `()`."""
    key_marks: Mapping[Path, Mark]
    """Where each key begins, by the path of its value."""

    def mark(self, path: Path) -> Mark:
        """Return where the value at `path` begins, or else the nearest value around it."""
        while path not in self.marks:
            path = path[:-1]
        return self.marks[path]

    def key_mark(self, path: Path) -> Mark:
        """Return where the key of the value at `path` begins, or else what `mark` returns."""
        return self.key_marks.get(path) or self.mark(path)


def read_yaml(source: bytes, file: str, most: int = MAX_BYTES) -> Document:
    """Return what the bytes of a YAML file say; it may have `most` bytes.

    Raises:
        BadInput: the file cannot be used. Carries every fault found, in the order of the file, each with
            line, column, path and hint; a fault of syntax or size ends the reading.
    """
    faults = _Faults(file)
    return _Reading(_text_of(source, faults, most), file, faults).document()


def spell(path: Path) -> str:
    """Return `path` as people write it: `injects[3].at`."""
    spelt = "".join(f"[{part}]" if isinstance(part, int) else f".{shorten(part, 60)}" for part in path)
    return spelt.removeprefix(".")


def shorten(text: str, limit: int) -> str:
    """Return `text` on one line, cut to at most `limit` characters, with nothing hidden in it."""
    line = _HIDDEN.sub("\ufffd", " ".join(text[: 2 * limit].split()))
    return line if len(line) <= limit and len(text) <= 2 * limit else f"{line[: limit - 1]}…"


# ---------------------------------------------------------------------------------------------- bytes to text

_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters other than tab and the line break
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0"  # soft hyphen, joiner, fillers
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"  # zero width, bidi, line and paragraph separators
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"  # annotations, no characters
)
_TAG_DIRECTIVE: Final = re.compile(r"^%TAG\b", re.MULTILINE)
_NO_TEXT: Final = (b"PK\x03\x04", b"{\\rtf", b"%PDF", b"\xd0\xcf\x11\xe0", b"<!DOCTYPE", b"<html", b"<?xml")
"""How files of word processors, browsers and the like begin."""
_TWO_VERSIONS: Final = re.compile(r"^<{7}(?: .*)?$", re.MULTILINE)
"""How a merge that could not decide marks where its two versions begin."""


class _Faults:
    """The faults of one file, in the order found."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[Fault] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, code: str, mark: Mark, message: Phrase, hint: Phrase, path: Path = ()) -> None:
        """Note a fault.

        Raises:
            BadInput: `MAX_FAULTS` are noted already.
        """
        if len(self._found) == MAX_FAULTS:
            raise BadInput(in_order(self._found, complete=False))
        line, column = mark
        where = spell(path)
        self._found.append(
            Fault(file=self._file, line=line, column=column, path=where, code=code, message=message, hint=hint)
        )

    def error(self) -> BadInput:
        """Return what was found, to be raised."""
        return BadInput(in_order(self._found, complete=True))


def in_order(faults: list[Fault], *, complete: bool) -> tuple[Fault, ...]:
    """Return `faults` in the order of the file, with a last one to say so when they are not `complete`."""
    ordered = sorted(faults, key=lambda fault: (fault.line or 0, fault.column or 0))
    if not complete:
        message = Phrase("only the first {count} faults are listed", count=len(ordered))
        hint = Phrase("put these right, then check the file again")
        ordered.append(replace(ordered[-1], path="", code="more", message=message, hint=hint))
    return tuple(ordered)


def _place(text: str, offset: int) -> Mark:
    """Return the place of the character at `offset`."""
    return Mark(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _hidden(character: str) -> tuple[Phrase, Phrase]:
    """Return what to say about a character that cannot be seen."""
    return (
        Phrase("the character {character} is not allowed", character=f"U+{ord(character):04X}"),
        Phrase("delete it: it cannot be seen, and can make a text read differently from what it says"),
    )


def _is_gbk(source: bytes) -> bool:
    """Return whether bytes that are no UTF-8 read as the usual Chinese encoding of Windows."""
    try:
        text = source.decode("gbk")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def _refuse_encoding(before: str, faults: _Faults, *, chinese: bool = False) -> NoReturn:
    """Refuse a file that stops being UTF-8 after the text `before`."""
    message = Phrase("this file is not saved as UTF-8 text")
    hint = Phrase("open it in an editor and save it again with the encoding UTF-8")
    if chinese:
        hint = Phrase("open it in an editor as GBK (ANSI), and save it again with the encoding UTF-8")
    faults.add("encoding", _place(before, len(before)), message, hint)
    raise faults.error()


def _text_of(source: bytes, faults: _Faults, most: int) -> str:
    """Return the text of a file, its line breaks as newlines, hidden characters reported and replaced.

    Raises:
        BadInput: the file is too big, is not UTF-8, or has a `%TAG` line (many take the parser a second).
    """
    if len(source) > most:
        start = source[:most].decode("utf-8", "replace")
        message = Phrase("this file is larger than {limit} bytes", limit=most)
        faults.add("too-big", _place(start, len(start)), message, _SPLIT)
        raise faults.error()
    source = source.removeprefix(b"\xef\xbb\xbf")
    if source.startswith(_NO_TEXT):
        message = Phrase("this is no plain text, but a document of another program")
        hint = Phrase("copy its text into a text editor, and save that with the encoding UTF-8")
        faults.add("no-text", Mark(1, 1), message, hint)
        raise faults.error()
    try:
        text = source.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        _refuse_encoding(source[: error.start].decode("utf-8"), faults, chinese=_is_gbk(source))
    if 4 * text.count("\0") > len(text):  # UTF-16 of plain letters: every other byte is zero
        _refuse_encoding(text[: text.index("\0")], faults)
    for match in _HIDDEN.finditer(text):
        message, hint = _hidden(match.group())
        faults.add("hidden-character", _place(text, match.start()), message, hint)
    if both := _TWO_VERSIONS.search(text):
        message = Phrase("here stand two versions of the same lines, left by a merge")
        signs = "<<<<<<<, =======, >>>>>>>"
        hint = Phrase("keep one of the two, and delete the lines that begin with {signs}", signs=signs)
        faults.add("merge", _place(text, both.start()), message, hint)
        raise faults.error()
    if tag := _TAG_DIRECTIVE.search(text):
        faults.add("shorthand", _place(text, tag.start()), SHORTHAND, QUOTE_IT)
        raise faults.error()
    return _HIDDEN.sub("\ufffd", text)


# ------------------------------------------------------------------------------------------ scalars, YAML 1.2

_WORDS: Final[Mapping[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER: Final = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NUMERIC_START: Final = frozenset("+-.0123456789")


def _integer(text: str) -> int | None:
    """Return the whole number written as `text`, or None when it has more than `MAX_DIGITS` digits."""
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    digits = text[2:] if base != 10 else text.lstrip("+-")
    if len(digits) > MAX_DIGITS:
        return None
    number = int(digits, base)
    if number >= 10**MAX_DIGITS:
        return None
    return -number if text[0] == "-" else number


def _accents_pile_up(text: str) -> bool:
    """Return whether more than `MAX_ACCENTS` combining marks follow one another."""
    run = 0
    for combines in map(unicodedata.combining, text):
        run = run + 1 if combines else 0
        if run > MAX_ACCENTS:
            return True
    return False


# --------------------------------------------------------------------------------------------- events to data


class _Reading:
    """One pass over the events of one text."""

    def __init__(self, text: str, file: str, faults: _Faults) -> None:
        self._file = file
        self._lines = text.split("\n")
        self._faults = faults
        self._events: Iterator[Any] = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        self._source = text
        self._taken = 0
        """Events read so far."""
        self._last: Any = None
        self._path: Path = ()
        self._depth = 0
        self._nodes = 0
        self._marks: dict[Path, Mark] = {}
        self._key_marks: dict[Path, Mark] = {}

    def document(self) -> Document:
        """Return the only document.

        Raises:
            BadInput: there is none, there are two, or something in it is wrong.
        """
        self._next()
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            self._refuse_root(None)
        data = self._value(self._next(), ())
        if not isinstance(data, dict | list):
            self._refuse_root(data)
        self._next()
        event = self._next()
        if isinstance(event, yaml.DocumentStartEvent):
            message = Phrase("a second document begins here")
            hint = Phrase("keep one document in a file, and remove this line")
            self._faults.add("second-document", mark_of(event.start_mark), message, hint)
        if self._faults:
            raise self._faults.error()
        return Document(self._file, data, self._marks, self._key_marks)

    def _refuse_root(self, data: Data) -> NoReturn:
        """Refuse a document that holds nothing, or one value without a key."""
        if self._faults:  # such as the two hidden characters that are all the file holds
            raise self._faults.error()
        if data is None:
            message = Phrase("this file holds no data")
            self._faults.add("empty", Mark(1, 1), message, COLON_HINT)
            raise self._faults.error()
        mark = self._marks[()]
        slip, mark = usual_slip(self._lines, mark.line) or (NO_COLON, mark)
        self._faults.add(slip.code, mark, slip.message, slip.hint)
        raise self._faults.error()

    def _next(self) -> Any:  # noqa: ANN401 - the parser's events share no useful type
        """Return the next event; refuse the file when the parser finds none."""
        try:
            self._last = next(self._events)
            self._taken += 1
        except yaml.MarkedYAMLError as error:
            if "nesting depth" in str(error.problem) and hasattr(yaml, "CSafeLoader"):
                return self._next_in_python()
            slip, mark = diagnosis(error, self._lines, self._last)
        except (yaml.YAMLError, ValueError, OverflowError):  # a tag of no UTF-8, an endless version number
            slip = UNREADABLE
            mark = Mark(1, 1) if self._last is None else mark_of(self._last.end_mark)
        else:
            return self._last
        self._faults.add(slip.code, mark, slip.message, slip.hint, self._path)
        raise self._faults.error()

    def _next_in_python(self) -> Any:  # noqa: ANN401 - as `_next`
        """The next event by the parser without a limit of its own: our limit is met long before, with a better place.

        The C parser looks far ahead, and since libyaml 0.2.6 gives up at the thousandth bracket it sees there.
        """
        self._events = yaml.parse(self._source, Loader=yaml.SafeLoader)
        for _ in range(self._taken):
            next(self._events)
        self._last = next(self._events)
        self._taken += 1
        return self._last

    def _enter(self, event: Any, path: Path) -> Mark:  # noqa: ANN401 - as `_next`
        """Count the key or value that begins with `event`, and return where it stands."""
        self._path = path
        mark = mark_of(event.start_mark)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            message = Phrase("this file holds more than {limit} keys and values", limit=MAX_NODES)
            self._faults.add("too-many", mark, message, _SPLIT, path)
            raise self._faults.error()
        if event.anchor is not None or getattr(event, "tag", None) is not None:
            self._faults.add("shorthand", mark, SHORTHAND, QUOTE_IT, path)
        return mark

    def _value(self, event: Any, path: Path) -> Data:  # noqa: ANN401 - as `_next`
        """Return the value that begins with `event`, and note where it stands."""
        mark = self._marks[path] = self._enter(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event.value, mark, path, plain=not event.style)
        if isinstance(event, yaml.AliasEvent):
            return None
        if self._depth == MAX_DEPTH:
            message = Phrase("lists and sections lie more than {limit} levels deep", limit=MAX_DEPTH)
            hint = Phrase("bring the inner parts further out, and check indentation and brackets")
            self._faults.add("too-deep", mark, message, hint, path)
            raise self._faults.error()
        self._depth += 1
        value = self._list(path) if isinstance(event, yaml.SequenceStartEvent) else self._section(path)
        self._depth -= 1
        return value

    def _list(self, path: Path) -> Data:
        """Return the entries up to the end of the list."""
        entries: list[Data] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            entries.append(self._value(event, (*path, len(entries))))
        return entries

    def _section(self, path: Path) -> Data:
        """Return the keys and values up to the end of the section."""
        section: dict[str, Data] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key, mark = self._key(event, path)
            if key is None:
                key = "?"
            elif key in section:
                first = self._key_marks[*path, key].line
                message = Phrase("the key {key} is given twice, first on line {line}", key=shorten(key, 60), line=first)
                hint = Phrase("keep one of the two, or give one another name")
                self._faults.add("duplicate-key", mark, message, hint, (*path, key))
            inside = (*path, key)
            self._key_marks.setdefault(inside, mark)
            section[key] = self._value(self._next(), inside)
        return section

    def _key(self, event: Any, path: Path) -> tuple[str | None, Mark]:  # noqa: ANN401 - as `_next`
        """Return the key that begins with `event`, of the section at `path`; None when it is no text."""
        if isinstance(event, yaml.ScalarEvent):
            mark = self._enter(event, path)
            if event.value == "<<" and not event.style:
                self._faults.add("shorthand", mark, SHORTHAND, QUOTE_IT, path)
                return None, mark
            key = self._scalar(event.value, mark, path, plain=not event.style)
            if isinstance(key, str):
                return key, mark
        else:
            mark = mark_of(event.start_mark)
            self._value(event, path)
        self._faults.add("key-not-text", mark, Phrase("a key must be a text"), QUOTE_IT, path)
        return None, mark

    def _scalar(self, text: str, mark: Mark, path: Path, *, plain: bool) -> Data:
        """Return what `text` means: itself in quotes or a block, else by the YAML 1.2 core schema."""
        if not plain:
            return self._text(text, mark, path)
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in _NUMERIC_START:
            return self._text(text, mark, path)
        if _INTEGER.fullmatch(text):
            whole = _integer(text)
            if whole is None:
                message = Phrase("this whole number has more than {limit} digits", limit=MAX_DIGITS)
                self._faults.add("number", mark, message, QUOTE_IT, path)
            return whole
        if _FLOAT.fullmatch(text) or _NOT_FINITE.fullmatch(text):
            number = float(text.replace(".", "", 1) if text[-1] in "fFnN" else text)
            if not math.isfinite(number):
                message = Phrase("{found} is not a number that can be used", found=shorten(text, 40))
                self._faults.add("number", mark, message, QUOTE_IT, path)
            return number
        return self._text(text, mark, path)

    def _text(self, text: str, mark: Mark, path: Path) -> str:
        """Return `text` in Unicode form NFC, having reported it when it is too long or hides something."""
        if not text.isascii() and len(text) <= MAX_TEXT:
            if _accents_pile_up(text):
                message = Phrase("this text has more than {limit} accents in a row", limit=MAX_ACCENTS)
                hint = Phrase("take the accents out, or write the text again")
                self._faults.add("accents", mark, message, hint, path)
                return text
            text = unicodedata.normalize("NFC", text)
        if len(text) > MAX_TEXT:
            rule = f"≤ {MAX_TEXT}"
            message = Phrase("this text has {length} characters, and {rule} are allowed", length=len(text), rule=rule)
            self._faults.add(
                "too-long",
                mark,
                message,
                Phrase("make it shorter; if it runs on by mistake, close its quotation mark"),
                path,
            )
        elif hidden := _HIDDEN.search(text):  # by an escape such as "\u202e"; others are already replaced
            self._faults.add("hidden-character", mark, *_hidden(hidden.group()), path)
        return text

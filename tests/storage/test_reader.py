"""A file becomes data with places, or a list of faults that a person can act on; nothing else happens."""

import math
import unicodedata

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sim.core.errors import BadInput, Fault
from sim.storage import reader
from sim.storage.reader import Document, read_yaml
from sim.storage.slips import Mark

VALID = """\
# a market on a rainy evening
title: {en: Market, zh: 市场}
sites:
  - id: north_gate
    width_m: 2.5
    open: true
    note: |
      Two lines,
      both kept.
  - id: south_gate
    width_m: 4
    at: [0, -1.5e1, "no: quotes"]
injects: []
nothing:
"""


def faults_of(source: str | bytes) -> tuple[Fault, ...]:
    """Return the faults of a document that must have some."""
    with pytest.raises(BadInput) as caught:
        read_yaml(source.encode() if isinstance(source, str) else source, "x.yaml")
    return caught.value.faults


def value_of(scalar: str) -> object:
    """Return what one scalar means."""
    data = read_yaml(f"value: {scalar}\n".encode(), "x.yaml").data
    assert isinstance(data, dict)
    return data["value"]


def bracketed(levels: int) -> str:
    """Return a document that many lists deep."""
    return "[" * levels + "]" * levels


def test_a_document_is_plain_data():
    document = read_yaml(VALID.encode(), "market.yaml")
    assert document.data == {
        "title": {"en": "Market", "zh": "市场"},
        "sites": [
            {"id": "north_gate", "width_m": 2.5, "open": True, "note": "Two lines,\nboth kept.\n"},
            {"id": "south_gate", "width_m": 4, "at": [0, -15.0, "no: quotes"]},
        ],
        "injects": [],
        "nothing": None,
    }
    assert document.file == "market.yaml"


def test_every_value_and_key_has_its_place():
    document = read_yaml(VALID.encode(), "market.yaml")
    assert Mark(2, 1) == document.mark(())
    assert (2, 8) == document.mark(("title",))
    assert (2, 25) == document.mark(("title", "zh"))
    assert (2, 21) == document.key_mark(("title", "zh"))
    assert (4, 5) == document.mark(("sites", 0))
    assert (5, 14) == document.mark(("sites", 0, "width_m"))
    assert (5, 5) == document.key_mark(("sites", 0, "width_m"))
    assert (12, 13) == document.mark(("sites", 1, "at", 1))
    assert (14, 1) == document.key_mark(("nothing",))


def test_a_place_that_is_not_in_the_file_is_the_nearest_around_it():
    document = read_yaml(VALID.encode(), "market.yaml")
    assert document.mark(("sites", 1)) == document.mark(("sites", 1, "colour", 3))
    assert document.mark(("sites", 1)) == document.key_mark(("sites", 1))
    assert (2, 1) == document.key_mark(("colour",))


def test_columns_count_characters_and_not_bytes():
    assert (1, 9) == read_yaml("{𠀀市: 1, é: 2}".encode(), "x.yaml").key_mark(("é",))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way_and_the_file_may_begin_with_a_byte_order_mark(ending):
    document = read_yaml(b"\xef\xbb\xbf" + f"a: 1{ending}b: 2{ending}".encode(), "x.yaml")
    assert {"a": 1, "b": 2} == document.data
    assert (2, 4) == document.mark(("b",))


def test_a_path_is_spelt_as_people_write_it():
    assert "injects[3].at" == reader.spell(("injects", 3, "at"))
    assert "[0].x" == reader.spell((0, "x"))
    assert "" == reader.spell(())


# ---------------------------------------------------------------------------------------------------- scalars


@pytest.mark.parametrize(
    ("scalar", "meaning"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("NULL", None),
        ("nULL", "nULL"),
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("yes", "yes"),
        ("no", "no"),
        ("No", "No"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("0", 0),
        ("-0", 0),
        ("+12", 12),
        ("-12", -12),
        ("010", 10),
        ("08", 8),
        ("0o17", 15),
        ("0x1F", 31),
        ("-0x1F", "-0x1F"),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("12:05", "12:05"),
        ("12:30:45", "12:30:45"),
        ("2001-12-31", "2001-12-31"),
        ("2001-99-99", "2001-99-99"),
        ("2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"),
        ("1.5", 1.5),
        ("1.", 1.0),
        (".5", 0.5),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        ("1.5E-3", 0.0015),
        ("+12e03", 12000.0),
        (".", "."),
        ("-x", "-x"),
        ("1e", "1e"),
        ("1.2.3", "1.2.3"),
        ("١٢", "١٢"),
        ("=", "="),
        ("5 m", "5 m"),
        ('"12"', "12"),
        ("'true'", "true"),
        ('""', ""),
        ("|\n  12", "12\n"),
        (">\n  null", "null\n"),
        ("警告：请离开", "警告：请离开"),
        ("“quoted”", "“quoted”"),
    ],
)
def test_a_scalar_means_what_yaml_1_2_says(scalar, meaning):
    found = value_of(scalar)
    assert meaning == found
    assert type(meaning) is type(found)


def test_minus_zero_keeps_its_sign():
    assert -1.0 == math.copysign(1.0, value_of("-0.0"))


def test_text_and_keys_come_in_unicode_form_nfc():
    document = read_yaml('cafe\u0301: "e\u0301 \\u0065\\u0301"'.encode(), "x.yaml")
    assert {"café": "é é"} == document.data
    assert (1, 1) == document.key_mark(("café",))


# ------------------------------------------------------------------------------------------------------- caps


@pytest.mark.parametrize("over", [-1, 0, 1])
@pytest.mark.parametrize(
    ("code", "document"),
    [
        ("too-big", lambda over: "a: 1 #".ljust(reader.MAX_BYTES + over, "x")),
        ("too-deep", lambda over: bracketed(reader.MAX_DEPTH + over)),
        ("too-deep", lambda over: "\n".join("  " * level + "a:" for level in range(reader.MAX_DEPTH + over))),
        ("too-many", lambda over: "[" + "a, " * (reader.MAX_NODES - 1 + over) + "]"),
        ("too-many", lambda over: "- {b: c}\n" * (reader.MAX_NODES // 3 - 1) + "- a\n" * (4 + over)),
        ("too-long", lambda over: "a: " + "x" * (reader.MAX_TEXT + over)),
        ("too-long", lambda over: "a: '" + "市" * (reader.MAX_TEXT + over) + "'"),
        ("too-long", lambda over: 'a: "' + "\\x41" * (reader.MAX_TEXT + over) + '"'),
        ("too-long", lambda over: "? " + "k" * (reader.MAX_TEXT + over) + "\n: 1"),
        ("too-long", lambda over: "a: " + "\u0958" * ((reader.MAX_TEXT + over) // 2) + "x" * (over % 2)),
        ("number", lambda over: "a: " + "9" * (reader.MAX_DIGITS + over)),
        ("number", lambda over: "a: -" + "0" * (reader.MAX_DIGITS + over)),
        ("number", lambda over: f"a: {hex(10**reader.MAX_DIGITS - 1 + over)}"),
        ("accents", lambda over: "a: e" + "\u0316" * (reader.MAX_ACCENTS + over)),
    ],
)
def test_a_cap_is_met_exactly(code, document, over):
    source = document(over).encode()
    if over <= 0:
        assert isinstance(read_yaml(source, "x.yaml"), Document)
    else:
        assert [code] == [fault.code for fault in faults_of(source)]


def test_the_caps_are_the_ones_that_were_promised():
    assert 262_144 == reader.MAX_BYTES
    assert (16, 20_000, 4_000, 15) == (
        reader.MAX_DEPTH,
        reader.MAX_NODES,
        reader.MAX_TEXT,
        reader.MAX_DIGITS,
    )


@pytest.mark.parametrize("scalar", [".inf", "-.INF", "+.Inf", ".nan", ".NaN", "1e999", "-1e400"])
def test_a_number_that_is_not_finite_is_refused(scalar):
    (fault,) = faults_of(f"a: {scalar}")
    assert ("number", 1, 4, "a") == (fault.code, fault.line, fault.column, fault.path)


def test_the_largest_finite_number_is_read():
    assert 1.7976931348623157e308 == value_of("1.7976931348623157e308")


# --------------------------------------------------------------------------------- what is refused, and where

CORPUS = {
    "nothing": (b"", "empty", 1, 1),
    "blank lines": (b"\n\n  \n", "empty", 1, 1),
    "only comments": (b"# one\n# two\n", "empty", 1, 1),
    "a marker and nothing": (b"---\n...\n", "empty", 1, 1),
    "null": (b"~\n", "empty", 1, 1),
    "one word": (b"hello\n", "no-key", 1, 1),
    "one number": (b"\n 12\n", "no-key", 2, 2),
    "no space after any colon": (b"title:hello\n", "colon", 1, 6),
    "only full-width colons": ("标题：示范\n时长：十\n".encode(), "colon", 1, 3),
    "a full-width colon among keys": ("id: x\n标题：示范\nn: 1\n".encode(), "colon", 2, 3),
    "a full-width colon before a section": ("标题：\n  en: x\n".encode(), "colon", 1, 3),
    "a full-width colon and a space": ("id: x\n标题： 示范\n".encode(), "colon", 2, 3),
    "no space after a colon": (b"a: 1\ntitle:hello\nb: 2\n", "colon", 2, 6),
    "no space after the first colon": (b"title:hello\nb: 2\n", "colon", 1, 6),
    "a colon in a text": (b"title: Day 1: start\n", "colon", 1, 13),
    "a word among keys": (b"a: 1\nb\nc: 2\n", "no-key", 2, 1),
    "a tab for indentation": (b"a:\n\tb: 1\n", "tab", 2, 1),
    "a tab behind spaces": (b"a:\n  b: 1\n \tc: 2\n", "tab", 3, 2),
    "a text that begins with @": (b"a: @home\n", "first-character", 1, 4),
    "a text that begins with a backtick": (b"a:\n  - `x`\n", "first-character", 2, 5),
    "a text that begins with %": (b"a: %5\n", "first-character", 1, 4),
    "a key that begins with %": (b"%a: 5\n", "first-character", 1, 1),
    "curly quotes around a colon": ("title: “Hello: world”\n".encode(), "quotes", 1, 8),
    "a double quote never closed": (b'a: 1\nb: "abc\nc: 2\n', "quotes", 2, 4),
    "a single quote never closed": (b"b: 'abc\nc: 2\n", "quotes", 1, 4),
    "a quote closed a line late": (b'a: "x\nb: "y"\n', "quotes", 1, 4),
    "an apostrophe between quotes": (b"a: 'it's'\n", "quotes", 1, 8),
    "text behind quotes": (b'a: "x" y\n', "quotes", 1, 8),
    "a backslash between double quotes": (b'a: "C:\\path"\n', "escape", 1, 7),
    "half a surrogate pair": (b'a: "\\ud800"\n', "escape", 1, 7),
    "a bracket never closed": (b"a: [1, 2\nb: 3\n", "brackets", 1, 4),
    "a brace never closed": (b"a: {x: 1\nb: 3\nc: 4\n", "brackets", 1, 4),
    "a bracket too many": (b"a: [1, 2]]\n", "brackets", 1, 10),
    "a list behind its key": (b"key: - a\n", "list", 1, 6),
    "a key indented under a text": (b"a: 1\n  b: 2\n", "indentation", 2, 3),
    "a key between two levels": (b"a:\n    b: 1\n  c: 2\n", "indentation", 3, 3),
    "a key after list entries": (b"- a\nb: 1\n", "list", 2, 1),
    "text behind a block sign": (b"a: > text\n", "block", 1, 6),
    "bold text": (b"a: **b**\n", "shorthand", 1, 4),
    "an anchor": (b"a: &x 1\n", "shorthand", 1, 4),
    "an alias": (b"a: 1\nb: *x\n", "shorthand", 2, 4),
    "an alias for a key": (b"a: {*x : 1}\n", "shorthand", 1, 5),
    "a tag": (b"a: !!str 1\n", "shorthand", 1, 4),
    "a tag that runs a program": (b'!!python/object/apply:os.system ["true"]\n', "shorthand", 1, 1),
    "a tag that names a class": (b"a: !!python/object:os.x {}\n", "shorthand", 1, 4),
    "a tag on a list": (b"a: !!set [b]\n", "shorthand", 1, 4),
    "an unknown tag": (b"a: !x!y z\n", "shorthand", 1, 4),
    "a tag that is not UTF-8": (b"a: !%FF x\n", "shorthand", 1, 4),
    "a tag directive": (b"%TAG ! tag:x,2000:\n---\na: 1\n", "shorthand", 1, 1),
    "a merge key": (b"a:\n  <<: {b: 1}\n", "shorthand", 2, 3),
    "a version of the future": (b"%YAML 9.9\n---\na: 1\n", "syntax", 1, 1),
    "a version without end": (b"%YAML 1." + b"9" * 5000 + b"\n---\na: 1\n", "first-character", 1, 1),
    "a second document": (b"a: 1\n---\nb: 2\n", "second-document", 2, 1),
    "a second document after an end": (b"a: 1\n...\nb: 2\n", "syntax", 3, 1),
    "a key twice": (b"a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1),
    "a key twice in two Unicode forms": ("é: 1\ne\u0301: 2\n".encode(), "duplicate-key", 2, 1),
    "a number for a key": (b"a: 1\n5: 2\n", "key-not-text", 2, 1),
    "a truth value for a key": (b"true: 2\n", "key-not-text", 1, 1),
    "nothing for a key": (b"? \n: 2\n", "key-not-text", 1, 2),
    "no key before a colon": (b"a: 1\n: 2\n", "no-key", 2, 1),
    "a list for a key": (b"? [a, b]\n: 2\n", "key-not-text", 1, 3),
    "a number of 5,000 digits": (b"a: " + b"9" * 5_000, "number", 1, 4),
    "a number of 4,300 digits in base 16": (b"a: 0x" + b"f" * 4_300, "number", 1, 4),
    "UTF-16 with a mark": ("a: 1\n".encode("utf-16"), "encoding", 1, 1),
    "UTF-16 without a mark": ("a: 1\n".encode("utf-16-le"), "encoding", 1, 2),
    "UTF-32": ("a: 1\n".encode("utf-32"), "encoding", 1, 1),
    "Latin-1": ("a: 1\nb: café\n".encode("latin-1"), "encoding", 2, 7),
    "GBK": ("a: 1\n标题: 一\n".encode("gbk"), "encoding", 2, 1),
    "half a character": ("a: 市".encode()[:-1], "encoding", 1, 4),
    "an encoded surrogate": (b"a: \xed\xa0\x80\n", "encoding", 1, 4),
    "a NUL": (b"a: one\0two three\n", "hidden-character", 1, 7),
    "an escaped NUL": (b'a: "\\0"\n', "hidden-character", 1, 4),
    "an escape code": (b"a: \x1b[31mred\n", "hidden-character", 1, 4),
    "a bell in a comment": (b"a: 1 # \x07\n", "hidden-character", 1, 8),
    "text that turns round": ("a: 1\nb: x\u202ey\n".encode(), "hidden-character", 2, 5),
    "an escape that turns text round": (b'a: "\\u2066"\n', "hidden-character", 1, 4),
    "a space of no width": ("a\u200b: 1\n".encode(), "hidden-character", 1, 2),
    "a mark inside the file": ("a: \ufeffx\n".encode(), "hidden-character", 1, 4),
    "a line separator": ("a: x\u2028b: y\n".encode(), "hidden-character", 1, 5),
    "an escaped carriage return": (b'a: "\\r"\n', "hidden-character", 1, 4),
    "letters that are tags": ("a: x\U000e0041\n".encode(), "hidden-character", 1, 5),
    "noise": (bytes(range(256)), "encoding", 2, 118),
    "an image": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "encoding", 1, 1),
    "a zip": (b"PK\x03\x04\x14\0\0\0\x08\0", "no-text", 1, 1),
    "an alias bomb": (
        b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (n + 1, n + 1, n, n) for n in range(97, 122)),
        "shorthand",
        1,
        4,
    ),
    "a merge bomb": (
        b"a0: &a0 {x: 1}\n" + b"".join(b"a%d: &a%d\n  <<: [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 20)),
        "shorthand",
        1,
        5,
    ),
    "20,000 open brackets and braces": (b"[{" * 20_000, "too-deep", 1, 17),
    "262,144 open brackets": (b"[" * 262_144, "too-deep", 1, 17),
    "a list of lists without end": (b"- " * 131_072, "too-deep", 1, 33),
    "a key of a key without end": (b"? " * 131_072, "too-deep", 1, 33),
    "a billion laughs in tags": (b"%TAG !a! x\n" * 20_000 + b"---\na: 1\n", "shorthand", 1, 1),
    "more than fits": (b"a: 1\n" * 60_000, "too-big", 52_429, 5),
    "accents that hide a letter": (b'a: "e' + b"\\u0316\\u0301" * 1_500 + b'"\n', "accents", 1, 4),
}


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("name", CORPUS)
def test_a_malformed_file_is_refused_at_its_first_fault(name, loader, monkeypatch):
    source, code, line, column = CORPUS[name]
    if loader == "SafeLoader":  # PyYAML is sometimes built without its C parser
        monkeypatch.delattr(yaml, "CSafeLoader")
    faults = faults_of(source)
    for fault in faults:
        assert "x.yaml" == fault.file
        assert 1 <= fault.line
        assert 1 <= fault.column
        assert fault.message.english()
        assert fault.hint.english()
    if loader == "CSafeLoader":
        assert (code, line, column) == (faults[0].code, faults[0].line, faults[0].column)


def test_all_that_is_wrong_is_said_at_once_and_in_order():
    found = faults_of(
        "a: 1\n"
        "a: 2\n"
        f"b: {'x' * 5000}\n"
        "c: {d: .inf, d: 12345678901234567890}\n"
        "e: &anchor x\n"
        'f: "\\u200b"\n'
        "g: x\u202ex\n"
        "7: x\n"
        "h: Day 1: start\n"
        "i: never reached: x\n"
    )
    assert [
        (2, 1, "duplicate-key", "a"),
        (3, 4, "too-long", "b"),
        (4, 8, "number", "c.d"),
        (4, 14, "duplicate-key", "c.d"),
        (4, 17, "number", "c.d"),
        (5, 4, "shorthand", "e"),
        (6, 4, "hidden-character", "f"),
        (7, 5, "hidden-character", ""),
        (8, 1, "key-not-text", ""),
        (9, 9, "colon", "h"),
    ] == [(fault.line, fault.column, fault.code, fault.path) for fault in found]


def test_a_key_given_twice_names_the_first_line():
    (fault,) = faults_of("# c\nname: a\nother: b\nname: c\n")
    assert "the key name is given twice, first on line 2" == fault.message.english()


def test_a_hidden_character_is_shown_by_its_number():
    (fault,) = faults_of("a: x\u202ey")
    assert "the character U+202E is not allowed" == fault.message.english()


def test_a_fault_never_repeats_a_hidden_character():
    for fault in faults_of('a: 1\nx\u202e\x1b: 2\nx\u202e\x1b: 3\n"\\u202e": {b: .inf}\n"\\u202e": .nan\n'):
        spoken = fault.message.english() + fault.hint.english() + fault.path
        assert all(unicodedata.category(letter) not in {"Cc", "Cf"} for letter in spoken)


def test_only_the_first_faults_of_a_hopeless_file_are_listed():
    found = faults_of("a: 1\n" * 10_000)
    assert reader.MAX_FAULTS + 1 == len(found)
    assert ["duplicate-key", "more"] == [fault.code for fault in found[-2:]]
    assert "only the first 50 faults are listed" == found[-1].message.english()


def test_as_many_faults_as_can_be_listed_are_listed_without_a_note():
    assert reader.MAX_FAULTS == len(faults_of("a: 1\n" * (reader.MAX_FAULTS + 1)))


# ---------------------------------------------------------------------------------------------- for any bytes


def refused_or_read(source: bytes) -> None:
    """Fail unless `source` is read, or refused with faults that say where and what to do."""
    try:
        document = read_yaml(source, "x.yaml")
    except BadInput as error:
        lines = source.count(b"\n") + source.count(b"\r") + 1
        for fault in error.faults:
            assert 1 <= fault.line <= lines
            assert 1 <= fault.column <= len(source) + 1
            assert fault.hint.english()
    else:
        assert () in document.marks


SIGNS = st.sampled_from(
    [
        *"abx019:-?,[]{}#&*!|>'\"%@`\\.~<= \n\t\r\0",
        ": ",
        "- ",
        "\n  ",
        "---\n",
        "<<: ",
        "：",
        "“",
        "\u202e",
        "\u0301",
    ]
)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(source):
    refused_or_read(source)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    refused_or_read(text.encode("utf-8", "surrogatepass"))


@given(st.lists(SIGNS, max_size=60))
def test_any_heap_of_yaml_signs_is_read_or_refused(signs):
    refused_or_read("".join(signs).encode())


@given(st.lists(st.tuples(st.integers(0, len(VALID)), st.integers(0, 4), SIGNS), min_size=1, max_size=6))
def test_any_change_to_a_valid_file_is_read_or_refused(changes):
    text = VALID
    for start, length, sign in changes:
        text = text[:start] + sign + text[start + length :]
    refused_or_read(text.encode())


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15) + 1, 10**15 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc_市", max_size=5), inner, max_size=4),
    max_leaves=20,
).filter(lambda data: isinstance(data, dict | list))


def normal(data: object) -> object:
    """Return data with its texts in Unicode form NFC."""
    if isinstance(data, str):
        return unicodedata.normalize("NFC", data)
    if isinstance(data, list):
        return [normal(entry) for entry in data]
    if isinstance(data, dict):
        return {key: normal(value) for key, value in data.items()}
    return data


class Quoting(yaml.SafeDumper):
    """Writes every text between quotes and nothing by reference, so that two dialects of YAML agree on it."""

    def ignore_aliases(self, data):
        return True


Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


@given(PLAIN)
def test_data_written_as_yaml_is_read_back(data):
    written = yaml.dump(data, Dumper=Quoting, allow_unicode=True, width=10**6)
    assert normal(data) == read_yaml(written.encode(), "x.yaml").data

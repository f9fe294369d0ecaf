"""A scenario file with one mistake in it: what an author reads, and where, for every mistake we could think of.

Each case is the shipped scenario with one thing changed, read the way `check` reads it.
"""

import json
from pathlib import Path

import pytest

from sim.app import main
from sim.core.errors import BadInput
from sim.storage.language import speech
from sim.storage.library import check_file, load_playbook, scenario_folder

SOUND = (scenario_folder() / "taxi_ring_square.yaml").read_text(encoding="utf-8")
LINES = SOUND.splitlines()


def changed(old: str, new: str) -> str:
    """The sound scenario with the first `old` replaced."""
    assert old in SOUND, old
    return SOUND.replace(old, new, 1)


def line_of(text: str) -> int:
    """The line of the sound scenario that first holds this text."""
    return next(number for number, line in enumerate(LINES, 1) if text in line)


FIRST = line_of("schema: 2")
ZH_TITLE = "  zh: 站前广场出租车停运\n"
UNDERPASS = "rect: [500, 384, 505, 420]"

# What is written, the code of the fault, the line it is on, and what the author reads first.
CASES: dict[str, tuple[str | bytes, str, int, str]] = {
    "a quotation mark never closed": (
        changed("en: Taxi blockade", 'en: "Taxi blockade'), "quotes", line_of("en: Taxi blockade"), "do not pair up",
    ),
    "a bracket never closed": (
        changed("minutes: [-60, 215]", "minutes: [-60, 215"), "brackets", line_of("minutes:"), "do not pair up",
    ),
    "a tab in the indentation": (changed("  width_m: 1000", "\twidth_m: 1000"), "tab", line_of("width_m"), "a tab"),
    "a key misspelt at the top": (
        changed("briefing:", "breifing:"), "unknown-key", line_of("briefing:"), "breifing is not known",
    ),
    "a key misspelt far inside": (
        changed("    minute: 100", "    minutee: 100"), "unknown-key", line_of("    minute: 100"), "minutee",
    ),
    "a text where a number belongs": (
        changed("width_m: 1000", "width_m: wide"), "wrong-kind", line_of("width_m"), 'expected a number, found "wide"',
    ),
    "a key left out": (changed("id: taxi_ring_square\n", ""), "missing-key", FIRST, "the key id is missing"),
    "no Chinese text": (changed(ZH_TITLE, ""), "missing-key", line_of("title:") + 1, "the key zh is missing"),
    "a place that is not there": (
        changed("    place: underpass", "    place: underpas"), "unknown-place", line_of("    place: underpass"),
        "no place called underpas",
    ),
    "a response that is not there": (
        changed("answers: [relieve_crowding]", "answers: [relive_crowding]"), "unknown-response",
        line_of("answers: [relieve_crowding]"), "no response called relive_crowding",
    ),
    "a response that is not there in a condition": (
        changed("ordered: relieve_crowding", "ordered: releave_crowding"), "unknown-response", 0, "releave_crowding",
    ),
    "an exit that is not there": (
        changed("exits: [", "exits: [nowhere, "), "unknown-exit", line_of("exits: ["), "nowhere",
    ),
    "a doctrine pack that is not there": (
        changed("domestic: prc", "domestic: un_basline"), "unknown-domestic", line_of("domestic:"),
        "un_basline",
    ),
    "an effect that is not there": (
        changed("do: weather", "do: wether"), "unknown-value", line_of("do: weather"), '"wether" is not one of these',
    ),
    "a truth that is neither true nor false nor unclear": (
        changed("truth: 'true'", "truth: maybe"), "unknown-value", line_of("truth: 'true'"), '"maybe"',
    ),
    "a key given twice": (changed("schema: 2\n", "schema: 2\nschema: 2\n"), "duplicate-key", FIRST + 1, "given twice"),
    "an id given twice": (
        changed("  - id: clear_by_ten", "  - id: rain_underpass"), "repeated-id", line_of("id: clear_by_ten"),
        "already the id",
    ),
    "a number that is not said to be assumed or sourced": (
        changed("chance: {assumed: 0.7}", "chance: 0.7"), "not-allowed", line_of("chance: {assumed: 0.7}"), "assumed",
    ),
    "a number that is no number": (changed("cell_m: 1.0", "cell_m: .nan"), "number", line_of("cell_m"), ".nan"),
    "an endless number": (changed("[-60, 215]", "[-60, .inf]"), "number", line_of("minutes:"), ".inf"),
    "a number of four hundred digits": (
        changed("width_m: 1000", "width_m: " + "9" * 400), "number", line_of("width_m"), "more than 15 digits",
    ),
    "fewer than no people": (changed("people: ", "people: -"), "out-of-range", line_of("people: "), "must be ≥ 1"),
    "a place outside the site": (
        changed(UNDERPASS, "rect: [1500, 384, 1505, 420]"), "outside-site", line_of(UNDERPASS), "outside the site",
    ),
    "a rectangle the wrong way round": (
        changed(UNDERPASS, "rect: [505, 384, 500, 420]"), "not-allowed", line_of(UNDERPASS), "wrong way round",
    ),
    "an end before the beginning": (
        changed("minutes: [-60, 215]", "minutes: [215, -60]"), "backwards", line_of("minutes:"), "not before the last",
    ),
    "an inject after the end": (
        changed("    minute: 100", "    minute: 100000"), "outside-time", line_of("    minute: 100"), "outside the run",
    ),
    "a format of another time": (changed("schema: 2", "schema: 99"), "unknown-value", FIRST, "99 is not one of these"),
    "an anchor and its aliases": ("a: &a [x, x]\nb: &b [*a, *a]\n", "shorthand", 1, "anchors"),
    "a tag that would run a command": (
        changed("schema: 2", 'schema: !!python/object/apply:os.system ["true"]'), "shorthand", FIRST, "tags",
    ),
    "lists two hundred deep": ("schema: " + "[" * 200 + "]" * 200, "too-deep", 1, "16 levels"),
    "two documents": (SOUND + "\n---\nschema: 2\n", "second-document", len(LINES) + 2, "a second document"),
    "nothing": ("", "empty", 1, "no data"),
    "a list of things": ("- a\n- b\n", "wrong-kind", 1, "found a list"),
    "one word": ("hello", "no-key", 1, "no “key: value”"),
    "a file of three megabytes": (SOUND + "#" + "x" * 3_000_000, "too-big", 0, "262144 bytes"),
    "a text of three hundred thousand letters": (
        changed("en: Taxi blockade", "en: " + "x" * 300_000), "too-big", line_of("en: Taxi blockade"), "262144",
    ),
    "UTF-16": (SOUND.encode("utf-16"), "encoding", 1, "UTF-8"),
    "GBK": (SOUND.encode("gbk", errors="replace"), "encoding", line_of("zh:"), "UTF-8"),
    "a byte of zero": (changed("schema: 2", "schema: 2\x00"), "hidden-character", FIRST, "U+0000"),
    "half a character": (
        changed("en: Taxi blockade at the station square", 'en: "\\ud800"'), "escape", line_of("en: Taxi"), "\\",
    ),
}  # fmt: skip


def write(folder: Path, source: str | bytes) -> Path:
    """The file as an author would have it."""
    path = folder / "mine.yaml"
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    return path


@pytest.mark.parametrize("name", CASES)
def test_one_mistake_is_found_where_it_was_made_with_a_way_to_mend_it(name: str, tmp_path: Path) -> None:
    source, code, line, says = CASES[name]
    faults = check_file(write(tmp_path, source))
    found = next((fault for fault in faults if fault.code == code), None)
    assert found is not None, [fault.code for fault in faults]
    assert line in {0, found.line}
    assert found.line is not None
    assert found.line >= 1
    assert found.column is not None
    assert found.column >= 1
    assert "mine.yaml" in str(found.file)
    assert says in found.message.english()
    assert found.hint is not None
    assert found.hint.english()


@pytest.mark.parametrize("name", CASES)
def test_every_mistake_is_also_said_in_chinese(name: str, tmp_path: Path) -> None:
    say = speech("zh")
    for fault in check_file(write(tmp_path, CASES[name][0])):
        hint = "" if fault.hint is None else say(fault.hint)
        assert any("\u4e00" <= letter <= "\u9fff" for letter in say(fault.message) + hint)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("a key misspelt at the top", "briefing"),
        ("a place that is not there", "underpass"),
        ("a response that is not there", "relieve_crowding"),
        ("a doctrine pack that is not there", "un_baseline"),
        ("an effect that is not there", "weather"),
    ],
)
def test_the_nearest_name_is_offered(name: str, near: str, tmp_path: Path) -> None:
    source, code, _, _ = CASES[name]
    found = next(fault for fault in check_file(write(tmp_path, source)) if fault.code == code)
    assert found.hint is not None
    assert near in found.hint.english()


@pytest.mark.parametrize("name", ["a key misspelt at the top", "a tag that would run a command", "UTF-16", "nothing"])
def test_a_scenario_with_a_mistake_is_never_played(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        load_playbook(str(write(tmp_path, CASES[name][0])))


@pytest.mark.parametrize("name", CASES)
def test_the_command_says_so_without_a_traceback(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", str(write(tmp_path, CASES[name][0])), "--json"])
    out, err = capsys.readouterr()
    assert 1 == code
    assert "Traceback" not in out + err
    faults = json.loads(out)["faults"]
    assert faults
    assert all(fault["line"] >= 1 and fault["column"] >= 1 and fault["message"] for fault in faults)


def test_the_sound_file_has_no_fault_even_with_a_byte_order_mark_or_other_line_ends(tmp_path: Path) -> None:
    assert () == check_file(write(tmp_path, SOUND))
    assert () == check_file(write(tmp_path, b"\xef\xbb\xbf" + SOUND.encode()))
    assert () == check_file(write(tmp_path, SOUND.replace("\n", "\r\n")))


def test_a_file_that_is_not_there_is_named_with_the_nearest_that_is(tmp_path: Path) -> None:
    write(tmp_path, SOUND)
    (fault,) = check_file(tmp_path / "mien.yaml")
    assert "no-file" == fault.code
    assert fault.hint is not None
    assert "mine.yaml" in fault.hint.english()

"""Keys are the same however the bytes of a terminal are cut, and a pasted page gives no orders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.console.keys import LONGEST_PASTE, Key, KeyDecoder

PRESSED = {
    b"a": "a", b"?": "?", b" ": "space", b"\r": "enter", b"\t": "tab", b"\x7f": "backspace", b"\x0c": "ctrl-l",
    b"\x1b[A": "up", b"\x1bOB": "down", b"\x1b[1;5C": "right", b"\x1b[Z": "backtab", b"\x1b[5~": "pgup",
    b"\x1b[15~": "f5", b"\x1b[[A": "f1", b"\x1bOP": "f1", "\u5317".encode(): "\u5317",
}  # fmt: skip


def names(*pieces: bytes) -> list[str]:
    """Names of the keys in these pieces, with nothing after them."""
    decoder = KeyDecoder()
    return [key.name for piece in pieces for key in decoder.feed(piece)] + [key.name for key in decoder.flush()]


@pytest.mark.parametrize(("sent", "name"), PRESSED.items(), ids=PRESSED.values())
def test_a_key_is_known_wherever_its_bytes_are_cut(sent: bytes, name: str) -> None:
    for cut in range(len(sent)):
        assert [name] == names(sent[:cut], sent[cut:])


def test_escape_alone_is_a_key_once_nothing_follows() -> None:
    decoder = KeyDecoder()
    assert [] == decoder.feed(b"\x1b")
    assert decoder.unfinished
    assert [Key("esc")] == decoder.flush()


def test_a_pasted_page_is_one_text_and_no_keys() -> None:
    (key,) = KeyDecoder().feed(b"\x1b[200~r1\r\rq\ny\x1b[201~")
    assert ("paste", "r1 q y") == (key.name, key.text)


def test_an_endless_paste_is_cut() -> None:
    (key,) = KeyDecoder().feed(b"\x1b[200~" + b"x" * 10_000 + b"\x1b[201~")
    assert LONGEST_PASTE == len(key.text)


def test_a_full_width_letter_of_a_chinese_keyboard_is_the_same_command() -> None:
    (key,) = KeyDecoder().feed("Ｒ".encode())
    assert "r" == key.command


@given(st.binary(max_size=60), st.integers(0, 60))
def test_any_bytes_cut_anywhere_give_the_same_keys(data: bytes, cut: int) -> None:
    assert names(data) == names(data[:cut], data[cut:])

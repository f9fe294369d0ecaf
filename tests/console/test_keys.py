"""Keys: whatever a terminal sends, however the bytes were cut, becomes the keys that were pressed."""

import os
import struct
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.console.keys import LONGEST_PASTE, Key, KeyDecoder

SENT = {
    b"a": "a", b"Q": "Q", b" ": "space", b"\r": "enter", b"\n": "enter", b"\t": "tab", b"\x7f": "backspace",
    b"\x1b[A": "up", b"\x1bOA": "up", b"\x1b[B": "down", b"\x1b[C": "right", b"\x1b[D": "left", b"\x1b[Z": "backtab",
    b"\x1b[5~": "pgup", b"\x1b[6~": "pgdn", b"\x1b[3~": "delete", b"\x1b[H": "home", b"\x1b[4~": "end", b"\x1bOP": "f1",
    b"\x1b[11~": "f1", b"\x1b[[A": "f1", b"\x1b[1;5C": "right", b"\x0c": "ctrl-l", "中".encode(): "中",
}  # fmt: skip


def names(keys: list[Key]) -> list[str]:
    return [key.name for key in keys]


@pytest.mark.parametrize("sent", SENT)
def test_what_terminals_send_becomes_one_key_however_it_is_cut(sent: bytes) -> None:
    for cut in range(len(sent) + 1):
        decoder = KeyDecoder()
        assert [SENT[sent]] == names([*decoder.feed(sent[:cut]), *decoder.feed(sent[cut:])])
        assert not decoder.unfinished


@given(st.lists(st.sampled_from(sorted(SENT)), max_size=12), st.data())
def test_a_stream_cut_anywhere_gives_the_same_keys(sent: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(sent)
    decoder, found = KeyDecoder(), []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        found += decoder.feed(stream[:size])
        stream = stream[size:]
    assert [SENT[each] for each in sent] == names(found)


def test_a_lone_escape_is_the_key_once_nothing_follows() -> None:
    decoder = KeyDecoder()
    assert [] == decoder.feed(b"\x1b")
    assert decoder.unfinished
    assert ["esc"] == names(decoder.flush())
    assert ["esc", "a"] == names(decoder.feed(b"\x1ba"))


def test_sequences_nobody_knows_are_swallowed_whole() -> None:
    decoder = KeyDecoder()
    assert ["x"] == names(decoder.feed(b"\x1b[99~\x1b[?25hx"))


@given(st.binary(max_size=200))
def test_no_bytes_stop_it(sent: bytes) -> None:
    decoder = KeyDecoder()
    keys = [*decoder.feed(sent), *decoder.flush()]
    assert all(key.name for key in keys)
    assert all(key.text.isprintable() for key in keys)


def test_a_paste_is_one_key_without_line_ends_or_commands_to_the_terminal() -> None:
    decoder = KeyDecoder()
    assert [] == decoder.feed(b"\x1b[200~q\nsecond line")
    (key,) = decoder.feed(b" \x1b[31mred\x07\x1b[201~")
    assert "paste" == key.name
    assert "q second line [31mred" == key.text


def test_a_long_paste_is_cut() -> None:
    (key,) = KeyDecoder().feed(b"\x1b[200~" + b"x" * 10_000 + b"\x1b[201~")
    assert LONGEST_PASTE == len(key.text)


@pytest.mark.parametrize(("typed", "command"), [("Ｒ", "r"), ("R", "r"), ("？", "?"), ("＋", "+"), ("ａ", "a")])
def test_a_chinese_keyboard_gives_the_same_commands(typed: str, command: str) -> None:
    (key,) = KeyDecoder().feed(typed.encode())
    assert command == key.command
    assert typed == key.text


def arrived(terminal: int, number: int) -> None:
    """Returns once so many bytes have come to the terminal, which a busy system hands on some time after the write."""
    import fcntl
    import termios

    until = time.monotonic() + 30.0
    while struct.unpack("i", fcntl.ioctl(terminal, termios.FIONREAD, bytes(4)))[0] < number:
        assert time.monotonic() < until
        time.sleep(0.001)


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX terminal")
def test_keys_come_from_a_real_terminal_and_a_hung_up_line_ends_them() -> None:
    import pty
    import tty

    from sim.console.keys import PosixKeys

    outside, inside = pty.openpty()
    try:
        tty.setraw(inside)
        with PosixKeys(inside) as keys:
            assert keys.read(0.0) is None
            os.write(outside, b"a\x1b[")
            os.write(outside, b"A\x1b")
            arrived(inside, 5)
            pressed = [keys.read(30.0) for _ in range(3)]
            assert ["a", "up", "esc"] == [key.name for key in pressed if key]
            os.close(outside)
            hung_up = keys.read(30.0)
            assert hung_up is not None
            assert "eof" == hung_up.name
    finally:
        os.close(inside)


@given(st.binary(max_size=60), st.integers(0, 60))
def test_any_bytes_cut_anywhere_give_the_same_keys(data: bytes, cut: int) -> None:
    def keys(*pieces: bytes) -> list[Key]:
        decoder = KeyDecoder()
        return [key for piece in pieces for key in decoder.feed(piece)] + decoder.flush()

    assert keys(data) == keys(data[:cut], data[cut:])

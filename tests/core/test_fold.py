"""Folded bytes: any one word that differs shows, wherever the block begins and however long it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.digest import FOLDED, digest
from sim.core.errors import NotFinite
from sim.core.fold import fold


@given(st.binary(max_size=200), st.data())
def test_one_changed_byte_changes_the_numbers(raw: bytes, data: st.DataObject) -> None:
    block = np.frombuffer(raw, np.uint8)
    assert list(fold(block)) == list(fold(block.copy()))
    if raw:
        changed = block.copy()
        changed[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
        assert list(fold(block)) != list(fold(changed))


@given(st.binary(min_size=1, max_size=100), st.integers(1, 7))
def test_it_does_not_matter_where_in_memory_the_block_begins(raw: bytes, start: int) -> None:
    shifted = np.frombuffer(bytes(start) + raw, np.uint8)[start:]
    assert list(fold(np.frombuffer(raw, np.uint8))) == list(fold(shifted))


def test_two_words_that_change_places_change_the_numbers() -> None:
    words = np.arange(64, dtype=np.uint64)
    for one, other in ((0, 4), (0, 1), (5, 62)):
        swapped = words.copy()
        swapped[[one, other]] = swapped[[other, one]]
        assert list(fold(words.view(np.uint8))) != list(fold(swapped.view(np.uint8)))


@pytest.mark.parametrize("place", [0, 17, 511, 512, 1000, 1999])
def test_a_last_digit_shows_in_the_digest_of_a_big_array(place: int) -> None:
    array = np.linspace(0.0, 1.0, 2000)
    assert array.nbytes > FOLDED
    other = array.copy()
    other[place] = np.nextafter(other[place], 2.0)
    assert digest(array) == digest(array.copy())
    assert digest(array) != digest(other)
    assert digest(array) != digest(array.reshape(2, 1000))
    other[place] = np.nan
    with pytest.raises(NotFinite):
        digest(other)


def test_the_digest_of_a_big_array_is_the_same_for_every_version_of_the_program() -> None:
    assert "6591e5d285cf7395bf8742f6373ca9c4" == digest(np.arange(1000.0))

"""Packed values come back to the last bit, and nothing but values is ever unpacked."""

import json
import math
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.digest import digest
from sim.core.errors import Undigestible
from sim.core.pack import pack, unpack
from sim.core.phrase import LText, Phrase
from sim.crowd.people import Act
from sim.world.message import About, Message, Via
from sim.world.road import Road, Vehicle

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(PLAIN)
def test_plain_values_come_back_as_they_were(value: object) -> None:
    back = unpack(pack(value))
    assert repr(value) == repr(back)
    assert digest(value) == digest(back)


@given(st.floats())
def test_a_float_comes_back_to_the_last_bit(value: float) -> None:
    back = unpack(pack([value]))[0]
    assert (math.isnan(value) and math.isnan(back)) or struct.pack("<d", value) == struct.pack("<d", back)


@pytest.mark.parametrize("kind", ["f8", "f4", "i8", "i4", "u4", "u1", "?"])
@pytest.mark.parametrize("shape", [(), (0,), (5,), (3, 2), (0, 4)])
def test_an_array_comes_back_with_its_type_and_shape_and_can_be_written_to(kind: str, shape: tuple[int, ...]) -> None:
    array = np.arange(math.prod(shape)).reshape(shape).astype(kind)
    [back] = unpack(pack([array]))
    assert (array.dtype, array.shape, array.tobytes()) == (back.dtype, back.shape, back.tobytes())
    assert back.flags.writeable


def test_an_array_that_is_a_view_comes_back_whole() -> None:
    array = np.arange(12.0).reshape(3, 4)[:, ::2]
    np.testing.assert_array_equal(array, unpack(pack(array)))


def test_instances_and_members_come_back_as_what_they_were() -> None:
    message = Message(
        serial=1,
        tick=2,
        via=Via.RADIO,
        about=About.RUMOUR,
        text=Phrase("{n} at the {gate}", n=3, gate=LText("a", "甲")),
    )
    values = (message, Act.FLEE, Road([Vehicle("lane", 1.0, 2.5, -1)]))
    assert values == unpack(pack(values))
    assert Act.FLEE is unpack(pack(Act.FLEE))


def test_keys_keep_their_order_and_their_kind() -> None:
    value = {"b": 1, "a": 2, 7: 3, (1, 2): 4}
    assert list(value.items()) == list(unpack(pack(value)).items())


@pytest.mark.parametrize("value", [{1, 2}, object(), np.array(["a"]), np.array([None]), len, 1j])
def test_other_kinds_are_refused(value: object) -> None:
    with pytest.raises(Undigestible):
        pack([value])


@pytest.mark.parametrize(
    "head",
    [
        "", "[", "[1]", "{}", '[{"z":1},[]]', '[{"c":["os:system",["ls"]]},[]]', '[{"c":["world.unit:FULL",[]]},[]]',
        '[{"c":["storage.folder:Path",[]]},[]]', '[{"e":["crowd.people:Act","RUN"]},[]]', '[{"a":0},[]]',
        '[{"a":0},[["O",[1]]]]', '[{"a":0},[["<f8",[9]]]]', '[{"c":["world.unit:Unit",[1]]},[]]', "[" * 5000,
    ],
)  # fmt: skip
def test_what_was_never_packed_is_refused(head: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - that it is one is all that is promised
        unpack(head.encode() + b"\n")


def test_the_head_is_plain_json() -> None:
    tree, shapes = json.loads(pack({"a": np.zeros(2), "b": (1,)}).split(b"\n")[0])
    assert {"d": [["a", {"a": 0}], ["b", {"t": [1]}]]} == tree
    assert [["<f8", [2]]] == shapes

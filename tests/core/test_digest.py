"""A digest names a value exactly: equal values share one, different values never do."""

import pickle
from collections import namedtuple
from dataclasses import dataclass, field
from enum import Enum, IntEnum

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sim.core.digest import Written, chain, digest
from sim.core.errors import NotFinite, Undigestible
from sim.core.phrase import LText, Phrase

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters()) | st.binary()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)
ARRAYS = hnp.arrays(
    dtype=st.sampled_from(["?", "<i1", "<i4", "<i8", "<u4", "<f4", "<f8"]),
    shape=hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
    elements=None,
).filter(lambda array: array.dtype.kind != "f" or not np.isnan(array).any())


class Light(Enum):
    RED = 1
    GREEN = 2


class Signal(Enum):
    RED = 1


class Level(IntEnum):
    LOW = 1


@dataclass(frozen=True, slots=True)
class Place:
    x: float
    y: float


@dataclass
class Spot:
    x: float
    y: float


@dataclass
class Crowd:
    name: str
    mood: np.ndarray
    parts: list = field(default_factory=list)


def spelled(value: object) -> object:
    """Return a twin in which everything Python calls equal but is not the same is told apart."""
    if isinstance(value, list | tuple):
        return type(value).__name__, [spelled(item) for item in value]
    if isinstance(value, dict):
        return "dict", sorted((key, repr(spelled(item))) for key, item in value.items())
    return type(value).__name__, repr(value)


@given(VALUES, VALUES)
def test_two_values_share_a_digest_only_when_they_are_the_same(a: object, b: object) -> None:
    assert (spelled(a) == spelled(b)) == (digest(a) == digest(b))


@given(VALUES)
def test_a_copy_has_the_same_digest(value: object) -> None:
    assert digest(value) == digest(pickle.loads(pickle.dumps(value)))


def test_values_that_look_alike_are_told_apart() -> None:
    alike = [
        None, False, True, 0, 1, -1, 255, -256, 256, 0.0, -0.0, 1.0, float("inf"), float("-inf"),
        "", "1", "N", "RED", "\ud800", "\\ud800", b"", b"1", bytes(8),
        [], (), {}, [[]], [()], ([],), [1, [2]], [[1], 2], [1, 2], (1, 2), [12],
        ["ab"], ["a", "b"], ["", "ab"],
        {"a": 1}, {"a": {"b": 1}}, {"a": {}, "b": 1}, [("a", 1)], {"ab": 1},
        Light.RED, Light.GREEN, Signal.RED, Level.LOW,
        Place(1, 2), Place(1.0, 2), Place(2, 1), Spot(1, 2), LText("a", "b"),
        np.zeros(0), np.zeros((0, 2)), np.zeros(()), np.zeros(1), -np.zeros(1), np.zeros((1, 1)),
        np.zeros(2), np.zeros((1, 2)), np.zeros((2, 1)),
        np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.uint64), np.zeros(1, dtype=np.float32),
        np.zeros(2, dtype=np.float32), np.zeros(8, dtype=np.uint8), np.zeros(8, dtype=bool),
        np.zeros(8, dtype=np.int8),
    ]  # fmt: skip
    names = [digest(value) for value in alike]
    assert len(alike) == len(set(names))


def test_a_digest_is_32_hexadecimal_characters_and_the_same_in_every_process() -> None:
    value = {
        "tick": 7,
        "where": Place(1.5, -0.0),
        "mood": np.arange(3, dtype=np.float32),
        "note": ("北", None),
    }
    assert "dffe46db66ca241d290b668ced30f240" == digest(value)


def test_the_order_of_keys_does_not_matter_and_the_order_of_items_does() -> None:
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    assert digest([1, 2]) != digest([2, 1])


@given(ARRAYS)
def test_an_array_is_named_by_its_elements_and_not_by_its_layout(array: np.ndarray) -> None:
    frozen = array.copy()
    frozen.setflags(write=False)
    for twin in (
        array.copy(order="F"),
        frozen,
        array.astype(array.dtype.newbyteorder(">")),
        np.stack([array, array], axis=-1)[..., 0],
    ):
        assert digest(array) == digest(twin)


@given(ARRAYS, ARRAYS)
def test_two_arrays_share_a_digest_only_when_type_shape_and_bits_agree(a: np.ndarray, b: np.ndarray) -> None:
    same = (a.dtype, a.shape, a.tobytes()) == (b.dtype, b.shape, b.tobytes())
    assert same == (digest(a) == digest(b))


@given(hnp.arrays(np.float64, 20, elements=st.floats(-1e6, 1e6)), st.integers(0, 19))
def test_one_last_digit_of_one_person_changes_the_digest(array: np.ndarray, person: int) -> None:
    changed = array.copy()
    changed[person] = np.nextafter(changed[person], np.inf)
    assume(changed.tobytes() != array.tobytes())
    assert digest(array) != digest(changed)


def test_a_digest_leaves_the_array_as_it_was() -> None:
    array = np.arange(12.0).reshape(3, 4)[:, ::2]
    before = array.copy()
    digest(array)
    assert (before == array).all()


@pytest.mark.parametrize(
    ("array", "person", "value"),
    [
        ("", None, float("nan")),
        ("mood", 2, Crowd("a", np.array([1.0, 2.0, np.nan]))),
        ("mood", 3, Crowd("a", np.array([[1.0, 2.0], [3.0, np.nan]], dtype=np.float32))),
        ("parts[1].x", None, Crowd("a", np.zeros(2), [0, Place(float("nan"), 0.0)])),
        ("units.north[0]", None, {"units": {"north": [float("nan")]}}),
        ("[0]", 0, (np.array([np.nan, np.nan]),)),
    ],
)
def test_what_is_not_a_number_is_refused_by_name(array: str, person: int | None, value: object) -> None:
    with pytest.raises(NotFinite) as caught:
        digest(value)
    assert (array, person) == (caught.value.array, caught.value.person)


def test_infinity_has_a_digest_in_arrays_too() -> None:
    assert digest(np.array([np.inf])) != digest(np.array([-np.inf]))


@pytest.mark.parametrize(
    "value",
    [
        {1, 2},
        frozenset(),
        object(),
        Place,
        np.int64(3),
        np.float32(1.0),
        1j,
        {1: "a"},
        {Light.RED: 1},
        [{"a": {("b",): 1}}],
        np.array(["a"]),
        np.array([None]),
        np.array([1j]),
        np.array(["2020-01-01"], dtype="datetime64[D]"),
        np.zeros(2, dtype=np.longdouble),
        iter([]),
        bytearray(b"a"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_kind_without_canonical_bytes_is_refused(value: object) -> None:
    with pytest.raises(Undigestible):
        digest(value)
    with pytest.raises(TypeError):
        digest([value])


def test_a_subclass_counts_as_its_base() -> None:
    pair = namedtuple("pair", "a b")
    assert digest((1, 2)) == digest(pair(1, 2))
    assert digest(1.5) == digest(np.float64(1.5))


def test_a_phrase_is_named_by_what_it_says() -> None:
    phrase = Phrase("{n} at {gate}", n=3, gate=LText("north gate", "北门"))
    assert digest(phrase) == digest(Phrase("{n} at {gate}", gate=LText("north gate", "北门"), n=3))
    assert digest(phrase) != digest(Phrase("{n} at {gate}", n=4, gate=LText("north gate", "北门")))


@given(st.lists(VALUES, max_size=4), st.lists(VALUES, max_size=4))
def test_a_chain_names_everything_before_it_in_order(a: list[object], b: list[object]) -> None:
    ends = []
    for values in (a, b):
        end = ""
        for value in values:
            end = chain(end, value)
        ends.append(end)
    assert (spelled(a) == spelled(b)) == (ends[0] == ends[1])


def test_a_value_that_is_kept_counts_as_itself_and_one_that_changed_is_written_anew() -> None:
    written = Written()
    for flags in ({"a": 1}, {"a": 1}, {"a": 2}, {"a": 2, "b": 3}):
        assert digest({"flags": flags}) == digest({"flags": written.of("flags", flags)})

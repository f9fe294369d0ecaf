"""A phrase says the same in every language, as data and after a round trip."""

import json
import math
import pickle
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.core.phrase import LText, Phrase

GATE = LText("north gate", "北门")
CHINESE = {"{n} people at the {gate}": "{gate}有{n}人", "first, {rest}": "首先，{rest}"}
PARAMETERS = st.recursive(
    st.text()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.builds(LText, st.text(), st.text()),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, min_size=1).map(
        lambda params: Phrase(" ".join(f"{{{name}}}" for name in params), **params)
    ),
    max_leaves=6,
)
PHRASES = st.dictionaries(st.sampled_from("abc"), PARAMETERS).map(
    lambda params: Phrase("said: " + " ".join(f"{{{name}}}" for name in params), **params)
)


def test_a_phrase_fills_in_its_parameters() -> None:
    phrase = Phrase("{n} people at the {gate}", n=40, gate=GATE)
    assert "40 people at the north gate" == phrase.english()


def test_numbers_are_written_as_the_template_says() -> None:
    phrase = Phrase("{a:.1f} m, {b:.0%}, {c:02d}, {d:+.2f}, {e:,}", a=2.26, b=0.5, c=7, d=1, e=12000)
    assert "2.3 m, 50%, 07, +1.00, 12,000" == phrase.english()


def test_a_phrase_inside_a_phrase_is_put_in_the_same_language() -> None:
    phrase = Phrase("first, {rest}", rest=Phrase("{n} people at the {gate}", n=40, gate=GATE))
    assert "first, 40 people at the north gate" == phrase.english()
    assert "首先，北门有40人" == phrase.in_language("zh", CHINESE.__getitem__)


def test_a_text_is_given_in_the_language_asked_for() -> None:
    assert ("north gate", "北门") == (GATE.in_language("en"), GATE.in_language("zh"))


def test_braces_can_be_written() -> None:
    assert "{a} is 3" == Phrase("{{a}} is {a}", a=3).english()


def test_a_literal_text_keeps_its_braces() -> None:
    phrase = Phrase.literal("by number from 0: {1: 2}, {a}")
    assert "by number from 0: {1: 2}, {a}" == phrase.english()
    assert "从 0 编号：{1: 2}" == phrase.in_language("zh", {phrase.template: "从 0 编号：{{1: 2}}"}.__getitem__)


def test_a_parameter_may_have_any_name() -> None:
    assert "x y" == Phrase("{self} {template}", self="x", template="y").english()


def test_phrases_are_equal_by_content_and_hashable() -> None:
    assert Phrase("{a}{b}", a=1, b="x") == Phrase("{a}{b}", b="x", a=1)
    assert Phrase("{a}", a=1) != Phrase("{a}", a=2)
    assert Phrase("{a}", a=1) != Phrase("{a} ", a=1)
    assert 1 == len({Phrase("{a}", a=Phrase("hi")), Phrase("{a}", a=Phrase("hi"))})


def test_a_phrase_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Phrase("hi").template = "ho"  # type: ignore[misc]


def test_a_text_of_another_make_is_kept_as_plain_text() -> None:
    @dataclass
    class Authored:
        en: str
        zh: str
        line: int

    assert Phrase("{a}", a=LText("yes", "是")) == Phrase("{a}", a=Authored("yes", "是", 7))


def test_numpy_numbers_become_plain_ones() -> None:
    phrase = Phrase("{a} {b} {c}", a=np.int64(3), b=np.float32(0.5), c=np.float64(2.5))
    assert [int, float, float] == [type(value) for _, value in phrase.params]
    assert "3 0.5 2.5" == phrase.english()


@given(PHRASES)
def test_a_phrase_survives_json_and_pickling(phrase: Phrase) -> None:
    assert phrase == Phrase.from_dict(json.loads(json.dumps(phrase.as_dict(), allow_nan=False)))
    assert phrase == pickle.loads(pickle.dumps(phrase))


def test_a_phrase_as_data_is_readable() -> None:
    assert {
        "template": "{n} at {gate}",
        "params": {"gate": {"en": "north gate", "zh": "北门"}, "n": {"template": "few", "params": {}}},
    } == Phrase("{n} at {gate}", n=Phrase("few"), gate=GATE).as_dict()


@pytest.mark.parametrize("value", [None, True, [], {}, b"a", math.nan, math.inf, 1j, object()])
def test_a_parameter_that_cannot_be_kept_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="parameter a"):
        Phrase("{a}", a=value)


def test_a_missing_parameter_is_named() -> None:
    with pytest.raises(ValueError, match="lacks gate, n"):
        Phrase("{n} people at the {gate}", people=3)


@pytest.mark.parametrize(
    "template",
    ["{a.__class__}", "{a[0]}", "{a!r}", "{a:999999999}", "{a:{b}}", "{}", "{0}", "{a", "a}", "{a:>9}"],
)
def test_a_template_that_does_more_than_name_parameters_is_refused(template: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (Python's own words for a brace too many)
        Phrase(template, a=1, b=2)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"template": "hi"},
        {"template": 3, "params": {}},
        {"template": "hi", "params": []},
        {"template": "hi", "params": {}, "more": 1},
        {"template": "{a}", "params": {}},
        {"template": "{a}", "params": {"a": None}},
        {"template": "{a}", "params": {"a": {"en": "x"}}},
        {"template": "{a}", "params": {"a": {"en": 1, "zh": 2}}},
    ],
)
def test_data_that_is_no_phrase_is_refused(data: dict) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (each says what is wrong in its own words)
        Phrase.from_dict(data)


def test_quotes_inside_of_quotes_are_single_ones() -> None:
    inner = Phrase("choose “{card}”", card="First contact")
    assert "say: “choose ‘First contact’”" == Phrase("say: “{what}”", what=inner).english()
    assert "“one” and “two”" == Phrase("“one” and “two”").english()
    assert "”odd“ “x" == Phrase("”odd“ “x").english()

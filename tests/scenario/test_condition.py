"""Conditions: what was promised, how long something has held, since when a fact stands; one question each."""

import ast
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from sim.core.phrase import Phrase
from sim.effects import EFFECTS
from sim.exercise.exercise import Exercise
from sim.scenario.condition import Condition
from sim.world.talks import Promise
from tests.small import small_exercise

FOLDER = Path(__file__).resolve().parents[2] / "sim" / "effects"


def condition(**data: Any) -> Condition:
    return Condition.model_validate(data)


def promised(exercise: Exercise, *, kept: bool | None, told: bool) -> None:
    """Somebody gives their word on the only demand."""
    exercise.world.talks.promises.append(
        Promise(
            number=1, demand="heard", owner="GOV", given_tick=0, due_min=60.0, dated=True, within_authority=True,
            told_crowd=told, kept=kept,
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "told", "states"),
    [(None, False, {"given", "open"}), (None, True, {"given", "open", "told"}), (True, False, {"given", "kept"}),
     (False, True, {"given", "told", "broken"})],
)  # fmt: skip
def test_a_promise_is_asked_for_by_what_became_of_it(kept: bool | None, told: bool, states: set[str]) -> None:
    exercise = small_exercise()
    every = ("given", "open", "told", "kept", "broken")
    assert not any(condition(promise="heard", state=state).holds(exercise.world) for state in every)
    promised(exercise, kept=kept, told=told)
    assert states == {state for state in every if condition(promise="heard", state=state).holds(exercise.world)}


def test_what_has_to_hold_for_a_while_holds_once_it_has() -> None:
    lasting = {"metric": "present", "at_least": 1, "for_s": 5}
    exercise = small_exercise(win=[{"id": "there", "says": "x", "when": lasting}])
    asked = exercise.playbook.scenario.win[0].when
    held = []
    for _ in range(12):
        exercise.run_until(exercise.tick_now + 10)
        held.append(asked.holds(exercise.world))
    assert not held[0]
    assert held[-1]
    assert sorted(held) == held


def test_what_stops_holding_begins_anew() -> None:
    exercise = small_exercise()
    asked = condition(flag="calm", for_s=2)
    world = exercise.world
    world.flag("calm")
    asked.follow(world)
    world.flags.pop("calm")
    asked.follow(world)
    world.flag("calm")
    world.tick += 100
    assert not asked.holds(world)
    asked.follow(world)
    world.tick += 20
    assert asked.holds(world)


def test_a_fact_can_be_asked_for_while_it_is_fresh() -> None:
    world = small_exercise().world
    world.flag("calm")
    assert condition(flag="calm", within_min=1).holds(world)
    world.tick += 601
    assert not condition(flag="calm", within_min=1).holds(world)
    assert condition(flag="calm").holds(world)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"flag": "calm", "at_least": 1}, "at_least"),
        ({"metric": "arrests", "at_most": 1, "target": "square"}, "target"),
        ({"minute": True, "at_least": 1, "finished": True}, "finished"),
        ({"ordered": "hold", "state": "kept"}, "state"),
        ({"metric": "arrests", "at_least": 5, "at_most": 1}, "at_least"),
    ],
)
def test_a_key_that_would_say_nothing_is_refused_by_name(data: dict[str, Any], key: str) -> None:
    with pytest.raises(ValidationError) as caught:
        condition(**data)
    (error,) = caught.value.errors()
    said, hint, where = error["ctx"]["error"].args
    assert isinstance(said, Phrase)
    assert isinstance(hint, Phrase)
    assert (key,) == where


def flags_in(path: Path) -> list[str]:
    """Every flag a module makes true by name, what is filled in written as `*`."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "flag":
            for text in ast.walk(node.args[0]):
                if isinstance(text, ast.JoinedStr):
                    parts = [str(v.value) if isinstance(v, ast.Constant) else "*" for v in text.values]
                    found.append("".join(parts))
                elif isinstance(text, ast.Constant) and isinstance(text.value, str) and ":" not in text.value:
                    found.append(text.value)
    return [flag for flag in found if not flag.endswith("_")]


def test_every_effect_says_which_flags_it_raises() -> None:
    for kind in EFFECTS.values():
        path = FOLDER / f"{kind.__module__.rpartition('.')[2]}.py"
        for flag in flags_in(path):
            assert any(fnmatchcase(flag, known) for known in kind.raises), (path.name, flag)

"""Reasons of orders are said in words of both languages, whoever gave them."""

import ast
from pathlib import Path

import pytest

from sim.core.phrase import LText
from sim.exercise import reason
from sim.exercise.reason import called_after, called_in, reason_phrase
from sim.storage.language import speech
from tests.small import small_exercise

POST = LText("Men with sticks", "有人拿着棍子")
CALLED = called_after({"6": "relatives"}, {"poster": POST}, {"press": LText("What do we say?", "我们说什么？")}, POST)


@pytest.mark.parametrize(
    ("given", "en", "zh"),
    [
        ("", "", ""),
        ("somebody needs care", "somebody needs care", "有人需要救助"),
        ("answers message:58", "answers: Men with sticks", "回应：有人拿着棍子"),
        ("check before acting on signal:poster", "check before acting on it: Men with sticks",
         "先核实再行动：有人拿着棍子"),
        ("default of window:press", "nobody decided in time, so this was the default: What do we say?",
         "无人及时决定，执行默认选项：我们说什么？"),
        ("I saw signal:poster, {so} we go.", "I saw “Men with sticks”, {so} we go.",
         "I saw “有人拿着棍子”, {so} we go."),
        ("check before acting on signal:press", "check before acting on it: signal: press",
         "先核实再行动：线索：press"),
    ],
)  # fmt: skip
def test_a_reason_is_said_in_words(given: str, en: str, zh: str) -> None:
    said = reason_phrase(given, CALLED)
    assert (en, zh) == (speech("en")(said), speech("zh")(said))


def test_what_nobody_knows_any_more_is_called_by_its_kind() -> None:
    said = speech("en")(reason_phrase("owed: task:99", called_in(small_exercise().world)))
    assert "owed in the days after: a task of the days after" == said


def test_every_reason_of_the_automatic_players_is_known() -> None:
    given = set()
    for path in (Path(reason.__file__).parent / "player").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                given |= {
                    k.value.value for k in node.keywords if k.arg == "reason" and isinstance(k.value, ast.Constant)
                }
            if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 4:
                last = node.value.elts[3]
                given |= {last.value} if isinstance(last, ast.Constant) else set()
    assert len(given) > 20
    unknown = [each for each in given if speech("zh")(reason_phrase(str(each), CALLED)) == each]
    assert [] == unknown

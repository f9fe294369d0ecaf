"""Settings: each takes effect at once, is kept, and survives a file that makes no sense."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.desktop.key import COMMANDS, Keys
from sim.desktop.preference import Preferences
from sim.desktop.settings import Settings
from tests.desktop.hand import Hand, a_window


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    with a_window(tmp_path, monkeypatch) as found:
        found.click("settings")
        assert isinstance(found.page, Settings)
        yield found


def kept(hand: Hand) -> dict[str, object]:
    path = hand.desk.office.home / "preferences.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_the_theme_changes_at_once_and_is_kept(hand: Hand) -> None:
    hand.click("theme:light")
    assert hand.desk.paint.theme.name == "light"
    assert kept(hand)["theme"] == "light"


def test_the_language_changes_at_once_and_is_kept(hand: Hand) -> None:
    hand.click("language_choice:zh")
    assert hand.desk.voice.language == "zh"
    assert kept(hand)["language"] == "zh"


def test_the_strong_palette_and_the_projector_change_how_it_looks(hand: Hand) -> None:
    hand.click("palette:strong")
    assert hand.desk.paint.theme.ground == (0, 0, 0)
    hand.click("projector")
    assert hand.desk.paint.scale >= 1.5
    assert hand.desk.paint.theme.name == "light"


def test_the_size_changes_by_key_and_goes_back_to_automatic(hand: Hand) -> None:
    before = hand.desk.paint.scale
    hand.key("=", mod=64)
    assert hand.desk.paint.scale > before
    hand.click("automatic")
    assert hand.desk.paint.scale == before


def test_a_command_gets_another_key_and_the_other_one_gets_its_old(hand: Hand) -> None:
    hand.click("key:pause")
    hand.key("n")
    assert hand.desk.keys.of("pause") == "n"
    assert hand.desk.keys.of("needed") == "space"
    assert kept(hand)["keys"] == {"pause": "n", "needed": "space"}


def test_escape_leaves_a_key_as_it_is(hand: Hand) -> None:
    hand.click("key:pause")
    hand.key("escape")
    assert hand.desk.keys.of("pause") == "space"
    assert isinstance(hand.page, Settings), "it was not taken for the way back"


def test_everything_goes_back_to_what_it_was_at_first(hand: Hand) -> None:
    hand.click("theme:light")
    hand.click("key:pause")
    hand.key("n")
    hand.click("reset")
    assert hand.desk.paint.theme.name == "dark"
    assert hand.desk.keys.changed() == {}


def test_no_two_commands_of_one_page_share_a_usual_key() -> None:
    usual = [key for _, key in COMMANDS.values()]
    assert len(usual) == len(set(usual))


def test_a_key_that_is_swapped_twice_is_where_it_was() -> None:
    keys = Keys()
    keys.bind("pause", "n")
    keys.bind("pause", "space")
    assert keys.changed() == {}


@pytest.mark.parametrize(
    "nonsense",
    [{}, {"theme": 7}, {"scale": "large"}, {"scale": 99.0}, {"keys": {"fly": "x"}}, {"window": [1]}, {"sound": -3.0}],
)
def test_preferences_that_make_no_sense_take_their_usual_values(nonsense: dict[str, object]) -> None:
    found = Preferences.from_dict(nonsense)
    assert found.theme == "dark"
    assert found.scale == 0.0 or 0.75 <= found.scale <= 2.0
    assert 0.0 <= found.sound <= 1.0
    assert "fly" not in Keys(found.keys).changed()


def test_what_is_kept_is_read_back_the_same() -> None:
    wishes = Preferences(language="zh", theme="light", scale=1.2, keys={"pause": "n"}, window=(1200, 700))
    assert Preferences.from_dict(json.loads(json.dumps(wishes.as_dict()))) == wishes

"""The start page: what was done since it was left is there when somebody comes back to it."""

from pathlib import Path

import pytest

from sim.desktop.play import Play
from sim.desktop.start import Start
from tests.desktop.hand import a_window


@pytest.mark.parametrize("way", ["first", "scenario:first_steps"])
def test_a_run_is_on_the_start_page_whichever_button_it_was_begun_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    with a_window(tmp_path, monkeypatch) as hand:
        hand.click(way)
        hand.click("begin")
        hand.wait(lambda: isinstance(hand.page, Play))
        hand.run_to(0.5)
        hand.key("escape")
        hand.click("dialog:leave")
        page = hand.page
        assert isinstance(page, Start)
        hand.frame()
        assert [s.scenario for s in page.saved] == ["first_steps"]
        assert hand.has("continue")

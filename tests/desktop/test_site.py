"""The map: what it shows by itself."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.desktop.site import LEAST_VIEW_M, Scene
from tests.desktop.hand import Hand, a_window


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    with a_window(tmp_path, monkeypatch) as found:
        yield found


def a_few(scene: Scene, x: float, y: float) -> Scene:
    """Six people within a few metres."""
    six = np.arange(6, dtype=np.float32)
    return replace(scene, number=scene.number + 1, x=six + np.float32(x), y=six + np.float32(y),
                   look=np.zeros(6, np.int8), old=np.zeros(6, np.bool_))  # fmt: skip


def test_a_handful_of_people_seen_first_leave_the_rest_of_the_place_in_sight(hand: Hand) -> None:
    site = hand.begin().post.map
    hand.frame()
    rect = site.camera.rect
    site.draw(hand.desk.paint, rect, a_few(hand.play.post.scene, 20.0, 20.0))
    west, north = site.camera.metres(rect.left, rect.top)
    east, south = site.camera.metres(rect.right, rect.bottom)
    assert min(LEAST_VIEW_M[0], site.camera.width_m) <= east - west + 1e-6
    assert min(LEAST_VIEW_M[1], site.camera.height_m) <= north - south + 1e-6


def test_a_view_that_fits_shows_no_ground_outside_the_site_that_it_need_not(hand: Hand) -> None:
    camera = hand.begin().post.map.camera
    hand.frame()
    camera.width_m, camera.height_m = 1000.0, 1000.0
    camera.covered = 0
    for corner in (0.0, 900.0):
        camera.fit(corner, corner, corner + 100.0, corner + 100.0)
        west, north = camera.metres(camera.rect.left, camera.rect.top)
        east, south = camera.metres(camera.rect.left + 2 * (camera.rect.width / 2), camera.rect.bottom)
        assert min(west, south) >= -1.0
        assert max(east, north) <= 1001.0


def test_a_way_out_that_is_out_of_sight_is_named_with_the_direction_it_lies_in(hand: Hand) -> None:
    site = hand.begin().post.map
    hand.frame()
    ways_out = [p for p in site.words.scenario.site.places if p.exit_width_m]
    assert ways_out
    site.camera.fitted = False
    site.camera.scale, site.camera.x, site.camera.y = 40.0, -500.0, -500.0
    site.draw(hand.desk.paint, site.camera.rect, replace(hand.play.post.scene, number=99))
    named = [name for name, *_ in site._placed if site.words.place(ways_out[0].id) in name]
    assert named
    assert named[0][0] in "→↑"

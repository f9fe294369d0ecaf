"""Unit marks: however many units stand together, every plate can be read and pressed."""

from itertools import combinations

import numpy as np
import pygame
import pytest

from sim.desktop.camera import Camera
from sim.desktop.paint import Paint
from sim.desktop.theme import DARK
from sim.desktop.throng import Throng
from sim.desktop.type import Type
from sim.desktop.unit_marks import UnitMark, UnitMarks
from sim.storage.shipped import data_root

SCREEN = pygame.Rect(0, 0, 640, 480)


def throng(*spots: tuple[float, float]) -> Throng:
    pixels = np.array(spots, dtype=np.float32).reshape(-1, 2)
    return Throng.of(SCREEN, pixels[:, 0], pixels[:, 1])


NOBODY = throng()


@pytest.fixture
def paint() -> Paint:
    pygame.font.init()
    return Paint(pygame.Surface(SCREEN.size), DARK, Type(data_root() / "assets" / "font"), 1.0)


@pytest.fixture
def camera() -> Camera:
    found = Camera(100.0, 100.0)
    found.place(SCREEN)
    found.fit(0.0, 0.0, 100.0, 100.0)
    return found


def unit(name: str, x: float, y: float, activity: str = "") -> UnitMark:
    return UnitMark(id=name, code=name[:3], strength=4, x=x, y=y, activity=activity)


def laid_out(
    paint: Paint, camera: Camera, units: list[UnitMark], people: Throng = NOBODY, taken: tuple[pygame.Rect, ...] = ()
) -> UnitMarks:
    marks = UnitMarks()
    marks.lay_out(paint, camera, (1,), units, people, taken, "", lambda activity: activity)
    return marks


def plates(marks: UnitMarks) -> list[tuple[pygame.Rect, UnitMark]]:
    return [pair for block in marks.blocks for pair in block.plates]


@pytest.mark.parametrize("number", [1, 2, 7, 13, 33])
@pytest.mark.parametrize("spread", [0.0, 0.5, 6.0, 40.0])
def test_no_plate_lies_on_another_and_all_are_on_the_map(
    paint: Paint, camera: Camera, number: int, spread: float
) -> None:
    units = [unit(f"PAT-{k}", 50 + spread * (k % 6) / 6, 50 + spread * (k // 6) / 6) for k in range(number)]
    found = plates(laid_out(paint, camera, units))
    assert {u.id for u in units} == {u.id for _, u in found}
    assert all(SCREEN.contains(plate) for plate, _ in found)
    assert not [1 for (a, _), (b, _) in combinations(found, 2) if a.colliderect(b)]


def test_units_apart_have_a_plate_each(paint: Paint, camera: Camera) -> None:
    marks = laid_out(paint, camera, [unit("PAT-1", 20, 50), unit("MED-1", 80, 50)])
    assert 2 == len(marks.blocks)


def test_a_plate_can_be_pressed_and_stands_for_its_unit(paint: Paint, camera: Camera) -> None:
    marks = laid_out(paint, camera, [unit(f"PAT-{k}", 50, 50) for k in range(7)])
    for plate, mark in plates(marks):
        assert mark is marks.at(plate.center)
    assert marks.at((3, 3)) is None


def test_a_block_keeps_clear_of_the_crowd_and_of_what_is_taken(paint: Paint, camera: Camera) -> None:
    x, y = camera.at(50.0, 50.0)
    people = throng(*((x + dx, y - dy) for dx in range(-42, 43, 6) for dy in range(0, 90, 6)))
    taken = pygame.Rect(round(x) - 80, round(y) + 6, 160, 60)
    marks = laid_out(paint, camera, [unit("PAT-1", 50, 50)], people, (taken,))
    box = marks.blocks[0].box
    assert 0 == people.under(box)
    assert not box.colliderect(taken)


def test_a_block_stays_where_it_is_while_its_units_hardly_move(paint: Paint, camera: Camera) -> None:
    marks = UnitMarks()
    sides = set()
    x, y = camera.at(50.0, 50.0)
    for step in range(12):
        # Two more people now above, now below: no reason to jump from side to side.
        people = throng(*[(x, y - 15 if step % 2 else y + 15)] * 2)
        marks.lay_out(paint, camera, (step,), [unit("PAT-1", 50, 50)], people, (), "", str)
        sides.add(marks.blocks[0].box.y > y)
    assert 1 == len(sides)


def test_what_a_unit_alone_does_stands_by_its_plate_and_of_several_only_what_the_chosen_one_does(
    paint: Paint, camera: Camera
) -> None:
    assert ("talk", True) == _label(laid_out(paint, camera, [unit("LIA-1", 50, 50, "talk")]))
    two = [unit("LIA-1", 50, 50, "talk"), unit("PAT-1", 50, 50, "stand")]
    assert ("", False) == _label(laid_out(paint, camera, two))
    marks = UnitMarks()
    marks.lay_out(paint, camera, (1,), two, NOBODY, (), "PAT-1", str)
    assert ("stand", True) == _label(marks)


def _label(marks: UnitMarks) -> tuple[str, bool]:
    label = marks.blocks[0].label
    return (label[0], not label[1].colliderect(marks.blocks[0].box)) if label is not None else ("", False)


def test_a_throng_counts_the_people_under_a_rectangle() -> None:
    found = throng((10, 10), (10, 10), (100, 50), (639, 479), (-20, 30))
    assert 2 == found.under(pygame.Rect(0, 0, 20, 20))
    assert 1 == found.under(pygame.Rect(90, 40, 20, 20))
    assert 0 == found.under(pygame.Rect(200, 200, 100, 100))
    assert 4 == found.under(SCREEN)
    assert 0 == found.under(pygame.Rect(-90, 0, 80, 60))

"""Themes: text can be read on everything it stands on, and no meaning is lost to those who see colours differently."""

from itertools import combinations

import pytest

from sim.desktop.site import LOOK_SHAPES
from sim.desktop.strip import STATE_SHAPES
from sim.desktop.theme import PALETTES, Colour, Theme, contrast

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
VISION = {
    "usual": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
THEMES = pytest.mark.parametrize("theme", PALETTES.values(), ids=["-".join(k) for k in PALETTES])


def linear(colour: Colour) -> list[float]:
    parts = [c / 255.0 for c in colour]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def lab(colour: Colour, vision: str) -> tuple[float, float, float]:
    rgb = linear(colour)
    r, g, b = (max(0.0, min(1.0, sum(m * c for m, c in zip(row, rgb, strict=True)))) for row in VISION[vision])
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: Colour, other: Colour, vision: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one, vision), lab(other, vision), strict=True)) ** 0.5


@THEMES
@pytest.mark.parametrize("ground", ["ground", "panel", "raised", "hover"])
@pytest.mark.parametrize("ink", ["text", "muted"])
def test_text_can_be_read_on_whatever_it_stands_on(theme: Theme, ground: str, ink: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@THEMES
@pytest.mark.parametrize("ink", ["accent", "good", "warn", "bad", "officers"])
@pytest.mark.parametrize("ground", ["panel", "raised"])
def test_coloured_words_can_be_read_on_panels(theme: Theme, ground: str, ink: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@THEMES
def test_words_on_filled_buttons_can_be_read(theme: Theme) -> None:
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.on_accent, theme.officers) >= 4.5
    assert contrast(theme.on_bad, theme.bad) >= 4.5
    assert contrast(theme.ground, theme.text) >= 4.5


@THEMES
@pytest.mark.parametrize("mark", ["calm", "agitated", "confronting", "officers", "good", "warn", "bad"])
def test_marks_stand_out_from_the_ground(theme: Theme, mark: str) -> None:
    assert contrast(getattr(theme, mark), theme.ground) >= 3.0


@THEMES
@pytest.mark.parametrize("vision", VISION)
def test_people_and_officers_are_told_apart_by_every_kind_of_eye(theme: Theme, vision: str) -> None:
    marks = (theme.calm, theme.agitated, theme.confronting, theme.officers)
    assert min(distance(a, b, vision) for a, b in combinations(marks, 2)) >= 20.0


def test_each_look_and_each_state_has_a_shape_of_its_own() -> None:
    assert len(set(LOOK_SHAPES.values())) == len(LOOK_SHAPES)
    assert len(set(STATE_SHAPES.values())) == len(STATE_SHAPES)

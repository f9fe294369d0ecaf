"""Camera: which part of the site is on screen and how large."""

import math
from dataclasses import dataclass

import numpy as np
import pygame
from numpy.typing import NDArray

CLOSEST = 60.0
"""Pixels for a metre at most."""


@dataclass(slots=True)
class Camera:
    """North is up. Give it the rectangle of the map before asking for points."""

    width_m: float
    height_m: float
    x: float = 0.0
    """Middle of the view, m."""
    y: float = 0.0
    scale: float = 1.0
    """Pixels for a metre."""
    rect: pygame.Rect = None  # type: ignore[assignment]  # given before the first use
    covered: int = 0
    """So many pixels at its right edge lie under buttons: what is fitted keeps clear of them."""
    fitted: bool = True
    """True while nobody has moved it by hand, so that it may follow."""

    def place(self, rect: pygame.Rect, *, covered: int = 0) -> None:
        """The map has this rectangle now, with buttons over so much of its right edge."""
        self.rect, self.covered = rect, covered

    def fit(self, west: float, south: float, east: float, north: float) -> None:
        """Shows all of this part of the site, and no more of what lies outside the site than it must."""
        wide, high = max(1.0, east - west), max(1.0, north - south)
        free = max(1, self.rect.width - self.covered)
        self.scale = min(CLOSEST, free / wide, self.rect.height / high)
        x = _inside((west + east) / 2, free / self.scale, self.width_m)
        self.x = x + (self.rect.width - free) / 2 / self.scale
        self.y = _inside((south + north) / 2, self.rect.height / self.scale, self.height_m)

    def zoom(self, steps: float, at: tuple[int, int] | None = None) -> None:
        """Closer, or farther when negative; what lies under `at` stays where it is."""
        spot = at or self.rect.center
        x, y = self.metres(*spot)
        least = 0.5 * min(self.rect.width / self.width_m, self.rect.height / self.height_m)
        self.scale = max(least, min(CLOSEST, self.scale * math.pow(1.2, steps)))
        nx, ny = self.metres(*spot)
        self._move_to(self.x + x - nx, self.y + y - ny)

    def pan(self, dx: float, dy: float) -> None:
        """Moves the picture by so many pixels."""
        self._move_to(self.x - dx / self.scale, self.y + dy / self.scale)

    def _move_to(self, x: float, y: float) -> None:
        self.fitted = False
        self.x = max(0.0, min(self.width_m, x))
        self.y = max(0.0, min(self.height_m, y))

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Pixel of a point of the site."""
        return (
            self.rect.centerx + (x - self.x) * self.scale,
            self.rect.centery - (y - self.y) * self.scale,
        )

    def pixels(self, x: NDArray[np.float32], y: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Pixels of many points of the site."""
        return (
            self.rect.centerx + (x - np.float32(self.x)) * np.float32(self.scale),
            self.rect.centery - (y - np.float32(self.y)) * np.float32(self.scale),
        )

    def metres(self, px: float, py: float) -> tuple[float, float]:
        """Point of the site under a pixel."""
        return (
            self.x + (px - self.rect.centerx) / self.scale,
            self.y - (py - self.rect.centery) / self.scale,
        )

    @property
    def key(self) -> tuple[float, ...]:
        """Changes when the picture of the ground changes."""
        return (self.x, self.y, self.scale, *self.rect)


def _inside(middle: float, shown: float, length: float) -> float:
    """The middle of a view nearest to `middle` that stays on the site; the site's own middle when all of it is seen."""
    return length / 2 if shown >= length else max(shown / 2, min(length - shown / 2, middle))

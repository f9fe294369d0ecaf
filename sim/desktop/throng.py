"""Throng: how many people a rectangle of the map would hide, looked up in a table instead of counted each time."""

from dataclasses import dataclass

import numpy as np
import pygame
from numpy.typing import NDArray

CELL_PX = 6


@dataclass(frozen=True, slots=True, eq=False)
class Throng:
    """Sums over all cells left of and above each corner: four of them give any rectangle (a summed-area table)."""

    rect: pygame.Rect
    sums: list[list[int]]
    """Row by row; plain lists, which are quicker to look single numbers up in."""

    @classmethod
    def of(cls, rect: pygame.Rect, x: NDArray[np.float32], y: NDArray[np.float32]) -> "Throng":
        """People at these pixels; those outside the rectangle do not count."""
        wide, high = rect.width // CELL_PX + 1, rect.height // CELL_PX + 1
        column = np.floor((x - rect.left) / CELL_PX).astype(np.int64)
        row = np.floor((y - rect.top) / CELL_PX).astype(np.int64)
        inside = (column >= 0) & (column < wide) & (row >= 0) & (row < high)
        counts = np.bincount(row[inside] * wide + column[inside], minlength=wide * high).reshape(high, wide)
        sums = np.zeros((high + 1, wide + 1), dtype=np.int64)
        np.cumsum(np.cumsum(counts, axis=0), axis=1, out=sums[1:, 1:])
        return cls(rect.copy(), sums.tolist())

    def under(self, box: pygame.Rect) -> int:
        """How many lie under a rectangle, to the next cell of `CELL_PX` pixels outwards."""
        high, wide = len(self.sums), len(self.sums[0])
        left = max(0, min(wide - 1, (box.left - self.rect.left) // CELL_PX))
        top = max(0, min(high - 1, (box.top - self.rect.top) // CELL_PX))
        right = max(0, min(wide - 1, -(-(box.right - self.rect.left) // CELL_PX)))
        bottom = max(0, min(high - 1, -(-(box.bottom - self.rect.top) // CELL_PX)))
        above, below = self.sums[top], self.sums[bottom]
        return below[right] - above[right] - below[left] + above[left]

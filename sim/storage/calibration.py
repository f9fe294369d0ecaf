"""Calibration: stated risks against what came of them, as the dots and lines of a picture, with the Brier score."""

from collections.abc import Sequence
from typing import Any

from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.measures.risk_estimates import Estimate
from sim.storage.account import clock

WIDTH, LEFT, RIGHT = 560.0, 150.0, 24.0
ROW = 34.0
CHANCE = 0.25
"""What always saying 50 % earns."""
ENDS = {True: Phrase("it happened"), False: Phrase("nothing happened")}


def calibration(cases: Sequence[Estimate], say: Speech) -> dict[str, Any] | None:
    """Two rows on one axis from 0 to 100 %: each stated risk a dot, its miss a line to the end it should have had.

    None where nobody was asked.
    """
    if not cases:
        return None
    rows = []
    y = 8.0
    for happened in (True, False):
        mine = [case for case in cases if case.happened == happened]
        levels = _levels([_x(case.stated) for case in mine])
        high = ROW + 16.0 * max(levels, default=0)
        rows.append(
            {
                "name": say(ENDS[happened]),
                "y": y,
                "height": high,
                "goal": _x(1.0 if happened else 0.0),
                "dots": [
                    {
                        "x": _x(case.stated),
                        "y": y + ROW / 2 + 16.0 * level,
                        "text": clock(case.minute),
                        "said": case.said,
                        "flip": case.stated > 0.85,
                    }
                    for case, level in zip(mine, levels, strict=True)
                ],
            }
        )
        y += high
    brier = sum(case.error for case in cases) / len(cases)
    return {
        "width": WIDTH,
        "height": y + 22.0,
        "bottom": y,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "ticks": [{"x": _x(share), "text": f"{share:.0%}"} for share in (0.0, 0.25, 0.5, 0.75, 1.0)],
        "rows": rows,
        "brier": f"{brier:.3f}",
        "better": brier < CHANCE,
        "cases": [
            {
                "at": clock(case.minute),
                "stated": f"{case.stated:.0%}",
                "said": case.said,
                "happened": say(ENDS[case.happened]),
                "error": f"{case.error:.3f}",
            }
            for case in cases
        ],
    }


def _x(share: float) -> float:
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _levels(positions: Sequence[float], gap: float = 56.0) -> list[int]:
    """For each dot the line it can stand in without its time touching another."""
    ends: list[list[float]] = []
    levels = []
    for x in positions:
        level = next((k for k, row in enumerate(ends) if all(abs(x - other) >= gap for other in row)), len(ends))
        if level == len(ends):
            ends.append([])
        ends[level].append(x)
        levels.append(level)
    return levels

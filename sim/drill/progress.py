"""Progress: a squad's drills over weeks - lateness, score, costs and calibration, each with its trend.

A trend is told from at least four drills, and only where it is no matter of chance: the test is Mann and Kendall's, the
slope Sen's, the median of the slopes between all pairs (Mann, "Nonparametric tests against trend", Econometrica 13,
1945; Sen, "Estimates of the regression coefficient based on Kendall's tau", Journal of the American Statistical
Association 63, 1968). One drill is held against the same drill only: another one is harder or easier.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any

from sim.drill.card import Card
from sim.drill.cost import COSTS, UNSURE

ALONE = "alone"
"""Squad of somebody who drills by themselves."""
LEAST = 4
"""Drills from which on a trend is looked for: from fewer the test can find none."""
SURE = 1.645
"""Standard normal at 95 %, so of ten rows without any reason one shows a trend, up or down (assumed: enough here)."""
BETTER, WORSE, NONE = "better", "worse", "none"


@dataclass(frozen=True, slots=True)
class Played:
    """One drill a squad has played."""

    when: str
    squad: str
    drill: str
    came: int
    answered: int
    in_time: int
    late_s: float | None
    """Mean seconds beyond what somebody experienced needs; None where nothing was to be decided."""
    score: float | None
    cost: float | None
    """Points all decisions cost that surely cost something; None while no review has told any."""
    untold: int
    """Decisions of which the review cannot tell what they cost, or has not."""
    brier: float | None
    """Of those who looked on, over all they predicted of the crowd."""
    picks: float | None
    """The same over the answers they picked."""

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {name: getattr(self, name) for name in self.__slots__}


MEASURES: dict[str, tuple[Callable[[Played], float | None], bool]] = {
    "late_s": (lambda played: played.late_s, False),
    "score": (lambda played: played.score, True),
    "cost": (lambda played: played.cost, False),
    "brier": (lambda played: played.brier, False),
    "picks": (lambda played: played.picks, False),
}
"""By name: where it stands, and whether more of it is better."""


@dataclass(frozen=True, slots=True)
class Trend:
    """How one measure went from drill to drill."""

    values: tuple[float, ...]
    """Where it is known, the oldest first."""
    slope: float
    """So much a drill; 0 where there are fewer than two."""
    says: str
    """`better` or `worse`; `none` where it may be chance, or there are too few to tell."""

    def as_dict(self) -> dict[str, object]:
        """JSON-able form."""
        return {"values": [round(v, 4) for v in self.values], "slope": round(self.slope, 4), "says": self.says}


def priced(card: Card, picks: Mapping[str, tuple[float, int]]) -> dict[str, object]:
    """What a review adds to a result: of a card with its costs, and of the Brier scores of those who looked on."""
    told = [line.cost for line in card.lines if line.cost is not None]
    sure = [cost for cost in told if cost.standing != UNSURE]
    closed = sum(line.status in {"answered", "expired"} for line in card.lines)
    points = math.fsum(cost.points for cost in sure if cost.standing == COSTS)
    return {"cost": round(points, 1) if sure else None, "untold": closed - len(sure), "picks": pooled(picks)}


def named(squad: str) -> bool:
    """True for a squad somebody has named: a letter alone is anybody's."""
    return len(squad) > 1 and squad != ALONE


def pooled(scores: Mapping[str, tuple[float, int]]) -> float | None:
    """The mean over everything anybody predicted, from means and how many each is of."""
    number = sum(count for _, count in scores.values())
    return round(math.fsum(mean * count for mean, count in scores.values()) / number, 4) if number else None


def played(lines: Iterable[Mapping[str, Any]]) -> list[Played]:
    """The drills of a file of results, as they were played; what a later line says of an earlier one is taken in.

    Lines that are neither are passed over.
    """
    kept = [line for line in lines if isinstance(line.get("lines"), list) or "of" in line]
    later = {str(line["of"]): line for line in kept if "of" in line}
    return [_played(line, later.get(str(line.get("link", "")), {})) for line in kept if "of" not in line]


def _played(line: Mapping[str, Any], later: Mapping[str, Any]) -> Played:
    decisions = [each for each in line["lines"] if isinstance(each, dict)]
    closed = [each for each in decisions if each.get("status") in {"answered", "expired"}]
    late = [seconds for each in closed if (seconds := _late(each)) is not None]
    return Played(
        when=str(line.get("when", "")),
        squad=str(line.get("squad", "")),
        drill=str(line.get("drill", "")),
        came=round(_number(line.get("came")) or 0.0),
        answered=round(_number(line.get("answered")) or 0.0),
        in_time=round(_number(line.get("in_time")) or 0.0),
        late_s=fmean(late) if late else None,
        score=_number(line.get("score")),
        cost=_number(later.get("cost")),
        untold=round(_number(later.get("untold")) or 0.0) if later else len(closed),
        brier=_number(line.get("brier")),
        picks=_number(later.get("picks")),
    )


def _late(decision: Mapping[str, Any]) -> float | None:
    """Seconds beyond what somebody experienced needs.

    What ran out counts with its whole countdown: nobody had answered by then, so it was at least so late.
    """
    late, whole, expert = (_number(decision.get(name)) for name in ("late_s", "countdown_s", "expert_s"))
    if late is not None or whole is None or expert is None:
        return late
    return max(0.0, whole - expert)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def trends(drills: Sequence[Played]) -> dict[tuple[str, str], dict[str, Trend]]:
    """By squad and drill, how each measure went that is known of any of them."""
    groups: dict[tuple[str, str], list[Played]] = {}
    for each in drills:
        groups.setdefault((each.squad, each.drill), []).append(each)
    found = {}
    for key, group in groups.items():
        measured = {name: [v for v in map(read, group) if v is not None] for name, (read, _) in MEASURES.items()}
        found[key] = {name: trend(v, more_is_better=MEASURES[name][1]) for name, v in measured.items() if v}
    return found


def trend(values: Sequence[float], *, more_is_better: bool) -> Trend:
    """The trend of values, the oldest first."""
    pairs = [(values[j] - values[i], j - i) for j in range(len(values)) for i in range(j)]
    slope = median(rise / apart for rise, apart in pairs) if pairs else 0.0
    up = sum((rise > 0.0) - (rise < 0.0) for rise, _ in pairs)
    n = len(values)
    spread = math.sqrt(n * (n - 1) * (2 * n + 5) / 18.0)
    if n < LEAST or abs(up) - 1 < SURE * spread:
        return Trend(tuple(values), slope, NONE)
    return Trend(tuple(values), slope, BETTER if (up > 0) == more_is_better else WORSE)

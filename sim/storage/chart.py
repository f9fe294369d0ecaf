"""Chart: the minutes of a run from left to right, worked out as the paths and words a template draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.seat.words import listed
from sim.storage.account import GROUPS, RULINGS, STATES, STATUSES, TRUTHS, Account, InjectRow, clock

WIDTH = 960.0
LEFT, RIGHT = 164.0, 70.0
"""Room for the names of rows and for the last values of curves."""
ROW = 20.0
SEVERITIES = {"minor": Phrase("minor injury"), "serious": Phrase("serious injury"), "fatal": Phrase("death")}
DOTS = {
    "minor": "m-4 0h8m-4 -4v8",
    "serious": "m-6 0h12m-6 -6v12",
    "fatal": "m-7 -7l14 14m0 -14l-14 14",
}
"""Marks of injuries: the worse, the larger."""
SHAPES = {
    "true": "m-9.5 0a9.5 9.5 0 1 0 19 0a9.5 9.5 0 1 0 -19 0z",
    "false": "m0 -11.5l11.5 11.5l-11.5 11.5l-11.5 -11.5z",
    "unclear": "m-8.5 -8.5h17v17h-17z",
}
"""Marks of injects by whether they are true: a circle, a diamond, a square."""
ORDERS = {
    "lawful": "m-4.5 -4.5h9v9h-9z",
    "marked": "m0 -7l7 7l-7 7l-7 -7z",
    "refused": "m-4 -4l8 8m0 -8l-8 8",
}
"""Marks of orders by their ruling: a square, a diamond, a cross."""


@dataclass(frozen=True, slots=True)
class Axis:
    """How minutes are laid across the page."""

    first: float
    last: float

    def x(self, minute: float) -> float:
        """Where a minute is, to a tenth."""
        share = (minute - self.first) / max(1e-9, self.last - self.first)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1) + 0.0

    def ticks(self) -> list[dict[str, Any]]:
        """Round minutes, at most about a dozen."""
        step = next((s for s in (1, 2, 5, 10, 15, 30, 60, 120) if (self.last - self.first) / s <= 13), 240)
        first = int(-(-self.first // step)) * step
        last = int(self.last // step) * step
        return [{"x": self.x(m), "text": str(m)} for m in range(first, last + 1, step)]


def timeline_chart(account: Account, say: Speech) -> dict[str, Any]:
    """Everything the timeline's template draws: rows from top to bottom on one axis of minutes."""
    axis = Axis(account.start_min, max(account.end_min, account.start_min + 1.0))
    rows: list[dict[str, Any]] = []
    y = 14.0
    for add in (_inject_row, _state_row, _order_rows, _harm_rows):
        added = add(account, axis, say)
        for row in added:
            row["y"] = round(y, 1)
            y += row["height"]
        rows += added
        y += 10.0 if added else 0.0
    curves = _curves(account, axis, say)
    for curve in curves:
        curve["y"] = round(y + 14.0, 1)
        y += curve["height"] + 30.0
    return {
        "width": WIDTH,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "rows": rows,
        "curves": curves,
        "bottom": round(y, 1),
        "height": round(y + 44.0, 1),
        "ticks": axis.ticks(),
        "legend": _legend(say),
        "axis": say("scenario minute"),
        "title": say("The run over its minutes"),
        "describes": _describe(account, say),
    }


def _describe(account: Account, say: Speech) -> str:
    states = listed(say, (f"{clock(a)} {say(STATES[state])}" for a, _, state in account.states()))
    return say(
        "From minute {first:.0f} to {last:.0f}: {injects} injects, {orders} orders. States of the crowd: {states}.",
        first=account.start_min,
        last=account.end_min,
        injects=len(account.injects),
        orders=len(account.decisions),
        states=states or say("none recorded"),
    )


def _legend(say: Speech) -> list[dict[str, Any]]:
    """What the signs of the rows mean, so that no meaning rests on a colour alone."""
    signs = {
        "injects": [
            *((SHAPES[truth], "inject", words) for truth, words in TRUTHS.items()),
            *((SHAPES["true"], f"inject {status}", STATUSES[status]) for status in ("handled", "missed")),
        ],
        "Decisions": [(ORDERS[ruling], f"order {ruling}", words) for ruling, words in RULINGS.items()],
        "injuries": [(DOTS[severity], "injury", words) for severity, words in SEVERITIES.items()],
    }
    return [
        {"name": say(name), "signs": [{"path": path, "class": css, "text": say(words)} for path, css, words in row]}
        for name, row in signs.items()
    ]


def _levels(positions: Sequence[float], gap: float) -> list[int]:
    """For marks from left to right the row each can stand in without touching its neighbour."""
    ends: list[float] = []
    levels = []
    for x in positions:
        level = next((k for k, end in enumerate(ends) if x - end >= gap), len(ends))
        if level == len(ends):
            ends.append(x)
        ends[level] = x
        levels.append(level)
    return levels


def _inject_row(account: Account, axis: Axis, say: Speech) -> list[dict[str, Any]]:
    shown = [row for row in account.injects if row.minute <= account.end_min]
    if not shown:
        return []
    xs = [axis.x(row.minute) for row in shown]
    levels = _levels(xs, 23.0)
    marks = [
        {
            "x": x,
            "y": 13.0 + 24.0 * level,
            "path": SHAPES[row.truth],
            "class": f"inject {row.status}",
            "text": str(row.number),
            "title": _inject_title(row, say),
        }
        for row, x, level in zip(shown, xs, levels, strict=True)
    ]
    return [{"name": say("injects"), "name_y": 17, "height": 24.0 * (max(levels) + 1) + 4.0, "marks": marks}]


def _inject_title(row: InjectRow, say: Speech) -> str:
    return f"{row.number}. {row.at} {row.text} ({say(TRUTHS[row.truth])}; {say(STATUSES[row.status])})"


def _state_row(account: Account, axis: Axis, say: Speech) -> list[dict[str, Any]]:
    spans = account.states()
    rows = []
    for state in sorted({s for _, _, s in spans}):
        bars = [
            {
                "x": axis.x(a),
                "width": round(max(1.0, axis.x(b) - axis.x(a)), 1),
                "title": f"{say(STATES[state])}: {clock(a)} - {clock(b)}",
            }
            for a, b, s in spans
            if s == state
        ]
        name = say("crowd: {state}", state=say(STATES[state]))
        rows.append({"name": name, "height": 15.0, "bars": bars, "class": f"state s{state}"})
    return rows


def _order_rows(account: Account, axis: Axis, say: Speech) -> list[dict[str, Any]]:
    rows = []
    for group, name in GROUPS.items():
        mine = [row for row in account.decisions if row.group == group and row.minute <= account.end_min]
        if not mine:
            continue
        marks = [
            {
                "x": axis.x(row.minute),
                "y": ROW / 2,
                "path": ORDERS[row.ruling],
                "class": f"order {row.ruling}",
                "title": f"{row.at} {row.code} {row.title} ({say(RULINGS[row.ruling])})",
            }
            for row in mine
        ]
        rows.append({"name": say(name), "height": ROW, "marks": marks})
    return rows


def _harm_rows(account: Account, axis: Axis, say: Speech) -> list[dict[str, Any]]:
    deeds: dict[int, int] = {}
    for entry in account.of("consequence", "deed"):
        minute = int(account.minute(entry.tick) // 1)
        deeds[minute] = deeds.get(minute, 0) + 1
    most = max(deeds.values(), default=1)
    bars = [
        {
            "x": axis.x(minute),
            "width": max(1.5, round(axis.x(minute + 1) - axis.x(minute) - 0.4, 1)),
            "share": round(max(0.12, count / most), 3),
            "title": say("violent acts in minute {minute}: {count}", minute=minute, count=count),
        }
        for minute, count in sorted(deeds.items())
    ]
    injuries = [
        {
            "x": axis.x(account.minute(e.tick)),
            "y": ROW / 2,
            "path": DOTS[str(e.data["severity"])],
            "class": "injury",
            "title": f"{clock(account.minute(e.tick))} {say(SEVERITIES[str(e.data['severity'])])}",
        }
        for e in account.of("consequence", "injury")
    ]
    arrests = [
        {
            "x": axis.x(account.minute(e.tick)),
            "y": ROW / 2,
            "path": ORDERS["lawful"],
            "class": "arrest" if e.data["evidence"] else "arrest without",
            "title": _arrest_title(account.minute(e.tick), say, evidence=bool(e.data["evidence"])),
        }
        for e in account.of("consequence", "arrest")
    ]
    none = say("none")
    return [
        {"name": say("violent acts"), "height": 30.0, "columns": bars, "none": "" if bars else none},
        {"name": say("injuries"), "height": ROW, "marks": injuries, "none": "" if injuries else none},
        {"name": say("arrests"), "height": ROW, "marks": arrests, "none": "" if arrests else none},
    ]


def _arrest_title(minute: float, say: Speech, *, evidence: bool) -> str:
    what = say("arrest with evidence of an offence") if evidence else say("arrest without evidence of an offence")
    return f"{clock(minute)} {what}"


def _curves(account: Account, axis: Axis, say: Speech) -> list[dict[str, Any]]:
    present = account.series("participants")
    if len(present) < 2:
        return []
    most = max(value for _, value in present)
    top = next((t for t in (50, 100, 200, 300, 500, 800, 1000, 1500, 2000, 5000, 10000) if t >= most), 20000)
    people = _line(present, axis, 84.0, float(top))
    people["class"] = "people"
    people["label"] = f"{present[-1][1]:.0f}"
    people["fill"] = f"{people['path']}L{axis.x(present[-1][0])} 84L{axis.x(present[0][0])} 84Z"
    here = {minute for minute, value in present if value >= 1}
    feelings = []
    for name, shown, css in (("legitimacy", say("legitimacy"), "legitimacy"), ("anger", say("anger"), "anger")):
        points = [point for point in account.series(name) if point[0] in here]
        if points:
            line = _line(points, axis, 100.0, 1.0)
            line |= {"class": css, "label": shown}
            feelings.append(line)
    _spread(feelings)
    panels = [
        {
            "name": say("participants present"),
            "height": 84.0,
            "scale": [(0.0, str(top)), (42.0, f"{top / 2:.0f}"), (84.0, "0")],
            "lines": [people],
        }
    ]
    if feelings:
        panels.append(
            {
                "name": say("mean of those present, 0 to 1"),
                "height": 100.0,
                "scale": [(0.0, "1"), (50.0, "0.5"), (100.0, "0")],
                "lines": feelings,
            }
        )
    return panels


def _line(points: Sequence[tuple[float, float]], axis: Axis, height: float, top: float) -> dict[str, Any]:
    places = [(axis.x(minute), round(height * (1.0 - value / top), 1) + 0.0) for minute, value in points]
    path = "M" + "L".join(f"{x} {y}" for x, y in places)
    return {"path": path, "x": places[-1][0], "at": places[-1][1], "label_y": places[-1][1] + 4.0}


def _spread(lines: list[dict[str, Any]]) -> None:
    """Moves two labels apart that would be written over each other."""
    if len(lines) == 2 and abs(lines[0]["at"] - lines[1]["at"]) < 16.0:
        upper, lower = sorted(lines, key=lambda line: float(line["at"]))
        middle = (upper["at"] + lower["at"]) / 2
        upper["label_y"], lower["label_y"] = round(middle - 4.0, 1), round(middle + 12.0, 1)

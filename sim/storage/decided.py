"""Decided: the review of a run as rows, intervals and curves that a page can draw."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.exercise.snapshot import Snapshot
from sim.review import Alternative, Moment, Review
from sim.review.estimate import Estimate
from sim.review.futures import Futures
from sim.seat.judgement import (
    STOPPED,
    beside,
    best_moments,
    costly_moments,
    explained,
    gained,
    how_far,
    judgement,
    mean_difference,
    meaning_of,
    regret_of,
    said_of,
    to_try,
)
from sim.seat.parting import seen_there, where_they_part
from sim.seat.variation import variation
from sim.seat.words import running
from sim.storage.account import Account, clock
from sim.storage.chart import Axis
from sim.storage.picture import HALF, map_picture, view_of
from sim.world.order import HOLD, Order

Rows: TypeAlias = Sequence[Sequence[float]]
"""A mean future: its figures minute by minute."""
SPANS = (5.0, 10.0, 20.0, 30.0, 50.0, 75.0, 100.0)
BAR, BAR_HIGH = 220.0, 26.0
"""Size of the axis an interval is drawn on."""
CURVE, CURVE_HIGH = 300.0, 96.0
COLUMNS = (
    (1, Phrase("loud or worse")),
    (2, Phrase("people hurt")),
    (3, Phrase("people per m²")),
)
"""What of a mean future is drawn, by its column."""
WORTH_HIGH = 150.0
TONES = {"great": "good", "sound": "good", "imprecise": "warn", "poor": "warn", "serious": "bad", "unlawful": "bad"}
SIGNS = {
    "great": "m0 -6l6 11h-12z",
    "sound": "m-5 0l4 4l7 -8",
    "imprecise": "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0",
    "poor": "m0 -6l6 6l-6 6l-6 -6z",
    "serious": "m0 6l6 -11h-12z",
    "unlawful": "m-5 -5l10 10m0 -10l-10 10",
}
"""A shape for each verdict, so that no meaning rests on a colour alone; what is none has three dots."""
DOTS = "m-6 0h1m4 0h1m4 0h1"


def decided(account: Account, review: Review, futures: Mapping[int, Futures], say: Speech) -> dict[str, Any]:
    """Everything the templates draw of a review."""
    best, costly = best_moments(review), costly_moments(review)
    attempt = to_try(review)
    rows = {moment.number: _row(account, moment, say) for moment in review.moments}
    for moment in (*best, *costly):
        pair = futures.get(moment.number)
        rows[moment.number]["futures"] = _futures(account, moment, pair, say)
    return {
        "rows": list(rows.values()),
        "best": [rows[moment.number] for moment in best],
        "costly": [rows[moment.number] for moment in costly],
        "attempt": None if attempt is None else _attempt(account, attempt, say),
        "worth": worth_chart(account, review, say),
        "skill": review.ledger.skill if review.ledger is not None else None,
        "luck": review.ledger.luck if review.ledger is not None else None,
        "hand": review.ledger.intervention if review.ledger is not None else None,
        "initial": review.ledger.initial if review.ledger is not None else None,
        "final": review.ledger.final if review.ledger is not None else None,
        "complete": review.complete,
        "reviewed": len(review.moments),
        "decisions": review.decisions,
        "continuations": review.continuations,
        "horizon": review.effort.horizon_min,
        "listed": review.effort.alternatives,
        "how_far": say(how_far(review)),
        "most": review.effort.most,
        "reproduces": all(moment.reproduces for moment in review.moments),
    }


def _named(account: Account, moment: Moment, k: int, say: Speech) -> str:
    """An alternative with its aim, and with what tells it from another of the same aim."""
    what, differs = act(account, moment.alternatives[k].order, say), variation(account.words, moment.alternatives, k)
    return say("{text} ({note})", text=what, note=differs) if differs else what


def act(account: Account, order: Order | None, say: Speech) -> str:
    """What was or could have been ordered, with its aim."""
    name = account.name(HOLD if order is None else order.response)
    if order is None or not order.target:
        return name
    return say("{order}: {place}", order=name, place=account.name(order.target))


def _row(account: Account, moment: Moment, say: Speech) -> dict[str, Any]:
    span = _span(moment)
    order = sorted(range(1, len(moment.alternatives)), key=lambda k: -mean_difference(moment.alternatives[k]))
    done = say("nothing was ordered") if moment.order is None else act(account, moment.order, say)
    return {
        "number": moment.number,
        "at": clock(moment.minute),
        "done": done,
        "verdict": said_of(say, moment),
        "tone": TONES.get(moment.verdict, ""),
        "sign": SIGNS.get(moment.verdict, DOTS),
        "explained": meaning_of(say, moment),
        "trials": moment.trials,
        "settled": moment.settled,
        "regret": f"{regret_of(moment):.1f}" if moment.trials > 1 else "–",
        "regret_own": _points(moment.regret_own),
        "regret_doctrine": _points(moment.regret_doctrine),
        "clairvoyant": moment.clairvoyant_regret,
        "gained": f"{gained(moment):+.1f}",
        "why": [say(phrase) for phrase in moment.why],
        "parting": _parting(moment, say),
        "span": span,
        "alternatives": [
            _alternative(account, moment, k, span, say)
            for k in (0, *order)
            if k == 0 or moment.alternatives[k].own.trials
        ],
        "futures": None,
    }


def _parting(moment: Moment, say: Speech) -> str:
    """What stands over the words on why two futures part."""
    if moment.verdict == "great":
        return say("What it prevented, against the next best:")
    if moment.best == 0:
        return say("What the next best alternative would have changed:")
    return say("What the best alternative would have changed:")


def _points(found: Estimate) -> str:
    return f"{found.mean:+.1f} [{found.low:+.1f}, {found.high:+.1f}]" if found.trials > 1 else "–"


def _value(found: Estimate) -> str:
    return f"{found.mean:.1f} [{found.low:.1f}, {found.high:.1f}]" if found.trials > 1 else "–"


def _alternative(account: Account, moment: Moment, k: int, span: float, say: Speech) -> dict[str, Any]:
    each = moment.alternatives[k]
    return {
        "what": _named(account, moment, k, say),
        "done": k == 0,
        "best": bool(k) and k == moment.best,
        "lawful": each.lawful,
        "pinned": k > 0 and each.source in {"pinned", "unlawful"},
        "stopped": say(STOPPED[each.stopped]) if each.stopped else "",
        "gates": f"{each.gates:.0%}" if each.gates >= 0.05 else "",
        "value_own": _value(each.own),
        "value_doctrine": _value(each.doctrine),
        "own": _points(each.against_own),
        "doctrine": _points(each.against_doctrine),
        "trials": min(each.own.trials, each.doctrine.trials),
        "bars": [] if k == 0 else _bars(each, span),
    }


def _span(moment: Moment) -> float:
    """How far the axis goes to each side: a round number that holds the means, and the intervals as far as it can."""
    ends = [
        abs(end)
        for each in moment.alternatives
        for found in (each.against_own, each.against_doctrine)
        if found.trials > 1
        for end in (found.low, found.high)
        if math.isfinite(end)
    ]
    most = max(ends, default=0.0)
    return next((step for step in SPANS if most <= step), SPANS[-1])


def _bars(each: Alternative, span: float) -> list[dict[str, Any]]:
    """Both intervals against what was done, as far as they lie on the axis."""
    bars = []
    for found, y in ((each.against_own, 8.0), (each.against_doctrine, 18.0)):
        if found.trials < 2:
            continue
        low, mean, high = (
            round(BAR / 2 + max(-span, min(span, end)) / span * BAR / 2, 1)
            for end in (found.low, found.mean, found.high)
        )
        tone = "good" if found.low > 0.0 else "bad" if found.high < 0.0 else "faint"
        bars.append({"x": low, "width": round(max(1.5, high - low), 1), "mean": mean, "y": y, "tone": tone})
    return bars


def _attempt(account: Account, moment: Moment, say: Speech) -> dict[str, Any]:
    """The one branch to be tried."""
    other = moment.alternatives[moment.best]
    return {
        "at": clock(moment.minute),
        "done": say("nothing was ordered") if moment.order is None else _named(account, moment, 0, say),
        "instead": _named(account, moment, moment.best, say),
        "own": _points(other.against_own),
        "doctrine": _points(other.against_doctrine),
        "why": [say(phrase) for phrase in moment.why],
    }


def _futures(account: Account, moment: Moment, pair: Futures | None, say: Speech) -> dict[str, Any] | None:
    """Two futures side by side: the maps where they were drawn, and the mean curves of the trials."""
    k = beside(moment)
    if not k:
        return None
    ours, theirs = moment.alternatives[0].curve, moment.alternatives[k].curve
    instead = _named(account, moment, k, say)
    enough = min(len(ours), len(theirs)) > 1
    curves = [_curve(ours, theirs, column, say(name)) for column, name in COLUMNS] if enough else []
    maps: list[dict[str, Any]] = []
    if pair is not None and pair.other == k:
        view = view_of(account.scenario, [pair.as_done, pair.instead], HALF)
        titles, shots = (say("as it was done"), instead), (pair.as_done, pair.instead)
        for title, shot, saw in zip(titles, shots, seen_there(say, pair), strict=True):
            picture = map_picture(account.scenario, shot, view, say)
            picture["caption"] = _people(shot, say)
            maps.append({"title": title, "picture": picture, "saw": saw})
    return {
        "instead": instead,
        "after_min": pair.after_min if pair is not None else 0,
        "maps": maps,
        "where": _where(account, pair, say) if maps and pair is not None else "",
        "curves": curves,
        "minutes": min(len(ours), len(theirs)),
    }


def _where(account: Account, pair: Futures, say: Speech) -> str:
    """Where the two futures part most and what stands below the maps, or that they part nowhere."""
    below = [say("Below each map stands what people there had before their eyes.")] if pair.place else []
    return running(say, (where_they_part(say, pair, account.name(pair.place)), *below))


def _people(shot: Snapshot, say: Speech) -> str:
    return say("{people} people and {officers} officers were there", people=len(shot.x), officers=len(shot.officers))


def _curve(ours: Rows, theirs: Rows, column: int, name: str) -> dict[str, Any]:
    """One figure in both mean futures, minute by minute, on one scale."""
    minutes = min(len(ours), len(theirs))
    pairs = [[row[column] for row in rows[:minutes]] for rows in (ours, theirs)]
    top, step = _round_up(max(*pairs[0], *pairs[1], 1.0)), (CURVE - 44) / (minutes - 1)
    return {
        "name": name,
        "width": CURVE,
        "height": CURVE_HIGH,
        "top": f"{top:g}",
        "last": minutes,
        "paths": [
            "M" + "L".join(f"{34 + step * k:.1f} {6 + (CURVE_HIGH - 26) * (1 - value / top):.1f}"
                           for k, value in enumerate(values))
            for values in pairs
        ],
    }  # fmt: skip


def _round_up(value: float) -> float:
    """A round number not below it."""
    size = 10.0 ** math.floor(math.log10(value))
    return next(step * size for step in (1.0, 1.5, 2.0, 3.0, 5.0, 7.5, 10.0) if step * size >= value - 1e-9)


def worth_chart(account: Account, review: Review, say: Speech) -> dict[str, Any] | None:
    """What the run was worth before and after each decision, with the calls that came; None where nothing is known."""
    if review.ledger is None or not review.ledger.steps:
        return None
    axis = Axis(account.start_min, max(account.end_min, account.start_min + 1.0))
    moments = {moment.number: moment for moment in review.moments}
    points: list[tuple[float, float]] = []
    steps = []
    for step in review.ledger.steps:
        moment = moments[step.decision]
        x = axis.x(moment.minute)
        points += [(x, _worth_y(step.before)), (x, _worth_y(step.after))]
        steps.append(
            {
                "x": x,
                "before": _worth_y(step.before),
                "after": _worth_y(step.after),
                "tone": TONES.get(moment.verdict, ""),
                "sign": SIGNS.get(moment.verdict, DOTS),
                "title": f"{clock(moment.minute)} {said_of(say, moment)}: "
                f"{say('nothing was ordered') if moment.order is None else act(account, moment.order, say)}",
            }
        )
    points.append((axis.x(account.end_min), _worth_y(review.ledger.final)))
    return {
        "width": 960.0,
        "height": WORTH_HIGH + 62.0,
        "left": axis.x(account.start_min),
        "right": axis.x(account.end_min),
        "scale": [(_worth_y(worth), f"{worth:.0f}") for worth in (0.0, 50.0, 100.0)],
        "path": "M" + "L".join(f"{x} {y}" for x, y in points),
        "steps": sorted(steps, key=lambda each: harshness(each["tone"])),
        "injects": [
            {"x": axis.x(row.minute), "title": f"{row.at} {row.text}", "status": row.status}
            for row in account.injects
            if row.minute <= account.end_min
        ],
        "calls_y": WORTH_HIGH + 22.0,
        "axis_y": WORTH_HIGH + 46.0,
        "ticks": axis.ticks(),
    }


def harshness(tone: str) -> int:
    """Later is drawn over earlier: the gravest stands on top."""
    return ("", "good", "warn", "bad").index(tone)


def _worth_y(worth: float) -> float:
    return round(10.0 + WORTH_HIGH * (1.0 - max(0.0, min(100.0, worth)) / 100.0), 1)


def legend(say: Speech) -> list[dict[str, str]]:
    """What each verdict looks like and means."""
    return [
        {"sign": sign, "tone": TONES[verdict], "name": judgement(say, verdict), "means": explained(say, verdict)}
        for verdict, sign in SIGNS.items()
    ] + [
        {"sign": DOTS, "tone": "", "name": judgement(say, verdict), "means": explained(say, verdict)}
        for verdict in ("forced", "contested", "cannot tell")
    ]

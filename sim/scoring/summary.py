"""Summary: the figures of a run that scripts and tables ask for, from its journal alone."""

from collections.abc import Iterable, Mapping

from sim.measures import Record, estimates, rates
from sim.world.journal import Entry

STATES = ("calm", "tense", "agitated", "clash", "dispersing", "resolved")
UNFINISHED = "unfinished"
"""In place of a reason: the run has not come to its end, so nothing about it is decided."""
SEVERITIES = ("minor", "serious", "fatal")


def summary(entries: Iterable[Entry]) -> dict[str, object]:
    """Outcome, states, peaks, injuries, who left how, legitimacy and orders; times in seconds from the first tick."""
    all_entries = list(entries)
    readings = [e for e in all_entries if e.kind == "reading"]
    last = readings[-1].data if readings else {}
    outcome = next((e for e in reversed(all_entries) if e.kind == "outcome"), None)
    digests = [e for e in all_entries if e.kind == "digest"]
    gathered = [e.data for e in readings if _number(e.data, "participants") >= 30]
    tick = max((e.tick for e in all_entries), default=0)
    return {
        "ticks": tick,
        "sim_seconds": tick / 10.0,
        "outcome": {
            "reason": outcome.data["reason"] if outcome else UNFINISHED,
            "ended_by": outcome.data["ended_by"] if outcome else "",
            "won": outcome.data["won"] if outcome else [],
            "lost": outcome.data["lost"] if outcome else [],
            "all_won": bool(outcome and outcome.data["all_won"]),
        },
        "digest": digests[-1].data["digest"] if digests else "",
        "states": [{"state": STATES[0], "from_s": 0.0}]
        + [
            {"state": STATES[int(str(e.data["to"]))], "from_s": e.tick / 10.0} for e in all_entries if e.kind == "state"
        ],
        "peak": {
            "density_per_m2": max((_number(e.data, "density_max") for e in readings), default=0.0),
            "disorder": max((_number(e.data, "violent_last_min") for e in readings), default=0.0),
            "agitated": max(
                (_number(d, "actives") / max(1.0, _number(d, "participants")) for d in gathered), default=0.0
            ),
        },
        "injuries": _injuries(all_entries),
        "left": {
            "voluntary": int(_number(last, "left_voluntary")),
            "moved": int(_number(last, "left_moved")),
            "detained": int(_number(last, "detained")),
            "remaining": int(_number(last, "remaining")),
        },
        "legitimacy": {
            "start": _number(last, "legitimacy_start"),
            "end": _number(last, "legitimacy_all"),
        },
        "warning": _warning(all_entries),
        "aftermath": _aftermath(all_entries),
        "orders": [_order(e) for e in all_entries if e.kind == "order"],
    }


def _warning(entries: list[Entry]) -> dict[str, object]:
    """Hit rate, false-alarm rate and lead time of alerts, and each stated risk with whether it happened."""
    record = Record.of(entries)
    return {
        **rates(record),
        "risk": [
            {"minute": each.minute, "said": each.said, "stated": each.stated, "happened": each.happened}
            for each in estimates(record)
        ],
    }


def _aftermath(entries: list[Entry]) -> dict[str, object] | None:
    """What became of the days after; None unless they were played to their end."""
    said = [e.data for e in entries if e.kind == "consequence"]
    ends = [d for d in said if d["what"] == "recurrence"]
    if not ends:
        return None
    settled = {}
    words = [d for d in said if d["what"] in {"promise_kept", "promise_broken"} and d["demand"]]
    for each in sorted(words, key=lambda d: _number(d, "number")):
        settled[str(each["demand"])] = each["what"] == "promise_kept"
    missed = {d["number"] for d in said if d["what"] == "task_missed"}
    return {
        "done": sum(1 for d in said if d["what"] == "task_done" and d["number"] not in missed),
        "missed": len(missed),
        "kept": sum(settled.values()),
        "broken": len(settled) - sum(settled.values()),
        "risk": ends[-1]["risk"],
        "again": ends[-1]["again"],
    }


def _number(data: Mapping[str, object], name: str) -> float:
    value = data.get(name, 0.0)
    return float(value) if isinstance(value, int | float) else 0.0


def _injuries(entries: list[Entry]) -> dict[str, object]:
    hurt = [e.data for e in entries if e.kind == "consequence" and e.data["what"] == "injury"]
    worse = [e.data for e in entries if e.kind == "consequence" and e.data["what"] == "worsened"]
    found: dict[str, object] = {name: sum(1 for d in hurt if d["severity"] == name) for name in SEVERITIES}
    for step in worse:
        before = SEVERITIES[SEVERITIES.index(str(step["severity"])) - 1]
        found[before] = int(str(found[before])) - 1
        found[str(step["severity"])] = int(str(found[str(step["severity"])])) + 1
    causes = sorted({str(d["cause"]) for d in hurt})
    found["by_cause"] = {cause: sum(1 for d in hurt if d["cause"] == cause) for cause in causes}
    return found


def _order(entry: Entry) -> dict[str, object]:
    order, ruling = entry.data["order"], entry.data["ruling"]
    assert isinstance(order, Mapping)
    assert isinstance(ruling, Mapping)
    return {
        "t_s": entry.tick / 10.0,
        "response": order["response"],
        "target": order["target"],
        "accepted": ruling["accepted"],
        "lawful_domestic": ruling["lawful_domestic"],
        "meets_baseline": ruling["meets_baseline"],
        "marked": ruling["marked"],
        "reasons": [
            *ruling["reasons"],
            *({"rule": f["rule"], "why": f["why"], "citation": f["citation"]} for f in ruling["failures"]),
        ],
    }

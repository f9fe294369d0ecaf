"""Result: what a finished exercise leaves in the records, drawn from its journal and its score."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.drill.session import of_the_drill
from sim.scoring import Score
from sim.storage.journal_file import Record
from sim.world.journal import Entry


@dataclass(frozen=True, slots=True)
class Decision:
    """One order as it was given."""

    number: int
    minute: float
    seat: str
    response: str
    accepted: bool
    lawful: bool
    baseline: bool
    latency_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Who played, as what."""

    seats: tuple[tuple[str, str], ...] = ()
    """(person, seat) each."""
    squad: str | None = None
    drill: str = ""
    latencies: Mapping[int, float] = field(default_factory=dict)
    """How long the window of a decision had been open, s, by its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """One exercise that is over, under pseudonyms alone."""

    id: str
    """Digest of the journal."""
    ended: str
    """When it was over, as 2026-11-25T18:30:00Z."""
    scenario: str
    seed: int
    mode: str
    engine: str
    minutes: float
    outcome: str
    rubric: str
    total: float | None
    grade: str | None
    coverage: float
    gates: tuple[str, ...] = ()
    dimensions: tuple[tuple[str, float | None, float], ...] = ()
    """(id, points, coverage) each."""
    decisions: tuple[Decision, ...] = ()
    drill: str = ""
    squad: str | None = None
    seats: tuple[tuple[str, str], ...] = ()
    """(person, seat) each."""
    journal: str = ""
    """Name of the journal's file, without its folder."""


def result_of(
    path: Path, record: Record, score: Score, attendance: Attendance, *, ended: str, start_min: float
) -> RunResult:
    """What the journal in this file comes to; `start_min` is the scenario minute of its tick 0."""
    entries = record.entries
    outcomes = [entry for entry in entries if entry.kind == "outcome"]
    last = max((entry.tick for entry in entries), default=0)
    outcome = str(outcomes[-1].data.get("reason", "")) if outcomes else "stopped"
    first = 0
    begun = [entry for entry in entries if entry.kind == "drill" and entry.data["event"] == "begin"]
    if attendance.drill and begun:
        # The run behind a drill always ends by being stopped; the drill is over with its time box or with the scene.
        first = begun[0].tick
        over = [str(entry.data["reason"]) for entry in entries if entry.kind == "scene"]
        if last >= int(str(begun[0].data["until"])):
            over.append("time")
        outcome = over[0] if over and outcome == "stopped" else outcome
    return RunResult(
        id=hashlib.sha256(path.read_bytes()).hexdigest()[:32],
        ended=ended,
        scenario=Path(record.header.scenario).stem,
        seed=record.header.seed,
        mode=record.header.mode,
        engine=record.header.version,
        minutes=round((last - first) / 600.0, 2),
        outcome=outcome,
        rubric=score.rubric,
        total=score.total,
        grade=score.grade,
        coverage=score.coverage,
        gates=tuple(gate.id for gate in score.gates),
        dimensions=tuple((each.id, each.points, each.coverage) for each in score.dimensions),
        decisions=tuple(_decisions(entries, start_min, attendance)),
        drill=attendance.drill,
        squad=attendance.squad,
        seats=attendance.seats,
        journal=path.name,
    )


def _decisions(entries: Sequence[Entry], start_min: float, attendance: Attendance) -> Iterable[Decision]:
    """Orders with their numbers in the run; of a drill only its own: until it began an automatic player commanded."""
    orders = [entry for entry in entries if entry.kind == "order"]
    own = sum(entry.kind == "order" for entry in of_the_drill(list(entries))) if attendance.drill else len(orders)
    first = len(orders) - own
    for number, entry in enumerate(orders[first:], start=first + 1):
        order: Any = entry.data["order"]
        ruling: Any = entry.data["ruling"]
        yield Decision(
            number=number,
            minute=round(start_min + entry.tick / 600.0, 2),
            seat=str(order["seat"]),
            response=str(order["response"]),
            accepted=bool(ruling["accepted"]),
            lawful=bool(ruling["lawful_domestic"]),
            baseline=bool(ruling["meets_baseline"]),
            latency_s=attendance.latencies.get(number),
        )

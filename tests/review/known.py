"""Known answers: situations where the right answer is not in doubt, put to the review for its verdict.

Each file under `cases` says in two sentences what the situation is and in two what is right, and lists the best and the
unacceptable answers. The alternatives are those that are lawful, waiting, and nothing else; what is unlawful is tried
as what was done, twice: its verdict rests on the law, not on what came of it.
`python -m tests.review.known --seeds 50` grades all of them; `--rows FILE` keeps each seed and goes on from there.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from sim.exercise.exercise import Exercise
from sim.review import Effort, Study, Work, carry_out
from sim.review.branch import Branch
from sim.review.candidate import Candidate
from sim.review.decision import Decision
from sim.world.order import Order
from tests.small import small_playbook

CASES = Path(__file__).resolve().parent / "cases"
EFFORT = Effort(most=8, policies=("doctrine",))
RIGHT = ("great", "sound", "between sound and imprecise")
UNLAWFUL_TRIALS = 2
ENOUGH = 0.9
"""Share of seeds in which a case has to come out right."""


@dataclass(frozen=True, slots=True)
class Known:
    """One situation."""

    id: str
    situation: str
    right: str
    changes: Mapping[str, Any]
    best: tuple[Order, ...]
    unacceptable: tuple[Order | None, ...]
    before: tuple[tuple[int, Order], ...] = ()
    decide_s: int = 120
    stands_min: float = 8.0
    """For so long nothing else is done."""
    horizon_min: float = 12.0


@dataclass(slots=True)
class Graded:
    """What the review made of one case and seed."""

    verdicts: dict[str, str] = field(default_factory=dict)
    regrets: dict[str, float] = field(default_factory=dict)
    recommended: str = ""
    wrong: list[str] = field(default_factory=list)


def order_of(item: Mapping[str, Any]) -> Order | None:
    """An order as the files write it; None for waiting."""
    own = ("response", "target", "go_ahead", "at_s")
    if item["response"] == "hold":
        return None
    return Order(
        response=item["response"],
        target=item.get("target", ""),
        parameters={name: value for name, value in item.items() if name not in own},
        reason="a known case",
        go_ahead=bool(item.get("go_ahead", False)),
    )


def known(path: Path) -> Known:
    """A case from its file."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    before = tuple((item["at_s"] * 10, order_of(item)) for item in data.pop("before", ()))
    best, unacceptable = (tuple(order_of(item) for item in data.pop(name)) for name in ("best", "unacceptable"))
    return Known(id=path.stem, best=best, unacceptable=unacceptable, before=before, **data)  # type: ignore[arg-type]


def cases() -> dict[str, Known]:
    """All of them by id."""
    return {path.stem: known(path) for path in sorted(CASES.glob("*.yaml"))}


def name_of(order: Order | None) -> str:
    """How an answer is printed."""
    return "hold" if order is None else " ".join([order.response, str(order.parameters.get("position", ""))]).strip()


def grade(case: Known, seed: int, effort: Effort = EFFORT) -> Graded:
    """Puts every answer of a case to the review as what was done."""
    run = at_the_decision(case, seed)
    orders = {name_of(order): order for order in (*case.best, *case.unacceptable, None)}
    lawful = {name: _is_lawful(run, order) for name, order in orders.items()}
    done: dict[str, Branch] = {}
    found = Graded()
    for chosen in orders:
        others = [orders[name] for name in orders if name != chosen and lawful[name]]
        tried = effort if lawful[chosen] else replace(effort, most=UNLAWFUL_TRIALS)
        study = _study(case, run, [orders[chosen], *others], tried)
        while not study.decided:
            for work in list(study.batch()):
                study.take(work, _branch(run, work, done))
        found.verdicts[chosen], found.regrets[chosen] = study.verdict, study.regret("doctrine").mean
        found.recommended = name_of(study.candidates[study.best].order)
        if chosen in [name_of(order) for order in case.best]:
            if study.verdict not in RIGHT:
                found.wrong.append(f"{chosen} is called {study.verdict}")
            if not lawful[chosen] or not run.preview(orders[chosen] or Order(response="hold")).accepted:
                found.wrong.append(f"{chosen} is not possible")
        elif chosen in [name_of(order) for order in case.unacceptable]:
            if study.verdict in {*RIGHT, "forced", "contested", "cannot tell"} or "between sound" in study.verdict:
                found.wrong.append(f"{chosen} is called {study.verdict}")
            if chosen == found.recommended:
                found.wrong.append(f"{chosen} is recommended")
    return found


def at_the_decision(case: Known, seed: int) -> Exercise:
    """The run at the moment of the decision."""
    run = Exercise(small_playbook(**case.changes), seed)
    for tick, order in case.before:
        run.run_until(tick)
        run.order(order)
    run.run_until(case.decide_s * 10)
    return run


def _is_lawful(run: Exercise, order: Order | None) -> bool:
    ruling = None if order is None else run.preview(order)
    return ruling is None or (ruling.lawful_domestic and ruling.meets_baseline)


def _study(case: Known, run: Exercise, orders: list[Order | None], effort: Effort) -> Study:
    candidates = []
    for k, order in enumerate(orders):
        lawful = _is_lawful(run, order)
        source = "chosen" if k == 0 else "hold" if order is None else "pinned" if lawful else "unlawful"
        candidates.append(Candidate(order, source, lawful))
    tick = run.tick_now
    stands = tick + round(case.stands_min * 600)
    decision = Decision(number=1, tick=tick, order=orders[0], call="", following=(), until_tick=stands)
    return Study(decision, tuple(candidates), effort, tick + round(case.horizon_min * 600), reproduces=True)


def _branch(run: Exercise, work: Work, done: dict[str, Branch]) -> Branch:
    if work.key not in done:
        done[work.key] = carry_out(run, work, ())
    return done[work.key]


def graded_over(seeds: int, only: list[str], rows: Path | None) -> Iterator[tuple[str, int, Graded]]:
    """(case, seed, what came of it), seed after seed through all cases; what is in the file is not graded again."""
    kept = [json.loads(line) for line in rows.read_text("utf-8").splitlines()] if rows and rows.exists() else []
    known_ones = {(row.pop("case"), row.pop("seed")): Graded(**row) for row in kept}
    for seed in range(1, seeds + 1):
        for name, case in cases().items():
            if only and name not in only:
                continue
            graded = known_ones.get((name, seed))
            if graded is None:
                graded = grade(case, seed)
                if rows is not None:
                    with rows.open("a", encoding="utf-8") as file:
                        file.write(json.dumps({"case": name, "seed": seed, **asdict(graded)}) + "\n")
            yield name, seed, graded


def main() -> int:
    """Grades the cases over seeds and prints a line for each; 1 when one does not come out right often enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--rows", type=Path)
    parser.add_argument("--budget", type=float, default=float("inf"), help="seconds after which no seed is begun")
    args = parser.parse_args()
    found: dict[str, dict[int, Graded]] = {}
    began = time.monotonic()
    for name, seed, graded in graded_over(args.seeds, args.only, args.rows):
        found.setdefault(name, {})[seed] = graded
        if time.monotonic() - began > args.budget:
            break
    failed = 0
    for name, by_seed in found.items():
        right = sum(not each.wrong for each in by_seed.values())
        failed += right < ENOUGH * len(by_seed)
        sys.stdout.write(f"{name}: {right} of {len(by_seed)}\n")
        for seed, each in by_seed.items():
            if each.wrong:
                figures = ", ".join(f"{n} {r:+.1f} {each.verdicts[n]}" for n, r in each.regrets.items())
                sys.stdout.write(f"    seed {seed}: {'; '.join(each.wrong)} [{figures}]\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

"""Known answers: situations where the right answer is not in doubt, put to the review for its verdict.

Each file under `cases` says in two sentences what the situation is and in two what is right, and lists the best and the
unacceptable answers. The alternatives are those, waiting, and nothing else.
`python -m tests.review.known --seeds 50` grades all of them.
"""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
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
    run = Exercise(small_playbook(**case.changes), seed)
    for tick, order in case.before:
        run.run_until(tick)
        run.order(order)
    run.run_until(case.decide_s * 10)
    answers = list(dict.fromkeys(name_of(order) for order in (*case.best, *case.unacceptable, None)))
    orders = {name_of(order): order for order in (*case.best, *case.unacceptable, None)}
    done: dict[str, Branch] = {}
    found = Graded()
    for chosen in answers:
        others = [orders[name] for name in answers if name != chosen]
        study = _study(case, run, [orders[chosen], *others], effort)
        while not study.decided:
            for work in list(study.batch()):
                study.take(work, _branch(run, work, done))
        found.verdicts[chosen], found.regrets[chosen] = study.verdict, study.regret("doctrine").mean
        found.recommended = name_of(study.candidates[study.best].order)
        if chosen in [name_of(order) for order in case.best]:
            if study.verdict not in RIGHT:
                found.wrong.append(f"{chosen} is called {study.verdict}")
            if not study.candidates[0].lawful or not run.preview(orders[chosen] or Order("hold")).accepted:
                found.wrong.append(f"{chosen} is not possible")
        elif chosen in [name_of(order) for order in case.unacceptable]:
            if study.verdict in {*RIGHT, "forced", "contested", "cannot tell"} or "between sound" in study.verdict:
                found.wrong.append(f"{chosen} is called {study.verdict}")
            if chosen == found.recommended:
                found.wrong.append(f"{chosen} is recommended")
    return found


def _study(case: Known, run: Exercise, orders: list[Order | None], effort: Effort) -> Study:
    candidates = []
    for k, order in enumerate(orders):
        ruling = None if order is None else run.preview(order)
        lawful = ruling is None or (ruling.lawful_domestic and ruling.meets_baseline)
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


def main() -> int:
    """Grades the cases over seeds and prints a line for each; 1 when one does not come out right often enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--only", nargs="*", default=[])
    args = parser.parse_args()
    failed = 0
    for name, case in cases().items():
        if args.only and name not in args.only:
            continue
        graded = [grade(case, seed) for seed in range(1, args.seeds + 1)]
        right = sum(not each.wrong for each in graded)
        failed += right < ENOUGH * args.seeds
        sys.stdout.write(f"{name}: {right} of {args.seeds}\n")
        sys.stdout.flush()
        for seed, each in enumerate(graded, start=1):
            if each.wrong:
                figures = ", ".join(f"{n} {r:+.1f} {each.verdicts[n]}" for n, r in each.regrets.items())
                sys.stdout.write(f"    seed {seed}: {'; '.join(each.wrong)} [{figures}]\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

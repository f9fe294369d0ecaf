"""Many: the counts that take long, journal by journal; what is in a file of rows is not gone through again.

`python -m tests.review.many forks --rows forks.jsonl` goes through the fifty shipped journals of `test_forks` and says
of each which decisions did not write the original again. `... ledger --rows ledger.jsonl` goes through the two hundred
of `test_ledger` and says what the sums leave over. `--seconds N` stops after about so long.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, play
from sim.storage.library import load_playbook
from tests.review.test_forks import SHIPPED, not_reproduced
from tests.review.test_ledger import rest_of

LEDGERS = 200
LITTLE = 1e-9


def main() -> int:
    """A line for each journal gone through; 1 when one of all in the rows is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("forks", "ledger"))
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=1e9)
    args = parser.parse_args()
    ended = time.monotonic() + args.seconds
    known = rows_of(args.rows)
    for name, carry_out in forks() if args.what == "forks" else ledgers():
        if time.monotonic() > ended:
            break
        if name in known:
            continue
        known[name] = carry_out()
        with args.rows.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"journal": name, "wrong": known[name]}) + "\n")
    wrong = {name: found for name, found in known.items() if found}
    sys.stdout.write(f"{args.what}: {len(known)} journals, {len(wrong)} wrong {sorted(wrong)}\n")
    return 1 if wrong else 0


def rows_of(path: Path) -> dict[str, object]:
    """What was gone through before, by journal."""
    if not path.is_file():
        return {}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {str(row["journal"]): row["wrong"] for row in rows}


def forks() -> Iterator[tuple[str, Callable[[], object]]]:
    """Each shipped journal, and the decisions that did not come out the same."""
    for name, player, seed, minutes in SHIPPED:
        yield f"{name} {player} {seed}", lambda n=name, p=player, s=seed, m=minutes: _forked(n, p, s, m)  # type: ignore[misc]


def _forked(name: str, player: str, seed: int, minutes: int) -> list[int]:
    run = Exercise(load_playbook(name), seed)
    play(run, PLAYERS[player](), until=minutes * 600)
    return not_reproduced(run)


def ledgers() -> Iterator[tuple[str, Callable[[], object]]]:
    """Each small journal, and what its sums leave over where that is more than nothing."""
    for seed in range(1, LEDGERS + 1):
        yield f"small {seed}", lambda s=seed: _left_over(s)  # type: ignore[misc]


def _left_over(seed: int) -> float | None:
    rest = rest_of(seed)
    return rest if rest >= LITTLE else None


if __name__ == "__main__":
    sys.exit(main())

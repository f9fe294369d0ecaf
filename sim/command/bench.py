"""`bench`: how fast this machine is at what the program does all day, as medians of repeats."""

import argparse
import os

from sim.command.setting import Setting
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech

NAME = "bench"
HELP = "speed of this machine: person-steps per second, forks, rollouts, frames, start-up"
EXAMPLE = "commonground bench --only advance_500 --json"
SCENARIO = "taxi_ring_square"
FRAMES = ((1000, (1280, 720)), (5000, (1920, 1080)))
"""People drawn, and the size of the picture."""


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("--only", action="append", metavar="ID", help=say("only this row; may be given again"))
    parser.add_argument("--quick", action="store_true", help=say("three repeats at most"))
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Measures and prints; nothing is judged, so the exit code is 0."""
    from sim.console.progress import progress
    from sim.console.speeds import speeds_table
    from sim.lab.bench import Bench, Row, machine, row_of, run_benches
    from sim.lab.bench_review import review_benches
    from sim.lab.bench_start import start_benches
    from sim.lab.bench_walk import walk_benches
    from sim.lab.bench_world import world_benches
    from sim.storage.library import load_playbook

    playbook = load_playbook(SCENARIO)

    def drawn(repeats: int, wanted: frozenset[str]) -> list[Row]:
        from sim.command.office import DiskOffice
        from sim.desktop.frame_time import frame_seconds

        rows = []
        for people, size in FRAMES:
            if _frame(people, size) not in wanted:
                continue
            found = [1e3 * s for s in frame_seconds(DiskOffice(""), playbook, people, size, repeats)]
            what = Phrase(
                "drawing a map of {people} people who all move, {wide} x {high}",
                people=people,
                wide=size[0],
                high=size[1],
            )
            rows.append(row_of(_frame(people, size), what, people, "ms", found))
        return rows

    frames = Bench(tuple(_frame(*each) for each in FRAMES), drawn, 40)
    benches = [
        *walk_benches(),
        *world_benches(playbook),
        *review_benches(playbook),
        frames,
        *start_benches(SCENARIO, _by_hand()),
    ]
    known = [row for bench in benches for row in bench.rows]
    unknown = [name for name in args.only or () if name not in known]
    if unknown:
        raise BadInput.of(
            "unknown-row",
            Phrase("there is no bench called {name}", name=unknown[0]),
            hint=Phrase("there are: {known}", known=", ".join(known)),
        )
    only = frozenset(args.only or known)
    measured = sum(not only.isdisjoint(bench.rows) for bench in benches)
    rows: list[Row] = []
    with progress(setting.say("Measuring speed"), measured, quiet=setting.quiet) as show:
        for done, (_, found) in enumerate(run_benches(benches, only, quick=args.quick)):
            rows += found
            show(done + 1)
    if args.json:
        setting.json({"machine": machine(), "rows": [row.as_dict() for row in rows]})
    else:
        setting.out.print(speeds_table(rows, machine(), setting.say))
    return 0


def _frame(people: int, size: tuple[int, int]) -> str:
    return f"frame_{people}_{size[0]}x{size[1]}"


def _by_hand() -> dict[str, str]:
    """The environment as whoever starts the program by hand has it: every start finds its kernels by itself."""
    from sim.storage.kernels import of_this_version

    found = dict(os.environ)
    if of_this_version() is not None:
        del found["NUMBA_CACHE_DIR"]
    return found

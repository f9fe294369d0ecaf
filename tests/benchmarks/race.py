"""Race: this product against JuPedSim, Mesa and PySocialForce, pair by pair on one core, and one step compared.

    python -m tests.benchmarks.race [--pairs 5] [--only cfsm_2000] [--json]

Makes an environment for the others under the user's cache folder at the first run. Judges nothing: ratios of one
machine in one hour are for a person to read.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
PEERS = ("jupedsim==1.4.2", "mesa[rec]", "pysocialforce==1.1.2")
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "commonground" / "peers"


@dataclass(frozen=True)
class Heat:
    """One row: the same scene on both sides."""

    id: str
    what: str
    ours: str
    theirs: str
    size: int
    warm: int
    steps: int
    wanted: float
    """The ratio that is aimed for."""
    again: int = 1
    """Our runs for each of theirs, so that both take long enough to be timed."""


FIELD, TIGHT = "100 m x 100 m", "4 per m2"
HEATS = (
    Heat("cfsm_500", f"JuPedSim CFSM, 500 on {FIELD}", "field-cfsm", "field-cfsm", 500, 50, 300, 18.0, 6),
    Heat("cfsm_2000", f"JuPedSim CFSM, 2,000 on {FIELD}", "field-cfsm", "field-cfsm", 2000, 50, 200, 25.0, 4),
    Heat("cfsm_10000", f"JuPedSim CFSM, 10,000 on {FIELD}", "field-cfsm", "field-cfsm", 10000, 20, 40, 35.0, 4),
    Heat("cfsm_dense_4", f"JuPedSim CFSM, 2,000 at {TIGHT}", "tight-cfsm", "tight-cfsm", 2000, 50, 100, 40.0, 4),
    Heat("avm_2000", f"JuPedSim AVM, 2,000 on {FIELD}", "field-full", "field-avm", 2000, 50, 200, 12.0, 4),
    Heat("avm_dense_4", f"JuPedSim AVM, 2,000 at {TIGHT}", "tight-full", "tight-avm", 2000, 50, 100, 12.0, 4),
    Heat("epstein_40", "Mesa's Epstein example, 40 x 40 cells", "epstein", "epstein", 40, 10, 20, 30.0, 20),
    Heat("sfm_1000", f"PySocialForce, 1,000 on {FIELD}", "field-full", "field-sfm", 1000, 10, 10, 1000.0, 20),
)
"""Where the law is not named on our side it is the product's own; minds are on throughout."""


def environment() -> Path:
    """The Python in which the others are installed."""
    python = CACHE / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        print(f"making an environment in {CACHE}", file=sys.stderr)
        venv.create(CACHE, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS], check=True)
    return python


def versions(python: Path) -> dict[str, str]:
    """What is installed there."""
    names = [peer.partition("==")[0].partition("[")[0] for peer in PEERS]
    code = f"from importlib.metadata import version; print(*map(version, {names!r}))"
    found = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    return dict(zip(names, found, strict=True))


class Runner:
    """One process of one side, on one core."""

    def __init__(self, command: list[str], core: int | None) -> None:
        env = os.environ | {"OMP_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1", "MPLBACKEND": "agg"}
        pin = None if core is None else (lambda: os.sched_setaffinity(0, {core}))
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, preexec_fn=pin
        )
        assert self.process.stdout is not None
        while self.process.stdout.readline().strip() != "ready":
            if self.process.poll() is not None:
                raise RuntimeError(f"{command} came to nothing")

    def go(self) -> float:
        """Agent-steps per second of one run."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        steps, seconds = self.process.stdout.readline().split()
        return int(steps) / float(seconds)

    def close(self) -> None:
        """Ends it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def race(heat: Heat, python: Path, pairs: int, core: int | None) -> dict[str, object]:
    """Both sides in turn, A B A B; ratios are taken pair by pair."""
    numbers = [str(number) for number in (heat.size, heat.warm, heat.steps)]
    ours = Runner([sys.executable, "-m", "tests.benchmarks.ours", heat.ours, *numbers, str(heat.again)], core)
    theirs = Runner([str(python), str(HERE / "peers.py"), heat.theirs, *numbers, "1"], core)
    found = [(theirs.go(), ours.go()) for _ in range(pairs)]
    ours.close()
    theirs.close()
    ratios = [b / a for a, b in found]
    return {
        "id": heat.id,
        "what": heat.what,
        "n": heat.size,
        "theirs": median(a for a, _ in found),
        "ours": median(b for _, b in found),
        "unit": "agent-steps/s",
        "ratio": median(ratios),
        "spread": [min(ratios), max(ratios)],
        "pairs": pairs,
        "wanted": heat.wanted,
    }


def one_step(python: Path) -> dict[str, object]:
    """How far our step of JuPedSim's law ends from JuPedSim's own, for thousands of people in three scenes."""
    from tests.crowd.test_collision_free import step_of

    made = subprocess.run([python, HERE / "one_step.py"], check=True, capture_output=True, text=True).stdout
    rows = list(csv.DictReader(made.splitlines()))
    worst: dict[str, float] = {}
    for scene in sorted({row["scene"] for row in rows}):
        people, next_x, next_y = step_of(scene, [row for row in rows if row["scene"] == scene])
        worst[scene] = float(np.hypot(people.x - next_x, people.y - next_y).max())
    return {
        "id": "one_step",
        "what": "farthest that one step of ours ends from JuPedSim's",
        "n": len(rows),
        "unit": "m",
        "value": max(worst.values()),
        "scenes": worst,
        "wanted": 2e-5,
    }


def main() -> None:
    """Runs the heats and prints them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--only", action="append", metavar="ID")
    parser.add_argument("--core", type=int, help="the core both sides run on; the last one when it can be chosen")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    python = environment()
    core = args.core
    if core is None and hasattr(os, "sched_getaffinity"):
        core = max(os.sched_getaffinity(0))
    rows: list[dict[str, object]] = []
    for heat in HEATS:
        if not args.only or heat.id in args.only:
            row = race(heat, python, args.pairs, core)
            rows.append(row)
            low, high = row["spread"]  # type: ignore[misc]
            print(
                f"{row['id']:13} {row['theirs']:12,.0f} {row['ours']:12,.0f}  {row['ratio']:8.1f}x"
                f"  [{low:.1f} .. {high:.1f}]  aim {heat.wanted:g}x   {heat.what}",
                file=sys.stderr if args.json else sys.stdout,
                flush=True,
            )
    if not args.only or "one_step" in args.only:
        row = one_step(python)
        rows.append(row)
        if not args.json:
            print(f"{row['id']:13} {row['value']:.2g} m for {row['n']} people, aim below 2e-5 m")
    if args.json:
        print(json.dumps({"versions": versions(python), "rows": rows}, indent=2))


if __name__ == "__main__":
    main()

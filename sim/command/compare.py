"""`compare`: automatic players play a scenario over many seeds on every core, into a table a later run goes on with."""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.command.setting import Setting
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech

if TYPE_CHECKING:
    from sim.lab.trial import Row
    from sim.review.estimate import Estimate

NAME = "compare"
HELP = "let automatic players play a scenario over many seeds, into a table"
EXAMPLE = "commonground compare first_steps --seeds 20 --out first_steps.csv"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("scenario", help=say("id or file of the scenario"))
    parser.add_argument(
        "--out", type=Path, required=True, metavar="TABLE", help=say("CSV table; a sweep that was cut short goes on")
    )
    parser.add_argument("--players", metavar="A,B,C", help=say("automatic players, with commas between"))
    parser.add_argument("--seeds", type=int, default=10, metavar="N", help=say("so many seeds, from 1 on (default 10)"))
    parser.add_argument("--again", action="store_true", help=say("replay each run and hold its last state against it"))
    parser.add_argument("--workers", type=int, metavar="N", help=say("processes (default: one for each core)"))
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Plays what the table lacks; exit 1 when a replay did not end in the state of its run."""
    from sim.command.playtest import named_players
    from sim.command.preparing import prepare_simulation
    from sim.console.progress import progress
    from sim.core.digest import digest
    from sim.lab.compare import FIGURES, PLAYED, compare
    from sim.lab.trial import Row
    from sim.lab.workers import cores
    from sim.storage.library import load_playbook
    from sim.storage.trial_table import TrialTable

    if args.seeds < 1 or (args.workers is not None and args.workers < 1):
        raise BadInput.of("bad-count", Phrase("at least one worker and one seed are needed"))
    players = named_players(args.players, PLAYED)
    playbook = load_playbook(args.scenario)
    kind = digest({"playbook": playbook.digest, "players": list(players), "again": args.again})
    table = TrialTable(args.out, kind, players, FIGURES)
    wanted = range(1, args.seeds + 1)
    missing = [seed for seed in wanted if seed not in table.seeds]
    if there := len(wanted) - len(missing):
        setting.tell("{number} of {seeds} seeds are in the table already", number=there, seeds=len(wanted))
    prepare_simulation(playbook, setting)
    began = time.monotonic()
    with progress(setting.say("Seeds"), len(missing), quiet=setting.quiet) as show:
        compare(
            playbook,
            players,
            missing,
            again=args.again,
            workers=args.workers or cores(),
            came=lambda rows: table.add((r.seed, r.arm, r.refused, r.values, r.digest) for r in rows),
            done=show,
        )
    table.close()
    rows = [Row(*row) for row in table.rows if row[0] in wanted]
    place = FIGURES.index("came_again")
    differ = [(row.arm, row.seed) for row in rows if row.values[place] == 0.0]
    means = _means(players, rows)
    if args.json:
        setting.json(
            {
                "scenario": playbook.scenario.id,
                "seeds": len(wanted),
                "seconds": round(time.monotonic() - began, 1),
                "players": {player: {n: e.as_dict() for n, e in each.items()} for player, each in means.items()},
                "replayed": sum(1 for row in rows if row.values[place] >= 0.0),
                "differ": [{"player": player, "seed": seed} for player, seed in differ],
            }
        )
    else:
        from sim.console.compare_table import compare_table

        setting.out.print(compare_table(means, len(wanted), setting.say))
        for player, seed in differ:
            setting.out.print(
                setting.say("{player}, seed {seed}: the replay ended otherwise", player=player, seed=seed)
            )
    return 1 if differ else 0


def _means(players: Sequence[str], rows: Sequence["Row"]) -> dict[str, dict[str, "Estimate"]]:
    """By player, the mean of each figure with its interval over the runs that have it; figures no run has stay out."""
    from sim.lab.compare import ABSENT, FIGURES
    from sim.review.estimate import estimate

    means: dict[str, dict[str, Estimate]] = {}
    for player in players:
        own = [row.values for row in rows if row.arm == player]
        columns = {name: [row[k] for row in own if row[k] != ABSENT] for k, name in enumerate(FIGURES)}
        means[player] = {name: estimate(column) for name, column in columns.items() if column}
    return means

"""`numbers`: every number about people, with unit, range, standing and source; and which of them matter."""

import argparse

from sim.command.finite import finite
from sim.command.setting import Setting
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech

NAME = "numbers"
HELP = "every number about people: value, unit, range, standing and source"
EXAMPLE = "commonground numbers feeling acting.join_on"
STANDINGS = ("sourced", "fitted", "assumed")


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("names", nargs="*", metavar="NAME", help=say("a part such as feeling, or one number of it"))
    parser.add_argument("--standing", choices=STANDINGS, help=say("only sourced, fitted or assumed ones"))
    parser.add_argument(
        "--matter",
        action="store_true",
        help=say("change each by itself and say what that changes (minutes to an hour)"),
    )
    parser.add_argument(
        "--by", type=finite, default=0.2, metavar="SHARE", help=say("how far to change it (default 0.2)")
    )
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help=say("paired seeds (default 3)"))
    parser.add_argument("--workers", type=int, metavar="N", help=say("processes (default: one for each core)"))
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Lists them, or what changing them changes."""
    from sim.console.verdicts import numbers_table
    from sim.storage.faults import nearest
    from sim.world.numbers import Numbers

    everything = list(Numbers().listed())
    known = {name for name, _ in everything} | {name.partition(".")[0] for name, _ in everything}
    for name in args.names:
        if name not in known:
            close = nearest(name, sorted(known))
            raise BadInput.of(
                "unknown-number",
                Phrase("there is no number called {name}", name=name),
                hint=Phrase("did you mean {name}?", name=close) if close else None,
            )
    if args.matter:
        return _matter(args, setting)
    shown = [
        (name, number)
        for name, number in everything
        if (not args.names or any(name == wanted or name.startswith(wanted + ".") for wanted in args.names))
        and args.standing in {None, number.status}
    ]
    if args.json:
        setting.json(
            {
                "numbers": [
                    {
                        "name": name,
                        "value": number.value,
                        "unit": number.unit,
                        "low": number.low if abs(number.low) < 1e300 else None,
                        "high": number.high if abs(number.high) < 1e300 else None,
                        "standing": number.status,
                        "source": number.source,
                    }
                    for name, number in shown
                ]
            }
        )
    else:
        setting.out.print(numbers_table(shown, setting.say))
    return 0


def _matter(args: argparse.Namespace, setting: Setting) -> int:
    from sim.console.progress import progress
    from sim.console.verdicts import leverage_table
    from sim.lab.sensitivity import sensitivity
    from sim.lab.workers import cores

    if args.seeds < 2 or not 0.0 < args.by <= 1.0:
        raise BadInput.of("bad-sensitivity", Phrase("--seeds is at least 2 and --by above 0 and at most 1"))
    with progress(setting.say("Changing numbers"), 1.0, quiet=setting.quiet) as show:
        found = sensitivity(
            args.names,
            share=args.by,
            seeds=range(1, args.seeds + 1),
            workers=args.workers if args.workers and args.workers > 0 else cores(),
            done=lambda number, of: show(number / of),
        )
    if args.json:
        setting.json(
            {
                "by": args.by,
                "seeds": args.seeds,
                "leverage": [
                    {
                        "name": each.name,
                        "outcome": each.outcome,
                        "usual": each.usual,
                        "lower": each.lower,
                        "higher": each.higher,
                        "change": each.change,
                        "clear": each.clear,
                    }
                    for each in found
                ],
            }
        )
    else:
        setting.out.print(leverage_table(found, setting.say))
    return 0

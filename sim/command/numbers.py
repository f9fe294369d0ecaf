"""`numbers`: every number about people, with unit, range, standing and source."""

import argparse

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
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Lists them."""
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

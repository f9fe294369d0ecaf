"""`campaign`: what a campaign file says a community remembers."""

import argparse
from pathlib import Path

from sim.command.setting import Setting
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.storage.campaign import read_campaign

NAME = "campaign"
HELP = "show what a community remembers from one exercise to the next"
EXAMPLE = "commonground campaign drivers.json"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("file", type=Path, help=say("campaign file, as written by run or play with --campaign"))
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Prints it."""
    if not args.file.exists():
        raise BadInput.of("no-campaign", Phrase("there is no file {file}", file=str(args.file)))
    campaign = read_campaign(args.file)
    memory = campaign.memory
    if args.json:
        setting.json({"memory": memory.as_dict(), "incidents": [dict(i) for i in campaign.incidents]})
        return 0
    say = setting.say
    lines = [
        say("Community: {name}. Incidents so far: {number}", name=memory.community, number=memory.incidents),
        say("Trust {trust:.2f}; promises kept {kept}, broken {broken}", trust=memory.trust, kept=memory.kept,
            broken=memory.broken),
        say("People bring along: legitimacy {legitimacy:+.2f}, grievance {grievance:+.2f}, hope {hope:+.2f}",
            legitimacy=memory.legitimacy_shift, grievance=memory.grievance_shift, hope=memory.hope_shift),
        say("Next time {share:.0%} of the people a scenario names will come", share=memory.turnout_factor),
        *(
            say("{scenario}, seed {seed}: risk of recurrence {risk:.0%}", scenario=str(i["scenario"]),
                seed=int(i["seed"]), risk=float(i["risk"]))
            for i in campaign.incidents
        ),
    ]  # fmt: skip
    for line in lines:
        setting.out.print(line, markup=False)
    return 0

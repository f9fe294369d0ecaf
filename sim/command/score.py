"""`score`: grade a run from its journal alone."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sim import __version__
from sim.command.setting import Setting
from sim.command.weighing import add_weights, weights_in
from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.scenario.rubric import Rubric
from sim.scenario.scenario import Playbook
from sim.scenario.variant import problems_against, reweighed
from sim.scoring import facts_of, objectives, score, summary
from sim.storage.aside_file import read_aside
from sim.storage.journal_file import FORMAT, Record, read_journal
from sim.storage.library import load_playbook, locate, read_model
from sim.storage.model_card import remark_on
from sim.storage.yardstick import read_reference

NAME = "score"
HELP = "grade a run from its journal alone"
EXAMPLE = "commonground score run.jsonl --weights COM=15,SFY=22"


def arguments(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds this command's arguments."""
    parser.add_argument("journal", type=Path, help=say("journal file"))
    parser.add_argument(
        "--rubric", type=Path, metavar="FILE", help=say("grade by this rubric instead of the scenario's")
    )
    add_weights(parser, say)
    parser.add_argument(
        "--rescore",
        action="store_true",
        help=say("grade a journal of another version, or of a scenario that has changed, by today's rules"),
    )
    parser.add_argument("--json", action="store_true", help=say("print one JSON object"))


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Grades it; a journal of another version is shown as recorded unless asked for more."""
    from sim.console.card import recorded_card, result_card

    record = read_journal(args.journal)
    playbook = load_playbook(record.header.scenario)
    rubric = _rubric(args, playbook)
    another = _another(record, playbook)
    override = read_aside(args.journal).override
    figures: dict[str, Any] = {
        "scenario": playbook.scenario.id,
        "seed": record.header.seed,
        "player": record.header.player,
        "recorded_by": record.header.version,
        "as_recorded": another is not None and not args.rescore,
        "rescored": another is not None and bool(args.rescore),
        **summary(record.entries),
        "score": None,
        "original": None,
        "objectives": [],
        "reference": None,
        "fragile": None,
        "override": None if override is None else asdict(override),
    }
    if another is not None:
        setting.tell(another)
    if not figures["as_recorded"]:
        facts = facts_of(playbook)
        figures["score"] = score(record.entries, rubric, facts).as_dict()
        if rubric is not playbook.rubric:
            figures["original"] = score(record.entries, playbook.rubric, facts).as_dict()
        known = read_reference(playbook)
        # Measured with other files it would be the reference of another scenario.
        if known is not None and (known.playbook, known.version) == (playbook.digest, __version__):
            figures["reference"] = known.as_dict()
        if rubric is playbook.rubric:
            figures["fragile"] = remark_on(playbook, record.header.scenario, figures["score"]["grade"])
        figures["objectives"] = [each.as_dict() for each in objectives(record.entries, playbook.scenario, facts)]
    if args.json:
        setting.json(figures)
    elif figures["as_recorded"]:
        setting.out.print(recorded_card(figures, playbook, setting.say))
    else:
        setting.out.print(result_card(figures, playbook, setting.say))
    return 0


def _another(record: Record, playbook: Playbook) -> Phrase | None:
    """Why a score by today's rules would not be the score of that day; None when it would."""
    header = record.header
    if (header.version, header.format) != (__version__, FORMAT):
        return Phrase(
            "The journal was made by version {made_by}, this is version {ours}: it is shown as recorded; --rescore"
            " grades it by today's rules",
            made_by=header.version,
            ours=__version__,
        )
    if header.playbook != playbook.digest:
        return Phrase(
            "The files of the scenario have changed since the run: it is shown as recorded; --rescore grades it by"
            " today's rules"
        )
    return None


def _rubric(args: argparse.Namespace, playbook: Playbook) -> Rubric:
    """The scenario's rubric, or the one asked for."""
    rubric = playbook.rubric
    if args.rubric:
        rubric, document, _ = read_model(args.rubric, Rubric)
        problems = problems_against(rubric, playbook.rubric)
        if problems:
            raise BadInput([locate(document, problem) for problem in problems])
    return reweighed(rubric, weights_in(args.weights)) if args.weights else rubric

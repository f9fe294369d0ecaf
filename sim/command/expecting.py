"""Expecting: what `check --play` plays, and what it says of expectations that do not hold."""

import argparse
from typing import Any

from sim.command.setting import Setting
from sim.core.errors import Fault
from sim.core.phrase import Phrase


def play_expectations(args: argparse.Namespace, setting: Setting) -> tuple[list[Fault], list[dict[str, Any]]]:
    """Faults for what did not hold, and what came of every expectation of the scenarios among the files."""
    from sim.command.preparing import prepare_simulation
    from sim.console.progress import progress
    from sim.lab.workers import cores, spread
    from sim.review.expecting import judge_expectations, runs_for
    from sim.review.rehearsal import rehearse
    from sim.scenario.scenario import Scenario
    from sim.storage.library import kind_of, load_playbook, read_bytes
    from sim.storage.reader import read_yaml

    documents = [read_yaml(read_bytes(path), str(path)) for path in args.files]
    scenarios = [document for document in documents if kind_of(document) is Scenario]
    playbooks = [load_playbook(document.file) for document in scenarios]
    jobs = [runs_for(playbook, args.seeds) for playbook in playbooks]
    every = [job for each in jobs for job in each]
    if every:
        prepare_simulation(every[0].playbook, setting)
    with progress(setting.say("Playing"), max(1, len(every)), quiet=setting.quiet) as show:
        found = iter(spread(rehearse, every, workers=args.workers or cores(), done=show))
    faults, told = [], []
    for document, playbook, own in zip(scenarios, playbooks, jobs, strict=True):
        runs = [next(found) for _ in own]
        for k, held in enumerate(judge_expectations(playbook, runs, args.seeds)):
            told.append(_told(document.file, held))
            if not args.json:
                setting.out.print(_line(held, setting), markup=False)
            if not held.holds:
                mark = document.mark(("expect", k))
                faults.append(
                    Fault(
                        file=document.file,
                        line=mark.line,
                        column=mark.column,
                        path=f"expect[{k}]",
                        code="not-as-expected",
                        message=_what(held),
                        hint=Phrase("change the scenario or what is expected; scores: {scores}", scores=_scores(held)),
                    )
                )
    return faults, told


def _what(held: Any) -> Phrase:  # noqa: ANN401 - loaded late
    each = held.expectation
    return Phrase(
        "{id} held in {held} of {runs} runs, and is expected in {share:.0f} %",
        id=each.id,
        held=held.held,
        runs=held.runs,
        share=100 * each.in_share,
    )


def _scores(held: Any) -> str:  # noqa: ANN401 - as above
    return "; ".join(f"{player} {', '.join(f'{each:.0f}' for each in all_)}" for player, all_ in held.scores.items())


def _line(held: Any, setting: Setting) -> str:  # noqa: ANN401 - as above
    says = held.expectation.says
    said = held.expectation.id if says is None else setting.say(says.text)
    sign = "✓" if held.holds else "✗"
    return f"{sign} {said}  {held.held}/{held.runs}  ({_scores(held)})"


def _told(file: str, held: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    return {
        "file": file,
        "id": held.expectation.id,
        "held": held.held,
        "runs": held.runs,
        "in_share": held.expectation.in_share,
        "holds": held.holds,
        "scores": {player: list(scores) for player, scores in held.scores.items()},
    }

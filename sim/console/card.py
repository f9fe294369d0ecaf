"""Cards: results, rulings, faults, reviews and repairs as tables for a terminal."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from sim.core.errors import Fault
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.core.tick import clock
from sim.exercise.exercise import Exercise
from sim.scenario.inject import Ending
from sim.scenario.scenario import Playbook

BAR = 20
STATE_WORDS = {
    "calm": "calm",
    "tense": "tense",
    "agitated": "agitated",
    "clash": "clash",
    "dispersing": "dispersing",
    "resolved": "resolved",
}


def result_card(figures: Mapping[str, Any], playbook: Playbook, say: Speech) -> RenderableType:
    """The score of a run with gates, dimensions and evidence, and what became of the incident."""
    score = figures["score"]
    parts: list[RenderableType] = [_headline(figures, score, playbook, say)]
    if score["gates"]:
        parts.append(_gates(score["gates"], say))
    parts.append(_dimensions(score["dimensions"], say))
    for title, key in (("Best choices", "best"), ("Costly choices", "costly")):
        if score[key]:
            parts.append(_evidence(say(title), score[key], say))
    parts.append(Text(say("For the group: {question}", question=Phrase.from_dict(score["question"]))))
    outcome, scenario = figures["outcome"], playbook.scenario
    lost = [(say("happened"), e) for e in scenario.lose if e.id in outcome["lost"]]
    if lost:
        parts.append(_endings(say("What must not happen"), lost, say))
    aims = [(say("met") if e.id in outcome["won"] else say("not met"), e) for e in scenario.win]
    parts.append(_endings(say("Aims of the exercise"), aims, say))
    notice = (
        "Training only: figures hold in this model, they are no prediction. Not reviewed by a lawyer or practitioner."
    )
    parts.append(Text(say(notice), style="dim"))
    return Group(*parts)


def _headline(figures: Mapping[str, Any], score: Mapping[str, Any], playbook: Playbook, say: Speech) -> RenderableType:
    title = say(playbook.scenario.title.text)
    total = "-" if score["total"] is None else f"{score['total']:.1f}"
    lines = [
        say("Score {total} of 100, grade {grade}", total=total, grade=score["grade"] or "-"),
        say("based on {share:.0%} of what is scored", share=score["coverage"]),
        say("provisional: the days after are not played"),
    ]
    if score["gates"] and score["uncapped"] not in {None, score["total"]}:
        lines.append(say("without the red lines it would be {total:.1f}", total=score["uncapped"]))
    left, hurt = figures["left"], figures["injuries"]
    lines.append(
        say(
            "left on their own feet {voluntary}, driven off {moved}, detained {detained}, still there {remaining}",
            voluntary=left["voluntary"],
            moved=left["moved"],
            detained=left["detained"],
            remaining=left["remaining"],
        )
    )
    lines.append(
        say(
            "hurt: {minor} lightly, {serious} seriously, {fatal} dead",
            minor=hurt["minor"],
            serious=hurt["serious"],
            fatal=hurt["fatal"],
        )
    )
    ill = hurt["by_cause"].get("illness", 0)
    if ill:
        lines.append(say("of these taken ill, hurt by nobody: {number}", number=ill))
    seed = say("seed {seed}, player {player}", seed=figures["seed"], player=figures["player"])
    return Panel(Text("\n".join(lines)), title=title, subtitle=seed)


def _gates(gates: Iterable[Mapping[str, Any]], say: Speech) -> RenderableType:
    table = Table(title=say("Red lines that were crossed"), title_justify="left", expand=True)
    table.add_column(say("Minute"), justify="right", no_wrap=True)
    table.add_column(say("What"), overflow="fold", ratio=3)
    table.add_column(say("At most"), justify="right", no_wrap=True)
    for gate in gates:
        first = gate["evidence"][0]
        says = gate["says"]["zh" if say.language == "zh" else "en"]
        text = Text(f"{says}\n{say(Phrase.from_dict(first['observable']))}")
        table.add_row(f"{first['minute']:.0f}", text, f"{gate['cap']} ({gate['limit']:.0f})")
    return table


def _dimensions(dimensions: Iterable[Mapping[str, Any]], say: Speech) -> RenderableType:
    table = Table(title=say("Dimensions"), title_justify="left", expand=True)
    table.add_column(say("Dimension"), overflow="fold", ratio=2)
    table.add_column(say("Weight"), justify="right", no_wrap=True)
    table.add_column(say("Points"), no_wrap=True)
    table.add_column(say("Assessed"), justify="right", no_wrap=True)
    for dimension in dimensions:
        title = dimension["title"]["zh" if say.language == "zh" else "en"]
        points = dimension["points"]
        if points is None:
            bar = say("not assessed")
        else:
            full = round(BAR * points / 100)
            bar = "█" * full + "░" * (BAR - full) + f" {points:5.1f}"
        table.add_row(f"{dimension['id']} {title}", f"{dimension['weight']:g}", bar, f"{dimension['coverage']:.0%}")
    return table


def _evidence(title: str, lines: Iterable[Mapping[str, Any]], say: Speech) -> RenderableType:
    table = Table(title=title, title_justify="left", expand=True)
    table.add_column(say("Minute"), justify="right", no_wrap=True)
    table.add_column(say("Observed"), overflow="fold", ratio=3)
    table.add_column(say("Rule"), overflow="fold", ratio=2)
    table.add_column(say("Points"), justify="right", no_wrap=True)
    for line in lines:
        table.add_row(
            f"{line['minute']:.0f}",
            Text(say(Phrase.from_dict(line["observable"]))),
            Text(say(Phrase.from_dict(line["rule"]))),
            f"{line['points']:+.1f}" if line["points"] else "-",
        )
    return table


def _endings(title: str, endings: Iterable[tuple[str, Ending]], say: Speech) -> RenderableType:
    """Aims with whether they were met, or what must not happen and did."""
    table = Table(title=title, title_justify="left", expand=True)
    table.add_column("", no_wrap=True)
    table.add_column("", overflow="fold", ratio=1)
    table.show_header = False
    for became, ending in endings:
        table.add_row(became, Text(say(ending.says.text)))
    return table


def situation_card(exercise: Exercise, say: Speech) -> RenderableType:
    """What the seat could know at the moment a replay stands at."""
    seen = exercise.observe()
    words = [say(word) for word in STATE_WORDS.values()]
    lines = [
        say("At {clock}", clock=clock(seen.tick, exercise.playbook.scenario.start_min)),
        say("crowd judged {state}, people reported: {number}", state=words[seen.state], number=seen.estimate),
        say("units on scene: {number}", number=sum(1 for u in seen.units if u.eta_s <= 0)),
        say("messages so far: {number}", number=len(seen.messages)),
        say("digest {digest}", digest=exercise.journal.running),
    ]
    return Panel(Text("\n".join(lines)), title=say(exercise.playbook.scenario.title.text))


def review_table(figures: Mapping[str, Any], say: Speech, playbook: Playbook) -> RenderableType:
    """What each decision was worth against its alternatives."""
    table = Table(
        title=say("Each decision against its alternatives (points; above 0 the alternative did better in this model)"),
        title_justify="left",
        expand=True,
    )
    table.add_column(say("Minute"), justify="right", no_wrap=True)
    table.add_column(say("Decision"), overflow="fold", ratio=2)
    table.add_column(say("Alternative"), overflow="fold", ratio=2)
    table.add_column(say("Difference, 95 %"), no_wrap=True)
    table.add_column(say("Verdict"), no_wrap=True)
    for moment in figures["moments"]:
        for k, other in enumerate(moment["comparisons"]):
            table.add_row(
                f"{moment['minute']:.0f}" if k == 0 else "",
                _title(playbook, moment["response"], say) if k == 0 else "",
                _title(playbook, other["alternative"], say),
                f"{other['difference']:+.1f} [{other['low']:+.1f} .. {other['high']:+.1f}]".replace("[", r"\["),
                say(other["verdict"]),
            )
    notes = [
        say(
            "{trials} paired trials each, {horizon:g} min ahead, {number} continuations, {seconds:.2f} s each",
            trials=figures["trials"],
            horizon=figures["horizon_min"],
            number=figures["continuations"],
            seconds=figures["seconds_per_continuation"] or 0.0,
        )
    ]
    if not figures["complete"]:
        notes.append(
            say(
                "The budget ended the review: {done} of {number} decisions were looked at",
                done=len(figures["moments"]),
                number=figures["decisions"],
            )
        )
    if all(m["same_reproduces"] for m in figures["moments"]):
        notes.append(say("Continuing with the same order reproduced the original exactly, every time"))
    else:
        notes.append(say("WARNING: continuing with the same order did not reproduce the original"))
    return Group(table, Text("\n".join(notes)))


def _title(playbook: Playbook, response: str, say: Speech) -> str:
    found = playbook.responses.get(response)
    return say(found.title.text) if found else response


def faults_table(faults: Iterable[Fault], say: Speech) -> RenderableType:
    """Every fault with its place and how to put it right."""
    lines = Text()
    for fault in faults:
        lines.append(f"{fault.place}  ", style="bold")
        if fault.path:
            lines.append(f"{fault.path}  ", style="cyan")
        lines.append(say(fault.message))
        lines.append(f"  ({fault.code})\n", style="dim")
        if fault.hint is not None:
            lines.append(f"    {say(fault.hint)}\n", style="green")
    return lines


def doctor_table(findings: Iterable[Any], say: Speech) -> RenderableType:
    """What was looked at, and how to repair what is amiss."""
    table = Table(expand=True)
    table.add_column("", no_wrap=True)
    table.add_column(say("What"), no_wrap=True)
    table.add_column(say("Found"), overflow="fold", ratio=2)
    table.add_column(say("Repair"), overflow="fold", ratio=3)
    for finding in findings:
        repair = say(finding.repair) if finding.repair is not None else ""
        mark = "✓" if finding.ok else "✗"
        table.add_row(mark, say(finding.what), Text(say(finding.value)), Text(repair))
    return table

"""Cards: results, rulings, faults, reviews and repairs as tables for a terminal."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from sim.console.objectives import objectives_table
from sim.core.errors import Fault
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.core.tick import clock
from sim.exercise.exercise import Exercise
from sim.review import Moment, Review
from sim.review.estimate import Estimate
from sim.review.stopping import ALIKE
from sim.scenario.inject import Ending
from sim.scenario.scenario import Playbook
from sim.scoring.summary import UNFINISHED
from sim.seat.aside import Override
from sim.seat.days import BAD_VICTORY, days_in_words
from sim.seat.judgement import how_far, said_of
from sim.seat.law import mark
from sim.seat.variation import variation
from sim.seat.words import Words
from sim.world.order import HOLD

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
    original = figures.get("original")
    if original is not None:
        parts.append(Text(_changed(score, original, say), style="bold yellow"))
    if score["gates"]:
        parts.append(_gates(score["gates"], say))
    parts.append(_dimensions(score["dimensions"], say, original))
    if figures.get("objectives"):
        parts.append(objectives_table(figures["objectives"], say))
    for title, key in (("Best choices", "best"), ("Costly choices", "costly")):
        if score[key]:
            parts.append(_evidence(say(title), score[key], say))
    if not figures.get("questions"):
        parts.append(Text(say("For the group: {question}", question=Phrase.from_dict(score["question"]))))
    outcome, scenario = figures["outcome"], playbook.scenario
    lost = [(say("happened"), e) for e in scenario.red_lines if e.id in outcome["lost"]]
    if lost:
        parts.append(_endings(say("What must not happen"), lost, say))
    unmet = say("not decided") if outcome["reason"] == UNFINISHED else say("not met")
    aims = [(say("met") if e.id in outcome["won"] else unmet, e) for e in scenario.aims]
    parts.append(_endings(say("Aims of the exercise"), aims, say))
    if figures.get("questions"):
        parts.append(_questions(figures["questions"], say))
    parts.append(Text(say("Training only: figures hold in this model, they are no prediction."), style="dim"))
    unreviewed = mark(playbook)
    if unreviewed is not None:
        parts.append(Text(say(unreviewed), style="bold yellow"))
    return Group(*parts)


def _headline(figures: Mapping[str, Any], score: Mapping[str, Any], playbook: Playbook, say: Speech) -> RenderableType:
    title = say(playbook.scenario.title.text)
    total = "-" if score["total"] is None else f"{score['total']:.1f}"
    lines = [
        say("Score {total} of 100, grade {grade}", total=total, grade=score["grade"] or "-"),
        *said_by_people(figures, score["grade"] or "", say),
        *([say(figures["fragile"])] if figures.get("fragile") is not None else []),
        say("based on {share:.0%} of what is scored", share=score["coverage"]),
        *_between(figures.get("reference"), say),
        *([say("provisional: the days after are not played")] if score["provisional"] else []),
        *([say(BAD_VICTORY)] if figures["outcome"]["reason"] == "bad_victory" else []),
        *([say(days_in_words(figures["aftermath"]))] if figures["aftermath"] is not None else []),
    ]
    if score["gates"] and score["uncapped"] not in {None, score["total"]}:
        lines.append(say("without the red lines it would be {total:.1f}", total=score["uncapped"]))
    left, hurt = figures["left"], figures["injuries"]
    lines += [_left_in_words(left, say), _hurt_in_words(hurt, say)]
    ill = hurt["by_cause"].get("illness", 0)
    if ill:
        lines.append(say("of these taken ill, hurt by nobody: {number}", number=ill))
    seed = say("seed {seed}, player {player}", seed=figures["seed"], player=figures["player"])
    return Panel(Text("\n".join(lines)), title=title, subtitle=seed)


def said_by_people(figures: Mapping[str, Any], machine: str, say: Speech) -> list[str]:
    """What the trainee gave themselves and the instructor's grade, where they gave any."""
    own, override = figures.get("own_total"), figures.get("override")
    return [
        *([say("you gave yourself {total:.0f}", total=own)] if own is not None else []),
        *([say(Override(**override).beside(machine))] if override else []),
    ]


def _questions(questions: Iterable[Phrase], say: Speech) -> RenderableType:
    """What a facilitator can ask the group, numbered."""
    table = Table(title=say("Questions for the group"), title_justify="left", expand=True, show_header=False)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("", overflow="fold", ratio=1)
    for number, question in enumerate(questions, start=1):
        table.add_row(str(number), Text(say(question)))
    return table


def _between(reference: Mapping[str, Any] | None, say: Speech) -> list[str]:
    """What doing nothing and the author's line score here, where that was measured."""
    if reference is None:
        return []
    return [
        say(
            "doing nothing scores {passive:.1f} here, the author's line {expert:.1f} (means of {number} seeds)",
            passive=reference["passive_mean"],
            expert=reference["expert_mean"],
            number=len(reference["seeds"]),
        )
    ]


def _left_in_words(left: Mapping[str, Any], say: Speech) -> str:
    return say(
        "left on their own feet {voluntary}, driven off {moved}, detained {detained}, still there {remaining}",
        voluntary=left["voluntary"],
        moved=left["moved"],
        detained=left["detained"],
        remaining=left["remaining"],
    )


def _hurt_in_words(hurt: Mapping[str, Any], say: Speech) -> str:
    return say(
        "hurt: {minor} lightly, {serious} seriously, {fatal} dead",
        minor=hurt["minor"],
        serious=hurt["serious"],
        fatal=hurt["fatal"],
    )


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


def recorded_card(figures: Mapping[str, Any], playbook: Playbook, say: Speech) -> RenderableType:
    """What a journal of other rules holds, as it was recorded: no score is worked out for it."""
    outcome, left, hurt = figures["outcome"], figures["left"], figures["injuries"]
    lines = [
        say("As recorded by version {version}; not graded", version=figures["recorded_by"]),
        *said_by_people(figures, (figures.get("override") or {}).get("machine", ""), say),
        _left_in_words(left, say),
        _hurt_in_words(hurt, say),
    ]
    scenario = playbook.scenario
    aims = [(say("met") if e.id in outcome["won"] else say("not met"), e) for e in scenario.aims]
    panel = Panel(Text("\n".join(lines)), title=say(scenario.title.text))
    return Group(panel, _endings(say("Aims of the exercise"), aims, say))


def _changed(score: Mapping[str, Any], original: Mapping[str, Any], say: Speech) -> str:
    """That weights were changed, and what the original ones give."""
    total = "-" if original["total"] is None else f"{original['total']:.1f}"
    return say(
        "Weights were changed. By the original ones: {total} of 100, grade {grade}",
        total=total,
        grade=original["grade"] or "-",
    )


def _dimensions(
    dimensions: Iterable[Mapping[str, Any]], say: Speech, original: Mapping[str, Any] | None
) -> RenderableType:
    before = {each["id"]: each["weight"] for each in original["dimensions"]} if original is not None else {}
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
        weight = f"{round(dimension['weight'], 1):g}"
        if before.get(dimension["id"], dimension["weight"]) != dimension["weight"]:
            weight += f" ({before[dimension['id']]:g})"
        table.add_row(f"{dimension['id']} {title}", weight, bar, f"{dimension['coverage']:.0%}")
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
        say("crowd judged {state}, people reported: {number}", state=words[seen.state], number=seen.people),
        say("units on scene: {number}", number=sum(1 for u in seen.units if u.eta_s <= 0)),
        say("messages so far: {number}", number=len(seen.messages)),
        say("digest {digest}", digest=exercise.journal.running),
    ]
    return Panel(Text("\n".join(lines)), title=say(exercise.playbook.scenario.title.text))


VERDICT_STYLES = {
    "great": "bold green",
    "sound": "green",
    "imprecise": "yellow",
    "poor": "dark_orange",
    "serious": "bold red",
    "unlawful": "bold red",
}
SHOWN_ALTERNATIVES = 4


def review_table(review: Review, say: Speech, playbook: Playbook, seconds: float) -> RenderableType:
    """Each decision with its verdict, the alternatives that did best, and why the futures part."""
    words = Words(playbook, say)
    shown: list[RenderableType] = []
    for moment in review.moments:
        # A table for each: what is said of a decision then takes the whole width below it.
        table = _columns(say, first=not shown)
        _decision_rows(table, moment, words)
        shown.append(table)
        shown.extend(Padding(Text(say(phrase), style="dim"), (0, 2, 0, 2)) for phrase in moment.why)
    if not shown:
        shown.append(_columns(say, first=True))
    notes = [
        say(
            "Regret and differences with 95 % intervals; {continuations} continuations of {horizon:g} min in"
            " {seconds:.0f} s",
            continuations=review.continuations,
            horizon=review.effort.horizon_min,
            seconds=seconds,
        )
    ]
    if any(each.stopped == ALIKE for moment in review.moments for each in moment.alternatives):
        alike = "≈ surely as good as the best, within {points:g} points, and tried no further"
        notes.append(say(alike, points=review.effort.narrow))
    notes.append(say(how_far(review)))
    if review.ledger is not None:
        book = review.ledger
        notes.append(
            say(
                "From {initial:.1f} to {final:.1f}: skill {skill:+.1f}, luck {luck:+.1f}, instructor {hand:+.1f}",
                initial=book.initial,
                final=book.final,
                skill=book.skill,
                luck=book.luck,
                hand=book.intervention,
            )
        )
    if not review.complete:
        settled = sum(moment.settled for moment in review.moments)
        notes.append(
            say(
                "The review ended early: {done} of {number} decisions are settled",
                done=settled,
                number=review.decisions,
            )
        )
        if review.ledger is not None and len(review.moments) < review.decisions:
            notes.append(say("What was chosen in decisions not tried yet counts as luck here."))
    if all(moment.reproduces for moment in review.moments):
        notes.append(say("Continuing with the same order reproduced the original exactly, every time"))
    else:
        notes.append(say("WARNING: continuing with the same order did not reproduce the original"))
    return Group(*shown, Text("\n".join(notes)))


def _columns(say: Speech, *, first: bool) -> Table:
    """The table of one decision; the first has the title and the heads of all."""
    title = say("Each decision against its alternatives (points of 100, in this model)") if first else None
    table = Table(title=title, title_justify="left", expand=True, show_header=first)
    minute = say("Minute")
    table.add_column(minute, justify="right", no_wrap=True, min_width=max(4, cell_len(minute)))
    table.add_column(say("Decision and alternatives"), overflow="fold", min_width=22, ratio=1)
    for name in (say("Your later orders"), say("Doctrine's")):
        table.add_column(name, justify="right", min_width=14, max_width=14)
    table.add_column(say("Verdict"), min_width=11, max_width=11)
    return table


def _decision_rows(table: Table, moment: Moment, words: Words) -> None:
    say, style = words.say, VERDICT_STYLES.get(moment.verdict, "")
    title = _named(words, moment, 0) if moment.order else say("nothing was ordered")
    verdict = Text(said_of(say, moment), style=style)
    table.add_row(
        f"{moment.minute:.0f}",
        Text(title, style="bold"),
        _interval(moment.regret_own),
        _interval(moment.regret_doctrine),
        verdict,
    )
    others = [(k, each) for k, each in enumerate(moment.alternatives) if k]
    others.sort(key=lambda each: -(each[1].against_own.mean + each[1].against_doctrine.mean))
    best = [k for k, each in others if each.lawful][:SHOWN_ALTERNATIVES]
    for k, each in others:
        if k not in best and each.source not in {"pinned", "unlawful"}:
            continue
        name = _named(words, moment, k) if each.order else say("wait and observe")
        if not each.lawful:
            name = say("{response} (unlawful)", response=name)
        elif each.source == "pinned":
            name = say("{response} (pinned)", response=name)
        mark = "▲" if k == moment.best else "≈" if each.stopped == ALIKE else " "
        table.add_row("", Text(f"{mark} {name}"), _interval(each.against_own), _interval(each.against_doctrine), "")


def _interval(found: Estimate) -> Text:
    if found.trials < 2:
        return Text("–")
    low, high = (f"{end:+.1f}" if abs(end) < 99.95 else f"{end:+.0f}" for end in (found.low, found.high))
    return Text.assemble(f"{found.mean:+.1f}\n", (f"[{low}, {high}]", "dim"))


def _named(words: Words, moment: Moment, k: int) -> str:
    """An alternative, with what tells it from another that orders the same."""
    order = moment.alternatives[k].order
    what, differs = words.response(HOLD if order is None else order.response), variation(words, moment.alternatives, k)
    return words.say("{text} ({note})", text=what, note=differs) if differs else what


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

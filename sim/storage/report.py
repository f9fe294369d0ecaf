"""The report: one self-contained page about one run, to read, print and talk about."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
import numba
import numpy as np

from sim import __version__
from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.exercise.snapshot import Snapshot, snapshot_of
from sim.measures.alerts import rates
from sim.measures.record import Record
from sim.measures.risk_estimates import estimates
from sim.review import Review
from sim.review.futures import Futures
from sim.scenario.scenario import Playbook
from sim.scoring import Score, facts_of, objectives, summary
from sim.seat import law
from sim.seat.aside import Aside
from sim.seat.days import BAD_VICTORY, days_in_words
from sim.seat.improvement import plan
from sim.seat.objectives import RULE, TITLE, ratings
from sim.seat.questions import all_questions
from sim.seat.survey import SCALE, answered
from sim.seat.words import Words
from sim.storage import ledgers
from sim.storage.account import Account, DecisionRow, clock
from sim.storage.calibration import calibration
from sim.storage.chart import timeline_chart
from sim.storage.decided import decided, legend
from sim.storage.folder import opener
from sim.storage.journal_file import Header
from sim.storage.keepsake import in_its_place
from sim.storage.picture import map_picture, unit_codes, view_of
from sim.storage.shipped import data_root
from sim.storage.shown import shown
from sim.world.journal import Entry
from sim.world.numbers import Numbers

__all__ = ["Snapshot", "Story", "snapshot_of", "write_report"]
ON_PAPER = 8
"""Lines of evidence of one dimension that are printed; on the screen all of them stand."""
SAME_MINUTE = 2
"""Minutes are the same to so many places, as in the evidence of a score."""
STANDINGS = {
    "sourced": Phrase("taken from a publication"),
    "fitted": Phrase("set so that a published fact comes out"),
    "assumed": Phrase("chosen by judgement"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Everything a report tells of."""

    playbook: Playbook
    header: Header
    entries: Sequence[Entry]
    score: Score
    """By an instructor's weights, where there are such."""
    original: Score | None = None
    """By the scenario's own weights, where they were changed."""
    snapshots: Sequence[Snapshot] = ()
    """Moments at which the map is shown."""
    aside: Aside = field(default_factory=Aside)
    """What people added."""
    review: Review | None = None
    """None where the decisions were not tried again."""
    futures: Mapping[int, Futures] = field(default_factory=dict)
    """Maps of two futures, by the number of the decision."""
    fragile: Phrase | None = None
    """What a kept model card says of the grade."""
    link: str = ""
    """Digest of the last line of the journal."""


def write_report(path: Path, story: Story, say: Speech) -> None:
    """Writes the page whole or not at all; it holds no script and asks for nothing from anywhere."""
    account = Account(story.playbook, story.entries, say)
    record = Record.of(story.entries, facts_of(story.playbook))
    page = (
        _environment()
        .get_template("run.html.j2")
        .render(
            say=say,
            clock=clock,
            lang="zh-CN" if say.language == "zh" else "en",
            **_opening(story, say),
            **_objectives(story, say),
            **_course(story, account, say),
            source=_sources(account),
            **_reviewed(story, account, record, say),
            **_records(story, account, record, say),
            **_model_card(story, say),
        )
    )
    with (
        in_its_place(path) as partial,
        open(partial, "w", encoding="utf-8", errors="replace", opener=opener) as file,
    ):
        file.write(page)


def _opening(story: Story, say: Speech) -> dict[str, Any]:
    """What stands first: what it was, what it came to, and whose word that is."""
    scenario, aside = story.playbook.scenario, story.aside
    unreviewed = law.mark(story.playbook)
    return {
        "title": say(scenario.title.text),
        "summary": say(scenario.summary.text),
        "header": story.header,
        "version": __version__,
        "unreviewed": say(unreviewed) if unreviewed is not None else "",
        "score": _weighed(_said(story.score.as_dict(), say)),
        "original": None if story.original is None else _original(story.original, say),
        "fragile": say(story.fragile) if story.fragile is not None else "",
        "own": aside.own_score,
        "override": aside.override,
        "survey": [
            {"asks": say(q.asks), "answer": text, "of": SCALE[-1] if q.scaled else "",
             "ends": f"1: {say(q.low)}, {SCALE[-1]}: {say(q.high)}" if q.low and q.high else ""}
            for q, text in answered(aside.survey)
        ],
    }  # fmt: skip


def _original(card: Score, say: Speech) -> dict[str, Any]:
    """What the scenario's own weights give, and those weights by dimension."""
    return {
        "says": say(
            "Weights were changed. By the original ones: {total} of 100, grade {grade}",
            total="-" if card.total is None else f"{card.total:.1f}",
            grade=card.grade or "-",
        ),
        "weights": {dimension.id: dimension.weight for dimension in card.dimensions},
    }


def _objectives(story: Story, say: Speech) -> dict[str, Any]:
    """The rating of each objective, which no line of the score knows of."""
    rated = objectives(story.entries, story.playbook.scenario, facts_of(story.playbook))
    return {
        "objectives_title": say(TITLE),
        "objectives_rule": say(RULE),
        "objectives": ratings([each.as_dict() for each in rated], say),
    }


def _course(story: Story, account: Account, say: Speech) -> dict[str, Any]:
    """What happened, minute by minute."""
    scenario = story.playbook.scenario
    view = view_of(scenario, story.snapshots)
    won, lost = account.endings()
    return {
        "chart": timeline_chart(account, say),
        "pictures": [map_picture(scenario, snapshot, view, say) for snapshot in story.snapshots],
        "codes": unit_codes(
            [*story.snapshots, *(s for pair in story.futures.values() for s in (pair.as_done, pair.instead))], say
        ),
        "decisions": _merged(account.decisions),
        "injects": account.injects,
        "after": _days_after(account, say),
        "won": won,
        "lost": lost,
        "notes": [{"at": clock(account.minute(tick)), "text": text} for tick, text in sorted(story.aside.notes)],
        "bookmarks": [clock(account.minute(tick)) for tick in sorted(set(story.aside.bookmarks))],
    }


def _reviewed(story: Story, account: Account, record: Record, say: Speech) -> dict[str, Any]:
    """What the review found, what to ask the group, and what should go better."""
    words, review = Words(story.playbook, say), story.review
    some = review if review is not None and review.moments else None
    return {
        "review": decided(account, some, story.futures, say) if some is not None else None,
        "verdicts": legend(say),
        "questions": [*map(say, all_questions(record, words, story.score, some, story.aside.bookmarks))],
        "plan": [
            {"what": say(item.what), "because": say(item.because), "seen_by": say(item.seen_by)}
            for item in plan(story.score, record, some, words)
        ],
    }


def _records(story: Story, account: Account, record: Record, say: Speech) -> dict[str, Any]:
    """The ledgers: law, promises, rumours, what was said, and early warning."""
    return {
        "law_orders": ledgers.law_orders(account),
        "law_rules": ledgers.law_rules(account, say),
        "packs": [(say(title), say(note)) for title, note in law.packs(story.playbook)],
        "promises": ledgers.promise_rows(account, say),
        "rumours": ledgers.rumour_rows(account, record, say),
        "statements": ledgers.statement_rows(account, say),
        "signals": ledgers.signal_rows(account, story.playbook, say),
        "calibration": calibration(estimates(record), say),
        "warning": rates(record),
    }


def _model_card(story: Story, say: Speech) -> dict[str, Any]:
    """What computed it and what that rests on."""
    standings = Counter(number.status for _, number in Numbers().listed())
    hidden = story.playbook.scenario.hidden
    digests = [str(entry.data["digest"]) for entry in story.entries if entry.kind == "digest"]
    return {
        "standings": [(say(words), standings[name]) for name, words in STANDINGS.items()],  # type: ignore[index]
        "hidden": [
            (say("moods, standard deviation round what the model holds"), f"{hidden.mood_spread.value:g}"),
            (say("chance that an inject still to come does come"), f"{hidden.inject_chance.value:.0%}"),
            (say("when it comes, standard deviation in minutes"), f"{hidden.inject_spread_min.value:g}"),
            (
                say("how likely an unchecked signal is true, by the reliability of its source"),
                " · ".join(f"{grade} {value.value:.0%}" for grade, value in sorted(hidden.truth_by_grade.items())),
            ),
        ],
        "digests": [
            (say("program version"), f"{story.header.version} / {__version__}"),
            (say("scenario"), story.header.scenario),
            (say("digest of its files"), story.header.playbook),
            (say("rubric"), story.score.rubric),
            (say("seed of the random events"), str(story.header.seed)),
            (say("digest of the last state"), digests[-1] if digests else "-"),
            (say("digest of the journal"), story.link or "-"),
            (say("libraries"), f"numpy {np.__version__}, numba {numba.__version__}"),
        ],
    }


def _weighed(card: dict[str, Any]) -> dict[str, Any]:
    """The card with like lines of evidence as one, and those marked that are too light for paper."""
    for dimension in card["dimensions"]:
        lines = []
        for measure in dimension["measures"]:
            measure["lines"] = _together(measure["evidence"])
            lines += measure["lines"]
        heavy = sorted(range(len(lines)), key=lambda k: (-abs(lines[k]["points"]), k))[:ON_PAPER]
        for k, line in enumerate(lines):
            line["light"] = k not in heavy
        dimension["light"] = len(lines) - len(heavy)
    return card


def _together(evidence: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Lines of a card that say the same by the same rule as one, where the first stands, with their points added."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for line in sorted(evidence, key=lambda each: float(each["minute"])):
        kept = found.setdefault((line["observable"], line["rule"]), {**line, "points": 0.0, "times": 0})
        kept["points"] += line["points"]
        kept["times"] += 1
        kept["last"] = line["minute"]
    return list(found.values())


def _sources(account: Account) -> Callable[[float], str]:
    """For a minute the part of this page that tells of an order given then, or of what came then; "" for none."""
    known = {round(row.minute, SAME_MINUTE): f"inject-{row.number}" for row in reversed(account.injects)}
    orders = [row for row, _, _ in _merged(account.decisions)]
    known |= {round(row.minute, SAME_MINUTE): f"order-{row.number}" for row in reversed(orders)}
    return lambda minute: known.get(round(minute, SAME_MINUTE), "")


def _merged(decisions: Sequence[DecisionRow]) -> list[tuple[DecisionRow, int, str]]:
    """Orders, how often and until when they were given.

    Refusals for the same reasons stand once, and so does a lawful order given again and again with no other between.
    """
    found: dict[object, list[Any]] = {}
    before, since = None, 0
    for row in decisions:
        order = (row.title, row.target, row.units, row.choices, row.reason, row.answers)
        if order != before or row.ruling != "lawful":
            before, since = (order if row.ruling == "lawful" else None), row.number
        same = (row.title, row.target, row.reasons, row.failures) if row.ruling == "refused" else since
        kept = found.setdefault(same, [row, 0, row.at])
        kept[1], kept[2] = kept[1] + 1, row.at
    return [(row, times, last) for row, times, last in found.values()]


def _days_after(account: Account, say: Speech) -> list[str]:
    """What became of the days after, and whether the street was only quiet; nothing where they were not played."""
    figures: Any = summary(account.entries)
    told = [say(BAD_VICTORY)] if figures["outcome"]["reason"] == "bad_victory" else []
    return told + ([say(days_in_words(figures["aftermath"]))] if figures["aftermath"] is not None else [])


def _environment() -> jinja2.Environment:
    """Templates in which every text is text, whatever it holds."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(data_root() / "assets" / "report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )


def _said(data: Any, say: Speech) -> Any:  # noqa: ANN401 - a score as plain data
    """The score with every phrase and bilingual text said in the page's language."""
    if isinstance(data, Mapping):
        if set(data) == {"template", "params"}:
            return say(Phrase.from_dict(dict(data)))
        if set(data) == {"en", "zh"}:
            return data[say.language]
        return {key: _said(value, say) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_said(value, say) for value in data]
    return data

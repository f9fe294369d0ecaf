"""Story: what a report tells of a journal on the disk - its run, what people added, its review and the pictures."""

from collections.abc import Callable, Sequence
from pathlib import Path

from sim.review import Review
from sim.review.decision import of_the_scene
from sim.review.futures import Wanted, look_back, wanted
from sim.scenario.rubric import Rubric
from sim.scenario.scenario import Playbook
from sim.scoring import facts_of, score
from sim.seat.aside import Aside
from sim.seat.judgement import beside, best_moments, costly_moments
from sim.storage.aside_file import read_aside
from sim.storage.journal_file import Record
from sim.storage.model_card import remark_on
from sim.storage.report import Story
from sim.world.journal import Entry


def story_of(
    journal: Path,
    record: Record,
    playbook: Playbook,
    *,
    aside: Aside | None = None,
    review: Review | None = None,
    rubric: Rubric | None = None,
    tell: Callable[[int, int], None] = lambda tick, last: None,
) -> Story:
    """Everything a report needs; the run is gone through once more for the maps.

    Args:
        journal: The file.
        record: What stands in it.
        playbook: What its run was made from.
        aside: What people added; read from beside the journal if left out.
        review: What its decisions were worth; without it no futures are drawn.
        rubric: With an instructor's weights; the score by the scenario's own then stands beside it.
        tell: Told how far it is: the tick it has come to and the last one. What it raises ends the work.
    """
    moments = {moment.number: moment for moment in review.moments} if review is not None else {}
    wishes = [] if review is None else worth_two_maps(review)
    shots, futures = look_back(
        playbook,
        record.header.seed,
        record.entries,
        moments=moments,
        ticks=worth_a_map(record.entries),
        wishes=wishes,
        memory=record.header.memory,
        tell=tell,
    )
    result = score(record.entries, playbook.rubric, facts_of(playbook))
    weighed = None if rubric is None else score(record.entries, rubric, facts_of(playbook))
    return Story(
        playbook=playbook,
        header=record.header,
        entries=record.entries,
        score=weighed if weighed is not None else result,
        original=None if weighed is None else result,
        fragile=remark_on(playbook, record.header.scenario, result.grade) if weighed is None else None,
        snapshots=shots,
        aside=aside if aside is not None else read_aside(journal),
        review=review,
        futures=futures,
        link=record.link,
    )


def worth_two_maps(review: Review) -> list[Wanted]:
    """The futures of the costliest and the best decisions, each with its alternative that matters."""
    telling = {each.number: each for each in (*costly_moments(review), *best_moments(review))}.values()
    return [wanted(moment, beside(moment)) for moment in telling if beside(moment)]


def worth_a_map(entries: Sequence[Entry]) -> list[int]:
    """Up to three ticks: when most took part, when most of them were loud or worse, and the last with anybody."""
    readings = [e for e in of_the_scene(entries) if e.kind == "reading" and _number(e, "participants") > 0]
    if not readings:
        return []
    most = max(readings, key=lambda each: _number(each, "participants"))
    loudest = max(readings, key=lambda each: _number(each, "actives"))
    return sorted({most.tick, loudest.tick, readings[-1].tick})


def _number(entry: Entry, name: str) -> float:
    value = entry.data.get(name, 0.0)
    return float(value) if isinstance(value, int | float) else 0.0

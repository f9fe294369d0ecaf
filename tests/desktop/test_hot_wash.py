"""The hot wash: gates first, the trainee's own score before the machine's, a way into every moment, a clean end."""

import multiprocessing
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pygame
import pytest

from sim.command.office import DiskOffice
from sim.core.phrase import Phrase
from sim.desktop.hot_wash import HotWash
from sim.desktop.office import Past, Wish
from sim.desktop.paint import Paint
from sim.desktop.play import Play
from sim.desktop.replay import Replay
from sim.desktop.start import Start
from sim.exercise.exercise import Exercise
from sim.exercise.warmup import warm_up
from sim.lab.comparing import Comparing
from sim.review import Alternative, Effort, Moment, Review
from sim.review.estimate import Estimate
from sim.review.ledger import ledger
from sim.scenario.scenario import Playbook
from sim.scoring import Objective, Task
from sim.storage.aside_file import read_aside
from sim.storage.journal_file import JournalFile, read_journal
from sim.storage.review_file import kept_beside
from sim.world.journal import Entry
from sim.world.order import Order
from tests.desktop.hand import Hand, a_window

SIZES = ((1024, 640), (1280, 720), (1920, 1080))
TABS = ("score", "timeline", "decisions", "review", "group")
QUICK = Effort(batch=2, most=2, horizon_min=0.2, alternatives=2)
_kept: dict[str, tuple[Entry, ...]] = {}


def entries(playbook: Playbook) -> tuple[Entry, ...]:
    """A short run with an unlawful order, a lawful one and a refused one."""
    if playbook.digest not in _kept:
        run = Exercise(playbook, 4)
        warm_up(run)
        run.order(Order(response="first_contact", reason="ask what they want"))
        run.run_until(600)
        run.order(Order(response="containment", target="square", go_ahead=True, reason="hold"))
        run.order(Order(response="meeting", reason="too early"))
        run.run_until(1500)
        run.stop()
        _kept[playbook.digest] = tuple(run.journal)
    return _kept[playbook.digest]


def past(hand: Hand, *, assessed: bool = False) -> Past:
    """That run, on the disk."""
    office = hand.desk.office
    playbook = office.playbook("small")
    sitting = office.open(Exercise(playbook, 4), assessed=assessed)
    sitting.close()
    sitting.aside.asked = not assessed
    return Past(playbook, 4, entries(playbook), sitting.aside, assessed, sitting.path)


def wash(hand: Hand, of: Past) -> HotWash:
    page = HotWash(of)
    hand.desk.push(page)
    return page


def scored(hand: Hand, of: Past) -> HotWash:
    """The page with everything worked out."""
    page = wash(hand, of)
    hand.wait(lambda: hand.has("wash:score") and not page.busy)
    return page


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    with a_window(tmp_path, monkeypatch) as found:
        yield found


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """Every line of text that was drawn, and how far down."""
    found: dict[str, float] = {}
    draw = Paint.text

    def text(self: Paint, text: str, at: tuple[float, float], *args: Any, **more: Any) -> pygame.Rect:
        found[text] = at[1]
        return draw(self, text, at, *args, **more)

    monkeypatch.setattr(Paint, "text", text)
    return found


def found(mean: float, half: float, trials: int = 8) -> Estimate:
    return Estimate(mean, mean - half, mean + half, trials)


def alternative(response: str, mean: float, *, lawful: bool = True) -> Alternative:
    curve = tuple((50.0 - k, 10.0 + k, 0.0, 1.0) for k in range(5))
    return Alternative(
        order=None if response == "hold" else Order(response=response), source="open", lawful=lawful,
        own=found(60.0 + mean, 3.0), doctrine=found(61.0 + mean, 3.0), against_own=found(mean, 2.0),
        against_doctrine=found(mean, 40.0), stopped="", gates=0.2, clairvoyant=55.0, curve=curve,
    )  # fmt: skip


def moment(number: int, tick: int, response: str, verdict: str, best: int) -> Moment:
    return Moment(
        number=number, tick=tick, minute=tick / 600.0, order=Order(response=response) if response else None, call="",
        verdict=verdict, alternatives=(
            alternative(response or "hold", 0.0), alternative("hold", -6.0), alternative("soft_patrol", 8.0),
            alternative("area_effect", 1.0, lawful=False),
        ),
        best=best, regret_own=found(8.0, 2.0), regret_doctrine=found(8.0, 40.0), clairvoyant_regret=3.0, trials=8,
        settled=True, reproduces=number != 2,
        why=(Phrase("In the mean of the trials: {what}, {theirs:.1f} instead of {ours:.1f}", what=Phrase("arrests"),
                    theirs=1.0, ours=3.0),),
    )  # fmt: skip


class Done:
    """A review that has found something of every sort."""

    going, whole, failed, seconds = False, False, True, 12.0
    review = Review(
        moments=(
            moment(1, 0, "first_contact", "great", 0),
            moment(2, 600, "containment", "unlawful", 2),
            moment(3, 900, "", "between imprecise and poor", 2),
            moment(4, 1200, "soft_patrol", "cannot tell", 0),
        ),
        decisions=5, effort=Effort(), continuations=99, simulated_s=1e4, complete=False,
        ledger=ledger([(1, 0, 70.0, 70.0), (2, 600, 66.0, 50.0), (3, 900, 55.0, 48.0), (4, 1200, 50.0, 50.0)], 52.0),
    )  # fmt: skip

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def stop(self) -> None:
        pass

    def end(self) -> None:
        pass


@pytest.mark.parametrize("size", SIZES)
def test_every_tab_is_drawn_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setattr(DiskOffice, "review", Done)
    with a_window(tmp_path, monkeypatch, size) as hand:
        page = scored(hand, past(hand))
        page.scorecard.opened += [d.id for d in page.past.playbook.rubric.dimensions]
        page.scorecard.opened += [g.id for g in page.past.playbook.rubric.gates]
        pictures = set()
        for language in ("en", "zh"):
            assert language == hand.desk.voice.language
            for tab in TABS:
                hand.click(f"wash:{tab}")
                hand.frame()
                pictures.add(pygame.image.tobytes(hand.window.surface, "RGB"))
            hand.click("language")
        assert 2 * len(TABS) == len(pictures)


def test_gates_that_tripped_come_before_everything_else(hand: Hand, said: dict[str, float]) -> None:
    page = scored(hand, past(hand))
    hand.frame()
    tripped = [g.id for g in page.past.playbook.rubric.gates if hand.has(f"gate:{g.id}")]
    assert tripped
    lowest = max(hand.where(f"gate:{g}").bottom for g in tripped)
    first = page.past.playbook.rubric.dimensions[0].id
    assert lowest < hand.where(f"dimension:{first}").y
    title = next(text for text in said if "crossed: the grade is" in text)
    total = f"{page.found.score.total:.1f}" if page.found else ""
    assert said[title] < said[total]


def test_objectives_stand_beside_the_score_and_open_to_the_calls_they_rest_on(
    hand: Hand, said: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    missed = Task("call", "the shopkeeper", 1.0, "U", Phrase("not answered"))
    rated = (Objective("methods", "U", (missed,)), Objective("aftermath", None, ()))
    before = scored(hand, past(hand)).found
    monkeypatch.setattr("sim.desktop.findings.objectives", lambda *of: rated)
    page = scored(hand, past(hand))
    assert page.found is not None
    assert before is not None
    assert before.score == page.found.score
    hand.bring("objective:0")
    hand.frame()
    assert "Methods on the scene" in said
    assert "the shopkeeper" not in said
    hand.press("objective:0")
    hand.bring("task:0:0")
    hand.frame()
    assert "the shopkeeper" in said
    assert not hand.has("objective:1")
    hand.press("task:0:0")
    assert isinstance(hand.page, Replay)
    assert 600 == hand.page.start_tick


def test_a_trainee_judges_an_assessed_run_before_the_total_is_drawn(hand: Hand, said: dict[str, float]) -> None:
    page = wash(hand, past(hand, assessed=True))
    hand.wait(lambda: page.found is not None)
    assert page.found is not None
    total = f"{page.found.score.total:.1f}"
    for _ in range(5):
        hand.frame()
    assert hand.has("show_score")
    assert not hand.has("wash:score")
    assert total not in said
    assert [] == list(hand.desk.office.results())
    hand.click("more:SFY")
    hand.click("show_score")
    hand.wait(lambda: hand.has("wash:score") and not page.busy)
    assert total in said
    office = hand.desk.office
    saved = next(s for s in office.saved() if s.path == page.past.path)
    own = office.past(saved).aside.own_score
    assert {d.id for d in page.past.playbook.rubric.dimensions} == own.keys()
    assert 55 == own["SFY"]
    assert page.past.path.with_suffix(".seal.json").exists()
    assert any("Seal of this assessed run" in text for text in said)


def test_the_own_score_is_asked_for_once_and_only_right_after_an_assessed_run(hand: Hand) -> None:
    scored(hand, past(hand))
    assert not hand.has("show_score")
    judged = past(hand, assessed=True)
    judged.aside.own_score["SFY"] = 40
    scored(hand, judged)
    assert not hand.has("show_score")


def test_the_result_of_a_run_is_kept_once(hand: Hand) -> None:
    run = past(hand)
    assert [] == list(hand.desk.office.results())
    page = scored(hand, run)
    scored(hand, run)
    kept = hand.desk.office.results()
    assert page.found is not None
    assert [(page.found.score.total, page.found.score.grade)] == [(r.total, r.grade) for r in kept]


def test_leaving_before_judging_oneself_does_not_show_the_score_later(hand: Hand) -> None:
    run = past(hand, assessed=True)
    assert wash(hand, run).asks_first
    assert wash(hand, run).asks_first


def test_a_costly_choice_opens_the_replay_at_its_moment(hand: Hand) -> None:
    page = scored(hand, past(hand))
    assert page.found is not None
    hand.desk.ui.scroll_to("score", 0.0)
    minute = page.found.score.costly[0].minute
    hand.desk.ui.focus = "costly:0"
    hand.key("enter")
    assert isinstance(hand.page, Replay)
    assert round(minute * 600) == hand.page.start_tick


def test_the_timeline_goes_from_decision_to_decision_by_key(hand: Hand) -> None:
    page = scored(hand, past(hand))
    hand.click("wash:timeline")
    hand.key("right", pygame.KMOD_SHIFT)
    hand.key("enter")
    assert isinstance(hand.page, Replay)
    assert 600 == hand.page.start_tick
    hand.desk.pop()
    assert hand.page is page


def test_a_press_on_the_timeline_opens_the_replay_there(hand: Hand) -> None:
    scored(hand, past(hand))
    hand.click("course")
    assert isinstance(hand.page, Replay)
    assert 750 == pytest.approx(hand.page.start_tick, abs=5)


def test_notes_and_bookmarks_stand_on_the_timeline_and_lead_to_their_moment(hand: Hand) -> None:
    run = past(hand)
    run.aside.notes.append((300, "They ask for the manager"))
    page = scored(hand, run)
    run.aside.bookmarks.append(900)
    hand.click("wash:timeline")
    assert page.found is not None
    assert page._words is not None
    marks = page.course.line.marks(hand.desk, page._words, page.found.course)
    own = [(m.tick, m.kind, m.text) for m in marks if m.row == "own"]
    assert [(300, "written", "They ask for the manager"), (900, "flagged", "Moment you marked")] == own
    hand.click(f"happening:{marks.index(next(m for m in marks if m.kind == 'written'))}")
    assert isinstance(hand.page, Replay)
    assert 300 == hand.page.start_tick


def test_the_report_is_written_and_named(hand: Hand) -> None:
    scored(hand, past(hand))
    hand.click("report")
    hand.click("write")
    hand.wait(lambda: "Report written" in hand.desk.notice)
    assert Path(hand.desk.notice.removeprefix("Report written: ")).read_text(encoding="utf-8").startswith("<!DOCTYPE")


def test_a_report_can_be_printed_and_by_other_weights_the_original_beside_them(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[Path] = []
    monkeypatch.setattr("sim.storage.paper.print_page", lambda page, paper: printed.append(paper))
    page = scored(hand, past(hand))
    hand.click("report")
    hand.click("form:paper")
    hand.desk.ui.focus, hand.desk.ui.show_focus = "weight:SFY", True
    hand.key("right")
    assert page.reporting.weights["SFY"] > next(d.weight for d in page.past.playbook.rubric.dimensions if d.id == "SFY")
    hand.click("write")
    hand.wait(lambda: "Report written" in hand.desk.notice)
    assert [hand.desk.notice.removeprefix("Report written: ")] == [str(paper) for paper in printed]
    assert "Weights were changed. By the original ones: " in printed[0].with_suffix(".html").read_text(encoding="utf-8")


def test_weights_that_end_too_far_away_cannot_be_written(hand: Hand) -> None:
    page = scored(hand, past(hand))
    page.reporting.weights = {d.id: 0.5 * d.weight for d in page.past.playbook.rubric.dimensions[1:]}
    page.reporting.weights["SFY"] = 30.0
    hand.click("report")
    assert page.reporting.wrong is not None
    hand.click("write")
    assert hand.page is page.reporting
    hand.click("original")
    assert page.reporting.wrong is None


def test_both_futures_of_a_decision_are_drawn_on_the_map_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: dict[str, float]
) -> None:
    monkeypatch.setattr(DiskOffice, "review", Done)
    with a_window(tmp_path, monkeypatch, SIZES[0]) as hand:
        page = scored(hand, past(hand))
        page.review.chosen = 2
        hand.click("wash:review")
        hand.click("two_maps")
        hand.wait(lambda: not page.maps.busy)
        said.clear()
        assert not hand.has("two_maps")
        assert any(line.startswith("One trial, ") for line in said)
        assert {(2, 2)} == set(page.maps._drawn)
        futures = page.maps._drawn[2, 2].futures
        assert futures.as_done.minute == futures.instead.minute


def test_leaving_ends_the_review_with_its_processes_and_every_thread(hand: Hand) -> None:
    before = set(threading.enumerate())
    page = scored(hand, past(hand))
    assert [] == multiprocessing.active_children()
    hand.click("wash:review")
    hand.wait(lambda: multiprocessing.active_children() != [])
    hand.key("escape")
    assert isinstance(hand.page, Start)
    assert [] == multiprocessing.active_children()
    assert page.review.reviewer is not None
    assert not page.review.reviewer.going
    assert not [t for t in threading.enumerate() if t not in before and t.name in {"comparing", "waiting"}]


def test_where_it_is_wanted_the_review_begins_while_the_questions_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DiskOffice, "review", Done)
    with a_window(tmp_path, monkeypatch, SIZES[0]) as hand:
        hand.desk.office.reviews_at_once = True
        page = wash(hand, past(hand, assessed=True))
        hand.wait(lambda: page.found is not None)
        hand.frame()
        assert page.asks_first
        assert isinstance(page.review.reviewer, Done)


def test_a_review_comes_in_bit_by_bit_and_ends_when_every_decision_is_settled(hand: Hand) -> None:
    run = past(hand)
    comparing = Comparing(run.playbook, run.seed, run.entries, effort=QUICK)
    try:
        hand.wait(lambda: not comparing.going)
    finally:
        comparing.end()
    assert comparing.whole
    assert not comparing.failed
    assert comparing.review is not None
    assert ["first_contact", "containment"] == [m.order.response for m in comparing.review.moments if m.order]
    assert comparing.review.complete
    assert all(m.reproduces for m in comparing.review.moments)


def test_what_a_review_carried_out_is_taken_over_when_the_run_is_looked_at_again(hand: Hand) -> None:
    run = past(hand)
    found = []
    for _ in range(2):
        keeping = partial(kept_beside, run.path)
        comparing = Comparing(run.playbook, run.seed, run.entries, effort=QUICK, keeping=keeping)
        try:
            hand.wait(lambda now=comparing: not now.going)  # type: ignore[misc]
        finally:
            comparing.end()
        assert comparing.whole
        assert comparing.review is not None
        found.append((len(kept_beside(run.path)[0]), comparing.review.moments))
    assert found[0][0] > 0
    assert found[0] == found[1]


def test_a_review_that_is_stopped_keeps_what_it_found_and_is_not_called_broken(hand: Hand) -> None:
    run = past(hand)
    comparing = Comparing(run.playbook, run.seed, run.entries, effort=QUICK)
    comparing.stop()
    comparing.end()
    assert not comparing.going
    assert not comparing.failed
    assert not comparing.whole
    assert [] == multiprocessing.active_children()


def test_the_next_costly_decision_is_one_press_away_and_goes_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DiskOffice, "review", Done)
    with a_window(tmp_path, monkeypatch) as hand:
        page = scored(hand, past(hand))
        hand.click("wash:review")
        chosen = []
        for _ in range(3):
            hand.click("next_costly")
            chosen.append(page.review.chosen)
        assert [2, 3, 2] == chosen


def test_trying_again_from_a_decision_is_a_run_of_its_own_beside_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DiskOffice, "review", Done)
    with a_window(tmp_path, monkeypatch) as hand:
        first = past(hand)
        before = first.path.read_bytes()
        scored(hand, first)
        hand.click("wash:review")
        hand.click("decision:2")
        hand.click("moment:retry")
        hand.wait(lambda: isinstance(hand.page, Play))
        assert 600 == hand.play.post.seen.tick
        again = hand.play.post.sitting
        assert again.path != first.path
        record = read_journal(again.path)
        assert (first.path.name, 600) == (record.header.parent, record.header.parent_tick)
        assert before == first.path.read_bytes()


def test_practice_asks_first_too_and_lets_all_of_it_be_left_out(hand: Hand, said: dict[str, float]) -> None:
    run = past(hand)
    run.aside.asked = False
    page = wash(hand, run)
    hand.wait(lambda: page.found is not None)
    assert page.found is not None
    assert f"{page.found.score.total:.1f}" not in said
    hand.click("show_score")
    hand.wait(lambda: hand.has("wash:score") and not page.busy)
    assert {} == run.aside.own_score
    assert {} == run.aside.survey
    assert not wash(hand, run).asks_first


def test_answers_are_kept_beside_the_journal_and_never_in_it(hand: Hand) -> None:
    run = past(hand)
    run.aside.asked = False
    before = run.path.read_bytes()
    page = wash(hand, run)
    hand.click("survey:picture:4")
    hand.click("survey:hardest")
    hand.type("the first minute")
    hand.click("show_score")
    hand.wait(lambda: hand.has("wash:score") and not page.busy)
    office = hand.desk.office
    kept = office.past(next(s for s in office.saved() if s.path == run.path)).aside
    assert {"picture": "4", "hardest": "the first minute"} == kept.survey
    assert before == run.path.read_bytes()


def test_the_questions_before_the_score_give_none_away(hand: Hand, said: dict[str, float]) -> None:
    run = past(hand)
    run.aside.asked = False
    page = wash(hand, run)
    hand.wait(lambda: page.found is not None)
    for _ in range(3):
        hand.frame()
    text = " ".join(said)
    assert "ruled unlawful" in text
    assert "points" not in text.replace("Your points", "").replace("points for each", "")


def test_an_instructors_grade_stands_beside_the_machines_with_its_reason(hand: Hand) -> None:
    run = past(hand)
    page = scored(hand, run)
    machine = page.found.score.grade if page.found is not None else ""
    hand.click("wash:group")
    hand.click("override:B")
    hand.click("override:keep")
    assert run.aside.override is None
    hand.click("override:reason")
    hand.type("warned at once")
    hand.click("override:keep")
    office = hand.desk.office
    saved = next(s for s in office.saved() if s.path == run.path)
    kept = office.past(saved).aside.override
    assert kept is not None
    assert (machine, "B", "warned at once") == (kept.machine, kept.human, kept.reason)
    report = office.report(run, "en", None, lambda share: True, Wish()).page.read_text(encoding="utf-8")
    assert "warned at once" in report
    hand.click("override:drop")
    assert office.past(saved).aside.override is None


def test_pressing_an_alternative_draws_its_future(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DiskOffice, "review", Done)
    with a_window(tmp_path, monkeypatch) as hand:
        page = scored(hand, past(hand))
        hand.click("wash:review")
        hand.click("decision:2")
        detail, moment = page.review.detail, Done.review.moments[1]
        assert 2 == detail._other(moment)
        hand.click("alternative:1")
        assert 1 == detail._other(moment)


def test_what_else_was_open_is_pinned_with_a_press_and_the_review_goes_on_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: dict[str, float]
) -> None:
    monkeypatch.setattr(DiskOffice, "review", Done)
    with a_window(tmp_path, monkeypatch) as hand:
        run = past(hand)
        page = scored(hand, run)
        hand.click("wash:review")
        hand.click("decision:2")
        before = page.review.reviewer
        other = page.pinning.unlisted(run, Done.review.moments[1])[0]
        hand.press("pins")
        hand.press(f"pin:{other}")
        assert [(2, Order(response=other))] == run.aside.pins
        assert [(2, Order(response=other))] == read_aside(run.path).pins
        assert page.review.reviewer is not before
        hand.bring("pins")
        hand.frame()
        assert other not in page.pinning.unlisted(run, Done.review.moments[1])
        assert any("Pinned and not compared" in text for text in said)


def test_the_replay_goes_from_one_costly_moment_to_the_next_and_takes_notes_there(hand: Hand) -> None:
    run = past(hand)
    page = scored(hand, run)
    hand.click("look")
    replay = hand.page
    assert isinstance(replay, Replay)
    assert 600 in replay.mistakes
    assert page._mistakes() == replay.mistakes
    hand.wait(lambda: replay.playback is not None and replay.playback.moment is not None)
    assert replay.playback is not None
    first = next(tick for tick in replay.mistakes if tick > 0)
    hand.key("k")
    assert first == replay.playback.tick
    hand.wait(lambda: replay.playback is not None and replay.playback.working == 1.0)
    hand.key("j")
    hand.type("too close")
    hand.key("enter")
    assert [(first, "too close")] == run.aside.notes
    hand.key("j")
    hand.key("escape")
    assert hand.page is replay
    assert 1 == len(run.aside.notes)


def test_what_a_group_saw_is_shown_as_shares(hand: Hand, said: dict[str, float]) -> None:
    scored(hand, past(hand))
    hand.click("look")
    replay = hand.page
    assert isinstance(replay, Replay)
    hand.wait(lambda: replay.playback is not None and replay.playback.moment is not None)
    hand.key("k")
    hand.key("v")
    hand.wait(lambda: replay.playback is not None and replay.playback.moment is not None
              and replay.playback.moment.many is not None, 90.0)  # fmt: skip
    hand.frame()
    assert replay.playback is not None
    assert replay.playback.moment is not None
    many = replay.playback.moment.many
    assert many is not None
    assert "group:people" == many.whom
    assert 0.0 <= many.sees_officers <= 1.0
    assert any("people: 60 people" in text for text in said)


def test_the_curve_of_tension_is_whole_after_a_break_and_in_a_run_tried_again(hand: Hand) -> None:
    office, run = hand.desk.office, past(hand)
    record = JournalFile.append_to(run.path, read_journal(run.path))
    record.write([entry for entry in run.entries if entry.kind != "outcome"])
    record.close()
    saved = next(s for s in office.saved() if s.path == run.path)
    assert [] == office.past(saved).aside.trace
    again = office.retry(office.past(saved), 1200, lambda share: True)
    assert list(range(0, 1201, 200)) == [point[0] for point in again.aside.trace]
    again.close()
    resumed = office.resume(saved, lambda share: True)
    assert list(range(0, 1401, 200)) == [point[0] for point in resumed.aside.trace]
    resumed.close()

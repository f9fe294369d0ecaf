"""The judge: every rule of the floor is met by one scene and broken by another, and says where it stands."""

from dataclasses import dataclass, field, replace

import pytest

from sim.doctrine import judge
from sim.exercise.exercise import Exercise
from sim.scenario.pack import Pack, Rule
from sim.world.activity import Stage
from sim.world.metric import METRICS
from sim.world.order import Citation, Failure, Order, Value
from tests.doctrine.scenes import (
    CAME,
    NOTED,
    Scene,
    as_it_is,
    called_off,
    flagged,
    no_medics,
    pointed_out,
    reported_violent,
    south_barred,
    speakers_chosen,
    together,
    tried,
    violent,
    warned,
)
from tests.doctrine.scenes import opened as at_hand
from tests.small import small_exercise, small_playbook


@pytest.fixture(scope="module")
def opened() -> Exercise:
    """The small incident when everybody is there."""
    return at_hand()


@dataclass(frozen=True)
class Case:
    """One rule: an order it applies to, a scene in which the order meets it and one in which it does not."""

    rule: str
    response: str
    met: Scene = as_it_is
    broken: Scene = as_it_is
    met_by: dict[str, Value] = field(default_factory=dict)
    broken_by: dict[str, Value] = field(default_factory=dict)
    reason: str = "so that an ambulance gets through"
    broken_reason: str = "so that an ambulance gets through"


APPROVED, RECORDING = flagged("strategic_approval"), flagged("recording")
TALKS = ("first_contact", "listening_round", "explain_boundary")

CASES = (
    Case("un.courtesy", "first_contact", met_by={"tone": "warm"}, broken_by={"tone": "stern"}),
    Case("un.reason", "strategic_approval", broken_reason=""),
    Case("un.reason", "strategic_approval", reason="太拥挤了快疏散", broken_reason="now"),
    Case("un.power", "filter_line", met_by={"power": "traffic"}, broken_by={"power": " "}),
    Case("un.power", "containment", met_by={"power": "Police Act, section 12"}),
    Case("un.warning", "dispersal_order", met=warned()),
    Case("un.warning", "dispersal_order", met=warned(understood=0.5), broken=warned(understood=0.49)),
    Case("un.warning", "dispersal_order", met=warned(30), broken=warned(30.1)),
    Case("un.warning", "dispersal_order", met=warned(leave=1.0), broken=warned(leave=0.0)),
    Case("un.time", "dispersal_order", met_by={"minutes": 10}, broken_by={"minutes": 9.5}),
    Case("un.time", "area_effect", met=warned(10), broken=warned(9.9)),
    Case("un.authority", "dispersal_order", met=APPROVED),
    Case("un.lesser_means", "dispersal_order", met=tried(*TALKS[:2]), broken=tried(TALKS[0])),
    Case("un.lesser_means", "dispersal_order", met=tried(*TALKS[:2]), broken=tried(*TALKS[:2], stage=Stage.SETUP)),
    Case(
        "un.lesser_means",
        "dispersal_order",
        met=together(tried(TALKS[0], minutes_ago=12), tried(TALKS[0], minutes_ago=2)),
        broken=together(tried(TALKS[0], minutes_ago=11.9), tried(TALKS[0], TALKS[0], minutes_ago=2)),
    ),
    Case(
        "un.lesser_means",
        "dispersal_order",
        met=tried(*TALKS[:2], stage=Stage.STOPPED),
        broken=together(tried(*TALKS[:2], stage=Stage.STOPPED), called_off),
    ),
    Case("un.lesser_means", "containment", met=tried(*TALKS[1:]), broken=tried("containment", "filter_line")),
    Case("un.violence", "containment", met=violent(6), broken=violent(5)),
    Case("un.violence", "area_effect", met=violent(60, 1.0), broken=violent(60, 1.1)),
    Case("un.medical", "arrest_offender", broken=no_medics),
    Case("un.recording", "tow_vehicle", met=RECORDING),
    Case("un.data", "verify_signal", met_by={"collect": "none"}, broken_by={"collect": "names"}),
    Case("un.data", "record_offence", broken_by={"collect": "faces"}),
    Case("un.exits", "appeal_to_leave", broken=south_barred),
    Case("un.line_last", "walking_line", met=tried(*TALKS), broken=tried(*TALKS[:2])),
    Case("un.line_time", "walking_line", met=warned(15), broken=warned(14.9)),
    Case("un.line_force", "walking_line", met=together(APPROVED, RECORDING), broken=RECORDING),
    Case("un.line_force", "walking_line", met=together(APPROVED, RECORDING), broken=APPROVED),
    Case(
        "un.line_force",
        "walking_line",
        met=together(APPROVED, RECORDING),
        broken=together(APPROVED, RECORDING, south_barred),
    ),
    Case(
        "un.line_force",
        "walking_line",
        met=together(APPROVED, RECORDING),
        broken=together(APPROVED, RECORDING, no_medics),
    ),
    Case("un.containment", "containment", met=violent(6), broken=violent(5)),
    Case("un.area_violence", "area_effect", met=violent(18), broken=violent(17)),
    Case("un.area_chance", "area_effect", met=warned(5), broken=warned(4.9)),
    Case("un.area_chance", "area_effect", met=warned(5), broken=warned(5, understood=0.4)),
    Case("un.area_chance", "area_effect", met=warned(5), broken=together(warned(5), south_barred)),
    Case("un.area_chance", "area_effect", met=warned(5), broken=together(warned(5), no_medics)),
    Case(
        "un.dispersal_targeted",
        "dispersal_order",
        met=together(pointed_out(3), tried("record_offence")),
        broken=pointed_out(1, 10),
    ),
    Case("un.dispersal_targeted", "dispersal_order", met=violent(60), broken=reported_violent(1)),
    Case(
        "un.dispersal_targeted",
        "dispersal_order",
        met=together(reported_violent(2), tried("record_offence")),
        broken=together(reported_violent(2), tried("record_offence"), called_off),
    ),
    Case("un.arrest_targeted", "arrest_offender", met=pointed_out(1, 10), broken=pointed_out(60, 10.1)),
    Case("un.arrest_targeted", "arrest_offender", met=pointed_out(1, 30, on_record=True), broken=violent(60)),
    Case(
        "un.arrest_speaker",
        "arrest_offender",
        met=speakers_chosen,
        broken=speakers_chosen,
        met_by={"whom": "offender"},
        broken_by={"whom": "representative"},
    ),
    Case("un.tow_notice", "tow_vehicle", met=warned(10), broken=warned(9.9)),
    Case("un.words", "holding_statement", met_by={"slots": "who+known"}, broken_by={"slots": "who+known+label"}),
    Case("un.data", "holding_statement", met_by={"slots": "who+known"}, broken_by={"slots": "who+known+names"}),
    Case("un.press", "media_vantage", met_by={"terms": "free"}, broken_by={"terms": "confined"}),
    Case("un.tow_notice", "tow_vehicle", met=warned(10), broken=warned(10, understood=0.2)),
)


def names(case: Case) -> str:
    """How a case is called in the list of tests."""
    return f"{case.rule}-{case.response}"


def judged(opened: Exercise, scene: Scene, order: Order) -> dict[str, Failure]:
    """Everything the order fails where the scene is like this, by rule."""
    fork = opened.fork()
    scene(fork.world)
    return {f.rule: f for f in judge(fork.world, fork.playbook, order, *CAME)}


def rule_of(pack: Pack, name: str) -> Rule:
    """The rule of that id."""
    return next(rule for rule in pack.rules if rule.id == name)


# ---- the rules


@pytest.mark.parametrize("case", CASES, ids=names)
def test_the_rule_is_met(opened: Exercise, case: Case) -> None:
    order = Order(response=case.response, parameters=case.met_by, reason=case.reason)
    assert case.rule not in judged(opened, case.met, order)


@pytest.mark.parametrize("case", CASES, ids=names)
def test_the_rule_is_broken_and_cited(opened: Exercise, case: Case) -> None:
    order = Order(response=case.response, parameters=case.broken_by, reason=case.broken_reason)
    failure = judged(opened, case.broken, order)[case.rule]
    cite = rule_of(opened.playbook.floor, case.rule).cite
    article = cite.article.text if cite.article is not None else None
    assert Citation(instrument=cite.instrument.text, article=article, status=cite.status) == failure.citation
    assert rule_of(opened.playbook.floor, case.rule).says.text == failure.says
    assert failure.why.english()
    assert failure.baseline


@pytest.mark.parametrize("name", ["un.lesser_means", "un.violence", "un.line_time", "un.time"])
def test_a_rule_only_concerns_the_orders_it_is_about(opened: Exercise, name: str) -> None:
    order = Order(response="first_contact", parameters={"tone": "warm"})
    assert name not in judged(opened, no_medics, order)


def test_what_is_missing_is_said_in_numbers(opened: Exercise) -> None:
    order = Order(response="containment", reason="they block the road")
    why = judged(opened, violent(5), order)["un.containment"].why
    assert "there is no violence by the people it would fall on: 5 of 60 around used any" == why.english()


def test_all_failures_come_at_once_in_the_order_of_the_pack(opened: Exercise) -> None:
    fork = opened.fork()
    no_medics(fork.world)
    found = [f.rule for f in judge(fork.world, fork.playbook, Order(response="containment"), *CAME)]
    missing = [
        "reason",
        "power",
        "authority",
        "lesser_means",
        "violence",
        "medical",
        "recording",
        "containment",
        "containment_release",
    ]
    assert [f"un.{name}" for name in missing] + 4 * ["un.note"] == found


def test_with_everything_in_place_even_a_containment_is_lawful(opened: Exercise) -> None:
    scene = together(violent(6), APPROVED, RECORDING, tried(*TALKS))
    given = {**NOTED, "power": "public_order", "release": "staged"}
    order = Order(response="containment", parameters=given, reason="six people attack others")
    assert {} == judged(opened, scene, order)


def test_violence_far_away_does_not_make_force_here_lawful(opened: Exercise) -> None:
    fork = opened.fork()
    violent(60)(fork.world)
    order = Order(response="area_effect")
    assert "un.area_violence" not in [f.rule for f in judge(fork.world, fork.playbook, order, *CAME)]
    assert "un.area_violence" in [f.rule for f in judge(fork.world, fork.playbook, order, 620.0, 40.0)]


# ---- two packs


def packs(domestic: list[Rule]) -> Exercise:
    """The small incident under this domestic law and the floor."""
    playbook = small_playbook()
    law = playbook.floor.model_copy(update={"id": "domestic", "rules": tuple(domestic)})
    return Exercise(replace(playbook, domestic=law), 1)


@pytest.fixture(scope="module")
def looser() -> Exercise:
    """Home law knows no rule on tone."""
    return packs([r for r in small_playbook().floor.rules if r.id != "un.courtesy"])


@pytest.fixture(scope="module")
def stricter() -> Exercise:
    """Home law forbids patrols."""
    floor = small_playbook().floor.rules
    ban = floor[0].model_copy(update={"id": "home.patrol", "applies_to": ("soft_patrol",), "require": ("never",)})
    return packs([*floor, ban])


@pytest.mark.parametrize("harmless", ["alert_partners", "holding_statement", "open_lane", "department_huddle"])
def test_a_harmless_act_without_a_reason_is_lawful_and_carries_a_hint(opened: Exercise, harmless: str) -> None:
    run = opened.fork()
    ruling = run.preview(Order(response=harmless))
    assert [] == [f.rule for f in ruling.failures]
    if not ruling.reasons:
        assert "No reason given" in " ".join(thought.english() for thought in ruling.advice)


def test_every_coercive_response_asks_for_a_recorded_reason() -> None:
    coercive = {r.id for r in small_playbook().responses.values() if r.force not in {"none", "presence"}}
    asking = {r.id for r in small_playbook().responses.values() if "L1" in r.checks}
    assert coercive | {"dispersal_order", "final_warning"} <= asking


STERN = Order(response="first_contact", parameters={"tone": "stern"}, reason="they should listen")
PATROL = Order(response="soft_patrol", units=("PAT-1",), reason="be seen and speak with people")


def test_what_only_the_floor_forbids_is_shown_as_the_gap(looser: Exercise) -> None:
    ruling = looser.preview(STERN)
    assert (False, True, False) == (ruling.accepted, ruling.lawful_domestic, ruling.meets_baseline)
    assert [("un.courtesy", False, True)] == [(f.rule, f.domestic, f.baseline) for f in ruling.failures]


def test_what_only_home_law_forbids_meets_the_floor(stricter: Exercise) -> None:
    ruling = stricter.preview(PATROL)
    assert (False, False, True) == (ruling.accepted, ruling.lawful_domestic, ruling.meets_baseline)
    assert [("home.patrol", True, False)] == [(f.rule, f.domestic, f.baseline) for f in ruling.failures]


def test_what_both_forbid_is_said_once(stricter: Exercise) -> None:
    ruling = stricter.preview(STERN)
    assert (False, False) == (ruling.lawful_domestic, ruling.meets_baseline)
    assert [("un.courtesy", True, True)] == [(f.rule, f.domestic, f.baseline) for f in ruling.failures]


def test_a_lawful_order_is_lawful_by_both(looser: Exercise, stricter: Exercise) -> None:
    warm = replace(STERN, parameters={"tone": "warm"})
    for run in (looser, stricter):
        ruling = run.preview(warm)
        assert (True, True, True) == (ruling.accepted, ruling.lawful_domestic, ruling.meets_baseline)
        assert () == ruling.failures


# ---- what becomes of an unlawful order


RING = Order(response="containment", target="square", reason="keep them where they are")


@pytest.fixture(scope="module")
def marking() -> Exercise:
    """A scenario that lets a trainee go ahead and marks it."""
    return small_exercise()


@pytest.fixture(scope="module")
def refusing() -> Exercise:
    """A scenario that refuses unlawful orders."""
    return small_exercise(doctrine={"unlawful_orders": "refuse"})


@pytest.mark.parametrize("go_ahead", [False, True])
def test_where_the_scenario_refuses_an_unlawful_order_never_happens(refusing: Exercise, go_ahead: bool) -> None:
    run = refusing.fork()
    before = run.digest()
    ruling = run.order(replace(RING, go_ahead=go_ahead))
    assert (False, False, False, 0) == (ruling.accepted, ruling.marked, ruling.meets_baseline, ruling.activity)
    assert "un.containment" in [f.rule for f in ruling.failures]
    assert all(f.why.english() and f.citation.instrument for f in ruling.failures)
    assert before == run.digest()
    assert [] == run.world.activities


def test_where_the_scenario_marks_the_trainee_must_say_so_to_go_ahead(marking: Exercise) -> None:
    run = marking.fork()
    assert not run.order(RING).accepted
    ruling = run.order(replace(RING, go_ahead=True))
    assert (True, True, False) == (ruling.accepted, ruling.marked, ruling.meets_baseline)
    assert ruling.failures


def test_the_refusal_stands_in_the_journal_with_its_citations(refusing: Exercise) -> None:
    run = refusing.fork()
    ruling = run.order(RING)
    written = run.journal.of("order")[-1].data["ruling"]
    assert ruling.as_dict() == written
    assert [f.citation.text.en for f in ruling.failures] == [f["citation"] for f in written["failures"]]  # type: ignore[index]


def test_a_mark_stays_after_the_order_has_been_ended(marking: Exercise) -> None:
    run = marking.fork()
    number = run.order(replace(RING, go_ahead=True)).activity
    run.run_until(100)
    assert run.order(Order(response="stand_down", parameters={"response": "containment"}, reason="end it")).accepted
    run.run_until(200)
    ended = run.fork(7).world.activities[number - 1]
    assert not ended.live
    assert ended.marked
    assert 1 == METRICS["marked_orders"](run.world)


def test_going_ahead_with_a_lawful_order_marks_nothing(marking: Exercise) -> None:
    ruling = marking.preview(replace(PATROL, go_ahead=True))
    assert (True, False) == (ruling.accepted, ruling.marked)


def test_going_ahead_does_not_make_the_impossible_possible(marking: Exercise) -> None:
    ruling = marking.preview(Order(response="area_effect", reason="make them go", go_ahead=True))
    assert (False, False) == (ruling.accepted, ruling.marked)
    assert ruling.reasons
    assert ruling.failures

"""Doctrine packs: every rule of every pack is met by one scene and broken by another, found by listing the packs."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from sim.doctrine import REQUIREMENTS, gaps, judge
from sim.doctrine.remedy import REMEDIES
from sim.scenario.pack import FLOOR, Demand, Pack, Rule
from sim.scenario.response import Response
from sim.scenario.scenario import Playbook
from sim.storage.library import check_file, responses, scenario_folder
from sim.world.order import Order
from tests.doctrine.scenes import (
    CAME,
    HEARSAY,
    NOTED,
    PAIRS,
    SEEN,
    TALKS,
    Pair,
    blocked,
    flagged,
    opened,
    pack,
    talked,
    together,
    tried,
    under,
    violent,
    warned,
    with_transport,
)

NAMES = sorted(path.stem for path in (scenario_folder() / "packs").glob("*.yaml"))
Asked = tuple[str, Rule, str]
ASKED: list[Asked] = [
    (name, rule, demand) for name in NAMES for rule in pack(name).rules if not rule.permits for demand in rule.require
]


def called(asked: Asked) -> str:
    """How a case is called in the list of tests."""
    name, rule, demand = asked
    return f"{name}-{rule.id}-{rule.valid_from or rule.valid_to or 'always'}-{demand}"


def day_of(rule: Rule) -> str | None:
    """A day on which this version of a rule holds."""
    return rule.valid_from or rule.valid_to


def concerned(rule: Rule, demand: str) -> Response:
    """A response the rule is about, and for which the demand can be met."""
    found = [response for _, response in sorted(responses()[0].items()) if rule.concerns(response)]
    # A stern tone is only out of place where nobody is coerced.
    return next(r for r in found if r.force != "area") if len(found) > 1 else found[0]


def failing(playbook: Playbook, response: Response, pair: Pair, *, met: bool) -> set[tuple[str, str]]:
    """What the order fails, by rule and demand."""
    run = opened()
    (pair.met if met else pair.broken)(run.world)
    given = pair.met_by if met else pair.broken_by
    order = Order(response=response.id, parameters=given, reason=pair.met_reason if met else pair.broken_reason)
    return {(f.rule, f.requirement) for f in judge(run.world, playbook, order, *CAME)}


@pytest.mark.parametrize("asked", ASKED, ids=called)
def test_each_rule_is_met_by_one_scene_and_broken_by_another(asked: Asked) -> None:
    name, rule, demand = asked
    playbook, response = under(name, day_of(rule)), concerned(rule, demand)
    assert (rule.id, demand) in failing(playbook, response, PAIRS[demand], met=False)
    if demand != "never":
        assert (rule.id, demand) not in failing(playbook, response, PAIRS[demand], met=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_pack_has_no_fault(name: str) -> None:
    assert () == check_file(scenario_folder() / "packs" / f"{name}.yaml")
    assert [] == list(pack(name).faults(pack(FLOOR), responses()[0]))


def test_every_demand_has_a_function_a_remedy_and_a_scene() -> None:
    demands = set(Demand.__args__)  # type: ignore[attr-defined]
    assert demands == set(REQUIREMENTS) == set(PAIRS)
    assert demands - {"never"} == set(REMEDIES)


def test_every_demand_is_asked_by_some_pack() -> None:
    assert set(PAIRS) == {demand for _, _, demand in ASKED}


@pytest.mark.parametrize("name", NAMES)
def test_every_citation_says_how_sure_we_are_and_every_pack_that_nobody_has_reviewed_it(name: str) -> None:
    law = pack(name)
    assert {each.cite.status for each in (*law.rules, *law.powers)} <= {"verified", "known", "assumed"}
    if law.reviewed_by is None:
        assert "Not reviewed by a lawyer" in law.note.en
        assert "未经律师" in law.note.zh


def test_an_article_without_a_status_is_refused() -> None:
    rule = {"id": "x.y", "says": "x", "applies_to": ["L1"], "require": ["authority"]}
    with pytest.raises(ValidationError, match="status"):
        Rule.model_validate({**rule, "cite": {"instrument": "Some Law", "article": "article 1"}})


# ---- the floor


def test_no_pack_can_replace_a_rule_of_the_floor() -> None:
    law = pack("prc")
    mine = law.rules[0].model_copy(update={"id": "un.containment"})
    faults = list(law.model_copy(update={"rules": (*law.rules, mine)}).faults(pack(FLOOR), responses()[0]))
    assert ["floor-rule"] == [fault.code for fault in faults]


def test_the_floor_permits_nothing_and_has_no_last_day() -> None:
    floor = pack(FLOOR)
    ended = floor.rules[0].model_copy(update={"valid_to": "2030-01-01"})
    faults = list(floor.model_copy(update={"rules": (ended, *floor.rules[1:])}).faults(floor, responses()[0]))
    assert ["floor-rule"] == [fault.code for fault in faults]


def test_a_scenario_cannot_choose_another_floor() -> None:
    with pytest.raises(ValidationError, match="floor"):
        type(under("prc", None).scenario.doctrine).model_validate({"floor": "prc"})


def test_an_unknown_rule_or_response_is_named_with_the_nearest_one() -> None:
    law = pack("prc")
    wrong = law.rules[0].model_copy(update={"applies_to": ("walking_lime",)})
    (fault,) = law.model_copy(update={"rules": (wrong,)}).faults(pack(FLOOR), responses()[0])
    assert ("unknown-response", "walking_lime") == (fault.code, fault.word)


# ---- where the packs part


def judged(name: str, day: str | None, order: Order, *scenes: object) -> dict[str, bool]:
    """Whether it is lawful there and whether it meets the floor."""
    run = opened()
    together(*scenes)(run.world)  # type: ignore[arg-type]
    failures = judge(run.world, under(name, day), order, *CAME)
    return {
        "lawful": not any(f.domestic for f in failures),
        "meets": not any(f.baseline for f in failures),
        "gap": bool(gaps(run.world, under(name, day), order, *CAME)),
    }


ORDER = Order(
    response="dispersal_order",
    parameters={**NOTED, "power": "public_order", "route": "west", "minutes": 20},
    reason="the road has been closed for a long time",
)
READY = (warned(), flagged("recording"), flagged("strategic_approval"), tried(*TALKS), with_transport)


def test_no_permit_is_ground_enough_in_one_law_and_not_in_the_other() -> None:
    scene = (*READY, talked(1, met=False))
    assert {"lawful": True, "meets": False, "gap": True} == judged("prc", "2026-04-14", ORDER, *scene)
    assert {"lawful": False, "meets": False, "gap": False} == judged("england_wales", "2026-04-14", ORDER, *scene)


def test_an_order_without_a_way_out_named_is_no_order_in_one_of_them() -> None:
    order = replace(ORDER, parameters={**ORDER.parameters, "route": ""})
    scene = (*READY, talked(), blocked(61))
    assert not judged("prc", None, order, *scene)["lawful"]
    assert judged("england_wales", None, order, *scene)["lawful"]


def test_more_than_five_representatives_are_too_many_in_one_of_them() -> None:
    order = Order(response="choose_representatives", parameters={"seats": 7, "tone": "warm"})
    assert {"lawful": False, "meets": True, "gap": False} == judged("prc", None, order)
    assert {"lawful": True, "meets": True, "gap": False} == judged("england_wales", None, order)


def test_people_are_held_in_on_approval_in_one_and_for_violence_in_the_other() -> None:
    ring = Order(response="containment", parameters={**NOTED, "power": "site_control"}, reason="they block the road")
    approved = judged("prc", None, ring, *READY)
    assert {"lawful": True, "meets": False, "gap": True} == approved
    english = replace(ring, parameters={**NOTED, "power": "breach_of_peace"})
    assert not judged("england_wales", None, english, *READY)["lawful"]
    assert judged("england_wales", None, english, *READY, violent(30))["lawful"]


@pytest.mark.parametrize(
    ("day", "lawful", "gap"),
    [("2023-06-14", False, False), ("2023-06-15", True, True), ("2025-05-02", True, True),
     ("2025-05-03", False, False), (None, False, False)],
)  # fmt: skip
def test_what_serious_disruption_means_depends_on_the_day(day: str | None, lawful: bool, gap: bool) -> None:
    scene = (*READY, talked(), blocked(20))
    assert {"lawful": lawful, "meets": False, "gap": gap} == judged("england_wales", day, ORDER, *scene)


def test_a_citation_changes_with_the_law() -> None:
    before, after = (
        {rule.id: rule.cite.instrument.en for rule in pack("prc").on(day)} for day in ("2025-12-31", "2026-01-01")
    )
    assert "2012" in before["prc.facts"]
    assert "2025" in after["prc.facts"]


def test_the_power_named_has_to_cover_what_is_done() -> None:
    tow = Order(response="tow_vehicle", parameters={**NOTED, "power": "public_order"}, reason="a lane for ambulances")
    run = opened()
    failures = judge(run.world, under("england_wales", None), tow, *CAME)
    assert {"ew.power", "un.power_fits"} == {f.rule for f in failures if f.requirement == "power_fits"}


def test_every_power_covers_something_that_is_on_offer() -> None:
    for name in NAMES:
        for power in pack(name).powers:
            assert any(power.allows(response) for response in responses()[0].values()), (name, power.id)


# ---- the test before anybody is told to go


def test_a_dispersal_order_that_lacks_everything_is_told_everything_with_its_citation() -> None:
    run = opened()
    together(talked(0, 0, met=False))(run.world)
    bare = Order(response="dispersal_order", parameters={"minutes": 0, "observers": "leave", "commander": "unnamed"})
    failures = judge(run.world, under(FLOOR, None), bare, *CAME)
    missing = {f.requirement for f in failures}
    assert {
        "reason_logged", "power_named", "warned", "time_given", "authority", "lesser_means_tried", "recording",
        "aim_noted", "facts_noted", "lesser_noted", "harm_weighed", "grave_reason", "listened_first", "decider_met",
        "talks_given_time", "time_realistic", "transport_ready", "observers_may_stay", "commander_named",
    } == missing  # fmt: skip
    assert all(f.citation.instrument.en and f.citation.status and f.why.english() and f.remedy for f in failures)


def test_with_the_whole_test_passed_a_dispersal_order_is_lawful_under_every_pack() -> None:
    scene = (*READY, talked(), blocked(61))
    for name in NAMES:
        assert {"lawful": True, "meets": True, "gap": False} == judged(name, None, ORDER, *scene), name


@pytest.mark.parametrize("response", ["repeat_order", "final_warning", "carry_away", "walking_line"])
def test_every_rung_of_the_ladder_can_be_lawful(response: str) -> None:
    order = replace(ORDER, response=response, parameters={**ORDER.parameters, "power": "life_and_safety"})
    ready = (warned(20), *READY[1:], talked(), blocked(61))
    assert {"lawful": True, "meets": True, "gap": False} == judged(FLOOR, None, order, *ready)


def test_one_missing_thing_of_a_rule_hides_no_other() -> None:
    run = opened()
    found = [
        f.requirement
        for f in judge(run.world, under(FLOOR, None), Order(response="walking_line"), *CAME)
        if f.rule == "un.line_force"
    ]
    assert ["authority", "recording"] == found


def test_a_remedy_names_responses_that_are_on_offer() -> None:
    run = opened()
    failures = judge(run.world, under(FLOOR, None), Order(response="walking_line"), *CAME)
    steps = {f.requirement: f.steps for f in failures}
    assert ("record_and_identify",) == steps["recording"]
    assert ("strategic_approval",) == steps["authority"]


# ---- the note


def test_a_reason_of_many_words_does_not_stand_for_a_fact() -> None:
    run = opened()
    words = "because it is necessary and proportionate and in the public interest and everybody agrees " * 3
    order = Order(response="walking_line", reason=words)
    assert "reason_logged" in {f.requirement for f in judge(run.world, under(FLOOR, None), order, *CAME)}
    noted = replace(order, parameters={"grounds": SEEN}, reason="")
    assert "reason_logged" not in {f.requirement for f in judge(run.world, under(FLOOR, None), noted, *CAME)}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"grounds": "message:123456"}, "no such fact has reached the post: message:123456"),
        ({"lesser": "first_contact"}, "this was not tried: first_contact"),
        ({"grounds": f"{HEARSAY}+{SEEN}"}, "grounds lists each id once, in the order of the alphabet"),
        ({"aim": "because"}, "because is no choice for aim"),
    ],
)
def test_a_note_of_things_that_are_not_there_cannot_be_sent(given: dict[str, str], says: str) -> None:
    ruling = opened().preview(Order(response="walking_line", parameters=given))
    assert any(reason.english().startswith(says) for reason in ruling.reasons)


def test_a_fact_nobody_checked_is_flagged_and_alone_is_not_enough() -> None:
    run = opened()
    both = Order(response="visible_unit", parameters={**NOTED, "grounds": f"{SEEN}+{HEARSAY}"}, reason="they attack")
    together(tried(*TALKS))(run.world)
    ruling = run.preview(both)
    assert f"Nobody has checked {HEARSAY}." in [thought.english() for thought in ruling.advice] or ruling.reasons
    alone = run.preview(replace(both, parameters={**NOTED, "grounds": HEARSAY}))
    assert "facts_checked" in {f.requirement for f in alone.failures}
    assert "facts_checked" not in {f.requirement for f in ruling.failures}


def test_every_coercive_response_carries_the_note_and_no_other_does() -> None:
    for response in responses()[0].values():
        assert response.coercive == (response.parameter("grounds") is not None), response.id


def test_a_pack_needs_no_list_of_its_own_rules_elsewhere() -> None:
    assert all(isinstance(pack(name), Pack) for name in NAMES)
    assert {"un_baseline", "england_wales", "prc"} <= set(NAMES)

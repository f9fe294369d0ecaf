"""What works unseen (verifying, planning, alerting, reserves) changes what a commander knows, has or can order.

Found by listing: every response of information or command, and every one that keeps a reserve in its yard.
"""

from dataclasses import replace
from typing import Any

import pytest

from sim.effects import Number
from sim.exercise.exercise import Exercise
from sim.scenario.scenario import Playbook
from sim.storage.library import load_playbook, responses, scenarios
from sim.world.observation import Observation
from sim.world.order import HOLD, Order, Value
from tests.effects.stage import MORE_UNITS, happens
from tests.small import small_data, small_playbook

CATALOGUE = responses()[0]
NO_WORK = (HOLD, "refuse_order")
"""Waiting changes nothing, and to refuse is an answer: what it changes is what the superior does."""
UNSEEN = sorted(
    name
    for name, response in CATALOGUE.items()
    if name not in NO_WORK
    and (response.group in {"information", "command"} or response.target.default == "reserve_yard")
)
AFTER_MIN = 36
"""The longest of them, a request for mutual aid, takes half an hour."""
GIVEN: dict[str, dict[str, Value]] = {"risk_estimate": {"percent": 80}}
LATE = {"MED-1", "GOV-1", "PAT-2", "GOV-2", "POU-3"}
"""Units that come late unless somebody does something about it."""


def playbook(tested: str) -> Playbook:
    """The small incident; what is tested needs nothing and is ready at once, all the rest needs what it needs."""
    yard = {"id": "reserve_yard", "name": "yard", "area": {"rect": [106, 60, 112, 66]}}
    site = small_data()["site"] | {"places": [*small_data()["site"]["places"], yard]}
    units = [
        unit | ({"arrives_min": 90} if unit["id"] in LATE else {}) for unit in (*small_data()["units"], *MORE_UNITS)
    ]
    signal = {"do": "hearsay", "claim": "chains", "truth": "true", "en": "Chains", "zh": "铁链"}
    few = [small_data()["groups"][0] | {"people": 12}]
    made = small_playbook(
        minutes=[0, 120], units=units, site=site, groups=few, risk_minutes=[1], injects=[happens(signal)]
    )
    ready = made.responses[tested].model_copy(update={"needs": (), "setup_min": Number(assumed=0)})
    return replace(made, responses={**made.responses, tested: ready})


def known(seen: Observation) -> dict[str, Any]:
    """What is known, apart from messages and the record of the order itself."""
    return {
        "claims": [(c.id, c.verdict, c.checking, [(s.says, s.asking) for s in c.sources]) for c in seen.claims],
        "desk": seen.desk,
        "demands": seen.demands_heard,
        "exits": [(way.width_m, way.hazard) for way in seen.exits],
        "mandates": [unit.may_decide for unit in seen.units],
    }


def had(seen: Observation) -> dict[str, Any]:
    """Who is here or will be, and where."""
    return {u.id: (u.eta_s, round(u.x), round(u.y), u.activity) for u in seen.units}


def can_order(run: Exercise) -> dict[str, Any]:
    """What can be ordered, and by which rules it cannot."""
    found = {}
    for option in run.options():
        ruling = run.preview(Order(response=option.response.id, reason="so that it can be seen"))
        found[option.response.id] = (option.open, [failure.rule for failure in ruling.failures])
    return found


@pytest.mark.parametrize("name", UNSEEN)
def test_what_works_unseen_changes_what_the_commander_knows_has_or_can_order(name: str) -> None:
    before = Exercise(playbook(name), 1, sealed=False)
    before.run_until(700)
    if name == "stand_down":
        assert before.order(Order(response="soft_patrol", units=("PAT-1",))).accepted
    run = before.fork()
    ruling = run.order(Order(response=name, reason="so that it can be seen", parameters=GIVEN.get(name, {})))
    assert ruling.accepted, [why.english() for why in ruling.reasons]
    tick = run.tick_now + AFTER_MIN * 600
    if name == "reserves_out_of_sight":
        tick = run.tick_now + 3 * 600
    run.run_until(tick)
    before.run_until(tick)
    busy = set(run.world.activities[ruling.activity - 1].units)
    changed = {
        "knows": known(before.observe()) != known(run.observe()),
        "has": any(
            value != had(before.observe())[unit]
            for unit, value in had(run.observe()).items()
            if unit not in busy or name == "reserves_out_of_sight"
        ),
        "can order": can_order(before) != can_order(run),
    }
    assert any(changed.values())
    told = [len(each.observe().messages) for each in (before, run)]
    assert told[0] < told[1] or changed["has"], "nobody is told of it"


def test_every_unseen_response_is_offered_in_a_scenario_that_ships() -> None:
    offered: set[str] = set()
    for name in scenarios():
        made = load_playbook(name)
        offered |= set(made.scenario.responses or made.responses)
    assert [] == sorted(set(UNSEEN) - offered)


def test_early_warning_takes_names_of_nobody() -> None:
    asks = [r for r in CATALOGUE.values() if r.parameter("collect") is not None]
    assert {"call_contact", "rumour_desk", "verify_signal"} <= {response.id for response in asks}
    for response in asks:
        parameter = response.parameter("collect")
        assert parameter is not None
        assert "none" == parameter.default
        assert "L9" in response.checks

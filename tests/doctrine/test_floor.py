"""The floor holds: whatever the pack, the state and the order, nothing that fails it is ever open as lawful."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as draw

from sim.exercise.exercise import Exercise
from sim.storage.library import responses
from sim.world.order import Order, Ruling
from tests.doctrine.scenes import PAIRS, opened, under

RESPONSES = sorted(responses()[0])
DEMANDS = sorted(PAIRS)
PACKS = ("england_wales", "prc", "un_baseline")


def ruled(
    response: str, pack: str, met: frozenset[str], *, mark: bool, go_ahead: bool
) -> tuple[Exercise, Order, Ruling]:
    """The ruling on an order in a state in which these demands are met and all others are not."""
    run = opened()
    playbook = under(pack, None)
    law = playbook.scenario.doctrine.model_copy(update={"unlawful_orders": "mark" if mark else "refuse"})
    run.playbook = replace(playbook, scenario=playbook.scenario.model_copy(update={"doctrine": law}))
    given_by: dict[str, object] = {}
    known = {p.name for p in responses()[0][response].parameters}
    for name in DEMANDS:
        pair = PAIRS[name]
        (pair.met if name in met else pair.broken)(run.world)
        parameters = pair.met_by if name in met else pair.broken_by
        given_by |= {key: value for key, value in parameters.items() if key in known}
    order = Order(response=response, parameters=given_by, reason="as it is written", go_ahead=go_ahead)  # type: ignore[arg-type]
    return run, order, run.preview(order)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    response=draw.sampled_from(RESPONSES),
    pack=draw.sampled_from(PACKS),
    met=draw.frozensets(draw.sampled_from(DEMANDS)),
    mark=draw.booleans(),
    go_ahead=draw.booleans(),
)
def test_no_order_that_fails_the_floor_is_open_as_lawful(
    response: str, pack: str, met: frozenset[str], mark: bool, go_ahead: bool
) -> None:
    run, order, ruling = ruled(response, pack, met, mark=mark, go_ahead=go_ahead)
    assert ruling.meets_baseline == (not any(f.baseline for f in ruling.failures))
    assert ruling.lawful_domestic == (not any(f.domestic for f in ruling.failures))
    if ruling.failures:
        assert not ruling.accepted or (ruling.marked and mark and go_ahead)
    if not mark:
        assert not (ruling.accepted and ruling.failures)
    for gap in ruling.gaps:
        assert not ruling.meets_baseline
        assert set(gap.against) <= {f.rule for f in ruling.failures if f.baseline}
    assert ruling == run.preview(order)


def test_every_missing_demand_is_in_the_ruling_and_none_that_is_met() -> None:
    floor = under("un_baseline", None).floor
    for response in RESPONSES:
        rules = [rule for rule in floor.rules if rule.concerns(responses()[0][response])]
        asked = {name for rule in rules for name in rule.require}
        _, _, nothing = ruled(response, "un_baseline", frozenset(), mark=False, go_ahead=False)
        named = {f.requirement for f in nothing.failures}
        # A scene that breaks one demand can meet another: what is left are those of which no scene does.
        assert named <= asked, response
        if "authority" in asked:
            assert "authority" in named, response
        if "recording" in asked:
            assert "recording" in named, response

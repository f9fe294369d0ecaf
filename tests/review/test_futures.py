"""Two futures of one decision: one trial carried on twice, where it parts most, and what people there saw."""

from sim.exercise.exercise import Exercise
from sim.review import Alternative, Moment
from sim.review.estimate import Estimate
from sim.review.futures import Futures, Wanted, look_back
from sim.world.order import Order
from tests.small import small_exercise

NONE = Estimate(0.0, 0.0, 0.0, 0)


def moment(order: Order, tick: int) -> Moment:
    """That decision with waiting beside it."""
    alternatives = tuple(
        Alternative(
            order=each, source="open", lawful=True, own=NONE, doctrine=NONE, against_own=NONE, against_doctrine=NONE,
            stopped="", gates=0.0, clairvoyant=None, curve=(),
        )
        for each in (order, None)
    )  # fmt: skip
    return Moment(
        number=1, tick=tick, minute=tick / 600.0, order=order, call="", verdict="sound", alternatives=alternatives,
        best=0, regret_own=NONE, regret_doctrine=NONE, clairvoyant_regret=None, trials=2, settled=True, why=(),
        reproduces=True,
    )  # fmt: skip


def carried_on_twice() -> tuple[Exercise, Moment, Futures]:
    """A run in which people were held on a square, that decision, and its two futures five minutes later."""
    run = small_exercise(3)
    run.run_until(300)
    order = Order(response="containment", target="square", reason="hold them", go_ahead=True)
    assert run.order(order).accepted
    run.run_until(3600)
    run.stop()
    held = moment(order, 300)
    _, found = look_back(run.playbook, run.seed, list(run.journal), moments={1: held}, wishes=[Wanted(1, 1, 5)])
    return run, held, found[1]


def test_it_says_where_two_futures_part_and_what_people_there_saw() -> None:
    _, _, pair = carried_on_twice()
    assert "square" == pair.place
    assert pair.loud[0] != pair.loud[1]
    for view in pair.saw:
        assert view is not None
        assert "place:square" == view.whom
        assert view.people

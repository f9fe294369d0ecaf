"""A note written before the run names a message by what it is about; the order carries the number it has then."""

from sim.world.message import About
from sim.world.order import Order
from tests.doctrine.scenes import HEARSAY, NOTED, SEEN, opened, told

ORDER = Order(response="arrest_offender", target="square", reason="they attack")


def named(grounds: str, *more: tuple[str, str]) -> str:
    """The facts the order carries when its note names these; `more` are further messages with their grades."""
    run = opened()
    for name, grade in more:
        told(name, grade)(run.world)
    order = Order(response=ORDER.response, target="square", parameters={**NOTED, "grounds": grounds}, reason="x y")
    run.order(order)
    (entry,) = run.journal.of("order")
    given = entry.data["order"]["parameters"]  # type: ignore[index, call-overload]
    return str(given["grounds"])


def test_a_message_is_named_by_what_it_is_about_and_one_our_own_people_saw_goes_first() -> None:
    assert SEEN == named(f"message:{About.THREAT}")
    assert "message:9003" == named("message:threat", ("message:9003", "A"))
    assert SEEN == named("message:threat", ("message:9003", "D"))


def test_it_is_named_by_whom_it_comes_from() -> None:
    assert named("message:PAT-1") in {SEEN, HEARSAY}


def test_what_has_a_number_stays_and_what_nothing_fits_is_refused_by_its_words() -> None:
    assert HEARSAY == named(HEARSAY)
    run = opened()
    order = Order(response="arrest_offender", parameters={**NOTED, "grounds": "message:casualty"}, reason="x y")
    ruling = run.preview(order)
    assert "no such fact has reached the post: message:casualty" in {each.english() for each in ruling.reasons}

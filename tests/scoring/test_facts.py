"""Facts: a scenario's names and first minute reach the card."""

from sim.core.phrase import LText
from sim.scoring import facts_of
from tests.small import small_playbook


def test_everything_a_line_may_mention_has_its_name() -> None:
    facts = facts_of(small_playbook())
    assert ("small", 0.0, False) == (facts.scenario, facts.start_min, facts.aftermath)
    assert LText("to be heard", "有人听") == facts.names["heard"]
    assert LText("a death", "有人死亡") == facts.names["death"]
    assert {"square", "first_contact"} <= facts.names.keys()


def test_the_truth_of_rumours_comes_from_the_scenario() -> None:
    assert {"death": False} == facts_of(small_playbook()).rumours


def test_somebody_can_be_called_where_a_response_on_offer_calls_who_is_not_there_from_the_start() -> None:
    early = [{"id": "GOV-1", "code": "GOV", "strength": 2, "arrives_min": 0, "at": "corner", "mandate": True}]
    late = [early[0] | {"arrives_min": 20}]

    def could_call(units: list[dict[str, object]], *offered: str) -> bool:
        return facts_of(small_playbook(units=units, responses=["first_contact", *offered])).could_call

    assert could_call(late, "department_huddle")
    assert not could_call(late)
    assert not could_call(early, "department_huddle")


def test_the_days_after_are_said_to_be_played_by_whoever_played_them() -> None:
    assert facts_of(small_playbook(), aftermath=True).aftermath


def test_an_inject_is_known_by_the_first_sentence_of_its_message() -> None:
    inject = {
        "id": "call", "minute": 1, "channel": "radio", "about": "report", "truth": "true", "place": "square",
        "text": {"en": "A fight has begun. Two are hurt.", "zh": "有人打起来了。两人受伤。"},
    }  # fmt: skip
    facts = facts_of(small_playbook(injects=[inject]))
    assert LText("A fight has begun", "有人打起来了") == facts.names["call"]

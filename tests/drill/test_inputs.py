import pytest

from sim.drill.inputs import PHASES, ROLES, RULES, TEXT, permitted, well_formed
from sim.drill.refused import Refused
from sim.drill.roles import SEATS


def test_every_cell_of_kind_role_and_phase_is_either_permitted_or_refused_with_its_reason() -> None:
    seen = {"yes": 0, "not-yours": 0, "not-now": 0}
    for kind, rule in RULES.items():
        for role in ROLES:
            for phase in PHASES:
                expected = "not-yours" if role not in rule.roles else "not-now" if phase not in rule.phases else "yes"
                try:
                    permitted(kind, role, phase)
                    got = "yes"
                except Refused as refused:
                    got = refused.code
                assert expected == got, (kind, role, phase)
                seen[got] += 1
    assert len(RULES) * len(ROLES) * len(PHASES) == sum(seen.values())


def test_the_screen_of_the_room_may_do_nothing_and_no_seat_controls() -> None:
    assert [] == [kind for kind, rule in RULES.items() if "screen" in rule.roles]
    control = {"sit", "stand", "start", "pause", "resume", "end", "inject", "edit", "add", "nudge"}
    assert [] == [kind for kind in control if set(RULES[kind].roles) & set(SEATS)]


ORDER = {"response": "hold"}
WRONG: list[tuple[object, dict[str, object]]] = [
    (None, {}),
    ("fly", {}),
    (["second"], {"proposal": 1}),
    ("second", {}),
    ("second", {"proposal": "1"}),
    ("second", {"proposal": True}),
    ("second", {"proposal": 1.0}),
    ("second", {"proposal": 10**9}),
    ("second", {"proposal": 1, "seat": "commander"}),
    ("vote", {"proposal": 1, "for": 1}),
    ("say", {"to": "all", "text": "x" * (TEXT + 1)}),
    ("say", {"to": "all", "text": "\u202egone"}),
    ("nudge", {"group": "g", "quantity": "anger", "by": float("nan")}),
    ("nudge", {"group": "g", "quantity": "anger", "by": float("inf")}),
    ("propose", {"order": {}}),
    ("propose", {"order": []}),
    ("propose", {"order": {**ORDER, "seat": "commander"}}),
    ("propose", {"order": {**ORDER, "units": "PAT-1"}}),
    ("propose", {"order": {**ORDER, "units": [1]}}),
    ("propose", {"order": {**ORDER, "parameters": {"a": {}}}}),
    ("propose", {"order": {**ORDER, "parameters": {str(k): 1 for k in range(99)}}}),
    ("propose", {"order": {**ORDER, "go_ahead": "yes"}}),
]


@pytest.mark.parametrize(("kind", "data"), WRONG)
def test_what_is_no_message_of_the_protocol_is_refused(kind: object, data: dict[str, object]) -> None:
    with pytest.raises(Refused):
        well_formed(kind, data)


def test_a_refusal_names_the_field() -> None:
    for data, field in (
        ({"proposal": 1}, "for"),
        ({"proposal": 1, "for": True, "x": 1}, "x"),
        ({"proposal": 1.0, "for": True}, "proposal"),
    ):
        with pytest.raises(Refused) as found:
            well_formed("vote", data)
        assert field == found.value.about
    with pytest.raises(Refused) as found:
        well_formed("propose", {"order": {**ORDER, "parameters": {"tone": []}}})
    assert "order.parameters.tone" == found.value.about


def test_a_delay_says_by_how_much_and_firing_needs_no_minutes() -> None:
    for minutes, code in (({}, "bad-message"), ({"minutes": 0.0}, "no-such")):
        with pytest.raises(Refused) as found:
            well_formed("inject", {"inject": "later", "do": "delay", **minutes})
        assert (code, "minutes") == (found.value.code, found.value.about)
    assert -1.0 == well_formed("inject", {"inject": "later", "do": "delay", "minutes": -1})["minutes"]
    assert "fire" == well_formed("inject", {"inject": "later", "do": "fire"})["do"]


@pytest.mark.parametrize("text", ["先\u3000核实", "a\u00a0b", "👩\u200d🚒", "line\nfeed"])
def test_what_keyboards_of_phones_make_may_be_sent(text: str) -> None:
    assert text == well_formed("say", {"to": "all", "text": text})["text"]


@pytest.mark.parametrize("text", ["\u2066x", "a\x00", "a\tb", "\u2028", "\ufeff", "\ud800", "\u200b"])
def test_signs_that_cannot_be_seen_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        well_formed("say", {"to": "all", "text": text})


def test_an_order_is_filled_up_with_what_was_left_out() -> None:
    assert "" == well_formed("propose", {"order": ORDER})["order"]["target"]  # type: ignore[index]

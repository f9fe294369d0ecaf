"""Order files: what somebody wrote by hand becomes orders, or every mistake in it is named at its line."""

from pathlib import Path

import pytest

from sim.core.errors import BadInput
from sim.storage.orders import TimedOrder, read_orders
from tests.small import small_playbook

PLAYBOOK = small_playbook()


def orders(folder: Path, text: str) -> tuple[TimedOrder, ...]:
    """The orders of a file with this text."""
    path = folder / "orders.yaml"
    path.write_text(text, encoding="utf-8")
    return read_orders(path, PLAYBOOK)


def test_orders_are_given_in_order_of_time_whatever_their_order_in_the_file(tmp_path: Path) -> None:
    found = orders(
        tmp_path,
        """
- {at: "03:00", response: first_contact, target: square, units: [LIA-1], tone: warm, reason: begin to talk}
- {at: "00:30", response: holding_statement}
""",
    )
    assert [300, 1800] == [each.tick for each in found]
    late = found[1].order
    assert ("first_contact", "square", ("LIA-1",), {"tone": "warm"}, "begin to talk", False) == (
        late.response, late.target, late.units, dict(late.parameters), late.reason, late.go_ahead
    )  # fmt: skip


def test_going_ahead_with_an_unlawful_order_has_to_be_written_out(tmp_path: Path) -> None:
    (order,) = orders(tmp_path, '- {at: "01:00", response: containment, go_ahead: true}\n')
    assert order.order.go_ahead


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ("- hello", "not-an-order", "first_contact"),
        ('- {response: first_contact}', "missing", "02:30"),
        ('- {at: "01:00"}', "missing", "response"),
        ('- {at: "soon", response: first_contact}', "bad-clock", "08:30"),
        ('- {at: "-01:00", response: first_contact}', "too-early", "0:00"),
        ('- {at: "01:00", response: first_contact, go_ahead: yes}', "wrong-type", "true or false"),
        ('- {at: "01:00", response: first_contact, reason: first, as nobody spoke}', "comma", "quotes"),
        ('- {at: "01:00", response: first_contakt}', "unknown-response", "first_contact"),
        ('- {at: "01:00", response: first_contact, tonne: warm}', "unknown-key", "tone"),
        ('- {at: "01:00", response: first_contact, units: LIA-1}', "not-a-list", "[LIA-1]"),
        ('- {at: "01:00", response: first_contact, target: [people]}', "wrong-type", "+"),
        ('- {at: "01:00", response: first_contact, target: people}', "unknown-target", "crowd"),
        ('- {at: "01:00", response: first_contact, units: [LIA-7]}', "unknown-unit", "LIA-1"),
        ('- {at: "01:00", response: written_commitment, due_days: 7}', "says-nothing", "demand: heard"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_at_its_line(tmp_path: Path, line: str, code: str, hint: str) -> None:
    with pytest.raises(BadInput) as bad:
        orders(tmp_path, f'- {{at: "00:10", response: hold}}\n{line}\n')
    fault = bad.value.faults[0]
    assert code == fault.code
    assert 2 == fault.line
    assert hint in (fault.hint.english() if fault.hint else "")


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as bad:
        orders(tmp_path, '- hello\n- {at: "soon", response: nothing_like_it}\n')
    assert ["not-an-order", "bad-clock", "unknown-response"] == [fault.code for fault in bad.value.faults]


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as bad:
        orders(tmp_path, "at: 1\n")
    assert "not-a-list" == bad.value.faults[0].code

"""Every number about people stands with its unit, its source and the range it may be doubted in."""

from dataclasses import dataclass, fields, replace

import pytest

from sim.crowd.cast import Drawing
from sim.crowd.parameters import Acting, Feeling, Parameters, Perceiving
from sim.crowd.quantity import quantities, quantity
from sim.crowd.walking import Walking

NUMBERS = (Acting, Drawing, Feeling, Perceiving, Walking)


@pytest.mark.parametrize("kind", NUMBERS)
def test_every_number_says_where_it_comes_from(kind: type) -> None:
    listed = quantities(kind)
    assert [f.name for f in fields(kind) if f.name != "law"] == [q.name for q in listed], "a law is no number"
    for q in listed:
        assert q.low <= q.value <= q.high
        assert q.low < q.high
        assert q.source.strip()
        assert q.unit.strip()
        assert q.status in {"sourced", "assumed", "fitted"}


def test_a_changed_number_is_listed_as_changed() -> None:
    (changed,) = [q for q in quantities(replace(Feeling(), contagion=0.1)) if q.name == "contagion"]
    assert 0.1 == changed.value


@pytest.mark.parametrize("kind", [Acting, Feeling, Perceiving, Walking])
def test_kernels_read_the_numbers_in_use(kind: type) -> None:
    first = fields(kind)[0].name
    changed = replace(kind(), **{first: 0.123})
    assert 0.123 == changed.table[0][first]
    assert kind().table[0][first] != 0.123
    assert {f.name for f in fields(kind)} == set(changed.table.dtype.names)
    assert kind().table.dtype is changed.table.dtype, "equal kinds would be compared name by name at every call"


def test_parameters_hold_the_defaults_of_each_part() -> None:
    assert (Perceiving(), Feeling(), Acting()) == (Parameters().perceiving, Parameters().feeling, Parameters().acting)


@pytest.mark.parametrize("bad", [{"default": 2.0}, {"default": -1.0}, {"unit": ""}, {"source": ""}])
def test_a_number_outside_its_range_or_without_unit_or_source_is_refused(bad: dict[str, object]) -> None:
    good: dict[str, object] = {
        "default": 0.5, "unit": "m", "status": "assumed", "source": "a guess", "low": 0.0, "high": 1.0,
    }  # fmt: skip
    quantity(**good)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"\d"):
        quantity(**(good | bad))  # type: ignore[arg-type]


def test_fields_that_are_no_quantity_are_passed_over() -> None:
    @dataclass
    class Mixed:
        name: str = "x"
        size_m: float = quantity(1.0, unit="m", status="assumed", source="a guess", low=0.0, high=2.0)

    assert ["size_m"] == [q.name for q in quantities(Mixed)]

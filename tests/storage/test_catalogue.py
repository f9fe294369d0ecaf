"""The table of responses says of each of them who, how long and after what, in both languages."""

import pytest

from sim.core.phrase import Language
from sim.storage.catalogue import catalogue_lines
from sim.storage.language import speech
from sim.storage.library import responses


def rows(language: Language) -> dict[str, list[str]]:
    """The cells of each row, by id without its marks."""
    lines = [line for line in catalogue_lines(speech(language)) if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return {each[1].split()[0].strip("`"): each for each in cells if "`" in each[1]}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_response_stands_in_the_table_once(language: Language) -> None:
    assert set(responses()[0]) == set(rows(language))


KINDS = {"EW": 7, "NG": 9, "FA": 7, "PS": 6, "LX": 4, "PD": 7, "CT": 6, "DS": 7, "TE": 5, "CA": 8}
"""The catalogue the responses follow: sixty-six kinds of act by what they are for, numbered from 1."""


def test_each_of_the_sixty_six_acts_of_the_catalogue_is_a_response_and_no_two_carry_one_code() -> None:
    codes = [response.catalogue for response in responses()[0].values()]
    wanted = {f"{kind}{number}" for kind, most in KINDS.items() for number in range(1, most + 1)}
    assert 66 == len(wanted)
    assert set() == wanted - set(codes)
    assert len(set(codes)) == len(codes)


def test_a_row_says_time_units_and_what_comes_before() -> None:
    found = rows("en")
    assert ["NG4", "15 + 30", "LIA/NEG + GOV", "`choose_representatives`; GOV on scene"] == [
        found["seat_representatives"][k] for k in (0, 3, 4, 5)
    ]
    assert "`seat_representatives` with a GOV that has a mandate" == found["written_commitment"][5]
    assert "only once" == found["department_huddle"][5]
    assert "P6" == found["hot_debrief"][6]


def test_force_and_what_is_offered_only_by_name_are_marked() -> None:
    lines = "\n".join(catalogue_lines(speech("en")))
    assert "`containment` ⚖" in lines
    assert "`reception_hall` ☆" in lines
    assert "`first_contact` |" in lines


def test_what_an_order_is_aimed_at_and_its_parameters_can_be_looked_up() -> None:
    found = rows("en")
    assert ["a place", "`demand`, `rung`, `due_days`"] == found["written_commitment"][7:9]
    assert "a claim that was heard" == found["verify_signal"][7]
    lines = list(catalogue_lines(speech("en")))
    assert any(line.startswith("| `due_days` |") and "| 0 to 60 | `7` |" in line for line in lines)
    asked = {parameter.name for response in responses()[0].values() for parameter in response.parameters}
    assert asked == {line.split("`")[1] for line in lines[lines.index("### Parameters of orders") :] if "| `" in line}

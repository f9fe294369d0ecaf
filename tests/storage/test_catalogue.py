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

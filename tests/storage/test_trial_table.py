"""Tables of trials: a sweep that was cut short goes on, and what it comes to is the same as in one go."""

from pathlib import Path

import pytest

from sim.core.errors import BadInput
from sim.storage.trial_table import TrialTable

ARMS, MEASURES = ("waiting", "talking"), ("trust",)


def seed(number: int) -> list[tuple[int, str, int, tuple[float, ...], str]]:
    """Both arms of a seed."""
    return [(number, arm, 0, (0.1 * number,), "abc") for arm in ARMS]


def table(path: Path, plan: str = "p") -> TrialTable:
    """The table there, or a new one."""
    return TrialTable(path, plan, ARMS, MEASURES)


def test_a_table_is_the_same_in_whatever_order_its_seeds_came(tmp_path: Path) -> None:
    for name, order in (("a.csv", (1, 2, 3)), ("b.csv", (3, 1, 2))):
        made = table(tmp_path / name)
        for number in order:
            made.add(seed(number))
        made.close()
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_what_was_written_is_found_again(tmp_path: Path) -> None:
    table(tmp_path / "a.csv").add(seed(4))
    again = table(tmp_path / "a.csv")
    assert {4} == again.seeds
    assert seed(4) == again.rows


@pytest.mark.parametrize("cut", [1, 5, 12, 20])
def test_a_seed_that_was_cut_off_in_the_middle_is_run_again(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.csv"
    made = table(path)
    made.add(seed(1))
    made.add(seed(2))
    path.write_bytes(path.read_bytes()[:-cut])
    assert {1} == table(path).seeds


def test_a_table_of_another_plan_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    table(path).add(seed(1))
    before = path.read_bytes()
    with pytest.raises(BadInput, match="another plan"):
        table(path, "other")
    assert before == path.read_bytes()


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="cannot be used"):
        table(path)

"""A file in an older version is written in the newest one, and nothing else about it changes."""

from pathlib import Path

import pytest
import yaml

from sim.core.errors import BadInput
from sim.scenario.scenario import Scenario
from sim.storage.library import check_file, read_model, scenario_folder
from sim.storage.migration import migrate, write_migrated
from sim.storage.watch import saves
from tests.small import small_data

OLD = """\
# A comment at the top.
schema: 1   # the version
id: small
rumours:
  # One that is false.
  - {id: a, 'true': false, claim: "true: it is 'true'"}
  - id: b
    "true": true   # quoted the other way
    claim: {en: x, zh: 甲}
truth: 'true'
"""


def test_keys_change_their_names_and_comments_order_and_layout_stay() -> None:
    found = migrate(OLD.encode(), "x.yaml")
    expected = OLD.replace("schema: 1 ", "schema: 2 ").replace("'true': false", "is_true: false")
    assert expected.replace('"true": true', "is_true: true") == found.after
    assert (1, 2, 1) == (found.since, found.now, len(found.steps))
    assert OLD == found.before


def test_the_difference_shows_what_changes_and_no_more() -> None:
    told = migrate(OLD.encode(), "x.yaml").difference.splitlines()
    assert 3 == sum(line.startswith("+") and not line.startswith("+++") for line in told)
    assert 3 == sum(line.startswith("-") and not line.startswith("---") for line in told)


@pytest.mark.parametrize(("mark", "ends"), [("\ufeff", "\r\n"), ("", "\r\n"), ("\ufeff", "\n")])
def test_line_ends_and_a_byte_order_mark_stay(mark: str, ends: str) -> None:
    source = (mark + OLD.replace("\n", ends)).encode()
    plain = migrate(OLD.encode(), "x.yaml").after
    assert mark + plain.replace("\n", ends) == migrate(source, "x.yaml").after


def test_a_file_in_the_newest_version_stays_as_it_is() -> None:
    after = migrate(OLD.encode(), "x.yaml").after
    again = migrate(after.encode(), "x.yaml")
    assert not again.changed
    assert after == again.after


@pytest.mark.parametrize("path", sorted(scenario_folder().glob("*.yaml")), ids=lambda path: path.stem)
def test_what_is_shipped_is_in_the_newest_version(path: Path) -> None:
    assert not migrate(path.read_bytes(), str(path)).changed


def test_a_version_nobody_knows_is_refused_at_its_line() -> None:
    with pytest.raises(BadInput) as caught:
        migrate(OLD.replace("schema: 1", "schema: 9").encode(), "x.yaml")
    (fault,) = caught.value.faults
    assert (2, 9, "unknown-version") == (fault.line, fault.column, fault.code)
    assert fault.hint is not None


def test_an_old_file_is_still_read_and_says_the_same_once_it_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(yaml.safe_dump(small_data(), allow_unicode=True), encoding="utf-8")
    before = read_model(path, Scenario)[0]
    write_migrated(path, migrate(path.read_bytes(), str(path)))
    after = read_model(path, Scenario)[0]
    assert before.model_copy(update={"schema_version": 2}) == after
    assert 2 == after.schema_version
    assert [] == [fault for fault in check_file(path) if fault.severity == "error"]
    assert [path] == list(tmp_path.iterdir())


def test_a_save_is_told_once_and_a_file_that_is_gone_or_back_too(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text("a", encoding="utf-8")
    told = saves([first, second], every_s=0.001)
    assert [first, second] == next(told)
    first.write_text("ab", encoding="utf-8")
    assert [first] == next(told)
    second.write_text("b", encoding="utf-8")
    assert [second] == next(told)
    first.unlink()
    assert [first] == next(told)
    told.close()

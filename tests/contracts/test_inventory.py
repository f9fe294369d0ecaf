"""The inventory: whatever is stored about anybody stands in the page about records, in both languages."""

import re
from pathlib import Path

import pytest

from sim.storage.records.tables import TABLES
from tests.squad.lounge import new_room
from tests.storage.inventory import PAGES, ROOT, listed, room_log, stored


@pytest.mark.parametrize("page", PAGES, ids=["english", "chinese"])
def test_every_field_that_is_stored_is_listed_and_none_is_listed_that_is_not(page: Path) -> None:
    said, there = listed(page), stored()
    new = {what: names - said.get(what, set()) for what, names in there.items()}
    gone = {what: names - there.get(what, set()) for what, names in said.items()}
    hint = f"say in {page.name} what is stored: python -m tests.storage.inventory writes the list"
    assert {} == {what: names for what, names in new.items() if names}, hint
    assert {} == {what: names for what, names in gone.items() if names}, hint


def test_both_pages_list_the_same_tables_with_the_same_columns() -> None:
    def tables(text: str) -> dict[str, list[str]]:
        rows = re.findall(r"^\| `([a-z]+)` \| (.+) \|$", text.split("<!-- files -->")[0], re.MULTILINE)
        return {table: re.findall(r"`(\w+)`", said) for table, said in rows if table in TABLES.tables}

    english, chinese = (tables(page.read_text(encoding="utf-8")) for page in PAGES)
    assert english == chinese
    assert 7 == len(english)


def test_a_rooms_log_begins_with_entries_that_are_listed() -> None:
    for entry in new_room(2)[1]:
        assert set(entry.data) <= room_log()[entry.kind], entry.kind


def test_nothing_is_written_to_a_log_file_or_told_to_anybody_outside() -> None:
    wrong = r"FileHandler|basicConfig|syslog|sentry|telemetry|urlopen|requests\.|httpx|http\.client|smtplib|ftplib"
    found = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "sim").rglob("*.py"))
             if re.search(wrong, path.read_text(encoding="utf-8"))]  # fmt: skip
    assert [] == found

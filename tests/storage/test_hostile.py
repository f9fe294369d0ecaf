"""Five hundred hostile names and notes: none runs a script or breaks the page, and what is shown is what was given."""

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sim.scoring import facts_of, score
from sim.seat.aside import Aside, Override
from sim.storage.journal_file import Header
from sim.storage.language import speech
from sim.storage.report import Story, snapshot_of, write_report
from sim.storage.shown import shown
from sim.world.journal import Entry
from sim.world.order import Order
from tests.small import small_data, small_exercise
from tests.storage.hostile import hostile
from tests.storage.page import Page

TEXTS = hostile()
BROWSER = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("microsoft-edge")


def evil_words(k: int) -> dict[str, str]:
    return {"en": TEXTS[k], "zh": TEXTS[k]}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page in which every text stands as a note, an order's reason, and the name of something."""
    data = small_data()
    site = data["site"]
    for k, each in enumerate([*site["solids"], *site["places"], *site["lanes"]]):
        each["name"] = evil_words(k)
    run = small_exercise(
        3,
        title=evil_words(20),
        summary=evil_words(21),
        site=site,
        groups=[{**data["groups"][0], "name": evil_words(22)}],
        demands=[{**data["demands"][0], "name": evil_words(23)}],
        rumours=[{**data["rumours"][0], "claim": evil_words(24)}],
        injects=[
            {"id": f"call_{k}", "minute": 0, "channel": "radio", "about": "report", "truth": "true", "place": "square",
             "text": evil_words(30 + k)}
            for k in range(60)
        ],
    )  # fmt: skip
    run.run_until(20)
    run.order(Order(response="first_contact", reason=TEXTS[0]))
    run.run_until(1200)
    run.stop()
    entries = list(run.journal)
    given = next(entry for entry in entries if entry.kind == "order")
    for text in TEXTS[1:]:
        order = {**given.data["order"], "reason": text}  # type: ignore[dict-item]
        entries.append(Entry(tick=given.tick, kind="order", data={**given.data, "order": order}))
    story = Story(
        playbook=run.playbook,
        header=Header("small", "digest", 3, "trainee"),
        entries=entries,
        score=score(run.journal, run.playbook.rubric, facts_of(run.playbook)),
        snapshots=[snapshot_of(run)],
        aside=Aside(
            notes=[(600 + k, text) for k, text in enumerate(TEXTS)],
            survey={"hardest": TEXTS[1], "again": TEXTS[2]},
            override=Override.of("C", "B", TEXTS[3]),
        ),
    )
    path = tmp_path_factory.mktemp("hostile") / "run.html"
    write_report(path, story, speech("en"))
    return path


@pytest.fixture(scope="module")
def read(page: Path) -> Page:
    found = Page()
    found.feed(page.read_text(encoding="utf-8"))
    return found


def test_nothing_of_it_becomes_an_element_or_an_attribute(read: Page) -> None:
    assert [] == read.open
    forbidden = {"script", "iframe", "img", "base", "link", "object", "embed", "form", "math", "audio", "video"}
    assert set() == forbidden & set(read.tags)
    assert [] == [name for name in read.attributes if name.startswith("on") or name in {"srcdoc", "xlink:href"}]
    assert all(reference.startswith("#") for reference in read.references)


def test_every_note_and_reason_is_shown_as_it_was_given(read: Page) -> None:
    pieces = set(read.pieces)
    assert [] == [text for text in TEXTS if shown(text) not in pieces and shown(text.strip()) not in pieces]


def test_every_name_is_shown_as_it_was_given(read: Page) -> None:
    text = read.text
    assert [] == [each for each in (*TEXTS[20:25], *TEXTS[30:90]) if shown(each) not in text]


def test_no_character_that_a_page_may_not_hold_reaches_it(page: Path) -> None:
    assert [] == re.findall(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", page.read_bytes().decode("utf-8"))


def test_what_has_no_look_gets_its_sign_and_nothing_is_dropped() -> None:
    assert "a␛[31m␀b␡\n\tc" == shown("a\x1b[31m\x00b\x7f\n\tc")
    assert all(len(text) == len(shown(text)) for text in TEXTS)
    assert 3.5 == shown(3.5)


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no browser that can be driven without a window")
@pytest.mark.parametrize("width", [360, 1280])
def test_a_real_browser_runs_none_of_it_and_keeps_the_page_within_its_width(
    page: Path, tmp_path: Path, width: int
) -> None:
    around = tmp_path / "around.html"
    around.write_text(
        f"<!doctype html><body style='margin:0'><iframe id=f width={width} height=900 src='{page.as_uri()}'></iframe>"
        "<script>f.onload = () => { const d = f.contentDocument;"
        " document.body.dataset.title = d.title;"
        " document.body.dataset.wide = d.documentElement.scrollWidth;"
        " document.body.dataset.scripts = d.scripts.length;"
        " const said = [...d.querySelectorAll('#own td .said')].map(e => e.textContent);"
        " document.body.dataset.said = JSON.stringify(said);"
        "}</script>",
        encoding="utf-8",
    )
    assert BROWSER is not None
    command = [BROWSER, "--headless", "--disable-gpu", "--allow-file-access-from-files", "--virtual-time-budget=4000",
               f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", around.as_uri()]  # fmt: skip
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.insert(1, "--no-sandbox")
    dumped = subprocess.run(command, capture_output=True, timeout=120, check=True).stdout.decode("utf-8")
    found = {name: html.unescape(value) for name, value in re.findall(r' data-(\w+)="([^"]*)"', dumped)}
    assert shown(TEXTS[20]).strip() == found["title"].strip()
    assert "0" == found["scripts"]
    assert int(found["wide"]) <= width
    said = json.loads(found["said"])
    assert [shown(text).split() for text in (TEXTS[1], TEXTS[2], *TEXTS)] == [each.split() for each in said]

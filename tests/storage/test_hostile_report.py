"""Five hundred hostile texts wherever a report or a sheet takes them from: shown as they are, and nothing happens."""

import asyncio
import csv
import socket
import threading
from pathlib import Path

import openpyxl
import pytest

from sim.exercise.exercise import Exercise
from sim.scoring import facts_of, score
from sim.seat.aside import Aside, Override
from sim.seat.survey import QUESTIONS
from sim.storage.journal_file import Header
from sim.storage.language import speech
from sim.storage.paper import print_page
from sim.storage.records.sheet import DANGEROUS, sheet
from sim.storage.report import Story, write_report
from sim.storage.sheet import read_sheet, write_sheet
from sim.world.order import Order
from tests.chromium import CHROMIUM
from tests.small import small_exercise
from tests.squad.payloads import payloads
from tests.storage.page import Page

FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://evil.example")', "=cmd|' /C calc'!A0"]


class Trap:
    """Listens where every payload would have a page ask, and counts who came."""

    def __init__(self) -> None:
        self.came = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        while True:
            try:
                self._socket.accept()[0].close()
            except OSError:
                return
            self.came += 1

    def close(self) -> None:
        """Waits for nobody any more."""
        self._socket.close()


def _hostile_run(texts: list[str]) -> Exercise:
    """A run whose author and whose trainee wrote nothing else: calls, groups, places, reasons."""
    injects = [
        {"id": f"call{k}", "minute": 0.05 * k, "channel": "radio", "about": "report", "truth": "true",
         "place": "square", "text": {"en": texts[2 * k], "zh": texts[2 * k + 1]}}
        for k in range(190)
    ]  # fmt: skip
    run = small_exercise(3, title={"en": texts[-1], "zh": texts[-2]}, injects=injects)
    responses = ("hold", "first_contact")
    for k, text in enumerate(texts):
        run.order(Order(response=responses[k % 2], reason=text))
    run.run_until(600)
    run.stop()
    return run


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed on this computer")
def test_a_report_shows_five_hundred_texts_in_either_language_and_on_paper_and_does_nothing(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.async_api")
    trap = Trap()
    texts = payloads(trap.host)
    run = _hostile_run(texts)
    notes = [(10 * k, text) for k, text in enumerate(texts)]
    aside = Aside(notes=notes, survey={q.id: texts[k] for k, q in enumerate(QUESTIONS) if not q.scaled}, asked=True)
    aside.override = Override.of("B", "A", texts[7])
    story = Story(
        playbook=run.playbook,
        header=Header(texts[0], "digest", 3, texts[1], drill=texts[2]),
        entries=list(run.journal),
        score=score(run.journal, run.playbook.rubric, facts_of(run.playbook)),
        aside=aside,
    )
    own = {"en": texts[0:380:2], "zh": texts[1:380:2]}
    files = {}
    for language in ("en", "zh"):
        files[language] = tmp_path / f"{language}.html"
        write_report(files[language], story, speech("zh" if language == "zh" else "en"))
        page = Page()
        page.feed(files[language].read_text(encoding="utf-8"))
        assert [] == page.open
        assert not {"script", "iframe", "object", "embed", "base", "form", "img", "audio", "video"} & set(page.tags)
        assert [] == [name for name in page.attributes if name.startswith("on")]
        assert [] == [each for each in page.references if not each.startswith("#")]
        assert [] == [text for text in [*texts, *own[language]] if text not in page.text]
    asked: list[str] = []
    wrong: list[str] = []

    async def look() -> None:
        async with playwright.async_playwright() as chromium:
            browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for file in files.values():
                page = await browser.new_page()
                page.on("request", lambda r: asked.append(r.url))
                page.on("dialog", lambda dialog: wrong.append(dialog.message))
                page.on("console", lambda m: wrong.append(m.text))
                await page.goto(file.as_uri())
                assert await page.evaluate("window.hit === undefined")
                shown = await page.evaluate("document.body.textContent")
                assert [] == [text for text in texts if text not in shown]
            await browser.close()

    asyncio.run(look())
    assert [] == wrong
    assert {file.as_uri() for file in files.values()} == set(asked)
    print_page(files["en"], tmp_path / "en.pdf")
    paper = (tmp_path / "en.pdf").read_bytes()
    acting = (b"/JavaScript", b"/Launch", b"/OpenAction", b"/URI", b"/EmbeddedFile")
    assert [] == [each for each in acting if each in paper]
    trap.close()
    assert 0 == trap.came


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_table_of_hostile_texts_comes_back_as_it_was_and_holds_no_formula(ending: str, tmp_path: Path) -> None:
    texts = [*payloads(), *FORMULAS, *(mark + text for mark in DANGEROUS for text in payloads()[::25])]
    file = tmp_path / f"table{ending}"
    write_sheet(file, [["text"], *([text] for text in texts)], [])
    back = [str(row[0]) for row in read_sheet(file).rows[1:]]
    # A carriage return is a line's end to a spreadsheet.
    assert [text.replace("\r", "\n").strip() for text in texts] == [text.replace("\r", "\n").strip() for text in back]
    if ending == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as lines:
            cells = [cell for row in csv.reader(lines) for cell in row]
        assert [] == [cell for cell in cells if cell.startswith(DANGEROUS)]
    else:
        found = openpyxl.load_workbook(file)
        kinds = {cell.data_type for page in found.worksheets for row in page.iter_rows() for cell in row}
        assert "f" not in kinds
        assert not any(cell.hyperlink for page in found.worksheets for row in page.iter_rows() for cell in row)


def test_the_records_sheet_holds_no_formula_whatever_stands_in_it() -> None:
    texts = [*payloads(), *FORMULAS, *(mark + text for mark in DANGEROUS for text in payloads())]
    made = sheet(("text",), [{"text": text} for text in texts]).decode("utf-8-sig")
    cells = [row[0] for row in csv.reader(made.splitlines(keepends=True)) if row][1:]
    assert [] == [cell for cell in cells if cell.startswith(DANGEROUS)]
    assert len(texts) == len(cells)

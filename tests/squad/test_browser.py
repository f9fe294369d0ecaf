"""A drill with real browsers: phones in two languages, a reload, a lost network and a killed server lose nothing."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sim.storage.journal_file import read_journal
from tests.chromium import CHROMIUM, visited
from tests.squad.served import ROOT, Served, free_port, write_drill

PHONE: dict[str, Any] = {"viewport": {"width": 393, "height": 852}, "is_mobile": True, "has_touch": True}
CHANGED_PLACES = """async () => {
  let did = "";
  const made = (name) => Room.el("main", "", Room.button(name, () => { did = name; }, "choice"));
  const show = (name) => Room.renew(page, [made(name)], () => {});
  const tap = () => {
    const hit = page.querySelector("button"), at = hit.getBoundingClientRect();
    hit.dispatchEvent(new MouseEvent("click", { bubbles: true, detail: 1, clientX: at.left + 9, clientY: at.top + 9 }));
    return did;
  };
  show("first");
  show("second");
  const at_once = tap();
  await new Promise((go) => setTimeout(go, 600));
  return [at_once, tap()];
}"""
"""A tap just after one button has taken the place of another, and one a while later."""
MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed on this computer")
def test_five_pages_play_a_drill_through_a_reload_a_lost_network_and_a_killed_server(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.async_api")
    drill, port = write_drill(tmp_path), free_port()
    served = [Served(tmp_path, drill, port)]
    wrong: list[str] = []

    async def story() -> None:
        async with playwright.async_playwright() as chromium:
            browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

            page = partial(visited, browser, wrong=wrong, wait_s=20.0)
            screen = await page(served[0].screen_link, locale="en-GB")
            boss = await page(served[0].boss_link, locale="en-GB")
            phones = []
            for locale in ("en-GB", "zh-CN", "en-GB"):
                phone = await page(f"http://localhost:{port}/", locale=locale, **PHONE)
                await phone.fill("input.code-in", served[0].code)
                await phone.click("button.main")
                await phone.wait_for_selector("text=/callsign|代号/")
                phones.append(phone)
            await boss.click("text=/Seat all 3/")
            await boss.click("text='Start'")
            await boss.click("text='2×'")
            commander, liaison, press = phones
            await liaison.wait_for_selector("text=谁去沟通？")

            # A reload keeps the seat.
            await liaison.reload()
            await liaison.wait_for_selector("text=联络与谈判")
            await liaison.click(".card.urgent button >> nth=0")
            await commander.wait_for_selector("text='Do it'")

            # What is said while the network is gone arrives once it is back, once.
            await press.context.set_offline(True)
            await press.click("nav button >> nth=3")
            await press.fill("[data-key=say]", MARKUP)
            await press.click("text='Send'")
            await asyncio.sleep(8)
            await press.context.set_offline(False)
            await commander.click("nav button >> nth=1")
            await commander.wait_for_selector(f"text={MARKUP}")

            # The server is killed, and comes back with the same room on the same port.
            seats = [await phone.evaluate("me.who + me.role") for phone in phones]
            served[0].kill()
            await commander.wait_for_selector("text=/No connection/")
            served.append(Served(tmp_path, drill, port))
            await screen.wait_for_selector("text=/The computer was restarted/")
            await boss.click("text='Go on'")
            await boss.click("text='8×'")
            await commander.click("nav button >> nth=0")
            await commander.click("text='Do it'")
            await commander.wait_for_selector("text='carried'")
            assert seats == [await phone.evaluate("me.who + me.role") for phone in phones]
            assert ["heron-1commander", "swift-1liaison", "crane-1public_information"] == seats
            assert 1 == await commander.evaluate("seen.view.said.length")
            await liaison.wait_for_selector("text=演练结果", timeout=60_000)
            await screen.wait_for_selector("text=/What came of it/")
            people = await boss.evaluate("seen.people")
            assert (3, 0) == (len(people), sum(person["role"] == "waiting" for person in people))
            total = await screen.locator("tr", has_text="Score of the run").locator("td").inner_text()
            assert [] == wrong
            await browser.close()
            _check(tmp_path, total)

    try:
        asyncio.run(story())
    finally:
        served[-1].end(signal.SIGINT)


def _check(folder: Path, total: str) -> None:
    """The log holds everything once, and the score on the screen is the one of the journal."""
    entries = read_journal(folder / "room" / "room.jsonl").entries
    inputs = [(e.data["who"], e.data["id"], e.data["squad"]) for e in entries if e.kind == "input"]
    assert {1} == set(Counter(inputs).values())
    kinds = Counter(str(e.data["input"]) for e in entries if e.kind == "input")
    assert (1, 1, 1) == (kinds["propose"], kinds["say"], kinds["call"])
    command = [sys.executable, "main.py", "score", str(folder / "room" / "squad-A.jsonl"), "--json", "--quiet"]
    env = {**os.environ, "COMMONGROUND_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert total.startswith(f"{json.loads(said.stdout)['score']['total']:.1f}")


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed on this computer")
def test_pages_drawn_anew_take_away_no_half_typed_word_and_no_press_and_take_no_tap_for_another(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.async_api")
    port = free_port()
    served = Served(tmp_path, write_drill(tmp_path), port)

    async def story() -> None:
        async with playwright.async_playwright() as chromium:
            browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            boss = await (await browser.new_context(locale="en-GB")).new_page()
            await boss.goto(served.boss_link)
            context = await browser.new_context(locale="zh-CN", **PHONE)
            phone = await context.new_page()
            await phone.goto(f"http://localhost:{port}/")
            assert ["", "second"] == await phone.evaluate(CHANGED_PLACES)
            await phone.reload()
            await phone.fill("input.code-in", served.code)
            await phone.click("button.main")
            await boss.click("text='Seat'")
            await boss.click("text='Start'")

            # A word half written by an input method is still half written three redraws later, and then comes whole.
            await phone.click("nav button >> nth=3")
            await phone.click("[data-key=say]")
            keys = await context.new_cdp_session(phone)
            await keys.send("Input.imeSetComposition", {"text": "shoudao", "selectionStart": 7, "selectionEnd": 7})
            then = await phone.evaluate("seen.view.tick")
            while await phone.evaluate("seen.view.tick") < then + 30:
                await asyncio.sleep(0.2)
            await keys.send("Input.insertText", {"text": "收到"})
            assert "收到" == await phone.evaluate("document.activeElement.value")

            # A mouse held down while the page is drawn anew still presses what it was put down on.
            at = await boss.locator("text='4×'").bounding_box()
            await boss.mouse.move(at["x"] + 10, at["y"] + 10)
            await boss.mouse.down()
            then = await boss.evaluate("Object.values(seen.squads)[0].tick")
            while await boss.evaluate("Object.values(seen.squads)[0].tick") == then:
                await asyncio.sleep(0.1)
            await boss.mouse.up()
            await boss.wait_for_selector("button.main >> text='4×'")
            await browser.close()

    try:
        asyncio.run(story())
    finally:
        served.end(signal.SIGINT)

"""A class with real browsers: who looks on takes no seat, who is stopped can read, and one squad ends alone."""

import asyncio
import signal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.chromium import CHROMIUM, visited
from tests.squad.served import Served, free_port, write_drill

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed on this computer")
def test_a_class_of_two_squads_and_somebody_who_only_looks_on(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.async_api")
    drill, port = write_drill(tmp_path), free_port()
    served = [Served(tmp_path, drill, port, "--squads", "2")]
    wrong: list[str] = []

    async def story() -> None:
        async with playwright.async_playwright() as chromium:
            browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

            page = partial(visited, browser, wrong=wrong, wait_s=60.0)
            small: dict[str, Any] = {"viewport": {"width": 1280, "height": 720}}
            screen = await page(served[0].screen_link, locale="en-GB", **small)
            boss = await page(served[0].boss_link, locale="en-GB", **small)
            phones = []
            for locale in ("en-GB", "zh-CN", "en-GB"):
                phone = await page(f"http://localhost:{port}/", locale=locale, **PHONE)
                await phone.fill("input.code-in", served[0].code)
                await phone.click("button.main")
                await phone.wait_for_selector("text=/callsign|代号/")
                phones.append(phone)
            await phones[2].click("text='I only want to look on'")
            await boss.wait_for_selector("text=/1 to look on/")
            await boss.click("text=/Seat all 3/")
            await phones[2].wait_for_selector("text=/Observer/")
            assert ["commander", "commander"] == [await phone.evaluate("me.role") for phone in phones[:2]]

            await boss.click("text='Start'")
            await screen.wait_for_selector("text='dialogue officers'")
            assert await screen.evaluate("document.documentElement.scrollHeight <= innerHeight")
            await boss.fill("[data-key=stop]", "look up")
            await boss.click("text='Stop and explain'")
            await phones[1].click("#veil button")
            await phones[1].wait_for_selector("#veil", state="hidden")
            await phones[1].wait_for_selector("header >> text=/look up/")
            await boss.click("text='Go on'")
            await phones[1].wait_for_selector("header >> text=/look up/", state="detached")

            await boss.click("text='End this squad' >> nth=1")
            await phones[1].wait_for_selector("header >> text=/你们小组的演练已结束/")
            await boss.wait_for_selector("text='End this squad'", state="detached")
            assert ["running", "over"] == await boss.evaluate("Object.values(seen.squads).map((v) => v.phase)")

            # A room that is closed on purpose takes its links with it; a seat comes back by itself.
            served[0].end(signal.SIGINT)
            served.append(Served(tmp_path, drill, port))
            await boss.wait_for_selector("text=/This link ended/")
            await phones[0].wait_for_selector("#veil >> text=/The computer was restarted/")
            assert [] == wrong
            await browser.close()

    try:
        asyncio.run(story())
    finally:
        served[-1].end(signal.SIGINT)

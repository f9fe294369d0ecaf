"""Paper: a page printed to a PDF file by a browser that is installed here; nothing is fetched and nothing is shown."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from sim.core.errors import BadInput
from sim.core.phrase import Phrase
from sim.storage.keepsake import in_its_place

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "brave-browser",
)
"""What such browsers are called where programs are found by name."""
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
WINDOWS = (
    r"Microsoft\Edge\Application\msedge.exe",
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
)
"""Where they lie below the folders of programs."""
WAIT_S = 120.0


def browsers(environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Browsers that can print without a window: `COMMONGROUND_BROWSER`, then by name, then in their usual places."""
    told = os.environ if environment is None else environment
    if told.get("COMMONGROUND_BROWSER"):
        yield told["COMMONGROUND_BROWSER"]
    for name in NAMES:
        found = shutil.which(name, path=told.get("PATH"))
        if found:
            yield found
    places = [Path(each) for each in MAC] if sys.platform == "darwin" else []
    for variable in ("PROGRAMFILES(X86)", "PROGRAMFILES", "LOCALAPPDATA"):
        if told.get(variable):
            places += [Path(told[variable]) / each for each in WINDOWS]
    yield from (str(place) for place in places if place.is_file())


def print_page(page: Path, paper: Path, environment: Mapping[str, str] | None = None) -> None:
    """Prints the page to a PDF file, whole or not at all.

    Raises:
        BadInput: there is no such browser, or none of them made a file.
    """
    told = dict(os.environ if environment is None else environment)
    with in_its_place(paper) as partial:
        _print(page, partial, told)
        partial.chmod(0o600)


def _print(page: Path, partial: Path, told: Mapping[str, str]) -> None:
    """Prints with the first browser that makes a file of it; raises as `print_page` does."""
    tried: list[str] = []
    for browser in browsers(told):
        tried.append(browser)
        with tempfile.TemporaryDirectory(prefix="commonground-", ignore_cleanup_errors=True) as profile:
            # Without its own profile a browser that is open already would take the page over and print nothing.
            command = [browser, "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions",
                       f"--user-data-dir={profile}", "--no-pdf-header-footer", f"--print-to-pdf={partial.resolve()}",
                       page.resolve().as_uri()]  # fmt: skip
            if hasattr(os, "geteuid") and os.geteuid() == 0:
                command.insert(1, "--no-sandbox")
            try:
                subprocess.run(command, timeout=WAIT_S, check=False, capture_output=True, env=dict(told))
            except (OSError, subprocess.TimeoutExpired):
                continue
        if partial.is_file() and partial.read_bytes()[:5] == b"%PDF-":
            return
    if not tried:
        raise BadInput.of(
            "no-browser",
            Phrase("there is no browser here that can print to a file"),
            hint=Phrase("install Chromium, Chrome or Edge, or open the report and print it from your browser"),
        )
    raise BadInput.of(
        "not-printed",
        Phrase("the browser did not print the report: {browser}", browser=tried[-1]),
        hint=Phrase("open the report and print it from your browser"),
    )

"""A page on paper: printed by a browser that is here, whole or not at all."""

import shutil
import sys
from pathlib import Path

import pytest

from sim.core.errors import BadInput
from sim.storage.paper import browsers, print_page

PAGE = "<!DOCTYPE html><meta charset=utf-8><title>page</title><p>One page</p>"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_without_a_browser_it_says_what_to_install(page: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as wrong:
        print_page(page, tmp_path / "page.pdf", {"PATH": ""})
    assert "no browser" in wrong.value.phrase.english()
    assert [page] == list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="a script with a first line is no program there")
def test_a_browser_that_makes_no_file_is_named_and_leaves_nothing_behind(page: Path, tmp_path: Path) -> None:
    useless = tmp_path / "useless"
    useless.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    useless.chmod(0o755)
    with pytest.raises(BadInput) as wrong:
        print_page(page, tmp_path / "page.pdf", {"PATH": "", "COMMONGROUND_BROWSER": str(useless)})
    assert str(useless) in wrong.value.phrase.english()
    assert {page, useless} == set(tmp_path.iterdir())


def test_the_one_that_is_named_comes_first() -> None:
    assert "/a/browser" == next(browsers({"PATH": "", "COMMONGROUND_BROWSER": "/a/browser"}))


@pytest.mark.slow
@pytest.mark.skipif(next(browsers(), None) is None or not shutil.which("chromium"), reason="no browser to print with")
def test_a_real_browser_prints_it(page: Path, tmp_path: Path) -> None:
    print_page(page, tmp_path / "page.pdf")
    assert b"%PDF-" == (tmp_path / "page.pdf").read_bytes()[:5]
    assert not (tmp_path / "page.pdf.part").exists()

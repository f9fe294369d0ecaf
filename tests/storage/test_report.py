"""The page about a run: whole, self-contained, in either language, and safe whatever an author wrote."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sim.exercise.player import PLAYERS, play
from sim.scoring import facts_of, score
from sim.storage.journal_file import Header
from sim.storage.language import speech
from sim.storage.report import snapshot_of, write_report
from sim.world.order import Order
from tests.small import small_exercise

HOSTILE = "<script>alert('1')</script> & \"quotes\""
VOID = {"meta", "br", "hr", "img", "input", "link"}
ALONE = {"path", "rect", "circle", "line", "polyline", "polygon", "use", "title"}


class Page(HTMLParser):
    """Reads a page and keeps what it must not hold: open ends, scripts, references to elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.references: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.references += [value or "" for name, value in attrs if name in {"src", "href", "action", "data"}]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A run with a refused and a marked order, by an author who wrote markup everywhere, in both languages."""
    run = small_exercise(
        3,
        title={"en": HOSTILE, "zh": HOSTILE},
        injects=[
            {
                "id": "call", "minute": 1, "channel": "radio", "about": "report", "truth": "true", "place": "square",
                "text": {"en": HOSTILE, "zh": HOSTILE},
            }
        ],
    )  # fmt: skip
    snapshots = [snapshot_of(run)]
    run.order(Order(response="containment", reason=HOSTILE))
    run.order(Order(response="containment", reason=HOSTILE, go_ahead=True))
    play(run, PLAYERS["doctrine"]())
    snapshots.append(snapshot_of(run))
    card = score(run.journal, run.playbook.rubric, facts_of(run.playbook))
    folder = tmp_path_factory.mktemp("report")
    found = {}
    for language in ("en", "zh"):
        write_report(
            folder / "run.html",
            playbook=run.playbook,
            header=Header("small", "digest", 3, "doctrine"),
            entries=list(run.journal),
            score_dict=card.as_dict(),
            snapshots=snapshots,
            say=speech("zh" if language == "zh" else "en"),
        )
        found[language] = (folder / "run.html").read_text(encoding="utf-8")
        assert [Path("run.html")] == [path.relative_to(folder) for path in folder.iterdir()]
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_element_is_closed_and_nothing_is_asked_for_from_elsewhere(pages: dict[str, str], language: str) -> None:
    page = Page()
    page.feed(pages[language])
    assert [] == page.open
    assert "script" not in page.tags
    assert all(reference.startswith("#") for reference in page.references)
    assert "@import" not in pages[language]
    assert "url(" not in pages[language]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_an_author_wrote_is_text_and_never_markup(pages: dict[str, str], language: str) -> None:
    assert "<script" not in pages[language]
    page = Page()
    page.feed(pages[language])
    assert HOSTILE in page.text


def test_it_follows_the_reader_into_the_dark(pages: dict[str, str]) -> None:
    assert "prefers-color-scheme: dark" in pages["en"]


def test_each_language_is_declared_and_spoken(pages: dict[str, str]) -> None:
    assert '<html lang="en">' in pages["en"]
    assert '<html lang="zh-CN">' in pages["zh"]
    assert "Training only" in pages["en"]
    assert "仅供训练" in pages["zh"]


def test_no_sentence_of_ours_is_left_in_english_on_the_chinese_page(pages: dict[str, str]) -> None:
    page = Page()
    page.feed(re.sub(r"<style>.*?</style>", "", pages["zh"], flags=re.DOTALL))
    ours = [english for english in speech("zh").catalogue if len(english) > 12 and "{" not in english]
    assert len(ours) > 100
    assert [] == [english for english in ours if english in page.text]


def test_an_order_shows_its_ruling_with_the_rule_and_its_source(pages: dict[str, str]) -> None:
    page = Page()
    page.feed(pages["en"])
    assert "refused" in page.text
    assert "went ahead, ruled unlawful" in page.text
    assert "article" in page.text


def test_the_map_is_drawn_at_each_moment_with_people_in_it(pages: dict[str, str]) -> None:
    assert 3 == len(re.findall(r"<svg ", pages["en"]))
    assert 'class="m-' in pages["en"]

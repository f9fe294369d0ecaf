"""The page about a run: whole, self-contained, in either language, and safe whatever an author wrote."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from sim.core.phrase import Phrase
from sim.exercise.player import PLAYERS, play
from sim.scoring import facts_of, score
from sim.storage.account import Account, clock
from sim.storage.journal_file import Header
from sim.storage.language import speech
from sim.storage.picture import UNIT_CODES, map_picture, view_of
from sim.storage.report import Story, snapshot_of, write_report
from sim.world.order import Order
from tests.small import small_exercise
from tests.storage.page import Page

FRAGILE = "this grade rests on a guess"
HOSTILE = "<script>alert('1')</script> & \"quotes\""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A run with a refused and a marked order, by an author who wrote markup everywhere, in both languages."""
    run = small_exercise(
        3,
        title={"en": HOSTILE, "zh": HOSTILE},
        trains=["methods", "aftermath"],
        injects=[
            {
                "id": "call", "minute": 1, "channel": "radio", "about": "report", "truth": "true", "place": "square",
                "text": {"en": HOSTILE, "zh": HOSTILE},
            },
            {
                "id": "ask", "minute": 2, "channel": "radio", "about": "report", "truth": "true", "place": "square",
                "text": {"en": "Ask", "zh": "问"}, "trains": ["methods"], "window_min": 2,
                "answers": ["first_contact"], "handled": {"ordered": "first_contact"},
            },
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
        story = Story(
            playbook=run.playbook,
            header=Header("small", "digest", 3, "doctrine"),
            entries=list(run.journal),
            score=card,
            snapshots=snapshots,
            fragile=Phrase.literal(FRAGILE),
        )
        write_report(folder / "run.html", story, speech("zh" if language == "zh" else "en"))
        found[language] = (folder / "run.html").read_text(encoding="utf-8")
        assert [Path("run.html")] == [path.relative_to(folder) for path in folder.iterdir()]
    return found


def test_a_fragile_grade_is_marked_with_what_it_rests_on(pages: dict[str, str]) -> None:
    assert FRAGILE in pages["en"]
    assert "fragile</span>" in pages["en"]


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


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_was_not_assessed_says_why_and_shows_no_name_of_a_file(pages: dict[str, str], language: str) -> None:
    page = Page()
    page.feed(re.sub(r"<style>.*?</style>", "", pages[language], flags=re.DOTALL))
    assert speech("zh" if language == "zh" else "en")("not assessed") in page.text
    assert [] == re.findall(r"\b[a-z]+_[a-z]+\b", page.text)


def test_objectives_stand_with_what_they_rest_on_beside_the_score(pages: dict[str, str]) -> None:
    section = pages["en"].split('<section id="objectives">')[1].split("</section>")[0]
    assert "no part of it" in section
    assert "Methods on the scene" in section
    assert re.search(r'class="letter l[PSMU]"', section)
    assert "of 1 calls settled" in section
    assert "none of its calls came up" in section
    assert "训练目标评定（与得分并列，不计入得分）" in pages["zh"]


def test_an_order_shows_its_ruling_with_the_rule_and_its_source(pages: dict[str, str]) -> None:
    page = Page()
    page.feed(pages["en"])
    assert "refused" in page.text
    assert "went ahead, ruled unlawful" in page.text
    assert "article" in page.text


def test_the_map_is_drawn_at_each_moment_with_people_in_it(pages: dict[str, str]) -> None:
    assert 3 == len(re.findall(r'<svg [^>]*role="img"', pages["en"]))
    assert 'class="m-' in pages["en"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_line_of_evidence_names_its_minute_what_was_observed_and_the_rule(
    pages: dict[str, str], language: str
) -> None:
    rows = re.findall(
        r'<tr(?: class="light")?><td class="n">(-?\d+:\d\d)</td><td>([^<]+)</td><td>([^<]+)</td>'
        r'<td class="n">([+-]\d+\.\d)</td></tr>',
        pages[language],
    )
    assert len(rows) > 5
    assert all(minute and observed.strip() and rule.strip() for minute, observed, rule, _ in rows)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_every_sign_and_code_stands_for_is_said(pages: dict[str, str], language: str) -> None:
    page = Page()
    page.feed(pages[language])
    say = speech("zh" if language == "zh" else "en")
    words = ("not handled", "went ahead, ruled unlawful", "serious injury", "officers and staff", "patrol in soft hats")
    assert [] == [each for each in words if say(each) not in page.text]
    assert "stroke-dasharray" in re.findall(r"\.inject\.missed \{[^}]*\}", pages[language])[0]


def test_an_order_aimed_at_the_crowd_or_at_a_claim_calls_it_by_its_name() -> None:
    words = {"en": "Nine groups named one hour", "zh": "九个群约定同一时间"}
    hearsay = {"do": "hearsay", "claim": "chat_time", "truth": "true", **words}
    call = {
        "id": "chat", "minute": 0, "channel": "radio", "about": "signal", "truth": "true", "ref": "chat_time",
        "text": {"en": "A call", "zh": "来电"}, "effects": [hearsay],
    }  # fmt: skip
    run = small_exercise(3, injects=[call])
    run.run_until(20)
    run.order(Order(response="verify_signal", target="chat_time", reason="before we act on it"))
    run.order(Order(response="first_contact", target="crowd", reason="hear what they want"))
    for language in ("en", "zh"):
        account = Account(run.playbook, run.journal, speech("zh" if language == "zh" else "en"))
        targets = [row.target for row in account.decisions]
        assert [words[language], speech("zh" if language == "zh" else "en")("where most people are")] == targets


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_ruling_and_the_end_of_an_inject_are_told_in_words(pages: dict[str, str], language: str) -> None:
    say = speech("zh" if language == "zh" else "en")
    for words in ("refused", "went ahead, ruled unlawful"):
        assert f'<span class="bad">{say(words)}</span>' in pages[language]
    assert f"<td>{say('nothing to handle')}</td>" in pages[language]


def test_an_order_given_again_and_again_stands_once_with_how_often_and_another_between_ends_that(
    tmp_path: Path,
) -> None:
    run = small_exercise(3)
    for minute, response in enumerate(("hold", "hold", "hold", "first_contact", "hold"), start=1):
        run.run_until(600 * minute)
        run.order(Order(response=response, reason="standing"))
    run.stop()
    story = Story(
        playbook=run.playbook,
        header=Header("small", "digest", 3, "trainee"),
        entries=list(run.journal),
        score=score(run.journal, run.playbook.rubric, facts_of(run.playbook)),
    )
    write_report(tmp_path / "run.html", story, speech("en"))
    orders = (tmp_path / "run.html").read_text(encoding="utf-8").split('<section id="orders">')[1].split("</table>")[0]
    assert 3 == orders.count('<tr id="order-')
    assert 1 == orders.count("(3 times, last at 03:00)")


def test_labels_of_units_keep_clear_of_each_other() -> None:
    run = small_exercise(3)
    snapshot = snapshot_of(run)
    for language in ("en", "zh"):
        view = view_of(run.playbook.scenario, [snapshot])
        say = speech("zh" if language == "zh" else "en")
        boxes = [team["box"] for team in map_picture(run.playbook.scenario, snapshot, view, say)["teams"]]
        assert len(boxes) > 1
        for k, (x, y, width, height) in enumerate(boxes):
            for left, top, wide, high in boxes[:k]:
                assert x >= left + wide or left >= x + width or y >= top + high or top >= y + height


def test_labels_never_cover_each_other_however_crowded_and_what_has_no_room_is_named_below() -> None:
    run = small_exercise(3)
    codes = tuple(UNIT_CODES)
    units = tuple((codes[k % len(codes)], 8.0 + 5.0 * (k % 20), 8.0 + 3.0 * (k // 20), 4) for k in range(400))
    shot = replace(snapshot_of(run), units=units)
    picture = map_picture(run.playbook.scenario, shot, view_of(run.playbook.scenario, [shot]), speech("en"))
    boxes = [team["box"] for team in picture["teams"]]
    assert len(boxes) > 10
    for k, (x, y, width, height) in enumerate(boxes):
        assert 0 <= x <= x + width <= picture["width"]
        for left, top, wide, high in boxes[:k]:
            assert x >= left + wide or left >= x + width or y >= top + high or top >= y + height
    assert picture["crowded"]


def test_a_clock_before_the_first_call_is_negative() -> None:
    assert ["-05:00", "00:00", "25:20", "-00:30"] == [clock(minute) for minute in (-5.0, 0.0, 25.0 + 1 / 3, -0.5)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_line_of_evidence_leads_to_the_order_or_call_of_its_minute(pages: dict[str, str], language: str) -> None:
    links = set(re.findall(r'href="#((?:order|inject)-\d+)"', pages[language]))
    ends = re.findall(r'id="((?:order|inject)-\d+)"', pages[language])
    assert links
    assert links <= set(ends)
    assert len(ends) == len(set(ends))

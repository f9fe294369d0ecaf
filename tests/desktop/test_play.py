"""The window: from the start page to an order, by mouse and by keyboard; nothing is lost and nothing decided here."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pygame
import pytest

from sim.core.phrase import Language
from sim.crowd.state import CrowdState
from sim.desktop.briefing import Briefing
from sim.desktop.cards import KIND_KEYS, matching
from sim.desktop.key import COMMANDS
from sim.desktop.paint import Paint
from sim.desktop.play import Play
from sim.desktop.screen import Dialog
from sim.desktop.site import MAP_BUTTONS
from sim.desktop.start import Start
from sim.exercise.exercise import Exercise
from sim.exercise.replay import replay
from sim.seat.draft import Draft
from sim.seat.words import KINDS
from sim.storage.journal_file import read_journal
from sim.storage.language import speech
from sim.storage.library import load_playbook
from sim.world.order import Order
from tests.desktop.hand import Hand, a_window


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    with a_window(tmp_path, monkeypatch) as found:
        yield found


def orders(hand: Hand) -> list[str]:
    journal = hand.play.post.sitting.run.journal
    return [str(e.data["given"]["response"]) for e in journal if e.kind == "order"]  # type: ignore[index]


def test_two_presses_lead_from_the_start_page_into_the_incident(hand: Hand) -> None:
    assert isinstance(hand.page, Start)
    hand.press("scenario:small")
    hand.click("begin")
    hand.wait(lambda: isinstance(hand.page, Play))
    assert hand.play.post.seen.tick == 0


def test_two_presses_of_enter_do_the_same(hand: Hand) -> None:
    hand.press("scenario:small")
    assert isinstance(hand.page, Briefing)
    hand.key("enter")
    hand.wait(lambda: isinstance(hand.page, Play))


def test_time_stands_still_until_space_is_pressed_and_again_after_it(hand: Hand) -> None:
    play = hand.begin()
    for _ in range(20):
        hand.frame()
    assert play.post.seen.tick == 0
    hand.key("space")
    hand.wait(lambda: play.post.seen.tick > 5)
    hand.key("space")
    hand.wait(lambda: play.post.engine.still)
    before = play.post.sitting.run.tick_now
    for _ in range(20):
        hand.frame()
    assert play.post.sitting.run.tick_now == before


def test_an_order_chosen_by_mouse_is_given_once_and_is_on_the_disk(hand: Hand) -> None:
    play = hand.begin()
    hand.order("first_contact")
    assert orders(hand) == [], "it can still be taken back"
    hand.settle()
    assert orders(hand) == ["first_contact"]
    kept = [e for e in read_journal(play.post.sitting.path).entries if e.kind == "order"]
    assert [e.data["given"]["reason"] for e in kept] == ["they asked"]  # type: ignore[index]


def test_an_order_can_be_given_with_the_keyboard_alone(hand: Hand) -> None:
    hand.begin()
    hand.key("2")
    hand.key("1")
    assert hand.play.post.draft is not None
    assert hand.play.post.draft.option.response.id == "first_contact"
    for _ in range(40):
        hand.key("tab")
        if hand.desk.ui.focus == "reason":
            break
    hand.type("ask them")
    hand.key("enter")
    hand.settle()
    assert orders(hand) == ["first_contact"]


def test_what_a_unit_does_is_said_in_the_other_language_at_once_while_time_stands_still(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: set[str] = set()
    label = Paint.label

    def noted(self: Paint, text: str, *args: Any, **more: Any) -> None:
        said.add(text)
        label(self, text, *args, **more)

    play = hand.begin()
    hand.order("first_contact")
    hand.settle()
    hand.wait(lambda: any(u.activity for u in play.post.seen.units))
    play.post.map.chosen_unit = next(u.id for u in play.post.seen.units if u.activity)
    monkeypatch.setattr(Paint, "label", noted)
    hand.frame()
    english = play.post.words.response("first_contact")
    assert english in said
    hand.click("language")
    said.clear()
    hand.frame()
    assert english not in said
    assert play.post.words.response("first_contact") in said


def test_digits_and_enter_are_enough_for_an_order(hand: Hand) -> None:
    hand.begin()
    for name in ("2", "1", "enter"):
        hand.key(name)
    hand.settle()
    assert orders(hand) == ["first_contact"]


def test_a_reason_counts_with_every_letter_and_in_the_frame_in_which_it_is_sent(hand: Hand) -> None:
    play = hand.begin()
    hand.key("7")
    option = next(o for o in play.post.view.options if o.response.id == "strategic_approval")
    play.post.draft = Draft.of(option)

    def missing() -> bool:
        hand.frame()
        ruling = play.form._ruling
        assert ruling is not None
        return any("no reason was logged" in hand.desk.voice(f.why) for f in ruling.failures)

    assert missing()
    hand.reach("reason")
    hand.type("ok")
    assert missing(), "one short word is no reason"
    hand.type(" to hold")
    assert not missing()


def test_enter_sends_the_form_whatever_was_pressed_before(hand: Hand) -> None:
    play = hand.begin()
    hand.click("tab:units")
    hand.key("m")
    hand.key("2")
    hand.key("1")
    hand.click("pick")
    hand.click("pick")
    hand.key("enter")
    assert play.post.draft is None
    assert play.post.waiting is not None
    assert play.side.tab == "units"


def test_a_reason_typed_into_a_form_that_was_closed_is_there_when_it_is_opened_again(hand: Hand) -> None:
    play = hand.begin()
    for _ in range(2):
        hand.key("2")
        hand.key("1")
        assert play.post.draft is not None
        if not play.post.draft.reason:
            hand.reach("reason")
            hand.type("they asked for it")
            hand.key("escape")
            assert play.post.draft is None
            hand.key("0")
    assert play.post.draft is not None
    assert play.post.draft.reason == "they asked for it"


def test_enter_in_the_search_opens_the_first_response_that_can_be_ordered(hand: Hand) -> None:
    play = hand.begin()
    hand.key("/")
    hand.type("first con")
    hand.key("enter")
    assert play.post.draft is not None
    assert play.post.draft.option.response.id == "first_contact"
    assert play.cards.search == ""


def test_a_search_finds_titles_before_everything_else_and_units_by_their_names(hand: Hand) -> None:
    play = hand.begin()
    options = play.post.view.options
    titles = [hand.desk.voice(o.response.title.text) for o in matching(hand.desk.voice, options, "people")]
    in_title = ["people" in title.casefold() for title in titles]
    assert in_title == sorted(in_title, reverse=True)
    assert in_title[0]
    assert not in_title[-1]
    assert "first_contact" in [o.response.id for o in matching(hand.desk.voice, options, "dialogue officers")]


def test_cards_keep_their_numbers_while_their_kind_is_open(hand: Hand) -> None:
    play = hand.begin()
    hand.key("2")
    before = [o.response.id for o in play.cards.numbered]
    hand.key("1")
    hand.key("enter")
    hand.settle()
    hand.wait(lambda: any(o.response.id == before[0] and not o.open for o in play.post.view.options))
    hand.frame()
    assert [o.response.id for o in play.cards.numbered] == before
    hand.key("1")
    assert play.post.draft is None
    assert play.post.notice is not None
    assert "Not now" in play.post.notice.text
    hand.key("0")
    assert play.cards.kind == ""


@pytest.mark.parametrize(
    ("search", "response"),
    [("send", "visible_unit"), ("redeploy", "visible_unit"), ("post", "visible_unit"), ("派出", "visible_unit"),
     ("调动", "visible_unit"), ("route", "open_lane"), ("route", "emergency_corridor"), ("通道", "emergency_corridor"),
     ("look", "capacity_check"), ("move", "visible_unit")],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_search_finds_what_a_commander_calls_it_in_either_language_before_what_only_mentions_it(
    search: str, response: str, language: Language
) -> None:
    run = Exercise(load_playbook("taxi_ring_square"), 1)
    say = speech(language)
    found = [o.response for o in matching(say, run.options(), search)]
    assert response in [r.id for r in found]
    meant = [r.found_by is not None and search in f"{say(r.title.text)} {r.found_by.en} {r.found_by.zh}" for r in found]
    assert meant == sorted(meant, reverse=True)


def test_every_kind_of_response_can_be_opened_with_a_key_and_the_key_can_be_changed(hand: Hand) -> None:
    play = hand.begin()
    kinds = [k for k in KINDS if any(o.response.group == k for o in play.post.view.options)]
    assert len(kinds) == len(KIND_KEYS)
    for command, kind in zip(KIND_KEYS, kinds, strict=True):
        hand.key(hand.desk.keys.of(command))
        assert play.cards.kind == kind
        hand.key(hand.desk.keys.of("kinds"))
        assert play.cards.kind == ""
    hand.desk.keys.bind("last_kind", "k")
    hand.key("k")
    assert play.cards.kind == kinds[-1]


def test_letters_typed_into_a_field_are_no_commands(hand: Hand) -> None:
    play = hand.begin()
    hand.key("/")
    hand.type("n l space")
    assert play.cards.search == "n l space"
    assert play.post.wanted == "paused"
    assert hand.desk.voice.language == "en"


def test_escape_takes_an_order_back_before_it_is_sent(hand: Hand) -> None:
    hand.begin()
    hand.order("first_contact")
    hand.key("escape")
    hand.clock.now += 5.0
    for _ in range(10):
        hand.frame()
    assert orders(hand) == []
    assert isinstance(hand.page, Play), "and it opens no menu"


def test_escape_opens_the_menu_and_time_waits_while_it_is_open(hand: Hand) -> None:
    play = hand.begin()
    hand.key("space")
    hand.key("escape")
    assert isinstance(hand.page, Dialog)
    hand.wait(lambda: play.post.engine.still)
    before = play.post.sitting.run.tick_now
    for _ in range(20):
        hand.frame()
    assert play.post.sitting.run.tick_now == before
    hand.key("escape")
    hand.wait(lambda: play.post.sitting.run.tick_now > before)


def test_an_unlawful_order_is_asked_about_and_stays_marked(hand: Hand) -> None:
    hand.begin()
    hand.order("containment", reason="hold them")
    assert isinstance(hand.page, Dialog)
    hand.click("dialog:send")
    hand.settle()
    entry = next(e for e in hand.play.post.sitting.run.journal if e.kind == "order")
    assert entry.data["ruling"]["marked"] is True  # type: ignore[index]


def test_the_usual_answer_to_an_unlawful_order_is_not_to_send_it(hand: Hand) -> None:
    hand.begin()
    hand.order("containment", reason="hold them")
    hand.key("enter")
    hand.clock.now += 5.0
    for _ in range(5):
        hand.frame()
    assert orders(hand) == []


def test_running_on_stops_when_a_call_comes_in(hand: Hand) -> None:
    play = hand.begin()
    hand.key("n")
    hand.wait(lambda: play.post.wanted == "paused")
    assert 60.0 <= play.post.seen.tick / 10.0 <= 63.0
    assert play.post.chronicle.open_calls(play.post.seen)
    hand.click(f"call:{play.post.chronicle.open_calls(play.post.seen)[0].serial}")
    assert not play.post.chronicle.open_calls(play.post.seen)


def test_the_language_changes_in_the_middle_of_a_run(hand: Hand) -> None:
    hand.begin()
    hand.key("l")
    assert hand.desk.voice.language == "zh"
    hand.key("l")
    assert hand.desk.voice.language == "en"


def test_a_notice_speaks_the_language_that_was_switched_to(hand: Hand) -> None:
    play = hand.begin()
    hand.key("n")
    hand.wait(lambda: play.post.notice is not None)
    assert play.post.notice is not None
    assert "Needs you: A shopkeeper asks to be let through" == play.post.notice.text
    hand.key("l")
    assert "需要你处理：一名店主请求放行" == play.post.notice.text


def test_a_run_that_is_gone_on_with_has_the_speed_it_was_left_at(hand: Hand) -> None:
    play = hand.begin()
    hand.key("=")
    speed = play.post.speed
    assert speed != hand.desk.preferences.speed
    hand.run_to(0.5)
    hand.key("escape")
    hand.click("dialog:leave")
    hand.click("continue")
    hand.wait(lambda: isinstance(hand.page, Play))
    assert speed == hand.play.post.speed


def test_the_age_of_what_was_seen_goes_on_while_time_runs(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    play = hand.begin()
    hand.run_to(0.6)
    said: set[str] = set()
    text = Paint.text

    def noted(self: Paint, shown: str, *args: Any, **more: Any) -> pygame.Rect:
        said.update(part for part in shown.split("  ·  ") if part.startswith("seen "))
        return text(self, shown, *args, **more)

    monkeypatch.setattr(Paint, "text", noted)
    play.post.wanted = "running"
    hand.wait(lambda: len(said) > 2)


def test_where_our_people_see_nobody_the_page_says_so_and_names_no_mood(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = hand.begin()
    hand.run_to(0.6)
    seen = play.post.view.seen
    nobody = dataclasses.replace(seen.looks, reports=())
    seen = dataclasses.replace(seen, state=int(CrowdState.CALM), state_age_s=21.0, looks=nobody)
    play.post.view = dataclasses.replace(play.post.view, seen=seen)
    said: set[str] = set()
    text = Paint.text

    def noted(self: Paint, shown: str, *args: Any, **more: Any) -> pygame.Rect:
        said.add(shown)
        return text(self, shown, *args, **more)

    monkeypatch.setattr(Paint, "text", noted)
    play._top(hand.desk, pygame.Rect(0, 0, 1280, 48))
    assert "nobody in sight" in said
    assert not any("calm" in shown or "about 0" in shown for shown in said)


def test_a_place_an_order_is_for_is_named_clear_of_the_buttons_on_the_map(hand: Hand) -> None:
    play = hand.begin()
    hand.run_to(0.6)
    for place in play.post.words.scenario.site.places:
        play.post.map.chosen_place = place.id
        play.post.draft = None
        play.post.map.draw(hand.desk.paint, play.post.map.camera.rect, play.post.scene)
        name = play.post.words.place(place.id)
        paint = hand.desk.paint
        boxes = [pygame.Rect(0, 0, paint.text_width(n, size), paint.line_height(size)).move_to(center=centre)
                 for n, centre, size, _ in play.post.map._placed if n.startswith(name)]  # fmt: skip
        assert boxes, f"{name} is not named"
        buttons = [hand.where(f"map:{button}") for button in MAP_BUTTONS]
        assert all(box.collidelist(buttons) < 0 for box in boxes)


def test_a_button_on_the_map_says_its_name_when_the_keyboard_comes_to_it(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.begin()
    said: set[str] = set()
    paragraph = Paint.paragraph

    def noted(self: Paint, text: str, *args: Any, **more: Any) -> int:
        said.add(text)
        return paragraph(self, text, *args, **more)

    monkeypatch.setattr(Paint, "paragraph", noted)
    names = iter(MAP_BUTTONS)
    name = next(names)
    for _ in range(60):
        hand.key("tab")
        if hand.desk.ui.focus == f"map:{name}":
            hand.clock.now += 1.0
            hand.frame()
            assert f"{COMMANDS[name][0]}  [{hand.desk.keys.shown(name)}]" in said
            name = next(names, "")
            if not name:
                return
    raise AssertionError(f"the keyboard never came to {name}")


def test_drawing_leaves_the_run_as_it_is(hand: Hand) -> None:
    hand.begin()
    hand.run_to(1.5)
    before = hand.play.post.sitting.run.digest()
    hand.play.post.map.heat = True
    for name in ("units", "known", "notes", "way"):
        hand.click(f"tab:{name}")
    hand.key("l")
    for _ in range(5):
        hand.frame()
    assert hand.play.post.sitting.run.digest() == before


def test_the_same_orders_without_a_window_write_the_same_journal(hand: Hand, tmp_path: Path) -> None:
    hand.begin()
    hand.run_to(0.5)
    hand.order("first_contact")
    hand.settle()
    hand.run_to(2.0)
    run = hand.play.post.sitting.run
    given = [(e.tick, Order.from_dict(e.data["given"])) for e in run.journal if e.kind == "order"]  # type: ignore[arg-type]
    other = Exercise(load_playbook(str(tmp_path / "small.yaml")), run.seed)
    for tick, order in given:
        other.run_until(tick)
        other.order(order)
    other.run_until(run.tick_now)
    assert [(e.tick, e.kind, e.data) for e in other.journal] == [(e.tick, e.kind, e.data) for e in run.journal]


def test_a_run_that_was_left_is_offered_and_goes_on_where_it_was(hand: Hand) -> None:
    play = hand.begin()
    hand.run_to(1.2)
    hand.order("first_contact")
    hand.settle()
    left_at = play.post.seen.tick
    hand.key("escape")
    hand.click("dialog:leave")
    assert isinstance(hand.page, Start)
    hand.click("continue")
    hand.wait(lambda: isinstance(hand.page, Play))
    assert left_at - 100 <= hand.play.post.seen.tick <= left_at
    assert [o.response for o in hand.play.post.seen.orders] == ["first_contact"]


def test_what_was_ordered_before_the_machine_died_is_there_afterwards(hand: Hand, tmp_path: Path) -> None:
    play = hand.begin()
    hand.order("first_contact")
    hand.settle()
    # The machine dies here: nothing is closed. What stands on the disk is all there is.
    record = read_journal(play.post.sitting.path)
    run = replay(load_playbook(str(tmp_path / "small.yaml")), record.header.seed, record.entries)
    assert [o.response for o in run.observe().orders] == ["first_contact"]


def test_an_assessed_run_is_slower_asks_for_reasons_and_takes_nothing_back(hand: Hand) -> None:
    play = hand.begin(assessed=True)
    for _ in range(9):
        hand.key("=")
    assert play.post.speed == 4.0
    hand.order("first_contact", reason="")
    assert play.post.draft is not None, "without a reason it is not sent"
    hand.reach("reason")
    hand.type("ask them")
    hand.click("form:send")
    hand.wait(lambda: orders(hand) == ["first_contact"])
    assert read_journal(play.post.sitting.path).header.mode == "assessed"
    assert play.post.sitting.aside.speeds


def test_time_goes_on_while_an_assessed_trainee_chooses_and_waits_in_practice(hand: Hand) -> None:
    play = hand.begin(assessed=True)
    hand.key("space")
    hand.key("2")
    hand.key("1")
    before = play.post.sitting.run.tick_now
    hand.wait(lambda: play.post.sitting.run.tick_now > before)


def test_a_note_keeps_its_time_beside_the_journal(hand: Hand) -> None:
    play = hand.begin()
    hand.run_to(0.5)
    before = play.post.seen.tick
    hand.key("j")
    begun = play.post.seen.tick
    hand.type("they sing")
    hand.key("enter")
    aside = json.loads(play.post.sitting.path.with_suffix(".aside.json").read_text(encoding="utf-8"))
    [[tick, text]] = aside["notes"]
    assert "they sing" == text
    assert before <= tick <= begun, "it is that of the moment at which the note was begun, not kept"


def test_losing_the_window_pauses(hand: Hand) -> None:
    play = hand.begin()
    hand.key("space")
    hand.frame(pygame.event.Event(pygame.WINDOWFOCUSLOST))
    assert play.post.wanted == "paused"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", [(1024, 640), (1280, 720), (1920, 1080)])
def test_every_part_of_the_page_can_be_drawn_at_every_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], theme: str, language: str
) -> None:
    with a_window(tmp_path, monkeypatch, size=size) as hand:
        hand.desk.preferences.theme, hand.desk.preferences.language = theme, language
        hand.desk.changed()
        hand.frame()
        play = hand.begin()
        hand.run_to(1.5)
        for kind in ("information", "negotiation", "dispersal"):
            play.cards.kind = kind
            hand.frame()
        hand.key("h")
        for name in ("units", "known", "notes", "way"):
            hand.click(f"tab:{name}")
        screen = hand.window.surface.get_rect()
        assert all(screen.contains(hand.where(name)) for name in ("menu", "pause", "needed", "tab:way", "search"))
        hand.key("1")
        assert screen.contains(hand.where("form:send"))


def test_the_law_card_opens_from_the_form_and_leads_to_what_would_put_it_right(hand: Hand) -> None:
    play = hand.begin()
    play.post.draft = Draft.of(next(o for o in play.post.view.options if o.response.id == "containment"))
    play.post.board = "law"
    hand.frame()
    hand.frame()
    assert "law" == play.board
    hand.click("law:the strategic lead has not approved it:strategic_approval")
    assert play.post.draft is not None
    assert "strategic_approval" == play.post.draft.option.response.id


def test_one_press_fills_a_note_with_what_is_known(hand: Hand) -> None:
    play = hand.begin()
    hand.order("first_contact")
    hand.settle()
    play.post.draft = Draft.of(next(o for o in play.post.view.options if o.response.id == "containment"))
    hand.frame()
    hand.click("note:known")
    assert "first_contact" == play.post.draft.values["lesser"]

"""Terminal play: what a commander types reaches the exercise, and time runs only while nothing is asked of them."""

import pytest
from rich.cells import cell_len

from sim.console.board import boards
from sim.console.keys import KeyDecoder
from sim.core.phrase import LText
from sim.exercise.exercise import Exercise
from sim.exercise.player import PLAYERS, play
from sim.world.message import About, Via
from tests.console.desk import CALL, Desk
from tests.small import small_exercise

SIZES = [(80, 24), (100, 30), (160, 50), (60, 20), (30, 8)]
# In the small scenario `r`, then kind 2 (dialogue), opens its one open card first: first contact.
FIRST_CONTACT = ("r", "2", "1", "enter", "enter", "enter", ":ask what they want", "enter")
# Kind 7 (lines and space), fourth card: containment, which the law here does not allow.
CONTAINMENT = ("r", "7", "4", "enter", "enter", "enter", ":hold them all", "up", "up", "up", "up")


@pytest.fixture(scope="module")
def opened() -> Exercise:
    return small_exercise(3, injects=[CALL])


@pytest.fixture
def desk(opened: Exercise, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(opened.fork(sealed=True), monkeypatch)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES)
def test_every_screen_fills_the_terminal_exactly(
    opened: Exercise, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], language: str
) -> None:
    desk = Desk(opened.fork(), monkeypatch, size, language)
    lists = [step for kind in "1234567890a" for step in ("r", kind, "down", "pgdn", "esc", "esc")]
    desk(
        "b", "pgdn", "esc", "m", "esc", "u", "pgdn", "esc", "a", "esc", "i", "esc", "?", "esc", "q", "esc", "z", "+",
        "+", "up", "left", "home", "_", *lists, *FIRST_CONTACT, "enter", 4.0, "=", "=", "space", *[4.0] * 6, "space",
        "m", "esc", "i", "esc", "u", "esc", "a", "esc", *CONTAINMENT, "enter", "esc", "esc", "l", "m", "u",
    )  # fmt: skip
    width, height = size
    assert len(desk.glass.frames) > 100
    for frame in desk.glass.frames:
        assert height == len(frame)
        assert [width] * height == [cell_len(line.plain) for line in frame]


def test_an_order_given_by_keyboard_reaches_the_exercise_after_three_seconds(desk: Desk) -> None:
    orders_before_it_is_sent: list[object] = []
    desk(*FIRST_CONTACT, "enter", 2.9, lambda: orders_before_it_is_sent.extend(desk.orders), 0.2, "space", "space")
    assert [] == orders_before_it_is_sent
    assert ["first_contact"] == desk.orders
    given = next(entry.data["order"] for entry in desk.run.journal if entry.kind == "order")
    assert "ask what they want" == given["reason"]
    assert desk.seen("First contact: sent")


def test_an_order_can_be_taken_back_before_it_is_sent(desk: Desk) -> None:
    desk(*FIRST_CONTACT, "enter", 1.0, "esc", 10.0)
    assert [] == desk.orders
    assert desk.seen("Taken back")


def test_leaving_a_form_changes_nothing(desk: Desk) -> None:
    before = desk.run.journal.running
    desk(*FIRST_CONTACT, "esc", "esc", "esc", 10.0)
    assert [] == desk.orders
    assert before == desk.run.journal.running
    assert 0 == desk.run.tick_now


def test_an_order_still_waiting_is_sent_when_the_next_one_is_given_or_the_commander_leaves(desk: Desk) -> None:
    desk(
        *FIRST_CONTACT,
        "enter",
        "r",
        "1",
        "5",
        "enter",
        ":tell those who must know",
        "enter",
        "enter",
        "q",
        "enter",
        60.0,
    )
    assert "first_contact" == desk.orders[0]
    assert 2 == len(desk.orders)


def test_what_is_chosen_elsewhere_in_the_form_goes_into_the_order(desk: Desk) -> None:
    # Down to the tone, one to the right; up again to the target, one to the right.
    desk(
        "r",
        "2",
        "1",
        "down",
        "right",
        "up",
        "right",
        "down",
        "down",
        "down",
        ":they want to talk",
        "enter",
        "enter",
        4.0,
    )
    order = next(entry.data["order"] for entry in desk.run.journal if entry.kind == "order")
    assert "square" == order["target"]
    assert "plain" == order["parameters"]["tone"]


def test_backspace_takes_back_a_letter_and_space_is_one(desk: Desk) -> None:
    desk("r", "1", "5", "enter", ":all of them x", "backspace", "backspace", "enter", "enter", 4.0)
    order = next(entry.data["order"] for entry in desk.run.journal if entry.kind == "order")
    assert "all of them" == order["reason"]


def test_what_a_superior_asks_for_carries_no_mark_of_how_far_it_can_be_trusted(
    opened: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = opened.fork()
    run.world.tell(Via.COMMAND, About.PRESSURE, LText("Clear it before ten", "十点前清场"), grade="A")
    run.world.tell(Via.RADIO, About.REPORT, LText("All is quiet here", "这里平静"), grade="B")
    desk = Desk(run, monkeypatch, (120, 40))
    shown = desk("m")
    assert "Clear it before ten" in shown
    assert "usually reliable" in shown
    assert "seen by our own people" not in shown


def test_numbers_typed_in_any_script_never_stop_the_program(desk: Desk) -> None:
    # Kind 8, first open card: the appeal to leave, whose third parameter is a number of minutes.
    desk("r", "8", "1", "down", "down", "down", ":²½x3.5.", "backspace", "up", "down", ":７", "m")
    assert "Appeal" in desk.glass.text
    assert "²" not in desk.glass.text


def test_an_unlawful_order_without_a_reason_is_asked_for_one_and_never_marked_by_a_slip(desk: Desk) -> None:
    desk("r", "7", "4", "up", "enter", "enter", "y", 10.0)
    assert [] == desk.orders
    assert not desk.seen("┌─ Unlawful")


def test_an_unlawful_order_is_sent_only_after_a_yes_and_says_that_it_is_marked(desk: Desk) -> None:
    desk(*CONTAINMENT, "enter", "enter", "x", "esc", "enter", "y", 4.0)
    assert desk.seen("┌─ Unlawful")
    assert ["containment"] == desk.orders
    assert desk.seen("marked as unlawful")


def test_going_back_from_the_warning_keeps_what_was_written(desk: Desk) -> None:
    assert "hold them all" in desk(*CONTAINMENT, "enter", "esc")
    assert [] == desk.orders


def test_a_response_that_is_not_open_says_why_and_cannot_be_chosen(desk: Desk) -> None:
    shown = desk("r", "2", "2", "down", "enter", "2")
    assert "not now: nobody has made contact" in shown
    assert "┌─ Respond: which?" in shown


def test_the_chosen_card_is_always_in_sight(desk: Desk) -> None:
    styled: list[bool] = []

    def look() -> None:
        rows = desk.glass.frames[-1]
        styled.append(any("reverse" in str(span.style) for row in rows[3:-1] for span in row.spans))

    # The screen shows the effect of a key when the next one is read.
    desk("r", "2", *[step for _ in range(8) for step in ("down", look)])
    assert [True] * 8 == styled


@pytest.mark.parametrize("dialog", list("bmuairq?"))
def test_time_stands_still_while_a_dialog_is_open(desk: Desk, dialog: str) -> None:
    ticks: list[int] = []
    note = lambda: ticks.append(desk.run.tick_now)  # noqa: E731
    desk("space", 1.0, note, dialog, note, 5.0, 5.0, note, "esc", 1.0, note)
    first, opened, held, after = ticks
    assert first > 0
    assert opened == held
    assert held < after
    assert desk.seen("PAUSED")


def test_the_title_says_paused_while_a_dialog_holds_a_running_exercise(desk: Desk) -> None:
    assert "PAUSED" in desk("space", 1.0, "u").splitlines()[0]


def test_speed_multiplies_the_time_that_passes(desk: Desk) -> None:
    ticks: list[int] = []
    note = lambda: ticks.append(desk.run.tick_now)  # noqa: E731
    desk("space", 1.0, note, "=", "=", 1.0, note, "-", "-", "-", 1.0, note)
    one, four, half = ticks
    assert (10, 40, 5) == (one, four - one, half - four)


def test_running_on_stops_at_the_first_call_and_rings(desk: Desk) -> None:
    shown = desk("n", 0.1)
    assert 600 <= desk.run.tick_now <= 610
    assert 1 == desk.glass.rung
    assert "Needs you: A shopkeeper asks" in shown
    assert "1 to answer" in shown


def test_a_call_marked_as_in_hand_waits_no_longer(desk: Desk) -> None:
    shown = desk("n", 0.1, "m", "1", "esc")
    assert "to answer" not in shown
    assert "in hand" in shown


def test_a_run_played_to_its_end_stops_by_itself_and_is_saved(
    opened: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = opened.fork(sealed=True)
    run.run_until(5990)
    desk = Desk(run, monkeypatch)
    desk("space", 2.0, 2.0, lambda: pytest.fail("it went on after its end"))
    assert run.outcome is not None
    assert desk.saves > 0


def test_it_is_saved_every_second_and_after_every_order(desk: Desk) -> None:
    counts: list[int] = []
    note = lambda: counts.append(desk.saves)  # noqa: E731
    desk("space", note, 1.1, note, 1.1, note, *FIRST_CONTACT, "enter", note, 3.1, note)
    assert counts == sorted(counts)
    assert counts[1] == counts[0] + 1
    assert counts[2] == counts[1] + 1
    assert counts[4] >= counts[3] + 2


def test_the_language_can_be_changed_at_any_moment(desk: Desk) -> None:
    assert "已暂停" in desk("l")


def test_a_pasted_page_gives_no_order(desk: Desk) -> None:
    pasted = KeyDecoder().feed(b"\x1b[200~r1\nq\nyyy\x1b[201~")
    desk(*pasted, 10.0)
    assert [] == desk.orders
    assert not desk.seen("Respond: what kind?")


def test_a_pasted_reason_is_written_into_the_form(desk: Desk) -> None:
    pasted = KeyDecoder().feed("\x1b[200~先把情况\n告诉大家\x1b[201~".encode())
    assert "先把情况 告诉大家_" in desk("r", "1", "5", "enter", *pasted)


@pytest.fixture(scope="module")
def played() -> Exercise:
    """A run with people, long messages, orders under way and somebody hurt."""
    call = {
        "id": "call", "minute": 1, "channel": "call", "about": "report", "truth": "true", "place": "square",
        "text": {
            "en": "An old man has fallen at the edge of the square and nobody can get through to him. " * 3,
            "zh": "一位老人在广场边摔倒了，谁也过不去。" * 6,
        },
        "handled": {"ordered": "first_aid"}, "window_min": 9,
        "effects": [{"do": "casualty", "severity": "serious", "cause": "illness"}],
    }  # fmt: skip
    run = small_exercise(2, injects=[call])
    play(run, PLAYERS["doctrine"](), until=1800)
    return run


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES)
def test_a_full_post_fills_the_terminal_exactly_too(
    played: Exercise, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], language: str
) -> None:
    desk = Desk(played.fork(), monkeypatch, size, language)
    desk(*[step for dialog in "bmuaiq?" for step in (dialog, "pgdn", "esc")], "z")
    for frame in desk.glass.frames:
        assert [size[0]] * size[1] == [cell_len(line.plain) for line in frame]


def test_the_screen_shows_what_was_reported_and_never_who_people_are(
    played: Exercise, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(played.fork(), monkeypatch, (160, 50))
    desk(*[step for dialog in "muai" for step in (dialog, "esc")], "space")
    assert desk.seen("An old man has fallen")
    for hidden in ("sympathiser", "organiser", "agitator", "anger", "legitimacy"):
        assert not desk.seen(hidden)


@pytest.mark.parametrize("size", [(40, 10), (59, 30), (100, 19)])
def test_a_window_that_is_too_small_says_so(
    played: Exercise, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    shown = Desk(played.fork(), monkeypatch, size)("m", "space")
    assert f"{size[0]} x {size[1]}" in " ".join(shown.split())


def test_everything_is_saved_when_the_keyboard_goes_away(desk: Desk) -> None:
    desk(*FIRST_CONTACT, "enter")
    assert ["first_contact"] == desk.orders
    assert len(desk.run.journal) == desk.saved


def test_the_log_is_a_board_with_the_orders_and_their_reasons(desk: Desk) -> None:
    boards_there = [line for board in "123456789" for line in ("o", board, "esc", "esc", "esc")]
    desk(*FIRST_CONTACT, "enter", 4.0, *boards_there)
    assert desk.seen("ask what they want")


def test_a_statement_is_put_together_in_the_terminal_by_ticking_its_parts(desk: Desk) -> None:
    at = [board.name for board in boards() if board.offered(desk.post)].index("statements") + 1
    form = ("o", str(at), "1", "down", "down", "down")
    desk(*form, "right", "space", *(["up"] * 5), ":people wait", "down", "enter", 4.0, "space", 30.0)
    assert desk.seen("As it will be heard")
    assert desk.seen("This is the police")
    assert desk.seen("[x] who is speaking")
    given = next(entry.data["order"] for entry in desk.run.journal if entry.kind == "order")
    assert isinstance(given, dict)
    assert "known" not in str(given["parameters"]["slots"]).split("+")
    assert "who" in str(given["parameters"]["slots"]).split("+")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
def test_every_board_fills_the_terminal_exactly(
    opened: Exercise, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], language: str
) -> None:
    desk = Desk(opened.fork(), monkeypatch, size, language)
    looks = [step for board in "123456789" for step in ("o", board, "pgdn", "esc", "esc", "esc")]
    desk(*FIRST_CONTACT, "enter", 4.0, *looks)
    width, height = size
    for frame in desk.glass.frames:
        assert height == len(frame)
        assert [width] * height == [cell_len(line.plain) for line in frame]


def test_the_warning_says_what_is_missing_where_it_stands_and_what_would_put_it_right(desk: Desk) -> None:
    desk(*CONTAINMENT, "enter")
    assert desk.seen("law: the legal power was not named")
    assert desk.seen("Choose the power you rely on.")
    assert desk.seen("article 21")


def test_the_briefing_carries_the_mark_of_what_nobody_has_reviewed(desk: Desk) -> None:
    assert "Not reviewed by a lawyer or practitioner." in desk("b")


def test_the_law_has_a_board_of_its_own(desk: Desk) -> None:
    at = [board.name for board in boards() if board.offered(desk.post)].index("law") + 1
    shown = desk("o", str(at))
    assert "International human-rights baseline" in shown

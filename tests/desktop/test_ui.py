"""Controls: they answer to mouse and keyboard alike, and nothing answers that lies under a dialog."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pygame
import pytest

from sim.desktop.key import Keys
from sim.desktop.paint import Paint
from sim.desktop.theme import DARK, SMALL
from sim.desktop.type import Type
from sim.desktop.ui import Input, Ui
from sim.seat.voice import Voice
from sim.storage.language import speech
from sim.storage.shipped import data_root

THREE = {"one": (10, 10), "two": (10, 60), "three": (200, 60)}


@dataclass
class Board:
    """Three buttons, and whatever else a test draws."""

    ui: Ui
    pressed: list[str] = field(default_factory=list)
    also: Callable[[Ui], object] = lambda ui: None
    enabled: bool = True
    now: float = 0.0

    def frame(self, **given: object) -> None:
        self.ui.begin(Input(**given))  # type: ignore[arg-type]
        for name, spot in THREE.items():
            if self.ui.button(name, pygame.Rect(spot, (100, 30)), name, f"tip of {name}", enabled=self.enabled):
                self.pressed.append(name)
        self.also(self.ui)
        self.ui.end()

    def click(self, x: int, y: int) -> None:
        self.frame(pointer=(x, y), down=True, held=True)
        self.frame(pointer=(x, y), up=True)


@pytest.fixture
def board() -> Board:
    pygame.font.init()
    surface = pygame.Surface((400, 300))
    found = Board(None)  # type: ignore[arg-type]
    paint = Paint(surface, DARK, Type(data_root() / "assets" / "font"), 1.0)
    found.ui = Ui(paint, Voice(speech("en")), Keys(), clock=lambda: found.now)
    return found


def test_a_click_presses_what_is_under_it(board: Board) -> None:
    board.click(20, 20)
    board.click(390, 290)
    assert board.pressed == ["one"]


def test_a_press_that_is_let_go_elsewhere_does_nothing(board: Board) -> None:
    board.frame(pointer=(20, 20), down=True, held=True)
    board.frame(pointer=(20, 70), up=True)
    assert board.pressed == []


def test_tab_goes_round_in_the_order_of_the_page_and_enter_presses(board: Board) -> None:
    board.frame()
    for _ in range(4):
        board.frame(commands=["next"])
        board.frame(commands=["confirm"])
    board.frame(commands=["previous"])
    board.frame(commands=["confirm"])
    assert board.pressed == ["one", "two", "three", "one", "three"]


def test_arrows_go_to_the_nearest_control_in_their_direction(board: Board) -> None:
    board.frame()
    board.frame(commands=["next"])
    board.frame(step=(0, 1))
    assert board.ui.focus == "two"
    board.frame(step=(1, 0))
    assert board.ui.focus == "three"


def test_a_control_that_is_off_does_nothing_and_its_tooltip_still_comes(board: Board) -> None:
    board.enabled = False
    board.click(20, 20)
    assert board.pressed == []
    plain = pygame.image.tobytes(board.ui.paint.surface, "RGB")
    board.frame(pointer=(20, 20))
    board.now += 0.5
    board.frame(pointer=(20, 20))
    assert pygame.image.tobytes(board.ui.paint.surface, "RGB") != plain


def test_nothing_under_a_dialog_answers(board: Board) -> None:
    board.ui.inert = True
    board.click(20, 20)
    board.frame(commands=["confirm"])
    assert board.pressed == []


def test_a_field_takes_chinese_and_keeps_letters_from_being_commands(board: Board) -> None:
    text = [""]

    def draw(ui: Ui) -> None:
        text[0] = ui.field("field", pygame.Rect(10, 120, 200, 30), text[0])

    board.also = draw
    board.click(20, 130)
    assert board.ui.typing
    board.frame(text="你好 n")
    board.frame(keys=["left", "backspace"])
    assert text[0] == "你好n"


def test_a_slider_obeys_mouse_and_arrows(board: Board) -> None:
    value = [0.0]

    def draw(ui: Ui) -> None:
        value[0] = ui.slider("slider", pygame.Rect(100, 200, 100, 20), value[0], 0.0, 10.0, 1.0)

    board.also = draw
    board.click(150, 210)
    assert value[0] == 5.0
    board.frame(commands=["next"])
    board.frame(commands=["previous"])
    board.frame(step=(1, 0))
    assert value[0] == 6.0
    assert board.ui.focus == "slider"


def test_a_long_list_brings_the_control_with_the_keyboard_into_sight(board: Board) -> None:
    seen: dict[str, int] = {}

    def draw(ui: Ui) -> None:
        with ui.scroll("list", pygame.Rect(200, 100, 150, 100)) as area:
            for k in range(20):
                spot = pygame.Rect(area.x, area.y + 40 * k, 100, 30)
                ui.button(f"row{k}", spot, f"row {k}")
                seen[f"row{k}"] = spot.y
            area.reach(area.y + 40 * 20)

    board.also = draw
    board.frame()
    for _ in range(3 + 15):
        board.frame(commands=["next"])
    board.frame()
    assert board.ui.focus == "row14"
    assert 100 <= seen["row14"] <= 200 - 30


def test_a_tooltip_waits_a_moment(board: Board) -> None:
    board.frame(pointer=(20, 20))
    board.now += 0.2
    board.frame(pointer=(20, 20))
    before = pygame.image.tobytes(board.ui.paint.surface, "RGB")
    board.now += 0.3
    board.frame(pointer=(20, 20))
    assert pygame.image.tobytes(board.ui.paint.surface, "RGB") != before


def test_no_tooltip_comes_up_by_itself_with_a_new_page_until_the_pointer_moves(board: Board) -> None:
    board.ui.hushed = True
    board.frame(pointer=(20, 20))
    board.now += 1.0
    board.frame(pointer=(20, 20))
    still = pygame.image.tobytes(board.ui.paint.surface, "RGB")
    board.frame(pointer=(21, 20), moved=(1, 0))
    board.now += 1.0
    board.frame(pointer=(21, 20))
    assert still != pygame.image.tobytes(board.ui.paint.surface, "RGB")


def test_a_tooltip_gives_up_what_it_covers_while_the_pointer_rests(board: Board) -> None:
    board.frame(pointer=(20, 20))
    bare = pygame.image.tobytes(board.ui.paint.surface, "RGB")
    board.now += 60.0
    board.ui.paint.surface.fill(0)
    board.frame(pointer=(20, 20))
    assert bare == pygame.image.tobytes(board.ui.paint.surface, "RGB")


def test_page_keys_turn_a_list_and_stop_at_its_ends(board: Board) -> None:
    seen: list[int] = []

    def long(ui: Ui) -> None:
        with ui.scroll("long", pygame.Rect(0, 100, 300, 100), paged=True) as area:
            seen.append(area.y)
            area.reach(area.y + 150)

    board.also = long
    board.frame()
    for command in ("farther", "farther", "closer", "closer"):
        board.frame(commands=[command])
    assert [100, 50, 50, 100, 100] == seen


def test_english_quotation_marks_are_narrow_and_chinese_ones_stay(board: Board) -> None:
    shown = board.ui.paint.type.shown
    assert shown("the “first” step") == 'the "first" step'
    assert shown("选“亲和”") == "选“亲和”"
    assert shown("a \U0001f600") == "a □"


@pytest.mark.parametrize("text", ["Latin words stay whole", "中文可以在任何字之间换行，但句号不在行首。"])
def test_wrapped_text_fits_and_loses_nothing(board: Board, text: str) -> None:
    rows = board.ui.paint.type.wrap(text, 90, 15)
    assert all(board.ui.paint.type.width(row, 15) <= 90 for row in rows)
    assert "".join(rows).replace(" ", "") == text.replace(" ", "")
    assert not any(row.startswith(("，", "。")) for row in rows)


def test_no_text_is_too_small_to_be_read_at_any_scale(board: Board) -> None:
    paint = board.ui.paint
    for scale in (0.75, 0.85, 1.0, 2.0):
        paint.scale = scale
        assert 12 <= paint.text_px(SMALL)


def test_choices_side_by_side_give_the_room_to_the_words_that_need_it(board: Board) -> None:
    texts = [("a", "Score"), ("b", "What else could have been done")]
    rect = pygame.Rect(10, 100, 340, 30)
    board.also = lambda ui: ui.choice("tab", rect, texts, "a")
    board.frame()
    for value, text in texts:
        spot = board.ui.where(f"tab:{value}")
        assert spot is not None
        assert board.ui.button_width(text) <= spot.width
        assert rect.contains(spot)


def test_a_control_is_where_it_stood_in_the_last_frame_and_nowhere_once_it_is_gone(board: Board) -> None:
    spot = pygame.Rect(200, 10, 100, 30)
    board.also = lambda ui: ui.button("passing", spot, "passing")
    board.frame()
    assert board.ui.where("passing") == spot
    board.also = lambda ui: None
    board.frame()
    assert board.ui.where("passing") is None

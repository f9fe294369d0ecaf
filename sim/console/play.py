"""Play: one exercise at the keyboard of a terminal. Time runs only while nothing is asked of the commander."""

import sys
import time
from collections.abc import Callable, Mapping

from rich.console import Console
from rich.text import Text

from sim.console import screen
from sim.console.dialog import Dialogs
from sim.console.keys import Key, Keys, keyboard
from sim.console.post import Post, is_plain
from sim.console.terminal import Terminal
from sim.core.phrase import Language
from sim.core.speech import Speech
from sim.seat.days import before_due
from sim.seat.run import ASSESSED_SPEED, SAVE_EVERY_S, SPEEDS, STEP_TICKS, TAKE_BACK_S, Run
from sim.seat.voice import Voice
from sim.seat.words import listed
from sim.world.aftermath import DAY
from sim.world.order import Order  # noqa: TC001 - attributes are annotated with it

SLICE_S = 0.1
"""Real time between two looks at the keys."""


def play_in_terminal(
    run: Run,
    say: Speech,
    *,
    save: Callable[[], None],
    voices: Mapping[Language, Speech] | None = None,
    keys: Keys | None = None,
    console: Console | None = None,
    speed: float = 1.0,
    assessed: bool = False,
) -> None:
    """Plays until the run is over or the commander leaves; `save` is called after every order and every second.

    The terminal is given back as it was, whatever happens.
    """
    console = console or Console(highlight=False)
    source = keys or keyboard()
    post = Post.open(run, Voice(say, voices), plain=is_plain(sys.stdout.encoding or ""), speed=speed, assessed=assessed)
    with Terminal(console, source) as terminal:
        Play(post, terminal, source, save).go()


class Play:
    """The loop: keys, a slice of time, a drawing."""

    def __init__(self, post: Post, terminal: Terminal, keys: Keys, save: Callable[[], None]) -> None:
        """Begins paused, with the briefing open."""
        self.post = post
        self.terminal = terminal
        self.keys = keys
        self.save = save
        self.dialogs = Dialogs(post)
        self.notice: Text | None = None
        self._over = False
        self._waiting: Order | None = None
        self._sent_at = 0.0
        self._owed = 0.0
        self._until = 0
        """Tick at which a hurried run stops; 0 for none."""
        self._saved_at = 0.0

    def go(self) -> None:
        """Until the end."""
        self.dialogs.open_briefing()
        before = time.monotonic()
        while not self._over and not self.terminal.asked_to_end:
            if self.terminal.pause_if_asked():
                self.post.running = False
                before = time.monotonic()
            self._draw()
            key = self.keys.read(0.0 if self.post.hurrying else SLICE_S)
            if key is not None:
                self._press(key)
            now = time.monotonic()
            self._pass(now - before)
            before = now
            self._send_if_due(now)
            if now - self._saved_at > SAVE_EVERY_S:
                self.save()
                self._saved_at = now
            if self.post.run.outcome is not None:
                break
        self._send()
        self.save()

    def _draw(self) -> None:
        width, height = self.terminal.size
        post, dialogs = self.post, self.dialogs
        post.held = dialogs.is_open and not post.assessed
        lines = screen.too_small(post, width, height)
        if lines is None and dialogs.is_open:
            dialog = dialogs.draw(*screen.dialog_size(width, height))
            lines = screen.with_dialog(post, dialog, width, dialogs.foot(width))
        self.terminal.draw(lines or screen.overview(post, width, height, self.notice))

    # ---- time

    def _pass(self, real_s: float) -> None:
        """Lets time pass: as fast as wished, or as fast as possible until something needs the commander."""
        post = self.post
        if (self.dialogs.is_open and not post.assessed) or not (post.running or post.hurrying):
            self._owed = 0.0
            return
        if post.run.at_home():
            self._pass_hours(real_s)
            return
        self._owed = min(self._owed + real_s * post.speed * 10.0, 40.0 * post.speed)
        began = time.monotonic()
        start = post.run.tick_now
        while post.run.outcome is None and (post.hurrying or self._owed >= 1.0):
            ticks = STEP_TICKS if post.hurrying else min(STEP_TICKS, int(self._owed))
            post.run.run_until(post.run.tick_now + ticks)
            self._owed = max(0.0, self._owed - ticks)
            if post.run.at_home():
                self._notice_news()
                self._stand_still()
                break
            if self._notice_news() or time.monotonic() - began > SLICE_S:
                break
        spent = time.monotonic() - began
        post.reached = (post.run.tick_now - start) / 10.0 / max(spent, real_s, 0.01)

    def _pass_hours(self, real_s: float) -> None:
        """The days after: an hour a second, times the speed; hurried, on to the next call or the end of the day."""
        post = self.post
        self._owed = min(self._owed + real_s * post.speed, 2.0)
        while post.run.outcome is None and (post.hurrying or self._owed >= 1.0):
            post.run.run_until(post.run.tick_now + 1)
            self._owed = max(0.0, self._owed - 1.0)
            reached = 0 < self._until <= post.run.tick_now
            if self._notice_news() or reached:
                self._stand_still()
                break

    def _stand_still(self) -> None:
        self.post.running = self.post.hurrying = False
        self._owed, self._until = 0.0, 0

    def _next_day(self) -> None:
        """Runs on for a day of the days after, or until something needs the commander."""
        days = self.post.seen.days
        if days is not None:
            self._until = days.began_tick + (days.day + 1) * DAY
            self.post.hurrying, self.post.running = True, False
            self.notice = None

    def _notice_news(self) -> bool:
        """Looks; True when something needs the commander, and time then stands still."""
        post = self.post
        news = post.look()
        calls = news.calls
        if calls:
            self.notice = Text(post.voice("Needs you: {text}", text=post.voice(calls[-1].text)), "bold yellow")
        elif news.crush:
            self.notice = Text(post.voice("CRUSH ALARM"), "bold red")
        if (calls or news.crush) and post.hurrying:
            post.hurrying = False
            post.running = False
            self.terminal.ring()
            return True
        return bool(calls)

    # ---- orders

    def _send_if_due(self, now: float) -> None:
        if self._waiting is None:
            return
        left = (0.0 if self.post.assessed else TAKE_BACK_S) - (now - self._sent_at)
        if left > 0.0:
            self.notice = Text(self.post.voice("Sending in {left:.0f} s: Esc takes it back", left=left), "bold cyan")
            return
        self._send()

    def _send(self) -> None:
        """Sends the order that waits, if there is one and the run can still take it."""
        order, self._waiting = self._waiting, None
        post = self.post
        if order is None or post.run.outcome is not None:
            return
        ruling = post.run.order(order)
        if ruling.failures:
            post.last_refused = (order, ruling)
        self.save()
        post.look()
        title = post.words.response(order.response)
        if ruling.marked:
            self.notice = Text(post.voice("{order}: sent, and marked as unlawful", order=title), "bold red")
        elif ruling.accepted:
            self.notice = Text(post.voice("{order}: sent", order=title), "bold green")
        else:
            why = listed(post.voice, (post.voice(reason) for reason in ruling.reasons)) or post.voice("unlawful here")
            self.notice = Text(post.voice("{order}: refused, {why}", order=title, why=why), "bold red")

    # ---- keys

    def _press(self, key: Key) -> None:
        if key.name == "eof":
            self._over = True
        elif self.dialogs.is_open:
            order = self.dialogs.press(key)
            self._over = self._over or self.dialogs.left
            if order is not None:
                self._send()
                self._waiting, self._sent_at = order, time.monotonic()
        elif key.command == "esc" and self._waiting is not None:
            self._waiting = None
            self.notice = Text(self.post.voice("Taken back"), "cyan")
        else:
            self._command(key.command)

    def _command(self, name: str) -> None:
        view, dialogs = self.post.view, self.dialogs
        moves = {"left": (-1, 0), "right": (1, 0), "up": (0, 1), "down": (0, -1)}
        commands: dict[str, Callable[[], None]] = {
            "space": self._run_or_pause,
            "n": self._hurry,
            "d": self._next_day,
            "r": dialogs.open_kinds,
            "m": dialogs.open_messages,
            "u": dialogs.open_units,
            "a": dialogs.open_under_way,
            "i": dialogs.open_known,
            "b": dialogs.open_briefing,
            "o": dialogs.open_boards,
            "?": dialogs.open_keys,
            "f1": dialogs.open_keys,
            "q": dialogs.open_leave,
            "z": view.switch,
            "home": view.fit,
            "+": lambda: view.closer(1),
            "-": lambda: self._speed(-1),
            "=": lambda: self._speed(1),
            "_": lambda: view.closer(-1),
            "l": self._language,
        }
        if name in moves:
            dx, dy = moves[name]
            view.pan(dx, dy)
        elif name in commands:
            commands[name]()

    def _run_or_pause(self) -> None:
        self.post.running = not (self.post.running or self.post.hurrying)
        self.post.hurrying = False
        self.notice = None

    def _hurry(self) -> None:
        self.post.hurrying = not self.post.hurrying
        self.post.running = False
        self._until = before_due(self.post.seen) if self.post.seen.days is not None else 0
        self.notice = None

    def _speed(self, step: int) -> None:
        speeds = [s for s in SPEEDS if s <= ASSESSED_SPEED] if self.post.assessed else SPEEDS
        nearest = min(range(len(speeds)), key=lambda k: abs(speeds[k] - self.post.speed))
        self.post.speed = speeds[max(0, min(len(speeds) - 1, nearest + step))]

    def _language(self) -> None:
        self.post.voice.switch()
        self.terminal.redraw()

"""Play: the page on which a trainee commands - map, messages, responses, what goes on, and the clock."""

from collections.abc import Callable  # noqa: TC003 - a local is annotated with it
from dataclasses import dataclass, field

import pygame

from sim.crowd.state import CrowdState
from sim.desktop.board import Board, boards
from sim.desktop.cards import Cards
from sim.desktop.feed import Feed
from sim.desktop.form import Form, draw_waiting, waiting_width
from sim.desktop.hints import draw_hint, knows_help, learn
from sim.desktop.key import COMMANDS
from sim.desktop.note_box import NoteBox
from sim.desktop.office import Past
from sim.desktop.post import Post
from sim.desktop.reading import Reading
from sim.desktop.screen import Desk, Dialog, switch_language
from sim.desktop.side import Side, unit_status
from sim.desktop.site import HEAT_LEVELS, MAP_BUTTONS, draw_legend
from sim.desktop.sound import CAPTIONS
from sim.desktop.strip import STATE_SHAPES, draw_strip, state_colour, state_name
from sim.desktop.theme import BODY, CLOCK, GAP, LARGE, PAD, SMALL, WIDE
from sim.seat.words import LOOKS, UNSEEN, span
from sim.world.phase import PHASES, Phase
from sim.world.report import DELAY_TICKS, EVERY_TICKS, Look

FAR_PX = 4
"""A press that moved farther is a drag and chooses nothing."""


@dataclass(slots=True)
class Play:
    """One run being commanded. `leave` saves everything and ends its thread."""

    post: Post
    feed: Feed = field(default_factory=Feed)
    cards: Cards = field(default_factory=Cards)
    form: Form = field(default_factory=Form)
    side: Side = field(default_factory=Side)
    boards: list[Board] = field(default_factory=boards)
    board: str = ""
    """Name of the board in place of the map; "" for the map."""
    _note: NoteBox | None = None
    """A note being written."""
    _begun: bool = False
    _dragged: float = 0.0
    _ended: bool = False
    _left: bool = False
    _home: bool = False
    """True once the board of the days after has been opened by itself."""

    @property
    def busy(self) -> bool:
        """While time passes or something counts down."""
        return self.post.engine.flow != "paused" or self.post.waiting is not None or self.post.notice is not None

    def leave(self) -> None:
        """Everything is on the disk when this returns."""
        if not self._left:
            self._left = True
            self.post.close()

    def frame(self, desk: Desk) -> None:
        """Draws everything and does what was asked."""
        post, ui, paint = self.post, desk.ui, desk.paint
        now = desk.clock()
        post.held = ui.inert or self._note is not None or (post.draft is not None and not post.assessed)
        if ui.input.away:
            post.wanted = "paused"
        post.catch_up(now)
        self._hear(desk)
        if post.seen.days is not None and not self._home:
            self._home, self.board = True, "aftermath"
        if post.engine.failure is not None:
            raise post.engine.failure
        self._begin(desk)
        whole = paint.surface.get_rect()
        pad = paint.px(PAD)
        head = paint.px(56)
        self._top(desk, pygame.Rect(0, 0, whole.width, head))
        left = max(paint.px(205), min(paint.px(270), round(whole.width * 0.19)))
        right = max(paint.px(330), min(paint.px(440), round(whole.width * 0.31)))
        body = pygame.Rect(0, head, whole.width, whole.height - head)
        left_panel = pygame.Rect(0, body.y, left, body.height)
        right_panel = pygame.Rect(whole.width - right, body.y, right, body.height)
        middle = pygame.Rect(left, body.y, whole.width - left - right, body.height)
        strip = paint.px(104)
        site = pygame.Rect(middle.x, middle.y, middle.width, middle.height - strip)
        self._middle(desk, site)
        paint.surface.fill(paint.theme.panel, (middle.x, site.bottom, middle.width, strip))
        draw_strip(
            desk,
            post,
            pygame.Rect(middle.x + pad, site.bottom + paint.px(3), middle.width - 2 * pad, strip - paint.px(4)),
        )
        for panel in (left_panel, right_panel):
            paint.surface.fill(paint.theme.panel, panel)
        pygame.draw.line(paint.surface, paint.theme.line, left_panel.topright, left_panel.bottomright)
        pygame.draw.line(paint.surface, paint.theme.line, right_panel.topleft, right_panel.bottomleft)
        self.side.draw(desk, post, left_panel.inflate(-2 * pad, -2 * pad))
        self._right(desk, right_panel.inflate(-2 * pad, -2 * pad))
        self._keys(desk)
        if self._note is not None:
            self._write_note(desk)
        self._end_of_run(desk)

    # ---- parts

    def _begin(self, desk: Desk) -> None:
        """Whoever has used the window before begins with the board that says so; the first hints are on the map."""
        if not self._begun:
            self._begun = True
            if desk.preferences.learnt:
                found = (board.name for board in self.boards if board.offered(self.post) and board.first(self.post))
                self.board = next(found, "")

    def _hear(self, desk: Desk) -> None:
        post, seen = self.post, self.post.seen
        for name in post.alerts:
            desk.sound.alert(name)
        post.alerts.clear()
        state = seen.state if seen.state_age_s >= 0.0 else UNSEEN
        desk.sound.murmur(state, seen.people, running=post.engine.flow == "running")

    def _top(self, desk: Desk, rect: pygame.Rect) -> None:
        """Clock, whether time runs, how the crowd is judged, speeds, language, menu."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        post = self.post
        paint.surface.fill(theme.panel, rect)
        pygame.draw.line(paint.surface, theme.line, rect.bottomleft, rect.bottomright)
        pad, gap = paint.px(PAD), paint.px(GAP)
        high = rect.height - 2 * pad
        clock = post.words.clock(post.seen.tick)
        day = post.words.time_of_day(post.seen.tick)
        both = paint.line_height(CLOCK) + (paint.line_height(SMALL) if day else 0)
        spot = (rect.x + paint.px(WIDE), rect.centery - min(both, rect.height - 2) / 2)
        drawn = paint.text(clock, spot, CLOCK, bold=True)
        x = drawn.right + paint.px(WIDE)
        if day:
            place = (rect.x + paint.px(WIDE), rect.bottom - paint.line_height(SMALL) - 1)
            x = max(x, paint.text(day, place, SMALL, theme.muted).right + paint.px(WIDE))
        x = self._flow(desk, x, rect.y + pad, high)
        right = rect.right - pad
        for name, text, tip, command in (
            ("menu", say("Menu"), say("Pause, settings, help, leave"), "back"),
            ("language", "中文" if desk.voice.language == "en" else "English", say("language"), "language"),
        ):
            width = ui.button_width(text)
            shown = f"{tip}  [{desk.keys.shown(command)}]"
            if ui.button(name, pygame.Rect(right - width, rect.y + pad, width, high), text, shown):
                if name == "menu":
                    self._menu(desk)
                else:
                    switch_language(desk)
            right -= width + gap
        self._state(desk, pygame.Rect(x, rect.y, right - x - gap, rect.height))

    def _flow(self, desk: Desk, x: int, y: int, high: int) -> int:
        """Pause or run, run on, speeds; where the next thing may begin."""
        paint, ui, say, post = desk.paint, desk.ui, desk.voice, self.post
        gap = paint.px(GAP)
        running = post.wanted == "running"
        text = say("Pause") if running else say("Run")
        width = max(ui.button_width(say("Pause"), icon=True), ui.button_width(say("Run"), icon=True))
        tip = say("Time waits while something is open.") if post.held else ""
        if ui.button("pause", pygame.Rect(x, y, width, high), text, tip, command="pause", primary=not running,
                     icon="bars" if running else "right", enabled=not post.over):  # fmt: skip
            post.run_or_pause()
        x += width + gap
        tip = say("Runs as fast as it can until a call comes in or the crush alarm is raised.")
        if ui.button("needed", pygame.Rect(x, y, high, high), "", tip, command="needed",
                     chosen=post.wanted == "hurrying", icon="chevrons", enabled=not post.over):  # fmt: skip
            post.run_on()
        x += high + gap
        wide = paint.surface.get_width() >= paint.px(1400)
        if wide:
            for speed in post.speeds:
                text = f"{speed:g}x"
                width = ui.button_width(text, SMALL)
                tip = say("{speed} simulated seconds a second", speed=f"{speed:g}")
                if ui.button(f"speed:{speed:g}", pygame.Rect(x, y, width, high), text, tip, chosen=post.speed == speed,
                             size=SMALL):  # fmt: skip
                    post.set_speed(speed)
                x += width + paint.px(2)
        else:
            for command, icon, step, tip in (
                ("slower", "left", -1, say("slower")),
                ("faster", "right", 1, say("faster")),
            ):
                if step > 0:
                    text = f"{post.speed:g}x"
                    width = paint.text_width("0.5x", BODY, bold=True) + gap
                    paint.text(text, (x + width / 2, y + (high - paint.line_height(BODY)) / 2), BODY, bold=True,
                               align=0.5)  # fmt: skip
                    x += width + gap
                side = paint.px(26)
                spot = pygame.Rect(x, y, side, high)
                if ui.button(command, spot, "", tip, icon=icon, size=SMALL, command=command):
                    post.change_speed(step)
                x += side + gap
        return x + paint.px(PAD)

    def _state(self, desk: Desk, rect: pygame.Rect) -> None:
        """The state of the crowd as it can be judged, how old that is, how many, how close; and whether time runs."""
        paint, say, theme, seen = desk.paint, desk.voice, desk.paint.theme, self.post.seen
        if rect.width < paint.px(80):
            return
        state = seen.state if seen.state_age_s >= 0.0 else UNSEEN
        empty = state != UNSEEN and not seen.people
        shown_as = UNSEEN if empty else state
        colour = theme.muted if empty else state_colour(theme, state)
        name = say("nobody in sight") if empty else state_name(desk, state)
        if seen.days is not None:
            name, shown_as, colour = say("Days after"), CrowdState.RESOLVED, theme.muted
        size = paint.px(16)
        top = rect.y + paint.px(7)
        paint.shape(STATE_SHAPES[shown_as], (rect.x + size / 2, top + paint.line_height(LARGE) / 2), size, colour)
        x = rect.x + size + paint.px(PAD)
        sighted = shown_as != UNSEEN and seen.days is None
        parts = [_people(desk, seen.people)] if sighted else []
        if seen.density > 0.0 and sighted:
            parts.append(say("up to {density:.1f} per m²", density=seen.density))
        if state != UNSEEN and seen.days is None:
            parts.append(say("seen {age} ago", age=span(seen.state_age_s)))
        shown = paint.text(name, (x, top), LARGE, bold=True, width=max(1, rect.right - x))
        if seen.crush:
            alarm = say("CRUSH ALARM")
            box = pygame.Rect(shown.right + paint.px(PAD), top, paint.text_width(alarm, BODY, bold=True) + paint.px(12),
                              paint.line_height(LARGE))  # fmt: skip
            if box.right < rect.right:
                paint.panel(box, theme.bad, radius=4)
                paint.text(alarm, (box.x + paint.px(6), box.y + paint.px(2)), BODY, theme.on_bad, bold=True)
        phase = say("phase: {phase}", phase=say(PHASES[Phase(seen.phase)]))
        line = "  ·  ".join([self._flow_words(desk), phase, *parts])
        paint.text(line, (rect.x, top + paint.line_height(LARGE)), SMALL, theme.muted, width=rect.width)
        if desk.ui.over(rect):
            late = say("Every unit looks round each {every:g} s and its report takes {late:g} s to come in: what is "
                       "known is never fresher.", every=EVERY_TICKS / 10, late=DELAY_TICKS / 10)  # fmt: skip
            desk.ui.tip("\n".join((line, say("As our own people judge it, not as it is."), late)), rect)

    def _flow_words(self, desk: Desk) -> str:
        say, post = desk.voice, self.post
        if post.over:
            return say("ENDED")
        if post.held and post.wanted != "paused":
            return say("WAITING")
        if post.wanted == "paused":
            return say("PAUSED")
        if post.wanted == "hurrying":
            return say("RUNNING ON")
        if post.seen.days is not None:
            return say("RUNNING, {speed:g} h a second", speed=post.speed)
        if 0.0 < post.engine.reached < 0.8 * post.speed:
            return say("RUNNING") + " " + say("{speed} (reaches {reached}x)", speed=f"{post.speed:g}x",
                                              reached=f"{post.engine.reached:.1f}")  # fmt: skip
        return say("RUNNING") + f" {post.speed:g}x"

    def _middle(self, desk: Desk, rect: pygame.Rect) -> None:
        """The map, or the board chosen in its place, below the tabs of both."""
        paint, pad = desk.paint, desk.paint.px(PAD)
        offered = [board for board in self.boards if board.offered(self.post)]
        if self.form.picking:
            self.board = ""
        if self.post.board:
            self.board, self.post.board = self.post.board, ""
        tabs = pygame.Rect(rect.x, rect.y, rect.width, paint.px(38))
        paint.surface.fill(paint.theme.panel, tabs)
        self._tabs(desk, tabs.inflate(-2 * pad, -2 * paint.px(4)), offered)
        rest = pygame.Rect(rect.x, tabs.bottom, rect.width, rect.height - tabs.height)
        board = next((board for board in offered if board.name == self.board), None)
        if board is None:
            self.board = ""
            self._map(desk, rest)
        else:
            paint.surface.fill(paint.theme.ground, rest)
            inner = rest.inflate(-2 * paint.px(WIDE), -2 * pad)
            board.draw(desk, self.post, inner)
            learn(desk, self.post)
            if self.post.notice is not None:
                # A board leaves its first row free: what stands in full in the feed keeps to that.
                self._notice(desk, rest, most=1 if self.post.notice.in_feed else 4)
            self._wait(desk, rest)

    def _tabs(self, desk: Desk, rect: pygame.Rect, offered: list[Board]) -> None:
        ui, say, gap = desk.ui, desk.voice, desk.paint.px(GAP)
        names = ["", *(board.name for board in offered)]
        if not ui.inert and not ui.typing:
            for command, step in (("board", 1), ("board_before", -1)):
                if ui.take(command):
                    at = names.index(self.board) if self.board in names else 0
                    self.board = names[(at + step) % len(names)]
        texts = [say("Map")]
        for board in offered:
            waiting = board.waiting(self.post)
            texts.append(say(board.title) + (f" ({waiting})" if waiting else ""))
        wanted = [ui.button_width(text, SMALL) for text in texts]
        room = rect.width - gap * (len(texts) - 1)
        share = min(1.0, room / max(1, sum(wanted)))
        x = rect.x
        for name, text, width in zip(names, texts, wanted, strict=True):
            spot = pygame.Rect(x, rect.y, int(width * share), rect.height)
            keys = f"{desk.keys.shown('board')}: {say(COMMANDS['board'][0])}"
            tip = f"{text}\n{keys}" if share < 1.0 else keys
            if ui.button(f"board:{name}", spot, text, tip, chosen=self.board == name, size=SMALL):
                self.board = name
            x = spot.right + gap

    def _wait(self, desk: Desk, rect: pygame.Rect) -> pygame.Rect | None:
        """The order that can still be taken back, at the lower edge; where it is drawn."""
        if self.post.waiting is None:
            return None
        pad = desk.paint.px(PAD)
        box = pygame.Rect(0, 0, min(rect.width - 2 * pad, waiting_width(desk, self.post)), desk.paint.px(52))
        box.midbottom = (rect.centerx, rect.bottom - pad)
        draw_waiting(desk, self.post, box, desk.clock())
        return box

    def _map(self, desk: Desk, rect: pygame.Rect) -> None:
        paint, ui, post, say = desk.paint, desk.ui, self.post, desk.voice
        pad = paint.px(PAD)
        legend = pygame.Rect(rect.x, rect.y, rect.width, paint.px(28))
        paint.surface.fill(paint.theme.panel, legend)
        draw_legend(paint, post.words, legend.inflate(-2 * pad, 0))
        rect = pygame.Rect(rect.x, legend.bottom, rect.width, rect.height - legend.height)
        post.map.still = desk.preferences.reduced_motion
        post.map.draw(paint, rect, post.scene)
        self._tools(desk, rect)
        if desk.sound.caption:
            heard = say(CAPTIONS[desk.sound.caption])
            box = pygame.Rect(rect.x + pad, rect.bottom - paint.px(66), paint.text_width(heard, SMALL) + 2 * pad,
                              paint.line_height(SMALL) + paint.px(4))  # fmt: skip
            paint.panel(box, paint.theme.panel, paint.theme.line, radius=4)
            paint.text(heard, (box.x + pad, box.y + paint.px(2)), SMALL, paint.theme.muted)
        hint = None
        learn(desk, post)
        if post.notice is not None:
            self._notice(desk, rect)
        else:
            hint = draw_hint(desk, post, rect)
        waiting = self._wait(desk, rect)
        if waiting is not None and waiting.collidepoint(ui.input.pointer):
            return
        if hint is None or not hint.collidepoint(ui.input.pointer):
            self._pointer(desk, rect)
        if self.form.picking and ui.over(rect):
            ui.tip(say("Click the place the order is for."), pygame.Rect(*ui.input.pointer, 1, 1))

    def _tools(self, desk: Desk, rect: pygame.Rect) -> None:
        """Closer, farther, fit, whole site, crowding, names."""
        paint, ui, post, say = desk.paint, desk.ui, self.post, desk.voice
        side, gap = paint.px(30), paint.px(GAP)
        x, y = rect.right - side - paint.px(PAD), rect.y + paint.px(52)
        chosen = {"fit": post.map.camera.fitted, "crowd": post.map.whole, "heat": post.map.heat,
                  "names": post.map.names}  # fmt: skip
        for name, (icon, text) in MAP_BUTTONS.items():
            spot, tip = pygame.Rect(x, y, side, side), say(COMMANDS[name][0])
            if ui.button(f"map:{name}", spot, text, tip, command=name, icon=icon, chosen=chosen.get(name, False),
                         size=SMALL):  # fmt: skip
                self._tool(name)
            y += side + gap
        if post.map.heat:
            self._heat_legend(desk, rect)

    def _tool(self, name: str) -> None:
        site = self.post.map
        if name in {"closer", "farther"}:
            site.camera.zoom(1.5 if name == "closer" else -1.5)
        elif name == "fit":
            site.fit()
        elif name == "crowd":
            site.whole, site.camera.fitted = not site.whole, True
        elif name == "heat":
            site.heat = not site.heat
        else:
            site.names = not site.names

    def _heat_legend(self, desk: Desk, rect: pygame.Rect) -> None:
        paint, say = desk.paint, desk.voice
        x, y = rect.right - paint.px(150), rect.bottom - paint.px(16)
        high = len(HEAT_LEVELS) * paint.line_height(SMALL)
        paint.veil(pygame.Rect(x - 6, y - high - 4, paint.px(146), high + 8), paint.theme.ground, 220)
        for level, strength in reversed(HEAT_LEVELS):
            y -= paint.line_height(SMALL)
            box = pygame.Rect(x, y, paint.px(16), paint.line_height(SMALL) - 2)
            paint.veil(box, paint.theme.bad, strength)
            text = say("from {level:g} per m²", level=level)
            paint.text(text, (x + paint.px(24), y - 1), SMALL)

    def _notice(self, desk: Desk, rect: pygame.Rect, most: int = 4) -> None:
        notice, paint, theme = self.post.notice, desk.paint, desk.paint.theme
        assert notice is not None
        colour = {"good": theme.good, "warn": theme.warn, "bad": theme.bad}.get(notice.tone, theme.muted)
        shape = {"good": "check", "warn": "triangle", "bad": "x"}.get(notice.tone, "disc")
        width = min(rect.width - paint.px(110), paint.px(560))
        inner = min(width - paint.px(44), paint.text_width(notice.text, BODY) + 2)
        high = paint.paragraph_height(notice.text, inner, BODY, most=most)
        box = pygame.Rect(0, 0, inner + paint.px(44), high + paint.px(14))
        box.midtop = (rect.centerx, rect.y + paint.px(8))
        if most == 1:  # A board's title stands at the left of its first row.
            box.right = rect.right - paint.px(WIDE)
        paint.panel(box, theme.panel, colour)
        paint.shape(shape, (box.x + paint.px(18), box.centery), paint.px(13), colour)
        words = pygame.Rect(box.x + paint.px(34), box.y + paint.px(7), inner, high)
        paint.paragraph(notice.text, words, BODY, most=most)

    def _pointer(self, desk: Desk, rect: pygame.Rect) -> None:
        """Wheel, drag, click, and what the pointer rests on."""
        ui, post, camera = desk.ui, self.post, self.post.map.camera
        if not ui.over(rect):
            return
        if ui.input.wheel:
            camera.zoom(ui.input.wheel, ui.input.pointer)
            ui.input.wheel = 0
        if ui.input.down:
            self._dragged = 0.0
        if ui.input.held and any(ui.input.moved) and ui.nothing_pressed:
            self._dragged += abs(ui.input.moved[0]) + abs(ui.input.moved[1])
            if self._dragged > FAR_PX:
                camera.pan(*ui.input.moved)
        unit = post.map.unit_at(post.scene, ui.input.pointer, desk.paint.px(14))
        place = post.map.place_at(ui.input.pointer)
        if ui.input.up and self._dragged <= FAR_PX and ui.nothing_pressed:
            if self.form.picking and post.draft is not None:
                if place in post.draft.option.targets:
                    post.draft.target = place
                    self.form.picking = False
            else:
                post.map.chosen_unit = unit.id if unit is not None else ""
                if unit is not None:
                    self.side.tab = "units"
        self._explain_map(desk, unit.id if unit is not None else "", place)

    def _explain_map(self, desk: Desk, unit: str, place: str) -> None:
        ui, say, post = desk.ui, desk.voice, self.post
        near = pygame.Rect(ui.input.pointer[0], ui.input.pointer[1], 1, desk.paint.px(12))
        view = next((u for u in post.seen.units if u.id == unit), None)
        if view is not None:
            status, _ = unit_status(desk, post, view)
            ui.tip(f"{view.id}: {post.words.unit_kind(view.code)}, {view.strength}\n{status}", near)
            return
        person = post.map.person_at(post.scene, ui.input.pointer, desk.paint.px(8))
        if person >= 0:
            look = Look(int(post.scene.look[person]))
            age = span(float(post.seen.age_s[person]))
            ui.tip(f"{say(LOOKS[look])}, {say('seen {age} ago', age=age)}", near)
        elif place:
            data = next(p for p in post.words.scenario.site.places if p.id == place)
            lines = [post.words.place(place)]
            if data.exit_width_m:
                lines.append(say("way out, {width:g} m wide", width=data.exit_width_m))
            if data.hazard is not None:
                lines.append(say("dangerous for a crowd: {hazard}", hazard=say(data.hazard.text)))
            ui.tip("\n".join(lines), near)

    def _right(self, desk: Desk, rect: pygame.Rect) -> None:
        """Messages above, responses below; while an order is put together it takes the larger part."""
        paint, post = desk.paint, self.post
        share = 0.26 if post.draft is not None else 0.42
        high = round(rect.height * share)
        if post.draft is None and self.cards.length:
            # What the cards leave free is given to the messages.
            high = max(high, rect.height - self.cards.length - 2 * paint.px(PAD))
        feed = pygame.Rect(rect.x, rect.y, rect.width, high)
        rest = pygame.Rect(rect.x, feed.bottom + paint.px(PAD), rect.width, rect.bottom - feed.bottom - paint.px(PAD))
        self.feed.draw(desk, post, feed, desk.clock())
        pygame.draw.line(
            paint.surface,
            paint.theme.line,
            (rect.x, feed.bottom + paint.px(3)),
            (rect.right, feed.bottom + paint.px(3)),
        )
        if post.draft is None:
            self.cards.draw(desk, post, rest)
        else:
            self.form.draw(desk, post, rest, self)

    # ---- keys and dialogs

    def _keys(self, desk: Desk) -> None:
        ui = desk.ui
        if ui.inert:
            return
        if self._note is None and ui.take("back"):
            self._back(desk)
        if ui.typing:
            return
        camera, step = self.post.map.camera, desk.paint.px(90)
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("west", lambda: camera.pan(step, 0)),
            ("east", lambda: camera.pan(-step, 0)),
            ("north", lambda: camera.pan(0, step)),
            ("south", lambda: camera.pan(0, -step)),
            ("slower", lambda: self.post.change_speed(-1)),
            ("faster", lambda: self.post.change_speed(1)),
            ("note", lambda: self._begin_note(desk)),
            ("bookmark", lambda: self._bookmark(desk)),
            ("language", lambda: switch_language(desk)),
            ("messages", lambda: self._answer_first(desk)),
            ("explain", lambda: self._help(desk)),
            ("help", lambda: self._help(desk)),
        )
        for name, does in keys:
            if ui.take(name):
                does()

    def _back(self, desk: Desk) -> None:
        """Closes what is open; with nothing open, the menu."""
        if self.post.draft is not None:
            self.form.close(self.post)
        elif self.cards.search:
            self.cards.search = ""
        else:
            self._menu(desk)

    def _begin_note(self, desk: Desk) -> None:
        self._note = NoteBox(self.post.seen.tick)

    def _bookmark(self, desk: Desk) -> None:
        post = self.post
        post.sitting.aside.bookmarks.append(post.seen.tick)
        post.sitting.keep_aside()
        at = post.seen.tick
        post.tell(lambda: desk.voice("Bookmarked {clock}", clock=post.words.clock(at)), "plain", desk.clock())

    def _answer_first(self, desk: Desk) -> None:
        """Goes to the most urgent call."""
        calls = self.post.chronicle.open_calls(self.post.seen)
        if not calls:
            self.post.tell(lambda: desk.voice("No call is open."), "plain", desk.clock())
            return
        self.feed.bring(desk, calls[0])

    def _help(self, desk: Desk) -> None:
        knows_help(desk)
        self.post.held = True
        self.post.engine.set_flow("paused")
        desk.push(desk.pages.help())

    def _menu(self, desk: Desk) -> None:
        say, post = desk.voice, self.post
        knows_help(desk)
        self.post.engine.set_flow("paused")

        desk.push(
            Dialog(
                self,
                lambda: say("Time stands still"),
                lambda: say("Everything so far is saved. The run can be left here and gone on with later."),
                (
                    ("on", lambda: say("Go on"), lambda: None),
                    ("briefing", lambda: say("Briefing"), lambda: desk.push(Reading(post.words))),
                    ("settings", lambda: say("Settings"), lambda: desk.push(desk.pages.settings())),
                    ("help", lambda: say("Help and keys"), lambda: self._help(desk)),
                    ("leave", lambda: say("Leave, go on later"), lambda: desk.pop()),
                    ("end", lambda: say("End it here"), lambda: self._ask_end(desk)),
                ),
            )
        )

    def _ask_end(self, desk: Desk) -> None:
        say = desk.voice
        desk.push(
            Dialog(
                self,
                lambda: say("End the run?"),
                lambda: say("It cannot be gone on with afterwards. What was done so far is scored."),
                (
                    ("no", lambda: say("No, go on"), lambda: None),
                    ("yes", lambda: say("End and score it"), self.post.engine.stop),
                ),
            )
        )

    def _write_note(self, desk: Desk) -> None:
        assert self._note is not None
        post = self.post
        done = self._note.draw(desk, post.words)
        if done is None:
            return
        if done:
            post.sitting.aside.notes.append((self._note.tick, done))
            post.sitting.keep_aside()
            self.side.tab = "notes"
        self._note = None

    def _end_of_run(self, desk: Desk) -> None:
        post = self.post
        if not post.over or self._ended or desk.ui.inert:
            return
        self._ended = True
        say = desk.voice
        desk.push(
            Dialog(
                self,
                lambda: say("The exercise has ended"),
                lambda: say(
                    "Now look back at it: what happened, what each decision led to, what else could have been done."
                ),
                (("wash", lambda: say("To the hot wash"), lambda: self._wash(desk)),),
            )
        )

    def _wash(self, desk: Desk) -> None:
        sitting = self.post.sitting
        self.leave()
        run = sitting.run
        past = Past(
            run.playbook,
            run.seed,
            tuple(run.journal),
            sitting.aside,
            sitting.assessed,
            sitting.path,
            run.memory,
            sitting.drill,
        )
        desk.replace(desk.pages.hot_wash(past))


def _people(desk: Desk, number: int) -> str:
    """How many are in sight, in words; somebody is."""
    if number < 2:
        return desk.voice("one person")
    return desk.voice("about {people} people", people=number)

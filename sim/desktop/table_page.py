"""Table page: a whole squad around one keyboard. A number key says which seat acts, a letter what it does."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pygame

from sim.core.tick import clock
from sim.desktop.office import AtTable
from sim.desktop.screen import Desk, Dialog, top_bar
from sim.desktop.table_talk import TableTalk, dissents, in_doubt, said_line
from sim.desktop.theme import BODY, CLOCK, GAP, LARGE, PAD, SMALL, TITLE, WIDE
from sim.drill.proposal import Proposal
from sim.drill.refused import Refused
from sim.drill.roles import CONTROLLER, TITLES
from sim.drill.session import Decision
from sim.drill.sight import cards, seat_sight
from sim.seat.run import ASSESSED_SPEED, SPEEDS
from sim.seat.voice import Voice
from sim.seat.words import CHANNELS, Words
from sim.world.message import Via
from sim.world.order import Order

MOST_OWED_S = 0.25
"""A machine that cannot keep up falls behind; it does not run on by itself for longer than this."""
CHOICES = "abcdef"
"""Keys of what is laid on the table."""
SECOND, FOR, AGAINST, DO, DROP, TAKE_BACK = "s", "y", "n", "g", "x", "u"
SPEAK, DIFFER = "m", "w"
STATUSES = {
    "open": "proposed",
    "seconded": "seconded",
    "carried": "carried out",
    "dropped": "dropped",
    "lapsed": "lapsed",
    "withdrawn": "taken back",
    "refused": "refused by the rules",
}


@dataclass(slots=True)
class TablePage:
    """One squad. `leave` saves everything."""

    table: AtTable
    voice: Voice
    seat: str = ""
    """Who acts; the chief at first."""
    speed: float = 1.0
    words: Words = field(init=False)
    _reason: str = ""
    talk: TableTalk = field(default_factory=TableTalk)
    _others: bool = False
    """True while the list of what the seat may propose is shown in place of what it hears."""
    _owed: float = 0.0
    _at: float = 0.0
    _sight: dict[str, Any] = field(default_factory=dict)
    _seen: tuple[object, ...] = ()
    _left: bool = False

    def __post_init__(self) -> None:
        """The chief begins."""
        self.words = Words(self.table.squad.session.playbook, self.voice)
        self.seat = self.seat or self.table.squad.chief

    @property
    def busy(self) -> bool:
        """While time passes."""
        return self.table.squad.phase == "running"

    def leave(self) -> None:
        """Everything is on the disk when this returns."""
        if not self._left:
            self._left = True
            self.table.close()

    def frame(self, desk: Desk) -> None:
        """Lets time pass, then draws everything and does what was asked."""
        paint, say, squad = desk.paint, desk.voice, self.table.squad
        body, back = top_bar(desk, say(squad.drill.title.text), back=say("Leave"))
        if back:
            self._ask_to_leave(desk)
            return
        self._pass(desk)
        inner = body.inflate(-2 * paint.px(WIDE), -2 * paint.px(PAD))
        left, right = max(paint.px(230), round(inner.width * 0.2)), max(paint.px(330), round(inner.width * 0.33))
        gap = paint.px(WIDE)
        middle = pygame.Rect(inner.x + left + gap, inner.y, inner.width - left - right - 2 * gap, inner.height)
        # What is typed belongs to its line alone: the line is drawn before anything that listens to letters.
        beside = pygame.Rect(inner.right - right, inner.y, right, inner.height)
        if self.talk.writing:
            self.talk.draw(desk, squad, self.seat, beside, lambda kind, **data: self._do(desk, self.seat, kind, **data))
        elif self._others:
            self._propose_other(desk, beside)
        else:
            self._hear(desk, beside)
        self._choose_seat(desk)
        self._side(desk, pygame.Rect(inner.x, inner.y, left, inner.height))
        self._decide(desk, middle)
        if squad.phase == "over" and not desk.ui.inert:
            self._end(desk)

    # ---- time

    def _pass(self, desk: Desk) -> None:
        now, squad = desk.clock(), self.table.squad
        passed, self._at = now - (self._at or now), now
        if squad.phase != "running" or desk.ui.inert:
            self._owed = 0.0
            return
        self._owed = min(self._owed + passed * self.speed * 10.0, MOST_OWED_S * self.speed * 10.0 + 1.0)
        ticks = int(self._owed)
        if ticks:
            self._owed -= ticks
            self.table.pass_time(ticks)

    def _do(self, desk: Desk, seat: str, kind: str, **data: object) -> bool:
        """True when it was taken; else it is said why not."""
        self._seen = ()
        try:
            self.table.do(seat, kind, data)
        except Refused as why:
            desk.tell(desk.voice(why.phrase))
            return False
        return True

    def _look(self) -> Mapping[str, Any]:
        """What the seat sees, worked out once a second or when something was done."""
        squad = self.table.squad
        now = (self.seat, squad.tick_now // 10, squad.phase, len(squad.said))
        if now != self._seen:
            self._seen = now
            self._sight = seat_sight(squad, self.seat)
        return self._sight

    # ---- parts

    def _choose_seat(self, desk: Desk) -> None:
        for k, seat in enumerate(self.table.squad.drill.seats, start=1):
            if not desk.ui.typing and desk.ui.take(f"card_{k}"):
                self._seat_down(seat)

    def _seat_down(self, seat: str) -> None:
        """Somebody else acts; what the one before was writing is gone."""
        self.seat, self._others = seat, False
        self.talk.stop()

    def _side(self, desk: Desk, rect: pygame.Rect) -> None:
        """The clock, whether time runs, the seats with their keys."""
        paint, ui, say, squad = desk.paint, desk.ui, desk.voice, self.table.squad
        at = pygame.Rect(rect.x, rect.y, rect.width, 0)
        at.y += paint.paragraph(clock(squad.tick_now, self.words.scenario.start_min), at, CLOCK * 1.4, bold=True)
        left = max(0, squad.session.end_tick - squad.tick_now) // 10
        at.y += paint.paragraph(
            say("{minutes}:{seconds:02d} left", minutes=left // 60, seconds=left % 60), at, BODY, paint.theme.muted
        ) + paint.px(PAD)
        spot = pygame.Rect(at.x, at.y, at.width, paint.px(42))
        text, kind = {"lobby": (say("Begin"), "start"), "running": (say("Stop"), "pause")}.get(
            squad.phase, (say("Go on"), "resume")
        )
        if ui.button(
            "run", spot, text, command="pause", primary=squad.phase != "running", enabled=squad.phase != "over"
        ):
            self._do(desk, CONTROLLER, kind, **({"text": ""} if kind == "pause" else {}))
        at.y = spot.bottom + paint.px(GAP)
        speeds = [s for s in SPEEDS if 1.0 <= s <= (ASSESSED_SPEED if self.table.assessed else 8.0)]
        row = pygame.Rect(at.x, at.y, at.width, paint.px(34))
        self.speed = float(ui.choice("speed", row, tuple((f"{s:g}", f"{s:g}x") for s in speeds), f"{self.speed:g}"))
        at.y = row.bottom + paint.px(WIDE)
        at.y += paint.paragraph(say("Who acts? Press the number."), at, SMALL, paint.theme.muted) + paint.px(GAP)
        for k, seat in enumerate(squad.drill.seats, start=1):
            spot = pygame.Rect(at.x, at.y, at.width, paint.px(44))
            if ui.button(f"seat:{seat}", spot, f"{k}  {say(TITLES[seat])}", chosen=seat == self.seat):
                self._seat_down(seat)
            at.y = spot.bottom + paint.px(GAP)
        at.y += paint.px(PAD)
        paint.paragraph(
            say("Letters say what it does: they stand on the buttons. Whoever speaks says so aloud."),
            at,
            SMALL,
            paint.theme.muted,
        )

    def _decide(self, desk: Desk, rect: pygame.Rect) -> None:
        """Open decisions with their countdown, what is on the table, what has been settled."""
        paint, say, squad = desk.paint, desk.voice, self.table.squad
        with desk.ui.scroll("decide", rect, paged=True) as area:
            at = pygame.Rect(area.x, area.y, area.width - paint.px(GAP), 0)
            at.y += paint.paragraph(
                say("{seat} acts", seat=say(TITLES[self.seat])), at, TITLE, paint.theme.accent, bold=True
            )
            at.y += paint.px(GAP)
            windows = squad.session.open_decisions
            live = [p for p in reversed(squad.proposals) if p.is_open]
            if not windows and not live:
                note = say("Nothing to decide now. A decision comes with its question and a countdown.")
                if squad.phase == "lobby":
                    note = say("Aim: {aim}", aim=say(squad.drill.aim.text)) + "\n" + say("Space begins.")
                for line in note.split("\n"):
                    at.y += paint.paragraph(line, at, BODY, paint.theme.muted)
                at.y += paint.px(PAD)
            letters = iter(CHOICES)
            for decision in windows:
                self._window(desk, decision, at, letters)
            for k, proposal in enumerate(live):
                self._proposal(desk, proposal, at, keys=k == 0)
            spot = pygame.Rect(at.x, at.y, at.width, paint.px(38))
            text = say("What the seat hears") if self._others else say("Propose another order ...")
            if squad.phase == "running":
                if self._button(desk, "others", spot, text, "o"):
                    self._others = not self._others
                    self.talk.stop()
                at.y = spot.bottom + paint.px(GAP)
            self._speak(desk, at)
            for proposal in [p for p in reversed(squad.proposals) if not p.is_open]:
                self._settled(desk, proposal, at)
            area.reach(at.y)

    def _speak(self, desk: Desk, at: pygame.Rect) -> None:
        """A message to other seats, and to disagree with what was settled."""
        paint, say, squad = desk.paint, desk.voice, self.table.squad
        spot = pygame.Rect(at.x, at.y, at.width, paint.px(38))
        if self._button(desk, "say", spot, say("Say something to other seats ..."), SPEAK, still=True):
            self.talk.write()
        at.y = spot.bottom + paint.px(GAP)
        doubted = in_doubt(squad, self.seat)
        if doubted is not None:
            spot = pygame.Rect(at.x, at.y, at.width, paint.px(38))
            text = say("I would have decided otherwise on {number} ...", number=doubted.number)
            if self._button(desk, "differ", spot, text, DIFFER, still=True):
                self.talk.write(doubted.number)
            at.y = spot.bottom
        at.y += paint.px(WIDE)

    def _window(self, desk: Desk, decision: Decision, at: pygame.Rect, letters: Iterator[str]) -> None:
        paint, say, squad = desk.paint, desk.voice, self.table.squad
        window = decision.window
        left = max(0, decision.until_tick - squad.tick_now)
        seconds = say("{seconds} s", seconds=-(-left // 10))
        wide = paint.text_width(seconds, CLOCK, bold=True) + paint.px(PAD)
        paint.text(seconds, (at.right - wide + paint.px(PAD), at.y), CLOCK, paint.theme.warn, bold=True)
        at.y += max(
            paint.paragraph(say(window.question.text), pygame.Rect(at.x, at.y, at.width - wide, 0), LARGE, bold=True),
            paint.line_height(CLOCK),
        )
        bar = pygame.Rect(at.x, at.y + paint.px(2), at.width, paint.px(6))
        paint.panel(bar, paint.theme.raised, radius=3)
        share = left / max(1, decision.until_tick - decision.opened_tick)
        paint.panel(pygame.Rect(bar.x, bar.y, round(bar.width * share), bar.height), paint.theme.warn, radius=3)
        at.y = bar.bottom + paint.px(PAD)
        if not self.table.assessed:
            for number, choice in enumerate(window.choices):
                text = say(choice.says.text) if choice.says is not None else self.words.response(choice.response)
                spot = pygame.Rect(at.x, at.y, at.width, paint.px(38))
                if self._button(desk, f"choice:{window.id}:{number}", spot, text, next(letters, "")):
                    self._propose(desk, choice.order(self.seat, self._reason))
                at.y = spot.bottom + paint.px(GAP)
        rules = {
            "advice": say("The decider calls."),
            "majority": say("The majority decides."),
            "unanimous": say("All must agree."),
        }
        default = say("If nobody decides: {default}", default=self.words.response(window.default.response))
        at.y += paint.paragraph(f"{rules[window.vote]} {default}", at, SMALL, paint.theme.muted) + paint.px(WIDE)

    def _button(
        self,
        desk: Desk,
        name: str,
        spot: pygame.Rect,
        text: str,
        key: str,
        *,
        primary: bool = False,
        still: bool = False,
    ) -> bool:
        """A button with its letter, which presses it while nothing is being typed; `still`: also while time stands."""
        ui = desk.ui
        shown = f"{key.upper()}  {text}" if key else text
        usable = still or self.table.squad.phase == "running"
        pressed = ui.button(name, spot, shown, primary=primary, enabled=usable)
        typed = bool(key) and not ui.typing and not ui.inert and key in ui.input.keys
        if typed:
            ui.input.keys.remove(key)
        return (pressed or typed) and usable

    def _propose(self, desk: Desk, order: Order) -> None:
        wire = {key: value for key, value in order.as_dict().items() if key != "seat"}
        if self._do(desk, self.seat, "propose", order={**wire, "reason": self._reason}):
            self._reason, self._others = "", False

    def _proposal(self, desk: Desk, proposal: Proposal, at: pygame.Rect, *, keys: bool) -> None:
        """One on its way, with what the seat that acts may do about it."""
        paint, say = desk.paint, desk.voice
        at.y += paint.paragraph(f"{proposal.number}. {self._named(proposal)}", at, LARGE, bold=True)
        who = say("{seat}: {status}", seat=say(TITLES[proposal.seat]), status=say(STATUSES[proposal.status]))
        yes = sum(proposal.votes.values())
        votes = say("{yes} for, {no} against", yes=yes, no=len(proposal.votes) - yes)
        calls = (
            say("{seat} decides", seat=say(TITLES[proposal.decider]))
            if proposal.vote == "advice"
            else say("the vote decides")
        )
        at.y += paint.paragraph("  ·  ".join((who, votes, calls)), at, SMALL, paint.theme.muted) + paint.px(GAP)
        number, seat = proposal.number, self.seat
        acts: list[tuple[str, str, str, Mapping[str, object]]] = []
        if proposal.status == "open" and seat != proposal.seat:
            acts.append((SECOND, say("Second"), "second", {}))
        if proposal.status == "seconded":
            acts += [(FOR, say("For"), "vote", {"for": True}), (AGAINST, say("Against"), "vote", {"for": False})]
        if proposal.decider == seat and proposal.vote == "advice":
            acts += [(DO, say("Carry it out"), "call", {"carry": True}), (DROP, say("No"), "call", {"carry": False})]
        if proposal.seat == seat:
            acts.append((TAKE_BACK, say("Take back"), "withdraw", {}))
        x = at.x
        for key, text, kind, data in acts:
            width = desk.ui.button_width(f"{key.upper()}  {text}", bold=True) + paint.px(PAD)
            if x > at.x and x + width > at.right:
                x, at.y = at.x, at.y + paint.px(42)
            spot = pygame.Rect(x, at.y, width, paint.px(38))
            name = f"{kind}:{number}:{text}"
            if self._button(
                desk, name, spot, text, key if keys else "", primary=kind in {"second", "call"} and key != DROP
            ):
                self._do(desk, seat, kind, proposal=number, **data)
                return
            x += width + paint.px(GAP)
        at.y += (paint.px(42) if acts else 0) + paint.px(PAD)

    def _settled(self, desk: Desk, proposal: Proposal, at: pygame.Rect) -> None:
        paint, say, squad = desk.paint, desk.voice, self.table.squad
        named = f"{proposal.number}. {self._named(proposal)}"
        line = say("{name}: {value}", name=named, value=say(STATUSES[proposal.status]))
        at.y += paint.paragraph(line, at, SMALL, paint.theme.muted)
        if proposal.ruling is not None and not proposal.ruling.accepted:
            why = say("; ").join(say(each) for each in proposal.ruling.reasons)
            at.y += paint.paragraph(why, at, SMALL, paint.theme.bad)
        for line in dissents(desk, squad, proposal.number):
            at.y += paint.paragraph(line, at, SMALL, paint.theme.warn)

    def _named(self, proposal: Proposal) -> str:
        """The words of the choice it was, where it was one: two answers may be one response."""
        order = proposal.order
        for window in self.table.squad.drill.windows:
            for choice in window.choices:
                same = (choice.response, choice.target, dict(choice.parameters)) == (
                    order.response,
                    order.target,
                    dict(order.parameters),
                )
                if window.id == proposal.window and same and choice.says is not None:
                    return self.voice(choice.says.text)
        return self.words.response(order.response)

    def _hear(self, desk: Desk, rect: pygame.Rect) -> None:
        """Messages of the seat's own channels, the newest first."""
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        sight = self._look()
        head = say("{seat} hears", seat=say(TITLES[self.seat]))
        paint.text(head, rect.topleft, LARGE, bold=True, width=rect.width)
        below = pygame.Rect(rect.x, rect.y + paint.line_height(LARGE), rect.width, 0)
        below.height = rect.bottom - below.y
        with desk.ui.scroll("hear", below) as area:
            at = pygame.Rect(area.x, area.y, area.width - paint.px(GAP), 0)
            crowd = sight["pages"].get("crowd")
            if crowd:
                text = say(
                    "about {people} people, up to {density:.1f} per m²",
                    people=crowd["estimate"],
                    density=crowd["density"],
                )
                at.y += paint.paragraph(text, at, BODY, theme.accent) + paint.px(PAD)
            heard = [*sight["messages"], *sight["said"]]
            start = self.words.scenario.start_min
            for message in sorted(heard, key=lambda each: each["tick"], reverse=True):
                if "via" not in message:
                    said_line(desk, message, start, at)
                    continue
                when = clock(message["tick"], start)
                at.y += paint.paragraph(f"{when}  {say(CHANNELS[Via(message['via'])])}", at, SMALL, theme.muted)
                at.y += paint.paragraph(say(message["text"]), at, BODY, bold=message["needs_answer"]) + paint.px(PAD)
            if not heard:
                at.y += paint.paragraph(say("Nothing has come in yet."), at, BODY, theme.muted)
            area.reach(at.y)

    def _propose_other(self, desk: Desk, rect: pygame.Rect) -> None:
        """Everything the seat may propose now, with a reason."""
        paint, ui, say, squad = desk.paint, desk.ui, desk.voice, self.table.squad
        paint.text(
            say("{seat} may propose", seat=say(TITLES[self.seat])), rect.topleft, LARGE, bold=True, width=rect.width
        )
        y = rect.y + paint.line_height(LARGE) + paint.px(GAP)
        self._reason = ui.field(
            "reason", pygame.Rect(rect.x, y, rect.width, paint.px(34)), self._reason, say("why, in one line"), most=280
        )
        y += paint.px(42)
        with ui.scroll("others", pygame.Rect(rect.x, y, rect.width, rect.bottom - y)) as area:
            at = pygame.Rect(area.x, area.y, area.width - paint.px(GAP), 0)
            for card in cards(squad, self.seat, squad.session.options()):
                if not card["open"]:
                    continue
                targets: Sequence[Any] = card["targets"]  # type: ignore[assignment]
                text = say(card["title"])  # type: ignore[arg-type]
                spot = pygame.Rect(at.x, at.y, at.width, paint.px(34))
                if ui.button(f"other:{card['response']}", spot, text, say(card["says"])):  # type: ignore[arg-type]
                    target = str(targets[0]["target"]) if targets else ""
                    self._propose(desk, Order(response=str(card["response"]), target=target, seat=self.seat))
                at.y = spot.bottom + paint.px(GAP)
            area.reach(at.y)

    # ---- the end

    def _ask_to_leave(self, desk: Desk) -> None:
        say = desk.voice
        answers: tuple[tuple[str, Callable[[], str], Callable[[], None]], ...] = (
            ("stay", lambda: say("Go on"), lambda: None),
            ("leave", lambda: say("Leave"), desk.pop),
        )
        desk.push(
            Dialog(
                self,
                lambda: say("Leave the drill?"),
                lambda: say("What was decided is saved. It is not gone on with here."),
                answers,
            )
        )

    def _end(self, desk: Desk) -> None:
        say, squad = desk.voice, self.table.squad
        over = Dialog(
            self,
            lambda: say("The drill is over"),
            lambda: "\n".join(
                (say("Now look back at it: what was decided, how late, and what it cost."), *dissents(desk, squad))
            ),
            (("wash", lambda: say("To the hot wash"), lambda: self._wash(desk)),),
        )
        desk.push(over)

    def _wash(self, desk: Desk) -> None:
        past = self.table.past()
        desk.replace(desk.pages.hot_wash(past))

"""Post: one run as its commander holds it - what was seen, what waits to be sent, and whether time may pass."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sim.desktop.engine import Engine, Flow, Needed, Ruled, View
from sim.desktop.office import Sitting
from sim.desktop.site import OLD_S, Scene, SiteMap
from sim.desktop.unit_marks import UnitMark
from sim.exercise.option import Option
from sim.seat.chronicle import Chronicle
from sim.seat.days import before_due
from sim.seat.draft import Draft
from sim.seat.law import missing
from sim.seat.run import ASSESSED_SPEED, SPEEDS, TAKE_BACK_S
from sim.seat.trace import TRACE_TICKS, trace_point
from sim.seat.voice import Voice
from sim.seat.words import Words, clauses
from sim.world.aftermath import DAY
from sim.world.message import Message
from sim.world.observation import Observation, UnitView
from sim.world.order import Order, Ruling, Value


@dataclass(slots=True)
class Notice:
    """What the commander is told about now."""

    says: Callable[[], str]
    """In the language spoken when it is asked, which may change while the notice stands."""
    tone: str
    """`good`, `warn`, `bad` or `plain`."""
    until: float
    in_feed: bool = False
    """True when it only says what a message says, which stands in full in the feed."""

    @property
    def text(self) -> str:
        """Its words now."""
        return self.says()


@dataclass(slots=True)
class Post:
    """Ask it once a frame to catch up."""

    sitting: Sitting
    voice: Voice
    words: Words
    engine: Engine
    map: SiteMap
    chronicle: Chronicle = field(default_factory=Chronicle)
    wanted: Flow = "paused"
    speed: float = 1.0
    held: bool = False
    """Something is open that time has to wait for."""
    notice: Notice | None = None
    waiting: Order | None = None
    """An order that can still be taken back."""
    waiting_until: float = 0.0
    draft: Draft | None = None
    view: View = None  # type: ignore[assignment]  # set by `open`
    scene: Scene = None  # type: ignore[assignment]  # set by `open`
    board: str = ""
    """A board somebody asked for; the page that shows boards opens it."""
    last_refused: tuple[Order, Ruling] | None = None
    """The order that was refused or marked last, with its ruling."""
    alerts: list[str] = field(default_factory=list)
    """Sounds to be heard, by name."""
    _drawn: int = -1

    @classmethod
    def open(cls, sitting: Sitting, voice: Voice, *, speed: float = 1.0) -> "Post":
        """The post at its first look; time stands still. A run that was left goes on at the speed it had."""
        words = Words(sitting.run.playbook, voice)
        engine = Engine(sitting.run, sitting.save)
        post = cls(sitting, voice, words, engine, SiteMap.of(words), speed=speed)
        post.speed = min(sitting.aside.speed or post.speed, post.most_speed)
        post.chronicle.in_hand.extend(sitting.aside.in_hand)
        post._take(engine.view)
        return post

    @property
    def seen(self) -> Observation:
        """What the seat can see."""
        return self.view.seen

    @property
    def assessed(self) -> bool:
        """True in an assessed run."""
        return self.sitting.assessed

    @property
    def over(self) -> bool:
        """True once the run has ended."""
        return self.view.outcome is not None

    @property
    def most_speed(self) -> float:
        """How fast time may pass."""
        return ASSESSED_SPEED if self.assessed else SPEEDS[-1]

    @property
    def speeds(self) -> tuple[float, ...]:
        """Speeds there are to choose from."""
        return tuple(s for s in SPEEDS if s <= self.most_speed)

    # ---- once a frame

    def catch_up(self, now: float) -> None:
        """Takes in what happened, sends what is due and lets time pass or stand still."""
        for event in self.engine.events():
            if isinstance(event, Ruled):
                self._ruled(event, now)
            elif isinstance(event, Needed):
                self.wanted = "paused"
                self._needed(event, now)
        if self.engine.view.number != self.view.number:
            self._take(self.engine.view, now)
        if self.waiting is not None and now >= self.waiting_until:
            self.send()
        if self.notice is not None and now > self.notice.until:
            self.notice = None
        flow: Flow = "paused" if self.held or self.over else self.wanted
        if flow != self.engine.flow or self.speed != self.engine.speed:
            self.engine.set_flow(flow, self.speed)

    def _take(self, view: View, now: float = 0.0) -> None:
        first = self.view is None
        self.view = view
        news = self.chronicle.note(view.seen)
        self._trace()
        self.scene = scene_of(view)
        if first:
            return
        if news.crush:
            self.tell(lambda: self.voice("CRUSH ALARM: people can no longer choose their steps"), "bad", now, 8.0)
            self.alerts.append("crush")
        elif news.calls:
            self.alerts.append("call")
            self._needs(news.calls[-1], now, 6.0)
        if view.outcome is not None:
            self.alerts.append("over")

    def _trace(self) -> None:
        """A point of the curve of what the crowd was seen doing."""
        trace, seen = self.sitting.aside.trace, self.seen
        if seen.days is None and (not trace or seen.tick >= trace[-1][0] + TRACE_TICKS):
            trace.append(trace_point(seen))

    def _ruled(self, event: Ruled, now: float) -> None:
        say, ruling = self.voice, event.ruling

        def title() -> str:
            return self.words.response(event.order.response)

        def why() -> str:
            known = clauses(say, (say(reason) for reason in ruling.reasons))
            first = clauses(say, (say(each.why) for each in missing(ruling)[:2]))
            return known or first or say("unlawful here")

        if ruling.failures:
            self.last_refused = (event.order, ruling)
        if ruling.marked:
            self.tell(lambda: say("{order}: sent, and marked as unlawful", order=title()), "bad", now, 6.0)
            self.alerts.append("refused")
        elif ruling.accepted:
            self.tell(lambda: say("{order}: sent", order=title()), "good", now)
            self.alerts.append("order")
        else:
            self.tell(lambda: say("{order}: refused, {why}", order=title(), why=why()), "bad", now, 8.0)
            self.alerts.append("refused")

    def _needed(self, event: Needed, now: float) -> None:
        if event.message is not None:
            self._needs(event.message, now, 8.0)

    def _needs(self, message: Message, now: float, seconds: float) -> None:
        self.notice = Notice(
            lambda: self.voice("Needs you: {text}", text=self.voice(message.text)), "warn", now + seconds, in_feed=True
        )

    def tell(self, says: Callable[[], str], tone: str, now: float, seconds: float = 4.0) -> None:
        """Tells the commander something for a while, in the language that is spoken then."""
        self.notice = Notice(says, tone, now + seconds)

    # ---- asked for

    def run_or_pause(self) -> None:
        """Space."""
        self.wanted = "running" if self.wanted == "paused" else "paused"

    def run_on(self) -> None:
        """Runs on until something needs the commander, or stops doing so."""
        self.wanted = "paused" if self.wanted == "hurrying" else "hurrying"
        self._note_speed("needed" if self.wanted == "hurrying" else f"{self.speed:g}")

    def next_day(self) -> None:
        """Runs on to the same hour of the next day after the incident, or until something needs the commander."""
        days = self.seen.days
        if days is None or self.over:
            return
        self.wanted = "hurrying"
        self._note_speed("day")
        self.engine.run_to(days.began_tick + (days.day + 1) * DAY)

    def until_due(self) -> None:
        """Runs on until something of the days after is about to fall due, or something needs the commander."""
        if self.seen.days is None or self.over:
            return
        self.wanted = "hurrying"
        self._note_speed("due")
        self.engine.run_to(before_due(self.seen))

    def set_speed(self, speed: float) -> None:
        """Another speed, within what is allowed."""
        self.speed = self.sitting.aside.speed = min(self.most_speed, speed)
        self._note_speed(f"{self.speed:g}")

    def change_speed(self, step: int) -> None:
        """So many steps faster or slower."""
        speeds = self.speeds
        at = min(range(len(speeds)), key=lambda k: abs(speeds[k] - self.speed))
        self.set_speed(speeds[max(0, min(len(speeds) - 1, at + step))])

    def _note_speed(self, speed: str) -> None:
        if self.assessed:
            self.sitting.aside.speeds.append((self.seen.tick, speed))

    def order(self, order: Order, now: float) -> None:
        """Sends an order, at once in an assessed run, else when nobody took it back for three seconds."""
        self.send()
        self.waiting, self.waiting_until = order, now + (0.0 if self.assessed else TAKE_BACK_S)
        if self.assessed:
            self.send()

    def option(self, response: str) -> Option | None:
        """A response as it stood at the last look; None when it is not on offer here."""
        return next((o for o in self.view.options if o.response.id == response), None)

    def propose(self, response: str, target: str = "", **values: Value) -> bool:
        """Opens the form of an order with this much filled in; False when the response is not on offer here."""
        option = self.option(response)
        if option is None:
            return False
        self.draft = Draft.of(option)
        self.draft.target = target or self.draft.target
        self.draft.values.update(values)
        return True

    def send(self) -> None:
        """Sends what waits, now."""
        order, self.waiting = self.waiting, None
        if order is not None:
            self.engine.give(order)

    def take_back(self, now: float) -> None:
        """Takes back what waits."""
        self.waiting = None
        self.tell(lambda: self.voice("Taken back"), "plain", now, 2.0)

    def take_in_hand(self, message: Message) -> None:
        """The commander has dealt with a call; kept beside the run."""
        self.chronicle.take_in_hand(message)
        self.sitting.aside.in_hand.append(message.serial)
        self.sitting.keep_aside()

    def close(self) -> None:
        """Sends what waits, saves everything, ends the thread."""
        self.send()
        self.engine.close()
        self.sitting.keep_aside()
        self.sitting.close()


def scene_of(view: View) -> Scene:
    """The moving part of the map as the seat sees it."""
    seen = view.seen
    return Scene(
        number=view.number,
        x=seen.x,
        y=seen.y,
        look=seen.look,
        old=seen.age_s > OLD_S,
        units=tuple(mark_of(unit) for unit in seen.units if unit.eta_s <= 0.0),
        vehicles=tuple((v.x, v.y) for v in seen.vehicles),
        casualties=tuple((c.x, c.y) for c in seen.casualties if c.waiting),
        blocked=seen.lanes_blocked,
        gates_open=seen.gates_open,
        exits=seen.exits,
    )


def mark_of(unit: UnitView) -> UnitMark:
    """A unit as the map draws it."""
    return UnitMark(
        id=unit.id,
        code=unit.code,
        strength=unit.strength,
        x=unit.x,
        y=unit.y,
        activity=unit.activity,
        bound_for=unit.bound_for,
        closed=unit.closed,
        officers=unit.officers,
    )

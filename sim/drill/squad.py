"""A squad: seats, proposals, messages and predictions around one session. It knows no clock and no network.

Everything that comes in is an `Input` with its tick; time is let pass by `run_until`. The same drill, seed and inputs
give the same squad, to the last line of its journal, so a log of the inputs is all that has to be kept.
"""

from dataclasses import dataclass, replace
from typing import Literal

from sim.core.digest import digest
from sim.core.errors import BadInput
from sim.drill.drill import Drill
from sim.drill.forecast import AHEAD_TICKS, WORSE, Question
from sim.drill.inputs import Input, Phase, permitted
from sim.drill.proposal import Proposal
from sim.drill.refused import Refused
from sim.drill.roles import may_propose
from sim.drill.session import Session
from sim.exercise.control import Control
from sim.exercise.player import DECIDE_EVERY, Doctrine, Options
from sim.exercise.tick import SECOND
from sim.scenario.response import Response
from sim.world.order import HOLD, Order

Absent = Literal["merge", "doctrine"]
MOST_OPEN = 8
"""Proposals that may be open at once."""
AGAIN_TICKS = 1200
"""The doctrine player in an empty seat proposes the same thing again after two minutes at the soonest."""
EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Said:
    """One message from seat to seat."""

    number: int
    sender: str
    to: str
    text: str
    tick: int
    there_tick: int
    """When it arrives; -1 where it never does."""


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody who looks on wrote down."""

    tick: int
    who: str
    role: str
    text: str


class Squad:
    """One squad in one drill."""

    def __init__(self, session: Session, *, absent: Absent = "merge", assessed: bool = False) -> None:
        """In the lobby; `absent` says whether missing seats fall to the chief or are played by the doctrine player.

        `assessed`: no choices are laid on the table, and every proposal needs a reason.
        """
        self.session = session
        self.absent = absent
        self.assessed = assessed
        self.phase: Phase = "lobby"
        self.stopped_for = ""
        """What the instructor said when everybody was stopped."""
        self.sitting: dict[str, str] = {}
        """Callsign by seat."""
        self.proposals: list[Proposal] = []
        self.said: list[Said] = []
        self.questions: list[Question] = []
        self.notes: list[Note] = []

    def branch(self) -> "Squad":
        """A squad that goes on by itself from this exact moment, stopped, with nobody in its seats."""
        other = self.fork()
        other.phase = "over" if self.phase == "over" else "paused"
        other.stopped_for = ""
        other.sitting = {}
        return other

    def fork(self) -> "Squad":
        """The same squad once more, which goes on by itself; given the same inputs it comes to the same."""
        other = Squad(self.session.fork(), absent=self.absent, assessed=self.assessed)
        other.phase, other.stopped_for = self.phase, self.stopped_for
        other.sitting = dict(self.sitting)
        other.proposals = [replace(p, votes=dict(p.votes), dissent=dict(p.dissent)) for p in self.proposals]
        other.said, other.notes = list(self.said), list(self.notes)
        other.questions = [replace(q, said=dict(q.said), picked=dict(q.picked)) for q in self.questions]
        return other

    # ---- who there is

    @property
    def drill(self) -> Drill:
        """The drill."""
        return self.session.drill

    @property
    def tick_now(self) -> int:
        """The tick the run is at."""
        return self.session.tick_now

    @property
    def filled(self) -> tuple[str, ...]:
        """Seats somebody sits in, in the order of the drill."""
        return tuple(seat for seat in self.drill.seats if seat in self.sitting)

    @property
    def played(self) -> tuple[str, ...]:
        """Seats that are played at all: where the doctrine player fills in, every one."""
        return tuple(self.drill.seats) if self.absent == "doctrine" else self.filled

    @property
    def chief(self) -> str:
        """The seat that calls what no other seat calls: the first of the drill's seats in which somebody sits."""
        return self.filled[0] if self.filled else self.drill.chief

    def decider(self, response: Response) -> str:
        """The seat that calls proposals of this response."""
        named = self.drill.decider(response, self.filled)
        return named if named in self.filled else self.chief

    # ---- inputs

    def apply(self, given: Input) -> dict[str, object]:
        """Takes an input at its tick and returns what came of it, as plain data.

        Raises:
            Refused: it was not taken; nothing has changed.
        """
        permitted(given.kind, given.role, self.phase)
        self.run_until(given.tick)
        permitted(given.kind, given.role, self.phase)
        data = given.data
        if given.kind == "propose":
            return self._propose(given.role, data["order"])
        if given.kind in {"second", "vote", "call", "withdraw", "dissent"}:
            return self._decide(given)
        if given.kind == "say":
            return self._say(given.role, str(data["to"]), str(data["text"]))
        if given.kind in {"predict", "pick"}:
            return self._foresee(given)
        if given.kind == "note":
            self.notes.append(Note(self.tick_now, given.who, given.role, str(data["text"])))
        elif given.kind in {"sit", "stand"}:
            self._seat(given)
        elif given.kind in {"inject", "edit", "add", "nudge"}:
            self._control(given)
        else:
            self._phase(given)
        return {}

    def _propose(self, seat: str, wire: object) -> dict[str, object]:
        assert isinstance(wire, dict)
        if seat not in self.filled:
            raise Refused("not-yours")
        if self.assessed and not str(wire["reason"]).strip():
            raise Refused("no-reason", "order.reason")
        return {"proposal": self._put(Order.from_dict({**wire, "seat": seat})).number}

    def _put(self, order: Order) -> Proposal:
        """Puts an order on the table, and gives it at once where nobody else has a say."""
        response = self.session.playbook.responses.get(order.response)
        if response is None or (order.response not in self.session.exercise.offered() and order.response != HOLD):
            raise Refused("no-response", "order.response")
        on_table = not self.assessed and any(
            choice.response == order.response for d in self.session.open_decisions for choice in d.window.choices
        )
        if not on_table and not may_propose(response, order.seat, self.chief, self.played):
            raise Refused("not-yours")
        if sum(p.is_open for p in self.proposals) >= MOST_OPEN:
            raise Refused("too-many")
        decision = self.session.fits(order.response)
        proposal = Proposal(
            number=len(self.proposals) + 1,
            seat=order.seat,
            order=order,
            tick=self.tick_now,
            decider=self.decider(response),
            vote=decision.window.vote if decision is not None else "advice",
            window=decision.window.id if decision is not None else "",
        )
        self.proposals.append(proposal)
        alone = response.group in self.drill.alone.get(order.seat, ())  # type: ignore[call-overload]
        if alone or not self.filled or self.filled == (order.seat,):
            proposal.close("carried", self.tick_now)
            self._give(proposal)
        elif len(self.filled) < 2:
            proposal.go_on_alone(self._lapses())
        return proposal

    def _lapses(self) -> int:
        return self.tick_now + self.drill.deliberation_s * SECOND

    def _decide(self, given: Input) -> dict[str, object]:
        number, seat, data = given.data["proposal"], given.role, given.data
        assert isinstance(number, int)
        if not 1 <= number <= len(self.proposals):
            raise Refused("no-such", "proposal")
        if seat not in self.filled:
            raise Refused("not-yours")
        proposal = self.proposals[number - 1]
        if given.kind == "second":
            proposal.second(seat, self._lapses())
        elif given.kind == "vote":
            proposal.cast(seat, for_it=bool(data["for"]))
        elif given.kind == "withdraw":
            proposal.withdraw(seat, self.tick_now)
        elif given.kind == "dissent":
            proposal.disagree(seat, str(data["reason"]))
        else:
            proposal.call(seat, self.tick_now, carry=bool(data["carry"]), why=str(data.get("reason", "")))
            if proposal.status == "carried":
                self._give(proposal)
        self._settle()
        return {"proposal": number, "status": proposal.status}

    def _give(self, proposal: Proposal) -> None:
        """The order of a carried proposal; what the rules refuse is marked so."""
        proposal.ruling = self.session.order(proposal.order)
        if not proposal.ruling.accepted:
            proposal.status = "refused"

    def _say(self, seat: str, to: str, text: str) -> dict[str, object]:
        if to != EVERYBODY and to not in self.drill.seats:
            raise Refused("no-such", "to")
        number, radio = len(self.said) + 1, self.drill.radio
        luck = int(digest((self.session.exercise.seed, "radio", number))[:8], 16) / 4294967296.0
        lost = luck < radio.loss
        there = -1 if lost else self.tick_now + round(radio.delay_s * SECOND)
        self.said.append(Said(number, seat, to, text, self.tick_now, there))
        return {"message": number}

    def _foresee(self, given: Input) -> dict[str, object]:
        number, percent, choice = (given.data.get(name, 0) for name in ("question", "percent", "choice"))
        assert isinstance(number, int)
        assert isinstance(percent, int)
        assert isinstance(choice, int)
        if not 1 <= number <= len(self.questions):
            raise Refused("no-such", "question")
        question = self.questions[number - 1]
        if given.kind == "predict":
            question.predict(given.who, percent, self.tick_now)
            return {"question": number}
        decision = next(d for d in self.session.decisions if d.window.id == question.window)
        if decision.status != "open":
            raise Refused("settled")
        laid_out = 0 if self.assessed else len(decision.window.choices)
        question.pick(given.who, choice, percent, laid_out)
        return {"question": number}

    def _seat(self, given: Input) -> None:
        seat = str(given.data["seat"])
        if seat not in self.drill.seats:
            raise Refused("no-such", "seat")
        if given.kind == "stand":
            if self.sitting.pop(seat, None) is None:
                raise Refused("no-such", "seat")
            return
        who = str(given.data["who"])
        if self.sitting.get(seat, who) != who:
            raise Refused("seat-taken")
        self.sitting = {s: w for s, w in self.sitting.items() if w != who}
        self.sitting[seat] = who

    def _control(self, given: Input) -> None:
        data = given.data
        fields = {k: v for k, v in data.items() if k in {"inject", "en", "zh", "channel", "group", "quantity", "by"}}
        what = str(data["do"]) if given.kind == "inject" else given.kind
        if given.kind == "inject" and what not in {"fire", "delay", "skip"}:
            raise Refused("bad-message", "do")
        later = data["in_s"] if given.kind == "add" else data.get("minutes", 0.0)
        assert isinstance(later, int | float)
        minutes = later / 60.0 if given.kind == "add" else float(later)
        try:
            self.session.exercise.control(Control(what=what, minutes=minutes, **fields))  # type: ignore[arg-type]
        except BadInput as wrong:
            raise Refused("no-such", why=wrong.phrase) from wrong

    def _phase(self, given: Input) -> None:
        if given.kind == "end":
            self.session.stop()
            self._over()
        else:
            self.phase = "paused" if given.kind == "pause" else "running"
            self.stopped_for = str(given.data.get("text", ""))

    def _over(self) -> None:
        self.phase, self.stopped_for = "over", ""
        for proposal in self.proposals:
            if proposal.is_open:
                proposal.close("lapsed", self.tick_now)

    # ---- time

    def run_until(self, tick: int) -> None:
        """Lets time pass to that tick; nothing passes in the lobby, while everybody is stopped, or after the end."""
        while self.phase == "running" and self.tick_now < tick:
            self.session.run_until(min(tick, self.tick_now - self.tick_now % SECOND + SECOND))
            if self.tick_now % SECOND == 0 or self.session.outcome is not None:
                self._second()

    def _second(self) -> None:
        self._settle()
        self._ask()
        if self.session.outcome is not None:
            self._over()
        elif self.absent == "doctrine" and self.tick_now % DECIDE_EVERY == 0:
            self._fill_in()

    def _settle(self) -> None:
        """What votes and countdown have settled."""
        for proposal in self.proposals:
            verdict = proposal.verdict(self.filled, self.tick_now)
            if verdict:
                proposal.close(verdict, self.tick_now)
            if verdict == "carried":
                self._give(proposal)

    def _ask(self) -> None:
        """Opens a question with each window, and settles those that are due."""
        asked = [question.window for question in self.questions]
        for decision in self.session.decisions:
            if decision.opened_tick >= 0 and decision.window.id not in asked:
                due = min(self.tick_now + AHEAD_TICKS, self.session.end_tick)
                closes = min(decision.until_tick, (self.tick_now + due) // 2)
                number = len(self.questions) + 1
                self.questions.append(Question(number, decision.window.id, self.tick_now, closes, due))
        due_now = [q for q in self.questions if q.came is None and q.due_tick == self.tick_now]
        if due_now:
            seen = self.session.exercise.observe()
            for question in due_now:
                question.came = seen.state in WORSE if seen.state_age_s >= 0.0 else None

    def _fill_in(self) -> None:
        """The doctrine player proposes for each empty seat what it finds most sensible there, one thing at a time.

        What nobody takes up within two minutes lapses, and half of the table is left to those who sit at it.
        """
        exercise, player = self.session.exercise, Doctrine()
        for proposal in self.proposals:
            if proposal.is_open and proposal.seat not in self.sitting and self.tick_now - proposal.tick >= AGAIN_TICKS:
                proposal.close("lapsed", self.tick_now)
        busy = {p.seat for p in self.proposals if p.is_open}
        empty = [seat for seat in self.drill.seats if seat not in self.sitting and seat not in busy]
        wishes = list(player.ranked(exercise.observe(), Options(exercise))) if empty else []
        for seat in empty:
            for wish in wishes:
                response = self.session.playbook.responses[wish.response]
                if may_propose(response, seat, self.chief, self.played) and not self._lately(wish):
                    if sum(p.is_open for p in self.proposals) < MOST_OPEN // 2:
                        order = Order.from_dict({**wish.as_dict(), "seat": seat})
                        self._put(order)
                    break

    def _lately(self, wish: Order) -> bool:
        return any(
            p.order.response == wish.response and (p.is_open or self.tick_now - p.tick < AGAIN_TICKS)
            for p in self.proposals
        )

"""Review tab: every decision with its verdict, the worth of the run over time, and the one that is looked at."""

from dataclasses import dataclass, field

import pygame

from sim.desktop.course import Names
from sim.desktop.judged import colour_of, shape_of
from sim.desktop.office import Past, Reviewer
from sim.desktop.review_detail import Detail, Ways, title_of
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, PAD, SMALL
from sim.review import Effort, Moment, Review
from sim.review.decision import of_the_scene
from sim.seat.judgement import harsh, said_of
from sim.seat.words import Words

GRAPH = 120.0
"""Height of the worth over time, before scaling."""


@dataclass(slots=True)
class ReviewTab:
    """Begins to review when it is told to, at the latest when it is opened for the first time."""

    reviewer: Reviewer | None = None
    chosen: int = 0
    """Number of the decision looked at; 0 for the first that is known."""
    detail: Detail = field(default_factory=Detail)

    def leave(self) -> None:
        """Ends the processes, if there are any."""
        if self.reviewer is not None:
            self.reviewer.end()

    def begin(self, desk: Desk, past: Past) -> None:
        """Begins, unless it has."""
        if self.reviewer is None:
            self.reviewer = desk.office.review(past)

    def again(self, desk: Desk, past: Past) -> None:
        """Begins anew, with what was carried out so far and with what has been pinned since."""
        self.leave()
        self.reviewer = desk.office.review(past)

    def draw(self, desk: Desk, words: Words, names: Names, past: Past, rect: pygame.Rect, ways: Ways) -> None:
        """How far it is, the worth of the run over time, the decisions on the left and the chosen one on the right."""
        paint, say = desk.paint, desk.voice
        self.begin(desk, past)
        at = pygame.Rect(rect.x, rect.y, rect.width, 0)
        self._progress(desk, past, at)
        assert self.reviewer is not None
        review = self.reviewer.review
        if review is None or not review.moments:
            text = say("Each decision is played on from the same moment, with up to {number} alternatives, under the"
                       " same chance events and over what could not be known. The first takes the longest.",
                       number=Effort().alternatives)  # fmt: skip
            if not self.reviewer.going and self.reviewer.whole:
                text = say("No decision was carried out, so there is nothing to compare.")
            paint.paragraph(text, at, BODY, paint.theme.muted)
            return
        graph = pygame.Rect(rect.x, at.y, rect.width, paint.px(GRAPH))
        self._graph(desk, words, past, review, graph)
        body = pygame.Rect(rect.x, graph.bottom + paint.px(PAD), rect.width, rect.bottom - graph.bottom - paint.px(PAD))
        left = pygame.Rect(body.x, body.y, min(paint.px(380), round(body.width * 0.34)), body.height)
        self._list(desk, words, review, left)
        right = pygame.Rect(left.right + paint.px(PAD), body.y, body.right - left.right - paint.px(PAD), body.height)
        self.detail.draw(desk, words, names, self._moment(review), review, right, ways)

    def _moment(self, review: Review) -> Moment:
        return next((m for m in review.moments if m.number == self.chosen), review.moments[0])

    def _progress(self, desk: Desk, past: Past, at: pygame.Rect) -> None:
        """How many decisions are settled, a way to stop or begin again, and to the next costly one."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        now = self.reviewer
        assert now is not None
        review, high = now.review, paint.px(34)
        right = at.right
        if now.going:
            width = ui.button_width(say("Stop")) + paint.px(PAD)
            if ui.button(
                "stop", pygame.Rect(right - width, at.y, width, high), say("Stop"), say("What was found stays.")
            ):
                now.stop()
        elif not now.whole:
            width = ui.button_width(say("Review again")) + paint.px(PAD)
            if ui.button("again", pygame.Rect(right - width, at.y, width, high), say("Review again")):
                self.reviewer = desk.office.review(past)
        else:
            width = 0
        right -= width + paint.px(GAP) if width else 0
        if review is not None and review.moments:
            label = say("Next costly decision")
            width = ui.button_width(label) + paint.px(PAD)
            spot = pygame.Rect(right - width, at.y, width, high)
            if ui.button("next_costly", spot, label, command="next_decision"):
                self._next_costly(review)
            right = spot.x - paint.px(GAP)
        settled = sum(m.settled for m in review.moments) if review is not None else 0
        number = review.decisions if review is not None else 0
        if number or now.whole:
            text = say("{done} of {number} decisions settled", done=settled, number=number)
        else:
            text = say("Beginning") if now.going else say("Stopped before anything was known")
        if now.failed:
            text += ". " + say("It broke off; the run may be from another version of the program.")
        elif now.going:
            text += say(", ") + say("{seconds:.0f} s so far", seconds=now.seconds)
        if review is not None and review.ledger is not None:
            book = review.ledger
            text += "  ·  " + say("skill {skill:+.1f}, luck {luck:+.1f}", skill=book.skill, luck=book.luck)
        paint.text(text, at.topleft, BODY, bold=True, width=right - at.x - paint.px(PAD))
        bar = pygame.Rect(at.x, at.y + paint.line_height(BODY) + 2, right - at.x - paint.px(PAD), paint.px(6))
        paint.panel(bar, theme.raised, radius=3)
        share = settled / number if number else 0.0
        paint.panel(pygame.Rect(bar.x, bar.y, round(bar.width * share), bar.height), theme.accent, radius=3)
        at.y += high + paint.px(GAP)

    def _next_costly(self, review: Review) -> None:
        """The next decision, round the end, of which something was lost for sure."""
        now = self._moment(review).number
        costly = [m.number for m in review.moments if harsh(m.verdict) > 0.0]
        later = [number for number in costly if number > now]
        if costly:
            self.chosen = (later or costly)[0]

    def _graph(self, desk: Desk, words: Words, past: Past, review: Review, rect: pygame.Rect) -> None:
        """Before each decision the best that could be had, and the step down to what was chosen."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        paint.panel(rect, theme.panel, theme.line)
        pad = paint.px(PAD)
        paint.text(say("What the run was worth: the best to be had, and after the choice"), (rect.x + pad, rect.y + 2),
                   SMALL, theme.muted, width=rect.width - 2 * pad)  # fmt: skip
        inner = pygame.Rect(rect.x + pad + paint.px(30), rect.y + paint.line_height(SMALL) + 4,
                            rect.width - 2 * pad - paint.px(30),
                            rect.height - paint.line_height(SMALL) - paint.px(12))  # fmt: skip
        for worth in (0, 50, 100):
            y = inner.bottom - round(inner.height * worth / 100.0)
            pygame.draw.line(paint.surface, theme.raised, (inner.x, y), (inner.right, y))
            paint.text(
                f"{worth}", (inner.x - paint.px(6), y - paint.line_height(SMALL) / 2), SMALL, theme.muted, align=1.0
            )
        book = review.ledger
        if book is None:
            return
        last = max((entry.tick for entry in of_the_scene(past.entries)), default=1)
        self._calls(desk, words, past, inner, last)
        points: list[tuple[float, float]] = []
        by_number = {m.number: m for m in review.moments}

        def where(tick: int, worth: float) -> tuple[float, float]:
            return inner.x + inner.width * tick / max(1, last), inner.bottom - inner.height * worth / 100.0

        for step in book.steps:
            tick = by_number[step.decision].tick
            points.extend((where(tick, step.before), where(tick, step.after)))
        points.append(where(last, book.final))
        paint.line(points, theme.muted, 1.0)
        for step in book.steps:
            moment = by_number[step.decision]
            x, low = where(moment.tick, step.after)
            colour = colour_of(theme, moment.verdict)
            paint.line([where(moment.tick, step.before), (x, low)], colour, 3.0)
            paint.shape(shape_of(moment.verdict), (x, low), paint.px(12), colour)
            spot = pygame.Rect(0, 0, paint.px(16), paint.px(16))
            spot.center = (round(x), round(low))
            tip = f"{words.clock(moment.tick)}  {title_of(words, moment)}\n{said_of(say, moment)}"
            if ui.hot(f"worth:{moment.number}", spot, tip):
                self.chosen = moment.number

    @staticmethod
    def _calls(desk: Desk, words: Words, past: Past, inner: pygame.Rect, last: int) -> None:
        """What came from outside, on the lower edge of the graph."""
        paint, theme = desk.paint, desk.paint.theme
        known = {inject.id: inject.text or inject.if_not_text for inject in words.scenario.injects}
        for entry in past.entries:
            if entry.kind != "inject" or entry.data["event"] != "fired" or entry.tick > last:
                continue
            x = inner.x + inner.width * entry.tick / max(1, last)
            paint.shape("down", (x, inner.bottom - paint.px(3)), paint.px(8), theme.muted)
            spot = pygame.Rect(round(x) - paint.px(4), inner.bottom - paint.px(8), paint.px(8), paint.px(12))
            said = known.get(str(entry.data["id"]))
            if desk.ui.over(spot) and said is not None:
                desk.ui.tip(f"{words.clock(entry.tick)}  {desk.voice(said.text)}", spot)

    def _list(self, desk: Desk, words: Words, review: Review, rect: pygame.Rect) -> None:
        """One line for each decision known so far."""
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        chosen = self._moment(review).number
        high = paint.line_height(BODY) + paint.line_height(SMALL) + paint.px(10)
        with ui.scroll("review:list", rect) as area:
            y = area.y
            for moment in review.moments:
                box = pygame.Rect(area.x, y, area.width, high)
                name = f"decision:{moment.number}"
                if ui.hot(name, box):
                    self.chosen = moment.number
                fill = theme.raised if moment.number == chosen or ui.over(box) else theme.panel
                paint.panel(box, fill, theme.accent if moment.number == chosen else theme.line)
                colour = colour_of(theme, moment.verdict)
                paint.shape(shape_of(moment.verdict), (box.x + paint.px(14), box.centery), paint.px(14), colour)
                x, top = box.x + paint.px(30), box.y + paint.px(4)
                width = box.right - paint.px(6) - x
                paint.text(title_of(words, moment), (x, top), BODY, bold=True, width=width)
                line = f"{words.clock(moment.tick)}  ·  {said_of(say, moment)}"
                paint.text(line, (x, top + paint.line_height(BODY)), SMALL, colour, width=width)
                y = box.bottom + paint.px(GAP)
            area.reach(y)

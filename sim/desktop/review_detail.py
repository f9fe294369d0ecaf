"""Review detail: one decision - its verdict and why, two futures side by side, every alternative and its interval."""

from dataclasses import dataclass, field
from typing import Protocol

import pygame

from sim.desktop.course import Names
from sim.desktop.decisions import aim
from sim.desktop.judged import colour_of, shape_of
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, LARGE, PAD, SMALL, Colour
from sim.review import Moment, Review
from sim.review.estimate import Estimate
from sim.review.stopping import ALIKE, WORSE
from sim.review.study import NO_BETTER
from sim.seat.judgement import STOPPED, beside, how_far, mean_difference, meaning_of, only_looked_at, said_of
from sim.seat.variation import variation
from sim.seat.words import Words
from sim.world.order import HOLD

LEAST = 5.0
"""The axis reaches at least so many points to each side."""
FUTURES = 96.0
"""Height of the two futures, before scaling."""
TAKING_PART, ACTIVES, HURT, DENSITY = range(4)


class Ways(Protocol):
    """Where a decision can lead."""

    def look(self, desk: Desk, tick: int) -> None:
        """The replay from this tick."""

    def retry(self, desk: Desk, tick: int) -> None:
        """The same run, to be played on from this tick."""

    def both(self, desk: Desk, moment: Moment, other: int, names: tuple[str, str], at: pygame.Rect) -> None:
        """Two maps of what was done and of this alternative, by these names."""

    def below(self, desk: Desk, moment: Moment, at: pygame.Rect) -> None:
        """What stands below the alternatives."""


def title_of(words: Words, moment: Moment) -> str:
    """What was done; of a call let pass that nothing was."""
    if moment.order is None:
        return words.say("nothing was ordered")
    return words.response(moment.order.response)


def reach(moment: Moment) -> float:
    """How far the axis goes to each side, in points: a round number that holds every interval."""
    ends = [
        abs(end)
        for each in moment.alternatives
        for found in (each.against_own, each.against_doctrine)
        if found.trials > 1
        for end in (found.low, found.high)
    ]
    most = max(ends, default=0.0)
    return next((step for step in (LEAST, 10.0, 20.0, 30.0, 50.0, 75.0) if most <= step), 100.0)


@dataclass(slots=True)
class Detail:
    """One decision at a time, and the alternative whose future is drawn beside what was done."""

    beside: dict[int, int] = field(default_factory=dict)
    """By number of the decision: the alternative somebody pressed."""

    def draw(
        self, desk: Desk, words: Words, names: Names, moment: Moment, review: Review, rect: pygame.Rect, ways: Ways
    ) -> None:
        """From the verdict down to the alternatives."""
        paint, ui = desk.paint, desk.ui
        paint.panel(rect, paint.theme.panel, paint.theme.line)
        inner = rect.inflate(-2 * paint.px(PAD), -2 * paint.px(PAD))
        with ui.scroll(f"review:{moment.number}", inner, paged=True) as area:
            at = area.at(area.y)
            self._head(desk, words, names, moment, at, ways)
            self._why(desk, moment, at)
            self._futures(desk, words, moment, at, ways)
            self._alternatives(desk, words, names, moment, review, at)
            if not only_looked_at(moment):
                ways.below(desk, moment, at)
            area.reach(at.y)

    def _head(self, desk: Desk, words: Words, names: Names, moment: Moment, at: pygame.Rect, ways: Ways) -> None:
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        clock = words.clock(moment.tick)
        x = at.right
        for name, text, tip, does in (
            (
                "retry",
                say("Try from here"),
                say("Plays the run on from {clock}; the first one stays", clock=clock),
                ways.retry,
            ),
            ("see", say("See it"), say("Opens the replay at {clock}", clock=clock), ways.look),
        ):
            width = ui.button_width(text, SMALL) + paint.px(PAD)
            if ui.button(f"moment:{name}", pygame.Rect(x - width, at.y, width, paint.px(30)), text, tip, size=SMALL):
                does(desk, moment.tick)
            x -= width + paint.px(GAP)
        title = title_of(words, moment)
        if moment.order is not None and moment.order.target:
            title += "  ·  " + aim(desk, words, names, moment.order.response, moment.order.target)
        paint.text(f"{clock}  {title}", at.topleft, LARGE, bold=True, width=x - at.x - paint.px(PAD))
        at.y += max(paint.line_height(LARGE), paint.px(30)) + paint.px(GAP)
        colour = colour_of(theme, moment.verdict)
        paint.shape(
            shape_of(moment.verdict), (at.x + paint.px(10), at.y + paint.line_height(LARGE) / 2), paint.px(16), colour
        )
        verdict = said_of(say, moment)
        drawn = paint.text(verdict, (at.x + paint.px(26), at.y), LARGE, colour, bold=True)
        room = at.right - drawn.right - paint.px(PAD)
        if not only_looked_at(moment):
            spot = (drawn.right + paint.px(PAD), at.y + paint.px(3))
            paint.text(meaning_of(say, moment), spot, BODY, theme.muted, width=room)
        at.y += paint.line_height(LARGE) + paint.px(GAP)
        for text in self._figures(desk, moment):
            at.y += paint.paragraph(text, at, SMALL, theme.muted)

    @staticmethod
    def _figures(desk: Desk, moment: Moment) -> list[str]:
        """Regret as it could be known, and as it turned out; and what is wrong with it, if anything."""
        say = desk.voice

        def points(found: Estimate) -> str:
            return f"{found.mean:+.1f} [{found.low:+.1f} .. {found.high:+.1f}]" if found.trials > 1 else "–"

        if only_looked_at(moment):
            # What a first look rests on takes more than the rest of a line.
            return [meaning_of(say, moment) + "."]
        found = [
            say(
                "Regret, as far as it could be known: {own} with your later orders, {doctrine} with the doctrine's;"
                " {trials} trials",
                own=points(moment.regret_own),
                doctrine=points(moment.regret_doctrine),
                trials=moment.trials,
            )
        ]
        if moment.clairvoyant_regret is not None:
            found.append(
                say(
                    "As things then went, which nobody could know, it cost {points:.1f}",
                    points=moment.clairvoyant_regret,
                )
            )
        if not moment.reproduces:
            found.append(say("WARNING: continuing with the same order did not reproduce the original"))
        return found

    @staticmethod
    def _why(desk: Desk, moment: Moment, at: pygame.Rect) -> None:
        paint, say = desk.paint, desk.voice
        if not moment.why:
            return
        at.y += paint.px(PAD)
        if moment.verdict == "great":
            head = say("What it prevented, against the next best:")
        elif moment.best == 0:
            head = say("What the next best alternative would have changed:")
        else:
            head = say("What the best alternative would have changed:")
        at.y += paint.paragraph(head, at, BODY, bold=True)
        for phrase in moment.why:
            at.y += paint.paragraph(say(phrase), at, BODY)

    def _futures(self, desk: Desk, words: Words, moment: Moment, at: pygame.Rect, ways: Ways) -> None:
        """Two futures in the mean of the trials: what was done, and as a ghost the best alternative, or one pressed."""
        other = self._other(moment)
        ours = moment.alternatives[0].curve
        theirs = moment.alternatives[other].curve if other else ()
        if len(ours) < 2 or len(theirs) < 2:
            return
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        at.y += paint.px(PAD)
        gap = paint.px(PAD)
        width = (at.width - 2 * gap) // 3
        shown = ((ACTIVES, say("loud or worse")), (HURT, say("people hurt")), (DENSITY, say("people per m²")))
        for k, (column, title) in enumerate(shown):
            box = pygame.Rect(at.x + k * (width + gap), at.y, width, paint.px(FUTURES))
            paint.panel(box, theme.ground, theme.line)
            paint.text(title, (box.x + paint.px(6), box.y + 2), SMALL, theme.muted, width=box.width - paint.px(12))
            self._curves(desk, box, [row[column] for row in ours], [row[column] for row in theirs])
        at.y += paint.px(FUTURES) + 2
        best = moment.alternatives[other]
        name = words.response(best.order.response) if best.order is not None else words.response(HOLD)
        if differs := variation(words, moment.alternatives, other):
            name = say("{text} ({note})", text=name, note=differs)
        paint.line([(at.x, at.y + paint.px(9)), (at.x + paint.px(22), at.y + paint.px(9))], theme.text, 4.0)
        drawn = paint.text(say("as it was done"), (at.x + paint.px(28), at.y), SMALL)
        x = drawn.right + paint.px(16)
        paint.line([(x, at.y + paint.px(9)), (x + paint.px(22), at.y + paint.px(9))], theme.accent, 1.5)
        paint.text(name, (x + paint.px(28), at.y), SMALL, theme.accent, width=at.right - x - paint.px(28))
        at.y += paint.line_height(SMALL)
        ways.both(desk, moment, other, (say("as it was done"), name), at)

    def _other(self, moment: Moment) -> int:
        """The alternative drawn beside what was done; 0 when there is none."""
        pressed = self.beside.get(moment.number, 0)
        return pressed if 0 < pressed < len(moment.alternatives) else beside(moment)

    @staticmethod
    def _curves(desk: Desk, box: pygame.Rect, ours: list[float], theirs: list[float]) -> None:
        paint, theme = desk.paint, desk.paint.theme
        inner = box.inflate(-2 * paint.px(8), 0)
        inner.y, inner.height = (
            box.y + paint.line_height(SMALL) + 4,
            box.height - paint.line_height(SMALL) - paint.px(10),
        )
        most = max(*ours, *theirs, 1.0)
        # Where both go the same way the wide line shows on both sides of the narrow one.
        for values, colour, wide in ((ours, theme.text, 4.0), (theirs, theme.accent, 1.5)):
            n = len(values) - 1
            paint.line(
                [(inner.x + inner.width * k / n, inner.bottom - inner.height * v / most) for k, v in enumerate(values)],
                colour,
                wide,
            )
        top = f"{most:.1f}" if most < 10.0 else f"{most:.0f}"
        paint.text(top, (box.right - paint.px(6), box.y + 2), SMALL, theme.muted, align=1.0)

    def _alternatives(
        self, desk: Desk, words: Words, names: Names, moment: Moment, review: Review, at: pygame.Rect
    ) -> None:
        """Every alternative, the best first, with both intervals against what was done on one axis round zero."""
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        at.y += paint.px(PAD)
        line = paint.line_height(BODY) + paint.px(8)
        span = reach(moment)
        axis = pygame.Rect(at.x + round(at.width * 0.46), at.y, round(at.width * 0.36), 0)
        paint.text(say("Against what was done, points"), (at.x, at.y), SMALL, theme.muted, width=axis.x - at.x)
        for k in range(-1, 2):
            x = axis.centerx + k * axis.width / 2
            text = f"{k * span:+g}" if k else "0"
            paint.text(text, (x, at.y), SMALL, theme.muted, align=0.5)
        at.y += paint.line_height(SMALL) + 2
        order = sorted(range(1, len(moment.alternatives)), key=lambda k: -mean_difference(moment.alternatives[k]))
        for k in order:
            differs = self._told_apart(words, moment, k)
            high = line + (paint.line_height(SMALL) if differs else 0)
            row = pygame.Rect(at.x, at.y, at.width, high)
            if desk.ui.hot(f"alternative:{k}", row, say("Draws its future beside what was done")):
                self.beside[moment.number] = k
            if k == self._other(moment):
                paint.panel(row, theme.raised, radius=3)
            self._row(desk, words, names, moment, k, row, axis, span)
            if differs:
                left = row.x + paint.px(18)
                spot = (left, row.y + paint.px(3) + paint.line_height(BODY))
                paint.text(differs, spot, SMALL, theme.muted, width=axis.x - left - paint.px(PAD))
            desk.ui.ring(f"alternative:{k}", row)
            at.y += high
        note = say(
            "Upper line with your own later orders, lower line with the doctrine's; 95 % of {trials} trials at most,"
            " {horizon:g} min ahead. In this model; no statement about real people.",
            trials=review.effort.most,
            horizon=review.effort.horizon_min,
        )
        at.y += paint.paragraph(note, at, SMALL, theme.muted)
        at.y += paint.paragraph(say(how_far(review)), at, SMALL, theme.muted) + paint.px(PAD)

    @staticmethod
    def _told_apart(words: Words, moment: Moment, k: int) -> str:
        """What tells an alternative from another of the same name, and that it is as good as the best, where it is."""
        differs, why = variation(words, moment.alternatives, k), moment.alternatives[k].stopped
        alike = words.say(STOPPED[why]) if why in {ALIKE, NO_BETTER} else ""
        return "  ·  ".join(each for each in (differs, alike) if each)

    @staticmethod
    def _row(
        desk: Desk, words: Words, names: Names, moment: Moment, k: int, row: pygame.Rect, axis: pygame.Rect, span: float
    ) -> None:
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        each = moment.alternatives[k]
        title = words.response(each.order.response if each.order is not None else HOLD)
        if not each.lawful:
            title = say("{response} (unlawful)", response=title)
        elif each.source == "pinned":
            title = say("{response} (pinned)", response=title)
        if each.order is not None and each.order.target:
            title += "  ·  " + aim(desk, words, names, each.order.response, each.order.target)
        ink = theme.bad if not each.lawful else theme.muted if each.stopped == WORSE else theme.text
        left = row.x
        if k == moment.best:
            paint.shape("up", (left + paint.px(7), row.centery), paint.px(12), theme.good)
        left += paint.px(18)
        paint.text(
            title, (left, row.y + paint.px(3)), BODY, ink, bold=k == moment.best, width=axis.x - left - paint.px(PAD)
        )
        for tick in (-1, 0, 1):
            x = round(axis.centerx + tick * axis.width / 2)
            colour = theme.text if tick == 0 else theme.raised
            pygame.draw.line(paint.surface, colour, (x, row.y), (x, row.bottom - 1))
        for found, y in (
            (each.against_own, row.centery - paint.px(4)),
            (each.against_doctrine, row.centery + paint.px(4)),
        ):
            if found.trials > 1:
                _bar(desk, found, axis, span, y)
        numbers = f"{mean_difference(each):+.1f}" if each.own.trials else "–"
        paint.text(numbers, (axis.right + paint.px(PAD), row.y + paint.px(3)), BODY, ink)
        if each.gates >= 0.1:
            gate = say("gate in {share:.0%}", share=each.gates)
            paint.text(gate, (row.right, row.y + paint.px(4)), SMALL, theme.bad, align=1.0)


def _bar(desk: Desk, found: Estimate, axis: pygame.Rect, span: float, y: int) -> None:
    """An interval on the axis with its mean."""
    paint, theme = desk.paint, desk.paint.theme
    per_point = axis.width / 2.0 / span
    low, mean, high = (
        axis.centerx + max(-span, min(span, value)) * per_point for value in (found.low, found.mean, found.high)
    )
    colour: Colour = theme.warn if found.low > 0.0 else theme.good if found.high < 0.0 else theme.muted
    paint.surface.fill(colour, (round(low), y - 1, max(2, round(high - low)), max(2, paint.px(2))))
    paint.shape("disc", (mean, y), paint.px(7), colour)

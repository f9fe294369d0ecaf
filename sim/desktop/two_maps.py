"""Two maps: where a choice led and where another would have led, side by side, drawn from one trial when asked for.

The curves above them are means of all trials; the maps show one, so that what the figures mean can be seen.
"""

from dataclasses import dataclass, field

import numpy as np
import pygame

from sim.core.errors import CommonGroundError
from sim.desktop.office import Given, Past
from sim.desktop.playback import Moment as Shown
from sim.desktop.replay import true_scene
from sim.desktop.screen import Desk
from sim.desktop.site import Scene, SiteMap
from sim.desktop.theme import GAP, PAD, SMALL
from sim.desktop.waiting import Waiting
from sim.review import Moment
from sim.review.futures import Futures
from sim.seat.parting import seen_there, where_they_part
from sim.seat.words import Words, running

HIGH = 240.0
"""Height of a map, before scaling."""

Pair = tuple[int, int]
"""Number of the decision, and which alternative stands beside what was done."""


@dataclass(slots=True)
class _Drawn:
    """Two futures with a map each."""

    futures: Futures
    scenes: tuple[Scene, Scene]
    maps: tuple[SiteMap, SiteMap]


@dataclass(slots=True)
class TwoMaps:
    """What was asked for so far; one pair is computed at a time."""

    past: Past
    _drawn: dict[Pair, _Drawn] = field(default_factory=dict)
    _asked: Pair = (0, 0)
    _work: Waiting[Futures] | None = None

    @property
    def busy(self) -> bool:
        """While a pair is computed."""
        return self._work is not None and not self._work.done

    def leave(self) -> None:
        """Ends what goes on, at its next look."""
        if self._work is not None:
            self._work.give_up()

    def draw(
        self, desk: Desk, words: Words, moment: Moment, other: int, names: tuple[str, str], at: pygame.Rect
    ) -> None:
        """The two maps of this decision once they are there; until then a way to ask for them, or how far they are.

        `names` stand over the maps: what was done, and the alternative.
        """
        self._mind(desk, words)
        wanted = (moment.number, other)
        drawn = self._drawn.get(wanted)
        at.y += desk.paint.px(GAP)
        if drawn is None:
            self._ask(desk, moment, wanted, at)
        else:
            self._pair(desk, words, drawn, names, at)

    def _ask(self, desk: Desk, moment: Moment, wanted: Pair, at: pygame.Rect) -> None:
        paint, ui, say = desk.paint, desk.ui, desk.voice
        going = self.busy and self._asked == wanted
        label = say("Drawing both futures")
        if self._work is not None and going:
            label = say("Drawing both futures, {share:.0%}", share=self._work.share)
        elif not self.busy:
            label = say("Show both futures on the map")
        spot = pygame.Rect(at.x, at.y, ui.button_width(label, SMALL) + paint.px(PAD), paint.px(30))
        tip = say("Goes through the run once more and carries one trial on twice; that takes a while")
        if ui.button("two_maps", spot, label, tip, size=SMALL, enabled=not self.busy):
            past, office, other = self.past, desk.office, wanted[1]
            self._asked = wanted
            self._work = Waiting(lambda progress: office.futures(past, moment, other, progress))
        at.y = spot.bottom

    def _mind(self, desk: Desk, words: Words) -> None:
        """Takes in what has been computed."""
        if self._work is None or not self._work.done:
            return
        work, self._work = self._work, None
        try:
            self._drawn[self._asked] = _drawn(work.result(), words)
        except Given:
            return
        except CommonGroundError as wrong:
            desk.tell(desk.voice(wrong.phrase), 10.0)

    @staticmethod
    def _pair(desk: Desk, words: Words, drawn: _Drawn, names: tuple[str, str], at: pygame.Rect) -> None:
        paint, say, theme, pair = desk.paint, desk.voice, desk.paint.theme, drawn.futures
        when = say("One trial, {minutes} min after the decision:", minutes=pair.after_min)
        parting = where_they_part(say, pair, words.place(pair.place))
        at.y += paint.paragraph(running(say, (when, parting)), at, SMALL)
        gap, high = paint.px(PAD), paint.px(HIGH)
        width = (at.width - gap) // 2
        ends, saw = [], seen_there(say, pair)
        for k in range(2):
            column = pygame.Rect(at.x + k * (width + gap), at.y, width, 0)
            colour = theme.text if k == 0 else theme.accent
            paint.text(names[k], column.topleft, SMALL, colour, bold=True, width=width)
            box = pygame.Rect(column.x, column.y + paint.line_height(SMALL), width, high)
            drawn.maps[k].draw(paint, box, drawn.scenes[k])
            column.y = box.bottom + 2
            _saw(desk, saw[k], column)
            ends.append(column.y)
        at.y = max(ends)


def _saw(desk: Desk, lines: list[str], at: pygame.Rect) -> None:
    """What people at the place where the futures part had before their eyes, if they part at one."""
    if not lines:
        return
    paint, say = desk.paint, desk.voice
    head = say("What people there saw (in this model)")
    at.y += paint.paragraph(head, at, SMALL, paint.theme.accent, bold=True)
    for line in lines:
        at.y += paint.paragraph(line, at, SMALL, paint.theme.muted)


def _drawn(futures: Futures, words: Words) -> _Drawn:
    """The scenes of both futures, and a map for each with one view that shows both crowds."""
    site = words.scenario.site
    shots, seen = (futures.as_done, futures.instead), futures.seen
    first, second = (true_scene(Shown(0, shots[k], seen[k], None, k), site) for k in range(2))
    both = Scene(
        number=-1,
        x=np.concatenate((first.x, second.x)),
        y=np.concatenate((first.y, second.y)),
        look=np.concatenate((first.look, second.look)),
        old=np.concatenate((first.old, second.old)),
        units=(*first.units, *second.units),
    )
    maps = (SiteMap.of(words), SiteMap.of(words))
    for each in maps:
        each.still = True
        each.chosen_place = futures.place
        each.camera.place(pygame.Rect(0, 0, 100, 100))
        each.follow(both)
    return _Drawn(futures, (first, second), maps)

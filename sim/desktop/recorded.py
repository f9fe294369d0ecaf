"""Recorded: a run of another version or of files that have changed since, shown as it was recorded and not graded.

It cannot be computed again, so there is no replay, no score and no review; the journal and what people added stay as
they are.
"""

from dataclasses import dataclass, field

import pygame

from sim.desktop.course import Course, names_of
from sim.desktop.course_line import CourseLine, CourseTab
from sim.desktop.decisions import DecisionsTab
from sim.desktop.office import OldRun
from sim.desktop.screen import Desk, Still, top_bar
from sim.desktop.theme import BODY, GAP, PAD, SMALL, WIDE
from sim.seat.words import Words


@dataclass(slots=True)
class Recorded(Still):
    """What stands in the journal, in two tabs."""

    old: OldRun
    tab: str = "decisions"
    decisions: DecisionsTab = field(default_factory=DecisionsTab)
    course: CourseTab = field(init=False)
    _course: Course | None = None

    def __post_init__(self) -> None:
        """The line with what people added."""
        self.course = CourseTab(CourseLine(self.old.aside))

    def frame(self, desk: Desk) -> None:
        """Why it is not graded, what came of it, and below it the course or the decisions."""
        paint, say = desk.paint, desk.voice
        playbook = self.old.playbook
        title = say("As recorded: {title}", title=say(playbook.scenario.title.text))
        body, back = top_bar(desk, title, back=say("Start"))
        if back:
            desk.pop()
            return
        inner = body.inflate(-2 * paint.px(WIDE), -2 * paint.px(PAD))
        at = pygame.Rect(inner.x, inner.y, inner.width, 0)
        at.y += paint.paragraph(say("As recorded by version {version}; not graded", version=self.old.version), at, BODY,
                                bold=True)  # fmt: skip
        at.y += paint.paragraph(say(self.old.why), at, SMALL, paint.theme.muted)
        override = self.old.aside.override
        if override is not None:
            at.y += paint.paragraph(say(override.beside(override.machine)), at, BODY)
        at.y += paint.px(PAD)
        options = (("decisions", say("Decisions")), ("timeline", say("Timeline")))
        high = paint.px(36)
        self.tab = desk.ui.choice("recorded", pygame.Rect(at.x, at.y, min(at.width, paint.px(360)), high), options,
                                  self.tab)  # fmt: skip
        at.y += high + paint.px(GAP) * 2
        rect = pygame.Rect(inner.x, at.y, inner.width, inner.bottom - at.y)
        words = Words(playbook, desk.voice)
        if self._course is None:
            self._course = Course.of(playbook, self.old.entries)
        if self.tab == "timeline":
            self.course.draw(desk, words, self._course, rect, None)
        else:
            self.decisions.draw(desk, words, names_of(playbook), self._course, rect, None)

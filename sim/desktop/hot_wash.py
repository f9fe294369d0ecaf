"""Hot wash: a finished run looked back at - score, course, decisions, and what else could have been done."""

import time
from dataclasses import dataclass, field

import pygame

from sim.core.errors import CommonGroundError
from sim.core.phrase import Phrase
from sim.core.tick import clock
from sim.desktop.asking import Asking
from sim.desktop.card_tab import CardTab
from sim.desktop.course import MARKED, Names, names_of
from sim.desktop.course_line import CourseLine, CourseTab
from sim.desktop.decisions import DecisionsTab
from sim.desktop.drill_page import DrillPage
from sim.desktop.findings import Findings, Kept
from sim.desktop.group_tab import GroupTab
from sim.desktop.office import Past, Progress, Result, Sitting, Wish, Written
from sim.desktop.pinning import Pinning
from sim.desktop.report_page import ReportPage
from sim.desktop.resuming import Resuming
from sim.desktop.review_tab import ReviewTab
from sim.desktop.scorecard import Scorecard
from sim.desktop.screen import Desk, top_bar
from sim.desktop.theme import BODY, GAP, PAD, SMALL, WIDE
from sim.desktop.two_maps import TwoMaps
from sim.desktop.waiting import Waiting
from sim.measures.record import Record
from sim.review import Moment
from sim.scoring import facts_of
from sim.seat.judgement import harsh
from sim.seat.law import mark
from sim.seat.questions import before_the_score
from sim.seat.words import Words, running

SOON_S = 0.1
"""What takes longer than this shows that it goes on."""


@dataclass(slots=True)
class HotWash:
    """One finished or interrupted run. Scoring begins at once; comparing after it, or when its tab is opened."""

    past: Past
    tab: str = ""
    """The open one; at first the score, after a drill its card."""
    scorecard: Scorecard = field(init=False)
    course: CourseTab = field(init=False)
    decisions: DecisionsTab = field(default_factory=DecisionsTab)
    review: ReviewTab = field(default_factory=ReviewTab)
    asking: Asking = field(default_factory=Asking)
    group: GroupTab = field(default_factory=GroupTab)
    card: CardTab = field(default_factory=CardTab)
    pinning: Pinning = field(default_factory=Pinning)
    maps: TwoMaps = field(init=False)
    _names: Names = field(init=False)
    _words: Words | None = None
    _scoring: Waiting[Findings] = field(init=False)
    _keeping: Waiting[Kept] | None = None
    reporting: ReportPage = field(init=False)
    _report: Waiting[Written] | None = None
    _kept: Kept | None = None
    _asks: tuple[Phrase, ...] = ()

    def __post_init__(self) -> None:
        """Begins to score."""
        self.tab = self.tab or ("score" if self.past.drill is None else "drill")
        line = CourseLine(self.past.aside)
        self.scorecard, self.course = Scorecard(line), CourseTab(line)
        self._names = names_of(self.past.playbook)
        self.maps = TwoMaps(self.past)
        self.reporting = ReportPage(self.past, self._write)
        self._scoring = Waiting(lambda progress: Findings.of(self.past))

    @property
    def busy(self) -> bool:
        """While something is worked out that will be shown at once."""
        waiting = (self._scoring, self._keeping, self._report)
        return not self.scorecard.settled or self.maps.busy or any(w is not None and not w.done for w in waiting)

    def leave(self) -> None:
        """Ends what still goes on: the comparing process, and every thread at its next look."""
        self.review.leave()
        self.maps.leave()
        for each in (self._scoring, self._keeping, self._report):
            if each is not None:
                each.give_up()

    def frame(self, desk: Desk) -> None:
        """The tabs and the open one; in an assessed run the trainee's own score before anything else."""
        paint, say = desk.paint, desk.voice
        named = self.past.playbook.scenario if self.past.drill is None else self.past.drill
        title = say("Hot wash: {title}", title=say(named.title.text))
        body, back = top_bar(desk, title, back=say("Start"))
        if back:
            self._to_start(desk)
            return
        inner = body.inflate(-2 * paint.px(WIDE), -2 * paint.px(PAD))
        if self._scoring.done and desk.office.reviews_at_once:
            # Something is known by the time the questions are answered and the score is read.
            self.review.begin(desk, self.past)
        if self.asks_first:
            if self.asking.draw(desk, self.past, self._first_questions(desk), inner):
                self._keep_own(desk)
            return
        if not self._scoring.done:
            if self._scoring.seconds > SOON_S:
                self._line(desk, inner, say("Scoring the run, {seconds:.0f} s", seconds=self._scoring.seconds))
            return
        found = self._scoring.result()
        self._keep(desk, found)
        foot = paint.px(44)
        high = paint.px(36)
        self._tabs(desk, pygame.Rect(inner.x, inner.y, inner.width, high))
        top = inner.y + high + paint.px(PAD)
        self._page(desk, found, pygame.Rect(inner.x, top, inner.width, inner.bottom - foot - top - paint.px(PAD)))
        self._foot(desk, pygame.Rect(inner.x, inner.bottom - foot + paint.px(GAP), inner.width, foot - paint.px(GAP)))

    def _first_questions(self, desk: Desk) -> tuple[Phrase, ...]:
        """What can be asked of the run itself, worked out once."""
        if not self._asks:
            record = Record.of(self.past.entries, facts_of(self.past.playbook))
            self._asks = before_the_score(record, self._spoken(desk), self.past.aside.bookmarks)
        return self._asks

    def _spoken(self, desk: Desk) -> Words:
        if self._words is None:
            self._words = Words(self.past.playbook, desk.voice)
        return self._words

    @property
    def found(self) -> Findings | None:
        """What was worked out, once it is there."""
        return self._scoring.result() if self._scoring.done else None

    @property
    def asks_first(self) -> bool:
        """True until whoever commanded was asked; in an assessed run until they judged it."""
        return not (self.past.aside.own_score or (self.past.aside.asked and not self.past.assessed))

    @staticmethod
    def _line(desk: Desk, rect: pygame.Rect, text: str) -> None:
        """Something goes on."""
        paint = desk.paint
        width = min(paint.px(420), rect.width)
        x, y = rect.centerx - width // 2, rect.centery
        paint.text(text, (x, y - paint.line_height(BODY)), BODY, paint.theme.muted, width=width)
        bar = pygame.Rect(x, y + paint.px(4), width, paint.px(6))
        paint.panel(bar, paint.theme.raised, radius=3)
        share = desk.clock() % 2.0 / 2.0
        paint.panel(
            pygame.Rect(round(x + share * width * 0.8), bar.y, width // 5, bar.height), paint.theme.accent, radius=3
        )

    def _tabs(self, desk: Desk, rect: pygame.Rect) -> None:
        say = desk.voice
        options = (
            ("score", say("Score")),
            ("timeline", say("Timeline")),
            ("decisions", say("Decisions")),
            ("review", say("Review: what else could have been done")),
            ("group", say("For the group")),
            *((("drill", say("Drill card")),) if self.past.drill is not None else ()),
        )
        self.tab = desk.ui.choice("wash", rect, options, self.tab)

    def _page(self, desk: Desk, found: Findings, rect: pygame.Rect) -> None:
        """The open tab."""
        words, names = self._spoken(desk), self._names
        if self.tab == "score":
            self.scorecard.draw(desk, words, self.past, found, self._kept or Kept(), rect, self.look)
        elif self.tab == "timeline":
            self.course.draw(desk, words, found.course, rect, self.look)
        elif self.tab == "decisions":
            self.decisions.draw(desk, words, names, found.course, rect, self.look)
        elif self.tab == "review":
            self.review.draw(desk, words, names, self.past, rect, self)
        elif self.tab == "drill" and self.past.drill is not None:
            reviewer = self.review.reviewer
            known = reviewer.review if reviewer is not None else None
            self.card.draw(desk, words, self.past, self.past.drill, known, rect)
        else:
            reviewer = self.review.reviewer
            known = reviewer.review if reviewer is not None else None
            self.group.draw(desk, words, self.past, found.score, known, rect)

    def _foot(self, desk: Desk, rect: pygame.Rect) -> None:
        """What to do next, and what the figures are not."""
        paint, ui, say = desk.paint, desk.ui, desk.voice
        gap = paint.px(PAD)
        writing = self._report is not None
        buttons = (
            ("look", say("Look at it again"), say("The run from its first moment"), True),
            ("play", say("Play again"), say("The same scenario with other chance events"), True),
            *(
                (
                    (
                        "again",
                        say("Same community"),
                        say("Go on with the same people: they remember trust, promises and how it was handled"),
                        True,
                    ),
                )
                if self._kept is not None and self._kept.left is not None
                else ()
            ),
            (
                "report",
                say("Writing, {share:.0%}", share=self._report.share) if self._report is not None else say("Report"),
                say("Writes a page to read, print and hand on"),
                not writing,
            ),
        )
        x, pressed = rect.right, ""
        for name, text, tip, enabled in buttons:
            width = ui.button_width(text, bold=name == "look") + 2 * gap
            spot = pygame.Rect(x - width, rect.y, width, rect.height)
            if ui.button(name, spot, text, tip, primary=name == "look", enabled=enabled):
                pressed = name
            x = spot.x - gap
        self._mind_report(desk)
        notice = say("Training only: figures hold in this model, they are no prediction.")
        unreviewed = mark(self.past.playbook)
        if unreviewed is not None:
            notice = f"{notice} {say(unreviewed)}"
        room = pygame.Rect(rect.x, rect.y, x - gap - rect.x, 0)
        room.y += max(0, (rect.height - paint.paragraph_height(notice, room.width, SMALL, most=2)) // 2)
        paint.paragraph(notice, room, SMALL, paint.theme.muted, most=2)
        if pressed == "look":
            self.look(desk, 0)
        elif pressed == "play":
            self._again(desk)
        elif pressed == "again":
            left = self._kept.left if self._kept is not None else None
            desk.reset(desk.pages.briefing(desk, self.past.playbook.scenario.id, left))
        elif pressed == "report":
            desk.push(self.reporting)

    # ---- going elsewhere

    def look(self, desk: Desk, tick: int) -> None:
        """The replay from this tick."""
        desk.push(desk.pages.replay(self.past, tick, self._mistakes()))

    def _mistakes(self) -> tuple[int, ...]:
        """Moments that cost something: by the review where it has said so, else by the card and the law."""
        reviewer = self.review.reviewer
        known = reviewer.review if reviewer is not None else None
        if known is not None and (costly := [m.tick for m in known.moments if harsh(m.verdict) > 0.0]):
            return tuple(sorted(set(costly)))
        if self.found is None:
            return ()
        start = self.past.playbook.scenario.start_min
        lines = [line.minute for line in self.found.score.costly]
        marked = [d.tick for d in self.found.course.decisions if d.ruling == MARKED]
        return tuple(sorted({*marked, *(max(0, round((minute - start) * 600.0)) for minute in lines)}))

    def retry(self, desk: Desk, tick: int) -> None:
        """The same run to be played on from this tick, as a run of its own."""
        scenario = self.past.playbook.scenario
        work: Waiting[Sitting] = Waiting(lambda progress: desk.office.retry(self.past, tick, progress))
        desk.push(Resuming(clock(tick, scenario.start_min), scenario.title.text, work))

    def both(self, desk: Desk, moment: Moment, other: int, names: tuple[str, str], at: pygame.Rect) -> None:
        """Two maps of where a choice led and where another would have."""
        self.maps.draw(desk, self._spoken(desk), moment, other, names, at)

    def below(self, desk: Desk, moment: Moment, at: pygame.Rect) -> None:
        """What else can be compared; the review goes on with what is chosen."""
        if self.pinning.draw(desk, self._spoken(desk), self.past, moment, at):
            self.review.again(desk, self.past)

    def _again(self, desk: Desk) -> None:
        if self.past.drill is not None:
            desk.reset(DrillPage(self.past.drill))
            return
        desk.reset(desk.pages.briefing(desk, self.past.playbook.scenario.id))

    @staticmethod
    def _to_start(desk: Desk) -> None:
        """The first page, which is the one everything began on."""
        while len(desk.screens) > 1:
            desk.pop()

    # ---- what is kept

    def _keep_own(self, desk: Desk) -> None:
        """Answers and own points, before the score is shown; points nobody touched count in an assessed run only."""
        aside = self.past.aside
        aside.survey, aside.asked = dict(self.asking.answers), True
        if self.past.assessed or self.asking.own.touched:
            aside.own_score = dict(self.asking.own.points)
        desk.ui.focus = ""
        try:
            desk.office.keep_aside(self.past)
        except CommonGroundError as wrong:
            desk.tell(desk.voice(wrong.phrase), 10.0)

    def _keep(self, desk: Desk, found: Findings) -> None:
        """Keeps the result of a finished run once, asks for those before it, and seals an assessed one."""
        if self._keeping is None:
            self._keeping = Waiting(lambda progress: self._kept_with(desk, found))
        elif self._keeping.done and self._kept is None:
            self._kept = Kept()
            try:
                self._kept = self._keeping.result()
            except CommonGroundError as wrong:
                desk.tell(desk.voice(wrong.phrase), 10.0)

    def _kept_with(self, desk: Desk, found: Findings) -> Kept:
        past, office, result = self.past, desk.office, found.score
        scenario = past.playbook.scenario.id
        ended = any(e.kind == "outcome" for e in past.entries)
        office.remember(past)
        if ended and result.total is not None:
            when = time.strftime("%Y-%m-%d %H:%M")
            office.keep_result(Result(scenario, when, result.total, result.grade or "", past.assessed, past.path.name))
        seal = office.seal(past, found.figures) if past.assessed else {}
        return Kept(tuple(r for r in office.results() if r.scenario == scenario), dict(seal), office.left_by(past))

    # ---- the report

    def _write(self, desk: Desk, wish: Wish) -> None:
        language = desk.voice.language
        review = self.review.reviewer.review if self.review.reviewer is not None else None

        def write(progress: Progress) -> Written:
            return desk.office.report(self.past, language, review, progress, wish)

        self._report = Waiting(write)

    def _mind_report(self, desk: Desk) -> None:
        """Says where the report is, once it is there."""
        if self._report is None or not self._report.done:
            return
        report, self._report = self._report, None
        try:
            written = report.result()
            text = desk.voice("Report written: {file}", file=str(written.paper or written.page))
            if written.not_printed is not None:
                text = running(desk.voice, (text, desk.voice(written.not_printed)))
            desk.tell(text, 10.0)
        except CommonGroundError as wrong:
            desk.tell(desk.voice(wrong.phrase), 10.0)
        except OSError as wrong:
            desk.tell(desk.voice("The report cannot be written: {why}", why=str(wrong.strerror)), 10.0)

"""The aftermath board: what is owed and by when, promises, how people stand, and the days to go along."""

from dataclasses import dataclass
from typing import ClassVar

import pygame

from sim.desktop.board.board import Board
from sim.desktop.post import Post
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, LARGE, PAD, SMALL, WIDE, Colour
from sim.seat.days import (
    Due,
    answers,
    band,
    coded,
    due_of,
    due_of_promise,
    followed_up,
    open_tasks,
    tracker,
)
from sim.world.aftermath import DAY
from sim.world.observation import DaysView, TaskView
from sim.world.talks import Promise

OTHER = ("CA8", "CA7C", "CA6")
"""What helps although nothing of it is owed: visits, compensation, a desk for complaints."""
TRACKED = {"done": "check", "late": "diamond", "open": "half", "coming": "ring"}


@dataclass(slots=True)
class AftermathBoard(Board):
    """There once the part on the scene is over."""

    name: ClassVar[str] = "aftermath"
    title: ClassVar[str] = "Days after"
    place: ClassVar[int] = 90

    def offered(self, post: Post) -> bool:
        """In the days after."""
        return post.seen.days is not None

    def waiting(self, post: Post) -> int:
        """What is owed and not done."""
        return len(open_tasks(post.seen.days)) if post.seen.days is not None else 0

    def draw(self, desk: Desk, post: Post, rect: pygame.Rect) -> None:
        """Day and figures on top; tasks on the left, promises and people on the right."""
        days = post.seen.days
        if days is None:
            return
        paint = desk.paint
        top = self._head(desk, post, days, rect)
        gap = paint.px(WIDE)
        width = round((rect.width - gap) * 0.58)
        left = pygame.Rect(rect.x, top, width, rect.bottom - top)
        right = pygame.Rect(left.right + gap, top, rect.width - width - gap, rect.bottom - top)
        self._tasks(desk, post, days, left)
        self._people(desk, post, days, right)

    # ---- the day

    def _head(self, desk: Desk, post: Post, days: DaysView, rect: pygame.Rect) -> int:
        """Which day it is, a line of all days, and how to go on; where the rest begins.

        The first row is left to what the commander is told, which is shown over it.
        """
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        whole = max(1, round((days.ends_tick - days.began_tick) / DAY))
        title = say("Day {day} of {days}", day=min(days.day + 1, whole), days=whole)
        high = paint.px(36)
        paint.text(title, (rect.x, rect.y + (high - paint.line_height(LARGE)) // 2), LARGE, bold=True)
        x, row = rect.right, rect.y + high + paint.px(PAD)
        running = post.wanted == "hurrying"
        for name, text, tip in (
            ("due", say("Until something is due"), say("Runs on until something falls due or a call comes in.")),
            ("day", say("Next day"), say("Runs on for a day, or until something needs you.")),
        ):
            width = ui.button_width(text, bold=name == "day")
            x -= width
            spot = pygame.Rect(x, row, width, high)
            free = not post.over and not running
            if ui.button(f"after:{name}", spot, text, tip, primary=name == "day", enabled=free):
                post.next_day() if name == "day" else post.until_due()
            x -= paint.px(GAP)
        line = pygame.Rect(rect.x, row + high // 2 - paint.px(4), x - rect.x - paint.px(PAD), paint.px(8))
        paint.panel(line, theme.raised, radius=4)
        share = (post.seen.tick - days.began_tick) / max(1, days.ends_tick - days.began_tick)
        done = pygame.Rect(line.x, line.y, round(line.width * min(1.0, share)), line.height)
        paint.panel(done, theme.accent, radius=4)
        for task in days.tasks:
            if task.status in {"open", "late"}:
                at = (task.due_tick - days.began_tick) / max(1, days.ends_tick - days.began_tick)
                where = (line.x + min(1.0, at) * line.width, float(line.centery))
                paint.shape("down", where, paint.px(9), theme.bad if task.status == "late" else theme.warn)
        return row + high + paint.px(WIDE)

    # ---- what is owed

    def _tasks(self, desk: Desk, post: Post, days: DaysView, rect: pygame.Rect) -> None:
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        paint.text(say("What is owed"), rect.topleft, BODY, bold=True)
        body = pygame.Rect(rect.x, rect.y + paint.line_height(BODY) + paint.px(GAP), rect.width, 0)
        body.height = rect.bottom - body.y
        with desk.ui.scroll("after:tasks", body) as area:
            y = area.y
            for task in sorted(days.tasks, key=lambda t: t.status.startswith("done")):
                y += self._task(desk, post, task, area.at(y)) + paint.px(GAP)
            y += paint.px(PAD)
            paint.text(say("What else helps"), area.at(y).topleft, BODY, theme.muted, bold=True)
            y += paint.line_height(BODY) + paint.px(GAP)
            for code in OTHER:
                option = coded(code, post.view.options)
                if option is not None and option.open:
                    width = desk.ui.button_width(post.words.response(option.response.id), SMALL)
                    spot = pygame.Rect(area.at(y).x, y, min(width, area.at(y).width), paint.px(28))
                    text = post.words.response(option.response.id)
                    if desk.ui.button(
                        f"after:{option.response.id}", spot, text, say(option.response.says.text), size=SMALL
                    ):
                        post.propose(option.response.id)
                    y += spot.height + paint.px(GAP)
            area.reach(y)

    def _task(self, desk: Desk, post: Post, task: TaskView, at: pygame.Rect) -> int:
        """One task with its state, and a button that opens the order for it; returns its height."""
        paint, say = desk.paint, desk.voice
        due = due_of(task, post.seen.tick)
        colour = _colour(desk, due)
        button = paint.px(74)
        finished = due.tone == "good" or task.status == "done_late"
        size = paint.px(10)
        paint.shape("check" if finished else "ring", (at.x + size, at.y + paint.line_height(BODY) / 2), size, colour)
        inner = pygame.Rect(at.x + 2 * size + paint.px(GAP), at.y, 0, 0)
        inner.width = at.width - (inner.x - at.x) - button - paint.px(PAD)
        title = say(task.title)
        if task.people:
            title += " · " + say("people: {people}", people=task.people)
        high = paint.paragraph(title, inner, BODY, paint.theme.muted if finished else None, most=2)
        paint.text(say(due.says), (inner.x, inner.y + high), SMALL, colour)
        high += paint.line_height(SMALL)
        if not finished:
            found = answers(task.duty, post.view.options)
            busy = any(a.response == o.response.id for o in found for a in post.seen.activities)
            spot = pygame.Rect(at.right - button, at.y + paint.px(2), button, paint.px(28))
            if busy:
                paint.text(say("under way"), (spot.x, spot.y + paint.px(4)), SMALL, paint.theme.accent)
            elif found:
                tip = post.words.response(found[0].response.id)
                if not found[0].open:
                    tip += "\n" + "\n".join(say(reason) for reason in found[0].reasons)
                if desk.ui.button(f"after:task:{task.number}", spot, say("Do it"), tip, size=SMALL):
                    post.propose(found[0].response.id)
        return max(high, paint.px(32))

    # ---- promises and people

    def _people(self, desk: Desk, post: Post, days: DaysView, rect: pygame.Rect) -> None:
        paint, say, theme = desk.paint, desk.voice, desk.paint.theme
        with desk.ui.scroll("after:people", rect) as area:
            y = area.y
            paint.text(say("Promises"), area.at(y).topleft, BODY, bold=True)
            y += paint.line_height(BODY) + paint.px(GAP)
            promises = post.seen.promises
            if not promises:
                y += paint.paragraph(say("Nothing was promised."), area.at(y), BODY, theme.muted)
            for promise in promises:
                y += self._promise(desk, post, promise, area.at(y)) + paint.px(GAP)
            y += paint.px(PAD)
            marks = tracker(days)
            if marks:
                paint.text(say("List of demands, in public"), area.at(y).topleft, BODY, bold=True)
                y += paint.line_height(BODY) + paint.px(GAP)
                x = area.at(y).x + paint.px(6)
                for day, state in marks:
                    text = say("{days} d", days=day)
                    colour = {"done": theme.good, "late": theme.bad, "open": theme.warn, "coming": theme.muted}[state]
                    paint.shape(TRACKED[state], (x, y + paint.line_height(BODY) / 2), paint.px(10), colour)
                    shown = paint.text(text, (x + paint.px(10), y), BODY)
                    x = shown.right + paint.px(WIDE)
                y += paint.line_height(BODY) + paint.px(PAD)
            paint.text(say("How it stands"), area.at(y).topleft, BODY, bold=True)
            y += paint.line_height(BODY) + paint.px(GAP)
            for text in self._figures(desk, post, days):
                y += paint.paragraph(text, area.at(y), BODY) + paint.px(2)
            area.reach(y)

    def _figures(self, desk: Desk, post: Post, days: DaysView) -> list[str]:
        say = desk.voice
        return [
            say("That they come again: {band}", band=say(band(days.risk))),
            say("The public thinks of how it was handled: {share:.0%} (survey, off by some points)", share=days.public),
            say("Hurt or taken ill on the day: {number}", number=days.injured),
            say("Still held: {number}", number=days.held),
        ]

    def _promise(self, desk: Desk, post: Post, promise: Promise, at: pygame.Rect) -> int:
        paint, say = desk.paint, desk.voice
        due = due_of_promise(promise, post.seen.tick, post.words.scenario.start_min)
        title = post.words.demand(promise.demand) if promise.demand else say("our own word")
        days = post.seen.days
        button = paint.px(96)
        inner = pygame.Rect(at.x, at.y, at.width - button - paint.px(GAP), 0)
        high = paint.paragraph(title, inner, BODY, most=2)
        text = say(due.says)
        if not promise.within_authority:
            text += " · " + say("beyond what its giver may decide")
        high += paint.paragraph(text, inner.move(0, high), SMALL, _colour(desk, due), most=2)
        option = coded("CA5F", post.view.options)
        if promise.kept is None and option is not None and days is not None:
            spot = pygame.Rect(at.right - button, at.y + paint.px(2), button, paint.px(28))
            if followed_up(post.seen, promise):
                paint.text(say("followed up"), (spot.x, spot.y + paint.px(4)), SMALL, paint.theme.good)
            elif desk.ui.button(
                f"after:promise:{promise.number}",
                spot,
                say("Follow up"),
                post.words.response(option.response.id),
                size=SMALL,
            ):
                post.propose(option.response.id, demand=promise.demand)
        return high


def _colour(desk: Desk, due: Due) -> Colour:
    theme = desk.paint.theme
    return {"good": theme.good, "warn": theme.warn, "bad": theme.bad, "plain": theme.muted}[due.tone]

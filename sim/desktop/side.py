"""Side: what goes on and who there is - orders under way, units, and what is known - as tabs beside the map."""

from dataclasses import dataclass

import pygame

from sim.desktop.post import Post
from sim.desktop.screen import Desk
from sim.desktop.theme import BODY, GAP, PAD, SMALL, Colour
from sim.seat.words import GEARS, RAPPORT, SEVERITIES, STAGES, VERDICTS, listed, span
from sim.world.activity import Stage
from sim.world.observation import ActivityView, UnitView
from sim.world.unit import Gear


@dataclass(slots=True)
class Side:
    """Which tab is open."""

    tab: str = "way"

    def draw(self, desk: Desk, post: Post, rect: pygame.Rect) -> None:
        """The tabs and the list of the open one."""
        paint, ui, say = desk.paint, desk.ui, desk.voice
        high = paint.px(30)
        live = len(post.seen.activities)
        free = sum(u.free for u in post.seen.units)
        tabs = (
            ("way", say("Under way ({number})", number=live), say("Under way")),
            ("units", say("Units ({number})", number=free), say("Units")),
            ("known", say("Known"), say("Known")),
            ("notes", say("Notes"), say("Notes")),
        )
        tips = {
            "way": say("Orders being carried out"),
            "units": say("{number} units are free", number=free),
            "known": say("People hurt, roads, promises, talks, claims"),
            "notes": say("Your own notes with the time"),
        }
        widths = [ui.button_width(text, SMALL) for _, text, _ in tabs]
        rows = 1 if sum(widths) + 3 * paint.px(GAP) <= rect.width else 2
        each = len(tabs) // rows
        width = (rect.width - paint.px(GAP) * (each - 1)) // each
        for k, (name, full, short) in enumerate(tabs):
            row, column = divmod(k, each)
            text = full if widths[k] <= width else short
            spot = pygame.Rect(rect.x + column * (width + paint.px(GAP)), rect.y + row * (high + paint.px(GAP)), width,
                               high)  # fmt: skip
            if ui.button(f"tab:{name}", spot, text, tips[name], chosen=self.tab == name, size=SMALL):
                self.tab = name
        top = rect.y + rows * (high + paint.px(GAP)) + paint.px(GAP)
        with ui.scroll(f"side:{self.tab}", pygame.Rect(rect.x, top, rect.width, rect.bottom - top)) as area:
            at = pygame.Rect(area.x, area.y, area.width, 0)
            {"way": self._way, "units": self._units, "known": self._known, "notes": self._notes}[self.tab](
                desk, post, at
            )
            area.reach(at.y)

    def _empty(self, desk: Desk, at: pygame.Rect, text: str) -> None:
        at.y += desk.paint.paragraph(text, at, BODY, desk.paint.theme.muted)

    # ---- under way

    def _way(self, desk: Desk, post: Post, at: pygame.Rect) -> None:
        if not post.seen.activities:
            self._empty(desk, at, desk.voice("Nothing is under way."))
        for activity in post.seen.activities:
            self._activity(desk, post, activity, at)

    def _activity(self, desk: Desk, post: Post, activity: ActivityView, at: pygame.Rect) -> None:
        paint, say, theme, words = desk.paint, desk.voice, desk.paint.theme, post.words
        response = words.playbook.responses.get(activity.response)
        elapsed = (post.seen.tick - activity.since_tick) / 10.0
        stage = say(STAGES[Stage(activity.stage)])
        colour = theme.good if activity.stage == Stage.RUN else theme.warn
        if activity.stage == Stage.RUN and activity.run_ticks:
            stage += f" {span(elapsed)}/{span(activity.run_ticks / 10.0)}"
        elif activity.stage == Stage.SETUP and response is not None and response.setup_min.value:
            stage += f" {span(elapsed)}/{span(response.setup_min.value * 60.0)}"
        elif activity.stage != Stage.TRAVEL:
            stage += f" {span(elapsed)}"
        at.y += paint.paragraph(words.response(activity.response), at, BODY, bold=True, most=2)
        paint.text(stage, at.topleft, SMALL, colour, width=at.width)
        at.y += paint.line_height(SMALL)
        if activity.stage == Stage.RUN and activity.run_ticks:
            share = min(1.0, elapsed * 10.0 / activity.run_ticks)
            bar = pygame.Rect(at.x, at.y + paint.px(3), at.width, paint.px(4))
            paint.panel(bar, theme.raised, radius=2)
            paint.panel(pygame.Rect(bar.x, bar.y, round(bar.width * share), bar.height), colour, radius=2)
            at.y += paint.px(10)
        target = words.target(response, activity.target, post.seen)
        who = " ".join(activity.units) or say("no unit needed")
        at.y += paint.paragraph(who + (f" · {target}" if target else ""), at, SMALL, theme.muted, most=3) + paint.px(
            PAD
        )

    # ---- units

    def _units(self, desk: Desk, post: Post, at: pygame.Rect) -> None:
        for unit in sorted(post.seen.units, key=lambda u: (u.eta_s, u.id)):
            self._unit(desk, post, unit, at)

    def _unit(self, desk: Desk, post: Post, unit: UnitView, at: pygame.Rect) -> None:
        paint, ui, say, theme = desk.paint, desk.ui, desk.voice, desk.paint.theme
        status, colour = unit_status(desk, post, unit)
        about = post.words.unit_kind(unit.code)
        if unit.gear > Gear.SOFT_HAT:
            about = listed(say, (about, say(GEARS[Gear(unit.gear)])))
        rect = pygame.Rect(at.x, at.y, at.width, paint.line_height(BODY) + paint.line_height(SMALL) + paint.px(8))
        name = f"unit:{unit.id}"
        if ui.hot(name, rect, f"{about}\n{say('Shows it on the map.')}"):
            post.map.chosen_unit = "" if post.map.chosen_unit == unit.id else unit.id
        chosen = post.map.chosen_unit == unit.id
        if chosen or ui.over(rect):
            paint.panel(rect, theme.raised, theme.accent if chosen else None)
        x, y = rect.x + paint.px(6), rect.y + paint.px(4)
        tail = f"{unit.strength}"
        paint.text(unit.id, (x, y), BODY, theme.officers if unit.eta_s <= 0 else theme.muted, bold=True)
        paint.text(tail, (rect.right - paint.px(6), y), BODY, theme.muted, align=1.0)
        left = x + paint.px(58)
        paint.text(about, (left, y), SMALL, theme.muted, width=rect.right - paint.px(34) - left)
        paint.text(status, (x, y + paint.line_height(BODY)), SMALL, colour, width=rect.width - paint.px(12))
        ui.ring(name, rect)
        at.y = rect.bottom + paint.px(2)

    # ---- known

    def _known(self, desk: Desk, post: Post, at: pygame.Rect) -> None:
        for title, text, colour in known(desk, post):
            at.y += desk.paint.paragraph(title, at, SMALL, colour, bold=True)
            at.y += desk.paint.paragraph(text, at, BODY) + desk.paint.px(6)

    # ---- notes

    def _notes(self, desk: Desk, post: Post, at: pygame.Rect) -> None:
        notes = post.sitting.aside.notes
        if not notes:
            self._empty(desk, at, desk.voice("No note yet. {key} writes one.", key=desk.keys.shown("note")))
        for tick, text in reversed(notes):
            desk.paint.text(post.words.clock(tick), at.topleft, SMALL, desk.paint.theme.accent, bold=True)
            at.y += desk.paint.line_height(SMALL)
            at.y += desk.paint.paragraph(text, at, BODY) + desk.paint.px(6)


def unit_status(desk: Desk, post: Post, unit: UnitView) -> tuple[str, Colour]:
    """What a unit does, in words, and the colour for it."""
    say, theme = desk.voice, desk.paint.theme
    if unit.eta_s > 0.0:
        return say("in {eta}", eta=span(unit.eta_s)), theme.muted
    if unit.activity:
        walking = say("walking: ") if unit.travelling else ""
        return walking + post.words.response(unit.activity), theme.warn
    if unit.travelling:
        return say("walking"), theme.warn
    return say("free"), theme.good


def known(desk: Desk, post: Post) -> list[tuple[str, str, Colour]]:
    """(what, how it stands, colour): the most pressing first."""
    say, words, seen, theme = desk.voice, post.words, post.seen, desk.paint.theme
    found: list[tuple[str, str, Colour]] = []
    waiting = sorted((c for c in seen.casualties if c.waiting), key=lambda c: (-c.severity, c.known_since))
    if waiting:
        numbers = {s: sum(1 for c in waiting if c.severity == s) for s in (3, 2, 1)}
        kinds = listed(say, (f"{number} {say(SEVERITIES[s])}" for s, number in numbers.items() if number))
        oldest = span((seen.tick - min(c.known_since for c in waiting)) / 10.0)
        found.append(
            (say("Hurt:"), say("{kinds} waiting for care, longest {oldest}", kinds=kinds, oldest=oldest), theme.bad)
        )
    cared = len(seen.casualties) - len(waiting)
    if cared:
        found.append((say("Hurt:"), say("{number} cared for", number=cared), theme.good))
    if seen.emergency_waiting:
        found.append((say("Lanes:"), say("An ambulance cannot get through."), theme.bad))
    if seen.lanes_blocked:
        text = say("{blocked} of {of} seen blocked", blocked=len(seen.lanes_blocked), of=len(words.scenario.site.lanes))
        found.append((say("Lanes:"), text, theme.warn))
    found.extend(_promises(desk, post))
    talks = [say(RAPPORT[seen.rapport]) if seen.contact_made else say("no contact yet")]
    for holds, text in (
        (seen.procedure, "procedure agreed"),
        (seen.representatives, "representatives chosen"),
        (seen.meeting, "meeting held"),
    ):
        if holds:
            talks.append(say(text))
    found.append((say("Talks:"), listed(say, talks), theme.muted))
    if seen.demands_heard:
        found.append((say("Demands:"), listed(say, (words.demand(d) for d in seen.demands_heard)), theme.muted))
    for claim in seen.claims:
        verdict = say("being checked") if claim.checking else say(VERDICTS[claim.verdict])
        if claim.evidence:
            verdict = listed(say, (verdict, say("evidence at hand")))
        if claim.corrected:
            verdict = listed(say, (verdict, say("corrected in public")))
        colour = theme.warn if not claim.verdict else theme.bad if claim.verdict == "false" else theme.good
        kind = say("rumour") if claim.is_rumour else say("signal")
        found.append((f"{words.clock(claim.heard_tick)} {listed(say, (kind, verdict))}", say(claim.text), colour))
    return found


def _promises(desk: Desk, post: Post) -> list[tuple[str, str, Colour]]:
    say, words, theme = desk.voice, post.words, desk.paint.theme
    found = []
    for promise in post.seen.promises:
        if promise.kept is not None:
            state, colour = (say("kept"), theme.good) if promise.kept else (say("broken"), theme.bad)
        elif promise.dated:
            state, colour = say("due {clock}", clock=words.clock_of_minute(promise.due_min)), theme.warn
        else:
            state, colour = say("no date"), theme.warn
        parts = [say("{text} ({note})", text=words.demand(promise.demand), note=promise.owner), state]
        if not promise.told_crowd:
            parts.append(say("not yet told to the crowd"))
        found.append((say("Promise:"), listed(say, parts), colour))
    return found

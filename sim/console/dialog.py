"""Dialogs: what opens beside or over the map; while one is open no time passes."""

from collections.abc import Callable

from rich.text import Text

from sim.console import panels
from sim.console.board import Board, boards
from sim.console.board.law import card
from sim.console.board.statements import composer_lines
from sim.console.keys import Key
from sim.console.lines import Lines, blank, box, fit, paragraph
from sim.console.post import Post
from sim.exercise.option import Option
from sim.scenario.necessity import NAMES, listed
from sim.seat.composer import composed, composes, stateable
from sim.seat.draft import Draft, choices, toggled
from sim.seat.ladder import laddered
from sim.seat.law import LISTS, law_choices, mark, ticked
from sim.seat.remembered import remembered
from sim.seat.words import FORCE
from sim.world.order import Order, Ruling
from sim.world.statement import split

KEYS = (
    ("Space", "run or pause"),
    ("n", "run on until something needs you"),
    ("d", "in the days after: the next day"),
    ("- =", "slower, faster (0.5 to 16 times)"),
    ("r", "respond: choose what to do"),
    ("m u a i", "messages, units, what is under way, what is known"),
    ("o", "boards: one for each side of the incident"),
    ("b", "the briefing again"),
    ("z + _ arrows Home", "map: crowd or site, closer, farther, move, fit"),
    ("l", "language"),
    ("Esc", "back; takes an order back before it is sent"),
    ("q", "leave; everything is saved"),
)


class Dialogs:
    """At most one is open; each is a title, lines and what keys do in it."""

    def __init__(self, post: Post) -> None:
        """None open."""
        self.post = post
        self.left = False
        """True once the commander has chosen to leave."""
        self._title = ""
        self._content: Callable[[int], Lines] | None = None
        self._keys: Callable[[Key], Order | None] = lambda key: None
        self._back: Callable[[], None] = self._close
        self._scroll = 0
        self._chosen = 0
        self._focus: tuple[int, int] | None = None
        """First and last line of what is chosen."""
        self._follow = True
        """The choice has moved and has to come into sight."""
        self._draft: Draft | None = None
        self._whence: Callable[[], None] = self._close
        self._field = 0
        self._typed = ""
        self._part = 0
        """Where the cursor stands among the parts of a field that can hold several."""

    @property
    def is_open(self) -> bool:
        """True while one is open."""
        return self._content is not None

    def draw(self, width: int, height: int) -> Lines:
        """The open dialog in a frame of this size, scrolled so that what is chosen can be seen."""
        assert self._content is not None
        lines = self._content(width - 4)
        room = height - 2
        if self._focus is not None and self._follow:
            first, last = self._focus
            self._scroll = min(first, max(self._scroll, last - room + 1))
        self._follow = False
        self._scroll = max(0, min(self._scroll, len(lines) - room))
        shown = lines[self._scroll : self._scroll + room]
        note = f"{self._scroll + 1}-{self._scroll + len(shown)} / {len(lines)}" if len(lines) > room else ""
        framed = [fit(Text.assemble(" ", line, end=""), width - 2) for line in shown]
        return box(self._title, framed, width, height, note=note)

    def foot(self, width: int) -> Text:
        """The keys every dialog has."""
        return fit(" " + self.post.voice("Esc back   up/down scroll or choose   Enter take"), width, "dim")

    def press(self, key: Key) -> Order | None:
        """What a key does in the open dialog; returns an order that is ready to be sent."""
        if key.command == "esc":
            self._back()
            return None
        if key.name in {"pgup", "pgdn"}:
            self._scroll += 10 if key.name == "pgdn" else -10
            return None
        return self._keys(key)

    def _open(
        self,
        title: str,
        content: Callable[[int], Lines],
        keys: Callable[[Key], Order | None],
        back: Callable[[], None] | None = None,
    ) -> None:
        self._title, self._content, self._keys, self._scroll = title, content, keys, 0
        self._focus, self._follow = None, True
        self._back = back or self._close

    def _close(self) -> None:
        self._content = None
        self._draft = None

    def _reading(self, key: Key) -> Order | None:
        if key.command in {"enter", "space", "q"}:
            self._close()
        elif key.name in {"up", "down"}:
            self._scroll += 1 if key.name == "down" else -1
        return None

    # ---- things to read

    def open_briefing(self) -> None:
        """What the incident is about, before anything happens."""
        say, scenario = self.post.voice, self.post.words.scenario
        known = remembered(say, self.post.run.memory)

        def content(width: int) -> Lines:
            return [
                *paragraph(say(scenario.summary.text), width, "bold"),
                *(paragraph(say(note), width, "yellow") if (note := mark(self.post.words.playbook)) else ()),
                *blank(width, 0 if note else 1),
                *paragraph(say(scenario.briefing.text), width),
                *(line for told in known for line in paragraph(told, width, "yellow")),
                *paragraph(say("Enter begins. Training only; places and people are invented."), width, "dim"),
                *blank(width, 1),
                *self._key_lines(width),
            ]

        self._open(say(scenario.title.text), content, self._reading)

    def open_keys(self) -> None:
        """Every key."""
        self._open(self.post.voice("Keys"), self._key_lines, self._reading)

    def _key_lines(self, width: int) -> Lines:
        say = self.post.voice
        keys = [fit(Text.assemble((f"{keys:<18}", "bold"), say(does), end=""), width) for keys, does in KEYS]
        return [*keys, *blank(width, 1), panels.legend_line(self.post, width)]

    def open_messages(self) -> None:
        """All messages, open calls first; looking at them marks them read, a number marks a call as in hand."""
        post = self.post

        def content(width: int) -> Lines:
            calls = post.chronicle.open_calls(post.seen)
            how = post.voice("The number of a call marks it as in hand, once you have dealt with it.")
            return [*(paragraph(how, width, "dim") if calls else []), *panels.feed(post, width, 10_000, numbered=True)]

        def keys(key: Key) -> Order | None:
            calls = post.chronicle.open_calls(post.seen)
            at = panels.SHORTCUTS.find(key.command) if len(key.command) == 1 else -1
            if 0 <= at < len(calls):
                post.chronicle.take_in_hand(calls[at])
                return None
            return self._reading(key)

        self._open(post.voice("Messages"), content, keys)
        for message in post.seen.messages:
            post.chronicle.read(message)

    def open_units(self) -> None:
        """All units."""
        self._open(self.post.voice("Units"), lambda width: panels.unit_rows(self.post, width), self._reading)

    def open_under_way(self) -> None:
        """What is being carried out."""
        self._open(self.post.voice("Under way"), lambda width: panels.under_way(self.post, width), self._reading)

    def open_known(self) -> None:
        """People hurt, roads, promises, talks, and every claim with how far it is checked."""
        post = self.post
        self._open(
            post.voice("What is known"),
            lambda width: [*panels.known(post, width), *blank(width, 1), *panels.claim_lines(post, width)],
            self._reading,
        )

    def open_boards(self) -> None:
        """Every board this run has a use for."""
        post = self.post
        offered = [board for board in boards() if board.offered(post)]
        self._chosen = 0

        def entry(k: int, board: Board, width: int) -> Lines:
            waiting = board.waiting(post)
            text = f"{panels.shortcut(k)} {post.voice(board.title)}" + (f" ({waiting})" if waiting else "")
            return [fit(Text(text, "reverse" if k == self._chosen else "bold", end=""), width)]

        def keys(key: Key) -> Order | None:
            picked = self._pick(key, len(offered))
            if picked is not None:
                self._open_board(offered[picked])
            return None

        def content(width: int) -> Lines:
            return self._in_sight([entry(k, board, width) for k, board in enumerate(offered)])

        self._open(post.voice("Boards"), content, keys)

    def _open_board(self, board: Board) -> None:
        """What a board leads to, numbered, and all it shows."""
        post = self.post

        def content(width: int) -> Lines:
            acts = [
                line
                for k, (words, _) in enumerate(board.acts(post))
                for line in paragraph(f"{panels.shortcut(k)} {words}", width, "bold")
            ]
            return [*acts, *blank(width, 1 if acts else 0), *board.lines(post, width)]

        def keys(key: Key) -> Order | None:
            acts = board.acts(post)
            at = panels.SHORTCUTS.find(key.command) if len(key.command) == 1 else -1
            if 0 <= at < len(acts):
                self._fill_in(acts[at][1], lambda: self._open_board(board))
                return None
            return self._reading(key)

        self._open(post.voice(board.title), content, keys, self.open_boards)

    def open_leave(self) -> None:
        """Asks before leaving."""
        say = self.post.voice
        text = say("Leave? Everything is saved and the run can be resumed. Enter leaves, Esc stays.")
        self._open(say("Leave"), lambda width: paragraph(text, width), self._leave)

    def _leave(self, key: Key) -> Order | None:
        if key.command in {"enter", "q", "y"}:
            self.left = True
            self._close()
        return None

    # ---- responding

    def open_kinds(self) -> None:
        """Kinds of responses."""
        self._chosen = 0
        self._draft = None
        kinds = panels.kinds_offered(self.post)

        def keys(key: Key) -> Order | None:
            picked = self._pick(key, len(kinds))
            if picked is not None:
                self._open_cards(kinds[picked][0])
            return None

        self._open(
            self.post.voice("Respond: what kind?"),
            lambda width: self._in_sight([[line] for line in panels.kind_lines(self.post, width, self._chosen)]),
            keys,
        )

    def _in_sight(self, entries: list[Lines]) -> Lines:
        """The entries one after the other; the chosen one comes into sight."""
        before = sum(len(entry) for entry in entries[: self._chosen])
        self._focus = (before, before + len(entries[self._chosen]) - 1) if entries else None
        return [line for entry in entries for line in entry]

    def _pick(self, key: Key, count: int) -> int | None:
        """The entry a key chooses, None while it only moves."""
        if key.name in {"up", "down"}:
            self._chosen = (self._chosen + (1 if key.name == "down" else -1)) % max(1, count)
            self._follow = True
            return None
        if key.name == "enter":
            return self._chosen if count else None
        at = panels.SHORTCUTS.find(key.command) if len(key.command) == 1 else -1
        return at if 0 <= at < count else None

    def _open_cards(self, kind: str) -> None:
        """The responses of a kind, those that are open first."""
        cards = laddered(o for o in self.post.options() if o.response.group == kind)
        self._chosen = 0

        def content(width: int) -> Lines:
            return self._in_sight([self._card(k, card, width) for k, card in enumerate(cards)])

        def keys(key: Key) -> Order | None:
            picked = self._pick(key, len(cards))
            if picked is not None and cards[picked].open:
                self._open_form(cards[picked])
            return None

        self._open(self.post.voice("Respond: which?"), content, keys, self.open_kinds)

    def _card(self, index: int, option: Option, width: int) -> Lines:
        say, response = self.post.voice, option.response
        style = "reverse" if index == self._chosen else "bold" if option.open else "dim"
        who = " / ".join(response.units) or say("no unit needed")
        run = response.run_min.value
        lasts = [say("{minutes:g} min", minutes=run) if run else say("until stopped")]
        if response.done_at_once:
            lasts = []
        setup = say("{minutes:g} min to set up", minutes=response.setup_min.value)
        force = say(FORCE[response.force])
        lines = [
            fit(Text(f"{panels.shortcut(index)} {say(response.title.text)}", style, end=""), width),
            *paragraph(say(response.says.text), width, "" if option.open else "dim", indent="    "),
            *paragraph(" · ".join((who, setup, *lasts, force)), width, "dim", indent="    "),
        ]
        for reason in option.reasons:
            lines.extend(paragraph(say("not now: {why}", why=say(reason)), width, "yellow", indent="    "))
        return lines

    def _open_form(self, option: Option) -> None:
        self._fill_in(Draft.of(option), lambda: self._open_cards(option.response.group))

    def _fill_in(self, draft: Draft, back: Callable[[], None]) -> None:
        """The form of an order, as far as it has been thought of; `back` leads to where it came from."""
        self._draft, self._whence = draft, back
        self._field = 0
        self._show_form()

    def _show_form(self) -> None:
        assert self._draft is not None
        title = self.post.voice(self._draft.option.response.title.text)
        self._typed = ""
        self._open(title, self._form_lines, self._form_keys, self._whence)

    def _fields(self) -> list[str]:
        assert self._draft is not None
        response = self._draft.option.response
        note = [p.name for p in response.parameters if response.coercive and p.name in NAMES]
        names = [p.name for p in response.parameters if p.name not in note]
        return ([":target"] if self._draft.option.targets else []) + [*names, ":reason", *note, ":send"]

    def _form_lines(self, width: int) -> Lines:
        draft, say = self._draft, self.post.voice
        assert draft is not None
        lines: Lines = []
        for k, name in enumerate(self._fields()):
            style = "reverse" if k == self._field else ""
            begun = len(lines)
            lines.extend(paragraph(self._field_text(name), width, style))
            if k == self._field:
                lines.extend(self._ticks(name, width, begun))
        lines.extend(blank(width, 1))
        if composes(draft.option.response):
            found = composed(draft, self.post.seen, self.post.words.scenario)
            lines.extend([*composer_lines(self.post, found, width), *blank(width, 1)])
        lines.extend(self._ruling_lines(self.post.run.preview(draft.order()), width))
        lines.extend(paragraph(say("left/right change, type text or numbers, Enter goes on"), width, "dim"))
        return lines

    def _ticks(self, name: str, width: int, begun: int) -> Lines:
        """The parts that can be ticked in this field, the one the cursor is on reversed; it comes into sight.

        `begun` is the line of the dialog on which the field itself begins.
        """
        self._focus = (begun, begun)
        offered = self._offered(name)
        parameter = self._draft.option.response.parameter(name) if self._draft is not None else None
        if not offered or parameter is None or self._draft is None:
            return []
        lines: Lines = []
        held = split(str(self._draft.values[name]))
        facts = {fact.id: fact for fact in self.post.seen.press.facts}
        for k, value in enumerate(offered):
            text = self.post.words.part(value)
            if value in facts:
                text = self.post.voice(facts[value].says)
                if facts[value].standing != "known":
                    text = self.post.voice("{fact} (nobody has checked this)", fact=text)
            mark = "[x] " if value in held else "[ ] "
            style = "reverse" if k == self._part % len(offered) else ""
            lines.extend(paragraph(mark + text, width, style, indent="    "))
            if style:
                self._focus = (begun + len(lines), begun + len(lines))
        how = self.post.voice("left/right go through the parts, Space ticks one")
        return [*lines, *paragraph(how, width, "dim", indent="    ")]

    def _offered(self, name: str) -> tuple[str, ...]:
        """What can be ticked in this field, nothing where it holds one value."""
        parameter = self._draft.option.response.parameter(name) if self._draft is not None else None
        if parameter is None or parameter.kind not in {"several", "facts"}:
            return ()
        if parameter.kind == "facts":
            return tuple(fact.id for fact in stateable(self.post.seen))
        return parameter.choices

    def _field_text(self, name: str) -> str:
        draft, say, words = self._draft, self.post.voice, self.post.words
        assert draft is not None
        if name == ":target":
            shown = words.target(draft.option.response, draft.target, self.post.seen)
            return f"{say('Where or about what')}: {shown}"
        if name == ":reason":
            return f"{say('Why')}: {draft.reason}_"
        if name == ":send":
            return say(">> Send the order")
        parameter = draft.option.response.parameter(name)
        assert parameter is not None
        if parameter.kind in LISTS:
            held = listed(draft.values[name])
            offered = law_choices(parameter, words.playbook, self.post.seen)
            rows = [
                f"  {k + 1} [{'x' if each in held else ' '}] {words.ground(each, self.post.seen)}"
                for k, each in enumerate(offered[:9])
            ]
            return "\n".join([f"{say(parameter.title.text)}:", *(rows or [say("Nothing yet.")])])
        return f"{say(parameter.title.text)}: {words.value(parameter, draft.values[name], self.post.seen)}"

    def _ruling_lines(self, ruling: Ruling, width: int) -> Lines:
        say = self.post.voice
        lines: Lines = []
        for reason in ruling.reasons:
            lines.extend(paragraph(say("not possible: {why}", why=say(reason)), width, "yellow"))
        lines.extend(card(say, ruling, width))
        for thought in ruling.advice:
            lines.extend(paragraph(say(thought), width, "yellow"))
        if not ruling.reasons and not ruling.failures:
            lines.extend(paragraph(say("Possible and lawful as it stands."), width, "green"))
        elif ruling.failures and not ruling.reasons:
            text = say("As it stands this is unlawful. Sending it all the same will be marked for ever.")
            lines.extend(paragraph(text, width, "bold red"))
        return lines

    def _form_keys(self, key: Key) -> Order | None:
        draft = self._draft
        assert draft is not None
        self._follow = True
        names = self._fields()
        name = names[self._field]
        if key.name in {"up", "backtab"}:
            self._field = (self._field - 1) % len(names)
            self._typed, self._part = "", 0
        elif key.name in {"down", "tab"} or (key.name == "enter" and name != ":send"):
            self._field = (self._field + 1) % len(names)
            self._typed, self._part = "", 0
        elif key.name == "enter":
            return self._ask_or_send()
        elif name == ":reason":
            draft.reason = draft.reason[:-1] if key.name == "backspace" else draft.reason + key.text
        elif name == ":target":
            draft.target = _next(draft.option.targets, draft.target, key)
        elif name != ":send":
            self._change(name, key)
        return None

    def _change(self, name: str, key: Key) -> None:
        draft = self._draft
        assert draft is not None
        parameter = draft.option.response.parameter(name)
        assert parameter is not None
        offered = choices(parameter, self.post.words.scenario, self.post.seen, draft.target)
        ticks = self._offered(name)
        if parameter.kind in {"several", "facts"}:
            if key.name in {"left", "right"} and ticks:
                self._part = (self._part + (1 if key.name == "right" else -1)) % len(ticks)
            elif key.name == "space" and ticks:
                value = ticks[self._part % len(ticks)]
                draft.values[name] = toggled(str(draft.values[name]), value, offered)
            return
        lawful = law_choices(parameter, self.post.words.playbook, self.post.seen)
        if parameter.kind in LISTS:
            at = "123456789".find(key.text) if key.text else -1
            if 0 <= at < len(lawful):
                draft.values[name] = ticked(draft.values[name], lawful[at])
            return
        if parameter.kind == "choice" and parameter.default not in offered:
            offered = (str(parameter.default), *offered)
        offered = offered or lawful
        if offered:
            draft.values[name] = _next(offered, str(draft.values[name]), key)
        elif parameter.kind == "number":
            self._typed = self._typed[:-1] if key.name == "backspace" else self._typed + key.text
            digits = "".join(c for c in self._typed if c.isdecimal() or c == ".")
            if digits.replace(".", "", 1).isdecimal():
                draft.values[name] = min(parameter.at_most, max(parameter.at_least, float(digits)))
        else:
            text = str(draft.values[name])
            draft.values[name] = text[:-1] if key.name == "backspace" else text + key.text

    def _ask_or_send(self) -> Order | None:
        draft, say = self._draft, self.post.voice
        assert draft is not None
        ruling = self.post.run.preview(draft.order())
        if ruling.reasons:
            return None
        if (ruling.failures or self.post.assessed) and not draft.reason.strip():
            # A reason may be all that is missing; nobody should be marked for ever for pressing Enter too soon.
            self._field = self._fields().index(":reason")
            return None
        if not ruling.failures:
            self._close()
            return draft.order()
        if not self.post.run.preview(draft.order(go_ahead=True)).accepted:
            return None
        order = draft.order(go_ahead=True)

        def keys(key: Key) -> Order | None:
            if key.command == "y":
                self._close()
                return order
            return None

        text = say("This order is unlawful. y sends it all the same, marked for ever; Esc goes back.")
        self._open(
            say("Unlawful"),
            lambda width: [*paragraph(text, width, "bold red"), *card(say, ruling, width)],
            keys,
            self._show_form,
        )
        return None


def _next(choices: tuple[str, ...], now: str, key: Key) -> str:
    """The choice after or before this one."""
    if key.name not in {"left", "right", "space"} or not choices:
        return now
    at = choices.index(now) if now in choices else 0
    return choices[(at + (-1 if key.name == "left" else 1)) % len(choices)]

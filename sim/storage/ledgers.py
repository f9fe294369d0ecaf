"""Ledgers: what was asked of the law, promised, rumoured and said in a run, as rows of words that a page can print."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.effects.hearsay import Hearsay
from sim.measures.record import Record, has_number, number, part, text, yes
from sim.scenario.scenario import Playbook
from sim.seat.composer import QUALITIES
from sim.seat.words import CHOICES, listed
from sim.storage.account import TRUTHS, Account, DecisionRow, FailureRow, clock
from sim.world.journal import Entry

WORDS_GIVEN = {
    "news": Phrase("somebody comes back with news"),
    "water": Phrase("water and toilets"),
    "warning": Phrase("nothing moves unannounced"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One rule that orders of this run did not meet."""

    says: str
    citation: str
    cited: str
    """How sure we are of the citation."""
    floor: bool
    """True for the human-rights floor."""
    remedies: tuple[str, ...]
    """What would put it right."""
    orders: tuple[str, ...]
    """Which orders did not meet it, how often, and when first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow:
    """One promise or word that was given, and what became of it."""

    at: str
    what: str
    owner: str
    due: str
    told: bool
    within: bool
    """True when whoever gave it may decide it."""
    became: str
    tone: str
    """`good`, `bad` or ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RumourRow:
    """One rumour that went round."""

    says: str
    truth: str
    started: str
    checked: str
    answered: str
    with_proof: bool
    peak: float
    """Largest share of those there that passed it on at one time."""
    left: float
    """Share at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One statement to the public or announcement to the crowd."""

    at: str
    what: str
    audience: str
    quality: float | None
    parts: tuple[tuple[str, float], ...]
    """Each part of the judgement with its share, 0..1, the weakest first."""
    flaws: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRow:
    """One signal that was checked or could have been."""

    says: str
    truth: str
    verdict: str
    checked: str


def law_orders(account: Account) -> list[DecisionRow]:
    """Orders that compel, and every order that did not meet a rule of the law here or of the floor."""
    return [row for row in account.decisions if row.coercive or row.failures or row.gaps or row.floor_gap]


def law_rules(account: Account, say: Speech) -> list[RuleRow]:
    """Every rule that was not met, once, with the orders that did not meet it: how often, and when first."""
    found: dict[tuple[str, str], list[tuple[FailureRow, DecisionRow]]] = {}
    for row in account.decisions:
        for failure in row.failures:
            found.setdefault((failure.citation, failure.says), []).append((failure, row))
    rows = []
    for pairs in found.values():
        failure = pairs[0][0]
        times: dict[str, list[str]] = {}
        for _, row in pairs:
            if row.at not in times.setdefault(row.title, []):
                times[row.title].append(row.at)
        orders = [
            say("{order} ({clock})", order=title, clock=at[0])
            if len(at) == 1
            else say("{order} ({number} times, first at {clock})", order=title, number=len(at), clock=at[0])
            for title, at in times.items()
        ]
        rows.append(
            RuleRow(says=failure.says, citation=failure.citation, cited=failure.cited,
                    floor=any(each.baseline for each, _ in pairs), orders=tuple(orders),
                    remedies=tuple(dict.fromkeys(each.remedy for each, _ in pairs if each.remedy)))
        )  # fmt: skip
    return rows


def promise_rows(account: Account, say: Speech) -> list[PromiseRow]:
    """Promises on demands and words given, oldest first."""
    told = [e.tick for e in account.of("consequence", "report_back") if number(e.data, "promises") > 0]
    settled: dict[tuple[str, str], bool] = {}
    for what, kept in (("promise_kept", True), ("promise_broken", False)):
        for entry in account.of("consequence", what):
            settled[text(entry.data, "word"), text(entry.data, "demand")] = kept
    rows = []
    for entry in sorted(
        [*account.of("consequence", "promise"), *account.of("consequence", "word_given")], key=lambda e: e.tick
    ):
        demand, word = text(entry.data, "demand"), text(entry.data, "word") or "demand"
        fate = settled.get((word, demand))
        rung = text(entry.data, "rung")
        named = account.name(demand) if demand else say(WORDS_GIVEN[word]) if word in WORDS_GIVEN else word
        rows.append(
            PromiseRow(
                at=clock(account.minute(entry.tick)),
                what=say("{promise}: {rung}", promise=named, rung=say(CHOICES[rung])) if rung in CHOICES else named,
                owner=_chosen(text(entry.data, "owner"), say),
                due=_due(entry, say),
                told=not demand or any(tick >= entry.tick for tick in told),
                within=not has_false(entry.data, "within_authority"),
                became=say("open") if fate is None else say("kept") if fate else say("broken"),
                tone="" if fate is None else "good" if fate else "bad",
            )
        )
    return rows


def has_false(data: Mapping[str, Any], name: str) -> bool:
    """True when an entry says that this is not so."""
    return data.get(name) is False


def _due(entry: Entry, say: Speech) -> str:
    if has_number(entry.data, "due_min"):
        return clock(number(entry.data, "due_min"))
    days = number(entry.data, "due_days")
    return say("within {days:g} days", days=days) if yes(entry.data, "dated") and days > 0 else say("no date")


def _chosen(code: str, say: Speech) -> str:
    return say(CHOICES[code]) if code in CHOICES else code


def rumour_rows(account: Account, record: Record, say: Speech) -> list[RumourRow]:
    """Every rumour that started, in the order they started."""
    first: dict[str, int] = {}
    for entry in account.of("consequence", "rumour_started"):
        first.setdefault(text(entry.data, "rumour"), entry.tick)
    true = {rumour.id: rumour.true for rumour in account.scenario.rumours}
    readings = record.readings()
    rows = []
    for name, tick in first.items():
        shares = [number(part(entry.data, "tellers"), name) for entry in readings]
        checked = next((e for e in account.of("consequence", "verified") if text(e.data, "claim") == name), None)
        answers = [e for e in account.of("consequence", "statement") if text(e.data, "rumour") == name]
        rows.append(
            RumourRow(
                says=account.name(name),
                truth=say(TRUTHS["true" if true[name] else "false"]) if name in true else "",
                started=clock(account.minute(tick)),
                checked=clock(account.minute(checked.tick)) if checked is not None else "",
                answered=clock(account.minute(answers[0].tick)) if answers else "",
                with_proof=any(yes(e.data, "evidence") for e in answers),
                peak=max(shares, default=0.0),
                left=shares[-1] if shares else 0.0,
            )
        )
    return rows


def statement_rows(account: Account, say: Speech) -> list[StatementRow]:
    """Statements and announcements, oldest first, each with what is thought of it."""
    said = [*account.of("consequence", "statement"), *account.of("consequence", "announcement")]
    rows = []
    for entry in sorted(said, key=lambda e: e.tick):
        if text(entry.data, "response").startswith("inject:"):
            continue
        parts = tuple(
            (say(QUALITIES[name]), number(part(entry.data, "parts"), name))
            for name in sorted(part(entry.data, "parts"), key=lambda each: number(part(entry.data, "parts"), each))
            if name in QUALITIES
        )
        public = text(entry.data, "what") == "statement"
        reached = say("{share:.0%} of those there understood it", share=number(entry.data, "understood"))
        rows.append(
            StatementRow(
                at=clock(account.minute(entry.tick)),
                what=account.name(text(entry.data, "response")),
                audience=listed(say, _audience(entry, say)) if public else reached,
                quality=number(entry.data, "quality") if has_number(entry.data, "quality") else None,
                parts=parts,
                flaws=tuple(_flaws(entry, say)),
            )
        )
    return rows


def _audience(entry: Entry, say: Speech) -> list[str]:
    names = (text(entry.data, "audience"), text(entry.data, "channel"))
    return [_chosen(name, say) for name in names if name]


def _flaws(entry: Entry, say: Speech) -> Iterable[str]:
    if has_false(entry.data, "true"):
        yield say("it was not so")
    if number(entry.data, "beyond") > 0:
        yield say("something was stated as a fact that nobody had checked")
    if yes(entry.data, "contradicted"):
        yield say("what was done did not fit it")
    if yes(entry.data, "repeated"):
        yield say("it had been said before")


def signal_rows(account: Account, playbook: Playbook, say: Speech) -> list[SignalRow]:
    """Every signal of the early-warning desk that reached the run: what was so, and what a check said."""
    reached = {row.id for row in account.injects}
    verdicts: dict[str, Entry] = {}
    for entry in account.of("consequence", "verified"):
        verdicts.setdefault(text(entry.data, "claim"), entry)
    found: dict[str, SignalRow] = {}
    for inject in playbook.scenario.injects:
        for effect in inject.effects if inject.id in reached else ():
            if not isinstance(effect, Hearsay) or effect.claim in found:
                continue
            found_out = verdicts.get(effect.claim)
            verdict = text(found_out.data, "truth") if found_out is not None else ""
            found[effect.claim] = SignalRow(
                says=account.name(effect.claim),
                truth=say(TRUTHS[effect.truth]) if effect.truth in TRUTHS else "",
                verdict=say(TRUTHS[verdict]) if verdict in TRUTHS else say("nobody asked"),
                checked=clock(account.minute(found_out.tick)) if found_out is not None else "",
            )
    return list(found.values())

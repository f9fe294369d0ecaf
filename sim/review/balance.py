"""Balance: what rehearsals of one scenario by several players and seeds say about the scenario itself.

Everything holds for automatic players in this model. It shows what an exercise rewards, never how trainees will do.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise

from sim.core.phrase import Phrase
from sim.exercise.refusal import Refusal
from sim.review.rehearsal import Part, Rehearsed, hidden_by
from sim.scenario.scenario import Playbook
from sim.science.statistics import mean

PART_APART = 1.0 / 3.0
"""Two ways of winning are distinct when at least this share of what was ordered, and in which third of the run, is
not common to both (assumed)."""
THIRDS = 3
NOISE_POINTS = 1.0
"""A change of the score by less than this says nothing (assumed: a grade is about ten points wide)."""
UNTRAINED = ("passive", "random", "facilitate")
"""Players that know no doctrine: what they score without trying is how easy an exercise is."""
TOO_EASY = ("passive", "force")
"""Players that must not win."""
BANDS = ((65.0, "very hard"), (50.0, "hard"), (35.0, "medium"), (0.0, "easy"))
"""Names of difficulties from so many points lost by untrained players on (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What came of all runs of one player."""

    player: str
    runs: int
    wins: int
    losses: int
    """Runs in which a red line was crossed."""
    low: float
    mean: float
    high: float
    grades: tuple[tuple[str, int], ...]
    """How often each grade, the best first."""
    hurt: float
    """Mean number of people hurt seriously or fatally."""
    trust: float
    """Mean change of legitimacy."""
    met: tuple[tuple[str, int], ...]
    """Every aim of the scenario, in its order, and how many runs met it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """What the player that did best loses when it has to do without something."""

    part: Part
    runs: int
    change: float
    """Mean change of the score through it, same seeds: above 0 it helps."""
    least: float
    """The smallest such change in one seed."""
    most: float
    aims: tuple[str, ...]
    """Aims that are met with it and missed without it, in any seed."""

    @property
    def dominated(self) -> bool:
        """True when doing without it was better in every seed and cost no aim."""
        return self.part.what == "response" and self.most <= -NOISE_POINTS and not self.aims

    @property
    def matters(self) -> bool:
        """True when it moved the score by more than noise, or an aim hangs on it."""
        return abs(self.change) >= NOISE_POINTS or bool(self.aims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What became of one inject over all runs."""

    inject: str
    runs: int
    """Runs that went on until its minute."""
    came: int
    handled: int
    missed: int
    asks: bool
    """Whether it can be handled at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One way of winning, distinct from the others."""

    player: str
    seed: int
    without: Part
    total: float
    steps: tuple[str, ...]
    """Responses in the order they were first given."""
    runs: int
    """How many winning runs went much the same way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The card of a scenario."""

    scenario: str
    asked: int
    """How many runs were to be made."""
    runs: int
    """How many were made."""
    players: tuple[Range, ...]
    best: str
    """The player whose decisions were looked into; "" when none were."""
    levers: tuple[Lever, ...]
    never_ordered: tuple[str, ...]
    never_open: tuple[str, ...]
    why_shut: tuple[tuple[str, Phrase], ...]
    """What stood against those most often."""
    refused: tuple[tuple[str, Refusal], ...]
    """Orders somebody wrote down that were refused, each once over all seeds, with the name of their line."""
    injects: tuple[Came, ...]
    first_call_min: float | None
    """Minutes from the start until something waits for an answer; None when nothing ever does."""
    quiet_min: float
    """The longest time between two calls."""
    first_order_min: float | None
    """Minutes from the start to the first order of the best player."""
    difficulty: float | None
    """Points of 100 that untrained players lose; None when none played."""
    lines: tuple[Line, ...]

    @property
    def complete(self) -> bool:
        """False when it was broken off."""
        return self.runs == self.asked

    @property
    def dominated(self) -> tuple[str, ...]:
        """Responses that did harm wherever they were given by the best player."""
        return tuple(lever.part.id for lever in self.levers if lever.dominated)

    @property
    def dead(self) -> tuple[str, ...]:
        """Injects whose minute passed in some run and that never came."""
        return tuple(each.inject for each in self.injects if each.runs and not each.came)

    @property
    def unmet(self) -> tuple[str, ...]:
        """Injects that came and that nobody ever handled."""
        return tuple(each.inject for each in self.injects if each.asks and each.came and not each.handled)

    @property
    def fails(self) -> bool:
        """True when it cannot be won, can be won in one way only, or is won by doing nothing or by force."""
        easily = any(each.wins for each in self.players if each.player in TOO_EASY)
        return len(self.lines) < 2 or easily

    @property
    def band(self) -> str:
        """The difficulty's name in English; "" when it is not known."""
        if self.difficulty is None:
            return ""
        return next(name for least, name in BANDS if self.difficulty >= least)

    def as_dict(self) -> dict[str, object]:
        """JSON-able form, with sentences as phrases."""
        return {
            **asdict(replace(self, why_shut=(), refused=())),
            "why_shut": dict(self.why_shut),
            "refused": [{"run": name, **each.as_dict()} for name, each in self.refused],
            "complete": self.complete,
            "fails": self.fails,
            "dominated": list(self.dominated),
            "dead": list(self.dead),
            "unmet": list(self.unmet),
            "band": self.band,
            "warnings": list(self.warnings()),
        }

    def warnings(self) -> tuple[Phrase, ...]:
        """What should be looked at before a class plays it."""
        return tuple(_warnings(self))


def balance(playbook: Playbook, found: Sequence[Rehearsed], asked: int) -> Balance:
    """The card of a scenario from its rehearsals, in any order."""
    plain = sorted((r for r in found if not r.without.what), key=lambda r: (r.player, r.seed))
    names = list(dict.fromkeys(r.player for r in plain))
    tried = {r.player for r in found if r.without.what}
    best = best_player([r for r in plain if not tried or r.player in tried])
    leading = [r for r in plain if r.player == best]
    first, calls = playbook.scenario.start_min, [r.calls for r in plain]
    untrained = [r.total for r in plain if r.player in UNTRAINED]
    begun = [r.orders[0].minute - first for r in leading if r.orders]
    offered = tuple(dict.fromkeys(playbook.scenario.on_offer(playbook.responses)))
    used = frozenset().union(*(r.used for r in found))
    never_open = tuple(name for name in offered if not any(name in r.opened for r in found)) if used else ()
    return Balance(
        scenario=playbook.scenario.id,
        asked=asked,
        runs=len(found),
        players=tuple(
            sorted((_range(playbook, name, plain) for name in names), key=lambda each: (-each.mean, each.player))
        ),
        best=best if tried else "",
        levers=_levers(playbook, leading, [r for r in found if r.without.what]),
        never_ordered=tuple(name for name in offered if name not in used),
        never_open=never_open,
        why_shut=tuple((name, why) for name in never_open if (why := _why_shut(name, found)) is not None),
        refused=_refused(plain),
        injects=tuple(_came(playbook, plain)),
        first_call_min=min((each[0] - first for each in calls if each), default=None),
        quiet_min=max((b - a for each in calls for a, b in pairwise(each)), default=0.0),
        first_order_min=min(begun, default=None),
        difficulty=100.0 - mean(untrained) if untrained else None,
        lines=winning_lines(found),
    )


def _why_shut(name: str, found: Sequence[Rehearsed]) -> Phrase | None:
    """What stood against a response in the most runs; the run without it says nothing."""
    counts = Counter(run.shut[name] for run in found if name in run.shut)
    return counts.most_common(1)[0][0] if counts else None


def _refused(plain: Sequence[Rehearsed]) -> tuple[tuple[str, Refusal], ...]:
    found = {(run.player, each.minute, each.order.response): each for run in plain for each in run.turned_down}
    return tuple((player, each) for (player, _, _), each in sorted(found.items(), key=lambda item: item[0]))


def best_player(plain: Iterable[Rehearsed]) -> str:
    """The player with the most wins, and of those the highest mean score; "" when nobody played."""
    runs = list(plain)
    names = sorted({r.player for r in runs})
    own = {name: [r for r in runs if r.player == name] for name in names}
    return max(
        names, key=lambda n: (mean([float(r.is_win) for r in own[n]]), mean([r.total for r in own[n]])), default=""
    )


def winning_lines(found: Iterable[Rehearsed]) -> tuple[Line, ...]:
    """Distinct ways of winning, the best first; each later run joins the way it is nearest to."""
    kept: list[tuple[Rehearsed, frozenset[tuple[str, int]], int]] = []
    for run in sorted((r for r in found if r.is_win), key=lambda r: (-r.total, r.player, r.seed, r.without.id)):
        steps = _steps(run)
        near = [(apart(steps, other), k) for k, (_, other, _) in enumerate(kept)]
        if not near or min(near)[0] >= PART_APART:
            kept.append((run, steps, 1))
        else:
            k = min(near)[1]
            kept[k] = (*kept[k][:2], kept[k][2] + 1)
    return tuple(
        Line(
            player=run.player,
            seed=run.seed,
            without=run.without,
            total=run.total,
            steps=tuple(dict.fromkeys(order.response for order in run.orders)),
            runs=count,
        )
        for run, _, count in kept
    )


def apart(one: frozenset[tuple[str, int]], other: frozenset[tuple[str, int]]) -> float:
    """The share of the steps of both that is not common (Jaccard distance), 0..1."""
    together = one | other
    return 1.0 - len(one & other) / len(together) if together else 0.0


def _steps(run: Rehearsed) -> frozenset[tuple[str, int]]:
    """What was ordered and in which third of the on-scene part."""
    return frozenset((order.response, min(THIRDS, int(order.share * THIRDS))) for order in run.orders)


def _range(playbook: Playbook, player: str, plain: Sequence[Rehearsed]) -> Range:
    runs = [r for r in plain if r.player == player]
    totals = [r.total for r in runs]
    return Range(
        player=player,
        runs=len(runs),
        wins=sum(r.is_win for r in runs),
        losses=sum(bool(r.lost) for r in runs),
        low=min(totals),
        mean=mean(totals),
        high=max(totals),
        grades=tuple(sorted(Counter(r.grade for r in runs).items())),
        hurt=mean([float(r.hurt) for r in runs]),
        trust=mean([r.trust for r in runs]),
        met=tuple((aim.id, sum(aim.id in r.won for r in runs)) for aim in playbook.scenario.aims),
    )


def _levers(playbook: Playbook, whole: Sequence[Rehearsed], less: Sequence[Rehearsed]) -> tuple[Lever, ...]:
    """What each part taken away changes against the run of the same seed with everything; the largest first."""
    by_seed = {run.seed: run for run in whole}
    found = []
    for part in dict.fromkeys(run.without for run in less):
        pairs = [(by_seed[r.seed], r) for r in less if r.without == part and r.seed in by_seed]
        if part.what in {"kind", "response"}:
            pairs = [(a, b) for a, b in pairs if a.used & hidden_by(playbook, part)]
        if not pairs:
            continue
        changes = [a.total - b.total for a, b in pairs]
        lost = [aim for a, b in pairs for aim in a.won if aim not in b.won]
        found.append(
            Lever(
                part=part,
                runs=len(pairs),
                change=mean(changes),
                least=min(changes),
                most=max(changes),
                aims=tuple(dict.fromkeys(lost)),
            )
        )
    return tuple(sorted(found, key=lambda each: (-abs(each.change), each.part.what, each.part.id)))


def _came(playbook: Playbook, plain: Sequence[Rehearsed]) -> Iterable[Came]:
    for inject in playbook.scenario.injects:
        ends = [run.injects[inject.id] for run in plain if inject.id in run.injects]
        yield Came(
            inject=inject.id,
            runs=len(ends),
            came=sum(end != "skipped" for end in ends),
            handled=ends.count("handled"),
            missed=ends.count("missed"),
            asks=inject.handled is not None,
        )


def _warnings(card: Balance) -> Iterable[Phrase]:
    if not card.complete:
        yield Phrase("broken off: {runs} of {asked} runs were made", runs=card.runs, asked=card.asked)
        return
    wins = {each.player: each.wins for each in card.players}
    if card.runs and not card.lines:
        yield Phrase("nobody wins: no run met every aim without crossing a red line")
    elif len(card.lines) == 1:
        yield Phrase("a single solution: all winning runs go much the same way")
    if wins.get("passive"):
        yield Phrase("doing nothing wins")
    if wins.get("force"):
        yield Phrase("force wins")
    if wins.get("random"):
        yield Phrase("ordering at random wins in {wins} runs", wins=wins["random"])
    if card.dominated:
        yield Phrase("did harm in every run that was compared: {names}", names=", ".join(card.dominated))
    if card.dead:
        yield Phrase("injects that never came: {names}", names=", ".join(card.dead))
    if card.unmet:
        yield Phrase("injects that nobody handled: {names}", names=", ".join(card.unmet))
    if card.never_open:
        yield Phrase("responses that were never open: {names}", names=", ".join(card.never_open))
    if card.first_call_min is None:
        yield Phrase("nothing ever waits for an answer")

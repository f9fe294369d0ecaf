"""Reckoning: evidence becomes public, and every statement about the matter is measured against it.

What each kind of statement then costs or wins is assumed in size; the order of the costs follows crisis communication:
a known untruth is worst, then a denial beyond what was known, then a check that was never made, then silence on what
was so; to correct oneself before others do halves it.
"""

from dataclasses import dataclass

from sim.crowd.people import Knows
from sim.crowd.stimulus import Channel
from sim.world.facts import NOT_SO, SO
from sim.world.knowledge import Claim, Statement
from sim.world.world import World

CONVINCING = 0.9
"""How convincing evidence is that is there for everybody to see (assumed)."""
SPREADS = 0.5
"""Share of those online who come to see it (assumed)."""
SILENT_AFTER_MIN = 10.0
"""Who has known of a matter for less than this cannot be blamed for having said nothing (assumed)."""
LATE_MIN = 30.0
COMES_OUT_MIN = 30.0
"""An untrue stand is found out by itself after so long, where no evidence shows it sooner (assumed)."""
RIGHT = {"refute": "false", "confirm": "true"}
"""What has to be so for a stand on a claim to be right."""


@dataclass(frozen=True, slots=True)
class Price:
    """What it costs to have spoken, or not spoken, in a certain way once the evidence is there."""

    injustice: float
    """What those who read of it make of it, 0..1."""
    public: float
    """Change of the wider public's judgement."""
    belief: float
    """Factor on the belief in the source; above 1 it wins part of what is missing."""


PRICES = {
    "known_untrue": Price(0.8, -0.20, 0.5),
    "found_untrue": Price(0.5, -0.12, 0.65),
    "unfounded": Price(0.4, -0.10, 0.75),
    "silent": Price(0.2, -0.05, 0.9),
    "late": Price(0.1, -0.03, 0.95),
    "open": Price(0.0, 0.01, 1.05),
    "right": Price(0.0, 0.02, 1.10),
}
"""By what was done about the matter."""


def stand_on(statement: Statement, claim: str) -> str:
    """What a statement said about a claim: `refute`, `confirm`, `open`, or "" when it said nothing."""
    if SO + claim in statement.facts:
        return "confirm"
    if NOT_SO + claim in statement.facts:
        return "refute"
    return statement.stand if statement.about == claim else ""


def come_out(world: World, claim: Claim, shows: str, *, by_us: bool = False) -> None:
    """Makes it public what is so about a claim (`shows`: `true` or `false`), once, and settles what was said before.

    With `by_us` the evidence is ours and comes with a statement: nothing else is published, and earlier untruths count
    as corrected by ourselves.
    """
    if claim.public_tick >= 0:
        return
    claim.public_tick, claim.shown = world.tick, shows
    column = world.setting.rumour_index(claim.id)
    if not by_us:
        world.emit(
            Channel.ONLINE,
            reach=SPREADS,
            knowledge=int(Knows.FACTS),
            rumour=column,
            asserts=(CONVINCING if shows == "true" else -CONVINCING) if column >= 0 else 0.0,
        )
    _disprove(world, claim, shows)
    for source, how in _accounts(world, claim, shows).items():
        _settle(world, claim, source, how, owned=by_us)
    world.consequence("evidence_public", claim=claim.id, shows=shows, by_us=by_us)


def _disprove(world: World, claim: Claim, shows: str) -> None:
    """Counts as untrue, from now on, what was said about a matter of which nobody could know how it is."""
    for statement in world.statements:
        stand = stand_on(statement, claim.id)
        if statement.true and stand in RIGHT and RIGHT[stand] != shows:
            world.opinion.false_told += 1
            world.flag("false_statement")
            world.consequence("statement_disproved", response=statement.response, rumour=claim.id)


def _accounts(world: World, claim: Claim, shows: str) -> dict[str, str]:
    """What each source has to answer for, by source; the worst of what it said."""
    order = list(PRICES)
    accounts: dict[str, str] = {}
    for statement in world.statements:
        stand = stand_on(statement, claim.id)
        if not stand:
            continue
        how = _how(statement, stand, claim, shows)
        before = accounts.get(statement.source, how)
        accounts[statement.source] = min(before, how, key=order.index)
    waited = (world.tick - claim.heard_tick) / 600.0
    if not accounts and claim.is_rumour and shows == "true" and waited >= SILENT_AFTER_MIN:
        accounts["police"] = "silent"
    return accounts


def _how(statement: Statement, stand: str, claim: Claim, shows: str) -> str:
    if stand != "open" and RIGHT[stand] != shows:
        knew = 0 <= claim.verified_tick <= statement.tick
        return "known_untrue" if knew or statement.unfounded else "found_untrue"
    if statement.unfounded:
        return "unfounded"
    if statement.tick - claim.heard_tick > LATE_MIN * 600:
        return "late"
    return "open" if stand == "open" else "right"


def _settle(world: World, claim: Claim, source: str, how: str, *, owned: bool) -> None:
    price = PRICES[how]
    part = 0.5 if owned else 1.0
    if price.injustice > 0.0:
        world.emit(
            Channel.ONLINE,
            reach=SPREADS,
            injustice=price.injustice * part,
            hope=-0.5 * price.injustice * part,
        )
        world.opinion.uncertainty = min(1.0, world.opinion.uncertainty + 0.3 * price.injustice * part)
    world.opinion.judge("public", price.public * part)
    world.opinion.judge("bystanders", 0.5 * price.public * part)
    world.opinion.believe(source, 1.0 - (1.0 - price.belief) * part if price.belief < 1.0 else price.belief)
    world.consequence("statement_settled", claim=claim.id, source=source, how=how, owned=owned)


def out_by_itself(world: World) -> None:
    """Lets every untrue stand be found out once it has stood for `COMES_OUT_MIN`."""
    for claim in world.claims.values():
        if claim.public_tick >= 0 or claim.truth not in {"true", "false"}:
            continue
        for statement in world.statements:
            stand = stand_on(statement, claim.id)
            stood = world.tick - statement.tick >= COMES_OUT_MIN * 600
            if stood and stand in RIGHT and RIGHT[stand] != claim.truth:
                come_out(world, claim, claim.truth)
                break

"""Lab tables: what each arm of a sweep came to, and each claim with its interval and verdict."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.table import Table

from sim.core.speech import Speech
from sim.review.estimate import Estimate
from sim.scenario.plan import Claim, Plan

VERDICTS = {"holds": "borne out", "fails": "not borne out", "open": "cannot tell"}
"""In words."""


def lab_tables(
    plan: Plan,
    found: Mapping[str, Sequence[Estimate]],
    findings: Sequence[tuple[Claim, Estimate, str]],
    refused: Mapping[str, int],
    seeds: int,
    say: Speech,
) -> Iterator[RenderableType]:
    """The arms, then the claims, then how to read them."""
    title = say("{title}: means over {seeds} seeds", title=say(plan.title.text), seeds=seeds)
    table = Table(title=title, title_justify="left", expand=True)
    table.add_column(say("Measure"), overflow="fold", ratio=2)
    for arm in plan.arms:
        table.add_column(say(arm.title.text), justify="right", overflow="fold", ratio=1)
    for k, measure in enumerate(plan.measures):
        table.add_row(say(measure.title.text), *(_number(found[arm.id][k]) for arm in plan.arms))
    if any(refused.values()):
        table.add_row(say("Seeds in which an order was not carried out"), *(str(refused[arm.id]) for arm in plan.arms))
    yield table
    if not findings:
        return
    claims = Table(title=say("What was expected"), title_justify="left", expand=True)
    claims.add_column(say("Claim"), overflow="fold", ratio=3)
    claims.add_column(say("Difference"), justify="right", ratio=2)
    claims.add_column(say("Expected"), justify="right", no_wrap=True)
    claims.add_column(say("Verdict"), ratio=1)
    for claim, estimate, verdict in findings:
        limit = f"> {claim.above:g}" if claim.above is not None else f"< {claim.below:g}"
        claims.add_row(say(claim.says.text), _interval(estimate), limit, say(VERDICTS[verdict]))
    yield claims
    yield say(
        "Differences are taken seed by seed, with 95 % intervals. They hold in this model and say nothing of real"
        " people."
    )


def _number(estimate: Estimate) -> str:
    return f"{estimate.mean:.3f}" if abs(estimate.mean) < 10 else f"{estimate.mean:.1f}"


def _interval(estimate: Estimate) -> str:
    return f"{estimate.mean:+.3f} [{estimate.low:+.3f}, {estimate.high:+.3f}]"

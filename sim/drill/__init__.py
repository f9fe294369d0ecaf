"""A drill: a short, timed piece of an exercise for a squad around one map, as a state machine without clock or network.

- `beginning`: the place in a saved run where a drill begins.
- `card`: what a squad did with each decision: what, when, how late.
- `cost`: what each decision cost, by the review.
- `drill`: what an instructor may write about a drill.
- `forecast`: predictions of those who look on, and how well they were calibrated.
- `inputs`: everything that can come in, who may send it, and when.
- `laid_out`: which of the answers laid out at a decision came out best, by the review.
- `progress`: a squad's drills over weeks, each measure with its trend.
- `proposal`: one order on its way through the squad: proposed, seconded, voted on, called, disputed.
- `refused`: why an input was not taken.
- `roles`: the seats, what each hears and what each may propose.
- `session`: a run with its decision windows, for one keyboard or a whole squad.
- `sight`: what one seat is shown, as plain data.
- `squad`: a whole squad: seats, proposals, messages and predictions around one session.
"""

__all__ = [
    "beginning",
    "card",
    "cost",
    "drill",
    "forecast",
    "inputs",
    "laid_out",
    "progress",
    "proposal",
    "refused",
    "roles",
    "session",
    "sight",
    "squad",
]

"""A seat: what a trainee has noticed, what things are called, and the order being put together, for any screen.

- `aside`: what people add to a run and no rule reads.
- `breaking`: where a line of text may end.
- `chronicle`: what this seat has noticed so far, and which calls are still open for it.
- `draft`: an order being put together.
- `improvement`: what a run says should go better next time.
- `law`: why an order is refused, what would put it right, and what nobody has reviewed.
- `objectives`: how the rating of each objective is said.
- `questions`: what a facilitator can ask about a run.
- `run`: what a screen may ask of an exercise.
- `survey`: what whoever commanded is asked before the score is shown.
- `trace`: how tense the crowd was seen to be, point by point.
- `voice`: the language spoken now, and the switch to the other one.
- `warning`: the early-warning desk: signals, who can be asked, what is prepared, who comes.
- `words`: what ids, states, channels and times are called.
"""

__all__ = [
    "aside",
    "breaking",
    "chronicle",
    "draft",
    "improvement",
    "law",
    "objectives",
    "questions",
    "run",
    "survey",
    "trace",
    "voice",
    "warning",
    "words",
]

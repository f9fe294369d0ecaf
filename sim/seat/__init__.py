"""A seat: what a trainee has noticed, what things are called, and the order being put together, for any screen.

- `breaking`: where a line of text may end.
- `chronicle`: what this seat has noticed so far, and which calls are still open for it.
- `draft`: an order being put together.
- `law`: why an order is refused, what would put it right, and what nobody has reviewed.
- `run`: what a screen may ask of an exercise.
- `voice`: the language spoken now, and the switch to the other one.
- `warning`: the early-warning desk: signals, who can be asked, what is prepared, who comes.
- `words`: what ids, states, channels and times are called.
"""

__all__ = ["breaking", "chronicle", "draft", "law", "run", "voice", "warning", "words"]

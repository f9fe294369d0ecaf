"""Preview: a scenario file as its author writes it - map, timeline, faults - read again whenever it is saved.

- `draft`: the file as it is now, and whoever reads it.
- `moving`: lines to paste for a shape that was moved on the map.
- `overlay`: what an author sees over the map: how far units see, how dense people come and stand.
- `ahead`: a run brought forward to a minute on a thread of its own.
- `calls`: the injects along their minutes, by channel and truth.
- `side`: faults, calls and the chosen zone beside the map.
- `page`: all of it on one page.
"""

__all__ = ["ahead", "calls", "draft", "moving", "overlay", "page", "side"]

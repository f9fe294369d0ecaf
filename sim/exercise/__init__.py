"""One run, the only room that moves time: options, orders, ticks, forks, replays, automatic players.

Import from the module that holds the idea.
"""

__all__ = [
    "control",
    "exercise",
    "opening",
    "option",
    "perspective",
    "player",
    "replay",
    "save",
    "snapshot",
    "tick",
    "timeline",
    "warmup",
    "work",
]

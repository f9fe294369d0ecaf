"""Was this order lawful here, and does it meet the human-rights floor: every check that failed, with its citation."""

from sim.doctrine.judge import judge

__all__ = ["judge"]

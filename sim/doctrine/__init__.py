"""Was this order lawful here, and does it meet the human-rights floor: every check that failed, with its citation."""

from sim.doctrine.fact import Fact, fact_ids, facts_named, with_facts
from sim.doctrine.judge import REQUIREMENTS, gaps, judge

__all__ = ["REQUIREMENTS", "Fact", "fact_ids", "facts_named", "gaps", "judge", "with_facts"]

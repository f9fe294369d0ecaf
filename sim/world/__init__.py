"""Everything that can change in a run, and its record.

Import from the module that holds the idea.
"""

__all__ = [
    "activity",
    "casualty",
    "facts",
    "first_help",
    "handling",
    "harm",
    "hearing",
    "journal",
    "knowledge",
    "memory",
    "message",
    "metric",
    "nearby",
    "numbers",
    "observation",
    "opinion",
    "order",
    "press",
    "reading",
    "reckoning",
    "report",
    "road",
    "setting",
    "sightings",
    "statement",
    "talks",
    "tension",
    "timeline",
    "traffic",
    "unit",
    "wording",
    "world",
]

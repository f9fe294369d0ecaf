"""Everything that can change in a run, and its record.

Import from the module that holds the idea.
"""

__all__ = [
    "activity",
    "casualty",
    "first_help",
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
    "reading",
    "report",
    "road",
    "setting",
    "shift",
    "talks",
    "tension",
    "timeline",
    "traffic",
    "unit",
    "way_out",
    "world",
]

"""Everything that can change in a run, and its record.

Import from the module that holds the idea.
"""

__all__ = [
    "activity",
    "bargain",
    "casualty",
    "first_help",
    "harm",
    "hearing",
    "journal",
    "knowledge",
    "ledger",
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
    "table",
    "talks",
    "tension",
    "timeline",
    "traffic",
    "unit",
    "world",
]

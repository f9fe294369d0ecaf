"""What an instructor may write: frozen models of sites, casts, injects, responses, doctrine packs and rubrics.

Import from the module that holds the idea.
"""

__all__ = [
    "cast",
    "condition",
    "inject",
    "necessity",
    "pack",
    "problem",
    "response",
    "rubric",
    "scenario",
    "site",
    "words",
]

"""People as arrays and kernels: motion, pressure, mood, identity, rumour, conduct. Knows no police and no files.

Import from the module that holds the idea.
"""

__all__ = [
    "body",
    "cast",
    "cells",
    "conduct",
    "crowd",
    "detour",
    "goals",
    "ground",
    "intent",
    "luck",
    "meeting",
    "mind",
    "motion",
    "near",
    "obstacle",
    "parameters",
    "people",
    "perception",
    "plan",
    "pressure",
    "quantity",
    "route",
    "squares",
    "state",
    "steering",
    "stimulus",
    "turn",
    "view",
    "walking",
    "walls",
]

"""The same exercise in a terminal: for ssh, for accessibility, and for whoever likes a keyboard best.

Import from the module that holds the idea, e.g. `from sim.console.play import play_in_terminal`:

- `play`: one exercise played in a terminal.
- `card`: results as tables to print: score, ruling, review, faults, findings, situation.
- `progress`: how far a long computation is, on standard error.
"""

# Modules, each loaded when it is first asked for: a command that prints a table need not load a screen.
__all__ = ["card", "play", "progress"]

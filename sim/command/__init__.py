"""The commands of the command line: one file each, found by listing this folder.

A command file offers `NAME`, `HELP`, `EXAMPLE`, `arguments(parser, say)` and `run(args, setting) -> exit code`.
"""

from sim.command.setting import Setting

__all__ = ["Setting"]

"""Automatic players: they see what a seat can see and nothing more."""

from sim.exercise.player.doctrine import Doctrine
from sim.exercise.player.facilitate import Facilitate
from sim.exercise.player.force import Force
from sim.exercise.player.passive import Passive
from sim.exercise.player.player import DECIDE_EVERY, Options, Player, play
from sim.exercise.player.random import Random
from sim.exercise.player.varied import Varied
from sim.exercise.player.without import Without

PLAYERS: dict[str, type[Player]] = {
    "passive": Passive,
    "doctrine": Doctrine,
    "force": Force,
    "random": Random,
    "facilitate": Facilitate,
    "varied": Varied,
}
"""Every automatic player by the name the command line uses."""

__all__ = [
    "DECIDE_EVERY",
    "PLAYERS",
    "Doctrine",
    "Facilitate",
    "Force",
    "Options",
    "Passive",
    "Player",
    "Random",
    "Varied",
    "Without",
    "play",
]

"""Ending: whether a street that has emptied was a good end or only a quiet one."""

from sim.world.metric import grievance_left_share, left_moved_share, police_injuries, serious_injuries
from sim.world.world import World

DRIVEN_SHARE = 0.2
"""From this share of those who came that left because they were driven, an empty street is no success (assumed)."""
UNSOLVED = 0.95
"""So much of the grievance people brought and nothing agreed: the matter stands where it stood (assumed)."""


def is_bad_victory(world: World) -> bool:
    """True when nobody is left on the ground, but people were hurt or driven, or what they came for stands unsolved."""
    hurt = police_injuries(world) >= 1 or serious_injuries(world) >= 1
    unsolved = grievance_left_share(world) >= UNSOLVED and not world.talks.agreement()
    return hurt or left_moved_share(world) >= DRIVEN_SHARE or unsolved

"""Pages: every page there is, made for whoever leads to it."""

from sim.desktop.briefing import Briefing
from sim.desktop.help import Help
from sim.desktop.hot_wash import HotWash
from sim.desktop.office import Past, Sitting
from sim.desktop.play import Play
from sim.desktop.post import Post
from sim.desktop.replay import Replay
from sim.desktop.screen import Desk, Screen
from sim.desktop.settings import Settings
from sim.world.memory import Memory


class AllPages:
    """The window's own."""

    def briefing(self, desk: Desk, scenario: str, memory: Memory | None = None) -> Screen:
        """The briefing of a scenario, for a community that remembers this."""
        return Briefing.of(desk, scenario, memory)

    def play(self, desk: Desk, sitting: Sitting) -> Screen:
        """A run to be commanded, with time standing still."""
        return Play(Post.open(sitting, desk.voice, speed=desk.preferences.speed))

    def hot_wash(self, past: Past) -> Screen:
        """A finished run looked back at."""
        return HotWash(past)

    def replay(self, past: Past, tick: int, mistakes: tuple[int, ...] = ()) -> Screen:
        """A run again from this moment; these moments cost something."""
        return Replay(past, start_tick=tick, mistakes=mistakes)

    def settings(self) -> Screen:
        """What can be chosen."""
        return Settings()

    def help(self) -> Screen:
        """What everything means."""
        return Help()

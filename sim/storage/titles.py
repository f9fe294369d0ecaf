"""Titles: what a scenario, a drill or a response is called in each language, by its id alone."""

from functools import lru_cache

from sim.core.errors import CommonGroundError
from sim.core.phrase import LText
from sim.scenario.scenario import Scenario
from sim.storage.drills import drills, load_drill
from sim.storage.library import read_model, responses, scenarios


@lru_cache
def title_of(name: str) -> LText:
    """Its title; the id itself, where it is none that comes with the program."""
    try:
        if name in scenarios():
            return read_model(scenarios()[name], Scenario)[0].title.text
        if name in drills():
            return load_drill(name)[0].title.text
        known = responses()[0]
        return known[name].title.text if name in known else LText(name, name)
    except CommonGroundError:
        return LText(name, name)

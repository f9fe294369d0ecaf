"""Facts: what a scenario adds to the entries of a journal, so that a card speaks of things by their names."""

from sim.measures import Facts
from sim.scenario.scenario import Playbook


def facts_of(playbook: Playbook, *, aftermath: bool = False) -> Facts:
    """Returns the first minute, the names of all a line of the card may mention, and which rumours are true.

    Args:
        playbook: the scenario the journal belongs to, with its responses.
        aftermath: True once the days after have been played; until then a score is provisional.
    """
    scenario = playbook.scenario
    names = {
        **{response.id: response.title.text for response in playbook.responses.values()},
        **{place.id: place.name.text for place in scenario.site.places},
        **{demand.id: demand.name.text for demand in scenario.demands},
        **{rumour.id: rumour.claim.text for rumour in scenario.rumours},
        **{inject.id: inject.text.text for inject in scenario.injects if inject.text is not None},
    }
    return Facts(
        scenario=scenario.id,
        start_min=scenario.minutes[0],
        names=names,
        rumours={rumour.id: rumour.true for rumour in scenario.rumours},
        aftermath=aftermath,
    )

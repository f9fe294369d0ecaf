"""Facts: what a scenario adds to the entries of a journal, so that a card speaks of things by their names."""

from sim.core.phrase import LText
from sim.effects.alert import Alert
from sim.effects.hearsay import Hearsay
from sim.effects.summon import Summon
from sim.measures import Facts
from sim.scenario.scenario import Playbook


def facts_of(playbook: Playbook, *, aftermath: bool = False) -> Facts:
    """Returns the first minute, the names of all a line of the card may mention, and which rumours are true.

    Args:
        playbook: the scenario the journal belongs to, with its responses.
        aftermath: True once the days after have been played; until then a score is provisional,
            unless the journal itself shows that they were.
    """
    scenario = playbook.scenario
    names = {
        **{response.id: response.title.text for response in playbook.responses.values()},
        **{place.id: place.name.text for place in scenario.site.places},
        **{demand.id: demand.name.text for demand in scenario.demands},
        **{rumour.id: rumour.claim.text for rumour in scenario.rumours},
        **{inject.id: _opening(inject.text.text) for inject in scenario.injects if inject.text is not None},
        **{lane.id: lane.name.text for lane in scenario.site.lanes},
        **{
            effect.claim: _opening(LText(en=effect.en, zh=effect.zh))
            for inject in scenario.injects
            for effect in inject.effects
            if isinstance(effect, Hearsay)
        },
    }
    return Facts(
        scenario=scenario.id,
        start_min=scenario.minutes[0],
        names=names,
        rumours={rumour.id: rumour.true for rumour in scenario.rumours},
        aftermath=aftermath,
        has_aftermath=scenario.aftermath is not None,
        could_call=_could_call(playbook),
    )


def _could_call(playbook: Playbook) -> bool:
    """True when some response on offer calls units of a kind that is not there from the start."""
    scenario = playbook.scenario
    later = {unit.code for unit in scenario.units if unit.arrives_min > scenario.start_min}
    calls = (e for response in playbook.offered for e in response.effects if isinstance(e, Alert | Summon))
    return any(code in later for call in calls for code in call.codes)


def _opening(text: LText) -> LText:
    """The first sentence of a message, without its stop: enough to know it by."""
    return LText(en=text.en.split(". ")[0].rstrip("."), zh=text.zh.split("。")[0])

"""The note on necessity and proportionality: what a rule can require of it, one function each."""

from sim.core.phrase import Phrase
from sim.doctrine.case import Case
from sim.scenario.necessity import AIMS, HARMS, HOPELESS, listed, proportionate
from sim.scenario.pack import Rule


def aim_noted(case: Case, rule: Rule) -> Phrase | None:
    """The note says what the act is for."""
    return None if case.text("aim") in AIMS else Phrase("the note names no aim")


def facts_noted(case: Case, rule: Rule) -> Phrase | None:
    """The note names at least one fact that has reached the post, and none that has not."""
    facts = case.facts()
    missing = [fact.id for fact in facts if not fact.known]
    if missing:
        return Phrase("no such fact has reached the post: {facts}", facts=", ".join(missing))
    return None if facts else Phrase("the note names no fact by its id")


def facts_checked(case: Case, rule: Rule) -> Phrase | None:
    """At least one of the facts was checked or seen by our own people; without any, the note is at fault."""
    facts = [fact for fact in case.facts() if fact.known]
    if facts and not any(fact.checked for fact in facts):
        return Phrase("nobody has checked any of the facts it rests on: {facts}", facts=", ".join(f.id for f in facts))
    return None


def lesser_noted(case: Case, rule: Rule) -> Phrase | None:
    """The note says what less was tried, and it was, or why nothing less has a chance."""
    named = listed(case.text("lesser"))
    tried = {activity.source for activity in case.world.activities}
    never = [name for name in named if name not in HOPELESS and name not in tried]
    if never:
        response = case.playbook.responses.get(never[0])
        name = response.title.text if response is not None else never[0]
        return Phrase("the note claims something that was never tried: {name}", name=name)
    return None if named else Phrase("the note says neither what less was tried nor why that is hopeless")


def harm_weighed(case: Case, rule: Rule) -> Phrase | None:
    """The note weighs harm against gain, and the gain is worth it."""
    if proportionate(case.order.parameters):
        return None
    if case.text("harm") in HARMS and case.text("gain"):
        return Phrase("the harm to expect is not worth the gain")
    return Phrase("the note does not weigh harm against gain")

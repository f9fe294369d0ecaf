"""Remedies: what would put right each thing a rule found missing, and which responses help."""

from dataclasses import dataclass

from sim.core.phrase import Phrase
from sim.doctrine.case import Case


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to do about one thing that is missing."""

    text: Phrase
    codes: tuple[str, ...] = ()
    """Catalogue codes of responses that help."""


_TALK = ("NG1", "NG2", "NG8", "LX1", "LX3")

REMEDIES: dict[str, Remedy] = {
    "courtesy": Remedy(Phrase("Choose another tone.")),
    "reason_logged": Remedy(Phrase("Say why in one line; for a coercive act, name a fact by its id.")),
    "power_named": Remedy(Phrase("Choose the power you rely on.")),
    "power_fits": Remedy(Phrase("Choose a power that covers this, or do something else.")),
    "warned": Remedy(Phrase("Ask or warn people aloud, from near enough, and let it be repeated."), ("DS1", "LX3")),
    "time_given": Remedy(Phrase("Give more time, or wait until it has passed."), ("DS1",)),
    "authority": Remedy(Phrase("Put the case to the strategic lead and wait for the answer."), ("GLD",)),
    "lesser_means_tried": Remedy(
        Phrase("Talk and explain first. Each kind of talk counts once it has begun, and again ten minutes later."),
        _TALK,
    ),
    "violence": Remedy(Phrase("Leave it: go for single offenders, protect those at risk."), ("TE1", "TE2", "TE3")),
    "violent_cluster": Remedy(Phrase("Go for single offenders instead."), ("TE1", "TE2", "TE3")),
    "exits_open": Remedy(Phrase("Move our own lines off the exits."), ("STAND", "CT6")),
    "release_planned": Remedy(Phrase("Plan the release in stages before anybody is held."), ("CT5",)),
    "medical_ready": Remedy(Phrase("Call a medical team and wait until it is on scene."), ("EW7",)),
    "recording": Remedy(Phrase("Have numbers worn visibly and recording switched on."), ("PD6",)),
    "data_minimised": Remedy(Phrase("Collect nothing about people who did nothing.")),
    "fair_words": Remedy(Phrase("Say what was done, and leave the label out.")),
    "press_free": Remedy(Phrase("Let journalists and observers work as they like."), ("FA7",)),
    "targeted": Remedy(
        Phrase("Secure evidence where it happened: film and witnesses. Or have officers near who see who does it."),
        ("TE2", "TE1"),
    ),
    "not_representative": Remedy(Phrase("Leave those alone who speak for others; talk with them."), ("NG4",)),
    "seats_within": Remedy(Phrase("Offer fewer seats; the others may stay and are told what was said."), ("NG6",)),
    "grave_reason": Remedy(Phrase("Let people stay, and see to the harm itself."), ("FA1", "FA2", "FA3", "TE1", "CT6")),
    "listened_first": Remedy(Phrase("Listen to them, more than once."), ("NG2",)),
    "decider_met": Remedy(Phrase("Bring those who can decide and those who speak together."), ("EW3", "NG3", "NG4")),
    "talks_given_time": Remedy(Phrase("Begin to talk, and give it time."), ("NG1", "NG2")),
    "offenders_dealt_with": Remedy(Phrase("Act against those who offended, and nobody else."), ("TE1", "TE2", "TE3")),
    "two_sides_open": Remedy(Phrase("Open a second way out on another side."), ("STAND", "CT6")),
    "width_enough": Remedy(Phrase("Widen the ways out, or let people leave in stages."), ("STAND", "CT6")),
    "ways_lit": Remedy(Phrase("Bring light first, or name a way that is lit."), ("FA4",)),
    "route_named": Remedy(Phrase("Name the way out.")),
    "route_safe": Remedy(Phrase("Name another way out.")),
    "vulnerable_sheltered": Remedy(Phrase("Open a welfare point and bring them there first."), ("CA2",)),
    "transport_ready": Remedy(Phrase("Call somebody who sees to transport."), ("EW7",)),
    "time_realistic": Remedy(Phrase("Give more minutes, or open more ways out."), ("CT6",)),
    "heard_at_edge": Remedy(Phrase("Warn from the edge, too, with more speakers, and have it confirmed."), ("DS1",)),
    "observers_may_stay": Remedy(Phrase("Let journalists, observers and medics stay."), ("FA7",)),
    "commander_named": Remedy(Phrase("Say who commands.")),
    "aim_noted": Remedy(Phrase("Choose the aim in the note.")),
    "facts_noted": Remedy(Phrase("Choose the messages, signals or reports it rests on.")),
    "facts_checked": Remedy(Phrase("Have one of them checked, or rest it on what our own people saw."), ("EW1",)),
    "lesser_noted": Remedy(Phrase("Choose what was tried, or why it is hopeless.")),
    "harm_weighed": Remedy(Phrase("Say what harm and what gain you expect; choose the milder means.")),
}
"""By requirement; what nothing puts right is not here."""


def remedy_for(case: Case, requirement: str) -> tuple[Phrase | None, tuple[str, ...]]:
    """What puts it right, and the ids of the responses on offer that help, in the order of the remedy."""
    remedy = REMEDIES.get(requirement)
    if remedy is None:
        return None, ()
    names = case.playbook.scenario.responses or tuple(sorted(case.playbook.responses))
    catalogue = case.playbook.responses
    steps = [n for code in remedy.codes for n in names if catalogue[n].catalogue == code and n != case.response.id]
    return remedy.text, tuple(steps)

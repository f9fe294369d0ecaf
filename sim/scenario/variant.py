"""Variant: a rubric with an instructor's own weights, held against the one it departs from.

Weights may move by half, to either side. Gates are no matter of taste: a variant keeps every one of them as it is,
with its cap and the totals its grades begin at. An author's own rubric may measure and weigh what it likes, and keeps
the gates as well.
"""

from collections.abc import Mapping

from sim.core.errors import BadInput, Fault
from sim.core.phrase import Phrase
from sim.scenario.problem import Problem
from sim.scenario.rubric import Rubric

ROOM = 0.5
"""By this share of itself a weight may be moved (a judgement)."""
_ROUNDING = 1e-6


def reweighed(rubric: Rubric, weights: Mapping[str, float]) -> Rubric:
    """The rubric with these weights, all of them then brought to 100 in sum; measures, gates and bands stay.

    Args:
        rubric: the original.
        weights: by id of the dimension; what is left out keeps the weight it has.

    Raises:
        BadInput: a dimension is unknown, or a weight ends more than half above or below the original.
    """
    known = {dimension.id: dimension.weight for dimension in rubric.dimensions}
    faults = [
        Fault(
            code="unknown-dimension",
            message=Phrase("the rubric has no dimension {name}", name=name),
            hint=Phrase("there are: {known}", known=", ".join(known)),
        )
        for name in weights
        if name not in known
    ]
    if faults:
        raise BadInput(tuple(faults))
    wished = {**known, **weights}
    whole = sum(wished.values())
    if whole <= 0.0 or min(wished.values()) < 0.0:
        raise BadInput.of("bad-weight", Phrase("weights are numbers above 0"))
    brought = {name: 100.0 * weight / whole for name, weight in wished.items()}
    faults = [_too_far(name, brought[name], known[name]) for name in known if _beyond(brought[name], known[name])]
    if faults:
        raise BadInput(tuple(faults))
    changed = [dimension.model_copy(update={"weight": brought[dimension.id]}) for dimension in rubric.dimensions]
    return rubric.model_copy(update={"dimensions": tuple(changed)})


def loosened(rubric: Rubric, original: Rubric) -> list[Problem]:
    """The gates of the original that a rubric leaves out or takes less strictly; it may have more of its own."""
    found = []
    gates = {gate.id: (k, gate) for k, gate in enumerate(rubric.gates)}
    for gate in original.gates:
        if gate.id not in gates:
            message = Phrase("the gate {gate} is missing: gates cannot be switched off", gate=gate.id)
            found.append(Problem(("gates",), "gate-missing", message, hint=Phrase("copy it from the original rubric")))
            continue
        k, own = gates[gate.id]
        if own.gate != gate.gate or rubric.caps[own.cap] > original.caps[gate.cap]:
            message = Phrase("the gate {gate} is looser than in the original: gates cannot be loosened", gate=gate.id)
            found.append(
                Problem(("gates", k), "gate-loosened", message, hint=Phrase("copy it from the original rubric"))
            )
    return found


def problems_against(variant: Rubric, original: Rubric) -> list[Problem]:
    """What keeps a rubric from taking the original's place: gates left out or loosened, weights moved too far."""
    found = loosened(variant, original)
    for grade, lowest in original.bands.items():
        if variant.bands[grade] < lowest:
            message = Phrase("grade {grade} begins lower than in the original", grade=grade)
            hint = Phrase("write {number:g} or more", number=lowest)
            found.append(Problem(("bands", grade), "band-lowered", message, hint=hint))
    dimensions = {dimension.id: (k, dimension.weight) for k, dimension in enumerate(variant.dimensions)}
    for dimension in original.dimensions:
        if dimension.id not in dimensions:
            message = Phrase("the dimension {name} is missing", name=dimension.id)
            found.append(Problem(("dimensions",), "dimension-missing", message))
        elif _beyond(dimensions[dimension.id][1], dimension.weight):
            k, weight = dimensions[dimension.id]
            far = _too_far(dimension.id, weight, dimension.weight)
            found.append(Problem(("dimensions", k, "weight"), far.code, far.message, hint=far.hint))
    return found


def _beyond(weight: float, original: float) -> bool:
    return abs(weight - original) > ROOM * original + _ROUNDING


def _too_far(name: str, weight: float, original: float) -> Fault:
    return Fault(
        code="weight-too-far",
        message=Phrase(
            "the weight of {name} would be {weight:.1f}, more than half away from the original {original:g}",
            name=name,
            weight=weight,
            original=original,
        ),
        hint=Phrase(
            "keep it from {low:g} to {high:g}; all weights are brought to 100 in sum",
            low=(1.0 - ROOM) * original,
            high=(1.0 + ROOM) * original,
        ),
    )

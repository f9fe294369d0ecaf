"""The model against published facts: experiments anybody can set up, and rows that say what must come out.

An experiment (`sim.science.experiment`) is a set-up with parameters and one trial of it; a row (`sim.science.row`)
is a published fact, the experiments that test it, and the same with the mechanism switched off, which must fail.
"""

__all__ = [
    "enquiry",
    "experiment",
    "policed",
    "probe",
    "reference",
    "row",
    "standing",
    "statistics",
    "verdict",
    "walkers",
]

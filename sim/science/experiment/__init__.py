"""Set-ups of experiments: one file each, found by listing this folder.

`EXPERIMENTS` names all of them; a file of `science --config` names one as `setup` and gives its parameters.
"""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, get_args

from pydantic import Field

from sim.core.listing import kinds_in
from sim.science.experiment.experiment import Experiment, Measured

EXPERIMENTS: dict[str, type[Experiment]] = {
    get_args(kind.model_fields["setup"].annotation)[0]: kind
    for kind in kinds_in(__name__, __path__, Experiment)  # type: ignore[type-abstract]
}
"""Every experiment by the name files use."""

if TYPE_CHECKING:
    AnyExperiment = Experiment
else:
    AnyExperiment = Annotated[reduce(or_, EXPERIMENTS.values()), Field(discriminator="setup")]

__all__ = ["EXPERIMENTS", "AnyExperiment", "Experiment", "Measured"]

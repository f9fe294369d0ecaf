"""Set-ups of experiments: one file each, found by listing this folder.

`EXPERIMENTS` names all of them; a file of `science --config` names one as `setup` and gives its parameters.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, get_args

from pydantic import Field

from sim.science.experiment.experiment import Experiment, Measured


def _found() -> Iterator[type[Experiment]]:
    """Every experiment of this folder, by file name."""
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        members = vars(importlib.import_module(f"{__name__}.{module}"))
        for name in sorted(members):
            member = members[name]
            own = isinstance(member, type) and member.__module__ == f"{__name__}.{module}"
            if own and issubclass(member, Experiment) and member is not Experiment:
                yield member


EXPERIMENTS: dict[str, type[Experiment]] = {
    get_args(kind.model_fields["setup"].annotation)[0]: kind for kind in _found()
}
"""Every experiment by the name files use."""

if TYPE_CHECKING:
    AnyExperiment = Experiment
else:
    AnyExperiment = Annotated[reduce(or_, EXPERIMENTS.values()), Field(discriminator="setup")]

__all__ = ["EXPERIMENTS", "AnyExperiment", "Experiment", "Measured"]

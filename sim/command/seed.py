"""Seeds: which numbers are one."""

from sim.core.errors import BadInput
from sim.core.phrase import Phrase


def check_seed(seed: int) -> None:
    """Raises BadInput for a seed outside 0 .. 2**64 - 1."""
    if not 0 <= seed < 2**64:
        raise BadInput.of("bad-seed", Phrase("a seed is a whole number from 0 to 18446744073709551615"))

"""The verdict on a row: every check, whether its negative control fails as it should, and both as plain data."""

from dataclasses import dataclass
from typing import Any

from sim.core.phrase import Phrase
from sim.science.row import Check, Curve, Found, Row


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one row."""

    row: Row
    checks: tuple[Check, ...]
    failures: tuple[Check, ...]
    """What shows that the row fails without its mechanism; empty for a row that has no control."""
    curves: tuple[Curve, ...]
    trials: int
    """Trials behind it, the control's included."""

    @property
    def holds(self) -> bool:
        """Whether everything demanded came out."""
        return all(check.holds for check in self.checks)

    @property
    def control_fails(self) -> bool:
        """Whether the row fails without its mechanism, as it should."""
        return all(check.holds for check in self.failures)

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict as plain data; sentences are phrases."""
        row = self.row
        lead = next((check for check in self.checks if not check.holds), self.checks[0])
        return {
            "id": row.id,
            "fact": row.fact,
            "source": row.source,
            "expected": row.expected,
            "tolerance": _bounds(lead),
            "measured": _number(lead.measured),
            "unit": lead.unit,
            "holds": self.holds,
            "trials": self.trials,
            "standing": row.standing,
            "checks": [_plain(check) for check in self.checks],
            "control": {
                "mechanism": row.mechanism,
                "fails": self.control_fails,
                "checks": [_plain(check) for check in self.failures],
            },
        }


def judge(row: Row, found: Found, control: Found) -> Verdict:
    """Return the verdict on a row from what its cases and its control's cases measured."""
    trials = sum(len(each) for part in (found, control) for each in part.trials.values())
    failures = row.failures(found, control) if control.trials else []
    return Verdict(row, tuple(row.checks(found)), tuple(failures), tuple(row.curves(found)), trials)


def _plain(check: Check) -> dict[str, Any]:
    return {
        "what": check.what,
        "measured": _number(check.measured),
        "interval": None if check.interval is None else [_number(bound) for bound in check.interval],
        "tolerance": _bounds(check),
        "unit": check.unit,
        "n": check.n,
        "holds": check.holds,
    }


def _bounds(check: Check) -> dict[str, float | None]:
    return {"low": check.low, "high": check.high}


def _number(value: float) -> float | None:
    """Four significant digits, as much as anybody reads; None for what is no number."""
    return float(f"{value:.4g}") if abs(value) < 1e300 else None


def range_phrase(check: Check) -> Phrase:
    """Return the bounds of a check in words."""
    low, high = check.low, check.high
    if low is not None and high is not None:
        return Phrase("{low:g} to {high:g}", low=low, high=high) if low != high else Phrase("{low:g}", low=low)
    if low is not None:
        return Phrase("at least {low:g}", low=low)
    if high is not None:
        return Phrase("at most {high:g}", high=high)
    return Phrase("reported")

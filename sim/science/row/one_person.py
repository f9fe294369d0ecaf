"""O12: two crowds that differ in one person's threshold end in a riot and in a single broken window."""

from sim.core.phrase import Phrase
from sim.science.experiment.threshold_riot import ThresholdRiot
from sim.science.row.row import Case, Check, Curve, Found, Row

SHUFFLES = range(1, 4)


class OnePerson(Row):
    """Granovetter's hundred people."""

    id = "O12"
    fact = Phrase("Whether a hundred people riot or one does can hang on a single person's threshold")
    source = "Granovetter 1978, American Journal of Sociology 83(6), 1420-1443"
    expected = Phrase(
        "thresholds 0 to 99: exactly 100 join; with 2 instead of 1 for one person: exactly 1, in any order of people"
    )
    standing = Phrase("Sourced and exact: nothing is fitted. That everybody sees everybody is a switch of the set-up.")
    mechanism = Phrase("nobody waits for anybody")
    axes = (Phrase("second"), Phrase("people taking part"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return both crowds, as numbered and in three random orders."""
        orders = SHUFFLES[:1] if fast else SHUFFLES
        return {
            "ladder": Case(ThresholdRiot(), [1]),
            "changed": Case(ThresholdRiot(changed={1: 2.0}), [1]),
            "ladder, shuffled": Case(ThresholdRiot(shuffled=True), orders),
            "changed, shuffled": Case(ThresholdRiot(shuffled=True, changed={1: 2.0}), orders),
        }

    def checks(self, found: Found) -> list[Check]:
        """Return exactly how many joined, in every case."""
        checks = []
        for case in found.trials:
            for number in found.values(case, "joined"):
                if case.startswith("ladder"):
                    checks.append(Check(Phrase("people who joined, thresholds 0 to 99"), number, 100.0, 100.0))
                else:
                    checks.append(Check(Phrase("people who joined, one threshold 2 instead of 1"), number, 1.0, 1.0))
        return checks

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return the second crowd when nobody waits."""
        return {"no waiting": Case(ThresholdRiot(changed={1: 2.0}, gate=False), [1])}

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return that everybody joins then, whatever the thresholds."""
        return [
            Check(
                Phrase("people who joined, one threshold 2 instead of 1"), control.mean("no waiting", "joined"), 100.0
            )
        ]

    def curves(self, found: Found) -> list[Curve]:
        """Return both crowds over time."""
        seconds = list(range(1, 121))
        return [
            Curve(Phrase("thresholds 0 to 99"), seconds, found.series("ladder", "active")[0][:120]),
            Curve(Phrase("one threshold 2 instead of 1"), seconds, found.series("changed", "active")[0][:120]),
        ]

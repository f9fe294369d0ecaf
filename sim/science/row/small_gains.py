"""O16: a fair contact gains little trust, an unjust act loses much, and talking afterwards repairs slowly."""

from sim.core.phrase import Phrase
from sim.science.experiment.contact import Contact
from sim.science.row.row import Case, Check, Curve, Found, Row

EQUAL = {"feeling.unjust_loss": 0.04, "feeling.weight_alone": 1.0, "feeling.weight_shared": 0.0}
"""An unjust act weighs as much as a contact, whoever sees it."""


class SmallGains(Row):
    """Contacts and acts of the product, with sympathisers."""

    id = "O16"
    fact = Phrase(
        "A fair contact gains little legitimacy, one unjust act costs several times that and is not talked away"
    )
    source = "Mazerolle et al. 2012 (QCET trial: d = 0.07 to 0.18); Skogan 2006 (4 to 14 times)"
    expected = Phrase(
        "a contact is worth 0.05 to 0.20 standard deviations; an unjust act 3 to 14 contacts; 20 contacts in half an "
        "hour repair less than half of it"
    )
    standing = Phrase(
        "Gain and loss are fitted to the two studies, which are of traffic stops and of city residents, not of crowds; "
        "that so few contacts repair little follows from how many people each reaches."
    )
    mechanism = Phrase("an unjust act weighs as much as a contact")
    axes = (Phrase("minute"), Phrase("mean legitimacy"))

    def cases(self, *, fast: bool) -> dict[str, Case]:
        """Return the crowd."""
        return {"crowd": Case(Contact(), range(1, 3 if fast else 31))}

    def checks(self, found: Found) -> list[Check]:
        """Return gain, loss and repair."""
        return [
            Check.over(Phrase("gain of one contact"), found.values("crowd", "gain_in_sd"), 0.05, 0.20, unit="sd"),
            Check.over(Phrase("one unjust act, in contacts"), found.values("crowd", "loss_over_gain"), 3.0, 14.0),
            Check.over(
                Phrase("share of the loss repaired by 20 contacts"), found.values("crowd", "repaired"), 0.0, 0.5
            ),
        ]

    def control(self, *, fast: bool) -> dict[str, Case]:
        """Return the crowd with equal weights."""
        return {"equal": Case(Contact(numbers=EQUAL, minutes=1.0), range(1, 3 if fast else 31))}

    def failures(self, found: Found, control: Found) -> list[Check]:
        """Return that an act is worth hardly more than a contact then."""
        return [Check.over(Phrase("one unjust act, in contacts"), control.values("equal", "loss_over_gain"), high=3.0)]

    def curves(self, found: Found) -> list[Curve]:
        """Return legitimacy after the act in one run, while police talk."""
        values = found.series("crowd", "legitimacy")[0]
        return [Curve(Phrase("after an unjust act, with 20 contacts"), [float(k) for k in range(len(values))], values)]

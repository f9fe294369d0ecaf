"""Enrolling: squads of a room that were given ids, under which their results go into the records."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from sim.command.setting import Setting
from sim.core.errors import BadInput, CommonGroundError
from sim.core.phrase import Phrase
from sim.squad.room import LETTERS, letter_of


def squad_ids(args: argparse.Namespace, given: Sequence[str], squads: int) -> list[str]:
    """The ids of the squads in their order; none where nothing is to be entered.

    Raises:
        BadInput: there are not as many as squads, one stands twice or is no pseudonym, or the records cannot be used.
    """
    ids = list(given)
    if not ids:
        if args.records:
            raise BadInput.of("squad-ids", Phrase("results go into the records only under --squad-id"))
        return []
    from sim.command.entering import opened
    from sim.storage.records.register import check_pseudonym

    if len(ids) != squads or len(set(ids)) != squads:
        raise BadInput.of("squad-ids", Phrase("every squad needs an id of its own: {number} of them", number=squads))
    for each in ids:
        check_pseudonym(each)
    opened(args).close()
    return ids


def entering(args: argparse.Namespace, ids: Sequence[str], setting: Setting) -> Callable[[str, Path], None]:
    """What enters a squad that is over; what goes wrong is said and stops nobody."""
    # Squads branched off later come after those that were opened, and have no id.
    by_letter = dict(zip(LETTERS, ids, strict=False))

    def enter(name: str, journal: Path) -> None:
        squad = by_letter.get(letter_of(name))
        if squad is None:
            return
        from sim.command.entering import enter_squad

        try:
            enter_squad(args, journal, squad)
        except CommonGroundError as wrong:
            setting.tell(
                "Squad {squad} was not entered in the records: {why}. Enter it with: commonground records add {file}",
                squad=squad,
                why=setting.say(wrong.phrase),
                file=f"{journal} --squad {squad}",
            )
        else:
            setting.tell("Squad {squad} is in the records", squad=squad)

    return enter

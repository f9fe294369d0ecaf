"""People: roles without members, groups nobody sees, mistyped shares of feeling."""

from collections.abc import Iterator

from sim.core.phrase import Phrase
from sim.scenario.lint.case import Case, doubt
from sim.scenario.problem import Problem


def doubts(case: Case) -> Iterator[Problem]:
    """Everything odd about who is there."""
    scenario = case.scenario
    gathered = {getattr(effect, "group", "") for _, effect in case.inject_effects() if effect.do == "gather"}
    for k, group in enumerate(scenario.groups):
        for role, share in group.roles.items():
            members = group.people * share
            if share < 0:
                yield doubt(
                    ("groups", k, "roles", role),
                    "shares",
                    Phrase("a share is not below 0"),
                    Phrase("write a share from 0 to 1"),
                )
            elif round(members) < 1 and share > 0:
                yield doubt(
                    ("groups", k, "roles", role),
                    "role-without-members",
                    Phrase(
                        "of {people} people, {share:g} is less than one {role}",
                        people=group.people,
                        share=share,
                        role=role,
                    ),
                    Phrase("write at least {share:.3g}, or take the role out", share=1 / group.people),
                )
        if group.arrives is None and group.id not in gathered:
            yield doubt(
                ("groups", k),
                "never-there",
                Phrase("{group} never comes: it has no arrives, and no inject gathers it", group=group.id),
                Phrase("add a line: {example}", example="arrives: {from_min: 0, to_min: 10}"),
            )
    if not any(group.participant for group in scenario.groups):
        yield doubt(
            ("groups",),
            "no-participants",
            Phrase("no group takes part: every one is participant: false"),
            Phrase("leave participant out for those who came for the matter itself"),
        )

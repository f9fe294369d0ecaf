"""What those who looked on at a drill had picked, beside what came out best, and their scores."""

from collections.abc import Mapping, Sequence

from rich.table import Table

from sim.core.phrase import Phrase
from sim.core.speech import Speech
from sim.drill.drill import Drill
from sim.drill.forecast import Question, brier_of_picks, came_out
from sim.drill.sight import choice_title
from sim.scenario.scenario import Playbook

CAME = {
    None: Phrase("cannot be told"),
    True: Phrase("came out best"),
    False: Phrase("another was better"),
}
"""What is said of a pick."""


def foresight(
    asked: Sequence[Question],
    stands: Mapping[str, Sequence[bool | None]],
    drill: Drill,
    playbook: Playbook,
    say: Speech,
) -> Table:
    """One row for each pick; the score of each person stands with their last one."""
    table = Table(title=say("What those who looked on said"), title_justify="left", expand=False)
    for heading in ("Decision", "Callsign", "Best answer", "How sure", "What came of it"):
        table.add_column(say(heading), overflow="fold")
    windows = {window.id: window for window in drill.windows}
    for question in asked:
        window = windows[question.window]
        for who, pick in sorted(question.picked.items()):
            title = (
                choice_title(window.choices[pick.choice - 1], playbook) if pick.choice <= len(window.choices) else ""
            )
            came = say(CAME[came_out(pick, stands.get(question.window, ()))])
            table.add_row(say(window.question.text), who, say(title), f"{pick.percent} %", came)
    scores = brier_of_picks(asked, stands)
    if scores:
        told = say(", ").join(f"{who} {mean:.3f} ({number})" for who, (mean, number) in scores.items())
        table.caption = say("Brier, 0 is perfect and always saying 50 % earns 0.25: {scores}", scores=told)
    return table

"""A squad for tests: a drill of three minutes on the small square, with two windows and four seats."""

from typing import Any

from sim.drill.drill import Drill
from sim.drill.inputs import Input, well_formed
from sim.drill.session import Session
from sim.drill.squad import Absent, Squad
from sim.exercise.exercise import Exercise
from tests.small import small_playbook

CALL = {
    "id": "a_call",
    "minute": 0.5,
    "channel": "radio",
    "about": "gathering",
    "truth": "true",
    "text": {"en": "A call.", "zh": "来电。"},
    "handled": {"ordered": "first_contact"},
    "window_min": 3,
    "expert_min": 1,
    "answers": ["first_contact"],
}
POST = {**CALL, "id": "a_post", "minute": 1.0, "channel": "social", "handled": None, "answers": ["verify_signal"]}
LATER = {**CALL, "id": "later", "minute": 2.5, "handled": None, "answers": []}
SEATS = ["commander", "liaison", "public_information", "tactical"]


def drill_data(**changes: Any) -> dict[str, Any]:
    """The drill as plain data, with top-level keys replaced."""
    data: dict[str, Any] = {
        "schema": 1,
        "id": "short",
        "title": {"en": "Short", "zh": "短"},
        "aim": {"en": "A test.", "zh": "测试。"},
        "scenario": "small",
        "time_box_min": 3,
        "seats": SEATS,
        "deliberation_s": 20,
        "windows": [
            {
                "id": "speak",
                "opens": {"inject": "a_call"},
                "question": {"en": "Who speaks with them?", "zh": "谁去沟通？"},
                "countdown_s": 60,
                "expert_s": 15,
                "choices": [{"response": "first_contact", "parameters": {"tone": "warm"}}],
                "default": {"response": "record_and_identify"},
            },
            {
                "id": "vote",
                "opens": {"minute": 1.5},
                "question": {"en": "Step back?", "zh": "后撤吗？"},
                "countdown_s": 40,
                "expert_s": 20,
                "vote": "majority",
                "choices": [{"response": "deescalate_posture"}],
            },
        ],
        "guide": {"en": "A test.", "zh": "测试。"},
    }
    data.update(changes)
    return data


def drill(**changes: Any) -> Drill:
    """The drill."""
    return Drill.model_validate(drill_data(**changes))


def session(seed: int = 1, **changes: Any) -> Session:
    """It on a fresh run of the small scenario."""
    injects = [{k: v for k, v in each.items() if v is not None} for each in (CALL, POST, LATER)]
    return Session(drill(**changes), Exercise(small_playbook(injects=injects), seed))


class Table:
    """A squad, spoken to as its seats would."""

    def __init__(self, *seats: str, absent: Absent = "merge", seed: int = 1, **changes: Any) -> None:
        """Those seats are filled, and it has begun."""
        self.squad = Squad(session(seed, **changes), absent=absent)
        for seat in seats:
            self("controller", "sit", seat=seat, who=f"bird-{seat}")
        self("controller", "start")

    def __call__(self, role: str, kind: str, **data: Any) -> dict[str, Any]:
        """One input at the present tick."""
        checked = well_formed(kind, data)
        return self.squad.apply(Input(self.squad.tick_now, kind, role, f"bird-{role}", checked))

    def propose(self, seat: str, response: str, **order: Any) -> int:
        """A proposal; its number."""
        return int(self(seat, "propose", order={"response": response, **order})["proposal"])

    def until(self, second: float) -> None:
        """Lets time pass to that second of the run."""
        self.squad.run_until(round(second * 10))

    def status(self, number: int) -> str:
        """What has become of a proposal."""
        return self.squad.proposals[number - 1].status

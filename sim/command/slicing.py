"""Slicing: a drill cut from a saved run, which begins exactly at a minute of it."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from sim.command.replay import playbook_of
from sim.command.setting import Setting
from sim.console.progress import progress
from sim.core.errors import BadInput
from sim.core.phrase import LText, Phrase
from sim.core.tick import clock
from sim.drill.beginning import Beginning, beginning_of, plain
from sim.drill.drill import ID, Drill
from sim.exercise.exercise import Exercise
from sim.exercise.replay import replay
from sim.exercise.tick import SECOND
from sim.scenario.inject import Inject
from sim.storage.drills import load_drill
from sim.storage.journal_file import Record
from sim.storage.keepsake import see_it_can_be_written, writing
from sim.storage.relative import named_from
from sim.world.order import HOLD

BOX_MIN = 10.0
"""Time box where none is given, simulated minutes."""
SEATS = ("commander", "liaison", "public_information", "legal", "tactical")
MOST_CHOICES = 6
FLAT = ("done", "choices", "default", "opens")
"""Keys whose sections stand in one line each."""
MOST_TOLD = 8
"""Orders of the run the guide tells the facilitator of."""


def cut(record: Record, minute: float, box_min: float, file: Path, setting: Setting) -> Drill:
    """Writes a drill that begins at that minute of a run, and returns it as it is read back.

    Its decisions are the calls that come within the time box; where there are none, one question at the beginning.

    Raises:
        BadInput: the run does not reach that minute on the scene or came with a memory, or the file has no id for a
            name or cannot be written. Nothing is ever overwritten.
        ReplayDiffers: the run does not come to that minute any more.
    """
    if not re.fullmatch(ID, file.stem):
        raise BadInput.of(
            "bad-name", Phrase("{name} cannot be an id: small letters, digits and _, a letter first", name=file.stem)
        )
    if file.exists():
        raise _there_already(file)
    see_it_can_be_written(file)
    playbook = playbook_of(record)
    start = playbook.scenario.start_min
    tick = round((minute - start) * 600 / SECOND) * SECOND
    if record.header.memory is not None:
        raise BadInput.of("with-memory", Phrase("a run of a campaign cannot be cut: a drill brings no memory along"))
    last = max((entry.tick for entry in record.entries), default=0)
    if not 0 < tick < last:
        raise BadInput.of(
            "outside-run",
            Phrase("the run goes from minute {first:g} to {last:.1f}", first=start, last=start + last / 600),
            hint=Phrase("give a minute between the two with --minute"),
        )
    before = [e for e in record.entries if e.tick < tick or (e.kind == "digest" and e.tick == tick)]
    with progress(setting.say("Going back to the minute"), tick, quiet=setting.quiet) as show:
        run = replay(playbook, record.header.seed, before, until=tick, progress=lambda now, _: show(now))
        run.run_until(tick)
    if run.outcome is not None or run.at_home():
        raise BadInput.of("outside-run", Phrase("by then the run was over on the scene"))
    beginning = beginning_of(record.header.seed, record.entries, run)
    text = written(record, run, beginning, min(box_min, playbook.scenario.minutes[1] - minute), file)
    with writing(file):
        try:
            with file.open("x", encoding="utf-8", newline="\n") as out:
                out.write(text)
        except FileExistsError as there:
            raise _there_already(file) from there
    return load_drill(str(file))[0]


def _there_already(file: Path) -> BadInput:
    return BadInput.of("there-already", Phrase("{file} is there already; nothing was changed", file=str(file)))


def written(record: Record, run: Exercise, beginning: Beginning, box_min: float, file: Path) -> str:
    """The text of the file: what an instructor rewrites first, the moment of the run last."""
    scenario = run.playbook.scenario
    at, title = clock(run.tick_now, scenario.start_min), scenario.title.text
    name = record.header.scenario
    if name.endswith((".yaml", ".yml")):
        name = named_from(file, Path(name))
    told = "; ".join(f"{when} {what.en}" for when, what in _then(record, run, box_min)) or "nothing"
    told_zh = "；".join(f"{when} {what.zh}" for when, what in _then(record, run, box_min)) or "没有"
    whole = {
        "schema": 1,
        "id": file.stem,
        "title": {"en": f"{title.en}, from {at}", "zh": f"{title.zh}，从{at}开始"},
        "aim": {
            "en": f"The squad goes on from {at} of a run and decides in time, knowing why.",
            "zh": f"小组从一次推演的{at}接手，及时作出决定，并说得出理由。",
        },
        "scenario": name,
        "from_min": scenario.start_min + beginning.tick / 600,
        "time_box_min": round(box_min, 2),
        "seats": list(SEATS),
        "windows": list(_windows(run, box_min)) or [_question(run)],
        "guide": {
            "en": "Before: let the squad read what has come in so far, and say in one sentence each what they know. "
            f"After: hold what was decided against what was ordered in the run this was cut from: {told}.",
            "zh": "课前：请小组先看到目前为止的消息，每人用一句话说出自己知道什么。"
            f"课后：与原来那次推演中的处置对照：{told_zh}。",
        },
        "beginning": dict(plain(beginning)),
    }
    lines = [
        "# A drill cut from a saved run. Write aim, questions and guide as you need them; what is under `beginning`",
        "# is the run itself up to that minute, with the reasons that were given, and is left alone.",
    ]
    return "\n".join([*lines, *_block(whole), ""])


def _block(value: Mapping[str, object], indent: str = "") -> Iterator[str]:
    """Plain data as lines of YAML, a key a line; texts stand as JSON writes them, which YAML reads as they are."""
    for key, each in value.items():
        if isinstance(each, Mapping) and each and key not in FLAT:
            yield f"{indent}{key}:"
            yield from _block(each, indent + "  ")
        elif isinstance(each, list) and any(isinstance(item, Mapping) for item in each):
            yield f"{indent}{key}:"
            for item in each:
                first, *rest = [_flat(item)] if key in FLAT else _block(item)
                yield f"{indent}  - {first}"
                yield from (f"{indent}    {line}" for line in rest)
        else:
            yield f"{indent}{key}: {_flat(each)}"


def _flat(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _windows(run: Exercise, box_min: float) -> Iterator[dict[str, object]]:
    """The calls that wait for an answer and come within the time box, each a decision with its answers laid out."""
    begins = run.minute
    calls = [i for i in run.playbook.scenario.injects if begins <= i.minute < begins + box_min and i.needs_answer]
    for inject in sorted(calls, key=lambda each: each.minute):
        if inject.text is not None and run.world.injects[inject.id].status == "waiting":
            yield _call(inject, inject.text.text, run)


def _call(inject: Inject, text: LText, run: Exercise) -> dict[str, object]:
    offered = run.offered()
    expert = max(1, round(inject.expert_min * 60))
    choices = [{"response": name} for name in inject.answers if name in offered][: MOST_CHOICES - 1]
    return {
        "id": inject.id,
        "opens": {"inject": inject.id},
        "question": {"en": text.en, "zh": text.zh},
        "countdown_s": max(5, expert, min(3600, round(inject.window_min * 60))),
        "expert_s": min(3600, expert),
        "choices": [*choices, {"response": HOLD}] if choices else [],
        "default": {"response": HOLD},
    }


def _question(run: Exercise) -> dict[str, object]:
    return {
        "id": "now",
        "opens": {"minute": run.minute},
        "question": {"en": "What do we do now?", "zh": "现在我们做什么？"},
        "countdown_s": 180,
        "expert_s": 60,
        "default": {"response": HOLD},
    }


def _then(record: Record, run: Exercise, box_min: float) -> Iterator[tuple[str, LText]]:
    """What was ordered in the run from there on, with its time."""
    until, number = run.tick_now + box_min * 600, 0
    for entry in record.entries:
        given = entry.data.get("given") if entry.kind == "order" else None
        if isinstance(given, dict) and run.tick_now <= entry.tick < until and number < MOST_TOLD:
            response = run.playbook.responses.get(str(given["response"]))
            if response is not None:
                number += 1
                yield clock(entry.tick, run.playbook.scenario.start_min), response.title.text

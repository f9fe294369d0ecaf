"""Guesses at a room's code: `python -m tests.squad.guesses` makes twenty thousand and looks for what answers give away.

Half of the guesses have five symbols of six right, half have none; they come in an order drawn by lot, and the time of
each is taken inside the program, where no network hides a difference. The share of pairs in which the near guess took
longer is one half where time tells nothing (Mann and Whitney's U over the number of pairs); further rows with a delay
added to the near ones show how small a difference would be seen. Meanwhile others come in by the QR code.
"""

import argparse
import json
import time
from collections import Counter
from typing import Any

from sim.squad.client import Client, Command
from sim.squad.gate import SYMBOLS, Gate
from sim.squad.host import Host
from sim.storage.language import speech
from tests.squad.load import Luck
from tests.squad.lounge import CODE, LINK, Memo, new_room


def share_longer(near: list[int], far: list[int]) -> float:
    """Share of pairs in which the near one is longer, ties counted half."""
    ranked = sorted([(took, 1) for took in near] + [(took, 0) for took in far])
    above = wins = 0.0
    at = 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        mine = sum(kind for _, kind in ranked[at:end])
        others = end - at - mine
        wins += mine * (above + 0.5 * others)
        above += others
        at = end
    return wins / (len(near) * len(far))


def guessed(number: int, *, seed: int = 1, delay_ns: int = 0, joiners: int = 200) -> dict[str, Any]:
    """So many guesses; every one is looked at, since the clock of the gate runs on fast enough."""
    luck, now = Luck(seed), [0.0]
    room, entries = new_room()
    gate = Gate(CODE, LINK, lambda: now[0])
    host = Host(room, Memo(entries), gate, speech("zh"), links=["http://here/"])
    wrong = [symbol for symbol in SYMBOLS if symbol not in CODE]
    took: tuple[list[int], list[int]] = ([], [])
    said: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    let_in = 0
    for k in range(number):
        now[0] += 60.0
        near = luck() < 0.5
        code = (CODE[:5] if near else "".join(wrong[int(luck() * len(wrong))] for _ in range(5))) + wrong[
            k % len(wrong)
        ]
        command = Command(Client("10.0.0.9"), {"type": "hello", "protocol": 1, "code": code})
        began = time.perf_counter_ns()
        answer = host.encoded(host._one(command, entries))
        took[near].append(time.perf_counter_ns() - began + delay_ns * near)
        said[near][answer] += 1
    for _ in range(30):
        gate.by_code("ZZZZZZ", "10.0.0.9")  # the limit is reached
    blocked = gate.by_code(CODE, "10.0.0.9")
    for _ in range(joiners):
        joined = Command(Client("10.0.0.9"), {"type": "hello", "protocol": 1, "link": LINK})
        let_in += host._one(joined, entries)["type"] == "welcome"
    far, close = (sorted(each)[len(each) // 2] for each in took)
    return {
        "guesses": number,
        "looked_at": gate.looked_at,
        "replies": len({*said[0], *said[1]}),
        "near_longer": round(share_longer(took[1], took[0]), 4),
        "median_us": [round(far / 1000, 2), round(close / 1000, 2)],
        "right_code_at_the_limit": blocked,
        "let_in_by_link": f"{let_in} of {joiners}",
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--guesses", type=int, default=20_000)
    given = parser.parse_args()
    for delay in (0, 100, 300):
        print(json.dumps({"delay_ns": delay, **guessed(given.guesses, delay_ns=delay)}), flush=True)  # noqa: T201

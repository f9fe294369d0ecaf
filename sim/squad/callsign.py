"""Callsigns: what people are called on the wire and in the logs: a bird and a number, never a name."""

from collections.abc import Collection

BIRDS: dict[str, str] = {
    "heron": "苍鹭",
    "swift": "雨燕",
    "crane": "仙鹤",
    "wren": "鹪鹩",
    "lark": "云雀",
    "stork": "白鹳",
    "robin": "知更鸟",
    "tern": "燕鸥",
    "finch": "雀鸟",
    "ibis": "朱鹮",
    "plover": "鸻鸟",
    "magpie": "喜鹊",
}
"""In English and in Chinese."""


def next_callsign(taken: Collection[str]) -> str:
    """The first that is free: one of each bird, then the second of each."""
    number = 1
    while True:
        for bird in BIRDS:
            name = f"{bird}-{number}"
            if name not in taken:
                return name
        number += 1

"""The core rooms keep to operations that repeat exactly, and the checker that says so is alive."""

from pathlib import Path

import pytest

from tests.contracts.plants import PLANTS
from tests.contracts.purity import PURE, faults

HOUSE = Path(__file__).resolve().parents[2] / "sim"
CORE_ROOMS = [name.removeprefix("sim.") for name in PURE["source_modules"]]

BREAKS = {
    "a file is opened": "text = open('a.yaml').read()",
    "something is printed": "def report(x):\n    print(x)",
    "a hash that differs between processes": "key = hash('north gate')",
    "an address in memory": "order = id(person)",
    "hash handed to a sort": "rows = sorted(rows, key=hash)",
    "a question at the keyboard": "name = input()",
    "code made from text": "eval('1 + 1')",
    "a module fetched past the import check": "clock = __import__('time')",
    "numpy's exp": "import numpy as np\ny = np.exp(x)",
    "exp under another name": "from numpy import exp as rise\ny = rise(x)",
    "exp handed on": "import numpy as np\nf = np.exp",
    "a numpy angle": "import numpy\nangle = numpy.arctan2(y, x)",
    "numpy's hypot": "import numpy as np\nd = np.hypot(x, y)",
    "numpy's own random numbers": "import numpy as np\nr = np.random.default_rng(3)",
    "a norm": "import numpy as np\nd = np.linalg.norm(v)",
    "a submodule imported alone": "from numpy.linalg import norm",
    "a matrix product": "c = a @ b",
    "a matrix product in place": "a @= b",
    "a dot method": "c = a.dot(b)",
    "math's sine": "import math\ny = math.sin(x)",
    "math's hypot, imported": "from math import hypot\nd = hypot(x, y)",
    "math's log, renamed": "import math as m\ny = m.log(x)",
    "a power": "y = x ** 2",
    "a power of a varying exponent": "y = 2 ** n",
    "a power in place": "x **= 3",
    "the builtin power": "y = pow(x, 3)",
    "an argsort that may swap ties": "import numpy as np\ni = np.argsort(x)",
    "a quick sort by name": "import numpy as np\ni = np.sort(x, kind='quicksort')",
    "a sort in place": "x.sort()",
    "an argpartition": "import numpy as np\ni = np.argpartition(x, 3)",
    "fast mathematics": "@kernel(fastmath=True)\ndef f(x):\n    return x",
    "fast mathematics as an option": "options = {'fastmath': True}",
    "a parallel kernel": "import numba\nf = numba.njit(parallel=True)(g)",
    "a parallel loop": "from numba import prange",
    "a walk through a written set": "for x in {1, 2}:\n    act(x)",
    "a walk through a made set": "rows = [x for x in set(names)]",
    "a walk through a name bound to a set": "def f(a):\n    b = set(a)\n    for x in b:\n        act(x)",
    "a walk through an argument said to be a set": "def f(a: frozenset[str]):\n    return [x for x in a]",
    "a walk through a field": "class A:\n    b: set[str]\n    def f(self):\n        return [*self.b]",
    "a walk through what two sets share": "def f(a: set[int], b):\n    for x in a & b:\n        act(x)",
    "a walk through a difference of keys": "for k in old.keys() - new.keys():\n    act(k)",
    "a list made of a set": "rows = list({x for x in names})",
    "a text joined from a set": "text = ', '.join({'a', 'b'})",
    "a sum in the order of a set": "total = sum({0.1, 0.2, 0.3})",
    "ties broken by the order of a set": "rows = sorted({'b', 'a'}, key=len)",
    "an unpacked set": "rows = [*{1, 2}]",
    "any member of a set": "def f(names: set[str]):\n    return names.pop()",
    "an array read from disk": "import numpy as np\nx = np.load('x.npy')",
    "a net under every error": "try:\n    f()\nexcept Exception:\n    pass",
    "a bare net": "try:\n    f()\nexcept:\n    pass",
}

CLEAN = {
    "exact mathematics": "import math\ny = math.sqrt(math.floor(x)) + math.pi",
    "exact numpy": "import numpy as np\ny = np.sqrt(np.maximum(x, 0.0)) + np.floor(x) + np.abs(x)",
    "a stable argsort": "import numpy as np\ni = np.argsort(x, kind='stable')",
    "the stable sort numba knows": "import numpy as np\ni = np.argsort(x, kind='mergesort')",
    "a sorted set": "for x in sorted(set(names)):\n    act(x)",
    "a list sorted in place by key": "rows.sort(key=first)",
    "questions a set answers without order": "n = len({1, 2})\nhit = 3 in {1, 2}\nlow = min({1, 2})",
    "a set that became a list": "def f(a):\n    a = set(a)\n    a = sorted(a)\n    return [x for x in a]",
    "a list with the name of another function's set": (
        "def f(x):\n    a = set(x)\n    return len(a)\ndef g(x):\n    a = [x]\n    return [y for y in a]"
    ),
    "a text cut in two": "head, _, tail = text.partition(':')",
    "our own mathematics": "from sim.core.maths import exp\ny = exp(x)",
    "a method that only shares a name": "journal.log(entry)\nclock.exp = 3\nline.open()\nrow.id",
    "a field called id": "class Group:\n    id: str\nnames = {g.id: g for g in groups}\nfind(id)",
    "a compiled pattern": "import re\nword = re.compile('[a-z]+')",
    "a written power of whole numbers": "MASK = 2**32 - 1",
    "plug-ins found by listing": "import importlib\nimport pkgutil\nm = importlib.import_module(name)",
    "a sum of floats in a fixed order": "total = sum(x * y for x, y in zip(a, b, strict=True))",
    "switches turned off": "f = jit(fastmath=False, parallel=False)(g)",
    "a dictionary keeps its order": "for k, v in found.items():\n    act(k, v)",
    "a decorator is not a matrix product": "@kernel\ndef f(x):\n    return x",
    "an error caught by name": "try:\n    f()\nexcept ValueError:\n    pass",
}


@pytest.mark.parametrize("source", BREAKS.values(), ids=BREAKS)
def test_the_checker_finds_a_planted_break(source: str) -> None:
    assert [] != faults(source)


@pytest.mark.parametrize("source", CLEAN.values(), ids=CLEAN)
def test_the_checker_lets_clean_code_pass(source: str) -> None:
    assert [] == faults(source)


@pytest.mark.parametrize("planted", PLANTS)
def test_the_checker_tells_a_break_from_its_near_miss(planted: str) -> None:
    broken, kept = PLANTS[planted]
    assert [] != faults(broken)
    assert [] == faults(kept)


def test_a_planted_break_is_found_in_a_real_file_at_its_line() -> None:
    source = (HOUSE / "crowd" / "conduct.py").read_text("utf-8")
    lines = source.splitlines()
    place = next(k for k, line in enumerate(lines) if "for i in rows:" in line)
    for broken in ("x = hash('a')", "y = 2.0 ** 0.5", "for z in {1, 2}: pass"):
        indent = " " * (len(lines[place]) - len(lines[place].lstrip()))
        planted = [*lines[:place], indent + broken, *lines[place:]]
        assert [str(place + 1)] == [fault.split(":")[0] for fault in faults("\n".join(planted))]


def test_the_checker_names_the_line() -> None:
    assert ["3: print is banned", "5: @ is banned"] == faults(
        "def f(a, b):\n    c = a\n    print(c)\n\n    return a @ b\n"
    )


def test_every_core_room_is_read() -> None:
    assert 12 == len(CORE_ROOMS)
    assert [] == [room for room in CORE_ROOMS if not (HOUSE / room / "__init__.py").is_file()]


@pytest.mark.parametrize("room", CORE_ROOMS)
def test_a_core_room_uses_only_operations_that_repeat_exactly(room: str) -> None:
    files = sorted((HOUSE / room).rglob("*.py"))
    found = [
        f"{path.relative_to(HOUSE.parent).as_posix()}:{why}"
        for path in files
        for why in faults(path.read_text("utf-8"))
    ]
    assert [] == found, "\n".join(found)

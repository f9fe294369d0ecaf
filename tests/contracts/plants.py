"""Rules broken on purpose, each beside its near miss: a line that looks much like it and keeps the rule.

The checker has to name every first one and to let every second one pass.
"""

NUMPY = "import numpy as np\n"
MATH = "import math\n"
NUMBA = "import numba\n"

PLANTS: dict[str, tuple[str, str]] = {
    # ---- mathematics whose last digit is a library's or a processor's
    "numpy's exponential": (NUMPY + "y = np.exp(x)", "from sim.core.maths import exp\ny = exp(x)"),
    "numpy's sine": (NUMPY + "y = np.sin(x)", NUMPY + "y = np.sign(x)"),
    "numpy's tangent": (NUMPY + "y = np.tanh(x)", NUMPY + "y = np.trunc(x)"),
    "numpy's logarithm of one more": (NUMPY + "y = np.log1p(x)", NUMPY + "y = np.sqrt(1.0 + x)"),
    "numpy's power": (NUMPY + "y = np.power(x, 3)", NUMPY + "y = np.multiply(x, x)"),
    "a float power of numpy": (NUMPY + "y = np.float_power(x, 2)", NUMPY + "y = np.square(x)"),
    "math's exponential": (MATH + "y = math.exp(x)", MATH + "y = math.sqrt(x)"),
    "math's logarithm": (MATH + "y = math.log(x)", MATH + "y = math.floor(x)"),
    "math's tangent": (MATH + "y = math.tan(x)", MATH + "y = math.trunc(x)"),
    "math's angle": (MATH + "a = math.atan2(y, x)", "from sim.core.maths import atan2\na = atan2(y, x)"),
    "math's distance": (MATH + "d = math.dist(a, b)", MATH + "d = math.sqrt(dx * dx + dy * dy)"),
    "math's power": (MATH + "y = math.pow(x, 2.0)", MATH + "y = math.ldexp(x, 2)"),
    "math's cube root": (MATH + "y = math.cbrt(x)", MATH + "y = math.isqrt(n)"),
    "math's fused product": (MATH + "y = math.fma(a, b, c)", MATH + "y = math.fmod(a, b)"),
    "a root written as a power": ("y = x ** 0.5", "y = 2 ** 5"),
    "a distance from a complex number": ("d = abs(complex(x, y))", "d = abs(x)"),
    "a written complex number": ("z = x + 1j * y", "z = x + 1.0 * y"),
    "a dot product": (NUMPY + "c = np.dot(a, b)", NUMPY + "c = np.multiply(a, b)"),
    "a sum over indices": (NUMPY + "c = np.einsum('ij,j->i', a, b)", NUMPY + "c = np.add(a, b)"),
    "a matrix product": (NUMPY + "c = np.matmul(a, b)", NUMPY + "c = np.maximum(a, b)"),
    "an outer product": (NUMPY + "c = np.inner(a, b)", NUMPY + "c = a[:, None] * b[None, :]"),
    "a solved system": (NUMPY + "x = np.linalg.solve(a, b)", NUMPY + "x = np.linspace(a, b, 5)"),
    "a window of cosines": (NUMPY + "w = np.hanning(9)", NUMPY + "w = np.arange(9)"),
    "a number of the processor's own width": (NUMPY + "x = np.zeros(3, np.longdouble)", NUMPY + "x = np.zeros(3)"),
    "mathematics by its spelling": (NUMPY + "f = getattr(np, 'exp')", NUMPY + "f = getattr(people, 'exp')"),
    "all of a library's names": ("from math import *", "from math import pi"),
    "another library's mathematics": ("from scipy.special import expit", "from sim.core.maths import sigmoid"),
    # ---- sums whose order or width matters
    "a sum in single precision": (NUMPY + "t = np.sum(x, dtype=np.float32)", NUMPY + "t = np.sum(x, dtype=np.float64)"),
    "a mean in single precision": ("import numpy\nt = x.mean(dtype='float32')", "t = x.mean()"),
    "a sum of narrowed numbers": (NUMPY + "t = x.astype(np.float32).sum()", NUMPY + "t = x.astype(np.float32)"),
    "single precision added up in a loop": (
        NUMPY + "def f(x):\n    t = np.float32(0.0)\n    for v in x:\n        t += v\n    return t",
        NUMPY + "def f(x):\n    t = np.float64(0.0)\n    for v in x:\n        t += v\n    return t",
    ),
    "a loop in parallel": (
        NUMBA + "@numba.njit\ndef f(x):\n    t = 0.0\n    for i in numba.prange(9):\n        t += x[i]\n    return t",
        "@kernel\ndef f(x):\n    t = 0.0\n    for i in range(9):\n        t += x[i]\n    return t",
    ),
    "a kernel in parallel": (NUMBA + "f = numba.njit(g, parallel=True)", NUMBA + "f = numba.njit(g, parallel=False)"),
    "a parallel target": (
        NUMBA + "f = numba.vectorize(['f8(f8)'], target='parallel')(g)",
        NUMBA + "f = numba.vectorize(['f8(f8)'], target='cpu')(g)",
    ),
    "the graphics card": ("from numba import cuda", "from numba import types"),
    "a stencil": (NUMBA + "f = numba.stencil(g)", NUMBA + "f = numba.njit(g)"),
    "reordered sums": ("@kernel(fastmath=True)\ndef f(x):\n    return x", "@kernel()\ndef f(x):\n    return x"),
    "some reordering": ("f = jit(fastmath={'contract'})(g)", "f = jit(fastmath=False)(g)"),
    "reordering switched on later": ("options = dict(fastmath=on)", "options = dict(nogil=on)"),
    "objects inside a kernel": ("from numba import objmode", "from numba import njit"),
    # ---- sorts that may swap ties
    "an unstable order": (NUMPY + "i = np.argsort(x)", NUMPY + "i = np.argsort(x, kind='stable')"),
    "an unstable order by method": ("i = x.argsort()", "i = x.argsort(kind='stable')"),
    "a partial order": (NUMPY + "i = np.argpartition(x, 5)", NUMPY + "i = np.argmax(x)"),
    "a partial order by method": ("i = x.argpartition(5)", "i = x.argmin()"),
    "a heap sort": (NUMPY + "x = np.sort(x, kind='heapsort')", NUMPY + "x = np.sort(x, kind='mergesort')"),
    "an order by address": ("rows = sorted(people, key=id)", "rows = sorted(people, key=by_id)"),
    "an order by hash": (
        "rows = sorted(people, key=lambda p: hash(p.name))",
        "rows = sorted(people, key=lambda p: p.name)",
    ),
    # ---- the order of sets
    "a walk through a set": ("for p in {a, b}:\n    act(p)", "for p in (a, b):\n    act(p)"),
    "a sum over a set": ("t = sum({0.1, 0.2})", "t = len({0.1, 0.2})"),
    "a sum over what a set gives": (
        "t = sum(x * x for x in set(values))",
        "t = sum(x * x for x in sorted(set(values)))",
    ),
    "a walk through what a function gives": (
        "def near() -> set[int]:\n    return {1}\nfor p in near():\n    act(p)",
        "def near() -> list[int]:\n    return [1]\nfor p in near():\n    act(p)",
    ),
    "a walk through what a method gives": (
        "class A:\n    def near(self) -> frozenset[int]:\n        return frozenset()\n    def f(self):\n"
        "        return [p for p in self.near()]",
        "class A:\n    def near(self) -> tuple[int, ...]:\n        return ()\n    def f(self):\n"
        "        return [p for p in self.near()]",
    ),
    "keys from a set": ("d = dict.fromkeys({a, b}, 0)", "d = dict.fromkeys((a, b), 0)"),
    "a set written out": ("text = f'{set(names)}'", "text = f'{len(set(names))}'"),
    "a set as text": ("text = str({a, b})", "text = str(sorted({a, b}))"),
    "a set taken apart": ("first, second = {a, b}", "first, second = sorted({a, b})"),
    "a set at the end of a list": ("rows += {a, b}", "rows |= {a, b}"),
    "a set put into a list": ("rows.extend(set(new))", "rows.update(set(new))"),
    "a set chained": (
        "from itertools import chain\nrows = chain(a, set(b))",
        "from itertools import chain\nrows = chain(a, b)",
    ),
    "a set folded": (
        "from functools import reduce\nt = reduce(add, {a, b})",
        "from functools import reduce\nt = reduce(add, (a, b))",
    ),
    "the first of a set": ("first = next(iter({a, b}))", "first = min({a, b})"),
    "any of a set": (
        "def f(open_: set[str]):\n    return open_.pop()",
        "def f(open_: list[str]):\n    return open_.pop()",
    ),
    "the nearest of a set": ("n = min({a, b}, key=far)", "n = min([a, b], key=far)"),
    # ---- the world outside
    "the clock": ("import time\nt = time.time()", "from sim.core.tick import TICK_S\nt = TICK_S"),
    "the clock by name": ("from time import perf_counter", "from sim.core.tick import clock"),
    "today": ("import datetime\nd = datetime.date.today()", "d = world.minute"),
    "a die": ("import random\nx = random.random()", "x = noise.uniform(stream, tick, person)"),
    "numpy's die": (NUMPY + "x = np.random.rand()", NUMPY + "x = np.zeros(1)"),
    "the system's die": ("import os\nx = os.urandom(8)", "from operator import add\nx = add(1, 2)"),
    "a secret": ("from secrets import randbelow", "from sim.core.noise import uniform"),
    "a name nobody else has": ("import uuid\nname = uuid.uuid4()", "name = world.next_serial()"),
    "a thread": ("import threading\nthreading.Thread(target=f).start()", "f()"),
    "many processes": ("from concurrent.futures import ProcessPoolExecutor", "from collections import deque"),
    "a thing that goes when memory is looked through": (
        "import weakref\nr = weakref.ref(x)",
        "from copy import copy\nr = copy(x)",
    ),
    "what a thing does when it goes": (
        "class A:\n    def __del__(self):\n        act()",
        "class A:\n    def __len__(self):\n        return 0",
    ),
    "the environment": ("from os import environ", "from math import tau"),
    "the arguments of the program": ("import sys\nn = len(sys.argv)", "n = len(world.units)"),
    "a module by its spelling": (
        "import importlib\nt = importlib.import_module('time')",
        "import importlib\nt = importlib.import_module('sim.core.tick')",
    ),
    "a file": ("text = open(path).read()", "text = option.open"),
    "a file of numbers": (NUMPY + "x = np.fromfile(path)", NUMPY + "x = np.fromiter(rows, float)"),
    "a line on the screen": ("print(x)", "printed = x"),
    "a line from the keyboard": ("x = input('?')", "x = inputs[0]"),
    "a note in a log": ("import logging\nlogging.info('x')", "journal.append(tick, 'x')"),
    "an address": ("key = id(person)", "key = person.id"),
    "a hash": ("key = hash(name)", "from sim.core.digest import digest\nkey = digest(name)"),
    "a hash by method": ("key = name.__hash__()", "key = name.__len__()"),
    "a place in the language": ("from locale import strxfrm", "from string import Formatter"),
    "a switch of the interpreter": ("if __debug__:\n    check()", "if debug:\n    check()"),
    # ---- what one run leaves behind for the next
    "a global name": ("n = 0\ndef f():\n    global n\n    n += 1", "def f():\n    n = 0\n    n += 1\n    return n"),
    "a table of the module filled": (
        "KEPT = {}\ndef f(k, v):\n    KEPT[k] = v",
        "def f(k, v):\n    kept = {}\n    kept[k] = v\n    return kept",
    ),
    "a list of the module grown": (
        "KEPT = []\ndef f(v):\n    KEPT.append(v)",
        "KEPT = []\ndef f(v):\n    return v in KEPT",
    ),
    "a field of a class changed": (
        "class A:\n    n = 0\ndef f():\n    A.n += 1",
        "class A:\n    n = 0\ndef f(a):\n    a.n += 1",
    ),
    "another module changed": (
        "import sim.core.tick as tick\ndef f():\n    tick.TICK_S = 1",
        "def f(tick):\n    tick.TICK_S = 1",
    ),
    "a default that grows": ("def f(v, kept=[]):\n    kept.append(v)", "def f(v, kept=()):\n    return (*kept, v)"),
    "numpy's warnings switched off": (
        NUMPY + "np.seterr(all='ignore')",
        NUMPY + "with np.errstate(all='ignore'):\n    f()",
    ),
    # ---- numbers as objects, and faults that nobody sees
    "a number that is another": ("same = x is 0.0", "same = x is None"),
    "a number that is not another": ("other = x is not float(y)", "other = x is not y"),
    "every fault caught": ("try:\n    f()\nexcept Exception:\n    pass", "try:\n    f()\nexcept KeyError:\n    pass"),
    "every fault passed over": (
        "from contextlib import suppress\nwith suppress(BaseException):\n    f()",
        "from contextlib import contextmanager\nwith door():\n    f()",
    ),
}

"""Numbers and words: the ground floor, which knows nothing of crowds, police or screens.

Import from the module that holds the idea, e.g. `from sim.core.noise import Noise, Stream`:

- `kernel`: the one way to compile a function.
- `lanes`: eight numbers at a time, inside kernels.
- `tick`: whole-number time.
- `noise`: random numbers asked for by name.
- `maths`: exp, log and trigonometry with the same bits on every machine.
- `digest`: one short name for the exact state of anything.
- `fold`: many bytes as four numbers, quickly.
- `geometry`: points, segments, rectangles and polygons in metres.
- `pack`: values, arrays and instances as bytes and back.
- `phrase`: sentences that can be translated later.
- `speech`: the same sentences in one language.
- `twin`: a quick copy of a dataclass.
- `errors`: everything that can go wrong, as one tree.
"""

# Modules, each loaded when it is first asked for: a program that only reads text need not load a compiler.
__all__ = [
    "digest",
    "errors",
    "fold",
    "geometry",
    "kernel",
    "lanes",
    "maths",
    "noise",
    "pack",
    "phrase",
    "speech",
    "tick",
    "twin",
]

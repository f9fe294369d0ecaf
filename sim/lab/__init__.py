"""Many runs, over processes.

Import from the module that holds the idea:

- `sensitivity`: which numbers about people matter.
- `session`: an exercise with random orders, drawn from a number.
- `trace`: what a run was at each second, and where two runs part.
- `ways`: the ways in which a session can be gone through, which must all come to the same.
- `worker`: a process that works off tasks given as lines of JSON.
- `battery`: many sessions, each in every way.
- `workers`: jobs spread over processes, their results in order.
- `trials`: trials of experiments, judged or measured.
- `bench`: how a speed is measured; `bench_walk`, `bench_world` and `bench_start` measure, `bench_crowd` has the crowds.
- `horizon`: continuations played on to their end; `ranking` says how far ahead a review has to look.
- `plant`: a fault of one last digit, put in on purpose, to see that it is found.
"""

__all__ = [
    "battery",
    "bench",
    "bench_crowd",
    "bench_start",
    "bench_walk",
    "bench_world",
    "horizon",
    "plant",
    "ranking",
    "sensitivity",
    "session",
    "trace",
    "trials",
    "ways",
    "worker",
    "workers",
]

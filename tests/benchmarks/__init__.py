"""The race: this product against published simulators of pedestrians and of civil violence, in one run on one core.

`python -m tests.benchmarks.race` makes an environment of its own for the others. See docs/performance.md.
"""

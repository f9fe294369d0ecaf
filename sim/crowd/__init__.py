"""People as arrays and kernels: motion, pressure, mood, identity, rumour, conduct. Knows no police and no files.

Import from the module that holds the idea.
"""

__all__: list[str] = []

"""Many runs: the only room that starts processes.

Import from the module that holds the idea.
"""

__all__ = ["trials", "workers"]

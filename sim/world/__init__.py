"""Everything that can change in a run, and its record.

Import from the module that holds the idea.
"""

__all__: list[str] = []

"""Tests, one folder a room; `python -m tests` runs these and every other check."""

"""Files in and out: reading what people wrote, and keeping what runs leave behind."""

__all__ = [
    "account",
    "aside_file",
    "calibration",
    "chart",
    "decided",
    "faults",
    "folder",
    "journal_file",
    "keepsake",
    "kernels",
    "language",
    "ledgers",
    "library",
    "orders",
    "paper",
    "picture",
    "reader",
    "report",
    "shown",
    "slips",
]

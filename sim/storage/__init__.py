"""Files in and out: reading what people wrote, and keeping what runs leave behind."""

__all__ = [
    "account",
    "chart",
    "faults",
    "folder",
    "journal_file",
    "keepsake",
    "kernels",
    "language",
    "library",
    "orders",
    "picture",
    "reader",
    "report",
]

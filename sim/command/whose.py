"""Whose: the flags by which a result goes into the records; reading them opens no database."""

import argparse

from sim.core.speech import Speech


def add_records(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds `--records URL`."""
    parser.add_argument(
        "--records",
        default="",
        metavar="URL",
        help=say("database of the records (default: a file in the data folder), such as {example}",
                 example="postgresql+psycopg://user@host/academy"),
    )  # fmt: skip


def add_person(parser: argparse.ArgumentParser, say: Speech) -> None:
    """Adds `--person ID` and `--records URL`."""
    parser.add_argument(
        "--person", default="", metavar="ID", help=say("enter the result in the records under this pseudonym")
    )
    add_records(parser, say)

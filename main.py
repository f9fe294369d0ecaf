"""Starts Common Ground from a clone: `python main.py --help`."""

import sys

from sim.app import main

if __name__ == "__main__":
    sys.exit(main())

"""Every measurement, one after another: `python -m benchmarks [--runs N]`."""

import argparse
import sys

from benchmarks import dossier, imports, keystrokes, memory, rosters, start_up, undo
from benchmarks.side_by_side import HEADER


def main() -> int:
    """Print one row a measurement; the numbers are for reading, the exit status is always 0."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5, help="pairs that count")
    runs = options.parse_args().runs
    sys.stdout.write(HEADER + "\n")
    for part in (start_up, keystrokes, memory, imports, rosters, undo, dossier):
        sys.stdout.write(part.measure(runs).line() + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Every measurement, one after another: `python -m benchmarks [--runs N]`."""

import argparse
import sys

from benchmarks import (
    boundaries,
    checkup_form,
    dossier,
    gantt_frames,
    grading,
    imports,
    keystrokes,
    map_frames,
    memory,
    photos,
    rosters,
    screening,
    start_up,
    undo,
    what_if,
)
from benchmarks.side_by_side import HEADER


def main() -> int:
    """Print one row a measurement; the numbers are for reading, the exit status is always 0."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5, help="pairs that count")
    runs = options.parse_args().runs
    sys.stdout.write(HEADER + "\n")
    for measure in (
        start_up.measure,
        keystrokes.measure,
        memory.measure,
        imports.measure,
        rosters.measure,
        undo.measure,
        boundaries.measure,
        map_frames.measure,
        map_frames.beside_an_image,
        checkup_form.opening,
        checkup_form.keystroke,
        dossier.measure,
        gantt_frames.frame,
        gantt_frames.key,
        grading.measure,
        grading.kept,
        photos.measure,
        photos.busy,
        photos.held,
        screening.measure,
        what_if.measure,
    ):
        sys.stdout.write(measure(runs).line() + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The program itself, started at its register; ends when the list is painted.

`python -m benchmarks.filled_list WORKSPACE` is `landsteward --open WORKSPACE --page register` with
a table that says when it has been painted.
"""

import sys

from landsteward.cli import run


def main() -> int:
    """Run it."""
    watch()
    return run(["--open", sys.argv[1], "--page", "register"])


def watch() -> None:
    """Have the tables of the program's lists tell when they are painted."""
    from benchmarks.paint_watch import Painted
    from ui.widgets import table
    from ui.widgets.table_rows import Rows

    class Watched(Painted, Rows):
        """The table as it is."""

    vars(table)["Rows"] = Watched


if __name__ == "__main__":
    sys.exit(main())

"""The program itself, started at its register; ends when the list is painted.

`python -m benchmarks.filled_list WORKSPACE` is `landsteward --open WORKSPACE --page register` with
a table that says when it has been painted; with `--memory`, one that says what the process has held
once the keys of all rows are there and the person has typed into the filter box.
"""

import sys

from landsteward.cli import run


def main() -> int:
    """Run it."""
    if "--memory" in sys.argv:
        weigh()
    else:
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


def weigh() -> None:
    """Have the list tell what the process has held, once all is there and something was found."""
    from PySide6.QtCore import QTimer

    from benchmarks.paint_watch import tell_memory
    from ui.models.paged import PAGE
    from ui.widgets import table

    class Weighed(table.ListPanel):
        """The list as it is."""

        def _loaded(self) -> None:
            super()._loaded()
            if self.filter.text():
                QTimer.singleShot(0, self, tell_memory)
            elif len(self.model.ids) > PAGE:
                self.filter.setText("有")

    vars(table)["ListPanel"] = Weighed


if __name__ == "__main__":
    sys.exit(main())

"""Start to a filled list of 200 000 enterprises, beside a bare PySide6 window.

From the start of the process until it says that its table has been painted, alike on both sides.
"""

import os
import subprocess
import sys
import threading
import time

from benchmarks.county import ENTERPRISES, ROOT, county
from benchmarks.paint_watch import PAINTED
from benchmarks.side_by_side import Comparison, compare

LIMIT = 2.0
_LONGEST_S = 120


def measure(runs: int) -> Comparison:
    """The same interpreter and platform plug-in on both sides; files warm in both."""
    there = county()
    ours = ["-m", "benchmarks.filled_list", str(there.file)]
    return compare(
        what=f"start to a filled list, {ENTERPRISES} enterprises",
        beside="a bare PySide6 window",
        ours=lambda: _until_painted(ours, str(there.settings.parent)),
        theirs=lambda: _until_painted(["-m", "benchmarks.bare_window"], str(there.settings.parent)),
        limit=LIMIT,
        runs=runs,
    )


def _until_painted(arguments: list[str], settings: str) -> float:
    # Where the program keeps its settings: Linux, Windows.
    environment = {**os.environ, "XDG_CONFIG_HOME": settings, "APPDATA": settings}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    # As on any machine, modules are compiled once: the run that warms up does it.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        killer = threading.Timer(_LONGEST_S, process.kill)
        killer.start()
        said = process.stdout.readline()
        took = time.perf_counter() - began
        process.wait()
        killer.cancel()
    if said.strip() != PAINTED or process.returncode != 0:
        raise RuntimeError(f"{arguments} painted nothing")
    return took

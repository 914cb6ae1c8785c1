"""Memory of the program with 200 000 enterprises listed, above that of a bare PySide6 window.

The most that each process has held until its list is there: ours with the keys of all rows.
"""

import os
import subprocess
import sys

from benchmarks.county import ENTERPRISES, ROOT, county
from benchmarks.side_by_side import Comparison, compare

LIMIT_MIB = 120.0


def measure(runs: int) -> Comparison:
    """Both sides as processes of their own."""
    there, settings = county(), str(county().settings.parent)
    ours = ["-m", "benchmarks.filled_list", str(there.file), "--memory"]
    return compare(
        what=f"memory with {ENTERPRISES} enterprises listed",
        beside="a bare PySide6 window",
        unit="MiB",
        apart=True,
        ours=lambda: _most_held(ours, settings),
        theirs=lambda: _most_held(["-m", "benchmarks.bare_window", "--memory"], settings),
        limit=LIMIT_MIB,
        runs=runs,
    )


def _most_held(arguments: list[str], settings: str) -> float:
    environment = {**os.environ, "XDG_CONFIG_HOME": settings, "APPDATA": settings}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    said = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    ).stdout
    return float(said.split()[-1])

"""Start to a filled list of 200 000 enterprises, beside a bare PySide6 window.

From the start of the process until it says that its table has been painted, alike on both sides.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.paint_watch import PAINTED
from benchmarks.side_by_side import Comparison, compare

ENTERPRISES = 200_000
LIMIT = 2.0
ROOT = Path(__file__).resolve().parents[1]
_LONGEST_S = 120


def measure(runs: int) -> Comparison:
    """The same interpreter and platform plug-in on both sides; files warm in both."""
    with TemporaryDirectory() as folder:
        workspace = Path(folder) / "register.lsw"
        fill(workspace, ENTERPRISES, settings=Path(folder) / "landsteward")
        ours = ["-m", "benchmarks.filled_list", str(workspace)]
        return compare(
            what=f"start to a filled list, {ENTERPRISES} enterprises",
            beside="a bare PySide6 window",
            ours=lambda: _until_painted(ours, folder),
            theirs=lambda: _until_painted(["-m", "benchmarks.bare_window"], folder),
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


def fill(target: Path, count: int, *, settings: Path) -> None:
    """Make a workspace with so many enterprises, and let somebody have worked in it before."""
    from landsteward import bootstrap
    from landsteward.domain.identifiers import name_key
    from landsteward.domain.register import Enterprise

    def enterprises() -> Iterator[Enterprise]:
        for number in range(count):
            name = f"示例{'安博昌达恒华吉康隆明'[number % 10]}{number}机械制造有限公司"
            yield Enterprise(
                id=ids.new(),
                name=name,
                name_key=name_key(name),
                district=f"示例县{number % 9}",
                industry_name="通用设备制造业",
            )

    ids, clock = bootstrap.system_ids(), bootstrap.SystemClock()
    workspace = bootstrap.create_workspace(target)
    try:
        person = bootstrap.command_line_actor(workspace, clock=clock, ids=ids)
        with workspace.transaction(actor_id=person.id, at=clock.now()):
            workspace.enterprises.add_many(enterprises())
    finally:
        workspace.close()
    bootstrap.window_services(folder=settings).settings.acts(target, person.id)

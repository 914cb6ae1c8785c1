"""Start to a filled list of 200 000 enterprises, beside a bare PySide6 window. Whole processes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.side_by_side import Comparison, compare

ENTERPRISES = 200_000
LIMIT = 2.0
ROOT = Path(__file__).resolve().parents[1]


def measure(runs: int) -> Comparison:
    """The same interpreter and platform plug-in on both sides; files warm in both."""
    with TemporaryDirectory() as folder:
        workspace = Path(folder) / "register.lsw"
        person_id = fill(workspace, ENTERPRISES)
        ours = ["-m", "benchmarks.filled_list", str(workspace), f"{folder}/state", person_id]
        return compare(
            what=f"start to a filled list, {ENTERPRISES} enterprises",
            beside="a bare PySide6 window",
            ours=lambda: _process(ours),
            theirs=lambda: _process(["-m", "benchmarks.bare_window"]),
            limit=LIMIT,
            runs=runs,
        )


def _process(arguments: list[str]) -> float:
    environment = dict(os.environ)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    # As on any machine, modules are compiled once: the run that warms up does it.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
        timeout=120,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - began


def fill(target: Path, count: int) -> str:
    """Make a workspace with so many enterprises; gives the key of somebody who works in it."""
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
    return person.id

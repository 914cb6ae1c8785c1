"""What was said to be kept is kept: killed in the middle, disk full.

`LANDSTEWARD_KILLS=100` sets how often the writer is killed; CI does it twenty times.
"""

import hashlib
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.workspace import SqlWorkspace, create_workspace, open_workspace
from landsteward.domain.organisations import Organisation, Person
from landsteward.domain.states import OrganisationKind, Role
from tests.helpers.restless import ACTOR

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("LANDSTEWARD_KILLS", "20"))
LONGEST_RUN = 0.12
"""Seconds of writing before a kill; many transactions pass in that time."""

FILL = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from db.workspace import open_workspace
from landsteward.domain.errors import WorkspaceError

path = Path(sys.argv[1])
workspace = open_workspace(path)
if sys.argv[2] == "limited":
    limit = path.stat().st_size + 2_000_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
kept = 0
while True:
    try:
        with workspace.transaction(actor_id="person-1", at=datetime.now(UTC)):
            workspace.set_setting("kept", str(kept + 1))
            workspace.blobs.put(str(kept).encode() * 20_000)
    except WorkspaceError as error:
        print(kept, error, error.remedy, sep="|")
        break
    kept += 1
assert workspace.setting("kept") == str(kept)
workspace.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A workspace with somebody in it."""
    file = tmp_path / "园区.lsw"
    workspace = create_workspace(file)
    with workspace.transaction(actor_id=ACTOR, at=datetime.now(UTC)):
        workspace.organisations.add(
            Organisation(id="org-1", kind=OrganisationKind.DEPARTMENT, name="自然资源局")
        )
        workspace.people.add(
            Person(id=ACTOR, organisation_id="org-1", name="张三", role=Role.INSPECTOR)
        )
    workspace.close()
    return file


def run_and_kill(path: Path, seed: int) -> list[dict[str, Any]]:
    """What a writer said it had kept until it was killed."""
    chance = random.Random(seed)
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.restless", str(path), str(seed)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    with writer:
        assert writer.stdout is not None
        # The clock starts with the first word: start-up would only be killed otherwise.
        first = writer.stdout.readline()
        assert first, "the writer did not start"
        time.sleep(chance.uniform(0, LONGEST_RUN))
        writer.kill()
        lines = (first + writer.stdout.read()).split(b"\n")
    # Behind the last line end is what the kill cut off: it was never said.
    return [json.loads(line) for line in lines[:-1]]


def must_hold(workspace: SqlWorkspace, said: list[dict[str, Any]]) -> None:
    """Everything that was said is there."""
    for change in said:
        for record_id, name in change["enterprises"].items():
            assert workspace.enterprises.get(record_id).name == name
        record_id, phone = change["phone"]
        assert workspace.enterprises.get(record_id).phone == phone
        if sha256 := change.get("blob"):
            assert hashlib.sha256(workspace.blobs.get(sha256)).hexdigest() == sha256


def test_whatever_was_acknowledged_survives_being_killed(path: Path) -> None:
    numbers: list[int] = []
    changes = 0
    for seed in range(KILLS):
        said = run_and_kill(path, seed)
        changes += len(said)
        workspace = open_workspace(path)
        must_hold(workspace, said)
        numbers += [change["number"] for change in said]
        report = workspace.check()
        assert report.ok, report
        workspace.close()
    assert numbers == sorted(set(numbers)), "a number was given twice"
    assert changes > KILLS
    workspace = open_workspace(path)
    no_half_changes(workspace)
    with workspace.transaction(actor_id=ACTOR, at=datetime.now(UTC)):
        # At each kill at most the one change under way was kept without being said.
        assert changes < workspace.take_number("体检", 2026) <= changes + KILLS + 1
    assert len(workspace.reports.search("企业", 5)) == 5
    workspace.close()


def no_half_changes(workspace: SqlWorkspace) -> None:
    """Of every change all records are there: each says how many they are."""
    together = Counter((one.note, one.address) for one in workspace.enterprises.where())
    assert together
    for (change, size), count in together.items():
        assert count == int(size), change


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_is_said_and_damages_nothing(path: Path) -> None:
    kept, what, remedy = fill(path, "limited")
    assert int(kept) > 5
    assert "not kept" in what
    assert "space" in remedy
    workspace = open_workspace(path)
    assert workspace.setting("kept") == kept
    assert workspace.check().ok
    with workspace.transaction(actor_id=ACTOR, at=datetime.now(UTC)):
        workspace.set_setting("kept", "more")
    workspace.close()


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="needs the right to mount a small disk"
)
def test_a_really_full_disk_is_said_and_damages_nothing(path: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    small = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    mounted = subprocess.run(small, capture_output=True, check=False)
    if mounted.returncode != 0:
        pytest.skip("mounting is not allowed here")
    try:
        fill_and_reopen(disk / "x.lsw", path)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def fill_and_reopen(target: Path, path: Path) -> None:
    target.write_bytes(path.read_bytes())
    kept, what, _ = fill(target, "whole disk")
    assert "disk is full" in what
    workspace = open_workspace(target)
    assert workspace.setting("kept") == kept
    assert workspace.check().ok
    workspace.close()


def fill(path: Path, how_far: str) -> list[str]:
    """Write until nothing more fits: how much was kept, what was said, what to do about it."""
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(path), how_far],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().split("|")

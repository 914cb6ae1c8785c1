"""The laptop's battery goes in the middle of a form: nothing that was typed is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.workspace import open_workspace
from landsteward.domain.states import ItemOutcome

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("field", "kept"), [("value", ("0.62", "")), ("note", ("None", "north-east empty"))]
)
def test_what_was_typed_is_there_after_kill_9(
    tmp_path: Path, field: str, kept: tuple[str, str]
) -> None:
    """The field was never left: what is in it was saved while the person paused."""
    inspector = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.typing_inspector", str(tmp_path), field],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        text=True,
    )
    try:
        assert inspector.stdout is not None
        assert inspector.stdout.readline() == "typed\n"
    finally:
        inspector.kill()
        inspector.wait()
        assert inspector.stdout is not None
        inspector.stdout.close()
    workspace = open_workspace(tmp_path / "office.lsw")
    lines = {one.item_key: one for one in workspace.item_results.where()}
    assert lines["start_overdue_1y"].outcome is ItemOutcome.OK
    line = lines["plot_ratio_short"]
    assert (str(line.value), line.note) == kept
    assert workspace.check().ok
    workspace.close()

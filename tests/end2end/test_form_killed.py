"""The laptop's battery goes in the middle of a form: nothing that was typed is lost."""

import os
import subprocess
import sys
from pathlib import Path

from db.workspace import open_workspace
from landsteward.domain.states import ItemOutcome

ROOT = Path(__file__).resolve().parents[2]


def test_what_was_typed_is_there_after_kill_9(tmp_path: Path) -> None:
    """Neither field was left: the value and the note were saved while the person paused."""
    inspector = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.typing_inspector", str(tmp_path)],
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
    kept = {one.item_key: one for one in workspace.item_results.where()}
    assert kept["start_overdue_1y"].outcome is ItemOutcome.OK
    assert str(kept["plot_ratio_short"].value) == "0.62"
    assert kept["plot_ratio_short"].note.startswith("north-east empty")
    assert workspace.check().ok
    workspace.close()

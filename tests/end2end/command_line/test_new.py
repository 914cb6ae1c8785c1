"""`landsteward new`: a workspace, whole or not at all."""

import logging
from pathlib import Path

import pytest

from landsteward import bootstrap
from landsteward.cli import basics
from tests.end2end.command_line.commands import Command, left_in
from tests.helpers.logs import ExpectedLogs


def test_new_makes_an_empty_workspace_and_never_overwrites(run: Command, tmp_path: Path) -> None:
    path = tmp_path / "new.lsw"
    said = run("new", path)
    assert (said.status, said.out) == (basics.DONE, "")
    assert said.err == f"Created {path}.\n"
    assert run("cases", "-w", path, "--json").json() == []
    before = path.read_bytes()
    again = run("new", path, "--sample")
    assert again.status == basics.REFUSED
    assert path.read_bytes() == before
    assert run("new", tmp_path / "no" / "such" / "folder.lsw").status == basics.REFUSED
    assert left_in(tmp_path) == ["new.lsw"]


def test_a_sample_that_fails_leaves_no_half_of_itself(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_log: ExpectedLogs
) -> None:
    def fail() -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr("landsteward.sample.build.read_cases", fail)
    state = tmp_path / "state"
    monkeypatch.setattr(bootstrap, "state_folder", lambda: state)
    expected_log("unexpected", logging.ERROR)
    said = run("new", tmp_path / "half.lsw", "--sample")
    assert (said.status, said.out) == (basics.BUG, "")
    assert "mistake in the program" in said.err
    assert str(state) in said.err
    assert "Traceback" not in said.err
    assert "in the middle" in (state / "landsteward.log").read_text(encoding="utf-8")
    assert left_in(tmp_path) == ["state"]

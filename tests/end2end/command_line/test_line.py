"""What the line itself must hold: refusals, streams, encodings, documentation."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from landsteward import cli
from landsteward.cli import basics
from tests.end2end.command_line.commands import ROOT, TODAY, Command, left_in


@pytest.mark.parametrize("command", [["cases"], ["screen"], ["check"]])
def test_a_file_that_is_no_workspace_is_refused_and_left_alone(
    run: Command, tmp_path: Path, command: list[str]
) -> None:
    garbage = tmp_path / "garbage.lsw"
    garbage.write_bytes(b"this is a shopping list" * 100)
    for path in (tmp_path / "missing.lsw", garbage, tmp_path):
        said = run(*command, "--workspace", path, "--json")
        assert (said.status, said.out) == (basics.REFUSED, "")
        assert said.err.startswith("Not done: ")
        assert str(path) in said.err
        assert "What to do: " in said.err
    assert garbage.read_bytes() == b"this is a shopping list" * 100
    assert left_in(tmp_path) == ["garbage.lsw"]


def test_what_is_missing_or_unknown_on_the_line_is_refused(run: Command) -> None:
    for line in ("cases", "frobnicate", "import recipes x", "screen --on 5", "dossier -w x"):
        said = run(*line.split())
        assert (said.status, said.out) == (basics.REFUSED, "")
        assert said.err


def test_a_page_that_is_not_there_is_refused_with_those_that_are(run: Command) -> None:
    said = run("--page", "cellar")
    assert (said.status, said.out) == (basics.REFUSED, "")
    assert "cellar" in said.err
    assert "register" in said.err


def process(*arguments: object, **more: Any) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
    return subprocess.run(
        [sys.executable, "-m", "landsteward", *map(str, arguments)],
        capture_output=True,
        env=environment,
        cwd=more.get("cwd"),
        timeout=120,
        check=False,
    )


def test_as_a_process_it_speaks_utf8_whatever_the_locale(tmp_path: Path) -> None:
    done = process("new", "园区.lsw", "--sample", "--on", TODAY, cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == b""
    assert "园区.lsw" in done.stderr.decode()
    listed = process("cases", "-w", tmp_path / "园区.lsw", "--json")
    assert listed.returncode == 0
    assert json.loads(listed.stdout)[0]["case_no"] == "体检〔2025〕1号"
    refused = process(
        "--lang", "en", "dossier", "体检〔2000〕1号", "-w", "园区.lsw", "-o", "x.pdf", cwd=tmp_path
    )
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert "Not done: " in refused.stderr.decode()
    assert left_in(tmp_path) == ["园区.lsw"]


def test_whoever_stops_listening_is_no_mistake_of_ours(park: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m landsteward cases -w {park} --json | head -c 20"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert len(done.stdout) == 20
    assert b"Traceback" not in done.stderr


def every_command() -> list[tuple[str, click.Command]]:
    context = click.Context(cli.commands)
    named = [(name, cli.commands.get_command(context, name)) for name in sorted(cli.COMMANDS)]
    return [(name, command) for name, command in named if command is not None]


def test_every_command_and_option_is_documented() -> None:
    text = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    everywhere = text.partition("\n## ")[0]
    for name, command in every_command():
        _, found, rest = text.partition(f"## `landsteward {name}")
        assert found, f"docs/command-line.md says nothing of {name}"
        section = rest.partition("\n## ")[0]
        for param in command.params:
            names = (
                param.opts if isinstance(param, click.Option) else [str(param.human_readable_name)]
            )
            for one in names:
                said = everywhere if one == "--as" else section
                assert one in said or one == "KIND", f"{name}: {one}"
    for param in cli.commands.params:
        assert param.opts[0] in text


def test_every_help_is_in_both_languages(run: Command) -> None:
    for name, command in every_command():
        text = run(name, "--help").out
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text), name
        assert " / " in (command.help or ""), name

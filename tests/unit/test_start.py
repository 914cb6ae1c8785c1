"""start.py decides rightly what is missing, who may install it, and what to start."""

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import start

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "start.py"


def test_an_old_python_can_parse_it() -> None:
    # 3.7 is the oldest grammar newer Pythons still know; the file itself promises 3.6.
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_is_refused_in_words() -> None:
    code = (
        "import sys; sys.version_info = (3, 8, 10)\n"
        f"exec(compile(open({str(SCRIPT)!r}, encoding='utf-8').read(), 'start.py', 'exec'))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "土地管家需要 Python 3.11" in done.stderr
    assert "LandSteward needs Python 3.11 or newer; this is 3.8.10" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("environment", "system", "shown"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"DISPLAY": ""}, "linux", False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "minimal"}, "linux", False),
        ({"QT_QPA_PLATFORM": "offscreen:fontdir=/x"}, "linux", False),
        ({"QT_QPA_PLATFORM": "vnc"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_display(environment: dict[str, str], system: str, shown: bool) -> None:
    assert start.has_display(environment, system) is shown


def test_other_pythons_packages_stay_out() -> None:
    environment = {"PYTHONPATH": "/opt/ros", "PYTHONHOME": "/x", "PIP_USER": "1", "PATH": "/bin"}
    environment["PIP_INDEX_URL"] = "https://mirror.example/simple"
    assert start.clean_environment(environment) == {
        "PATH": "/bin",
        "PIP_INDEX_URL": "https://mirror.example/simple",
    }


class Machine:
    """A pretended Linux: which libraries it has, whether apt works, what was run on it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.missing: set[str] = set()
        self.apt_works = True
        self.ran: list[list[str]] = []
        self.commands = {"apt-get": "/usr/bin/apt-get", "sudo": "/usr/bin/sudo"}
        self.sudo_asks = True
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setattr(start, "can_load", lambda library: library not in self.missing)
        monkeypatch.setattr(shutil, "which", self.commands.get)
        monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
        monkeypatch.setattr(subprocess, "run", self.run)

    def run(self, command: Sequence[str], **_options: object) -> "subprocess.CompletedProcess[str]":
        self.ran.append(list(command))
        if list(command[-2:]) == ["-n", "true"]:
            return subprocess.CompletedProcess(command, 1 if self.sudo_asks else 0)
        if "install" in command and self.apt_works:
            self.missing.clear()
        return subprocess.CompletedProcess(command, 0 if self.apt_works else 100)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(monkeypatch)


def test_a_complete_system_is_left_alone(machine: Machine) -> None:
    start.ensure_system_libraries({"DISPLAY": ":0"})
    assert machine.ran == []


def test_without_a_screen_nothing_of_x11_is_asked_for(machine: Machine) -> None:
    machine.missing = {"libxcb-cursor.so.0"}
    assert start.missing_libraries({}) == {}
    assert start.missing_libraries({"DISPLAY": ":0"}) == {"libxcb-cursor.so.0": "libxcb-cursor0"}
    machine.missing = {"libwayland-cursor.so.0"}
    assert start.missing_libraries({"DISPLAY": ":0"}) == {}
    assert start.missing_libraries({"WAYLAND_DISPLAY": "w"}) == {
        "libwayland-cursor.so.0": "libwayland-cursor0"
    }


def test_root_installs_what_is_missing_and_no_more(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    machine.missing = {"libEGL.so.1", "libxcb-cursor.so.0"}
    start.ensure_system_libraries({"DISPLAY": ":0"})
    assert [command[2:] for command in machine.ran] == [
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-y", "--no-install-recommends", "libegl1", "libxcb-cursor0"],
    ]


def test_sudo_is_used_where_it_asks_nothing(machine: Machine) -> None:
    machine.sudo_asks = False
    machine.missing = {"libEGL.so.1"}
    start.ensure_system_libraries({})
    assert machine.ran[-1][:2] == ["/usr/bin/sudo", "-n"]
    assert machine.ran[-1][-1] == "libegl1"


def test_whoever_may_not_install_gets_the_exact_command(machine: Machine) -> None:
    machine.missing = {"libEGL.so.1", "libGL.so.1"}
    with pytest.raises(start.SetupError) as refusal:
        start.ensure_system_libraries({})
    chinese, english = refusal.value.args
    assert "sudo apt-get install -y --no-install-recommends libegl1 libgl1" in chinese
    assert "libEGL.so.1, libGL.so.1" in english
    assert not any("install" in command for command in machine.ran)


def test_a_failing_installation_gives_the_command_too(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    machine.missing = {"libEGL.so.1"}
    machine.apt_works = False
    with pytest.raises(start.SetupError, match="libegl1"):
        start.ensure_system_libraries({})


def test_another_linux_is_told_which_libraries(machine: Machine) -> None:
    del machine.commands["apt-get"]
    machine.missing = {"libEGL.so.1"}
    with pytest.raises(start.SetupError, match="package manager"):
        start.ensure_system_libraries({})


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_elsewhere_qt_brings_its_libraries(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    machine.missing = {"libEGL.so.1"}
    start.ensure_system_libraries({})
    assert machine.ran == []


def test_windows_keeps_its_python_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "ON_WINDOWS", True)
    assert start.Environment(tmp_path).python == tmp_path / ".venv" / "Scripts" / "python.exe"


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> start.Environment:
    """A complete environment whose Python always answers 3.11.9."""
    (tmp_path / "requirements.lock").write_text("click==8.0 \\\n    --hash=sha256:00\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    made = start.Environment(tmp_path)
    made.folder.mkdir()
    made.stamp.write_text(json.dumps(made.expected("3.11.9")), encoding="utf-8")
    monkeypatch.setattr(start.Environment, "probe", lambda self: "3.11.9")
    return made


def test_a_complete_environment_is_ready(environment: start.Environment) -> None:
    assert environment.is_ready()


@pytest.mark.parametrize("file", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_or_project_is_noticed(environment: start.Environment, file: str) -> None:
    (environment.root / file).write_text("changed")
    assert not environment.is_ready()


@pytest.mark.parametrize("stamp", ["", "{", "[]", "null", '{"python": "3.11.9"}'])
def test_a_damaged_stamp_is_no_stamp(environment: start.Environment, stamp: str) -> None:
    environment.stamp.write_text(stamp)
    assert not environment.is_ready()


@pytest.mark.parametrize("answer", [None, "3.12.1"])
def test_a_python_that_fails_or_changed_is_noticed(
    environment: start.Environment, monkeypatch: pytest.MonkeyPatch, answer: str | None
) -> None:
    monkeypatch.setattr(start.Environment, "probe", lambda self: answer)
    assert not environment.is_ready()


def mended(
    environment: start.Environment, monkeypatch: pytest.MonkeyPatch, *works: bool
) -> list[str]:
    """The steps `ensure` takes on an environment that is not ready, each working or failing."""
    steps: list[str] = []
    results = iter(works)

    def step(name: str) -> bool:
        steps.append(name)
        return next(results)

    monkeypatch.setattr(start.Environment, "is_ready", lambda self: False)
    monkeypatch.setattr(start.Environment, "fill", lambda self, *_options: step("fill"))
    monkeypatch.setattr(start.Environment, "build", lambda self: step("build"))
    try:
        environment.ensure()
    except start.SetupError:
        steps.append("refused")
    return steps


def test_what_was_complete_once_is_filled_up(
    environment: start.Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mended(environment, monkeypatch, True) == ["fill"]


def test_what_cannot_be_filled_up_is_built_anew(
    environment: start.Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mended(environment, monkeypatch, False, True, True) == ["fill", "build", "fill"]


def test_what_was_never_complete_is_built_anew(
    environment: start.Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.stamp.unlink()
    assert mended(environment, monkeypatch, True, True) == ["build", "fill"]


def test_what_cannot_be_built_is_refused_in_words(
    environment: start.Environment,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    environment.stamp.unlink()
    assert mended(environment, monkeypatch, True, False) == ["build", "fill", "refused"]
    assert "正在准备运行环境" in capsys.readouterr().err


def test_a_python_that_cannot_be_run_is_a_failed_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not start.Environment(tmp_path).call([str(tmp_path / "gone")])
    assert "gone" in capsys.readouterr().err


def test_names_in_a_lock() -> None:
    lock = (
        "# via x==1\nPySide6_Essentials==6.12 ; sys_platform == 'win32' \\\n    --hash=sha256:0\n"
    )
    assert start.locked_names(lock + "click==8.5.1 \\\n") == {"pyside6-essentials", "click"}


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """What main() hands over to instead of starting it."""
    calls: list[tuple[list[str], dict[str, str]]] = []

    def record(command: list[str], variables: dict[str, str]) -> int:
        calls.append((command[1:], variables))
        return 7

    monkeypatch.setattr(start, "hand_over", record)
    monkeypatch.setattr(start, "ensure_system_libraries", lambda _variables: None)
    monkeypatch.setattr(start.Environment, "ensure", lambda self: None)
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return calls


Started = list[tuple[list[str], dict[str, str]]]


def test_arguments_go_to_the_program(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert start.main(["import", "land-supply", "七月 供地.xls"]) == 7
    [(command, variables)] = started
    assert command == ["-P", "-m", "landsteward", "import", "land-supply", "七月 供地.xls"]
    assert "QT_QPA_PLATFORM" not in variables


def test_with_a_display_the_window_opens(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    start.main([])
    assert started[0][0] == ["-P", "-m", "landsteward"]


def test_without_a_display_a_tour_is_written_and_said_so(
    started: Started, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main([]) == 7
    [(command, variables)] = started
    assert command[2:] == ["landsteward", "tour", "--output", "./tour/"]
    assert variables["QT_QPA_PLATFORM"] == "offscreen"
    said = capsys.readouterr()
    assert "没有显示器" in said.err
    assert "No display" in said.err
    assert said.out == ""


def test_without_a_display_commands_are_what_was_asked(
    started: Started, capsys: pytest.CaptureFixture[str]
) -> None:
    start.main(["cases", "--json"])
    [(command, variables)] = started
    assert command[2:] == ["landsteward", "cases", "--json"]
    assert variables["QT_QPA_PLATFORM"] == "offscreen"
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("word", "module"), [("test", "tools.test"), ("lock", "tools.lock")])
def test_tools_run_in_the_projects_folder(
    started: Started, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, word: str, module: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert start.main([word, "--upgrade"]) == 7
    assert started[0][0] == ["-m", module, "--upgrade"]
    assert Path.cwd() == ROOT

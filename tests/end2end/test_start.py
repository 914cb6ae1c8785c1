"""start.py on a real folder: sets up, starts fast, and mends what broke.

The project here is a tiny one of our own, with a lock of nothing and modules that stand for the
real packages, so that nothing is downloaded; environment, pip and program are real.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import start

ROOT = Path(__file__).resolve().parents[2]

# Builds an editable install out of one path, as setuptools does for the real project.
BACKEND = """
import zipfile
from pathlib import Path

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "landsteward-0.1.0-py3-none-any.whl"
    info = "landsteward-0.1.0.dist-info/"
    files = {
        "landsteward.pth": str(Path.cwd()),
        info + "METADATA": "Metadata-Version: 2.1\\nName: landsteward\\nVersion: 0.1.0",
        info + "WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any",
        info + "entry_points.txt": "[console_scripts]\\nlandsteward=landsteward.__main__:main",
        info + "RECORD": info + "RECORD,,",
    }
    with zipfile.ZipFile(Path(wheel_directory) / name, "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text + "\\n")
    return name
"""
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""
PROGRAM = """
import json, os, sys

def main():
    print(json.dumps({"arguments": sys.argv[1:], "cwd": os.getcwd(), "prefix": sys.prefix}))
    sys.exit(5 if "fail" in sys.argv else 0)

if __name__ == "__main__":
    main()
"""


def make_project(folder: Path) -> None:
    """A project that start.py can set up without a network."""
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "start.py", folder)
    (folder / "requirements.lock").write_text("# nothing\n", encoding="utf-8")
    (folder / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    for package in start.PACKAGES.split():
        (folder / package).mkdir()
        (folder / package / "__init__.py").touch()
    for module in ("QtPdf", "QtWidgets"):
        (folder / "PySide6" / f"{module}.py").touch()
    (folder / "landsteward" / "__main__.py").write_text(PROGRAM, encoding="utf-8")


class Project:
    """The folder under test, and what a person does with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def environment(self) -> start.Environment:
        return start.Environment(self.folder)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-X", "utf8", str(self.folder / "start.py"), *arguments]

    def start(self, *arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(*arguments), cwd=cwd, capture_output=True, encoding="utf-8"
        )

    def starts(self, cwd: Path) -> bool:
        """Start it, see that it ran from its own environment; whether it had to set up first."""
        done = self.start("cases", cwd=cwd)
        assert done.returncode == 0, done.stderr
        answer = json.loads(done.stdout)
        assert answer["arguments"] == ["cases"]
        assert Path(answer["prefix"]) == self.folder / ".venv"
        assert self.environment.is_ready()
        return "Preparing .venv" in done.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """One folder for all tests here, its name as awkward as people's folders are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QT_QPA_PLATFORM", "offscreen")
        patch.delenv("PYTHONPATH", raising=False)
        folder = tmp_path_factory.mktemp("start") / "土地 管家"
        make_project(folder)
        yield Project(folder)


def test_the_first_start_sets_up_and_the_second_only_starts(
    project: Project, tmp_path: Path
) -> None:
    assert project.starts(tmp_path)
    began = time.monotonic()
    assert not project.starts(tmp_path)
    assert time.monotonic() - began < 1


def test_a_locale_without_chinese_does_not_keep_it_from_starting(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.starts(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    assert not project.starts(tmp_path)


def test_arguments_folder_output_and_exit_code_pass_through(
    project: Project, tmp_path: Path
) -> None:
    project.starts(tmp_path)
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "__init__.py").write_text("raise SystemExit('not ours')")
    done = project.start("import", "七月 供地.xls", "fail", cwd=tmp_path)
    assert done.returncode == 5
    assert done.stderr == ""
    assert json.loads(done.stdout) == {
        "arguments": ["import", "七月 供地.xls", "fail"],
        "cwd": str(tmp_path),
        "prefix": str(project.folder / ".venv"),
    }


def test_the_console_command_works(project: Project, tmp_path: Path) -> None:
    project.starts(tmp_path)
    script = project.environment.python.with_name(
        "landsteward.exe" if os.name == "nt" else "landsteward"
    )
    done = subprocess.run([script, "fail"], cwd=tmp_path, capture_output=True)
    assert done.returncode == 5


def test_a_changed_lock_is_installed_into_what_stands(project: Project, tmp_path: Path) -> None:
    project.starts(tmp_path)
    kept = project.environment.folder / "kept"
    kept.touch()
    project.environment.lock.write_text("# still nothing\n", encoding="utf-8")
    assert project.starts(tmp_path)
    assert kept.exists()


def test_a_moved_folder_works_where_it_is_now(project: Project, tmp_path: Path) -> None:
    project.starts(tmp_path)
    (project.environment.folder / "kept").touch()
    project.folder = project.folder.rename(project.folder.with_name("moved"))
    assert project.starts(tmp_path)
    assert (project.environment.folder / "kept").exists()
    done = subprocess.run(
        [project.environment.python, "-I", "-c", "import landsteward; print(landsteward.__file__)"],
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.startswith(str(project.folder))


def test_a_package_that_vanished_is_found_missing(project: Project, tmp_path: Path) -> None:
    project.starts(tmp_path)
    package = project.folder / "msgspec" / "__init__.py"
    package.unlink()
    assert not project.environment.is_ready()
    package.touch()
    assert project.environment.is_ready()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_a_python_that_is_gone_is_replaced_even_if_that_is_killed_half_way(
    project: Project, tmp_path: Path
) -> None:
    project.starts(tmp_path)
    project.environment.python.unlink()
    process = subprocess.Popen(
        project.command("cases"), cwd=tmp_path, stderr=subprocess.DEVNULL, start_new_session=True
    )
    while not project.environment.python.exists():
        assert process.poll() is None
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not project.environment.is_ready()
    assert project.starts(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_ctrl_c_ends_a_set_up_in_words(tmp_path: Path) -> None:
    project = Project(tmp_path / "interrupted")
    make_project(project.folder)
    # Whoever runs the tests may ignore SIGINT, and children would inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with start.only_one(project.folder / ".venv.lock"):
            process = subprocess.Popen(
                project.command(), cwd=tmp_path, stderr=subprocess.PIPE, encoding="utf-8"
            )
            assert process.stderr is not None
            assert process.stderr.readline() == "另一个程序正在准备运行环境，请稍候。\n"
            assert "waiting" in process.stderr.readline()
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=30)
    finally:
        signal.signal(signal.SIGINT, before)
    assert process.returncode == 130
    assert errors == "已中断。\nInterrupted.\n"

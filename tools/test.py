"""Every check that CI runs, up to the first that fails: `python3 start.py test`."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MEMORY = Path("/dev/shm")
ROOM_BYTES = 8 * 2**30
"""What the tests' files need at most, with room to spare: thousands of small workspaces."""


@dataclass(frozen=True, slots=True)
class Check:
    """One step: what it is called and what Python runs for it."""

    name: str
    arguments: tuple[str, ...]


CHECKS = (
    Check("代码检查 ruff check", ("-m", "ruff", "check", ".")),
    Check("代码格式 ruff format", ("-m", "ruff", "format", "--check", ".")),
    # Only a console script there, and a script dies when the folder is moved.
    Check(
        "分层 import-linter",
        ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    ),
    Check("译文 translations", ("-m", "tools.translations", "check")),
    Check("类型 mypy", ("-m", "mypy")),
    # On every core, but not more workers than windows can be driven by without waiting.
    Check("测试 pytest", ("-m", "pytest", "-n", "auto", "--maxprocesses", "4")),
)


def run(checks: Sequence[Check], folder: Path) -> int:
    """Run the checks in a folder; the exit code of the first that fails, or 0."""
    with quick_folder() as files:
        return _run(checks, folder, files)


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder for the tests' files, in memory where there is much of it.

    Workspaces wait for the disk at each change, and thousands of them are made in one run.
    """
    quick = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM_BYTES
    with tempfile.TemporaryDirectory(
        prefix="landsteward-", dir=MEMORY if quick else None, ignore_cleanup_errors=True
    ) as made:
        yield Path(made)


def _run(checks: Sequence[Check], folder: Path, files: Path) -> int:
    variables = dict(
        os.environ,
        QT_QPA_PLATFORM="offscreen",
        HYPOTHESIS_PROFILE="ci",
        TMPDIR=str(files),
    )
    for number, check in enumerate(checks, 1):
        say(f"── {number}/{len(checks)} {check.name}")
        began = time.monotonic()
        command = [sys.executable, *check.arguments]
        code = subprocess.run(command, cwd=folder, env=variables, check=False).returncode
        if code != 0:
            say(f"✗ 未通过 failed: {check.name} (exit code {code})")
            return code
        say(f"✓ {check.name} ({time.monotonic() - began:.1f} s)")
    say("✓ 全部检查通过 all checks passed")
    return 0


def say(text: str) -> None:
    """A line between the checks' own output, whatever characters the terminal knows."""
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(
            "test 后面不带参数。`test` takes no arguments; for a part of it run pytest itself."
        )
    sys.exit(run(CHECKS, ROOT))

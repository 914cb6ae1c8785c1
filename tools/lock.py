"""requirements.lock anew out of pyproject.toml: `python3 start.py lock [--upgrade]`."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def command(options: Sequence[str]) -> list[str]:
    """The resolver's command line: every platform and Python we support, wheels only, hashes.

    Pins that still fit are kept; `--upgrade` or `--upgrade-package NAME` moves them. Settings of
    the machine it runs on (indexes, mirrors) stay out, so that none of them ends up in the lock.
    """
    inputs = ["pyproject.toml", "--extra", "dev", "--output-file", "requirements.lock"]
    reach = ["--universal", "--python-version", "3.11", "--only-binary", ":all:"]
    form = ["--generate-hashes", "--custom-compile-command", "python3 start.py lock"]
    quiet = ["--no-config", "--quiet"]
    return [sys.executable, "-m", "uv", "pip", "compile", *inputs, *reach, *form, *quiet, *options]


if __name__ == "__main__":
    sys.exit(subprocess.run(command(sys.argv[1:]), cwd=ROOT, check=False).returncode)

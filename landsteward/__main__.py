"""Entry point: `python -m landsteward` and the `landsteward` command."""

import sys

from landsteward.cli import run


def main() -> None:
    """Run the command line; without a command the window opens."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()

"""Start the program as a user does, go to the register, end when its list is painted.

`python -m benchmarks.filled_list WORKSPACE STATE_FOLDER PERSON_ID`
"""

import sys
from pathlib import Path

from landsteward.bootstrap import window_services


def main() -> int:
    """Run it; the process's own duration is what counts."""
    workspace, folder, person_id = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    services = window_services(folder=folder)
    services.settings.acts(workspace, person_id)
    # As in the program, the window and Qt come after everything else.
    from benchmarks.list_watch import run

    return run(services, workspace)


if __name__ == "__main__":
    sys.exit(main())

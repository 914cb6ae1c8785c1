"""What a start waits for: modules that only some work needs stay out of it."""

import subprocess
import sys

import pytest

LOADED = "import sys; {imports}; print(*sorted(sys.modules))"


def loaded_by(imports: str) -> set[str]:
    """The names of all modules that a fresh process has after these imports."""
    run = subprocess.run(
        [sys.executable, "-c", LOADED.format(imports=imports)],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return set(run.stdout.split())


@pytest.fixture(scope="module")
def at_start() -> set[str]:
    """The modules behind the first window."""
    return loaded_by("import landsteward.bootstrap, ui.run, ui.pages.desk.page")


@pytest.mark.parametrize(
    "name",
    [
        "pandas",
        "reportlab",
        "qtawesome",
        "pypinyin",
        "shapely",
        "pyproj",
        "pyogrio",
        "sqlite_utils",
        "stdnum",
        "landsteward.packs.loading",
        "landsteward.app.dossier_assembly",
        "landsteward.app.dossier_view",
        "landsteward.app.land_supply",
        "landsteward.exchange",
        "ui.map",
        "ui.pages.map",
        "db.words",
    ],
)
def test_the_first_window_does_not_wait_for(name: str, at_start: set[str]) -> None:
    assert "ui.window" in at_start
    assert name not in at_start


def test_sqlite_utils_comes_without_pandas_which_stays_within_reach() -> None:
    before, after = "import db.library", "import db.library, pandas"
    assert "sqlite_utils" in loaded_by(before)
    assert not loaded_by(before) & {"numpy", "pandas"}
    assert "pandas" in loaded_by(after)

"""A window for every test that asks for one, closed and forgotten afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from landsteward.app.language import Language, use_language
from tests.helpers.office import SteppingClock
from tests.helpers.windows import Driver, english_services, office_file


@pytest.fixture
def clock() -> SteppingClock:
    """The day the window believes it is."""
    return SteppingClock()


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path, clock: SteppingClock) -> Iterator[Driver]:
    """A window without a workspace, in English."""
    made = Driver(qtbot, english_services(tmp_path, clock))
    yield made
    made.close()
    use_language(Language.CHINESE)


@pytest.fixture
def office_window(driver: Driver, tmp_path: Path) -> Driver:
    """A window with a workspace open in which an inspector acts."""
    driver.open(office_file(tmp_path))
    return driver

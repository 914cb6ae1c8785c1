"""An office with a real workspace file for the tests of the use cases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.office import Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """People at work in a new workspace."""
    opened = open_office(tmp_path)
    yield opened
    opened.workspace.close()

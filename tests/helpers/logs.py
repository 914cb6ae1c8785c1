"""Fails a test that logs a warning or worse without having said that it would."""

import logging
import re
from collections.abc import Iterator

import pytest


class ExpectedLogs(logging.Handler):
    """Collects warnings and errors; call it with a pattern for each that the test provokes."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._records: list[logging.LogRecord] = []
        self._expected: list[tuple[str, int]] = []

    def __call__(self, pattern: str, level: int = logging.WARNING) -> None:
        """Expect at least one record of this level whose message the pattern is found in."""
        self._expected.append((pattern, level))

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)

    def complaints(self) -> list[str]:
        """What was logged unexpectedly, and what was expected in vain."""
        unexpected = [
            f"unexpected {record.levelname} from {record.name}: {record.getMessage()}"
            f" ({record.pathname}:{record.lineno})"
            for record in self._records
            if not any(_matches(record, *expected) for expected in self._expected)
        ]
        in_vain = [
            f"expected but never logged: {logging.getLevelName(level)} {pattern!r}"
            for pattern, level in self._expected
            if not any(_matches(record, pattern, level) for record in self._records)
        ]
        return unexpected + in_vain


def _matches(record: logging.LogRecord, pattern: str, level: int) -> bool:
    return record.levelno == level and re.search(pattern, record.getMessage()) is not None


@pytest.fixture(autouse=True)
def expected_log() -> Iterator[ExpectedLogs]:
    """`expected_log("disk full", logging.ERROR)`: the record must come, and any other fails."""
    guard = ExpectedLogs()
    root = logging.getLogger()
    root.addHandler(guard)
    yield guard
    root.removeHandler(guard)
    complaints = guard.complaints()
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)

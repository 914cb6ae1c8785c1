"""One piece of background work: who asked for it, what is told to whom, and how it is stopped."""

import itertools
import time
from collections.abc import Callable
from typing import Any
from weakref import ref

from PySide6.QtCore import QObject
from shiboken6 import isValid

from landsteward.domain.errors import KnownError

_numbers = itertools.count(1)
_REPORT_EVERY_S = 0.05


class Cancelled(Exception):
    """Raised inside work that its owner no longer wants."""


class Progress:
    """Handed to long work: call it with how much of how much is done.

    Raises `Cancelled` once the work was cancelled, so calling it often is what makes work
    stoppable. Reports reach the window at most twenty times a second.
    """

    def __init__(self, send: Callable[[int, int], None]) -> None:
        self._send = send
        self._last = 0.0
        self.cancelled = False

    def __call__(self, done: int, total: int) -> None:
        """Say how far the work is."""
        if self.cancelled:
            raise Cancelled
        now = time.monotonic()
        if now - self._last >= _REPORT_EVERY_S or done >= total:
            self._last = now
            self._send(done, total)


class Work:
    """A piece of work under way. Keep it to be able to cancel it; dropping it cancels nothing."""

    def __init__(
        self,
        owner: QObject,
        *,
        success: Callable[[Any], None] | None,
        failure: Callable[[KnownError], None] | None,
        progressed: Callable[[int, int], None] | None = None,
        stopped: Callable[[], None] | None = None,
        writes: bool = False,
    ) -> None:
        self.number = next(_numbers)
        self.success = success
        self.failure = failure
        self.progressed = progressed
        self.stopped = stopped
        self.writes = writes
        self.cancelled = False
        self.progress: Progress | None = None
        self._owner = ref(owner)

    def cancel(self) -> None:
        """Nobody wants the result any more; what has not begun does not begin.

        Writing that is under way ends by its own cancel points: all of it is kept, or nothing.
        """
        self.cancelled = True
        if self.progress is not None:
            self.progress.cancelled = True

    def stop(self) -> None:
        """End it where it still can be ended; whoever asked is told what came of it either way."""
        if self.progress is not None:
            self.progress.cancelled = True

    @property
    def owned(self) -> bool:
        """Whether whoever asked is still there."""
        owner = self._owner()
        return owner is not None and isValid(owner)

    @property
    def wanted(self) -> bool:
        """Whether whoever asked is still there and still wants to be told."""
        return not self.cancelled and self.owned

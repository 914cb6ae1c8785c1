"""Queries, changes and tasks in the background, with their results back in the GUI thread.

The workspace belongs to one thread, which opens it, does everything on it in the order asked,
and closes it. Reading of files and making of PDFs goes to a pool of threads and never sees the
workspace. What comes back is dropped where the QObject that asked is gone. A `KnownError` goes
to whoever asked (or to the message bar); everything else is a bug, shown with its details.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from landsteward.app.context import Context
from landsteward.app.people import NEWCOMER
from landsteward.app.ports.workspace import Workspace
from landsteward.domain.errors import KnownError
from landsteward.domain.organisations import Person
from ui.operations.work import Cancelled, Progress, Work
from ui.services import Services

_IDLE_S = 0.2
"""So long nobody has asked for anything before search and lists follow what a large change left."""
_SLICE_S = 1.0
"""What they follow in is kept after so long, or as soon as somebody asks for something."""
_TELL_EVERY_S = 0.5

T = TypeVar("T")
log = logging.getLogger("landsteward.ui")


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a piece of work: a result, or the exception that ended it."""

    work: Work
    result: object = None
    error: Exception | None = None


class _PoolRun(QRunnable):
    def __init__(self, run: Callable[[], None]) -> None:
        super().__init__()
        self._run = run

    def run(self) -> None:
        self._run()


class Operations(QObject):
    """The one way from the window to the workspace. Lives in the GUI thread."""

    changed = Signal()
    """A change was kept: what is shown may be out of date."""
    saved = Signal()
    """A change was kept; for the words at the top right."""
    failed = Signal(object)
    """A `KnownError` nobody took care of."""
    bug_found = Signal(object)
    """Any other exception."""
    busy_changed = Signal(bool)
    """Whether writes are waiting or under way."""
    followed = Signal(int)
    """How much search and lists do not know of yet; 0 where they have caught up."""
    _ended = Signal(object)
    _progressed = Signal(object, int, int)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._workspace: Workspace | None = None
        self._pool = QThreadPool(self)
        self._under_way: dict[int, Work] = {}
        self._writes = 0
        self._behind = False
        self._last_asked = time.monotonic()
        self._closing = False
        self.actor: Person | None = None
        self.left_to_follow = 0
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._tell_progress, Qt.ConnectionType.QueuedConnection)
        self.followed.connect(self._take_left, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._serve, name="workspace")

    def open(
        self,
        owner: QObject,
        opener: Callable[[], Workspace],
        *,
        success: Callable[[None], None],
        failure: Callable[[KnownError], None],
    ) -> Work:
        """Open a workspace in place of the one that is open; that one stays if it fails."""

        def run() -> None:
            opened = opener()
            if self._workspace is not None:
                self._workspace.close()
            self._workspace = opened
            self._services.packs.follow(opened)

        return self._submit(Work(owner, success=success, failure=failure), run)

    def leave(self, owner: QObject, *, success: Callable[[None], None] | None = None) -> Work:
        """Close the workspace that is open, if any, after everything asked before."""

        def run() -> None:
            if self._workspace is not None:
                self._workspace.close()
                self._workspace = None

        return self._submit(Work(owner, success=success, failure=None), run)

    def query(
        self,
        owner: QObject,
        fn: Callable[[Context], T],
        *,
        success: Callable[[T], None] | None = None,
        failure: Callable[[KnownError], None] | None = None,
    ) -> Work:
        """Read from the workspace; `success` gets what `fn` returned, in the GUI thread."""
        return self._on_workspace(Work(owner, success=success, failure=failure), fn)

    def change(
        self,
        owner: QObject,
        fn: Callable[[Context], T],
        *,
        success: Callable[[T], None] | None = None,
        failure: Callable[[KnownError], None] | None = None,
    ) -> Work:
        """Run a use case that writes. It is done even when the owner is gone meanwhile."""
        work = Work(owner, success=success, failure=failure, writes=True)
        return self._on_workspace(work, fn)

    def long_change(
        self,
        owner: QObject,
        fn: Callable[[Context, Progress], T],
        *,
        success: Callable[[T], None] | None = None,
        failure: Callable[[KnownError], None] | None = None,
        progressed: Callable[[int, int], None] | None = None,
        stopped: Callable[[], None] | None = None,
        writes: bool = True,
    ) -> Work:
        """A change (or, with `writes=False`, a query) that takes a while and can be cancelled."""
        work = Work(
            owner,
            success=success,
            failure=failure,
            progressed=progressed,
            stopped=stopped,
            writes=writes,
        )
        progress = self._progress_of(work)
        return self._on_workspace(work, lambda ctx: fn(ctx, progress))

    def task(
        self,
        owner: QObject,
        fn: Callable[[Progress], T],
        *,
        success: Callable[[T], None] | None = None,
        failure: Callable[[KnownError], None] | None = None,
        progressed: Callable[[int, int], None] | None = None,
        stopped: Callable[[], None] | None = None,
    ) -> Work:
        """Work without the workspace (reading a file, laying out a PDF), in the pool."""
        work = Work(owner, success=success, failure=failure, progressed=progressed, stopped=stopped)
        progress = self._progress_of(work)
        self._began(work)
        self._pool.start(_PoolRun(lambda: self._run(work, lambda: fn(progress))))
        return work

    def close(self) -> None:
        """Stop what can be stopped, wait for the writes asked for, close the workspace.

        Nothing may be asked for afterwards.
        """
        if self._closing:
            return
        self._closing = True
        for work in self._under_way.values():
            if not work.writes or work.progress is not None:
                work.cancel()
        if self._thread.ident is not None:
            self._queue.put(self._close_workspace)
            self._queue.put(None)
            self._thread.join()
        self._pool.waitForDone()

    @property
    def quiet_s(self) -> float:
        """For how many seconds nobody has asked for anything; 0 while something is under way."""
        return 0.0 if self._under_way else time.monotonic() - self._last_asked

    @property
    def idle(self) -> bool:
        """Whether nothing is under way: what was asked for has been answered."""
        return not self._under_way

    def _close_workspace(self) -> None:
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def _progress_of(self, work: Work) -> Progress:
        work.progress = Progress(lambda done, total: self._progressed.emit(work, done, total))
        return work.progress

    def _on_workspace(self, work: Work, fn: Callable[[Context], T]) -> Work:
        actor = self.actor or NEWCOMER

        def run() -> T:
            if self._workspace is None:
                raise Cancelled
            return fn(self._services.context(self._workspace, actor))

        return self._submit(work, run)

    def _submit(self, work: Work, run: Callable[[], object]) -> Work:
        self._began(work)
        if self._thread.ident is None:
            # Not before there is work: a window that fails to come up must leave no thread behind.
            self._thread.start()
        self._queue.put(lambda: self._run(work, run))
        return work

    def _began(self, work: Work) -> None:
        if self._closing:
            raise RuntimeError("work was asked for after closing")
        self._under_way[work.number] = work
        self._last_asked = time.monotonic()
        if work.writes:
            self._writes += 1
            if self._writes == 1:
                self.busy_changed.emit(True)

    def _serve(self) -> None:
        while (run := self._next()) is not None:
            run()

    def _next(self) -> Callable[[], None] | None:
        """The next piece of work; while there is none, search and lists follow large changes."""
        while True:
            try:
                return self._queue.get(timeout=_IDLE_S if self._behind else None)
            except Empty:
                self._follow()

    def _follow(self) -> None:
        """Once nobody has asked for anything for a while. What goes wrong ends it and is told."""
        space, self._behind = self._workspace, False
        if space is None or self._closing:
            return
        told = began = -_TELL_EVERY_S

        def go_on() -> bool:
            return self._queue.empty() and time.monotonic() - began < _SLICE_S

        try:
            left = space.derived.waiting()
            while left and self._queue.empty():
                began = time.monotonic()
                if began - told >= _TELL_EVERY_S:
                    told = began
                    self.followed.emit(left)
                left = space.derived.follow(go_on)
            self._behind = left > 0
            if told > 0 and not left:
                self.followed.emit(0)
        except Exception as error:  # noqa: BLE001 - it is shown in the GUI thread, whatever it is
            self._ended.emit(_Outcome(Work(self, success=None, failure=None), error=error))

    def _run(self, work: Work, run: Callable[[], object]) -> None:
        """In a background thread: do it, and send home what came of it."""
        if work.cancelled:
            self._ended.emit(_Outcome(work, error=Cancelled()))
            return
        try:
            outcome = _Outcome(work, result=run())
        except Exception as error:  # noqa: BLE001 - it is shown in the GUI thread, whatever it is
            outcome = _Outcome(work, error=error)
        self._behind = True
        self._ended.emit(outcome)

    @Slot(int)
    def _take_left(self, left: int) -> None:
        self.left_to_follow = left

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        work = outcome.work
        self._under_way.pop(work.number, None)
        if work.writes:
            self._writes -= 1
            if self._writes == 0:
                self.busy_changed.emit(False)
        if outcome.error is None:
            try:
                if work.wanted and work.success is not None:
                    work.success(outcome.result)
            finally:
                if work.writes:
                    self.saved.emit()
                    self.changed.emit()
        elif isinstance(outcome.error, Cancelled):
            if work.stopped is not None and work.owned and not self._closing:
                work.stopped()
        elif isinstance(outcome.error, KnownError):
            if work.wanted and work.failure is not None:
                work.failure(outcome.error)
            elif work.writes or work.wanted:
                self.failed.emit(outcome.error)
        else:
            log.error("background work failed", exc_info=outcome.error)
            self.bug_found.emit(outcome.error)

    @Slot(object, int, int)
    def _tell_progress(self, work: Work, done: int, total: int) -> None:
        if work.wanted and work.progressed is not None:
            work.progressed(done, total)

"""Files into the pool, one after another in the background: read, kept, attached, told about.

At most two are in hand at a time, so that a hundred photos take no more memory than two; they are
kept in the order they were given. Each is kept by itself: what was taken in stays when the rest is
cancelled or one of them is refused.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from landsteward.app.evidence_intake import TakenIn, take_in
from landsteward.app.pictures import PictureFiles, ReadFile
from landsteward.domain.errors import KnownError
from landsteward.domain.states import SubjectKind
from ui.operations import Operations, Progress, Work
from ui.services import Services

_AT_ONCE = 2
_MB = 1_000_000
Subject = tuple[SubjectKind, str]
"""What a file proves: its kind, and its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One file to take in: where it lies, or its bytes. `asked`: a person wants it, however large.

    `again` is asked where it cannot be read; if it says so, the file is tried later, not refused.
    """

    name: str
    path: Path | None = None
    content: bytes = b""
    subject: Subject | None = None
    asked: bool = False
    again: Callable[[Path], bool] | None = None


@dataclass(frozen=True, slots=True)
class _TooLarge:
    size: int


@dataclass(slots=True)
class Outcome:
    """What came of files that were given together. `large` ones wait for a word."""

    total: int = 0
    taken: list[TakenIn] = field(default_factory=list)
    refused: list[KnownError] = field(default_factory=list)
    large: list[tuple[Job, int]] = field(default_factory=list)
    left: int = 0

    @property
    def done(self) -> int:
        """How many are through, whatever came of them."""
        return len(self.taken) + len(self.refused) + len(self.large)

    @property
    def new(self) -> int:
        """How many the case did not have yet."""
        return sum(one.new for one in self.taken)


class Intake(QObject):
    """Takes files into the pool of one case."""

    begun = Signal()
    progressed = Signal(int, int, str)
    """How many of how many are through, and the file in hand."""
    ended = Signal(object)
    """The `Outcome`, once nothing is left to do."""

    def __init__(
        self, services: Services, operations: Operations, case_id: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._operations = operations
        self._case_id = case_id
        self._files: PictureFiles | None = None
        self._waiting: deque[Job] = deque()
        self._reading: list[Work] = []
        self._busy = 0
        self._begun = self._settled = 0
        self._ready: dict[int, Callable[[], None]] = {}
        self._outcome = Outcome()

    @property
    def running(self) -> bool:
        """Whether files are on their way."""
        return bool(self._busy or self._waiting)

    @property
    def files(self) -> PictureFiles:
        """What reads files."""
        if self._files is None:
            self._files = self._services.picture_files()
        return self._files

    def take_paths(
        self,
        paths: Sequence[Path],
        subject: Subject | None = None,
        *,
        again: Callable[[Path], bool] | None = None,
    ) -> None:
        """Take files in; folders among them are opened up."""
        files = self.files
        self._start()
        self._busy += 1

        def spread(found: list[Path]) -> None:
            self._busy -= 1
            self._add(Job(name=one.name, path=one, subject=subject, again=again) for one in found)

        self._operations.task(
            self,
            lambda _progress: files.spread(paths),
            success=spread,
            failure=lambda error: self._over(refused=error),
        )

    def take_picture(self, name: str, content: bytes, subject: Subject | None = None) -> None:
        """Take in what was pasted."""
        self._start()
        self._add([Job(name=name, content=content, subject=subject)])

    def take_large(self) -> None:
        """Take in after all what was asked about."""
        jobs = [replace(job, asked=True) for job, _size in self._outcome.large]
        self.leave_large()
        self._start()
        self._add(jobs)

    def leave_large(self) -> None:
        """Leave out what was asked about."""
        self._outcome.total -= len(self._outcome.large)
        self._outcome.large.clear()

    def stop(self) -> None:
        """Take nothing more in; what is in hand is finished or let go whole."""
        self._outcome.left += len(self._waiting)
        self._waiting.clear()
        for work in list(self._reading):
            work.stop()

    def _start(self) -> None:
        if not self.running:
            # What was asked about stays asked.
            large = self._outcome.large
            self._outcome = Outcome(total=len(large), large=large)
            self.begun.emit()

    def _add(self, jobs: Iterable[Job]) -> None:
        added = list(jobs)
        self._outcome.total += len(added)
        self._waiting.extend(added)
        self._go_on()

    def _go_on(self) -> None:
        while self._waiting and self._busy < _AT_ONCE:
            self._read(self._waiting.popleft())
        if not self.running:
            self.ended.emit(self._outcome)

    def _read(self, job: Job) -> None:
        self._busy += 1
        number = self._begun
        self._begun += 1
        self._tell(job.name)
        files, packs = self.files, self._services.packs

        def read(progress: Progress) -> ReadFile | _TooLarge:
            if job.path is None:
                return files.taken(job.name, job.content)
            size = files.size(job.path)
            if not job.asked and size > packs.current().evidence.ask_above_mb * _MB:
                return _TooLarge(size)
            return files.read(job.path, progress)

        def end(what: Callable[[], None]) -> None:
            self._reading.remove(work)
            self._in_turn(number, what)

        def done(found: ReadFile | _TooLarge) -> None:
            if isinstance(found, _TooLarge):
                self._outcome.large.append((job, found.size))
                self._over()
            else:
                self._keep(job, found)

        def refused(error: KnownError) -> None:
            if job.again is not None and job.path is not None and job.again(job.path):
                self._outcome.total -= 1
                self._over()
            else:
                self._over(refused=error)

        def stopped() -> None:
            self._outcome.left += 1
            self._over()

        work = self._operations.task(
            self,
            read,
            success=lambda found: end(lambda: done(found)),
            failure=lambda error: end(lambda: refused(error)),
            stopped=lambda: end(stopped),
        )
        self._reading.append(work)

    def _in_turn(self, number: int, what: Callable[[], None]) -> None:
        """Do it once all that was begun before is settled."""
        self._ready[number] = what
        while (ready := self._ready.pop(self._settled, None)) is not None:
            self._settled += 1
            ready()

    def _keep(self, job: Job, file: ReadFile) -> None:
        case_id = self._case_id
        kind, subject_id = job.subject or (None, "")
        self._operations.change(
            self,
            lambda ctx: take_in(
                ctx, case_id=case_id, file=file, subject_kind=kind, subject_id=subject_id
            ),
            success=lambda taken: self._over(taken=taken),
            failure=lambda error: self._over(refused=_of_file(error, job.name)),
        )

    def _over(self, *, taken: TakenIn | None = None, refused: KnownError | None = None) -> None:
        self._busy -= 1
        if taken is not None:
            self._outcome.taken.append(taken)
        if refused is not None:
            self._outcome.refused.append(refused)
        self._tell("")
        self._go_on()

    def _tell(self, name: str) -> None:
        self.progressed.emit(self._outcome.done, self._outcome.total, name)


def _of_file(error: KnownError, name: str) -> KnownError:
    """The refusal of a file by its name: what it was to be attached to is known."""
    return KnownError(error.what, where=name, remedy=error.remedy)

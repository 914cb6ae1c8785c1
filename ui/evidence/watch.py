"""A folder watched during the visit: what arrives in it goes into the pool by itself."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from landsteward.app.pictures import Arrival, PictureFiles
from landsteward.domain.errors import KnownError
from ui.evidence.arrivals import Arrivals
from ui.operations import Operations

LOOK_EVERY_MS = 1500
"""Two looks alike make a file whole. Network and USB folders report nothing, so it is polled."""
_SOON_MS = 250
_MOST_TRIES = 5


class FolderWatch(QObject):
    """Looks into one folder at a time, in the background."""

    arrived = Signal(list)
    """Paths of whole files that are new."""
    changed = Signal()
    """Another folder, none, what lay there before, or whether it can be reached."""

    def __init__(self, operations: Operations, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._files: PictureFiles | None = None
        self._arrivals: Arrivals | None = None
        self._looking = False
        self._tries: dict[Path, int] = {}
        self.folder: Path | None = None
        self.trouble: KnownError | None = None
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self._watcher.directoryChanged.connect(lambda _path: self._soon())

    @property
    def before(self) -> list[Path]:
        """What was there before, and was not taken yet."""
        return list(self._arrivals.before) if self._arrivals is not None else []

    def start(self, folder: Path, files: PictureFiles) -> None:
        """Watch a folder in place of any other."""
        self.stop()
        self.folder, self._files = folder, files
        self._watcher.addPath(str(folder))
        self.changed.emit()
        self._look()

    def stop(self) -> None:
        """Watch nothing any more."""
        self._timer.stop()
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self.folder = self.trouble = self._arrivals = None
        self._tries.clear()
        self.changed.emit()

    def take_before(self) -> list[Path]:
        """What was there before, to be taken after all; it is offered once."""
        if self._arrivals is None:
            return []
        found, self._arrivals.before = self._arrivals.before, []
        self.changed.emit()
        return found

    def again(self, path: Path) -> bool:
        """Whether a file that could not be read will be tried again: another program may still be
        at it.
        """
        tried = self._tries.get(path, 0) + 1
        self._tries[path] = tried
        if self._arrivals is None or tried >= _MOST_TRIES:
            return False
        self._arrivals.again(path)
        return True

    def _soon(self) -> None:
        if self.folder is not None and not self._looking:
            self._timer.start(_SOON_MS)

    def _look(self) -> None:
        folder, files = self.folder, self._files
        if folder is None or files is None or self._looking:
            return
        self._looking = True
        self._operations.task(
            self,
            lambda _progress: files.listing(folder),
            success=lambda listing: self._seen(folder, listing),
            failure=lambda error: self._not_seen(folder, error),
        )

    def _seen(self, folder: Path, listing: list[Arrival]) -> None:
        self._looking = False
        if folder != self.folder:
            self._look()
            return
        # A folder that went and came back is a new one to the system.
        if not self._watcher.directories():
            self._watcher.addPath(str(folder))
        if self._arrivals is None:
            self._arrivals = Arrivals(listing)
            self.trouble = None
            self.changed.emit()
        elif self.trouble is not None:
            self.trouble = None
            self.changed.emit()
        else:
            whole = self._arrivals.look(listing)
            if whole:
                self.arrived.emit(whole)
        self._timer.start(LOOK_EVERY_MS)

    def _not_seen(self, folder: Path, error: KnownError) -> None:
        self._looking = False
        if folder == self.folder:
            if self.trouble is None:
                self.trouble = error
                self.changed.emit()
            self._timer.start(LOOK_EVERY_MS)
        else:
            self._look()

"""Small pictures of evidence: the copies kept in the workspace, many at a time.

Where an original has no copies yet they are made in the background, one after another, and kept.
"""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage
from shiboken6 import isValid

from landsteward.app.context import Context
from landsteward.app.evidence import evidence_content
from landsteward.app.pictures import MadeCopies, PictureFiles, keep_copies, small_pictures
from landsteward.domain.casework import Evidence
from landsteward.domain.errors import KnownError
from ui.operations import Operations

_AT_A_TIME = 24

Then = Callable[[QImage], None]


class ThumbnailMaker(QObject):
    """Hands out the picture of each content; an empty image where there is none."""

    def __init__(
        self, operations: Operations, files: Callable[[], PictureFiles], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._operations = operations
        self._files = files
        self._made: dict[str, QImage] = {}
        self._waiting: dict[str, list[Then]] = {}
        self._wanted: dict[str, str] = {}
        self._missing: deque[tuple[str, str]] = deque()
        self._making = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)

    def ask(self, evidence: Evidence, then: Then) -> None:
        """Hand the picture to `then` once it is there."""
        sha256 = evidence.sha256
        if sha256 in self._made:
            then(self._made[sha256])
            return
        waiting = self._waiting.setdefault(sha256, [])
        waiting.append(then)
        if len(waiting) == 1:
            self._wanted[sha256] = evidence.id
            self._soon.start()

    def _ask(self) -> None:
        """One question for all that were asked for since."""
        wanted, self._wanted = self._wanted, {}
        keys = list(wanted)
        for start in range(0, len(keys), _AT_A_TIME):
            some = keys[start : start + _AT_A_TIME]

            def read(ctx: Context, some: list[str] = some) -> dict[str, QImage]:
                found = small_pictures(ctx, sha256s=some)
                return {
                    sha256: QImage.fromData(content) if content is not None else QImage()
                    for sha256, content in found.items()
                }

            def answered(images: dict[str, QImage], some: list[str] = some) -> None:
                for sha256, image in images.items():
                    self._hand_out(sha256, image)
                self._missing.extend((one, wanted[one]) for one in some if one not in images)
                self._make_next()

            self._operations.query(self, read, success=answered)

    def _make_next(self) -> None:
        """Make the copies of one original, then of the next."""
        if self._making or not self._missing:
            return
        self._making = True
        sha256, evidence_id = self._missing.popleft()
        files = self._files()

        def failed(_error: KnownError) -> None:
            self._made_one(sha256, MadeCopies())

        def make(content: bytes) -> None:
            self._operations.task(
                self,
                lambda _progress: files.copies(content),
                success=lambda made: self._keep(sha256, made),
            )

        self._operations.query(
            self,
            lambda ctx: evidence_content(ctx, evidence_id=evidence_id),
            success=make,
            failure=failed,
        )

    def _keep(self, sha256: str, made: MadeCopies) -> None:
        # Where nothing can be kept (reading only) the picture is shown all the same.
        self._operations.change(
            self,
            lambda ctx: keep_copies(ctx, sha256=sha256, made=made),
            failure=lambda _error: None,
        )
        self._made_one(sha256, made)

    def _made_one(self, sha256: str, made: MadeCopies) -> None:
        self._making = False
        small = made.small
        self._hand_out(sha256, QImage.fromData(small) if small is not None else QImage())
        self._make_next()

    def _hand_out(self, sha256: str, image: QImage) -> None:
        self._made[sha256] = image
        for then in self._waiting.pop(sha256, []):
            _deliver(then, image)


def _deliver(then: Then, image: QImage) -> None:
    tile = getattr(then, "__self__", None)
    if tile is None or isValid(tile):
        then(image)

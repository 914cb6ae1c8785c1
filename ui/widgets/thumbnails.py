"""Small pictures of evidence, made on the database thread and handed out once they are there."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage
from shiboken6 import isValid

from landsteward.app.evidence import evidence_content
from landsteward.domain.casework import Evidence
from ui.operations import Operations

_SIZE = 320


class ThumbnailMaker(QObject):
    """Makes the picture of each content once."""

    def __init__(self, operations: Operations, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._made: dict[str, QImage] = {}
        self._waiting: dict[str, list[Callable[[QImage], None]]] = {}

    def ask(self, evidence: Evidence, then: Callable[[QImage], None]) -> None:
        """Hand the picture to `then` once it is there; nothing where it is no picture."""
        sha256 = evidence.sha256
        if sha256 in self._made:
            then(self._made[sha256])
            return
        waiting = self._waiting.setdefault(sha256, [])
        waiting.append(then)
        if len(waiting) > 1:
            return
        self._operations.query(
            self,
            lambda ctx: _small(evidence_content(ctx, evidence_id=evidence.id)),
            success=lambda image: self._hand_out(sha256, image),
        )

    def _hand_out(self, sha256: str, image: QImage) -> None:
        self._made[sha256] = image
        for then in self._waiting.pop(sha256, []):
            _deliver(then, image)


def _deliver(then: Callable[[QImage], None], image: QImage) -> None:
    tile = getattr(then, "__self__", None)
    if tile is None or isValid(tile):
        then(image)


def _small(content: bytes) -> QImage:
    image = QImage.fromData(content)
    if image.isNull():
        return image
    return image.scaled(
        _SIZE,
        _SIZE,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )

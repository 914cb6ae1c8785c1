"""整改前后对照 of a finding: its pairs side by side, and two places to fill for the next one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QByteArray, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.photo_pairs import pair_photos, pairable, pairs_of, part_photos
from landsteward.domain.casework import Evidence
from landsteward.domain.photos import PhotoPair
from ui import theme
from ui.pages.case.work import CaseWork
from ui.viewer.compare import CompareDialog
from ui.widgets.basics import button, changes, clear, column, label, row
from ui.widgets.callout import Refusal
from ui.widgets.photos import EVIDENCE_MIME, PhotoTile

_TILE = (132, 96)
Pairs = tuple[tuple[PhotoPair, Evidence, Evidence], ...]
Photos = tuple[Evidence, ...]


class PairPanel(QWidget):
    """Told which finding it is for; asks for the rest itself. A pair is kept once both are set."""

    def __init__(self, work: CaseWork, finding_id: str) -> None:
        super().__init__()
        self._work = work
        self._finding_id = finding_id
        self._seen: tuple[object, ...] = ()
        self.compare: CompareDialog | None = None
        self.rows: list[PairRow] = []
        self.pairs = QVBoxLayout()
        self.pairs.setSpacing(8)
        self.before = PairSlot(tr("Before: drop or choose a photo"))
        self.after = PairSlot(tr("After: drop or choose a photo"))
        self.error = Refusal()
        for slot in (self.before, self.after):
            slot.filled.connect(self._filled)
        self._new = row(self.before, label("→", "dim"), self.after, gap=8)
        self._new.addWidget(self.error, 1)
        self.setLayout(column(self.pairs, self._new, gap=8))

    def refresh(self, *, writable: bool) -> None:
        """Read pairs and photos again."""
        finding_id = self._finding_id

        def read(ctx: Context) -> tuple[Pairs, tuple[Photos, Photos]]:
            return pairs_of(ctx, finding_id=finding_id), pairable(ctx, finding_id=finding_id)

        self._work.bench.operations.query(
            self, read, success=lambda found: self._show(*found, writable=writable)
        )

    def _show(self, pairs: Pairs, photos: tuple[Photos, Photos], *, writable: bool) -> None:
        both = bool(photos[0] and photos[1])
        for slot, offered in zip((self.before, self.after), photos, strict=True):
            slot.offered = offered
            slot.setVisible(writable and both)
        self.setVisible(bool(pairs) or (writable and both))
        if (pairs, writable) == self._seen:
            return
        self._seen = (pairs, writable)
        clear(self.pairs)
        self.rows = [PairRow(self._work, one, writable=writable) for one in pairs]
        for made, (pair, before, after) in zip(self.rows, pairs, strict=True):
            made.opened.connect(partial(self._compare, before, after))
            made.parted.connect(partial(self._part, pair.id))
            self.pairs.addWidget(made)

    def _filled(self) -> None:
        before, after = self.before.chosen, self.after.chosen
        if before is None or after is None:
            return
        finding_id = self._finding_id
        self.before.empty()
        self.after.empty()
        self._work.change(
            self,
            lambda ctx: pair_photos(
                ctx, finding_id=finding_id, before_id=before.id, after_id=after.id
            ),
            error=self.error,
        )

    def _compare(self, before: Evidence, after: Evidence) -> None:
        self.compare = CompareDialog(self._work.bench, before, after, self)
        self.compare.open()

    def _part(self, pair_id: str) -> None:
        self._work.change(self, lambda ctx: part_photos(ctx, pair_id=pair_id), error=self.error)


class PairRow(QFrame):
    """One pair; a click on either photo shows both large."""

    opened = Signal()
    parted = Signal()

    def __init__(
        self, work: CaseWork, pair: tuple[PhotoPair, Evidence, Evidence], *, writable: bool
    ) -> None:
        super().__init__()
        look = theme.current()
        size = QSize(look.px(_TILE[0]), look.px(_TILE[1]))
        sides: list[QVBoxLayout] = []
        self.tiles: list[PhotoTile] = []
        for one, word in zip(pair[1:], (tr("Before"), tr("After")), strict=True):
            tile = PhotoTile(one, work.thumbnails, size)
            tile.removable = False
            tile.opened.connect(lambda _key: self.opened.emit())
            tile.export_asked.connect(work.export_asked)
            self.tiles.append(tile)
            sides.append(column(tile, label(word, "dim"), gap=2))
        self.part = button(tr("Take apart"), "link", self.parted.emit, changing=True)
        layout: QHBoxLayout = row(sides[0], label("→", "dim"), sides[1], self.part, 1, gap=8)
        self.setLayout(layout)
        self.part.setVisible(writable)


class PairSlot(QFrame):
    """A place for one photo: dropped here, or chosen from a menu of those that fit."""

    filled = Signal()

    def __init__(self, word: str) -> None:
        super().__init__()
        look = theme.current()
        self.setFixedSize(look.px(_TILE[0]), look.px(56))
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("role", "card")
        self.setAccessibleName(word)
        changes(self)
        self._word = word
        self.offered: Sequence[Evidence] = ()
        self.chosen: Evidence | None = None
        self.text = label(word, "dim", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(column(self.text, margin=6))

    def take(self, evidence: Evidence) -> None:
        """This one."""
        self.chosen = evidence
        self.text.setText(evidence.caption or evidence.file_name)
        self.filled.emit()

    def empty(self) -> None:
        """Nothing chosen any more."""
        self.chosen = None
        self.text.setText(self._word)

    def menu(self) -> QMenu:
        """The photos that fit."""
        made = QMenu(self)
        made.aboutToHide.connect(made.deleteLater)
        for one in self.offered:
            made.addAction(one.caption or one.file_name).triggered.connect(
                lambda _on=False, one=one: self.take(one)
            )
        return made

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click offers what fits."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.menu().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So does Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.menu().popup(self.mapToGlobal(self.rect().bottomLeft()))
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only photos that fit."""
        if self._dragged(event.mimeData()) is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Not here after all."""

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        found = self._dragged(event.mimeData())
        if found is not None:
            event.acceptProposedAction()
            self.take(found)

    def _dragged(self, data: QMimeData) -> Evidence | None:
        held: QByteArray = data.data(EVIDENCE_MIME)
        key = bytes(held.data()).decode()
        return next((one for one in self.offered if one.id == key), None)

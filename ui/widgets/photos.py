"""Photos and files as small tiles: shown, dropped, pasted, chosen, opened, taken off."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPointF, QRectF, QSize, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTransform,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QSizePolicy, QWidget

from landsteward.app.language import tr
from landsteward.domain.casework import Evidence
from ui import theme
from ui.evidence.kinds import is_picture, kind_of
from ui.evidence.marks import paint_marks
from ui.widgets.flow import FlowLayout

EVIDENCE_MIME = "application/x-landsteward-evidence"


class Thumbnails(Protocol):
    """Gives the small picture of a piece of evidence, now or later; None where there is none."""

    def ask(self, evidence: Evidence, then: Callable[[QImage], None]) -> None:
        """Hand the picture to `then` once it is there."""
        ...


def pasted_image() -> tuple[str, bytes] | None:
    """The image on the clipboard as PNG, or None."""
    image = QGuiApplication.clipboard().image()
    if image.isNull():
        return None
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return tr("Pasted picture") + ".png", bytes(content.data())


class PhotoTile(QWidget):
    """One photo or file. Enter or a click opens it, Delete takes it off."""

    opened = QtSignal(str)
    removed = QtSignal(str)
    attach_asked = QtSignal(str)
    export_asked = QtSignal(str)

    def __init__(self, evidence: Evidence, thumbnails: Thumbnails, size: QSize) -> None:
        super().__init__()
        self.evidence = evidence
        self._small = QImage()
        self._image = QImage()
        self._size = size
        self._pressed: QPointF | None = None
        self.setFixedSize(size)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.removable = True
        self.attachable = False
        self.show_evidence(evidence)
        if is_picture(evidence):
            thumbnails.ask(evidence, self._show_image)

    def show_evidence(self, evidence: Evidence) -> None:
        """Show caption, marks and turn as they are now."""
        turned = evidence.turn != self.evidence.turn
        marked = evidence.marks != self.evidence.marks
        self.evidence = evidence
        self.setToolTip(evidence.caption or evidence.file_name)
        self.setAccessibleName(self.toolTip())
        if turned:
            self._show_image(self._small)
        elif marked:
            self.update()

    @property
    def image(self) -> QImage:
        """The small picture as it is shown; null until it is there, or where there is none."""
        return self._image

    def _show_image(self, image: QImage) -> None:
        self._small = image
        turn = self.evidence.turn
        self._image = image.transformed(QTransform().rotate(90 * turn)) if turn else image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture cut to the tile, or the kind of file."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(area, 4, 4)
        painter.setClipPath(path)
        painter.fillPath(path, look.colour("hover"))
        if self._image.isNull():
            painter.setPen(look.colour("dim"))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), kind_of(self.evidence))
        else:
            width, height = self._image.width(), self._image.height()
            ratio = max(area.width() / width, area.height() / height)
            shown = QRectF(0, 0, width * ratio, height * ratio)
            shown.moveCenter(area.center())
            painter.drawImage(shown, self._image)
            if self.evidence.marks:
                paint_marks(painter, shown, self.evidence.marks, self.evidence.turn)
        painter.setClipping(False)
        focused = self.hasFocus()
        painter.setPen(QPen(look.colour("accent" if focused else "line"), 2 if focused else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The start of a click or a drag."""
        self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the photo to what it proves."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        moved = (event.position() - self._pressed).manhattanLength()
        if moved < QApplication.startDragDistance():
            return
        self._pressed = None
        data = QMimeData()
        data.setData(EVIDENCE_MIME, QByteArray(self.evidence.id.encode()))
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(self.grab())
        drag.exec(Qt.DropAction.CopyAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        if self._pressed is not None and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(self.evidence.id)
        self._pressed = None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open, attach, save, take off."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        key = self.evidence.id
        menu.addAction(tr("Open")).triggered.connect(lambda: self.opened.emit(key))
        if self.attachable:
            menu.addAction(tr("Attach to…")).triggered.connect(lambda: self.attach_asked.emit(key))
        menu.addAction(tr("Save the original as…")).triggered.connect(
            lambda: self.export_asked.emit(key)
        )
        if self.removable:
            menu.addAction(tr("Take off; it stays among the case's photos")).triggered.connect(
                lambda: self.removed.emit(key)
            )
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete takes off."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.evidence.id)
        elif event.key() == Qt.Key.Key_Delete and self.removable:
            self.removed.emit(self.evidence.id)
        else:
            super().keyPressEvent(event)


class _AddTile(QWidget):
    """A dashed tile: click to choose files, drop or paste onto it."""

    clicked = QtSignal()

    def __init__(self, size: QSize) -> None:
        super().__init__()
        self.setFixedSize(size)
        self.hot = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("Drop or paste photos here, or click to choose files"))
        self.setAccessibleName(tr("Add photos"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed frame and the word."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self.hasFocus() or self.hot
        painter.setPen(
            QPen(look.colour("accent" if strong else "line_strong"), 1.2, Qt.PenStyle.DashLine)
        )
        if self.hot:
            painter.setBrush(look.colour("accent_soft"))
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(area, 4, 4)
        painter.setPen(look.colour("accent" if strong else "dim"))
        font = self.font()
        font.setPixelSize(look.px(12.5))
        painter.setFont(font)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), tr("＋ Photo"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click asks for files."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for files."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class PhotoStrip(QWidget):
    """Tiles of what is attached, and one to add more by drop, paste (Ctrl+V) or file dialog."""

    files_given = QtSignal(list)
    """Paths of files dropped or chosen."""
    picture_pasted = QtSignal(str, bytes)
    """File name and PNG bytes of a pasted picture."""
    evidence_given = QtSignal(str)
    """Key of a photo of the pool dragged here."""
    opened = QtSignal(str)
    removed = QtSignal(str)
    attach_asked = QtSignal(str)
    export_asked = QtSignal(str)

    def __init__(self, thumbnails: Thumbnails, *, width: int = 72, height: int = 56) -> None:
        super().__init__()
        look = theme.current()
        self._thumbnails = thumbnails
        self._size = QSize(look.px(width), look.px(height))
        self._tiles: dict[str, PhotoTile] = {}
        self._fixed = False
        self.attaching = False
        """Whether tiles offer to be attached to something else."""
        self.locked = False
        self.setAcceptDrops(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(gap=6)
        self.setLayout(self._flow)
        self.add_tile = _AddTile(self._size)
        self.add_tile.clicked.connect(self.ask_for_files)
        self._flow.addWidget(self.add_tile)

    def show_photos(self, photos: Sequence[Evidence], *, fixed: bool = False) -> None:
        """Show these; `fixed` ones cannot be added to or taken off."""
        fixed = fixed or self.locked
        self._fixed = fixed
        self.setAcceptDrops(not fixed)
        self.add_tile.setVisible(not fixed)
        wanted = [one.id for one in photos]
        if wanted != list(self._tiles):
            self._lay_out(photos, wanted)
        for one in photos:
            tile = self._tiles[one.id]
            tile.show_evidence(one)
            tile.removable = not fixed
            tile.attachable = self.attaching and not fixed
        self.updateGeometry()

    def _lay_out(self, photos: Sequence[Evidence], wanted: list[str]) -> None:
        """Tiles that stay stay; only what is new is made."""
        self._flow.removeWidget(self.add_tile)
        for key in [key for key in self._tiles if key not in set(wanted)]:
            gone = self._tiles.pop(key)
            self._flow.removeWidget(gone)
            gone.hide()
            gone.setParent(None)
            gone.deleteLater()
        if list(self._tiles) != wanted[: len(self._tiles)]:
            for tile in self._tiles.values():
                self._flow.removeWidget(tile)
            kept, self._tiles = self._tiles, {}
        else:
            kept = {}
        for one in photos[len(self._tiles) :]:
            tile = kept.get(one.id) or self._make_tile(one)
            self._tiles[one.id] = tile
            self._flow.addWidget(tile)
        self._flow.addWidget(self.add_tile)

    def _make_tile(self, one: Evidence) -> PhotoTile:
        tile = PhotoTile(one, self._thumbnails, self._size)
        tile.opened.connect(self.opened)
        tile.removed.connect(self.removed)
        tile.attach_asked.connect(self.attach_asked)
        tile.export_asked.connect(self.export_asked)
        return tile

    def lock(self) -> None:
        """Nothing is added or taken off from now on."""
        self.locked = True
        self._fixed = True
        self.setAcceptDrops(False)
        self.add_tile.hide()
        for tile in self._tiles.values():
            tile.removable = tile.attachable = False

    @property
    def tiles(self) -> list[PhotoTile]:
        """The tiles shown."""
        return list(self._tiles.values())

    def ask_for_files(self) -> None:
        """Choose photos or files."""
        chosen, _filter = QFileDialog.getOpenFileNames(
            self,
            tr("Add photos or files"),
            "",
            tr("Photos and documents")
            + " (*.jpg *.jpeg *.png *.bmp *.gif *.webp *.tif *.tiff *.heic *.heif *.pdf *.doc"
            " *.docx *.xls *.xlsx *.ppt *.pptx *.ofd *.txt *.mp4 *.mov);;"
            + tr("All files")
            + " (*)",
        )
        if chosen:
            self.files_given.emit([Path(one) for one in chosen])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes a picture."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self._fixed:
            self.paste()
        else:
            super().keyPressEvent(event)

    def paste(self) -> None:
        """Take the picture or the files on the clipboard."""
        paths = _paths(QGuiApplication.clipboard().mimeData())
        if paths:
            self.files_given.emit(paths)
        elif picture := pasted_image():
            self.picture_pasted.emit(*picture)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and photos of the pool are welcome."""
        data = event.mimeData()
        if _paths(data) or data.hasFormat(EVIDENCE_MIME):
            self._heat(True)
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Not here after all."""
        self._heat(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self._heat(False)
        data = event.mimeData()
        if data.hasFormat(EVIDENCE_MIME):
            self.evidence_given.emit(bytes(data.data(EVIDENCE_MIME).data()).decode())
        elif paths := _paths(data):
            self.files_given.emit(paths)
        event.acceptProposedAction()

    def _heat(self, hot: bool) -> None:
        self.add_tile.hot = hot
        self.add_tile.update()


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]

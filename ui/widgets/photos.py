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
)
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QSizePolicy, QWidget

from landsteward.app.language import tr
from landsteward.domain.casework import Evidence
from ui import theme
from ui.widgets.basics import clear
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

    def __init__(self, evidence: Evidence, thumbnails: Thumbnails, size: QSize) -> None:
        super().__init__()
        self.evidence = evidence
        self._image = QImage()
        self._size = size
        self._pressed: QPointF | None = None
        self.setFixedSize(size)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.removable = True
        self.show_evidence(evidence)
        if evidence.media_type.startswith("image/"):
            thumbnails.ask(evidence, self._show_image)

    def show_evidence(self, evidence: Evidence) -> None:
        """Show the caption as it is now."""
        self.evidence = evidence
        self.setToolTip(evidence.caption or evidence.file_name)
        self.setAccessibleName(self.toolTip())

    def _show_image(self, image: QImage) -> None:
        self._image = image
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
            kind = Path(self.evidence.file_name).suffix.lstrip(".").upper() or tr("File")
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), kind[:6])
        else:
            ratio = max(area.width() / self._image.width(), area.height() / self._image.height())
            width, height = area.width() / ratio, area.height() / ratio
            source = QRectF(
                (self._image.width() - width) / 2,
                (self._image.height() - height) / 2,
                width,
                height,
            )
            painter.drawImage(area, self._image, source)
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
        """Open or take off."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Open")).triggered.connect(lambda: self.opened.emit(self.evidence.id))
        if self.removable:
            menu.addAction(tr("Take off; it stays among the case's photos")).triggered.connect(
                lambda: self.removed.emit(self.evidence.id)
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

    def __init__(self, thumbnails: Thumbnails, *, width: int = 72, height: int = 56) -> None:
        super().__init__()
        look = theme.current()
        self._thumbnails = thumbnails
        self._size = QSize(look.px(width), look.px(height))
        self._tiles: dict[str, PhotoTile] = {}
        self._fixed = False
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
        if [one.id for one in photos] != list(self._tiles):
            self._flow.removeWidget(self.add_tile)
            clear(self._flow)
            self._tiles = {}
            for one in photos:
                tile = PhotoTile(one, self._thumbnails, self._size)
                tile.opened.connect(self.opened)
                tile.removed.connect(self.removed)
                self._tiles[one.id] = tile
                self._flow.addWidget(tile)
            self._flow.addWidget(self.add_tile)
        for one in photos:
            self._tiles[one.id].show_evidence(one)
            self._tiles[one.id].removable = not fixed
        self.updateGeometry()

    def lock(self) -> None:
        """Nothing is added or taken off from now on."""
        self.locked = True
        self._fixed = True
        self.setAcceptDrops(False)
        self.add_tile.hide()
        for tile in self._tiles.values():
            tile.removable = False

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
            + " (*.jpg *.jpeg *.png *.bmp *.gif *.webp *.tif *.tiff *.pdf *.doc *.docx *.xls *.xlsx"
            " *.ofd *.txt);;" + tr("All files") + " (*)",
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

"""A photo in full size with what is known of it; the caption can be written here."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QSizePolicy, QWidget

from landsteward.app.evidence import describe_evidence, evidence_content
from landsteward.app.language import tr
from landsteward.domain.casework import Evidence
from ui import formats, theme
from ui.widgets.basics import button, column, label, row, selectable
from ui.widgets.fields import TextField
from ui.workbench import Workbench


class PhotoDialog(QDialog):
    """Walks through the photos of a case. Use `open()`; it goes by itself."""

    def __init__(
        self, bench: Workbench, pool: tuple[Evidence, ...], evidence_id: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look = theme.current()
        self._bench = bench
        self._pool = list(pool)
        self._place = next((number for number, one in enumerate(pool) if one.id == evidence_id), 0)
        self.picture = _Picture()
        self.caption = TextField(tr("Caption"))
        self.facts = selectable("", "dim")
        self.before = button("‹", "small", lambda: self._walk(-1), hint=tr("Previous (←)"))
        self.after = button("›", "small", lambda: self._walk(1), hint=tr("Next (→)"))
        self.count = label("", "dim")
        self.caption.autosaves = True
        self.caption.committed.connect(self._keep_caption)
        self.setLayout(
            column(
                self.picture,
                self.caption,
                self.facts,
                row(self.before, self.after, self.count, 1, button(tr("Close"), "", self.close)),
                gap=10,
                margin=16,
            )
        )
        self.resize(look.px(880), look.px(660))
        self._show()

    @property
    def evidence(self) -> Evidence:
        """The photo shown."""
        return self._pool[self._place]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk."""
        if event.key() == Qt.Key.Key_Left:
            self._walk(-1)
        elif event.key() == Qt.Key.Key_Right:
            self._walk(1)
        else:
            super().keyPressEvent(event)

    def _walk(self, by: int) -> None:
        if 0 <= self._place + by < len(self._pool) and self.caption.commit():
            self._place += by
            self._show()

    def _show(self) -> None:
        one = self.evidence
        self.setWindowTitle(one.caption or one.file_name)
        self.caption.set_value(one.caption)
        self.facts.setText(
            tr(
                "{file} · {size} KB · added {at} · SHA-256 {sha}",
                file=one.file_name,
                size=max(1, one.size_bytes // 1024),
                at=formats.moment(one.added_at),
                sha=one.sha256,
            )
        )
        self.count.setText(f"{self._place + 1} / {len(self._pool)}")
        self.before.setEnabled(self._place > 0)
        self.after.setEnabled(self._place + 1 < len(self._pool))
        self.picture.show_image(QImage(), one.file_name)
        evidence_id = one.id
        self._bench.operations.query(
            self,
            lambda ctx: QImage.fromData(evidence_content(ctx, evidence_id=evidence_id)),
            success=lambda image: self._arrived(evidence_id, image),
        )

    def _arrived(self, evidence_id: str, image: QImage) -> None:
        if self.evidence.id == evidence_id:
            self.picture.show_image(image, self.evidence.file_name)

    def _keep_caption(self, caption: str) -> None:
        evidence_id = self.evidence.id
        self._bench.operations.change(
            self,
            lambda ctx: describe_evidence(ctx, evidence_id=evidence_id, caption=caption),
            success=self._described,
            failure=self.caption.refused,
        )

    def _described(self, changed: Evidence) -> None:
        self._pool = [changed if one.id == changed.id else one for one in self._pool]


class _Picture(QWidget):
    """An image fitted into the widget, or the name of a file that is none."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)

    def show_image(self, image: QImage, name: str) -> None:
        """Show this."""
        self._image = image
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The image, whole, on the ground."""
        painter = QPainter(self)
        look = theme.current()
        painter.fillRect(self.rect(), look.colour("hover"))
        if self._image.isNull():
            painter.setPen(look.colour("dim"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._name)
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(
            self.rect().adjusted(
                left,
                top,
                -(self.width() - size.width() - left),
                -(self.height() - size.height() - top),
            ),
            self._image,
        )

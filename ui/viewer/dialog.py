"""A photo in full size: zoomed, walked past, turned, marked; beside it all that is known of it."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from landsteward.app.context import Context
from landsteward.app.evidence import detach_evidence, evidence_content
from landsteward.app.evidence_card import EvidenceCard, evidence_card
from landsteward.app.evidence_marks import set_marks, turn_photo
from landsteward.app.evidence_subjects import EvidenceSubject
from landsteward.app.language import render, tr
from landsteward.app.pictures import Pixels
from landsteward.domain.casework import Evidence
from landsteward.domain.errors import KnownError
from landsteward.domain.photos import Mark, MarkColour
from ui import theme
from ui.evidence.export import save_original
from ui.evidence.kinds import is_picture, kind_of
from ui.viewer.canvas import PhotoCanvas
from ui.viewer.facts import FactsPanel
from ui.viewer.tools import MarkTools
from ui.widgets.basics import button, column, label, row, scrolled
from ui.widgets.signs import words_of
from ui.workbench import Workbench

_SHARP_AFTER_MS = 250
"""Whoever walks on quickly waits for no original."""
_LONGEST = 6000
Marks = tuple[Mark, ...]
Attach = Callable[[str, QWidget], None]
"""Offers, over a widget, what a piece of evidence may be attached to, by its key."""


class PhotoDialog(QDialog):
    """Walks through the photos of a case. Use `open()`; it goes by itself.

    `attach` is there where the photos may be attached to something from here.
    """

    def __init__(
        self,
        bench: Workbench,
        pool: Sequence[Evidence],
        evidence_id: str,
        parent: QWidget,
        *,
        attach: Attach | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._bench = bench
        self._pool = list(pool)
        self._place = next((number for number, one in enumerate(pool) if one.id == evidence_id), 0)
        self._card: EvidenceCard | None = None
        self._undo: list[Marks] = []
        self._redo: list[Marks] = []
        self._typing: QLineEdit | None = None
        self.canvas = PhotoCanvas()
        self.tools = MarkTools()
        self.facts = FactsPanel(bench.operations, attaching=attach is not None)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.before = button("‹", "small", lambda: self._walk(-1), hint=tr("Previous (←)"))
        self.after = button("›", "small", lambda: self._walk(1), hint=tr("Next (→)"))
        self.count = label("", "dim")
        self.turn = button(
            tr("↻ Turn"),
            "small",
            lambda: self._turn(1),
            hint=tr("Turn clockwise (R)"),
            changing=True,
        )
        self.larger = button("＋", "small", lambda: self.canvas.zoom_by(1.25), hint=tr("Larger"))
        self.smaller = button("－", "small", lambda: self.canvas.zoom_by(0.8), hint=tr("Smaller"))
        self.whole = button(tr("Whole"), "small", self.canvas.fit, hint=tr("Whole picture (0)"))
        self.export = button(tr("Save the original as…"), "", self._export)
        left = column(self.tools, gap=8)
        left.addWidget(self.canvas, 1)
        left.addWidget(self.error)
        body = row(gap=16)
        body.addLayout(left, 1)
        side = scrolled(self.facts)
        side.setFixedWidth(self.facts.width() + theme.current().px(8))
        body.addWidget(side)
        layout = column(gap=10, margin=16)
        layout.addLayout(body, 1)
        layout.addLayout(
            row(
                self.before,
                self.after,
                self.count,
                1,
                self.smaller,
                self.larger,
                self.whole,
                self.turn,
                1,
                self.export,
                button(tr("Close"), "", self.close),
            )
        )
        self.setLayout(layout)
        self._sharp = QTimer(self)
        self._sharp.setSingleShot(True)
        self._sharp.setInterval(_SHARP_AFTER_MS)
        self._sharp.timeout.connect(self._read_original)
        self._connect(attach)
        look = theme.current()
        self.resize(look.px(1120), look.px(680))
        self.canvas.setFocus()
        self._show()

    def _connect(self, attach: Attach | None) -> None:
        canvas, tools = self.canvas, self.tools
        canvas.walked.connect(self._walk)
        canvas.marks_made.connect(self._made)
        canvas.text_asked.connect(self._ask_text)
        canvas.chosen.connect(lambda _number: self._show_tools())
        canvas.tool_dropped.connect(tools.drop)
        tools.tool_taken.connect(canvas.take_tool)
        tools.colour_taken.connect(self._paint)
        tools.undo_asked.connect(self.undo)
        tools.redo_asked.connect(self.redo)
        tools.delete_asked.connect(canvas.delete_chosen)
        self.facts.described.connect(self._changed)
        self.facts.taken_off.connect(self._take_off)
        if attach is not None:
            self.facts.attach_asked.connect(lambda: attach(self.evidence.id, self))
        self._bench.operations.changed.connect(self._read_card)

    @property
    def evidence(self) -> Evidence:
        """The photo shown."""
        return self._pool[self._place]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk, R turns; what was drawn is undone and redone."""
        if event.key() == Qt.Key.Key_Left:
            self._walk(-1)
        elif event.key() == Qt.Key.Key_Right:
            self._walk(1)
        elif event.key() == Qt.Key.Key_R and self.turn.isEnabled():
            self._turn(1)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Keep what is being typed before it goes."""
        self.facts.commit()
        super().done(result)

    # Which photo

    def _walk(self, by: int) -> None:
        if 0 <= self._place + by < len(self._pool) and self.facts.commit():
            self._place += by
            self._show()

    def _show(self) -> None:
        one = self.evidence
        self._card = None
        self._undo, self._redo = [], []
        self._end_typing()
        self.tools.drop()
        self.canvas.take_tool(None)
        self.setWindowTitle(one.caption or one.file_name)
        self.count.setText(f"{self._place + 1} / {len(self._pool)}")
        self.before.setEnabled(self._place > 0)
        self.after.setEnabled(self._place + 1 < len(self._pool))
        self.error.hide()
        self.canvas.markable = False
        self.canvas.show_nothing("" if is_picture(one) else f"{kind_of(one)}\n{one.file_name}")
        self.canvas.show_marks(one.marks, one.turn)
        self.facts.begin(one)
        self._show_tools()
        self._read_card()
        self._sharp.start()

    def _read_card(self) -> None:
        evidence_id, first = self.evidence.id, self._card is None

        def read(ctx: Context) -> tuple[EvidenceCard, QImage]:
            card = evidence_card(ctx, evidence_id=evidence_id)
            wanted = first and card.picture is not None
            return card, QImage.fromData(card.picture) if wanted and card.picture else QImage()

        self._bench.operations.query(
            self, read, success=lambda found: self._arrived(evidence_id, first, *found)
        )

    def _arrived(self, evidence_id: str, first: bool, card: EvidenceCard, image: QImage) -> None:
        if self.evidence.id != evidence_id:
            return
        self._card = card
        self._pool[self._place] = card.evidence
        if first:
            self.canvas.show_picture(image)
        self.canvas.show_marks(card.evidence.marks, card.evidence.turn)
        self.canvas.markable = card.unmarked is None and is_picture(card.evidence)
        self.turn.setEnabled(self.canvas.markable)
        self.facts.present(card)
        self._show_tools()

    def _read_original(self) -> None:
        """The original: sharper when zoomed, and held against its SHA-256."""
        one = self.evidence
        picture = is_picture(one)
        files = self._bench.services.picture_files()

        def look(content: bytes) -> None:
            self._bench.operations.task(
                self,
                lambda _progress: (
                    hashlib.sha256(content).hexdigest() == one.sha256,
                    files.pixels(content, _LONGEST) if picture else None,
                ),
                success=lambda found: self._looked(one, *found),
            )

        self.facts.say_check(tr("SHA-256: checking…\n{sha}", sha=_in_two_lines(one.sha256)), "dim")
        self._bench.operations.query(
            self, lambda ctx: evidence_content(ctx, evidence_id=one.id), success=look
        )

    def _looked(self, one: Evidence, same: bool, pixels: Pixels | None) -> None:
        if self.evidence.id != one.id:
            return
        sha = _in_two_lines(one.sha256)
        if same:
            self.facts.say_check(tr("SHA-256 ✓ as taken in\n{sha}", sha=sha), "good")
        else:
            self.facts.say_check(
                tr("SHA-256 ✗ the content is not what was taken in\n{sha}", sha=sha), "bad"
            )
        if pixels is not None:
            image = QImage(
                pixels.rgb,
                pixels.width,
                pixels.height,
                3 * pixels.width,
                QImage.Format.Format_RGB888,
            ).copy()
            self.canvas.show_picture(image)
        elif is_picture(one) and self._card is not None and self._card.picture is None:
            self.canvas.show_nothing(
                tr(
                    "{name}\nThis picture cannot be shown; the original is kept.",
                    name=one.file_name,
                )
            )

    # Marks

    def undo(self) -> None:
        """Marks as they were before the last change."""
        if self._undo and self.canvas.markable:
            self._redo.append(self.evidence.marks)
            self._keep(self._undo.pop())

    def redo(self) -> None:
        """The change that was undone, once more."""
        if self._redo and self.canvas.markable:
            self._undo.append(self.evidence.marks)
            self._keep(self._redo.pop())

    def _made(self, marks: Marks) -> None:
        self._undo.append(self.evidence.marks)
        self._redo.clear()
        self._keep(marks)

    def _keep(self, marks: Marks) -> None:
        """At once on the screen, then in the workspace."""
        evidence_id = self.evidence.id
        self._pool[self._place] = replace(self.evidence, marks=marks)
        self.canvas.show_marks(marks, self.evidence.turn)
        self._show_tools()
        self._bench.operations.change(
            self,
            lambda ctx: set_marks(ctx, evidence_id=evidence_id, marks=marks),
            success=self._changed,
            failure=self._refused,
        )

    def _paint(self, colour: MarkColour) -> None:
        self.canvas.paint_chosen(colour)

    def _turn(self, by: int) -> None:
        evidence_id = self.evidence.id
        self._bench.operations.change(
            self,
            lambda ctx: turn_photo(ctx, evidence_id=evidence_id, by=by),
            success=self._changed,
            failure=self._refused,
        )

    def _ask_text(self, at: QPointF) -> None:
        """A line to type into where the text is to stand; Enter puts it there."""
        self._end_typing()
        line = QLineEdit(self.canvas)
        line.setPlaceholderText(tr("Text, then Enter"))
        line.setMaxLength(200)
        width = min(theme.current().px(260), max(self.canvas.width() - 16, 60))
        x = min(int(at.x()), self.canvas.width() - width - 8)
        y = min(int(at.y()), self.canvas.height() - theme.current().px(40))
        line.setGeometry(max(x, 0), max(y, 0), width, theme.current().px(34))
        line.show()
        line.setFocus()
        self._typing = line

        def finish() -> None:
            text = line.text().strip()
            self._end_typing()
            if text:
                self.canvas.add_text(at, text)
            self.canvas.setFocus()

        line.editingFinished.connect(finish)

    def _end_typing(self) -> None:
        line, self._typing = self._typing, None
        if line is not None:
            line.blockSignals(True)
            line.hide()
            line.deleteLater()

    def _show_tools(self) -> None:
        card = self._card
        why = ""
        if card is not None and card.unmarked is not None and is_picture(card.evidence):
            why = render(card.unmarked)
        self.tools.present(
            markable=self.canvas.markable,
            why=why,
            undo=bool(self._undo),
            redo=bool(self._redo),
            chosen=self.canvas.choice >= 0,
        )

    # What is kept

    def _changed(self, changed: Evidence) -> None:
        self._pool = [changed if one.id == changed.id else one for one in self._pool]
        self.error.hide()

    def _refused(self, error: KnownError) -> None:
        self.error.setText(words_of(error))
        self.error.show()
        self._read_card()

    def _take_off(self, subject: EvidenceSubject) -> None:
        evidence_id = self.evidence.id
        self._bench.operations.change(
            self,
            lambda ctx: detach_evidence(
                ctx,
                evidence_id=evidence_id,
                subject_kind=subject.kind,
                subject_id=subject.subject_id,
            ),
            failure=self._refused,
        )

    def _export(self) -> None:
        save_original(self._bench, self.evidence, self)


def _in_two_lines(sha256: str) -> str:
    """It has no place to break of its own."""
    half = len(sha256) // 2
    return f"{sha256[:half]}\n{sha256[half:]}"

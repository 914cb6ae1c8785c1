"""To sign: what is signed in words, who signs, and a large pad."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from landsteward.app.language import tr
from landsteward.domain.errors import KnownError
from landsteward.domain.strokes import Stroke
from ui import theme
from ui.widgets.basics import button, column, label, row
from ui.widgets.sign_pad import SignPad
from ui.widgets.signs import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A signature as it was drawn, and how large the pad was, in tenths of a pixel."""

    strokes: tuple[Stroke, ...]
    width: int
    height: int


class SigningDialog(QDialog):
    """Use `open()`. `signed` carries what was drawn; it goes once `kept` is called, and stays with
    what was drawn where `refuse` says why it could not be kept.
    """

    signed = Signal(object)

    def __init__(self, parent: QWidget, *, who: str, what: str) -> None:
        """`who` signs `what`: a sentence that says it all."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Sign: {name}", name=who))
        self.setModal(True)
        self.who = label(who, "title")
        self.what = label(what, wrap=True)
        self.pad = SignPad()
        self.clear = button(tr("Clear"), "", self.pad.clear)
        self.keep = button(tr("Sign"), "primary", self._sign)
        self.keep.setEnabled(False)
        for one in (self.clear, self.keep):
            one.setAutoDefault(False)
            one.setMinimumHeight(theme.current().px(44))
        cancel = button(tr("Cancel"), "", self.reject)
        cancel.setMinimumHeight(theme.current().px(44))
        cancel.setAutoDefault(False)
        hint = label(tr("By mouse, finger or pen. Ctrl+Z takes the last stroke back."), "dim")
        self.error = label("", "error", wrap=True)
        self.error.hide()
        layout = column(self.who, self.what, self.error, gap=10, margin=20)
        layout.addWidget(self.pad, 1)
        layout.addLayout(row(self.clear, hint, 1, cancel, self.keep, gap=10))
        self.setLayout(layout)
        look = theme.current()
        room = self.screen().availableSize()
        self.resize(min(look.px(960), room.width() - 60), min(look.px(560), room.height() - 80))
        self.pad.changed.connect(self._changed)
        self.pad.setFocus()

    def _sign(self) -> None:
        if not self.pad.signed:
            return
        self.keep.setEnabled(False)
        self.signed.emit(
            Drawn(
                strokes=self.pad.strokes,
                width=self.pad.width() * 10,
                height=self.pad.height() * 10,
            )
        )

    def kept(self) -> None:
        """The signature is on the disk."""
        self.accept()

    def refuse(self, error: KnownError) -> None:
        """It could not be kept; what was drawn is still here."""
        self.error.setText(words_of(error))
        self.error.show()
        self.keep.setEnabled(self.pad.signed)

    def _changed(self) -> None:
        self.error.hide()
        self.keep.setEnabled(self.pad.signed)

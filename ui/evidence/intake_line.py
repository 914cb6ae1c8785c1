"""One line about files on their way in: how far they are, then what came of them."""

from collections import Counter

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QProgressBar

from landsteward.app.language import render, tr
from ui.evidence.intake import Intake, Outcome
from ui.evidence.kinds import size_in_words
from ui.widgets.basics import ElidedLabel, button, column, restyle, row, selectable
from ui.widgets.signs import words_of

_SHOW_AFTER_MS = 700
_GOOD_NEWS_MS = 6000
_MOST_LINES = 12


class IntakeLine(QFrame):
    """To be seen while it takes a while, and as long as there is something to say.

    Each file that was refused, or is odd, is named with the reason; large ones are asked about.
    """

    def __init__(self, intake: Intake) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._intake = intake
        self.text = ElidedLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(240)
        self.cancel = button(tr("Cancel"), "link", intake.stop)
        self.take = button("", "link", self._take_large, changing=True)
        self.leave = button(tr("Leave out"), "link", self._leave_large)
        self.close_button = button("×", "quiet", self.hide, hint=tr("Dismiss"))
        self.close_button.setFixedWidth(32)
        self.details = selectable()
        head = row(gap=12)
        head.addWidget(self.text, 1)
        for one in (self.bar, self.cancel, self.take, self.leave, self.close_button):
            head.addWidget(one)
        layout = column(head, self.details, gap=4)
        layout.setContentsMargins(12, 4, 4, 6)
        self.setLayout(layout)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_SHOW_AFTER_MS)
        self._late.timeout.connect(self.show)
        self._gone = QTimer(self)
        self._gone.setSingleShot(True)
        self._gone.setInterval(_GOOD_NEWS_MS)
        self._gone.timeout.connect(self.hide)
        intake.begun.connect(self._begun)
        intake.progressed.connect(self._progressed)
        intake.ended.connect(self._ended)
        self.hide()

    def _begun(self) -> None:
        self._gone.stop()
        self._show(tr("Taking files in…"), "")
        self.bar.setRange(0, 0)
        self._parts(working=True)
        self._late.start()

    def _progressed(self, done: int, total: int, name: str) -> None:
        if not total:
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if name:
            self.text.setText(
                tr("Taking files in: {done} of {total} · {name}", done=done, total=total, name=name)
            )

    def _ended(self, outcome: Outcome) -> None:
        self._late.stop()
        lines = _lines(outcome)
        trouble = bool(outcome.refused or outcome.large or lines)
        quiet = outcome.total <= 1 and not trouble and outcome.new == len(outcome.taken)
        if quiet or not outcome.total:
            self.hide()
            return
        tone = "bad" if outcome.refused else "caution" if trouble or outcome.left else "good"
        self._show(_summary(outcome), tone)
        more = len(lines) - _MOST_LINES
        shown = lines[:_MOST_LINES]
        if more > 0:
            shown.append(tr("… and {count} more", count=more))
        self.details.setText("\n".join(shown))
        self._parts(working=False, large=len(outcome.large), details=bool(lines))
        self.show()
        if tone == "good":
            self._gone.start()

    def _parts(self, *, working: bool, large: int = 0, details: bool = False) -> None:
        self.bar.setVisible(working)
        self.cancel.setVisible(working)
        self.take.setText(tr("Take in {count} large files", count=large))
        self.take.setVisible(bool(large))
        self.leave.setVisible(bool(large))
        self.close_button.setVisible(not working and not large)
        self.details.setVisible(details)

    def _show(self, text: str, tone: str) -> None:
        self.text.setText(text)
        self.text.setProperty("role", tone)
        restyle(self.text)

    def _take_large(self) -> None:
        self.hide()
        self._intake.take_large()

    def _leave_large(self) -> None:
        self.hide()
        self._intake.leave_large()


def _summary(outcome: Outcome) -> str:
    """What came of all of them, in one sentence."""
    parts = [tr("{count} taken in", count=outcome.new)] if outcome.new else []
    there = len(outcome.taken) - outcome.new
    if there:
        parts.append(tr("{count} were there already, not kept twice", count=there))
    if outcome.refused:
        parts.append(tr("{count} could not be taken in", count=len(outcome.refused)))
    if outcome.large:
        parts.append(tr("{count} are large: take them in?", count=len(outcome.large)))
    if outcome.left:
        parts.append(tr("cancelled, {count} left out", count=outcome.left))
    return tr("; ").join(parts)


def _lines(outcome: Outcome) -> list[str]:
    """Every file there is something to say about; what is said of many is said once."""
    lines = [words_of(error) for error in outcome.refused]
    lines += [
        tr("{name}: {size}", name=job.name, size=size_in_words(size)) for job, size in outcome.large
    ]
    said: Counter[str] = Counter()
    for taken in outcome.taken:
        for doubt in taken.doubts:
            said[doubt.template] += 1
    for taken in outcome.taken:
        for doubt in taken.doubts:
            count = said.pop(doubt.template, 0)
            if count == 0:
                continue
            line = tr("{name}: {what}", name=taken.evidence.file_name, what=render(doubt))
            if count > 1:
                line = tr("{line} (and {count} more like it)", line=line, count=count - 1)
            lines.append(line)
    return lines

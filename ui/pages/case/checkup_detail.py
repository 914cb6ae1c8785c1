"""What a line of the form shows, and what folds out under it: the breach, basis, note, photos."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from landsteward.app.checkup_items import take_item_off
from landsteward.app.checkups import SheetItem, set_item_note
from landsteward.app.language import localised, tr
from landsteward.domain.casework import Evidence
from landsteward.domain.states import SubjectKind
from ui import formats, theme
from ui import words as shared
from ui.pages.case import words
from ui.pages.case.work import CaseWork
from ui.widgets.basics import CHANGES, button, column, label, row, selectable
from ui.widgets.fields import NoteField
from ui.widgets.forms import keep
from ui.widgets.photos import PhotoStrip


@dataclass(frozen=True, slots=True, kw_only=True)
class LineData:
    """What a line shows; `fixed` when the form is locked, `leads` when others follow from it.

    `addenda` are those about the item, in words.
    """

    sheet: SheetItem
    department: str
    fixed: bool
    year: int
    leads: bool = False
    addenda: tuple[str, ...] = ()

    @property
    def photos(self) -> tuple[Evidence, ...]:
        """What hangs on it."""
        return self.sheet.evidence


class Strip(QFrame):
    """Under a line: how a limit is missed, on what basis, and the way to a finding."""

    def __init__(self) -> None:
        super().__init__()
        self.missed = label("", "bad")
        self.basis = label("", "dim", wrap=True)
        self.action = button("", "link")
        layout = row(self.missed, gap=12)
        layout.addWidget(self.basis, 1)
        layout.addWidget(self.action)
        indent = theme.current().px(52)
        layout.setContentsMargins(indent, 2, 8, 2)
        self.setLayout(layout)

    def paintEvent(self, event: QPaintEvent) -> None:
        """On the ground of a problem, from edge to edge."""
        QPainter(self).fillRect(self.rect(), theme.current().colour("bad_soft"))

    def present(self, data: LineData, missed: str) -> None:
        """Show a breach, or just that there is a problem."""
        sheet = data.sheet
        self.missed.setText(missed)
        self.missed.setVisible(bool(missed))
        bases = "；".join(f"{words.law_title(one)} {one.article}" for one in sheet.bases)
        self.basis.setText(tr("Basis: {bases}", bases=bases) if bases else "")
        if sheet.finding is not None:
            self.action.setText(
                tr(
                    "Finding {number} · {state} →",
                    number=sheet.finding.finding_no,
                    state=shared.finding_state(sheet.finding.state),
                )
            )
        else:
            self.action.setText(tr("Make a finding →"))
        self.action.setProperty(CHANGES, sheet.finding is None)
        self.action.setVisible(sheet.finding is not None or not data.fixed)


class Detail(QWidget):
    """Basis whole with its version, what is demanded, the note, the photos, the addenda."""

    addendum_asked = Signal()

    def __init__(self, work: CaseWork, result_id: str) -> None:
        super().__init__()
        self.basis = selectable("", "dim")
        self.note = NoteField(tr("Note"), rows=2)
        keep(
            self.note,
            work.bench.operations,
            lambda ctx, text: set_item_note(ctx, result_id=result_id, note=text),
        )
        self.photos = PhotoStrip(work.thumbnails, width=66, height=52)
        work.serve(self.photos, SubjectKind.ITEM_RESULT, partial(str, result_id))
        self.addenda = selectable()
        self.correct = button(tr("Correct by an addendum…"), "link", self.addendum_asked.emit)
        self.off = button(
            tr("Take this item off the form"),
            "link",
            lambda: work.change(self, lambda ctx: take_item_off(ctx, result_id=result_id)),
            changing=True,
        )
        for one in (self.addenda, self.correct, self.off):
            one.hide()
        layout = column(
            self.basis,
            self.note,
            self.photos,
            self.addenda,
            row(self.correct, self.off, 1),
            gap=8,
        )
        layout.setContentsMargins(theme.current().px(52), 0, 12, 10)
        self.setLayout(layout)

    def fill(self, data: LineData) -> None:
        """Show what is on record."""
        item = data.sheet.item
        lines = [words.basis(one) for one in data.sheet.bases]
        demand = localised(item.demand, item.demand_en)
        if demand:
            lines.append(tr("Usually demanded: {demand}", demand=demand))
        self.basis.setText("\n".join(lines) or tr("No basis is in force on the day of the visit."))
        self.note.set_value(data.sheet.result.note)
        self.note.set_read_only(data.fixed)
        self.photos.show_photos(data.photos, fixed=data.fixed)
        self.addenda.setText("\n".join(data.addenda))
        self.addenda.setVisible(bool(data.addenda))
        self.correct.setVisible(data.fixed)
        self.off.setVisible(data.sheet.added and not data.fixed)


def under(data: LineData) -> str:
    """Limit, last answer, note and addenda under the title."""
    sheet = data.sheet
    parts = [data.department] if data.department else []
    if sheet.added:
        parts.append(tr("Added on the spot"))
    if sheet.limit is not None:
        parts.append(words.limit(sheet.limit, sheet.item.unit))
    last = sheet.last_year
    if last is not None and last.outcome is not None:
        year = last.answered_at.year if last.answered_at is not None else None
        when = (
            tr("Last year")
            if year == data.year - 1
            else (str(year) if year is not None else tr("Last time"))
        )
        value = f"{formats.plain(last.value)} {sheet.item.unit}" if last.value is not None else ""
        parts.append(" ".join(part for part in (when, value, shared.outcome(last.outcome)) if part))
    if sheet.result.note:
        parts.append(tr("Note: {note}", note=sheet.result.note.replace("\n", " ")))
    if sheet.addenda:
        parts.append(
            tr("Addenda: {numbers}", numbers=", ".join(str(one.number) for one in sheet.addenda))
        )
    return " · ".join(parts)

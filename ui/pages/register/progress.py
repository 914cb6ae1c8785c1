"""What was seen of building on a parcel: a new entry, and those there are."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.register import record_progress
from landsteward.app.removals import Removable
from landsteward.domain.errors import KnownError
from landsteward.domain.register import ConstructionProgress
from landsteward.domain.states import DelayCause
from ui import formats, words
from ui.operations import Operations
from ui.pages.register.sheet import Removals, remover
from ui.widgets.basics import button, clear, column, label, row, show_if
from ui.widgets.fields import ChoiceField, DateField, DecimalField, Field, TextField
from ui.widgets.forms import form_columns, grid
from ui.widgets.signs import MessageBar


class ProgressPanel(QWidget):
    """Each look is kept; the latest counts."""

    def __init__(
        self, operations: Operations, parcel_id: str, removals: Removals, *, may_edit: bool
    ) -> None:
        super().__init__()
        self._removals = removals
        self._may_edit = may_edit
        self._operations = operations
        self._parcel_id = parcel_id
        self._looks: Sequence[ConstructionProgress] | None = None
        self.message = MessageBar()
        wan = tr("10 000 yuan")
        self.observed_on = DateField(tr("Seen on"))
        self.suspended_since = DateField(tr("Work suspended since"))
        self.cause = ChoiceField(
            tr("Cause of the delay"),
            [(None, tr("Not on record")), *((one, words.delay_cause(one)) for one in DelayCause)],
        )
        self.developed = DecimalField(tr("Built area"), unit="m²")
        self.to_develop = DecimalField(tr("Area to develop"), unit="m²")
        self.invested = DecimalField(tr("Invested, without land price"), unit=wan)
        self.total = DecimalField(tr("Total investment"), unit=wan)
        self.note = TextField(tr("Note"))
        self.fields: tuple[Field, ...] = (
            self.observed_on,
            self.suspended_since,
            self.cause,
            self.developed,
            self.to_develop,
            self.invested,
            self.total,
            self.note,
        )
        self.keep = button(tr("Record"), "", self._record)
        form = column(
            label(tr("What was seen"), "heading"),
            self.message,
            grid(self.fields, columns=form_columns(4)),
            row(self.keep, 1),
            gap=12,
        )
        self._form = QWidget()
        self._form.setLayout(form)
        show_if(self._form, may_edit)
        self._list = column(gap=0)
        self.setLayout(
            column(self._form, label(tr("Earlier looks"), "heading"), self._list, gap=12)
        )

    def show_looks(self, looks: Sequence[ConstructionProgress]) -> None:
        """Show what was seen, newest first."""
        if looks == self._looks:
            return
        self._looks = looks
        clear(self._list)
        if not looks:
            self._list.addWidget(label(tr("Nobody has looked yet."), "dim"))
        for look in looks:
            self._list.addWidget(self._line(look))

    def _line(self, look: ConstructionProgress) -> QFrame:
        made = QFrame()
        made.setProperty("role", "row")
        words = label(_seen(look), "dim", wrap=True)
        inside = row(label(formats.day(look.observed_on)), words)
        if self._may_edit:
            said = tr("The look of {day} was taken out.", day=formats.day(look.observed_on))
            drop = partial(self._removals.take_out, Removable.LOOK, look.id, said)
            inside.addWidget(remover(drop, tr("Take out this look")))
        inside.setContentsMargins(0, 8, 0, 8)
        inside.setStretch(1, 1)
        made.setLayout(inside)
        return made

    def _record(self) -> None:
        if not all([field.commit() for field in self.fields]):
            return
        seen_on = self.observed_on.value()
        if seen_on is None:
            self.observed_on.set_error(tr("This must be filled in."))
            return
        suspended, cause = self.suspended_since.value(), self.cause.value()
        developed, area = self.developed.value(), self.to_develop.value()
        invested, total = self.invested.value(), self.total.value()
        note = self.note.value()

        def work(ctx: Context) -> ConstructionProgress:
            return record_progress(
                ctx,
                parcel_id=self._parcel_id,
                observed_on=seen_on,
                suspended_since=suspended,
                cause=cause,
                developed_area_m2=developed,
                area_to_develop_m2=area,
                invested_wan=invested,
                total_investment_wan=total,
                note=note,
            )

        self._operations.change(self, work, success=self._recorded, failure=self._refused)

    def _recorded(self, _kept: ConstructionProgress) -> None:
        self.message.hide()
        for field in self.fields:
            field.write(None)
            field.set_value(field.value())

    def _refused(self, error: KnownError) -> None:
        self.message.fail(error)


def _seen(look: ConstructionProgress) -> str:
    """A look in one line."""
    parts: list[str] = []
    if look.suspended_since is not None:
        parts.append(tr("suspended since {day}", day=formats.day(look.suspended_since)))
    if look.developed_area_m2 is not None:
        parts.append(
            tr(
                "built {part} of {whole} m²",
                part=formats.figure(look.developed_area_m2, 0),
                whole=formats.figure(look.area_to_develop_m2, 0),
            )
        )
    if look.invested_wan is not None:
        parts.append(
            tr(
                "invested {part} of {whole} (10 000 yuan)",
                part=formats.figure(look.invested_wan),
                whole=formats.figure(look.total_investment_wan),
            )
        )
    if look.cause is not None:
        parts.append(words.delay_cause(look.cause))
    if look.note:
        parts.append(look.note)
    return " · ".join(parts)

"""许可与检验 of an enterprise: each a line of fields, with how it stands today."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QFrame

from landsteward.app.context import Context
from landsteward.app.language import localised, tr
from landsteward.app.permits import edit_permit, permits_of, record_permit
from landsteward.app.register_sheets import EnterpriseHead
from landsteward.app.removals import Removable
from landsteward.domain.register import Permit
from landsteward.domain.rulepack import PermitKind
from ui.pages.register.labels import labels_of
from ui.pages.register.sheet import Part, Removals, remover
from ui.widgets.basics import button, changes, column, label, row, show_if
from ui.widgets.fields import ChoiceField, DateField, Field, TextField
from ui.widgets.forms import RecordForm, form_columns
from ui.widgets.rows import Rows
from ui.widgets.signs import Badge
from ui.workbench import Workbench

_NEAR_DAYS = 60


class PermitsPart(Part):
    """The permits on record; a new one begins as an empty line."""

    def __init__(
        self, bench: Workbench, enterprise_id: str, removals: Removals, *, may_edit: bool
    ) -> None:
        super().__init__()
        self._bench = bench
        self._enterprise_id = enterprise_id
        self._removals = removals
        self._may_edit = may_edit
        self.kinds = bench.services.packs.current().permits
        self.none = label(
            tr(
                "No permit or inspection on record. Enter those that run out: the rules say in "
                "time which are about to."
            ),
            "dim",
            wrap=True,
        )
        self.rows = Rows[PermitRow, Permit](self._make, PermitRow.show_permit, gap=8)
        self.add = changes(button(tr("Record a permit"), "", self._add))
        self.add.setEnabled(may_edit and bool(self.kinds))
        self.setLayout(column(self.none, self.rows.layout, row(self.add, 1), 1, gap=12))

    def present(self, head: EnterpriseHead) -> None:
        """Ask for the permits."""
        key = self._enterprise_id
        self._bench.operations.query(
            self, lambda ctx: permits_of(ctx, enterprise_id=key), success=self._show
        )

    def _show(self, permits: tuple[Permit, ...]) -> None:
        self.none.setVisible(not permits)
        self.rows.show([(one.id, one) for one in permits])

    def _make(self, _key: str) -> "PermitRow":
        return PermitRow(self._bench, self._removals, self.kinds, may_edit=self._may_edit)

    def _add(self) -> None:
        key = self._enterprise_id
        self._bench.operations.change(self, lambda ctx: record_permit(ctx, enterprise_id=key))


class PermitRow(QFrame):
    """One permit: its fields, saved as they are left, and how it stands today."""

    def __init__(
        self,
        bench: Workbench,
        removals: Removals,
        kinds: tuple[PermitKind, ...],
        *,
        may_edit: bool,
    ) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._bench = bench
        self._removals = removals
        self._kinds = {one.key: localised(one.name, one.name_en) for one in kinds}
        self._permit: Permit | None = None
        self.state = Badge()
        self.form = RecordForm(
            bench.operations, self._fields(), _change, columns=form_columns(4), gap=6
        )
        self.form.set_read_only(not may_edit)
        drop = remover(self._drop, tr("Take out this permit"))
        show_if(drop, may_edit)
        self.name = label("", "heading")
        self.setLayout(column(row(self.name, self.state, 1, drop), self.form, gap=6))

    def _fields(self) -> dict[str, Field]:
        words = labels_of("permits")
        return {
            "kind": ChoiceField(words["kind"].word, list(self._kinds.items())),
            "subject": TextField(words["subject"].word),
            "number": TextField(words["number"].word),
            "valid_from": DateField(words["valid_from"].word),
            "valid_to": DateField(words["valid_to"].word),
            "unlimited": ChoiceField(
                words["unlimited"].word, [(False, tr("No")), (True, tr("Yes"))]
            ),
            "note": TextField(words["note"].word),
        }

    def show_permit(self, permit: Permit) -> None:
        """Show this permit; fields being typed in are left alone."""
        self._permit = permit
        self.form.show_record(permit)
        name = self._kinds.get(permit.kind, permit.kind)
        self.name.setText(" · ".join(part for part in (name, permit.subject) if part))
        self.state.show_word(*standing(permit, self._bench.services.clock.today()))

    def _drop(self) -> None:
        if self._permit is not None:
            said = tr("The permit {name} was taken out.", name=self.name.text())
            self._removals.take_out(Removable.PERMIT, self._permit.id, said)


def standing(permit: Permit, today: date) -> tuple[str, str]:
    """How a permit stands on a day, in a word and its tone."""
    if permit.unlimited:
        return tr("without end"), "good"
    if permit.valid_to is None:
        return tr("no end on record"), "caution"
    left = (permit.valid_to - today).days
    if left < 0:
        return tr("expired {days} days ago", days=-left), "bad"
    if left <= _NEAR_DAYS:
        return tr("{days} days left", days=left), "caution"
    return tr("valid"), "good"


def _change(ctx: Context, permit_id: str, values: dict[str, Any]) -> Permit:
    changed: Any = values
    return edit_permit(ctx, permit_id=permit_id, **changed)

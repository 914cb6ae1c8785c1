"""权利与限制 of a parcel: seizure, mortgage, soil, park, recognition; what ways out ask for."""

from functools import partial
from typing import Any

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.register_sheets import ParcelSheet
from landsteward.app.standings import edit_standing
from landsteward.app.ways_out import standing_of
from landsteward.domain.standings import LandStanding
from ui.pages.register.labels import Kind, labels_of
from ui.pages.register.sheet import Part
from ui.widgets.basics import column, label
from ui.widgets.fields import DateField, Field, NoteField, TextField
from ui.widgets.forms import RecordForm, form_columns, yes_no
from ui.workbench import Workbench


class StandingPart(Part):
    """One form; each answer is yes, no, or not on record."""

    def __init__(self, bench: Workbench, parcel_id: str, *, may_edit: bool) -> None:
        super().__init__()
        self._bench = bench
        self._parcel_id = parcel_id
        self.form = RecordForm(
            bench.operations, _fields(), partial(_change, parcel_id), columns=form_columns(3)
        )
        self.form.set_read_only(not may_edit)
        hint = label(
            tr(
                "Ways out of findings on this parcel are judged by this. What is not on record "
                "neither opens nor bars any."
            ),
            "dim",
            wrap=True,
        )
        self.setLayout(column(hint, self.form, 1, gap=12))

    def present(self, head: ParcelSheet) -> None:
        """Ask for it."""
        key = self._parcel_id
        self._bench.operations.query(
            self, lambda ctx: standing_of(ctx, parcel_id=key), success=self._show
        )

    def _show(self, standing: LandStanding | None) -> None:
        self.form.show_record(standing or LandStanding(id="", parcel_id=self._parcel_id))


def _fields() -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for name, found in labels_of("land_standings").items():
        if name.endswith(("_on", "_until")):
            fields[name] = DateField(found.word)
        elif found.kind is Kind.TRUTH:
            fields[name] = yes_no(found.word)
        elif name == "note":
            fields[name] = NoteField(found.word, rows=2)
        else:
            fields[name] = TextField(found.word)
    return fields


def _change(parcel_id: str, ctx: Context, _record_id: str, values: dict[str, Any]) -> LandStanding:
    changed: Any = values
    return edit_standing(ctx, parcel_id=parcel_id, **changed)

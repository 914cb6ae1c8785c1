"""基本情况 of an enterprise: its particulars, what may be the same, what was merged into it."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from landsteward.app.context import Context
from landsteward.app.duplicates import duplicates_of
from landsteward.app.language import tr
from landsteward.app.past import just_before
from landsteward.app.register import edit_enterprise
from landsteward.app.register_sheets import EnterpriseHead
from landsteward.domain.register import Enterprise
from landsteward.domain.sight import Restricted
from landsteward.domain.states import EnterpriseKind, IndustryPolicy, Production, Scale
from ui import formats, theme, words
from ui.pages.register.chronicle import ChronicleTab
from ui.pages.register.enterprise_codes import CodeReason, district_field, industry_field
from ui.pages.register.labels import word
from ui.pages.register.sheet import Part, offer_carriers
from ui.pages.register.unmerge import ask_to_unmerge
from ui.pages.registry import earlier
from ui.widgets.basics import Card, button, clear, column, label, row, show_if
from ui.widgets.fields import ChoiceField, DateField, Field, NoteField, TextField
from ui.widgets.forms import RecordForm, form_columns
from ui.workbench import Place, Workbench

_ALIKE_SHOWN = 3
_SIDE_WIDTH = 300
_TABLE = "enterprises"


class FactsPart(Part):
    """Edited in place; every field is saved as it is left."""

    def __init__(
        self, bench: Workbench, enterprise_id: str, lately: ChronicleTab | None, *, may_edit: bool
    ) -> None:
        super().__init__()
        self.lately = lately
        self._bench = bench
        self._enterprise_id = enterprise_id
        self._may_edit = may_edit
        self._carriers: object = None
        self._shown_alike: tuple[Enterprise, ...] = ()
        self._shown_merged: object = None
        self.form = RecordForm(
            bench.operations, self._fields(), _change, columns=form_columns(3), gap=5
        )
        self.form.set_read_only(not may_edit)
        self.code_reason = CodeReason(bench.operations, enterprise_id, self.form.fields["uscc"])
        self.code_reason.reason.set_read_only(not may_edit)
        self.alike: QVBoxLayout = column(gap=4)
        self.merged: QVBoxLayout = column(gap=4)
        side = Card(tr("Lately"), margin=12)
        if lately is not None:
            side.add(lately, 1)
        side.setFixedWidth(theme.current().px(_SIDE_WIDTH))
        # Large text needs the room for the fields.
        show_if(side, lately is not None and theme.current().percent < 130)
        layout = row(gap=20)
        layout.addLayout(column(self.alike, self.form, self.code_reason, self.merged, 1, gap=8), 1)
        layout.addWidget(side)
        self.setLayout(layout)

    def _fields(self) -> dict[str, Field]:
        packs = self._bench.services.packs
        say = partial(word, _TABLE)
        return {
            "name": TextField(say("name"), required=True),
            "uscc": TextField(say("uscc"), optional=True),
            "kind": ChoiceField(
                say("kind"), [(one, words.enterprise_kind(one)) for one in EnterpriseKind]
            ),
            "industry_code": industry_field(packs),
            "industry_name": TextField(say("industry_name")),
            "scale": ChoiceField(
                say("scale"),
                [(None, tr("Not on record")), *((one, words.scale(one)) for one in Scale)],
            ),
            "industry_policy": ChoiceField(
                say("industry_policy"),
                [
                    (None, tr("Not on record")),
                    *((one, words.industry_policy(one)) for one in IndustryPolicy),
                ],
            ),
            "production": ChoiceField(
                say("production"),
                [
                    (None, tr("Not on record")),
                    *((one, words.production(one)) for one in Production),
                ],
            ),
            "production_since": DateField(say("production_since")),
            "carrier_id": ChoiceField(say("carrier_id")),
            "district": district_field(packs),
            "short_name": TextField(say("short_name")),
            "address": TextField(say("address")),
            "legal_representative": TextField(say("legal_representative")),
            "contact": TextField(say("contact")),
            "phone": TextField(say("phone")),
            "formerly": TextField(say("formerly")),
            "note": NoteField(say("note"), rows=2),
        }

    def present(self, head: EnterpriseHead) -> None:
        """Show the particulars; whether there is the same enterprise twice is asked for."""
        if head.carriers != self._carriers:
            self._carriers = head.carriers
            offer_carriers(self.form, head.carriers)
        self.form.show_record(head.enterprise)
        phone = self.form.fields["phone"]
        phone.setEnabled(Restricted.PHONES not in head.masked)
        if isinstance(phone, TextField) and Restricted.PHONES in head.masked:
            phone.line.setPlaceholderText(tr("restricted"))
        self.code_reason.show_reason(head.enterprise)
        if self.lately is not None:
            self.lately.present(head)
        if head.merged != self._shown_merged:
            self._fill_merged(head)
        key = self._enterprise_id
        self._bench.operations.query(
            self, lambda ctx: duplicates_of(ctx, enterprise_id=key), success=self._show_alike
        )

    def _show_alike(self, alike: tuple[Enterprise, ...]) -> None:
        if alike == self._shown_alike:
            return
        self._shown_alike = alike
        clear(self.alike)
        for one in alike[:_ALIKE_SHOWN]:
            compare = button(
                tr("Compare"),
                "link",
                partial(self._bench.go, Place("merge", self._enterprise_id, one.id)),
            )
            said = label(tr("May be the same as {name}", name=_known_by(one)), "caution")
            self.alike.addLayout(row(said, compare, 1))

    def _fill_merged(self, head: EnterpriseHead) -> None:
        self._shown_merged = head.merged
        clear(self.merged)
        for one, day in head.merged:
            self.merged.addLayout(self._merged_row(one, formats.day(day)))

    def _merged_row(self, one: Enterprise, day: str) -> QHBoxLayout:
        said = label(tr("Merged from {name} on {day}", name=_known_by(one), day=day), "dim")
        see = button(tr("See it as it was"), "link", partial(self._see, one.id))
        undo = button(
            tr("Take the merging back…"),
            "link",
            partial(ask_to_unmerge, self._bench, self, one.id),
            changing=True,
        )
        show_if(undo, self._may_edit)
        return row(said, see, undo, 1)

    def _see(self, gone_id: str) -> None:
        """The record that went, as it was before it did."""
        bench = self._bench

        def asked(ctx: Context) -> str:
            trace = ctx.workspace.reversals.merge(gone_id)
            return just_before(trace.at).isoformat() if trace is not None else ""

        def go(moment: str) -> None:
            if moment:
                bench.go(earlier("enterprise", gone_id, moment))

        bench.operations.query(self, asked, success=go)


def _known_by(one: Enterprise) -> str:
    return f"{one.name} {one.uscc}" if one.uscc else one.name


def _change(ctx: Context, enterprise_id: str, values: dict[str, Any]) -> Enterprise:
    changes: Any = values
    return edit_enterprise(ctx, enterprise_id=enterprise_id, **changes)

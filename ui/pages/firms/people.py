"""The firm itself and its people: who they are, and by which licence they work."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from landsteward.app.context import Context
from landsteward.app.firms import FirmSheet, edit_firm
from landsteward.app.language import tr
from landsteward.app.people import add_person, edit_person
from landsteward.domain.errors import KnownError
from landsteward.domain.organisations import Person
from landsteward.domain.permissions import Action, may
from landsteward.domain.states import FirmKind, Role
from ui import words as shared
from ui.widgets.basics import Card, box, button, column, row, scrolled, show_if
from ui.widgets.fields import ChoiceField, NoteField, TextField
from ui.widgets.forms import RecordForm
from ui.widgets.rows import Rows
from ui.workbench import Workbench


class PersonRow(QFrame):
    """One of the firm's people, each field saved as it is left."""

    def __init__(self, bench: Workbench, person_id: str) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._bench = bench
        self._person: Person | None = None
        self.form = RecordForm(
            bench.operations,
            {
                "name": TextField(tr("Full name"), required=True),
                "qualification": TextField(tr("Qualification")),
                "licence_no": TextField(tr("Licence number")),
                "phone": TextField(tr("Phone")),
            },
            lambda ctx, key, values: edit_person(ctx, person_id=key, **values),
            columns=4,
        )
        self.leave = button("", "quiet", self._toggle, changing=True)
        held = row(gap=12)
        held.addWidget(self.form, 1)
        held.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignBottom)
        held.setContentsMargins(14, 8, 12, 8)
        self.setLayout(held)

    def fill(self, person: Person) -> None:
        """Show the person."""
        self._person = person
        self.form.show_record(person)
        self.leave.setText(tr("Has left") if person.active else tr("Works here again"))
        allowed = may(self._bench.member().person.role, Action.MANAGE_PEOPLE)
        self.form.set_read_only(not allowed or not person.active)
        show_if(self.leave, allowed)

    def _toggle(self) -> None:
        person = self._person
        if person is not None:
            key, active = person.id, not person.active
            self._bench.operations.change(
                self, lambda ctx: edit_person(ctx, person_id=key, active=active)
            )


class PeoplePanel(Card):
    """The firm's own fields, its people, and a line for another one."""

    def __init__(self, bench: Workbench, firm_id: str) -> None:
        super().__init__(margin=0, gap=0)
        self._bench = bench
        self._firm_id = firm_id
        self.firm = RecordForm(
            bench.operations,
            {
                "name": TextField(tr("Name of the firm"), required=True),
                "firm_kind": ChoiceField(
                    tr("Kind of firm"), [(one, shared.firm_kind(one)) for one in FirmKind]
                ),
                "contact": TextField(tr("Contact")),
                "phone": TextField(tr("Phone")),
                "note": NoteField(tr("Note"), rows=2),
            },
            self._change,
            columns=4,
        )
        firm = column(self.firm)
        firm.setContentsMargins(14, 12, 14, 12)
        self.rows: Rows[PersonRow, Person] = Rows(
            lambda key: PersonRow(bench, key), lambda line, person: line.fill(person)
        )
        self.name = TextField(tr("Another person of the firm"), required=True)
        self.add_button = button(tr("Add person"), "small", self._add, changing=True)
        new = row(self.name, gap=12)
        new.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignBottom)
        new.addStretch(1)
        new.setContentsMargins(14, 12, 14, 12)
        self._new = box(new)
        inner = column(firm, self.rows.layout, self._new, 1, gap=0)
        self.add(scrolled(box(inner)), 1)

    def present(self, sheet: FirmSheet) -> None:
        """Show the firm and its people."""
        self.firm.show_record(sheet.firm)
        self.firm.set_read_only(not sheet.may_engage)
        self.rows.show([(one.id, one) for one in sheet.people])
        show_if(self._new, may(self._bench.member().person.role, Action.MANAGE_PEOPLE))

    def _change(self, ctx: Context, firm_id: str, values: dict[str, Any]) -> object:
        return edit_firm(ctx, firm_id=firm_id, **values)

    def _add(self) -> None:
        if not self.name.commit():
            return
        firm_id, name = self._firm_id, self.name.value()

        def work(ctx: Context) -> Person:
            return add_person(ctx, organisation_id=firm_id, name=name, role=Role.CONSULTANT)

        def refused(error: KnownError) -> None:
            self.name.refused(error)

        self._bench.operations.change(
            self, work, success=lambda _person: self.name.set_value(""), failure=refused
        )

"""Organisations and their people: who there is, and adding to them."""

from PySide6.QtWidgets import QFrame, QWidget

from landsteward.app.context import Context
from landsteward.app.language import localised, tr
from landsteward.app.people import (
    ROLES_OF,
    Member,
    add_organisation,
    add_person,
    edit_person,
    list_members,
    list_organisations,
)
from landsteward.domain.errors import KnownError
from landsteward.domain.organisations import Organisation, Person
from landsteward.domain.permissions import Action, may
from landsteward.domain.states import FirmKind, OrganisationKind, Role
from ui import theme, words
from ui.dialogs.ask import AskFirst
from ui.widgets.basics import button, clear, column, label, line, row, show_if
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.forms import grid
from ui.widgets.signs import MessageBar
from ui.workbench import Workbench


class PeoplePanel(QWidget):
    """Who is there, organisation by organisation; two small forms add to it."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._known: tuple[Person, list[Organisation], list[Member]] | None = None
        self._may_manage = False
        self.message = MessageBar()
        self._list = column(gap=0)
        self.name = TextField(tr("Full name"), required=True)
        self.organisation = ChoiceField(tr("Organisation"))
        self.role = ChoiceField(tr("Role"))
        self.organisation.committed.connect(self._organisation_chosen)
        self.add = button(tr("Add person"), "", self._add_person)
        self.kind = ChoiceField(
            tr("Kind"), [(kind, words.organisation_kind(kind)) for kind in OrganisationKind]
        )
        self.kind.committed.connect(self._kind_chosen)
        self.organisation_name = TextField(tr("Name"), required=True)
        departments = bench.services.packs.current().departments
        self.department = ChoiceField(
            tr("Department"), [(one.key, localised(one.name, one.name_en)) for one in departments]
        )
        self.department.set_value(departments[0].key)
        self.firm_kind = ChoiceField(
            tr("Kind of firm"), [(kind, words.firm_kind(kind)) for kind in FirmKind]
        )
        self.firm_kind.set_value(FirmKind.LAW)
        self.kind.set_value(OrganisationKind.SERVICE_FIRM)
        self.add_organisation = button(tr("Add organisation"), "", self._add_organisation)
        forms = column(
            label(tr("Another person"), "heading"),
            grid((self.name, self.organisation, self.role), columns=3),
            row(self.add, 1),
            line(),
            label(tr("Another organisation"), "heading"),
            grid((self.kind, self.organisation_name, self.department, self.firm_kind), columns=3),
            row(self.add_organisation, 1),
            gap=12,
        )
        self._forms = QWidget()
        self._forms.setLayout(forms)
        self.setLayout(column(self.message, self._list, self._forms, 1, gap=16))
        self._kind_chosen(OrganisationKind.SERVICE_FIRM)

    def refresh(self) -> None:
        """Ask who is there."""

        def ask(ctx: Context) -> tuple[list[Organisation], list[Member]]:
            return list_organisations(ctx), list_members(ctx)

        self._bench.operations.query(self, ask, success=self._show)

    def _show(self, known: tuple[list[Organisation], list[Member]]) -> None:
        acting = self._bench.member().person
        if (acting, *known) == self._known:
            return
        self._known = (acting, *known)
        self._may_manage = may(acting.role, Action.MANAGE_PEOPLE)
        self._forms.setVisible(self._may_manage)
        organisations, members = known
        self.organisation.set_options([(one, one.name) for one in organisations])
        if self.organisation.value() is None and organisations:
            self.organisation.set_value(organisations[0])
            self._organisation_chosen(organisations[0])
        clear(self._list)
        for organisation in organisations:
            kind = words.organisation_kind(organisation.kind)
            if organisation.firm_kind is not None:
                kind = words.firm_kind(organisation.firm_kind)
            held = row(label(organisation.name, "heading"), label(kind, "dim"), 1)
            held.setContentsMargins(0, 10, 0, 4)
            self._list.addLayout(held)
            for member in members:
                if member.organisation.id == organisation.id:
                    self._list.addWidget(self._person_row(member.person))

    def _person_row(self, person: Person) -> QFrame:
        made = QFrame()
        made.setProperty("role", "row")
        here = person.id == self._bench.member().person.id
        name = label(person.name)
        name.setObjectName("person")
        name.setMinimumWidth(theme.current().px(140))
        said = words.role(person.role) + (" · " + tr("in use now") if here else "")
        leave = button(tr("Has left…"), "quiet", lambda: self._ask_leave(person))
        show_if(leave, self._may_manage and not here)
        held = row(name, label(said, "dim"), 1, leave)
        held.setContentsMargins(8, 0, 0, 0)
        made.setMinimumHeight(theme.current().px(36))
        made.setLayout(held)
        return made

    def _ask_leave(self, person: Person) -> None:
        AskFirst(
            self,
            title=tr("{name} has left", name=person.name),
            text=tr("They can no longer be chosen. What they did stays in their name."),
            yes=tr("Has left"),
            run=lambda: self._bench.operations.change(
                self, lambda ctx: edit_person(ctx, person_id=person.id, active=False)
            ),
        ).open()

    def _organisation_chosen(self, organisation: Organisation | None) -> None:
        roles: tuple[Role, ...] = ROLES_OF[organisation.kind] if organisation else ()
        self.role.set_options([(role, words.role(role)) for role in roles])
        if roles:
            self.role.set_value(roles[0])

    def _kind_chosen(self, kind: OrganisationKind) -> None:
        self.department.setVisible(kind is OrganisationKind.DEPARTMENT)
        self.firm_kind.setVisible(kind is OrganisationKind.SERVICE_FIRM)

    def _add_person(self) -> None:
        organisation: Organisation | None = self.organisation.value()
        if not self.name.commit() or organisation is None:
            return
        name, role = self.name.value(), self.role.value()

        def work(ctx: Context) -> Person:
            return add_person(ctx, organisation_id=organisation.id, name=name, role=role)

        self._bench.operations.change(
            self, work, success=lambda _person: self.name.set_value(""), failure=self._refused
        )

    def _add_organisation(self) -> None:
        if not self.organisation_name.commit():
            return
        kind: OrganisationKind = self.kind.value()
        name = self.organisation_name.value()
        department = self.department.value() if kind is OrganisationKind.DEPARTMENT else None
        firm_kind = self.firm_kind.value() if kind is OrganisationKind.SERVICE_FIRM else None

        def work(ctx: Context) -> Organisation:
            return add_organisation(
                ctx, kind=kind, name=name, department=department, firm_kind=firm_kind
            )

        def added(organisation: Organisation) -> None:
            self.organisation_name.set_value("")
            self.message.say(tr("{name} added.", name=organisation.name), "good")

        self._bench.operations.change(self, work, success=added, failure=self._refused)

    def _refused(self, error: KnownError) -> None:
        self.message.fail(error)

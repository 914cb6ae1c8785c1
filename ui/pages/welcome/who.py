"""Who acts in this workspace: chosen among those it knows, or introduced on the first start."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.language import localised, tr
from landsteward.app.people import ROLES_OF, Member, introduce, list_members
from landsteward.domain.errors import KnownError
from landsteward.domain.organisations import Person
from landsteward.domain.states import OrganisationKind, Role
from ui import theme, words
from ui.operations import Operations
from ui.services import Services
from ui.widgets.basics import Card, box, button, column, label, line, row, scrolled
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.signs import MessageBar


class WhoPage(QWidget):
    """`chosen` carries the `Member` who acts from now on."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, services: Services, operations: Operations, members: list[Member]) -> None:
        super().__init__()
        self.setObjectName("who")
        self._services = services
        self._operations = operations
        look = theme.current()
        self.message = MessageBar()
        card = Card(margin=32, gap=12)
        card.setFixedWidth(look.px(600))
        card.add(label(tr("Who are you?"), "title"))
        self.known: dict[str, QWidget] = {}
        if members:
            self._offer(card, members)
        else:
            self._ask(card)
        self.leave = button(tr("Back"), "quiet", self.left.emit)
        card.add(row(self.leave, 1))
        middle = box(column(self.message, card, gap=12))
        middle.setFixedWidth(look.px(600))
        self.setLayout(row(1, box(column(2, middle, 3)), 1))

    def _offer(self, card: Card, members: list[Member]) -> None:
        card.add(
            label(
                tr(
                    "Everything done here is kept in your name. Whoever is not in the list is "
                    "added under Settings by somebody who is."
                ),
                "dim",
                wrap=True,
            )
        )
        rows = column(gap=0)
        for member in members:
            person, organisation = member.person, member.organisation
            choose = button(person.name, "side", partial(self.chosen.emit, member))
            choose.setProperty("person", person.name)
            self.known[person.id] = choose
            what = label(f"{organisation.name} · {words.role(person.role)}", "dim")
            rows.addLayout(row(choose, what, 1))
            rows.addWidget(line())
            choose.setMinimumWidth(theme.current().px(120))
        rows.addStretch(1)
        area = scrolled(box(rows))
        area.setMinimumHeight(theme.current().px(min(360, 40 * len(members) + 12)))
        card.add(area)

    def _ask(self, card: Card) -> None:
        card.add(
            label(
                tr(
                    "Everything done here is kept in your name; papers print your organisation. "
                    "You can add colleagues later."
                ),
                "dim",
                wrap=True,
            )
        )
        self.name = TextField(tr("Your name"), required=True)
        self.kind = ChoiceField(
            tr("You work for"), [(kind, words.organisation_kind(kind)) for kind in OrganisationKind]
        )
        self.department = ChoiceField(
            tr("Department"),
            [
                (one.key, localised(one.name, one.name_en))
                for one in self._services.packs.current().departments
            ],
        )
        self.organisation = TextField(
            tr("Name of your organisation"), hint=tr("as on its papers"), required=True
        )
        self.role = ChoiceField(tr("Your role"))
        self.kind.committed.connect(self._kind_chosen)
        for field in (self.name, self.kind, self.department, self.organisation, self.role):
            card.add(field)
        self.kind.set_value(OrganisationKind.DEPARTMENT)
        self.department.set_value(self._services.packs.current().departments[0].key)
        self._kind_chosen(OrganisationKind.DEPARTMENT)
        self.start = button(tr("Start"), "primary", self._introduce)
        card.body.addSpacing(4)
        card.add(row(self.start, 1))
        self.organisation.line.returnPressed.connect(self._introduce)
        self.setFocusProxy(self.name)

    def _kind_chosen(self, kind: OrganisationKind) -> None:
        self.department.setVisible(kind is OrganisationKind.DEPARTMENT)
        roles = ROLES_OF[kind]
        self.role.set_options([(role, words.role(role)) for role in roles])
        self.role.set_value(roles[0])

    def _introduce(self) -> None:
        if not all([self.name.commit(), self.organisation.commit()]):
            return
        kind: OrganisationKind = self.kind.value()
        name, organisation = self.name.value(), self.organisation.value()
        role: Role = self.role.value()
        department = self.department.value() if kind is OrganisationKind.DEPARTMENT else None

        def work(ctx: Context) -> Member:
            person: Person = introduce(
                ctx.workspace,
                clock=ctx.clock,
                ids=ctx.ids,
                name=name,
                role=role,
                organisation_name=organisation,
                organisation_kind=kind,
                department=department,
            )
            return next(one for one in list_members(ctx) if one.person.id == person.id)

        self.start.setEnabled(False)
        self._operations.change(self, work, success=self.chosen.emit, failure=self._refused)

    def _refused(self, error: KnownError) -> None:
        self.start.setEnabled(True)
        self.message.fail(error)

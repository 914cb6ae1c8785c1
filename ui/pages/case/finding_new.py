"""Recording a finding by hand: what the checklist does not ask."""

from PySide6.QtCore import Signal

from landsteward.app.context import Context
from landsteward.app.findings import record_finding
from landsteward.app.language import localised, tr
from landsteward.domain.findings import Finding
from landsteward.domain.rulepack import ChecklistItem
from landsteward.domain.states import Disposal, FindingOrigin, Severity
from ui import words as shared
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import Card, button, label, row
from ui.widgets.callout import Refusal
from ui.widgets.fields import ChoiceField, DateField, NoteField, TextField
from ui.widgets.forms import grid

FORM = "new_finding"
"""Under this name the form's draft is kept."""


class NewFinding(Card):
    """Title, department, severity, words, and an item of the pack whose basis it rests on."""

    closed = Signal(str)
    """The key of the finding recorded, or empty when nothing was."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("A finding by hand"), gap=12)
        self._work = work
        self.heading = TextField(tr("Title"))
        self.department = ChoiceField(tr("Department"))
        self.severity = ChoiceField(
            tr("Severity"), [(one, shared.severity(one)) for one in Severity]
        )
        self.disposal = ChoiceField(
            tr("Disposal"), [(one, shared.disposal(one)) for one in Disposal]
        )
        self.category = ChoiceField(tr("Category"))
        self.violated = DateField(tr("Day of the violation"))
        self.deadline = DateField(tr("Deadline"))
        self.basis = ChoiceField(tr("Legal basis as of the checklist item"))
        self.description = NoteField(tr("What was found"), rows=3)
        self.demand = NoteField(tr("What is demanded"), rows=2)
        self.error = Refusal()
        self.send = button(tr("Record"), "small", self.record, changing=True)
        self.cancel = button(tr("Cancel"), "quiet", lambda: self.closed.emit(""))
        self.add(self.heading)
        chosen = [self.department, self.category, self.severity, self.disposal]
        self.add(grid([*chosen, self.violated, self.deadline], columns=2))
        self.add(
            label(
                tr(
                    "Without a deadline, the usual days of the severity are counted from today. "
                    "More bases are searched for once it is recorded."
                ),
                "dim",
                wrap=True,
            )
        )
        self.add(self.basis)
        self.add(self.description)
        self.add(self.demand)
        self.add(row(self.error, self.cancel, self.send))
        self.body.addStretch(1)
        self.department.committed.connect(lambda _key: self._offer_items())
        self._drafts = Drafts(
            work,
            self,
            FORM,
            {
                "title": self.heading,
                "department": self.department,
                "category": self.category,
                "violated": self.violated,
                "deadline": self.deadline,
                "description": self.description,
                "demand": self.demand,
                "basis": self.basis,
            },
        )
        self._items: tuple[ChecklistItem, ...] = ()
        self._ready = False

    def present(self, head: CaseHead, draft: dict[str, str]) -> None:
        """Once: offer departments and items, and put back what was typed before."""
        if self._ready:
            return
        self._ready = True
        self._items = head.pack.items
        self.department.set_options(
            [(one.key, localised(one.short_name, one.name_en)) for one in head.pack.departments]
        )
        own = self._work.bench.member().organisation.department
        self.department.set_value(own or head.pack.departments[0].key)
        self.severity.set_value(Severity.ORDINARY)
        self.disposal.set_value(Disposal.RECTIFY)
        self.category.set_options(
            [
                (None, tr("As the department's")),
                *(
                    (one.key, localised(one.name, one.name_en))
                    for one in head.pack.findings.categories
                ),
            ]
        )
        self.violated.set_value(head.today)
        self._offer_items()
        self._drafts.restore(draft)

    def begin(self) -> None:
        """Put the person at the first field."""
        self.heading.setFocus()

    def record(self) -> None:
        """Record it as a draft; a refusal keeps everything typed."""
        if not all([self.deadline.commit(), self.violated.commit()]):
            return
        title = self.heading.line.text().strip()
        if not title:
            self.heading.set_error(tr("A finding needs a title."))
            self.heading.setFocus()
            return
        case_id = self._work.case_id
        department, severity = self.department.value(), self.severity.value()
        deadline, item_key = self.deadline.value(), self.basis.value()
        category, disposal = self.category.value(), self.disposal.value()
        violated_on = self.violated.value()
        description = self.description.edit.toPlainText().strip()
        demand = self.demand.edit.toPlainText().strip()

        def run(ctx: Context) -> Finding:
            case = ctx.workspace.cases.get(case_id)
            pack = ctx.packs.get(case.pack, case.pack_version)
            day = violated_on or ctx.today()
            bases = pack.bases_on(pack.item(item_key).bases, day) if item_key else ()
            with ctx.change():
                recorded = record_finding(
                    ctx,
                    case_id=case_id,
                    origin=FindingOrigin.MANUAL,
                    department=department,
                    severity=severity,
                    title=title,
                    description=description,
                    demand=demand,
                    deadline_on=deadline,
                    bases=bases,
                    category=category,
                    violated_on=violated_on,
                    disposal=disposal,
                )
                self._work.sent(ctx, FORM)
            return recorded

        self._work.change(self, run, success=self._recorded, error=self.error)

    def _recorded(self, finding: Finding) -> None:
        department = self.department.value()
        self._drafts.clear()
        self.department.set_value(department)
        self.violated.set_value(self._work.head.today if self._work.head is not None else None)
        self.closed.emit(finding.id)

    def _offer_items(self) -> None:
        chosen = self.department.value()
        options: list[tuple[str | None, str]] = [(None, tr("None"))]
        options += [
            (one.key, localised(one.title, one.title_en))
            for one in self._items
            if one.department == chosen
        ]
        self.basis.set_options(options)

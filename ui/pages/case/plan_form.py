"""What a plan says in words: firm, cause, measures, risks; and its ways out."""

from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from landsteward.app.context import Context
from landsteward.app.engagements import find_or_add_firm
from landsteward.app.language import tr
from landsteward.app.plans import edit_plan
from landsteward.domain.organisations import Organisation
from landsteward.domain.remedies import RemedyPlan
from landsteward.domain.states import FirmKind
from ui.pages.case.ways_card import WaysCard
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, column
from ui.widgets.fields import Field
from ui.widgets.forms import keep
from ui.widgets.rich_text import RichTextField


class FirmField(Field):
    """A service firm: one already known, or a new name typed in."""

    def __init__(self, text: str) -> None:
        self.box = QComboBox()
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        super().__init__(text, self.box)
        line = self.box.lineEdit()
        assert line is not None
        self.line = line
        line.setPlaceholderText(tr("Choose, or type a new firm's name"))
        line.textEdited.connect(self.edited)
        line.editingFinished.connect(self.commit)
        line.returnPressed.connect(self.go_on)
        self.box.activated.connect(self.commit)

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not on record."""
        return bool(self.value() != (self._kept or ""))

    def offer(self, names: list[str]) -> None:
        """Offer these; what is typed stays."""
        if [self.box.itemText(place) for place in range(self.box.count())] == names:
            return
        typed = self.line.text()
        self.box.clear()
        self.box.addItems(names)
        self.line.setText(typed)

    def value(self) -> str:
        """The name."""
        return self.line.text().strip()

    def write(self, value: Any) -> None:
        """Show the name."""
        self.line.setText(value or "")


def kind_of_firm(name: str) -> FirmKind:
    """What a firm's name says it is: 律师事务所, 会计师事务所, or something else."""
    if "会计" in name or "accounting" in name.lower():
        return FirmKind.ACCOUNTING
    return FirmKind.LAW if "律师" in name or "law" in name.lower() else FirmKind.OTHER


class PlanForm(QWidget):
    """The form of the plan of one key; another plan gets another form."""

    def __init__(self, work: CaseWork, plan_id: str) -> None:
        super().__init__()
        self._work = work
        self.plan_id = plan_id
        self.firm = FirmField(tr("Service firm"))
        self.cause_analysis = RichTextField(tr("Cause analysis"), rows=3)
        self.measures = RichTextField(tr("Measures"), rows=3)
        self.risks = RichTextField(tr("Risks"), rows=2)
        self.ways = WaysCard(work, plan_id)
        words_card = Card(margin=16, gap=12)
        for field in (self.firm, self.cause_analysis, self.measures, self.risks):
            words_card.add(field)
        keep(self.firm, work.bench.operations, self._keep_firm)
        for name, note in self._notes().items():
            keep(note, work.bench.operations, _Edit(plan_id, name))
        self.setLayout(column(words_card, self.ways, gap=12))

    def _notes(self) -> dict[str, RichTextField]:
        return {
            "cause_analysis": self.cause_analysis,
            "measures": self.measures,
            "risks": self.risks,
        }

    def present(
        self,
        plan: RemedyPlan,
        firm: Organisation | None,
        firms: tuple[Organisation, ...],
        *,
        fixed: bool,
    ) -> None:
        """Show the plan as it stands."""
        self.firm.offer([one.name for one in firms])
        self.firm.set_value(firm.name if firm else "")
        self.firm.set_read_only(fixed)
        for name, note in self._notes().items():
            note.set_value(getattr(plan, name))
            note.set_read_only(fixed)

    def _keep_firm(self, ctx: Context, name: str) -> RemedyPlan:
        with ctx.change():
            firm_id = find_or_add_firm(ctx, name=name, kind=kind_of_firm(name)).id if name else None
            return edit_plan(ctx, plan_id=self.plan_id, firm_id=firm_id)


class _Edit:
    """Keeps one field of one plan."""

    def __init__(self, plan_id: str, name: str) -> None:
        self._plan_id = plan_id
        self._name = name

    def __call__(self, ctx: Context, value: Any) -> RemedyPlan:
        return edit_plan(ctx, plan_id=self._plan_id, **{self._name: value})

"""What a plan says in words: firm, cause; and of an alternative measures and ways out."""

from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from landsteward.app.context import Context
from landsteward.app.engagements import find_or_add_firm
from landsteward.app.language import tr
from landsteward.app.plan_writing import edit_alternative
from landsteward.app.plans import edit_plan
from landsteward.domain.organisations import Organisation
from landsteward.domain.plans import PlanAlternative, RemedyPlan
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
    """The form of one alternative of a version; another one gets another form."""

    def __init__(self, work: CaseWork, plan_id: str, alternative_id: str) -> None:
        super().__init__()
        self._work = work
        self.plan_id = plan_id
        self.alternative_id = alternative_id
        self.firm = FirmField(tr("Service firm"))
        self.cause_analysis = RichTextField(tr("Cause analysis"), rows=3)
        self.measures = RichTextField(tr("Measures"), rows=3)
        self.ways = WaysCard(work, alternative_id)
        words_card = Card(margin=16, gap=12)
        for field in (self.firm, self.cause_analysis, self.measures):
            words_card.add(field)
        keep(self.firm, work.bench.operations, self._keep_firm)
        keep(self.cause_analysis, work.bench.operations, self._keep_cause)
        keep(self.measures, work.bench.operations, self._keep_measures)
        self.setLayout(column(words_card, self.ways, gap=12))

    def present(
        self,
        plan: RemedyPlan,
        alternative: PlanAlternative,
        firm: Organisation | None,
        firms: tuple[Organisation, ...],
        *,
        fixed: bool,
    ) -> None:
        """Show the plan as it stands."""
        self.firm.offer([one.name for one in firms])
        self.firm.set_value(firm.name if firm else "")
        self.firm.set_read_only(fixed)
        self.cause_analysis.set_value(plan.cause_analysis)
        self.measures.set_value(alternative.measures)
        for note in (self.cause_analysis, self.measures):
            note.set_read_only(fixed)

    def _keep_firm(self, ctx: Context, name: str) -> RemedyPlan:
        with ctx.change():
            firm_id = find_or_add_firm(ctx, name=name, kind=kind_of_firm(name)).id if name else None
            return edit_plan(ctx, plan_id=self.plan_id, firm_id=firm_id)

    def _keep_cause(self, ctx: Context, text: str) -> RemedyPlan:
        return edit_plan(ctx, plan_id=self.plan_id, cause_analysis=text)

    def _keep_measures(self, ctx: Context, text: str) -> PlanAlternative:
        return edit_alternative(ctx, alternative_id=self.alternative_id, measures=text)

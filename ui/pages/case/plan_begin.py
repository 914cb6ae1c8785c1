"""Beginning a plan: for which assigned findings, from which template."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout

from landsteward.app.context import Context
from landsteward.app.language import localised, tr
from landsteward.app.plan_templates import Offered, use_template
from landsteward.app.plans import draft_plan
from landsteward.domain.findings import Finding
from landsteward.domain.plans import RemedyPlan
from ui import formats
from ui import words as shared
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, button, changes, clear, label, row
from ui.widgets.callout import Refusal
from ui.widgets.fields import ChoiceField
from ui.widgets.signs import Badge


class PlanBeginning(Card):
    """The choice of findings a new plan answers, and of the template it begins with."""

    made = Signal(object)
    left = Signal()

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Which findings does the plan answer?"), gap=8)
        self._work = work
        self.ticks: dict[str, QCheckBox] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.add(self._rows)
        self.template = ChoiceField(tr("Begin with a template"))
        self.template.setMaximumWidth(420)
        self.add(self.template)
        self._templates: tuple[Offered, ...] = ()
        self.error = Refusal()
        self.send = button(tr("Write the plan"), "small", self.make, changing=True)
        self.cancel = button(tr("Cancel"), "quiet", self.left.emit)
        self.add(row(self.error, self.cancel, self.send))
        self.body.addStretch(1)
        self._waiting: tuple[Finding, ...] = ()

    def present(
        self, head: CaseHead, waiting: tuple[Finding, ...], templates: tuple[Offered, ...]
    ) -> None:
        """Offer the assigned findings, all ticked at first."""
        if templates != self._templates:
            self._templates = templates
            chosen = self.template.value()
            self.template.set_options(
                [
                    ("", tr("None, written from scratch")),
                    *(
                        (one.template.key, localised(one.template.name, one.template.name_en))
                        for one in templates
                        if one.fits
                    ),
                ]
            )
            self.template.set_value(chosen or "")
        if waiting == self._waiting:
            return
        unticked = {key for key, tick in self.ticks.items() if not tick.isChecked()}
        self._waiting = waiting
        clear(self._rows)
        self.ticks = {}
        for one in waiting:
            tick = changes(QCheckBox(f"{one.finding_no}  {one.title}"))
            tick.setChecked(one.id not in unticked)
            self.ticks[one.id] = tick
            line = finding_line(head, one, tick)
            self._rows.addLayout(line)

    def make(self) -> None:
        """Start the plan; its findings move to 方案编制."""
        case_id = self._work.case_id
        chosen = [key for key, tick in self.ticks.items() if tick.isChecked()]
        template = next(
            (
                one.template
                for one in self._templates
                if one.template.key == (self.template.value() or "")
            ),
            None,
        )

        def begin(ctx: Context) -> RemedyPlan:
            with ctx.change():
                plan = draft_plan(ctx, case_id=case_id, finding_ids=chosen)
                if template is not None and plan.recommended_id is not None:
                    use_template(ctx, alternative_id=plan.recommended_id, template=template)
            return plan

        self._work.change(self, begin, success=self.made.emit, error=self.error)


def finding_line(head: CaseHead, finding: Finding, lead: QCheckBox | None = None) -> QHBoxLayout:
    """A finding in one line: number and title, severity, department, deadline, state."""
    first = lead or label(f"{finding.finding_no}  {finding.title}", wrap=True)
    facts = label(
        f"{head.department_name(finding.department)} · {formats.day(finding.deadline_on)}", "dim"
    )
    line = row(gap=10)
    line.addWidget(first, 1)
    line.addWidget(facts)
    line.addWidget(Badge(shared.severity(finding.severity), shared.severity_tone(finding.severity)))
    line.addWidget(Badge(shared.finding_state(finding.state), shared.finding_tone(finding.state)))
    return line

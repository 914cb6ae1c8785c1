"""The leg of the tour through a long plan: its texts, its steps as bars, and how they are kept."""

from landsteward.domain.states import CaseStep
from landsteward.domain.text import msg
from ui.pages.case.follow_up_step import FollowUpStep
from ui.pages.case.plan_step import PlanStepPage
from ui.tour.disposals import DisposalsLeg


class GanttLeg(DisposalsLeg):
    """From findings to the plans that answer them, and to what became of the steps."""

    def _gantt(self) -> None:
        self._do(msg("Looking at alternatives side by side"))
        hand = self._hand
        plan = self._plan_of(self._script.alternatives)
        hand.click(plan.alternatives.compare)
        self._picture("case-plan-alternatives")
        self._do(msg("Reading a plan's texts"))
        plan = self._plan_of(self._script.joint)
        plan.area.ensureWidgetVisible(self._sure(plan.form).measures)
        self._picture("case-plan-texts")
        self._do(msg("Looking at the steps as bars"))
        hand.click(plan.steps.switch.gantt)
        bars = plan.steps.bars.gantt
        hand.until(lambda: bars.isVisible() and bool(bars.bars), msg("the bars"))
        plan.area.ensureWidgetVisible(plan.steps, 0, 0)
        self._picture("case-plan-gantt")
        self._do(msg("Looking at how the steps are kept"))
        self._case.show_step(CaseStep.FOLLOW_UP)
        step = self._step(CaseStep.FOLLOW_UP, FollowUpStep)
        hand.until(lambda: bool(step.steps.rows.keys), msg("the steps"))
        hand.click(step.steps.switch.gantt)
        step.area.ensureWidgetVisible(step.steps, 0, 0)
        self._picture("case-follow-up-gantt")

    def _plan_of(self, title: str) -> PlanStepPage:
        """Look a finding up in the list and turn to its plan."""
        self._finding(title)
        self._case.show_step(CaseStep.PLAN)
        plan = self._step(CaseStep.PLAN, PlanStepPage)
        self._hand.until(lambda: plan.form is not None, msg("the form of the plan"))
        return plan

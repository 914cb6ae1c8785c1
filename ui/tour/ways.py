"""The leg of the tour through ways out: beside a finding, in its plan, where a fact is entered."""

from PySide6.QtWidgets import QPushButton

from landsteward.domain.states import CaseStep
from landsteward.domain.text import msg
from ui.pages.case.plan_step import PlanStepPage
from ui.pages.register.parcel import ParcelPage
from ui.pages.register.standing import StandingPart
from ui.tour.disposals import DisposalsLeg


class WaysLeg(DisposalsLeg):
    """From a finding whose land is seized to the record that says so."""

    def _ways(self) -> None:
        self._do(msg("Looking at the ways out of a finding"))
        hand = self._hand
        step = self._finding(self._script.joint)
        glance = self._sure(step.detail).ways
        step.detail_area.ensureWidgetVisible(glance)
        self._picture("finding-ways")
        self._do(msg("Looking at a barred way that was chosen nevertheless"))
        finding_id = self._sure(step.detail).finding_id
        hand.click(glance.to_plan)
        plan = self._step(CaseStep.PLAN, PlanStepPage)
        hand.until(lambda: plan.form is not None, msg("the form of the plan"))
        ways = self._sure(plan.form).ways
        hand.until(lambda: finding_id in ways.findings, msg("the ways out"))
        plan.area.ensureWidgetVisible(ways.findings[finding_id])
        hand.click(ways.findings[finding_id])
        hand.until(lambda: self._script.barred in ways.lines, msg("the ways out"))
        line = ways.lines[self._script.barred]
        plan.area.ensureWidgetVisible(line)
        hand.click(next(iter(line.chips.values())))
        hand.until(lambda: bool(line.panels), msg("the reason"))
        plan.area.ensureWidgetVisible(line)
        self._picture("case-ways")
        self._do(msg("Looking at where the fact is entered"))
        hand.click(line.panels[0].findChildren(QPushButton)[0])
        hand.until(lambda: isinstance(self._page, ParcelPage), msg("the parcel's page"))
        parcel = self._page
        assert isinstance(parcel, ParcelPage)
        hand.until(
            lambda: isinstance(parcel.tabs.part, StandingPart) and parcel.head is not None,
            msg("the rights and limits"),
        )
        self._picture("parcel-standing")

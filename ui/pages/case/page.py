"""The case page: header, stepper, the step in front, and beside it photos and timeline."""

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.domain.errors import KnownError
from landsteward.domain.states import CaseStage, CaseStep, NextStep
from ui import theme
from ui.evidence.export import save_original
from ui.evidence.intake_line import IntakeLine
from ui.pages.base import Page
from ui.pages.case import words
from ui.pages.case.header import CaseHeader, name_of
from ui.pages.case.reading import CaseHead, read_head, step_of_now, step_states
from ui.pages.case.side import SidePanel
from ui.pages.case.step import StepPage
from ui.pages.case.work import CaseWork
from ui.widgets.basics import button
from ui.widgets.signs import Step, Stepper
from ui.workbench import Place, Workbench

_SIDE_FROM = 1060
"""Below this width of the page the side panel is put away unless it is asked for."""

_PAUSE_MS = 300


class CasePage(Page):
    """One case, from register to dossier."""

    adapts = True

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.work = CaseWork(bench, place.record_id, self)
        self._steps: dict[CaseStep, StepPage[Any]] = {}
        self._shown = _step_of(place.step)
        self._asking = False
        self._again = False
        self._do_after: NextStep | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._follow)
        self.header = CaseHeader()
        self.stepper = Stepper()
        self.side_button = button(tr("Photos and timeline"), "quiet")
        self.side_button.setCheckable(True)
        self.side_button.setToolTip(tr("Show or put away photos and timeline (F9)"))
        self.side_button.setShortcut("F9")
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())  # in front until the case was first read
        self.side = SidePanel(self.work)
        way = QFrame()
        way.setProperty("role", "card")
        inside = QHBoxLayout(way)
        inside.setContentsMargins(16, 0, 8, 0)
        inside.addWidget(self.stepper, 1)
        inside.addWidget(self.side_button)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.stack, 1)
        body.addWidget(self.side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.header)
        layout.addWidget(way)
        self.taking_in = IntakeLine(self.work.intake)
        layout.addWidget(self.taking_in)
        layout.addLayout(body, 1)
        self._wants_side: bool | None = None
        self._place_side()
        self.side_button.clicked.connect(self._side_clicked)
        self.stepper.chosen.connect(lambda key: self.show_step(CaseStep(key)))
        self.header.next_asked.connect(self.do_next)
        self.header.register_asked.connect(self._go_register)
        self.header.dossier_asked.connect(lambda: self.show_step(CaseStep.DOSSIER))
        self.work.step_asked.connect(self.show_step)
        self.work.refresh_asked.connect(self.refresh)
        self.work.finding_asked.connect(self._show_finding)
        self.work.photo_asked.connect(self._open_photo)
        self.work.export_asked.connect(self._export)
        step, _colon, record_id = place.step.partition(":")
        if record_id and step == CaseStep.PLAN:
            self._show_plan(record_id)
        elif record_id:
            self._show_finding(record_id)

    def _show_plan(self, plan_id: str) -> None:
        from ui.pages.case.plan_step import PlanStepPage

        page = self.step_page(CaseStep.PLAN)
        if isinstance(page, PlanStepPage):
            page.put_in_front(plan_id)

    def refresh(self) -> None:
        """Read the case and the step in front again; asked while it reads, it reads once more."""
        if self._asking:
            self._again = True
            return
        if self.work.intake.running:
            # Each of a hundred photos is a change: the page follows a few times a second.
            if self._pause.isActive():
                self._again = True
                return
            self._pause.start()
        self._asking = True
        case_id = self.work.case_id
        page = self._page_in_front()
        shown = self._shown

        def read(ctx: Context) -> tuple[CaseHead, Any]:
            return read_head(ctx, case_id), page.read(ctx) if page is not None else None

        self.bench.operations.query(
            self,
            read,
            success=lambda answer: self._present(shown, *answer),
            failure=self._not_read,
        )

    def place(self) -> Place:
        """The case and the step in front."""
        step = self._shown.value if self._shown is not None else ""
        return Place("case", self.work.case_id, step)

    def step_page(self, step: CaseStep) -> StepPage[Any]:
        """The page of a step, made when it is first needed."""
        if step not in self._steps:
            page = _make(step, self.work)
            self._steps[step] = page
            self.stack.addWidget(page)
        return self._steps[step]

    @property
    def shown(self) -> CaseStep | None:
        """The step in front; None until the case was first read."""
        return self._shown

    def show_step(self, step: CaseStep) -> None:
        """Put a step in front, once what it shows is read."""
        if step is self._shown and step in self._steps:
            return
        if not self.commit():
            self.bench.say(
                tr("A field on this page is not right yet; look for the red line."), "caution"
            )
            return
        self._shown = step
        self.refresh()

    def do_next(self) -> None:
        """What the filled button does: the next step, or the way to where it is done."""
        head = self.work.head
        if head is None or not self.commit():
            return
        step = head.overview.next_step
        if self._shown is step_of_now(head):
            self.step_page(self._shown).do_next(step)
            return
        if step is NextStep.START_CHECKUP:
            self._do_after = step
        self.show_step(step_of_now(head))

    def drop(self) -> None:
        """Let go of what the steps hold, and of the folder that is watched."""
        self.work.watch.stop()
        for page in self._steps.values():
            page.drop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page puts the side panel away."""
        super().resizeEvent(event)
        self._place_side()

    def _page_in_front(self) -> StepPage[Any] | None:
        return self.step_page(self._shown) if self._shown is not None else None

    def _present(self, shown: CaseStep | None, head: CaseHead, data: Any) -> None:
        self._answered()
        self.work.head = head
        self.set_title(f"{head.overview.case.case_no} {name_of(head)}")
        if self._shown is None:
            self._shown = step_of_now(head)
        page = self._page_in_front()
        if page is None:
            return
        self.header.present(head, self._shown)
        states = step_states(head)
        self.stepper.show_steps(
            [Step(one.value, words.step(one), states[one]) for one in CaseStep], self._shown.value
        )
        self.side.present(head)
        if shown is not self._shown:
            self.refresh()
            return
        page.present(data)
        if self.stack.currentWidget() is not page:
            self.stack.setCurrentWidget(page)
            self.titled.emit(self.title())
        if self._do_after is not None:
            step, self._do_after = self._do_after, None
            page.do_next(step)

    def _not_read(self, error: KnownError) -> None:
        self._answered()
        self.bench.operations.failed.emit(error)

    def _answered(self) -> None:
        self._asking = False
        if self._again and not self._pause.isActive():
            self._follow()

    def _follow(self) -> None:
        """Read again what changed meanwhile."""
        if self._again and not self._asking:
            self._again = False
            self.refresh()

    def _show_finding(self, finding_id: str) -> None:
        from ui.pages.case.findings_step import FindingsStep

        page = self.step_page(CaseStep.FINDINGS)
        assert isinstance(page, FindingsStep)
        page.select(finding_id)
        self.show_step(CaseStep.FINDINGS)

    def _go_register(self) -> None:
        head = self.work.head
        if head is None:
            return
        case = head.overview.case
        if case.enterprise_id is not None:
            self.bench.go(Place("enterprise", case.enterprise_id))
        elif case.parcel_id is not None:
            self.bench.go(Place("parcel", case.parcel_id))

    def _open_photo(self, evidence_id: str) -> None:
        from ui.viewer.dialog import PhotoDialog

        head = self.work.head
        if head is None:
            return
        archived = head.overview.case.stage is CaseStage.ARCHIVED
        attach = None if archived else self.side.pool.ask_where
        PhotoDialog(self.bench, head.pool, evidence_id, self, attach=attach).open()

    def _export(self, evidence_id: str) -> None:
        head = self.work.head
        evidence = next((one for one in head.pool if one.id == evidence_id), None) if head else None
        if evidence is not None:
            save_original(self.bench, evidence, self)

    def _side_clicked(self) -> None:
        self._wants_side = self.side_button.isChecked()
        self._place_side()

    def _place_side(self) -> None:
        fits = self.width() >= theme.current().px(_SIDE_FROM)
        shown = fits if self._wants_side is None else self._wants_side
        self.side.setVisible(shown)
        self.side_button.setChecked(shown)


def _step_of(word: str) -> CaseStep | None:
    """The step a place names (`findings:KEY`: a finding of it); the recheck is done on the page of
    the closure.
    """
    word = word.partition(":")[0]
    if word == "recheck":
        return CaseStep.CLOSURE
    return CaseStep(word) if word in set(CaseStep) else None


def _make(step: CaseStep, work: CaseWork) -> StepPage[Any]:
    """The page of a step. Imported here, so that opening a case loads only what it shows."""
    if step is CaseStep.REGISTER:
        from ui.pages.case.register_step import RegisterStep

        return RegisterStep(work)
    if step is CaseStep.CHECKUP:
        from ui.pages.case.checkup_step import CheckupStep

        return CheckupStep(work)
    if step is CaseStep.FINDINGS:
        from ui.pages.case.findings_step import FindingsStep

        return FindingsStep(work)
    if step is CaseStep.PLAN:
        from ui.pages.case.plan_step import PlanStepPage

        return PlanStepPage(work)
    if step is CaseStep.FOLLOW_UP:
        from ui.pages.case.follow_up_step import FollowUpStep

        return FollowUpStep(work)
    if step is CaseStep.CLOSURE:
        from ui.pages.case.closure_step import ClosureStep

        return ClosureStep(work)
    from ui.pages.case.dossier_step import DossierStep

    return DossierStep(work)

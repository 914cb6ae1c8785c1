"""The way of the tour: which pages it opens and what it does there, in order."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QPoint, Qt

from landsteward.domain.states import CaseStage, CaseStep, NextStep, Verdict
from landsteward.domain.text import msg
from ui import formats
from ui.pages.case.closure_step import ClosureStep
from ui.pages.case.dossier_step import DossierStep
from ui.pages.case.follow_up_step import FollowUpStep
from ui.pages.case.page import CasePage
from ui.pages.case.plan_step import PlanStepPage
from ui.pages.imports.wizard import ImportPage
from ui.pages.register.enterprise import EnterprisePage
from ui.pages.register.lists import RegisterPage
from ui.pages.register.past import PastPage
from ui.pages.welcome.who import WhoPage
from ui.tour.campaign_leg import CampaignLeg
from ui.tour.checkup_leg import CheckupLeg
from ui.tour.firms import FirmsLeg
from ui.tour.following import FollowingLeg
from ui.tour.gantt import GanttLeg
from ui.tour.grading import GradingLeg
from ui.tour.look_backs import LookBackLeg
from ui.tour.photos import PhotoLegs
from ui.tour.preparation import PreparationLeg
from ui.tour.roles import RolesLeg
from ui.tour.rule_pack import RulePackLeg
from ui.tour.ways import WaysLeg
from ui.tour.what_if import WhatIfLeg

_EARLIER_DAYS = 200
"""Before the sample's yearly figures came in."""


class Route(
    CampaignLeg,
    CheckupLeg,
    FollowingLeg,
    GradingLeg,
    LookBackLeg,
    PhotoLegs,
    WaysLeg,
    GanttLeg,
    PreparationLeg,
    RolesLeg,
    RulePackLeg,
    FirmsLeg,
    WhatIfLeg,
):
    """From the door through a case to the archive, and to what is known besides."""

    def walk(self, workspace: Path) -> None:
        """The whole tour; leaves pictures and `dossier.pdf`."""
        self._begin(workspace)
        self._areas()
        self._register()
        self._checkup()
        self._findings()
        self._plan()
        self._follow_up()
        self._recheck()
        self._closure()
        self._dossier()
        self._map()
        self._import()
        self._enterprise()
        self._grading()
        self._disposals()
        self._do(msg("Preparing the next checkup"))
        self._search()
        self._hand.press(Qt.Key.Key_Return)
        self._preparation(self._at_the_enterprise())
        self.walk_campaign()
        self._rule_pack()
        self._ways()
        self._following()
        self._roles()
        self._look_backs()
        self._gantt()
        self._firms()
        self._search()
        self._hand.press(Qt.Key.Key_Return)
        self._what_if(self._at_the_enterprise())

    # From the door to the case

    def _begin(self, workspace: Path) -> None:
        self._do(msg("Opening the sample"))
        self._window.open_file(workspace)
        self._hand.until(lambda: bool(self._window.findChildren(WhoPage)), msg("Who are you?"))
        (page,) = self._window.findChildren(WhoPage)
        name = self._script.person
        me = [one for one in page.known.values() if one.property("text") == name]
        if len(me) != 1:
            self._fail(msg("the person {name}", name=name))
        self._hand.click(me[0])
        self._hand.until(lambda: self._window.shell is not None, msg("the desk"))
        self._wait_for_icons()
        self._picture("desk")

    def _wait_for_icons(self) -> None:
        first = next(iter(self._shell.rail.buttons.values()))
        self._hand.until(lambda: not first.icon().isNull(), msg("the icons"))

    def _areas(self) -> None:
        self._do(msg("Looking into every area"))
        for page, button in self._shell.rail.buttons.items():
            if page in ("desk", "register", "gradings"):
                continue
            self._hand.click(button)
            self._picture(page)

    def _register(self) -> None:
        self._do(msg("Finding the enterprise"))
        hand = self._hand
        hand.click(self._shell.rail.buttons["register"])
        self._picture("register")
        self._search()
        self._picture("search")
        hand.press(Qt.Key.Key_Return)
        page = self._at_the_enterprise()
        self._picture("enterprise")
        self._do(msg("Opening a case"))
        hand.click(page.start)
        hand.until(lambda: isinstance(self._page, CasePage), msg("the case's page"))
        hand.until(lambda: self._case.shown is CaseStep.REGISTER, msg("the schedule"))
        self._picture("case-register")
        self._next(NextStep.SCHEDULE_CHECKUP, then=NextStep.START_CHECKUP)

    def _search(self) -> None:
        hand, script = self._hand, self._script
        hand.press(Qt.Key.Key_K, ctrl=True)
        hand.type(script.search)
        search = self._shell.top.search
        hand.until(
            lambda: (
                search.results.count() > 0
                and search.results.item(0).text().startswith(script.enterprise)
            ),
            msg("the enterprise among the results"),
        )

    def _at_the_enterprise(self) -> EnterprisePage:
        self._hand.until(
            lambda: isinstance(self._page, EnterprisePage), msg("the enterprise's page")
        )
        page = self._page
        assert isinstance(page, EnterprisePage)
        return page

    # Findings and plan

    def _findings(self) -> None:
        self._do(msg("Confirming and assigning the finding"))
        self._hand.until(lambda: self._case.shown is CaseStep.FINDINGS, msg("the findings"))
        self._next(NextStep.CONFIRM_FINDINGS, then=NextStep.ASSIGN_FINDINGS)
        self._picture("case-findings")
        self._next(NextStep.ASSIGN_FINDINGS, then=NextStep.WRITE_PLAN)

    def _plan(self) -> None:
        self._do(msg("Writing the plan"))
        hand, script = self._hand, self._script
        hand.click(self._case.header.next)
        step = self._step(CaseStep.PLAN, PlanStepPage)
        hand.until(lambda: step.stack.currentIndex() == 1, msg("the choice of findings"))
        self._next(NextStep.WRITE_PLAN, then=NextStep.SUBMIT_PLAN)
        hand.until(lambda: step.form is not None, msg("the form of the plan"))
        form = self._sure(step.form)
        hand.write(form.firm.line, script.firm)
        hand.until(step.firm.question.isVisible, msg("the question about conflicts"))
        hand.click(step.firm.question.none)
        hand.until(lambda: not step.firm.question.isVisible(), msg("the answer"))
        hand.write(form.cause_analysis.edit, script.cause)
        hand.write(form.measures.edit, script.measures)
        hand.bring_up(form.cause_analysis)
        self._picture("case-plan")
        if script.way not in form.ways.lines:
            hand.click(form.ways.further)
        hand.until(lambda: script.way in form.ways.lines, msg("the ways out"))
        way = form.ways.lines[script.way]
        hand.click(way.tick)
        hand.until(way.why.isVisible, msg("the reason of the choice"))
        hand.write(way.why.edit, script.why)
        today = self._sure(self._case.work.head).today
        self._do(msg("Adding a step and a target"))
        hand.fill_row(
            step.steps.table,
            [
                script.step_title,
                script.step_responsible,
                formats.day(today),
                formats.day(today + timedelta(days=40)),
                script.step_result,
            ],
        )
        targets = step.targets
        hand.write(targets.baseline.line, script.metric_baseline)
        hand.write(targets.target.line, script.metric_target)
        hand.click(targets.send)
        self._picture("case-plan-steps")
        self._do(msg("Handing the plan in"))
        self._next(NextStep.SUBMIT_PLAN, then=NextStep.DECIDE_PLAN)
        self._do(msg("Accepting the plan"))
        hand.until(lambda: bool(step.head.switches), msg("who decides on the plan"))
        decider = [one for one in step.head.switches.values() if script.decider in one.text()]
        if len(decider) != 1:
            self._fail(msg("the person {name}", name=script.decider))
        hand.click(decider[0])
        hand.until(self._deciding, msg("who decides at work"))
        step = self._step(CaseStep.PLAN, PlanStepPage)
        hand.write(step.head.comment.edit, script.opinion)
        hand.bring_up(step.answers)
        self._picture("case-plan-review")
        hand.click(step.head.accept)
        hand.until(lambda: self._now is NextStep.RECORD_FOLLOW_UP, msg("the plan accepted"))
        members = self._sure(self._case.work.head).members.values()
        (me,) = (one.person.id for one in members if one.person.name == script.person)
        self._case.work.bench.act_as(me)
        hand.until(lambda: True, msg("the first person at work"))

    def _deciding(self) -> bool:
        """Whether the plan is in front of somebody who may decide on it."""
        page = self._case.step_page(CaseStep.PLAN)
        return isinstance(page, PlanStepPage) and page.head.accept.isVisible()

    # Follow-up, recheck, closure

    def _follow_up(self) -> None:
        self._do(msg("Recording the follow-up"))
        hand, script = self._hand, self._script
        hand.click(self._case.header.next)
        step = self._step(CaseStep.FOLLOW_UP, FollowUpStep)
        hand.until(lambda: step.isVisible() and bool(step.findings.all), msg("the follow-up"))
        hand.write(step.form.content.edit, script.progress)
        hand.write(step.form.percent.line, "100")
        hand.choose(step.form.step.box, 1)
        hand.click(step.form.readings.more)
        figure = step.form.readings.rows[0]
        hand.choose(figure.kind.box, 1)
        hand.write(figure.value.line, script.reading)
        hand.write(figure.source.line, script.source)
        self._next(NextStep.RECORD_FOLLOW_UP, then=NextStep.RECORD_FOLLOW_UP)
        hand.until(lambda: len(step.entries.all) == 1, msg("the entry"))
        self._do(msg("Attaching proof and handing in"))
        (row,) = step.findings.all
        row.proof.add_tile.setFocus()
        hand.paste_file(script.after)
        hand.until(lambda: len(row.proof.tiles) == 1, msg("the proof"))
        self._picture("case-follow-up")
        self._pair_photos(CaseStep.FOLLOW_UP)
        hand.click(row.submit)
        hand.until(lambda: self._now is NextStep.START_RECHECK, msg("the finding handed in"))

    def _recheck(self) -> None:
        self._do(msg("Rechecking"))
        hand, script = self._hand, self._script
        hand.click(self._case.header.next)
        step = self._step(CaseStep.CLOSURE, ClosureStep)
        hand.until(lambda: step.isVisible() and step.waiting.isVisible(), msg("what waits"))
        self._next(NextStep.START_RECHECK, then=NextStep.JUDGE_RECHECK)
        hand.until(lambda: len(step.recheck.rows.all) == 1, msg("the finding to judge"))
        (row,) = step.recheck.rows.all
        hand.pick(row.pills, Verdict.PASSED)
        hand.write(row.note.edit, script.recheck_note)
        hand.write(step.recheck.summary.edit, script.recheck_summary)
        hand.write(step.recheck.signing.representative.line, script.representative)
        hand.click(step.recheck.signing.on_paper)
        self._picture("case-recheck")
        self._next(NextStep.JUDGE_RECHECK, then=NextStep.REQUEST_CLOSURE)

    def _closure(self) -> None:
        self._do(msg("Requesting the closure"))
        hand, script = self._hand, self._script
        step = self._step(CaseStep.CLOSURE, ClosureStep)
        (row,) = step.rows.all
        hand.write(row.ground.edit, script.ground)
        hand.write(row.benefit.edit, script.benefit)
        self._next(NextStep.REQUEST_CLOSURE, then=NextStep.APPROVE_CLOSURE)
        hand.until(lambda: bool(row.switches), msg("who can approve"))
        self._picture("case-closure")
        self._do(msg("Approving as the second person"))
        second = [one for one in row.switches.values() if script.second in one.text()]
        if len(second) != 1:
            self._fail(msg("the second person {name}", name=script.second))
        hand.click(second[0])
        # Whoever takes over gets every page anew.
        step = self._step(CaseStep.CLOSURE, ClosureStep)
        hand.until(lambda: bool(step.rows.all), msg("the second person at work"))
        (row,) = step.rows.all
        hand.until(lambda: row.needed.isHidden(), msg("the second person at work"))
        hand.write(row.opinion.edit, script.approval)
        self._picture("case-closure-approval")
        self._next(NextStep.APPROVE_CLOSURE, then=NextStep.CLOSE_CASE)
        self._do(msg("Closing the case"))
        self._next(NextStep.CLOSE_CASE, then=NextStep.ARCHIVE)

    def _dossier(self) -> None:
        self._do(msg("Laying out the dossier"))
        hand = self._hand
        hand.click(self._case.header.next)
        step = self._step(CaseStep.DOSSIER, DossierStep)
        hand.until(lambda: step.document.pageCount() > 0, msg("the dossier"))
        self._picture("case-dossier")
        self._do(msg("Archiving"))
        before = step.content
        hand.click(self._case.header.next)
        hand.click(self._sure(step.asking).yes)
        hand.until(lambda: self._stage is CaseStage.ARCHIVED, msg("the case archived"))
        hand.until(lambda: step.content != before, msg("the archived paper"))
        self._picture("case-archived")
        self._do(msg("Saving the dossier"))
        file = self._output / "dossier.pdf"
        file.unlink(missing_ok=True)
        hand.click_and_save(step.save, file)

    def _map(self) -> None:
        self._do(msg("Looking at the map"))
        hand = self._hand
        hand.click(self._shell.rail.buttons["register"])
        page = self._page
        assert isinstance(page, RegisterPage)
        hand.click(page.tabs.buttons["map"])
        panel = page.map
        hand.until(lambda: panel.content is not None and panel.canvas.still, msg("the map"))
        content, scene = self._sure(panel.content), self._sure(panel.canvas.scene)
        names = [one.enterprise if one is not None else "" for one in content.parcels]
        shape = names.index(self._script.enterprise)
        x, y = panel.canvas.camera.to_view(*scene.shapes.anchor(shape))
        ratio = panel.canvas.devicePixelRatioF()
        hand.click(panel.canvas, QPoint(round(x / ratio), round(y / ratio)))
        hand.until(panel.card.isVisible, msg("the parcel's card"))
        self._picture("map")

    # A roster on its way into the register

    def _import(self) -> None:
        self._do(msg("Matching the columns of a roster"))
        hand, script = self._hand, self._script
        self._shell.traffic.import_file(script.roster)
        hand.until(
            lambda: isinstance(self._page, ImportPage) and self._page.columns.ready,
            msg("the roster's columns"),
        )
        page = self._page
        assert isinstance(page, ImportPage)
        grid = page.columns.grid
        labels = [one.label for one in self._sure(page.flow.seen).columns]
        column = labels.index(script.roster_column)
        hand.click(grid.heads.viewport(), grid.heads.field_place(column))
        hand.type(script.roster_field)
        hand.press(Qt.Key.Key_Return)
        hand.until(
            lambda: grid.heads.lines_of(column)[0] == script.roster_field,
            msg("the column {column}", column=script.roster_column),
        )
        grid.setFocus()
        hand.press(Qt.Key.Key_Home)
        self._picture("import-columns")
        self._do(msg("Previewing the roster"))
        hand.click(page.next)
        hand.until(lambda: page.preview.isVisible(), msg("the preview"))
        hand.click(page.preview.filters[""])
        self._picture("import-preview")
        hand.press(Qt.Key.Key_Escape)

    # All that is known of the enterprise

    def _enterprise(self) -> None:
        self._do(msg("Looking at all that is known of the enterprise"))
        hand = self._hand
        self._search()
        hand.press(Qt.Key.Key_Return)
        page = self._at_the_enterprise()
        for tab, picture in (
            ("parcels", "enterprise-land"),
            ("years", "enterprise-figures"),
            ("output", "enterprise-output"),
            ("papers", "enterprise-papers"),
            ("evidence", "enterprise-evidence"),
            ("chronicle", "enterprise-history"),
        ):
            hand.click(page.tabs.buttons[tab])
            self._picture(picture)
        self._do(msg("Looking back"))
        earlier = page.bench.services.clock.today() - timedelta(days=_EARLIER_DAYS)
        hand.write(page.as_of.day.line, formats.day(earlier))
        hand.until(lambda: isinstance(self._page, PastPage), msg("the page as it was"))
        self._picture("enterprise-past")

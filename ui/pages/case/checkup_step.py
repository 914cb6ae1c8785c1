"""体检: the form, department by department, with filters, 其余无问题 and its finish."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from landsteward.app.cases import current_checkup
from landsteward.app.checkups import (
    CheckupSheet,
    SheetItem,
    answer_rest_ok,
    checkup_sheet,
    start_checkup,
    take_answers_back,
)
from landsteward.app.context import Context
from landsteward.app.drafts import draft_of
from landsteward.app.findings import finding_from_item
from landsteward.app.language import localised, tr
from landsteward.domain.casework import Evidence
from landsteward.domain.states import CaseStep, ItemOutcome, NextStep, SubjectKind
from ui import formats
from ui.pages.case.checkup_finish import FORM, FinishCard
from ui.pages.case.checkup_line import CheckLine, LineData
from ui.pages.case.checkup_side import FILTERS, FINISH, CheckupSide, fitting
from ui.pages.case.reading import photos_of
from ui.pages.case.step import StepPage
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, box, button, changes, column, label, row, scrolled
from ui.widgets.rows import Rows
from ui.widgets.signs import Badge, EmptyState
from ui.workbench import Place

_FIRST_LINES = 10
_LINES_AT_A_TIME = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckupData:
    """The form with the photos of its lines; None before the visit is scheduled."""

    sheet: CheckupSheet | None
    photos: dict[str, tuple[Evidence, ...]]
    draft: dict[str, str]
    today: date


class CheckupStep(StepPage[CheckupData]):
    """Departments and filters at the left, the lines at the right."""

    step = CaseStep.CHECKUP

    def __init__(self, work: CaseWork) -> None:
        super().__init__(work)
        self._data: CheckupData | None = None
        self._section = ""
        self._keys: tuple[str, ...] | None = None
        self._undo: list[str] = []
        self._answer_first = False
        self.side = CheckupSide()
        self.side.chosen.connect(self.show_section)
        self.sections = self.side.sections
        self.title = label("", "heading")
        self.keys_hint = label(
            tr("1 no problem · 2 problem · 3 not applicable · F basis · ↑↓ move"), "dim"
        )
        self.undo = button(tr("Undo"), "link", self.take_back, changing=True)
        self.undo.hide()
        self.rest = button(tr("The rest: no problem"), "small", self.answer_rest, changing=True)
        self.lock = Badge()
        self.card = Card(tr("Checkup"), margin=0, gap=0)
        self.card.title.hide()
        self.card.head.insertWidget(0, self.title)
        self.card.head.insertWidget(1, self.keys_hint)
        for action in (self.lock, self.undo, self.rest):
            self.card.head.addWidget(action)
        self.lines: Rows[CheckLine, LineData] = Rows(self._make_line, CheckLine.fill)
        inner = column(gap=0)
        inner.addLayout(self.lines.layout)
        inner.addStretch(1)
        self.nothing = label("", "dim")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inner.insertWidget(0, self.nothing)
        self.area = scrolled(box(inner))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.card.add(self.area, 1)
        self.finish = FinishCard(work)
        self.right = QStackedWidget()
        self.right.addWidget(self.card)
        self.right.addWidget(scrolled(self.finish))
        form = row(self.side, gap=12)
        form.addWidget(self.right, 1)
        self.form = box(form)
        self.empty = EmptyState(
            tr("No visit is scheduled yet"),
            tr("Set the day, departments and inspectors first; the form is laid out from that."),
            tr("Go to the schedule"),
            lambda: work.go(CaseStep.REGISTER),
            primary=False,
        )
        self.waiting = EmptyState("", "", tr("Start the checkup"), self.start, primary=False)
        changes(self.waiting.action)
        self.preparation = button(
            tr("Preparation sheet"),
            "link",
            lambda: work.bench.go(Place("preparation", work.case_id)),
        )
        hint = label(tr("What the records already show, and what to ask on site:"), "dim")
        self.prepare = box(row(hint, self.preparation, 1))
        self.outer.addWidget(self.prepare)
        self.stack = QStackedWidget()
        for view in (self.empty, self.waiting, self.form):
            self.stack.addWidget(view)
        self.outer.addWidget(self.stack, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._show_more)
        self._waiting_lines: list[tuple[str, LineData]] = []
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def read(self, ctx: Context) -> CheckupData:
        """The form and its photos."""
        checkup = current_checkup(ctx, case_id=self.work.case_id)
        sheet = checkup_sheet(ctx, checkup_id=checkup.id) if checkup else None
        with_photos = [
            one.result.id
            for section in (sheet.sections if sheet else ())
            for one in section.items
            if one.evidence_count
        ]
        return CheckupData(
            sheet=sheet,
            photos=photos_of(ctx, SubjectKind.ITEM_RESULT, with_photos),
            draft=draft_of(ctx, case_id=self.work.case_id, form=FORM),
            today=ctx.today(),
        )

    def present(self, data: CheckupData) -> None:
        """The form as it stands."""
        self._data = data
        head = self.work.head
        assert head is not None
        if data.sheet is None:
            self.stack.setCurrentWidget(self.empty)
            return
        checkup = data.sheet.checkup
        if checkup.started_on is None:
            self.waiting.title.setText(
                tr("The visit is scheduled for {day}", day=formats.day(checkup.scheduled_on))
            )
            self.waiting.text.setText(
                tr(
                    "{departments}; {count} items are laid out.",
                    departments=tr(", ").join(head.department_name(k) for k in checkup.departments),
                    count=sum(len(one.items) for one in data.sheet.sections),
                )
            )
            self.stack.setCurrentWidget(self.waiting)
            return
        self._section = self.side.present(data.sheet, self._section)
        self.finish.present(head, data.draft)
        self._present_lines()
        self.stack.setCurrentWidget(self.form)
        if self._answer_first:
            self._answer_first = False
            self._focus_line(0)

    def do_next(self, step: NextStep) -> None:
        """Start, go to what is unanswered, make the findings, or finish."""
        if step is NextStep.START_CHECKUP:
            self.start()
        elif step is NextStep.ANSWER_ITEMS:
            self.show_section("unanswered")
            self._focus_line(0)
        elif step is NextStep.MAKE_FINDINGS:
            self.make_findings()
        elif self.right.currentIndex() == 1 and self.finish.complete:
            self.finish.finish()
        else:
            self.show_section(FINISH)
            self.finish.begin()

    def start(self) -> None:
        """Begin the visit today."""
        head = self.work.head
        if head is not None and head.checkup is not None:
            checkup_id = head.checkup.id
            self._answer_first = True
            self.work.change(self, lambda ctx: start_checkup(ctx, checkup_id=checkup_id))

    def show_section(self, key: str) -> None:
        """Show a department's lines, those of a filter, or the finish."""
        if key not in self.sections:
            return
        self._section = key
        self._keys = None
        self.sections[key].setChecked(True)
        if key != FINISH:
            self.area.verticalScrollBar().setValue(0)
        self._present_lines()

    @property
    def section(self) -> str:
        """The department, filter or `finish` in front."""
        return self._section

    @property
    def building(self) -> bool:
        """Whether lines below the screen are still being built."""
        return self._later.isActive()

    def answer_rest(self) -> None:
        """其余无问题 for the department in front."""
        head = self.work.head
        if head is None or head.checkup is None:
            return
        checkup_id, department = head.checkup.id, self._section
        self.work.change(
            self,
            lambda ctx: answer_rest_ok(ctx, checkup_id=checkup_id, department=department),
            success=self._answered_rest,
        )

    def take_back(self) -> None:
        """Undo 其余无问题."""
        answered, self._undo = self._undo, []
        self.undo.hide()
        self.work.change(self, lambda ctx: take_answers_back(ctx, result_ids=answered))

    def make_findings(self) -> None:
        """Every problem that has no finding becomes one, in one action."""
        data = self._data
        if data is None or data.sheet is None:
            return
        wanted = [
            one.result.id
            for section in data.sheet.sections
            for one in section.items
            if one.result.outcome is ItemOutcome.PROBLEM and one.finding is None
        ]

        def run(ctx: Context) -> int:
            with ctx.change():
                for result_id in wanted:
                    finding_from_item(ctx, result_id=result_id)
            return len(wanted)

        self.show_section("problems")
        self.work.change(
            self,
            run,
            success=lambda count: self.work.say(
                tr("{count} findings made; finish the checkup next.", count=count), "good"
            ),
        )

    def drop(self) -> None:
        """Nothing is to be built any more."""
        self._later.stop()

    def _answered_rest(self, answered: list[str]) -> None:
        self._undo = answered
        self.undo.setText(tr("Undo {count} answers", count=len(answered)))
        self.undo.setVisible(bool(answered))

    def _make_line(self, result_id: str) -> CheckLine:
        made = CheckLine(self.work, result_id)
        made.moved.connect(lambda by: self._move_on(made, by))
        return made

    def _present_lines(self) -> None:
        data = self._data
        if data is None or data.sheet is None or not self._section:
            return
        fixed = data.sheet.checkup.finished_at is not None
        self.right.setCurrentIndex(1 if self._section == FINISH else 0)
        is_filter = self._section in FILTERS
        numbered: list[tuple[int, str, SheetItem]] = []
        for section in data.sheet.sections:
            name = localised(section.department.short_name, section.department.name_en)
            for one in section.items:
                numbered.append((len(numbered) + 1, name, one))
        if self._keys is None:
            self._keys = tuple(self._wanted(data.sheet))
        wanted = set(self._keys)
        records = [
            (
                one.result.id,
                LineData(
                    number=number,
                    sheet=one,
                    department=name if is_filter else "",
                    photos=data.photos.get(one.result.id, ()),
                    fixed=fixed,
                    year=data.today.year,
                ),
            )
            for number, name, one in numbered
            if one.result.id in wanted
        ]
        self.title.setText(self._heading(data.sheet))
        unanswered = any(data.sheet.result.outcome is None for _key, data in records)
        self.rest.setVisible(not is_filter and not fixed and unanswered)
        self.keys_hint.setVisible(not fixed)
        self.lock.show_word(tr("Finished and locked") if fixed else "", "plain")
        self.nothing.setText("" if records else tr("Nothing fits this filter."))
        self.nothing.setVisible(not records)
        shown = max(_FIRST_LINES, len([key for key in self.lines.keys if key in wanted]))
        self.lines.show(records[:shown])
        self._waiting_lines = records
        if len(records) > shown:
            self._later.start()

    def _show_more(self) -> None:
        """Build the lines below the screen a few at a time, so that nothing stands still."""
        shown = len(self.lines.keys) + _LINES_AT_A_TIME
        self.lines.show(self._waiting_lines[:shown])
        if len(self._waiting_lines) > shown:
            self._later.start()

    def _wanted(self, sheet: CheckupSheet) -> list[str]:
        items = [one for section in sheet.sections for one in section.items]
        if self._section in FILTERS:
            return [one.result.id for one in fitting(items, self._section)]
        return [one.result.id for one in items if one.item.department == self._section]

    def _heading(self, sheet: CheckupSheet) -> str:
        for section in sheet.sections:
            if section.department.key == self._section:
                return localised(section.department.name, section.department.name_en)
        return {
            "unanswered": tr("Unanswered items"),
            "problems": tr("Items with a problem"),
            "different": tr("Answered unlike last time"),
        }.get(self._section, "")

    def _move_on(self, here: CheckLine, by: int) -> None:
        rows = self.lines.all
        self._focus_line(rows.index(here) + by)

    def _focus_line(self, place: int) -> None:
        rows = self.lines.all
        if 0 <= place < len(rows):
            rows[place].setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(rows[place], 0, 24)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """The bar at the left of a line follows the focus, also inside of it."""
        for one in (old, new):
            while one is not None and not isinstance(one, CheckLine):
                one = one.parentWidget()
            if one is not None:
                one.update()

"""体检: the form, department by department, with filters, search, 其余无问题 and its finish."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

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
from landsteward.domain.states import CaseStep, ItemOutcome, NextStep
from ui import formats
from ui.pages.case import checkup_add, checkup_addenda, checkup_finish
from ui.pages.case.checkup_addenda import words_of_addendum
from ui.pages.case.checkup_detail import LineData
from ui.pages.case.checkup_finish import FinishCard
from ui.pages.case.checkup_form import FormCard, Lines, matches
from ui.pages.case.checkup_side import FILTERS, FINISH, CheckupSide, fitting
from ui.pages.case.step import StepPage
from ui.pages.case.work import CaseWork
from ui.widgets.basics import box, button, changes, label, row, scrolled
from ui.widgets.signs import EmptyState
from ui.workbench import Place

_DRAFTS = (checkup_finish.FORM, checkup_add.FORM, checkup_addenda.FORM)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckupData:
    """The form; None before the visit is scheduled. `drafts` by form."""

    sheet: CheckupSheet | None
    drafts: dict[str, dict[str, str]]
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
        self._undo_of = ""
        self._answer_first = False
        self._go_to = ""
        self.side = CheckupSide()
        self.side.chosen.connect(self.show_section)
        self.side.paper_asked.connect(self.show_paper)
        self.sections = self.side.sections
        self.card = FormCard(work)
        self.lines, self.area = self.card.lines, self.card.area
        self.rest, self.undo, self.lock = self.card.rest, self.card.undo, self.card.lock
        self.rest.clicked.connect(self.answer_rest)
        self.undo.clicked.connect(self.take_back)
        self.card.searched.connect(self._searched)
        self.card.asked.connect(self._asked)
        self.card.ended.connect(self._section_ended)
        self.card.addendum_asked.connect(self._write_addendum)
        self.card.more.added.connect(self._item_added)
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
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._find)

    def read(self, ctx: Context) -> CheckupData:
        """The form and what was begun to be typed on it."""
        checkup = current_checkup(ctx, case_id=self.work.case_id)
        return CheckupData(
            sheet=checkup_sheet(ctx, checkup_id=checkup.id) if checkup else None,
            drafts={form: draft_of(ctx, case_id=self.work.case_id, form=form) for form in _DRAFTS},
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
        if self._section and self._section not in self.sections:
            self._section = ""
        self._section = self.side.present(data.sheet, self._section, self._mine(data.sheet))
        drafts = data.drafts
        self.finish.present(
            head, data.sheet, drafts[checkup_finish.FORM], drafts[checkup_addenda.FORM]
        )
        self.card.more.present(head, checkup, self._section, drafts[checkup_add.FORM])
        self._present_lines()
        self.stack.setCurrentWidget(self.form)
        if self._answer_first:
            self._answer_first = False
            self.card.focus_line(0)
        if self._go_to:
            result_id, self._go_to = self._go_to, ""
            self.card.focus_result(result_id)

    def do_next(self, step: NextStep) -> None:
        """Start, go to what is unanswered, make the findings, or finish."""
        if step is NextStep.START_CHECKUP:
            self.start()
        elif step is NextStep.ANSWER_ITEMS:
            self.show_section("unanswered")
            self.card.focus_line(0)
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
        self.card.search.clear()
        self.sections[key].setChecked(True)
        if key != FINISH:
            self.card.to_top()
        self._present_lines()

    @property
    def section(self) -> str:
        """The department, filter or `finish` in front."""
        return self._section

    @property
    def building(self) -> bool:
        """Whether lines below the screen are still being built."""
        return self.card.building

    def answer_rest(self) -> None:
        """其余无问题 for the department in front."""
        head = self.work.head
        if head is None or head.checkup is None or self.rest.isHidden():
            return
        checkup_id, department = head.checkup.id, self._section
        self.work.change(
            self,
            lambda ctx: answer_rest_ok(ctx, checkup_id=checkup_id, department=department),
            success=partial(self._answered_rest, department),
        )

    def take_back(self) -> None:
        """Undo 其余无问题."""
        answered, self._undo = self._undo, []
        self.undo.hide()
        if answered and self._section == self._undo_of:
            self.work.change(self, lambda ctx: take_answers_back(ctx, result_ids=answered))

    def make_findings(self) -> None:
        """Every problem that has no finding becomes one, in one action."""
        data = self._data
        if data is None or data.sheet is None:
            return
        wanted = [
            one.result.id
            for one in _items(data.sheet)
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

    def show_paper(self, blank: bool) -> None:
        """The form as PDF, seen before it is printed or saved."""
        from ui.dialogs.form_paper import FormPaperDialog

        data, head = self._data, self.work.head
        if data is not None and data.sheet is not None and head is not None:
            FormPaperDialog(
                self.work.bench,
                data.sheet.checkup.id,
                self,
                name=head.overview.case.case_no,
                blank=blank,
            ).open()

    def drop(self) -> None:
        """Nothing is to be built any more."""
        self.card.stop()

    def _answered_rest(self, department: str, answered: list[str]) -> None:
        self._undo, self._undo_of = answered, department
        self.undo.setText(tr("Undo {count} answers", count=len(answered)))
        self.undo.setVisible(bool(answered) and self._section == department)

    def _mine(self, sheet: CheckupSheet) -> frozenset[str]:
        """The departments the person at work answers for on this visit."""
        me = self.work.bench.member()
        mine = {one.department for one in sheet.inspectors if one.person_id == me.person.id}
        return frozenset(mine | {me.organisation.department or ""})

    def _present_lines(self) -> None:
        data, head = self._data, self.work.head
        if data is None or data.sheet is None or head is None or not self._section:
            return
        sheet = data.sheet
        fixed = sheet.checkup.finished_at is not None
        self.right.setCurrentIndex(1 if self._section == FINISH else 0)
        wanted = self._wanted(sheet)
        searched = bool(self.card.search.text().strip())
        mixed = searched or self._section in FILTERS
        leaders = {one.follows.item for one in head.pack.items if one.follows is not None}
        records: list[tuple[str, LineData]] = []
        for section in sheet.sections:
            name = localised(section.department.short_name, section.department.name_en)
            for one in section.items:
                if one.result.id in wanted:
                    told = LineData(
                        sheet=one,
                        department=name if mixed else "",
                        fixed=fixed,
                        year=data.today.year,
                        leads=one.item.key in leaders,
                        addenda=tuple(words_of_addendum(said, head) for said in one.addenda),
                    )
                    records.append((one.result.id, told))
        self.undo.setVisible(bool(self._undo) and not fixed and self._section == self._undo_of)
        unanswered = any(told.sheet.result.outcome is None for _key, told in records)
        self.card.present(
            Lines(
                heading=tr("Found in the form") if searched else self._heading(sheet),
                records=tuple(records),
                fixed=fixed,
                rest=not mixed and not fixed and unanswered,
                addable=not fixed and not searched,
            )
        )

    def _wanted(self, sheet: CheckupSheet) -> frozenset[str]:
        """The lines in front. What a filter once showed stays until it is chosen anew."""
        items = _items(sheet)
        if text := self.card.search.text().strip():
            return frozenset(one.result.id for one in items if matches(_said(one), text))
        if self._section in FILTERS:
            fit = [one.result.id for one in fitting(items, self._section, self._mine(sheet))]
            self._keys = (*(self._keys or ()), *fit)
            return frozenset(self._keys)
        return frozenset(one.result.id for one in items if one.item.department == self._section)

    def _heading(self, sheet: CheckupSheet) -> str:
        for section in sheet.sections:
            if section.department.key == self._section:
                return localised(section.department.name, section.department.name_en)
        return {
            "unanswered": tr("Unanswered items"),
            "problems": tr("Items with a problem"),
            "mine": tr("Items of my department"),
            "different": tr("Answered unlike last time"),
        }.get(self._section, "")

    def _asked(self, key: int) -> None:
        """A key on a line that means the whole form."""
        fixed = self.lock.isVisible()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_R and not fixed:
            self.answer_rest()
        elif key == Qt.Key.Key_Z and not fixed:
            self.take_back()
        elif key == Qt.Key.Key_A and not fixed and self.card.more.isVisible():
            self.card.more.begin()
            self.area.ensureWidgetVisible(self.card.more)

    def _turn(self, by: int) -> None:
        """The next or the last section, its first line in use; after the filters the finish."""
        keys = list(self.sections)
        place = keys.index(self._section) + by
        if 0 <= place < len(keys):
            self.show_section(keys[place])
            if keys[place] == FINISH:
                self.finish.begin()
            elif self.lines.keys:
                self.card.focus_line(0)
            else:
                self.sections[keys[place]].setFocus()

    def _section_ended(self, answered: str) -> None:
        """The last line in front was answered: on to what is still open, here or further on."""
        data = self._data
        if data is None or data.sheet is None or self._section in FILTERS:
            return
        keys = [section.department.key for section in data.sheet.sections]
        if self._section not in keys or self.card.search.text():
            return
        here = keys.index(self._section)
        for section in (*data.sheet.sections[here:], *data.sheet.sections[:here]):
            for one in section.items:
                if one.result.outcome is None and one.result.id != answered:
                    if section.department.key != self._section:
                        self.show_section(section.department.key)
                    self.card.focus_result(one.result.id)
                    return

    def _find(self) -> None:
        if self.right.currentIndex() == 0 and self.stack.currentWidget() is self.form:
            self.card.search.setFocus()
            self.card.search.selectAll()

    def _searched(self, _text: str) -> None:
        self.card.to_top()
        self._keys = None
        self._present_lines()

    def _item_added(self, result_id: str) -> None:
        self._go_to = result_id

    def _write_addendum(self, item_key: str) -> None:
        self.show_section(FINISH)
        self.finish.addenda.begin(item_key)


def _items(sheet: CheckupSheet) -> list[SheetItem]:
    return [one for section in sheet.sections for one in section.items]


def _said(one: SheetItem) -> tuple[str, ...]:
    """What a line can be found by."""
    return (
        str(one.number),
        one.item.title,
        one.item.title_en,
        one.result.note,
        *(f"{basis.law} {basis.article}" for basis in one.bases),
    )

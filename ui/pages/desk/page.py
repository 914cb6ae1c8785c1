"""工作台: today, what waits for me with one action each, four numbers, the board."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from landsteward.app.desk import DeskTask, DeskView, look_at_desk
from landsteward.app.language import render, tr
from landsteward.domain.guidance import STEP_OF, words_for
from landsteward.domain.permissions import Action, may
from landsteward.domain.quantities import shown
from landsteward.domain.states import Role
from ui import formats, theme, words
from ui.pages.base import Page
from ui.pages.desk.board import Board, legend_note
from ui.widgets.basics import (
    Card,
    ElidedLabel,
    box,
    button,
    clear,
    column,
    label,
    restyle,
    row,
    scrolled,
)
from ui.widgets.signs import Badge, EmptyState
from ui.workbench import Place, Workbench

_SHOWN = 40


class NumberCard(Card):
    """A figure with its name above and what belongs to it below."""

    def __init__(self, name: str) -> None:
        super().__init__(margin=14, gap=0)
        self.number = label("–", "figure")
        self.note = ElidedLabel("", "dim")
        for widget in (label(name, "label"), self.number, self.note):
            self.add(widget)

    def say(self, number: str, note: str = "", tone: str = "dim") -> None:
        """Show another figure."""
        self.number.setText(number)
        self.note.setText(note)
        self.note.setProperty("role", tone)
        restyle(self.note)


class TaskRow(QFrame):
    """One case that waits: when, what, and the button that does it."""

    def __init__(self, page: "DeskPage", task: DeskTask) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.task = task
        look = theme.current()
        self.setMinimumHeight(look.px(56))
        word, tone = words.due(task.due_on, page.today)
        badge = Badge(word or words.stage(task.stage), tone if word else "plain")
        held = box(row(badge, 1))
        held.setFixedWidth(look.px(104))
        title = ElidedLabel(task.subject)
        below = [task.case_no]
        if task.open_findings:
            below.append(tr("open findings: {count}", count=task.open_findings))
        if task.about:
            below.append(task.about)
        text = column(title, ElidedLabel(" · ".join(below), "dim"), gap=0)
        self.action = button(render(words_for(task.step)), "small", self._go)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 4, 12, 4)
        layout.setSpacing(8)
        layout.addWidget(held)
        layout.addLayout(text, 1)
        layout.addWidget(self.action)
        self._page = page

    def _go(self) -> None:
        place = Place("case", self.task.case_id, STEP_OF[self.task.step])
        self._page.bench.go(place)


class DeskPage(Page):
    """The first page of the day."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.today = bench.services.clock.today()
        self._view: DeskView | None = None
        self.heading = label("", "title")
        self.summary = label("", "dim")
        self.start = button(tr("Start a checkup"), "primary", self._start)
        self.cases = NumberCard(tr("Cases under way"))
        self.findings = NumberCard(tr("Findings not closed"))
        self.plans = NumberCard(tr("Plans to review"))
        self.tax = NumberCard(tr("Tax per mu (10 000 yuan/mu)"))
        numbers = QGridLayout()
        numbers.setSpacing(12)
        for place_, card in enumerate((self.cases, self.findings, self.plans, self.tax)):
            numbers.addWidget(card, 0, place_)
            numbers.setColumnStretch(place_, 1)
        self.waiting = Card(tr("Waiting for me"), margin=0, gap=0)
        self.mine = button(tr("Mine"), "segment")
        self.everyone = button(tr("Everyone's"), "segment")
        for segment in (self.mine, self.everyone):
            segment.setCheckable(True)
            segment.setAutoExclusive(True)
            segment.toggled.connect(self._fill_tasks)
            self.waiting.head.addWidget(segment)
        reads = bench.member().person.role is Role.READER
        (self.everyone if reads else self.mine).setChecked(True)
        self._tasks = column(gap=0)
        self.waiting.add(scrolled(box(self._tasks)), 1)
        self.progress = Card(tr("Where the cases stand"))
        self.board = Board()
        self.board.chosen.connect(self._show_stage)
        self.progress.add(scrolled(box(column(self.board, label(legend_note(), "dim"), 1))), 1)
        head = row(self.heading, self.summary, 1, self.start)
        head.setAlignment(self.summary, Qt.AlignmentFlag.AlignVCenter)
        lower = QGridLayout()
        lower.setSpacing(12)
        lower.addWidget(self.waiting, 0, 0)
        lower.addWidget(self.progress, 0, 1)
        lower.setColumnStretch(0, 1)
        lower.setColumnStretch(1, 1)
        page = column(head, numbers, gap=12)
        page.addLayout(lower, 1)
        self.setLayout(page)

    def refresh(self) -> None:
        """Ask for the desk again."""
        self.bench.operations.query(self, look_at_desk, success=self._show)

    def _show(self, view: DeskView) -> None:
        before, self._view = self._view, view
        self.today = view.today
        self.heading.setText(tr("Today, {day}", day=formats.long_day(view.today)))
        parts = []
        if view.due_today:
            parts.append(tr("{count} due today", count=view.due_today))
        if view.overdue:
            parts.append(tr("{count} overdue", count=view.overdue))
        self.summary.setText(", ".join(parts) if parts else tr("Nothing due today"))
        self.start.setEnabled(may(self.bench.member().person.role, Action.OPEN_CASE))
        self.cases.say(
            f"{view.open_cases:,}",
            tr(
                "{opened} opened and {closed} closed this month",
                opened=view.opened_this_month,
                closed=view.closed_this_month,
            ),
        )
        late = view.overdue_findings
        self.findings.say(
            f"{view.open_findings:,}",
            tr("{count} overdue", count=late) if late else tr("None overdue"),
            "bad" if late else "dim",
        )
        waited = view.oldest_plan_days
        self.plans.say(
            f"{view.plans_waiting:,}",
            tr("longest wait {days} days", days=waited) if waited is not None else "",
        )
        self._show_tax(view)
        self.board.show_rows(view.board)
        if before is None or before.tasks != view.tasks or before.enterprises != view.enterprises:
            self._fill_tasks()

    def _show_tax(self, view: DeskView) -> None:
        if view.tax_per_mu is None:
            self.tax.say("–", tr("No yearly figures yet"))
            return
        note, tone = tr("in {year}", year=view.tax_year), "dim"
        if view.tax_before is not None:
            change = view.tax_per_mu - view.tax_before
            sign = "+" if change >= 0 else "−"
            note = tr(
                "{year}, {change} on the year before",
                year=view.tax_year,
                change=f"{sign}{shown(abs(change))}",
            )
            tone = "good" if change >= 0 else "bad"
        self.tax.say(shown(view.tax_per_mu), note, tone)

    def _fill_tasks(self) -> None:
        if self._view is None:
            return
        clear(self._tasks)
        mine = self.mine.isChecked()
        tasks = [one for one in self._view.tasks if one.mine or not mine]
        for task in tasks[:_SHOWN]:
            self._tasks.addWidget(TaskRow(self, task))
        if not tasks:
            self._tasks.addWidget(self._nothing(self._view), 1)
        else:
            self._tasks.addStretch(1)

    def _nothing(self, view: DeskView) -> QWidget:
        if view.enterprises == 0:
            return EmptyState(
                tr("The register is empty"),
                tr(
                    "Import rosters and land supplies as they come, or drop the file on this "
                    "window. Then screen them or start a checkup."
                ),
                tr("Import…"),
                lambda: self.bench.go(Place("imports")),
                primary=False,
            )
        return EmptyState(
            tr("Nothing waits for you"),
            tr("Cases whose next step is yours appear here, the most urgent first."),
        )

    def _start(self) -> None:
        self.bench.go(Place("register"))
        self.bench.say(tr("Choose the enterprise, then “Start a checkup”."), "accent")

    def _show_stage(self, stage: str) -> None:
        self.bench.go(Place("checkups", step=stage))

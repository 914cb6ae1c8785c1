"""The plan of a week: who goes where on which day."""

from collections import Counter
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.files import write_whole
from landsteward.app.language import tr
from landsteward.app.people import Member, list_members
from landsteward.app.visit_lines import DayPlanSheet, PlannedVisit
from landsteward.domain.exports import Exported
from landsteward.domain.permissions import Action, may
from ui import formats, theme, words
from ui.exporting import note
from ui.operations import Progress
from ui.pages.campaigns.bulk import VisitBulk
from ui.visit_words import DepartmentWords
from ui.widgets.basics import (
    Card,
    ElidedLabel,
    box,
    button,
    clear,
    column,
    label,
    row,
    scrolled,
)
from ui.widgets.fields import ChoiceField
from ui.widgets.signs import Badge
from ui.workbench import Place, Workbench

_SHOWN = 150
_WEEK = timedelta(days=7)


class PlanRow(QFrame):
    """One visit: where, whom to ask for, by whom; its button opens it."""

    def __init__(self, panel: "DayPlan", visit: PlannedVisit) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.visit = visit
        self.setMinimumHeight(theme.current().px(52))
        where = " · ".join(
            part for part in (visit.carrier, visit.address, visit.contact, visit.phone) if part
        )
        by = panel.words.names(visit.departments)
        people = tr(", ").join(visit.inspectors) or tr("no inspector yet")
        self.open = button(tr("Open"), "small", lambda: panel.open(visit))
        self.open.setEnabled(visit.case_id is not None or panel.may_open)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 4, 12, 4)
        layout.setSpacing(12)
        layout.addLayout(column(ElidedLabel(visit.enterprise), ElidedLabel(where, "dim"), gap=0), 3)
        layout.addLayout(column(ElidedLabel(people), ElidedLabel(by, "dim"), gap=0), 2)
        layout.addWidget(Badge(words.visit_stage(visit.stage), words.visit_tone(visit.stage)))
        layout.addWidget(self.open)


class DayPlan(Card):
    """A week of visits, day by day; of one campaign or of all, of one inspector or of all."""

    def __init__(self, bench: Workbench, bulk: VisitBulk, *, campaign_id: str | None) -> None:
        super().__init__(margin=0, gap=0)
        self.bulk = bulk
        self.may_open = may(bench.member().person.role, Action.CHECK)
        self.words = DepartmentWords(bench.services.packs)
        self._bench = bench
        self._campaign_id = campaign_id
        today = bench.services.clock.today()
        self.first = today - timedelta(days=today.weekday())
        self.rows: list[PlanRow] = []
        self.inspector = ChoiceField("", [("", tr("All inspectors"))])
        self.inspector.setAccessibleName(tr("Inspector"))
        self.inspector.setFixedWidth(theme.current().px(220))
        self.inspector.set_value("")
        self.inspector.committed.connect(lambda _value: self.refresh())
        self.week = label("", "heading")
        self.before = button("‹", "quiet", lambda: self._turn(-_WEEK), hint=tr("A week before"))
        self.after = button("›", "quiet", lambda: self._turn(_WEEK), hint=tr("A week later"))
        self.this = button(tr("This week"), "quiet", self._this_week)
        self.print = button(tr("Save as PDF…"), "quiet", self._save)
        bar = row(self.inspector, self.before, self.week, self.after, self.this, 1, self.print)
        bar.setContentsMargins(12, 8, 8, 8)
        self._list = column(gap=0)
        self.add(bar)
        self.add(scrolled(box(self._list)), 1)
        self._offered = False
        self._visits: list[PlannedVisit] = []
        self._people: dict[str, str] = {}

    def refresh(self) -> None:
        """Ask for the week again."""
        if not self._offered:
            self._offered = True
            self._bench.operations.query(self, list_members, success=self._offer)
        first, campaign_id = self.first, self._campaign_id
        person_id = self.inspector.value() or None

        def ask(ctx: Context) -> list[PlannedVisit]:
            return ctx.workspace.visit_reports.between(
                first,
                first + _WEEK - timedelta(days=1),
                campaign_id=campaign_id,
                person_id=person_id,
            )

        self._bench.operations.query(self, ask, success=self._show)

    def _offer(self, members: list[Member]) -> None:
        able = [one for one in members if one.person.active and may(one.person.role, Action.CHECK)]
        self._people = {one.person.id: one.person.name for one in able}
        options = [
            (one.person.id, f"{one.person.name} · {one.organisation.name}")
            for one in sorted(able, key=lambda one: (one.organisation.name, one.person.name))
        ]
        self.inspector.set_options([("", tr("All inspectors")), *options])
        self.inspector.set_value("")

    def open(self, visit: PlannedVisit) -> None:
        """Go on in the visit's case, which is made where there is none yet."""
        if visit.case_id is not None:
            self._bench.go(Place("case", visit.case_id))
        else:
            self.bulk.open(visit.id)

    def _turn(self, by: timedelta) -> None:
        self.first += by
        self.refresh()

    def _this_week(self) -> None:
        today = self._bench.services.clock.today()
        self.first = today - timedelta(days=today.weekday())
        self.refresh()

    def _show(self, visits: list[PlannedVisit]) -> None:
        last = self.first + _WEEK - timedelta(days=1)
        self.week.setText(f"{formats.day(self.first)} – {formats.day(last)}")
        self.print.setEnabled(bool(visits))
        if visits == self._visits and self.rows:
            return
        self._visits = visits
        clear(self._list)
        self.rows = []
        counts = Counter(one.day for one in visits)
        for day, of_day in groupby(visits[:_SHOWN], key=lambda one: one.day):
            self._list.addWidget(_heading(day, counts[day]))
            for one in of_day:
                made = PlanRow(self, one)
                self.rows.append(made)
                self._list.addWidget(made)
        if len(visits) > _SHOWN:
            self._list.addWidget(
                _note(
                    tr(
                        "{count} more visits this week; choose an inspector to see theirs.",
                        count=f"{len(visits) - _SHOWN:,}",
                    )
                )
            )
        if not visits:
            self._list.addWidget(_note(tr("No visit is planned this week.")))
        self._list.addStretch(1)

    def _save(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            tr("Save the day plan"),
            str(Path.home() / f"{formats.day(self.first)}.pdf"),
            "PDF (*.pdf)",
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, file: Path) -> None:
        """Write the week that is shown into a PDF."""
        services = self._bench.services
        pack = services.packs.current()
        chosen = self.inspector.value()
        sheet = DayPlanSheet(
            inspector=self._people.get(chosen, "") if chosen else "",
            first=self.first,
            last=self.first + _WEEK - timedelta(days=1),
            on=services.clock.today(),
            visits=tuple(self._visits),
            departments={one.key: one.short_name or one.name for one in pack.departments},
            wording=pack.wording,
        )

        def write(_progress: Progress) -> Path:
            write_whole(file, services.build_day_plan(sheet))
            return file

        self._bench.operations.task(
            self,
            write,
            success=self._written,
        )

    def _written(self, file: Path) -> None:
        self._bench.say(tr("Saved {file}", file=file), "good")
        note(self._bench, Exported.PAPER, "", file)


def _heading(day: date, count: int) -> QWidget:
    made = label(tr("{day}: {count} visits", day=formats.long_day(day), count=count), "heading")
    made.setContentsMargins(14, 12, 12, 4)
    return made


def _note(text: str) -> QWidget:
    made = label(text, "dim", wrap=True)
    made.setContentsMargins(14, 16, 12, 16)
    return made

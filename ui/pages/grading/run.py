"""One run of 亩均评价: where it stands, how scores are spread, and the ranked list."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLayout, QPushButton

from landsteward.app.context import Context
from landsteward.app.grading_notice import (
    propose_notice,
    publish_notice,
    withdraw_notice,
)
from landsteward.app.grading_views import RunView, run_view
from landsteward.app.language import tr
from landsteward.app.views import ListKind
from landsteward.domain.gradings import GradingRun, RunState
from landsteward.domain.permissions import Action, may
from landsteward.domain.states import Scale
from ui import formats, theme
from ui.dialogs.ask import AskFirst
from ui.models.paged import PagedTableModel
from ui.pages.base import Page
from ui.pages.grading import words
from ui.pages.grading.chosen import SchemeCard
from ui.pages.grading.results import ResultFilters
from ui.pages.grading.said import MarksList, ObjectionsList
from ui.pages.grading.steps import NoticeCard, ReasonCard
from ui.pages.grading.work import RunWork
from ui.pages.lists.column_facts import grade_tone
from ui.pages.lists.columns import columns_of
from ui.widgets.basics import (
    Card,
    ElidedLabel,
    box,
    button,
    changes,
    column,
    label,
    row,
    scrolled,
    show_if,
)
from ui.widgets.score_chart import ScoreChart
from ui.widgets.signs import Badge, EmptyState
from ui.widgets.table import ListPanel
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench


class GradingPage(Page):
    """What can be done depends on where the run stands; one button leads on."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self._run_id = place.record_id
        self.view: RunView | None = None
        look = theme.current()
        back = button("←", "quiet", self._leave, hint=tr("To the gradings"))
        back.setFixedWidth(look.px(32))
        self.name = label("", "title")
        self.state = Badge()
        self.facts = ElidedLabel("", "dim")
        self.work = RunWork(bench, self, self._run_id)
        self.line = self.work.line
        self.print = button(tr("List as PDF"), "quiet", self._print)
        self.repeat = button(tr("Repeat the arithmetic"), "quiet", self.work.repeat)
        self.discard = self._action(tr("Discard…"), self._ask_discard)
        self.again = self._action(tr("Work out again"), self.work.work_out_again)
        self.withdraw = self._action(tr("Withdraw…"), self._ask_withdraw)
        self.take_back = self._action(tr("Take back…"), self._ask_take_back)
        self.notice = self._action(tr("Public notice…"), self._ask_notice, "primary")
        self.finish = self._action(tr("Make final"), self.work.finish, "primary")
        self._steps = (
            self.discard,
            self.again,
            self.withdraw,
            self.take_back,
            self.notice,
            self.finish,
        )
        head = row(
            back, self.name, self.state, self.facts, 1, self.print, self.repeat, *self._steps
        )
        self.notice_card = NoticeCard(propose_notice)
        self.notice_card.given.connect(self._publish)
        self.reason_card = ReasonCard()
        for card in (self.notice_card, self.reason_card):
            card.put_away.connect(self._asked)
        self.charts = {scale: ScoreChart(grade_tone) for scale in Scale}
        self.captions = {scale: label("", "heading") for scale in Scale}
        self.changes = label("", "dim", wrap=True)
        self.tabs = Tabs()
        self.panel = self._panel()
        self.filters = ResultFilters(self.panel)
        results = column(self.filters, self.panel, gap=6)
        self.marks = MarksList(bench)
        self.objections = ObjectionsList(bench)
        self.scheme = SchemeCard()
        self._add_tabs(results)
        page = column(head, self.line, self.notice_card, self.reason_card, gap=10)
        self.spread = self._spread()
        page.addWidget(self.spread)
        page.addWidget(self.tabs)
        page.addWidget(self.tabs.stack, 1)
        self.setLayout(page)
        if place.step in self.tabs.buttons:
            self.tabs.show_tab(place.step)

    def _action(self, word: str, run: Callable[[], object], role: str = "") -> QPushButton:
        made = changes(button(word, role, run))
        made.hide()
        return made

    def _add_tabs(self, results: QLayout) -> None:
        self.tabs.add("results", tr("Ranks"), box(results))
        self.tabs.add("marks", tr("Bonus points and vetoes"), scrolled(self.marks))
        self.tabs.add("objections", tr("Objections"), scrolled(self.objections))
        self.tabs.add("scheme", tr("Scheme"), self.scheme)

    def _panel(self) -> ListPanel:
        services = self.bench.services
        columns = columns_of(ListKind.GRADING, packs=services.packs, today=services.clock.today())
        panel = ListPanel(
            self.bench,
            PagedTableModel(ListKind.GRADING, columns, self.bench.operations),
            empty=EmptyState(tr("Nobody is in this grading"), ""),
            hint=tr("Filter: name, credit code, industry, carrier…"),
            always={"run_id": self._run_id},
        )
        panel.sort_by("rank")
        panel.opened.connect(self._open)
        return panel

    def _spread(self) -> Card:
        card = Card(margin=12, gap=4)
        drawn = row(gap=20)
        for scale, chart in self.charts.items():
            chart.setFixedHeight(theme.current().px(130))
            drawn.addLayout(column(self.captions[scale], chart, gap=2), 1)
        card.add(drawn)
        card.add(self.changes)
        return card

    def refresh(self) -> None:
        """Ask for the run again, and for the list."""
        key = self._run_id
        self.bench.operations.query(self, lambda ctx: run_view(ctx, run_id=key), success=self._show)
        self.panel.refresh()

    def place(self) -> Place:
        """With the tab in front."""
        return Place("grading", self._run_id, self.tabs.current)

    def turn_to(self, place: Place) -> bool:
        """Put a tab in front."""
        if place.step in self.tabs.buttons:
            self.tabs.show_tab(place.step)
        return True

    def drop(self) -> None:
        """What nobody waits for any more is stopped."""
        self.work.drop()

    def _show(self, view: RunView) -> None:
        self.view = view
        run, scheme = view.run, view.run.scheme
        self.set_title(words.title_of(run))
        self.name.setText(words.title_of(run))
        self.state.show_word(words.run_state(run.state), words.run_tone(run.state))
        self.facts.setText(" · ".join(_facts(view)))
        self._show_actions(run.state)
        for scale, chart in self.charts.items():
            of = [(one.score, one.grade) for one in view.scores if one.scale is scale]
            counts = [one for one in view.line.counts if one.scale is scale]
            without = sum(one.unscored for one in counts)
            caption = tr("{group}: {count} ranked", group=words.group(scale), count=f"{len(of):,}")
            if without:
                caption += " · " + tr("{count} cannot be scored", count=f"{without:,}")
            self.captions[scale].setText(caption)
            chart.show_scores(caption, of, scheme.grades)
        self.changes.setText(_changes(view))
        show_if(self.changes, bool(self.changes.text()))
        self.filters.offer(view)
        self.marks.show_marks(view.run, view.marks, may_change=self._may_grade)
        self.objections.show_objections(view.run, view.objections)
        metrics = self.bench.services.packs.current().metrics
        self.scheme.show_scheme(scheme, metrics, run.standards)
        for key, word, count in (
            ("marks", tr("Bonus points and vetoes"), len(view.marks)),
            ("objections", tr("Objections"), len(view.objections)),
        ):
            said = tr("{word} ({count})", word=word, count=count) if count else word
            self.tabs.reword(key, said)

    def _show_actions(self, state: RunState) -> None:
        shown = {
            RunState.DRAFT: (self.discard, self.again, self.notice),
            RunState.NOTICE: (self.withdraw, self.finish),
            RunState.FINAL: (self.take_back,),
            RunState.TAKEN_BACK: (),
        }[state]
        asking = not (self.notice_card.isHidden() and self.reason_card.isHidden())
        for one in self._steps:
            one.setEnabled(self._may_grade)
            show_if(one, one in shown and not asking)

    @property
    def _may_grade(self) -> bool:
        """Whether who acts now may; another person may act a moment later."""
        return may(self.bench.member().person.role, Action.GRADE)

    def _open(self, result_id: str) -> None:
        self.bench.go(Place("score", result_id))

    def _leave(self) -> None:
        self.bench.go(Place("gradings"))

    # Steps

    def _asking(self, card: Card) -> None:
        """Ask on the page: what is asked for has the only filled button and the room."""
        for other in (self.notice_card, self.reason_card):
            if other is not card:
                other.hide()
        self.spread.hide()
        for one in self._steps:
            one.hide()

    def _asked(self) -> None:
        """Nothing is asked any more."""
        self.notice_card.hide()
        self.reason_card.hide()
        self.spread.show()
        if self.view is not None:
            self._show_actions(self.view.run.state)

    def _ask_notice(self) -> None:
        if self.view is not None:
            self.notice_card.ask(self.view.run, self.bench.services.clock.today())
            self._asking(self.notice_card)

    def _publish(self, first: date, last: date) -> None:
        key = self._run_id

        def work(ctx: Context) -> GradingRun:
            return publish_notice(ctx, run_id=key, first=first, last=last)

        def done(_run: GradingRun) -> None:
            self._asked()

        self.bench.operations.change(self, work, success=done)

    def _ask_withdraw(self) -> None:
        self._asking(self.reason_card)
        self.reason_card.ask(
            tr("Withdraw the notice"),
            tr(
                "The grading is a draft again. Grades that were changed by hand are again what "
                "they were by rank, and their objections open."
            ),
            tr("Withdraw"),
            self._withdraw,
        )

    def _withdraw(self, reason: str) -> None:
        key = self._run_id

        def work(ctx: Context) -> GradingRun:
            return withdraw_notice(ctx, run_id=key, reason=reason)

        def done(_run: GradingRun) -> None:
            self._asked()

        self.bench.operations.change(self, work, success=done)

    def _ask_take_back(self) -> None:
        self._asking(self.reason_card)
        self.reason_card.ask(
            tr("Take the final grading back"),
            tr(
                "Every yearly record says again what it said before, wherever nobody changed the "
                "grade since. The run stays to be seen, with your reason."
            ),
            tr("Take back"),
            lambda reason: self.work.take_back(reason, self._asked),
        )

    def _print(self) -> None:
        self.work.print_list(self.name.text())

    def _ask_discard(self) -> None:
        AskFirst(
            self,
            title=tr("Discard the draft?"),
            text=tr(
                "Its scores, bonus points and vetoes are taken out of the lists. The figures on "
                "record stay, so a new draft gives the same scores."
            ),
            yes=tr("Discard"),
            run=lambda: self.work.discard(self._leave),
        ).open()


def _facts(view: RunView) -> list[str]:
    run = view.run
    found = [
        words.scheme_name(run.scheme),
        tr("made {day} by {person}", day=formats.day(run.made_on), person=view.line.made_by),
        tr("rules {version}", version=run.pack_version),
    ]
    if run.notice_from is not None and run.notice_until is not None:
        found.append(
            tr(
                "notice {first} – {last}",
                first=formats.day(run.notice_from),
                last=formats.day(run.notice_until),
            )
        )
    if run.final_on is not None:
        found.append(
            tr("final {day}, {person}", day=formats.day(run.final_on), person=view.final_by)
        )
    if run.taken_back_on is not None:
        found.append(
            tr(
                "taken back {day}, {person}: {reason}",
                day=formats.day(run.taken_back_on),
                person=view.taken_back_by,
                reason=run.reason,
            )
        )
    if run.note:
        found.append(run.note)
    return found


def _changes(view: RunView) -> str:
    if not view.changes:
        return ""
    parts = [
        f"{words.change(key)} {view.changes[key]:,}"
        for key in ("better", "same", "worse")
        if key in view.changes
    ]
    return tr("Against {year}: {changes}", year=view.run.year - 1, changes="　".join(parts))

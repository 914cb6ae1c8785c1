"""新的测算: a year and a scheme; who is in scope and who cannot be scored is seen first."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from landsteward.app.context import Context
from landsteward.app.grading_views import years_with_figures
from landsteward.app.gradings import Preview, preview_grading, start_grading
from landsteward.app.language import localised, render, tr
from landsteward.domain.errors import KnownError
from landsteward.domain.grading.ranking import Standing
from landsteward.domain.grading.scheme import Scheme
from landsteward.domain.grading.scope import OUT_OF_SCOPE
from landsteward.domain.gradings import GradingRun
from landsteward.domain.permissions import Action, may
from landsteward.domain.states import Scale
from ui import theme
from ui.operations import Progress, Work
from ui.pages.base import Page
from ui.pages.grading import words
from ui.pages.grading.chosen import SchemeCard
from ui.pages.lists.column_facts import grade_tone
from ui.widgets.basics import Card, button, changes, column, label, row
from ui.widgets.fields import ChoiceField
from ui.widgets.plain_table import plain_table
from ui.widgets.score_chart import ScoreChart
from ui.widgets.signs import EmptyState
from ui.workbench import Place, Workbench

AnyIndex = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class UnscoredModel(QAbstractTableModel):
    """Who is in scope and cannot be scored, each with the reason."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.standings: Sequence[Standing] = ()
        self._heads = (tr("Enterprise"), tr("Group"), tr("Cannot be scored, because"))

    def show(self, standings: Sequence[Standing]) -> None:
        """Show these."""
        self.beginResetModel()
        self.standings = standings
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """One a unit."""
        return 0 if parent.isValid() else len(self.standings)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """Enterprise, group, reason."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        unit = self.standings[index.row()].unit
        return (
            tr(", ").join(one.name for one in unit.members),
            words.group(unit.scale),
            words.because(unit.lacking),
        )[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class NewGradingPage(Page):
    """Nothing is kept before the button is pressed; a change of year or scheme previews anew."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.set_title(tr("New grading"))
        self._work: Work | None = None
        self._asked = False
        self.preview: Preview | None = None
        look = theme.current()
        back = button("←", "quiet", self._leave, hint=tr("To the gradings"))
        back.setFixedWidth(look.px(32))
        self.year = ChoiceField(tr("Year"))
        self.year.setFixedWidth(look.px(120))
        self.scheme = ChoiceField(tr("Scheme"))
        self.scheme.setFixedWidth(look.px(300))
        self.keep = changes(button(tr("Keep as a draft"), "primary", self._keep))
        self.keep.setEnabled(False)
        self.summary = label("", "dim", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.stop = button(tr("Stop"), "link", self._stop)
        self.stop.hide()
        self.charts = {scale: ScoreChart(grade_tone) for scale in Scale}
        self.captions = {scale: label("", "dim") for scale in Scale}
        self.chosen = SchemeCard()
        self.rows = UnscoredModel(self)
        self.table = plain_table(self.rows, (300, 90, 400))
        self.table.setAccessibleName(tr("Who cannot be scored"))
        self.everybody = EmptyState(
            tr("Everybody can be scored"), tr("All in scope have all the figures that count.")
        )
        self.unscored = Card(tr("Cannot be scored"), margin=0, gap=0)
        self.unscored.add(self.table, 1)
        self.unscored.add(self.everybody, 1)
        self.everybody.hide()
        spread = Card(tr("Spread of the scores"), margin=12)
        drawn = row(gap=16)
        for scale, chart in self.charts.items():
            drawn.addLayout(column(self.captions[scale], chart, gap=2), 1)
        spread.add(drawn, 1)
        below = row(gap=12)
        below.addWidget(self.unscored, 3)
        below.addWidget(self.chosen, 2)
        choice = row(self.year, self.scheme, 1, self.stop, gap=12)
        head = row(back, label(tr("New grading"), "title"), 1, self.keep)
        page = column(head, choice, self.summary, self.bar, gap=10)
        page.addWidget(spread, 2)
        page.addLayout(below, 3)
        self.setLayout(page)
        self.year.committed.connect(self._look)
        self.scheme.committed.connect(self._look)

    def refresh(self) -> None:
        """Offer years and schemes on the first visit, and preview."""
        if self._asked:
            return
        self._asked = True

        def read(ctx: Context) -> tuple[list[int], tuple[Scheme, ...]]:
            return years_with_figures(ctx), ctx.pack().gradings

        self.bench.operations.query(self, read, success=self._offer)

    def drop(self) -> None:
        """A preview nobody waits for any more is stopped."""
        self._stop()

    def _offer(self, found: tuple[list[int], tuple[Scheme, ...]]) -> None:
        years, schemes = found
        self.year.set_options([(year, str(year)) for year in years])
        self.scheme.set_options([(one.key, words.scheme_name(one)) for one in schemes])
        if not years or not schemes:
            self.summary.setText(
                tr("No year has figures yet: import them first.")
                if not years
                else tr("The rule pack has no grading scheme.")
            )
            return
        last = self.bench.services.clock.today().year - 1
        self.year.set_value(last if last in years else years[0])
        self.scheme.set_value(schemes[0].key)
        self._look()

    def _look(self) -> None:
        year, key = self.year.value(), self.scheme.value()
        self._stop()
        self.keep.setEnabled(False)
        self.summary.setText(tr("Working it out…"))

        def work(ctx: Context, progress: Progress) -> Preview:
            return preview_grading(ctx, year=year, scheme_key=key, progress=progress)

        self._work = self.bench.operations.long_change(
            self,
            work,
            success=self._show,
            failure=self._failed,
            progressed=self._progressed,
            stopped=self._stopped,
            writes=False,
        )

    def _show(self, preview: Preview) -> None:
        self._ended()
        self.preview = preview
        standings = preview.outcome.standings
        unscored = [one for one in standings if one.score is None]
        self.rows.show(unscored)
        self.table.setVisible(bool(unscored))
        self.everybody.setVisible(not unscored)
        self.unscored.title.setText(
            tr("Cannot be scored ({count})", count=f"{len(unscored):,}")
            if unscored
            else tr("Cannot be scored")
        )
        scheme = preview.scheme
        for scale, chart in self.charts.items():
            of = [
                (one.score.total, one.grade)
                for one in standings
                if one.score is not None and one.unit.scale is scale and one.grade is not None
            ]
            title = tr("{group}: {count} ranked", group=words.group(scale), count=f"{len(of):,}")
            self.captions[scale].setText(title)
            chart.show_scores(title, of, scheme.grades)
        self.chosen.show_scheme(
            scheme, self.bench.services.packs.current().metrics, preview.outcome.standards.values()
        )
        self.summary.setText(_said(preview, len(unscored)))
        may_grade = may(self.bench.member().person.role, Action.GRADE)
        self.keep.setEnabled(may_grade and bool(standings))

    def _keep(self) -> None:
        if self.preview is None:
            return
        year, key = self.preview.year, self.preview.scheme.key
        self.keep.setEnabled(False)

        def work(ctx: Context, progress: Progress) -> GradingRun:
            return start_grading(ctx, year=year, scheme_key=key, progress=progress)

        self._work = self.bench.operations.long_change(
            self,
            work,
            success=self._kept,
            failure=self._failed,
            progressed=self._progressed,
            stopped=self._stopped,
        )

    def _kept(self, run: GradingRun) -> None:
        self._ended()
        self._asked = False
        self.bench.go(Place("grading", run.id))

    def _progressed(self, done: int, total: int) -> None:
        self.bar.show()
        self.stop.show()
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def _ended(self) -> None:
        self._work = None
        self.bar.hide()
        self.stop.hide()

    def _stopped(self) -> None:
        if self._work is None:
            self.bar.hide()
            self.stop.hide()
            self.summary.setText(tr("Stopped."))

    def _failed(self, error: KnownError) -> None:
        self._ended()
        self.summary.setText("")
        self.bench.say(render(error.what), "bad")

    def _leave(self) -> None:
        self.bench.go(Place("gradings"))


def _said(preview: Preview, unscored: int) -> str:
    gathered = preview.gathered
    said = tr(
        "{looked} enterprises looked at, {scope} in scope, {unscored} of them cannot be scored.",
        looked=f"{gathered.looked_at:,}",
        scope=f"{len(gathered.subjects):,}",
        unscored=f"{unscored:,}",
    )
    left = [
        tr("{count} {reason}", count=f"{count:,}", reason=render(OUT_OF_SCOPE[reason]))
        for reason, count in sorted(gathered.left_out.items())
    ]
    if left:
        said += " " + tr("Not graded: {list}.", list=tr("; ").join(left))
    source = localised(preview.scheme.source, preview.scheme.source_en)
    return f"{said} {source}" if source else said

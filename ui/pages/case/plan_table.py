"""The alternatives of a version beside each other: what they cost, take and bring."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from landsteward.app.language import localised, tr
from landsteward.app.plan_reading import AlternativeSheet, PlanSheet
from landsteward.domain.plans import PlanRisk
from landsteward.domain.rich_text import plain
from landsteward.domain.rulepack import MetricKind
from landsteward.domain.states import Likelihood
from ui import formats
from ui import words as shared
from ui.pages.case import plan_words as words
from ui.pages.case import way_words
from ui.pages.case.reading import CaseHead
from ui.widgets.basics import Card, box, clear, column, label, row
from ui.widgets.signs import Badge

_TONES = {Likelihood.LOW: "plain", Likelihood.MEDIUM: "caution", Likelihood.HIGH: "bad"}


@dataclass(frozen=True, slots=True)
class _Figure:
    """A row of figures; `less` says that the smaller one is the better one."""

    name: str
    unit: str
    read: Callable[[AlternativeSheet], Decimal | None]
    less: bool


class AlternativesTable(Card):
    """One column an alternative, the leading one first; figures say how far they are from it."""

    def __init__(self) -> None:
        super().__init__(tr("Alternatives side by side"), margin=16, gap=8)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(10)
        self.add(box(self._grid))
        self.cells: dict[tuple[str, int], QWidget] = {}
        self._shown: tuple[PlanSheet, object] | None = None

    def present(self, head: CaseHead, sheet: PlanSheet) -> None:
        """Show a version's alternatives."""
        if self._shown == (sheet, head.pack):
            return
        self._shown = (sheet, head.pack)
        clear(self._grid)
        self.cells = {}
        marks = words.ordinals(sheet)
        leading = sheet.leading
        others = [one for one in sheet.alternatives if one is not leading]
        columns = [leading, *others]
        self._row("", columns, lambda one: _title(sheet, one, marks[one.alternative.id]))
        for place in range(1, len(columns) + 1):
            self._grid.setColumnStretch(place, 1)
        self._words(tr("Measures"), columns, lambda one: _first_lines(one.alternative.measures))
        self._row(tr("Ways out"), columns, lambda one: _ways(head, one))
        for figure in _figures(head, columns):
            self._figures(figure, columns)
        self._row(tr("Risks"), columns, _risks)

    def _row(
        self,
        name: str,
        columns: Sequence[AlternativeSheet],
        make: Callable[[AlternativeSheet], QWidget],
    ) -> None:
        line, top = self._grid.rowCount(), Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(label(name, "dim", wrap=True), line, 0, top)
        for place, one in enumerate(columns, start=1):
            made = make(one)
            self._grid.addWidget(made, line, place, top)
            self.cells[name, place] = made

    def _words(
        self,
        name: str,
        columns: Sequence[AlternativeSheet],
        read: Callable[[AlternativeSheet], str],
    ) -> None:
        self._row(name, columns, lambda one: label(read(one) or "—", wrap=True))

    def _figures(self, figure: _Figure, columns: Sequence[AlternativeSheet]) -> None:
        values = [figure.read(one) for one in columns]
        known = [value for value in values if value is not None]
        best = (min if figure.less else max)(known, default=None)
        alike = len(set(known)) < 2

        def cell(one: AlternativeSheet) -> QWidget:
            value = figure.read(one)
            text = label(formats.plain(value) if value is not None else "—")
            line = row(text, gap=8)
            said = words.difference(value, values[0], "")
            if said:
                line.addWidget(label(said, "dim"))
            if not alike and value == best:
                line.addWidget(Badge(tr("least") if figure.less else tr("most"), "good"))
            line.addStretch(1)
            return box(line)

        self._row(formats.named(figure.name, figure.unit), columns, cell)


def _title(sheet: PlanSheet, one: AlternativeSheet, mark: str) -> QWidget:
    line = row(label(words.alternative(mark, one), "heading", wrap=True), gap=8)
    if one.alternative.id == sheet.plan.chosen_id:
        line.addWidget(Badge(tr("chosen"), "good"))
    elif one.alternative.id == sheet.plan.recommended_id:
        line.addWidget(Badge(tr("recommended"), "accent"))
    line.addStretch(1)
    return box(line)


def _figures(head: CaseHead, columns: Sequence[AlternativeSheet]) -> list[_Figure]:
    found = [
        _Figure(tr("Cost"), tr("10k yuan"), lambda one: one.cost_wan, less=True),
        _Figure(tr("Duration"), tr("days"), lambda one: one.days, less=True),
        _Figure(tr("Steps"), "", lambda one: Decimal(len(one.steps)), less=True),
    ]
    for metric in head.pack.metrics:
        years = {
            target.year
            for one in columns
            for target in one.targets
            if target.metric == metric.key and target.target is not None
        }
        if years:
            found.append(_expected(metric, max(years)))
    return found


def _expected(metric: MetricKind, year: int) -> _Figure:
    def read(one: AlternativeSheet) -> Decimal | None:
        return next(
            (
                target.target
                for target in one.targets
                if target.metric == metric.key and target.year == year
            ),
            None,
        )

    name = tr("{metric} in {year}", metric=localised(metric.name, metric.name_en), year=year)
    return _Figure(name, metric.unit, read, less=False)


def _ways(head: CaseHead, one: AlternativeSheet) -> QWidget:
    made = column(gap=4)
    paths = {path.key: path for path in head.pack.paths}
    seen = set()
    for way in one.ways:
        if way.way in seen:
            continue
        seen.add(way.way)
        path = paths.get(way.way)
        name = localised(path.name, path.name_en) if path is not None else way.way
        badge = Badge(way_words.state(way.state), way_words.state_tone(way.state))
        text = label(name, wrap=True)
        line = row(badge, text, gap=8)
        line.setStretch(1, 1)
        made.addLayout(line)
    if not seen:
        made.addWidget(label("—"))
    return box(made)


def _risks(one: AlternativeSheet) -> QWidget:
    made = column(gap=4)
    for risk in sorted(one.risks, key=_likely, reverse=True):
        line = row(gap=8)
        if risk.likelihood is not None:
            word = shared.likelihood(risk.likelihood)
            line.addWidget(Badge(word, _TONES[risk.likelihood]))
        line.addWidget(label(risk.risk, wrap=True), 1)
        made.addLayout(line)
    if not one.risks:
        made.addWidget(label("—"))
    return box(made)


def _likely(risk: PlanRisk) -> int:
    return list(Likelihood).index(risk.likelihood) + 1 if risk.likelihood is not None else 0


def _first_lines(text: str, most: int = 120) -> str:
    said = plain(text).strip()
    return said if len(said) <= most else said[:most].rstrip() + "…"

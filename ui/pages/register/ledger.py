"""The per-mu ledger (亩均台账): a line for each metric and year; one metric as a chart."""

from collections.abc import Sequence

from landsteward.app.language import localised, render, tr
from landsteward.app.ledgers import LedgerLine
from landsteward.domain.effects import EffectKind
from ui import formats
from ui import words as shared
from ui.widgets.basics import Card, label
from ui.widgets.edit_table import EditColumn, EditTable
from ui.widgets.year_chart import Goal, Point, YearChart

_CHART_HEIGHT = 190


class LedgerCard(Card):
    """Baseline, target, what was read and what is registered, side by side; what came of it."""

    def __init__(self, *, with_case: bool = False) -> None:
        super().__init__(tr("Per-mu ledger"), margin=0, gap=0)
        self._lines: tuple[LedgerLine, ...] = ()
        self._with_case = with_case
        wide = [
            EditColumn("year", tr("Year"), width=58, fixed=True),
            EditColumn("remedy", tr("Case and plan"), width=150, fixed=True),
        ]
        self.table = EditTable(
            [
                EditColumn("metric", tr("Metric"), fixed=True),
                *(wide if with_case else []),
                EditColumn("goal", tr("Baseline → target"), width=112, fixed=True),
                EditColumn("said", tr("Follow-up"), width=96, fixed=True),
                EditColumn("registered", tr("On file"), "decimal", 62, fixed=True),
                EditColumn("effect", tr("Effect"), width=84, fixed=True),
            ],
            blank=False,
        )
        self.nothing = label(
            tr("Neither a target nor a figure yet: plans set targets, entries report figures."),
            "dim",
            wrap=True,
        )
        self.nothing.setContentsMargins(16, 12, 16, 12)
        self.caption = label("", "heading")
        self.caption.setContentsMargins(16, 10, 16, 0)
        self.chart = YearChart()
        self.chart.setFixedHeight(_CHART_HEIGHT)
        self.chart.setContentsMargins(16, 0, 16, 8)
        self.effect = label("", "dim", wrap=True)
        self.effect.setContentsMargins(16, 4, 16, 12)
        for one in (self.nothing, self.table, self.caption, self.chart, self.effect):
            self.add(one)
        self.table.view.clicked.connect(lambda index: self._draw(index.row()))

    def present(self, lines: Sequence[LedgerLine]) -> None:
        """Show the lines; the first metric is drawn until another one is chosen."""
        self._lines = tuple(lines)
        there = bool(lines)
        self.nothing.setVisible(not there)
        for one in (self.table, self.caption, self.chart, self.effect):
            one.setVisible(there)
        self.table.show_rows(
            [
                (str(number), _cells(line, with_year=not self._with_case))
                for number, line in enumerate(lines)
            ],
            fixed=True,
        )
        if there:
            chosen = self.table.view.currentIndex().row()
            aimed = [at for at, one in enumerate(lines) if one.target is not None]
            self._draw(chosen if 0 <= chosen < len(lines) else (aimed or [0])[0])

    def _draw(self, at: int) -> None:
        """The metric of a line over the years, with its target, and the effect in words."""
        line = self._lines[at]
        same = [one for one in self._lines if one.metric.key == line.metric.key]
        name = localised(line.metric.name, line.metric.name_en)
        years = {one.year: one for one in same}
        points = [Point(year, years[year].actual, tr("no figure yet")) for year in sorted(years)]
        goals = []
        if line.target is not None and line.target.baseline is not None:
            goals.append(Goal(tr("Baseline"), line.target.baseline))
        if line.target is not None and line.target.target is not None:
            goals.append(Goal(tr("Target {year}", year=line.year), line.target.target))
        self.caption.setText(formats.named(name, line.metric.unit))
        self.chart.show_figure(name, line.metric.unit, points, goals)
        self.effect.setText("\n".join(effect_words(one) for one in same))


def effect_words(line: LedgerLine) -> str:
    """What came of it in one sentence, with the sources where they differ."""
    effect = _effect(line) or tr("no target")
    parts = [tr("{year}: {effect}", year=line.year, effect=effect)]
    if line.target is not None and line.effect.kind is not EffectKind.UNKNOWN:
        parts.append(
            tr(
                "{actual} against {target}",
                actual=formats.figure(line.actual),
                target=formats.figure(line.target.target),
            )
        )
    if line.difference:
        parts.append(
            tr(
                "the follow-up says {difference} {unit} other than the register",
                difference=formats.signed(line.difference),
                unit=line.metric.unit,
            )
        )
    return " · ".join(parts)


def _cells(line: LedgerLine, *, with_year: bool) -> dict[str, object]:
    target = line.target
    name = localised(line.metric.name, line.metric.name_en)
    goal = ""
    if target is not None:
        goal = f"{formats.plain(target.baseline)} → {formats.plain(target.target)}"
    second = tr("in {year}", year=line.year) if with_year else line.metric.unit
    return {
        "metric": f"{name}\n{second}",
        "year": line.year,
        "remedy": remedy_words(line),
        "goal": goal,
        "said": "\n".join(_said(line)),
        "registered": None if line.registered is None else round(line.registered, 2),
        "effect": _effect(line),
    }


def _effect(line: LedgerLine) -> str:
    if line.target is None:
        return ""
    return (
        tr("restricted") if line.actual is None and line.restricted else render(line.effect.words)
    )


def _said(line: LedgerLine) -> list[str]:
    found = []
    for one in line.readings:
        reading = one.reading
        when = shared.quarter(reading.quarter) if reading.quarter else tr("Whole year")
        found.append(f"{when} {formats.plain(reading.value)}\n{reading.source}")
    return found


def remedy_words(line: LedgerLine) -> str:
    """Which case and plan a line comes from."""
    if line.plan is None:
        return line.case.case_no
    return tr("{case}\nplan, version {version}", case=line.case.case_no, version=line.plan.version)

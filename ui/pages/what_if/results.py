"""What comes of it: rank and grade, values and points, limits, and all of it on one chart."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from landsteward.app.language import render, tr
from landsteward.app.what_if import Ground
from landsteward.app.what_if_wording import (
    bounded_unit,
    bounded_word,
    kept_words,
    known,
    limit_words,
)
from landsteward.domain.grading.reasons import because
from landsteward.domain.grading.scheme import Method
from landsteward.domain.grading.scoring import Step
from landsteward.domain.screening import Missing
from landsteward.domain.what_if.kept import Bounded
from landsteward.domain.what_if.outlook import Outlook
from ui import formats, theme
from ui.pages.grading.words import exact, metric_name
from ui.pages.lists.column_facts import grade_tone
from ui.pages.register.indicators import unit_word
from ui.widgets.basics import Card, clear, column, label, row, show_if
from ui.widgets.change_chart import ChangeChart, ChangeLine
from ui.widgets.signs import Badge

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class VerdictCard(Card):
    """Grade, rank and score, now and then."""

    def __init__(self) -> None:
        super().__init__(margin=12)
        self.grade_now, self.grade_then = Badge(), Badge()
        self.rank, self.score = label("", "keyfigure"), label("", "keyfigure")
        self.rank_by, self.score_by = label("", "dim"), label("", "dim")
        grades = row(self.grade_now, label("→", "dim"), self.grade_then, 1, gap=8)
        line = row(gap=24)
        for word, cell, below in (
            (tr("Grade"), grades, label("", "dim")),
            (tr("Rank"), row(self.rank, 1), self.rank_by),
            (tr("Score"), row(self.score, 1), self.score_by),
        ):
            line.addLayout(column(label(word, "label"), cell, below, gap=2))
        line.addStretch(1)
        self.add(line)
        self.notes = label("", "caution", wrap=True)
        self.add(self.notes)

    def show_outlook(self, now: Outlook, then: Outlook) -> None:
        """Show these."""
        for badge, one in ((self.grade_now, now), (self.grade_then, then)):
            grade = one.placing.grade
            badge.show_word(
                tr("Grade {grade}", grade=grade) if grade else tr("not graded"),
                grade_tone(grade or ""),
            )
        before, after = now.placing, then.placing
        self.rank.setText(_moved(_rank(before.rank), _rank(after.rank)))
        self.rank_by.setText(tr("of {count}", count=f"{after.of or before.of:,}"))
        self.score.setText(_moved(formats.figure(before.score), formats.figure(after.score)))
        by = (
            ""
            if before.score is None or after.score is None
            else formats.signed(after.score - before.score)
        )
        self.score_by.setText("" if by == "0.00" else by)
        said = [render(one) for one in then.remarks]
        why = because(then.standing.unit.lacking) if then.standing.score is None else None
        if why is not None:
            said.insert(0, tr("Cannot be scored: {reason}", reason=render(why)))
        self.notes.setText("\n".join(said))
        show_if(self.notes, bool(said))


class ValuesCard(Card):
    """The per-mu values with their points, now and then; a line for each indicator."""

    def __init__(self) -> None:
        super().__init__(tr("Per-mu values and points"), margin=12)
        self.grid = _grid()
        self.add(self.grid)
        self.cells: list[list[str]] = []

    def show_outlook(self, on: Ground, now: Outlook, then: Outlook) -> None:
        """Those that count first, with their points."""
        clear(self.grid)
        self.cells = []
        ratio = on.run.scheme.method is Method.BASELINE
        _put(
            self.grid,
            0,
            [
                tr("Indicator"),
                tr("Now"),
                tr("Then"),
                tr("Base value") if ratio else tr("Least – most"),
                tr("Points now"),
                tr("Points then"),
            ],
            head=True,
        )
        before, after = _steps(now), _steps(then)
        keys = [*after, *(key for key in now.values if key not in after)]
        for number, key in enumerate(keys, start=1):
            cells = self._line(on, key, now, then, before.get(key), after.get(key))
            self.cells.append(cells)
            _put(self.grid, number, cells, dim=key not in after, bold=cells[1] != cells[2])

    def _line(
        self,
        on: Ground,
        key: str,
        now: Outlook,
        then: Outlook,
        before: Step | None,
        after: Step | None,
    ) -> list[str]:
        unit = next((one.unit for one in on.metrics if one.key == key), "")
        beside = ""
        if after is not None:
            standard = after.standard
            beside = (
                formats.figure(standard.baseline)
                if standard.baseline is not None
                else f"{formats.figure(standard.least)} – {formats.figure(standard.most)}"
            )
        capped = after is not None and after.ratio is not None and after.counted != after.ratio
        points = exact(after.points, 2) if after is not None else ""
        return [
            formats.named(metric_name(on.metrics, key), unit_word(unit)),
            formats.figure(now.values.get(key)),
            formats.figure(then.values.get(key)),
            beside,
            exact(before.points, 2) if before is not None else "",
            tr("{points} capped", points=points) if capped else points,
        ]


class LimitsCard(Card):
    """容积率, 建筑系数, 投资强度 and what was promised, against the limit that applies."""

    def __init__(self) -> None:
        super().__init__(tr("Land limits"), margin=12)
        self.grid = _grid()
        self.add(self.grid)
        self.cells: list[list[str]] = []

    def show_outlook(self, then: Outlook) -> None:
        """Every limited value of the parcel."""
        clear(self.grid)
        self.cells = []
        show_if(self, bool(then.bounded))
        _put(
            self.grid,
            0,
            [tr("Indicator"), tr("Now"), tr("Then"), tr("Limit"), tr("Kept")],
            head=True,
        )
        for number, line in enumerate(then.bounded, start=1):
            cells = [
                formats.named(bounded_word(line.key), bounded_unit(line.key)),
                formats.figure(known(line.before)),
                formats.figure(known(line.after)),
                limit_words(line),
            ]
            said = kept_words(line)
            self.cells.append([*cells, said])
            _put(self.grid, number, cells, bold=cells[1] != cells[2], words_from=3)
            if said:
                held = row(Badge(said, _tone(line)), 1)
                self.grid.addLayout(held, number, 4)


class ChartCard(Card):
    """From now to the target years, with what the scheme or the limit asks for."""

    def __init__(self) -> None:
        super().__init__(tr("From now to then"), margin=12)
        self.chart = ChangeChart()
        self.add(self.chart)

    def show_outlooks(self, on: Ground, now: Outlook, later: Sequence[tuple[int, Outlook]]) -> None:
        """The counting indicators and the limited values, year by year."""
        self.chart.show_lines(on.run.year, chart_lines(on, now, later))


def chart_lines(on: Ground, now: Outlook, later: Sequence[tuple[int, Outlook]]) -> list[ChangeLine]:
    """One line for each value that counts or is limited."""
    lines = []
    last = later[-1][1] if later else now
    for key, step in _steps(last).items():
        unit = next((one.unit for one in on.metrics if one.key == key), "")
        ratio = on.run.scheme.method is Method.BASELINE
        lines.append(
            ChangeLine(
                name=metric_name(on.metrics, key),
                unit=unit_word(unit),
                now=now.values.get(key),
                then=_of_years(later, partial(_value, key)),
                mark=step.standard.baseline if ratio else step.standard.most,
                mark_word=tr("base value") if ratio else tr("best of the group"),
            )
        )
    for line in last.bounded:
        if known(line.after) is None:
            continue
        limit = None if isinstance(line.limit, Missing) else line.limit.value
        lines.append(
            ChangeLine(
                name=bounded_word(line.key),
                unit=bounded_unit(line.key),
                now=known(line.before),
                then=_of_years(later, partial(_bounded_value, line.key)),
                mark=limit,
                mark_word=tr("limit"),
            )
        )
    return lines


def _value(key: str, one: Outlook) -> Decimal | None:
    return one.values.get(key)


def _bounded_value(key: str, one: Outlook) -> Decimal | None:
    return next((known(line.after) for line in one.bounded if line.key == key), None)


def _of_years(
    later: Sequence[tuple[int, Outlook]], value_of: Callable[[Outlook], Decimal | None]
) -> tuple[tuple[int, Decimal], ...]:
    return tuple((year, value) for year, one in later if (value := value_of(one)) is not None)


def _steps(one: Outlook) -> dict[str, Step]:
    score = one.standing.score
    return {} if score is None else {step.weighted.metric: step for step in score.steps}


def _rank(rank: int | None) -> str:
    return formats.NONE if rank is None else f"{rank:,}"


def _moved(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _tone(line: Bounded) -> str:
    return "good" if line.kept(line.after) else "bad"


def _grid() -> QGridLayout:
    made = QGridLayout()
    made.setHorizontalSpacing(theme.current().px(14))
    made.setVerticalSpacing(6)
    made.setColumnStretch(0, 1)
    return made


def _put(
    grid: QGridLayout,
    at: int,
    cells: Sequence[str],
    *,
    head: bool = False,
    dim: bool = False,
    bold: bool = False,
    words_from: int = 99,
) -> None:
    """A row of labels: the first is a name, figures stand at the right."""
    for place, text in enumerate(cells):
        strong = bold and place == 2
        made = label(text, "dim" if head or dim else "heading" if strong else "", wrap=not place)
        if 0 < place < words_from:
            made.setAlignment(_RIGHT)
            made.setFont(theme.tabular(made.font()))
        grid.addWidget(made, at, place)

"""A score line by line: from the figures over the value, what it is held against, to its points."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from landsteward.app.grading_views import ScoreView
from landsteward.app.language import localised, tr
from landsteward.domain.grading.scheme import Method
from landsteward.domain.grading.scoring import Score, Step
from landsteward.domain.indicators import LAND, Quotient
from landsteward.domain.rulepack import MetricKind
from ui import formats, theme
from ui.pages.grading import words
from ui.pages.register.indicators import unit_word
from ui.pages.register.labels import labels_of
from ui.widgets.basics import clear, column, label, line, selectable

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ScoreLines(QWidget):
    """The arithmetic as a table, and what it led to in sentences."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = QVBoxLayout()
        self._inside.setSpacing(8)
        self.setLayout(column(self._inside, 1, margin=16))
        self.cells: list[list[str]] = []

    def show_view(self, view: ScoreView, metrics: Sequence[MetricKind]) -> None:
        """Show this one."""
        clear(self._inside)
        self.cells = []
        if view.restricted:
            self._inside.addWidget(
                selectable(
                    tr(
                        "Restricted: your role sees no tax figures, nor what is worked out from "
                        "them."
                    ),
                    "caution",
                )
            )
        elif view.score is None:
            self._inside.addWidget(
                selectable(words.cannot_be_scored(view.result.lacking), "caution")
            )
        else:
            self._inside.addLayout(self._table(view, view.score, metrics))
            for step in view.score.steps:
                for note in _notes(step, metrics):
                    self._inside.addWidget(selectable(note, "caution"))
        self._inside.addWidget(line())
        for sentence in verdict(view):
            self._inside.addWidget(selectable(sentence))
        for sentence in _about(view):
            self._inside.addWidget(selectable(sentence, "dim"))

    def _table(self, view: ScoreView, score: Score, metrics: Sequence[MetricKind]) -> QGridLayout:
        ratio = view.run.scheme.method is Method.BASELINE
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(14))
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 4)
        heads = [
            tr("Indicator"),
            tr("Figures"),
            tr("Value of the year"),
            tr("Base value") if ratio else tr("Least – most"),
            tr("Ratio") if ratio else tr("Position"),
            tr("Counts as"),
            tr("Weight"),
            tr("Points"),
        ]
        for at, head in enumerate(heads):
            self._put(grid, 0, at, label(head, "dim"))
        for number, step in enumerate(score.steps, start=1):
            cells = _cells(step, metrics, ratio=ratio)
            self.cells.append(cells)
            for at, text in enumerate(cells):
                made = selectable(text) if at < 2 else label(text)
                self._put(grid, number, at, made)
        at = len(score.steps) + 1
        for word, value, role in (
            (tr("Sum"), score.points, ""),
            (tr("Bonus points"), score.bonus, ""),
            (tr("Score"), score.total, "heading"),
        ):
            if word == tr("Bonus points") and not value:
                continue
            grid.addWidget(label(word, role or "dim"), at, 0, 1, 7)
            self._put(grid, at, 7, label(words.exact(value), role))
            at += 1
        return grid

    def _put(self, grid: QGridLayout, row: int, column_at: int, cell: QLabel) -> None:
        if column_at >= 2:
            cell.setAlignment(_RIGHT)
            cell.setFont(theme.tabular(cell.font()))
        grid.addWidget(cell, row, column_at)


def _cells(step: Step, metrics: Sequence[MetricKind], *, ratio: bool) -> list[str]:
    metric = next((one for one in metrics if one.key == step.weighted.metric), None)
    name = words.metric_name(tuple(metrics), step.weighted.metric)
    unit = unit_word(metric.unit) if metric is not None else ""
    standard = step.standard
    beside = (
        words.exact(standard.baseline)
        if ratio
        else f"{words.exact(standard.least)} – {words.exact(standard.most)}"
    )
    return [
        formats.named(name, unit),
        _figures(step.quotient) if not step.stood_in else tr("not on record"),
        words.exact(step.value),
        beside,
        words.exact(step.ratio),
        words.exact(step.counted),
        formats.plain(step.weighted.weight),
        words.exact(step.points),
    ]


def _figures(found: Quotient) -> str:
    """Part over whole."""
    return tr(
        "{part} ÷ {whole}{percent}",
        part=_figure(found.formula.part, found.part),
        whole=_figure(found.formula.whole, found.whole),
        percent=" × 100" if found.formula.percent else "",
    )


def _figure(name: str, value: Decimal | None) -> str:
    if value is None:
        return formats.NONE
    if name == LAND:
        return tr("land {mu} mu", mu=words.exact(value))
    return f"{labels_of('yearly_metrics')[name].word} {formats.exact(value)}"


def _notes(step: Step, metrics: Sequence[MetricKind]) -> list[str]:
    """What is not plain arithmetic about a line."""
    name = words.metric_name(tuple(metrics), step.weighted.metric)
    found: list[str] = []
    if step.stood_in:
        found.append(tr("{name}: none of its own, so the group's lowest value counts.", name=name))
    cap = step.weighted.cap
    if cap is not None and step.ratio is not None and step.ratio > cap:
        found.append(tr("{name}: the ratio is capped at {cap}.", name=name, cap=formats.plain(cap)))
    floor = step.weighted.floor
    if floor is not None and step.ratio is not None and step.ratio < floor:
        found.append(
            tr("{name}: the ratio is raised to {floor}.", name=name, floor=formats.plain(floor))
        )
    if step.ratio is None and step.counted is None:
        if step.standard.baseline is not None and step.standard.baseline <= 0:
            found.append(
                tr("{name}: the baseline is not above zero, so nobody has points.", name=name)
            )
        elif step.standard.baseline is None:
            found.append(tr("{name}: all of the group are equal.", name=name))
    return found


def verdict(view: ScoreView) -> list[str]:
    """How rank, ties, vetoes and people made the grade."""
    result, scheme = view.result, view.run.scheme
    found: list[str] = []
    if result.rank is not None and result.grade_by_rank is not None:
        found.append(
            tr(
                "Rank {rank} of {of} in the group {group}: {grade}.",
                rank=result.rank,
                of=view.of,
                group=words.group(view.scale),
                grade=words.grade_name(scheme, result.grade_by_rank),
            )
        )
        if result.lifted:
            found.append(
                tr(
                    "Others with the same score: {count}. The last of these places would be a "
                    "worse grade; all take the better one.",
                    count=result.tied,
                )
            )
        elif result.tied:
            found.append(tr("Others with the same score: {count}.", count=result.tied))
    for veto in view.vetoes:
        found.append(
            tr(
                "Veto, {name}: at most {grade}.",
                name=localised(veto.name, veto.name_en),
                grade=words.grade_name(scheme, veto.at_most),
            )
        )
    if result.regraded_from is not None:
        found.append(
            tr(
                "Changed after an objection from {before} to {grade}.",
                before=result.regraded_from or formats.NONE,
                grade=words.grade_name(scheme, result.grade or ""),
            )
        )
    return found


def _about(view: ScoreView) -> list[str]:
    """What else is to be known of how it was scored."""
    subject = view.subject
    found: list[str] = []
    if len(view.members) > 1:
        names = tr(", ").join(one.name for one in view.members)
        found.append(tr("Scored together as lessees of one parcel: {names}.", names=names))
    if subject.scale_doubt:
        found.append(tr("Register and revenue say different things about its scale."))
    if subject.land_m2 is not None and subject.land_source is not None:
        source = {
            "used": tr("land actually used at the year's end"),
            "stated": tr("land stated for the year"),
            "supplied": tr("land supplied"),
        }[subject.land_source.value]
        found.append(tr("{area}, {source}.", area=formats.area(subject.land_m2), source=source))
    places = view.run.scheme.places
    said = [
        tr("{what} to {places} places", what=what, places=count)
        for what, count in (
            (tr("values"), places.value),
            (tr("points"), places.points),
            (tr("score"), places.score),
        )
        if count is not None
    ]
    if said:
        found.append(tr("Rounded: {list}.", list=tr(", ").join(said)))
    if view.before is not None:
        run, result = view.before
        found.append(
            tr(
                "{year}: {score} points, rank {rank}, {grade}.",
                year=run.year,
                score=tr("restricted") if view.restricted else words.exact(result.score),
                rank=result.rank or formats.NONE,
                grade=result.grade or formats.NONE,
            )
        )
    elif subject.previous_grade is not None:
        found.append(
            tr(
                "{year}: grade {grade} on record.",
                year=view.run.year - 1,
                grade=subject.previous_grade,
            )
        )
    return found

"""The scheme of a grading as it counts: indicators, weights, baselines, shares, vetoes."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from landsteward.app.language import localised, tr
from landsteward.domain.grading.scheme import Method, Missing, Scheme
from landsteward.domain.gradings import Standard
from landsteward.domain.rulepack import MetricKind
from ui import formats
from ui.pages.grading import words
from ui.widgets.basics import Card, box, clear, column, label, scrolled, selectable


class SchemeCard(Card):
    """What a run is made by, to be read."""

    def __init__(self) -> None:
        super().__init__(tr("Scheme"), margin=0)
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(16, 12, 16, 12)
        self._inside.setSpacing(6)
        self.add(scrolled(box(column(_held(self._inside), 1))), 1)

    def show_scheme(
        self, scheme: Scheme, metrics: Sequence[MetricKind], standards: Iterable[Standard]
    ) -> None:
        """Show this one, with what its indicators are held against."""
        clear(self._inside)
        self.title.setText(words.scheme_name(scheme))
        held = {(one.scale, one.metric): one for one in standards}
        ratio = scheme.method is Method.BASELINE
        how = (
            tr("Points = value ÷ baseline × weight")
            if ratio
            else tr(
                "Points = weight × ({base} + {span} × (value − least) ÷ (most − least)) ÷ 100",
                base=formats.plain(scheme.spread.base),
                span=formats.plain(scheme.spread.span),
            )
        )
        self._inside.addWidget(selectable(how))
        for group in scheme.groups:
            self._inside.addWidget(label(words.group(group.scale), "label"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(2)
            grid.setColumnStretch(0, 1)
            for at, one in enumerate(group.indicators):
                standard = held.get((group.scale, one.metric))
                grid.addWidget(label(words.metric_name(tuple(metrics), one.metric)), at, 0)
                grid.addWidget(label(f"{formats.plain(one.weight)} %"), at, 1)
                beside = label(_beside(standard, ratio=ratio), "dim")
                if ratio:
                    beside.setToolTip(words.baseline_source(one))
                grid.addWidget(beside, at, 2)
                cap = tr("cap {cap} ×", cap=formats.plain(one.cap)) if one.cap else ""
                grid.addWidget(label(cap, "dim"), at, 3)
            self._inside.addLayout(grid)
        shares = tr(", ").join(
            f"{words.grade_name(scheme, one.grade)} {formats.plain(one.percent)} %"
            for one in scheme.shares
        )
        self._inside.addWidget(selectable(tr("By rank: {shares}", shares=shares)))
        self._inside.addWidget(selectable(_missing(scheme), "dim"))
        on = [one for one in scheme.vetoes if one.on]
        vetoes = tr(", ").join(
            f"{localised(one.name, one.name_en)} → {one.at_most}" for one in on
        ) or tr("none is turned on")
        self._inside.addWidget(selectable(tr("Vetoes: {vetoes}", vetoes=vetoes), "dim"))
        self._inside.addStretch(1)


def _held(layout: QVBoxLayout) -> QWidget:
    return box(layout)


def _beside(standard: Standard | None, *, ratio: bool) -> str:
    if standard is None:
        return ""
    if ratio:
        return tr("baseline {value}", value=words.exact(standard.baseline, 2))
    return f"{words.exact(standard.least, 2)} – {words.exact(standard.most, 2)}"


def _missing(scheme: Scheme) -> str:
    if scheme.missing is Missing.LOWEST:
        return tr("Where a figure is missing, the lowest value of the group counts; it is said.")
    return tr("Who lacks a figure is not ranked, and it is said what is missing.")

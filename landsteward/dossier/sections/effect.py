"""预期成效 of an alternative, worked out in a what-if against a grading: figures, and a chart."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from landsteward.app.dossier_plan_view import DossierEffect
from landsteward.app.language import for_paper
from landsteward.domain.quantities import shown
from landsteward.domain.scenarios import EffectFigure, Placing
from landsteward.domain.what_if.kept import BOUNDED_NAMES, PERCENT
from landsteward.domain.what_if.levers import LEVER_OF
from landsteward.dossier.flow import fitted
from landsteward.dossier.paper import Column, Line, Pair, Paper
from landsteward.dossier.styles import (
    FRAME_LINE,
    HAIRLINE,
    INK,
    QUIET,
    RULE,
    STEP,
    TEXT_WIDTH,
    Align,
    Style,
)

_NAMES, _VALUES = 44 * mm, 36 * mm
_ROW = 7 * mm
_HEAD = 6 * mm
_DOT = 1.1 * mm
_KEY = 36 * mm
_PAPER = Color(1, 1, 1)
_SMALL = Style(size=8, leading=9.6)
_RIGHT = Style(size=8, leading=9.6, align=Align.RIGHT, colour=QUIET)


def effect(paper: Paper, one: DossierEffect) -> list[Flowable]:
    """The source, where the enterprise would stand, what is done, the figures and the chart."""
    words, said = paper.words, one.effect
    story = paper.subheading("effect.title")
    story.append(
        paper.sheet(
            [
                Pair(words("effect.scenario"), words.typed(said.scenario_name)),
                Pair(words("effect.taken"), words.typed(f"{one.taken_by} {said.taken_on}")),
                Pair(
                    words("effect.against"),
                    words(
                        "effect.grading",
                        year=said.base_year,
                        scheme=said.scheme_name,
                        version=said.pack_version,
                    ),
                    wide=True,
                ),
            ]
        )
    )
    story.append(_placings(paper, one))
    story.append(_levers(paper, said.levers))
    rows = list(_rows(one))
    if rows:
        drawing = _Drawing(paper, one, rows)
        story += [CondPageBreak(drawing.height + STEP), drawing, Spacer(0, STEP / 2)]
    if said.limits:
        story.append(_limits(paper, said.limits))
    return story


def _placings(paper: Paper, one: DossierEffect) -> Flowable:
    words, said = paper.words, one.effect
    columns = (
        Column(words("plan.year"), 39, "c"),
        Column(words("effect.score"), 39, "r"),
        Column(words("effect.rank"), 39, "c"),
        Column(words("effect.grade"), 39, "c"),
    )
    rows: list[tuple[int, Placing]] = [(said.base_year, said.before)]
    rows += [(later.year, later.placing) for later in said.after]
    return paper.table(
        columns,
        [
            Line(
                (
                    words("effect.base_year" if not at else "common.year", year=year),
                    words.figure(place.score),
                    words("effect.of", rank=place.rank, of=place.of)
                    if place.rank is not None
                    else words("common.none"),
                    place.grade or words("common.none"),
                )
            )
            for at, (year, place) in enumerate(rows)
        ],
    )


def _levers(paper: Paper, levers: Sequence[EffectFigure]) -> Flowable:
    words = paper.words
    columns = (
        Column(words("effect.lever"), 52),
        Column(words("plan.unit"), 30, "c"),
        Column(words("plan.year"), 22, "c"),
        Column(words("effect.now"), 26, "r"),
        Column(words("effect.then"), 26, "r"),
    )
    return paper.table(
        columns,
        [
            Line(
                (
                    for_paper(LEVER_OF[one.key].name),
                    for_paper(LEVER_OF[one.key].unit),
                    words("common.year", year=one.year),
                    words.figure(one.baseline),
                    words.figure(one.target),
                )
            )
            for one in levers
            if one.key in LEVER_OF
        ],
    )


def _limits(paper: Paper, limits: Sequence[EffectFigure]) -> Flowable:
    words = paper.words
    columns = (
        Column(words("effect.limited"), 52),
        Column(words("plan.year"), 26, "c"),
        Column(words("effect.now"), 26, "r"),
        Column(words("effect.then"), 26, "r"),
        Column(words("effect.limit"), 26, "r"),
    )
    return paper.table(
        columns,
        [
            Line(
                (
                    for_paper(BOUNDED_NAMES[one.key]) + (" %" if one.key in PERCENT else ""),
                    words("common.year", year=one.year),
                    words.figure(one.baseline),
                    words.figure(one.target),
                    words.figure(one.limit),
                )
            )
            for one in limits
            if one.key in BOUNDED_NAMES
        ],
    )


_Row = tuple[str, Decimal | None, tuple[Decimal, ...], Decimal | None]
"""What a line is called, its value now, those of the target years, and its limit."""


def _rows(one: DossierEffect) -> Iterator[_Row]:
    """The indicators that change, then the limited values."""
    for key in dict.fromkeys(figure.key for figure in one.effect.indicators):
        own = [figure for figure in one.effect.indicators if figure.key == key]
        if any(figure.baseline != figure.target for figure in own):
            metric = one.metrics.get(key)
            yield (metric.name if metric else key, own[0].baseline, _targets(own), None)
    for key in dict.fromkeys(figure.key for figure in one.effect.limits):
        own = [figure for figure in one.effect.limits if figure.key == key]
        if key in BOUNDED_NAMES:
            name = for_paper(BOUNDED_NAMES[key])
            yield (name, own[0].baseline, _targets(own), own[-1].limit)


def _targets(own: Sequence[EffectFigure]) -> tuple[Decimal, ...]:
    return tuple(one.target for one in own if one.target is not None)


class _Drawing(Flowable):
    """A line for each figure: a ring is now, dots are the target years, an upright is the limit."""

    def __init__(self, paper: Paper, one: DossierEffect, rows: Sequence[_Row]) -> None:
        super().__init__()
        self._paper = paper
        self._one = one
        self._rows = rows
        self.width, self.height = TEXT_WIDTH, _HEAD + _ROW * len(rows)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The text's width, a row for each line."""
        return self.width, self.height

    def draw(self) -> None:
        """The key, then the lines from the top."""
        self._key()
        for at, row in enumerate(self._rows):
            self._line(self.height - _HEAD - _ROW * (at + 0.5), row)

    def _key(self) -> None:
        words, said = self._paper.words, self._one.effect
        middle = self.height - _HEAD / 2
        years = "、".join(str(one.year) for one in said.after)
        for at, (text, mark) in enumerate(
            (
                (words("effect.key_now", year=said.base_year), "ring"),
                (words("effect.key_then", years=years), "dot"),
                (words("effect.limit"), "upright"),
            )
        ):
            x = _NAMES + at * _KEY
            self._mark(x + _DOT, middle, mark)
            self._text(text, _SMALL, x + 3 * _DOT, middle, _KEY - 4 * _DOT)

    def _line(self, middle: float, row: _Row) -> None:
        canvas = self.canv
        name, now, targets, limit = row
        left, right = _NAMES, self.width - _VALUES
        self._text(name, _SMALL, 0, middle, _NAMES - 2 * mm)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(HAIRLINE)
        canvas.line(left, middle, right, middle)
        known = [one for one in (now, limit, *targets) if one is not None]
        most = max(known, default=Decimal(0))

        def place(value: Decimal) -> float:
            share = float(value / most) if most > 0 else 0.0
            return left + _DOT + share * (right - left - 2 * _DOT)

        if now is not None and targets:
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(FRAME_LINE)
            canvas.line(place(now), middle, place(targets[-1]), middle)
        if limit is not None:
            self._mark(place(limit), middle, "upright")
        if now is not None:
            self._mark(place(now), middle, "ring")
        for value in targets:
            self._mark(place(value), middle, "dot")
        ends = (now, targets[-1] if targets else None)
        none = self._paper.words("common.none")
        said = " → ".join(none if one is None else shown(one) for one in ends)
        self._text(said, _RIGHT, right + 2 * mm, middle, _VALUES - 2 * mm)

    def _mark(self, x: float, middle: float, kind: str) -> None:
        canvas = self.canv
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(FRAME_LINE)
        if kind == "upright":
            canvas.line(x, middle - 2 * _DOT, x, middle + 2 * _DOT)
            return
        canvas.setFillColor(INK if kind == "dot" else _PAPER)
        canvas.circle(x, middle, _DOT, stroke=1, fill=1)
        canvas.setFillColor(INK)

    def _text(self, text: str, style: Style, x: float, middle: float, room: float) -> None:
        block = fitted(text, style, self._paper.fonts, room)
        _, height = block.wrap(room, style.leading)
        block.drawOn(self.canv, x, middle - height / 2)

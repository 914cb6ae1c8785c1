"""The 宗地图 on paper: a boundary as vectors at a round scale, and its points as a table."""

from decimal import Decimal

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from landsteward.app.language import for_paper
from landsteward.domain.boundaries import ParcelBoundary, edges
from landsteward.domain.boundary_plan import Plan, PlanText, edge_length_m, plan_of
from landsteward.domain.boundary_remarks import is_fault, worded
from landsteward.domain.quantities import m2_to_mu, shown
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
    TINT,
    Align,
    Style,
)

_HEIGHT = 96 * mm
_TOGETHER = 146 * mm
"""Heading, facts and drawing stand on one page."""
_POINTS_AN_INCH = 72
_SMALL = Style(size=8, leading=9.6, align=Align.CENTRE)
_LENGTH = Style(size=8, leading=9.6, align=Align.CENTRE, colour=QUIET)
_AREA = Style(heading=True, size=9, leading=10.8, align=Align.CENTRE)
_ROOM = 60 * mm
_DOT = 1.3


def parcel_plan(paper: Paper, boundary: ParcelBoundary) -> list[Flowable]:
    """Facts of the boundary, the drawing, and every point with its side."""
    words = paper.words
    plan = plan_of(
        boundary,
        width=TEXT_WIDTH,
        height=_HEIGHT,
        text=_SMALL.size,
        units_an_inch=_POINTS_AN_INCH,
    )
    scale = words("register.scale_of", scale=plan.scale) if plan else words("common.none")
    said = [for_paper(worded(one)) for one in boundary.remarks if is_fault(one)]
    perimeter = (
        words("common.none")
        if boundary.perimeter_m is None
        else words("register.metres", figure=shown(boundary.perimeter_m))
    )
    pairs = [
        Pair(words("register.boundary_area"), _area(paper, boundary.area_m2)),
        Pair(words("register.perimeter"), perimeter),
        Pair(words("register.boundary_crs"), words.typed(boundary.crs_name), wide=True),
        Pair(words("register.boundary_file"), words.typed(boundary.file_name)),
        Pair(words("register.boundary_scale"), scale),
    ]
    if said:
        pairs.append(Pair(words("register.boundary_faults"), "\n".join(said), wide=True))
    story: list[Flowable] = [CondPageBreak(_TOGETHER), *paper.subheading("register.boundary")]
    story.append(paper.sheet(pairs))
    if plan is not None:
        story += [_Drawing(paper, plan, _area(paper, boundary.area_m2)), Spacer(0, STEP)]
    story.append(_points(paper, boundary))
    return story


def _area(paper: Paper, area_m2: Decimal | None) -> str:
    if area_m2 is None:
        return paper.words("common.none")
    return paper.words("common.area", m2=shown(area_m2), mu=shown(m2_to_mu(area_m2)))


def _points(paper: Paper, boundary: ParcelBoundary) -> Flowable:
    words = paper.words
    columns = (
        Column(words("register.point"), 22, "c"),
        Column(words("register.ring"), 16, "c"),
        Column(words("register.point_north"), 44, "r"),
        Column(words("register.point_east"), 44, "r"),
        Column(words("register.side"), 30, "r"),
    )
    return paper.table(
        columns,
        [
            Line(
                (
                    words.typed(one.number),
                    str(place),
                    f"{one.north:f}",
                    f"{one.east:f}",
                    f"{edge_length_m(one, other, boundary):.2f}",
                )
            )
            for place, ring in enumerate(boundary.rings, 1)
            for one, other in (edges(ring) or [(one, one) for one in ring.vertices])
        ],
    )


class _Drawing(Flowable):
    """A plan with its frame, north arrow and scale bar."""

    def __init__(self, paper: Paper, plan: Plan, area: str) -> None:
        super().__init__()
        self._paper = paper
        self._plan = plan
        self._area = area
        self.width, self.height = TEXT_WIDTH, _HEIGHT

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The text's width and a fixed height."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it; the plan counts from the top, paper from the bottom."""
        canvas, plan = self.canv, self._plan
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(HAIRLINE)
        canvas.rect(0, 0, self.width, self.height)
        self._outline()
        for one in plan.lengths:
            self._text(one, _LENGTH)
        for one in plan.numbers:
            self._text(one, _SMALL)
        x, y = plan.middle
        self._text(PlanText(text=self._area, x=x, y=y), _AREA)
        self._north()
        self._bar()

    def _outline(self) -> None:
        canvas = self.canv
        path = canvas.beginPath()
        for ring in self._plan.rings:
            for at, (x, y) in enumerate(ring):
                (path.lineTo if at else path.moveTo)(x, self.height - y)
            path.close()
        canvas.setLineWidth(FRAME_LINE)
        canvas.setStrokeColor(INK)
        canvas.setFillColor(TINT)
        canvas.drawPath(path, stroke=1, fill=1, fillMode=0)
        canvas.setFillColor(INK)
        for ring in self._plan.rings:
            for x, y in ring:
                canvas.circle(x, self.height - y, _DOT, stroke=0, fill=1)

    def _text(self, one: PlanText, style: Style) -> None:
        canvas = self.canv
        block = fitted(one.text, style, self._paper.fonts, _ROOM)
        _, height = block.wrap(_ROOM, style.leading)
        canvas.saveState()
        canvas.translate(one.x, self.height - one.y)
        canvas.rotate(-one.turned)
        block.drawOn(canvas, -_ROOM / 2, -height / 2)
        canvas.restoreState()

    def _north(self) -> None:
        canvas = self.canv
        x, top, size = self.width - 8 * mm, self.height - 9 * mm, 9 * mm
        path = canvas.beginPath()
        path.moveTo(x, top)
        path.lineTo(x + size / 4, top - size)
        path.lineTo(x, top - size * 0.75)
        path.lineTo(x - size / 4, top - size)
        path.close()
        canvas.setFillColor(INK)
        canvas.drawPath(path, stroke=0, fill=1)
        north = self._paper.words("register.north")
        self._text(PlanText(text=north, x=x, y=self.height - top - 2.5 * mm), _SMALL)

    def _bar(self) -> None:
        canvas = self.canv
        left, low, tick = 5 * mm, 5 * mm, 1.5 * mm
        right = left + self._plan.bar_length
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(FRAME_LINE)
        canvas.lines(
            [
                (left, low, right, low),
                (left, low, left, low + tick),
                (right, low, right, low + tick),
            ]
        )
        words = self._paper.words("register.metres", figure=f"{self._plan.bar_m:g}")
        text = PlanText(text=words, x=(left + right) / 2, y=self.height - low - 3 * mm)
        self._text(text, _SMALL)

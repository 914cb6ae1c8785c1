"""The 宗地图 of a parcel, drawn: outline, numbers, lengths, area, north arrow, scale bar."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from landsteward.app.language import tr
from landsteward.domain.boundaries import ParcelBoundary
from landsteward.domain.boundary_plan import Plan, PlanText, plan_of
from ui import formats, theme

_TEXT = 11.5
_DOT = 2.5
_ARROW = 30


class BoundaryPlan(QWidget):
    """Draws one boundary to fit; what would cover other text is left to the table."""

    def __init__(self) -> None:
        super().__init__()
        self._boundary: ParcelBoundary | None = None
        self._drawn: tuple[int, int, Plan | None] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.current().px(320))

    def show_boundary(self, boundary: ParcelBoundary) -> None:
        """Draw this boundary."""
        if boundary != self._boundary:
            self._boundary = boundary
            self._drawn = None
            self.setAccessibleName(
                tr("Plan of the parcel, {area}", area=formats.area(boundary.area_m2))
            )
            self.update()

    def plan(self) -> Plan | None:
        """What stands where at the present size."""
        if self._boundary is None:
            return None
        width, height = self.width(), self.height()
        if self._drawn is None or self._drawn[:2] != (width, height):
            text = theme.current().px(_TEXT)
            found = plan_of(self._boundary, width=width, height=height, text=text)
            self._drawn = width, height, found
        return self._drawn[2]

    def sizeHint(self) -> QSize:
        """About as wide as high."""
        return QSize(theme.current().px(480), theme.current().px(380))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        plan = self.plan()
        if plan is None or self._boundary is None:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.tabular(QFont(self.font()))
        font.setPixelSize(look.px(_TEXT))
        painter.setFont(font)
        self._outline(painter, plan)
        painter.setPen(look.colour("dim"))
        for one in plan.lengths:
            _text(painter, one)
        painter.setPen(look.colour("ink"))
        for one in plan.numbers:
            _text(painter, one)
        font.setBold(True)
        painter.setFont(font)
        x, y = plan.middle
        area = PlanText(text=formats.area(self._boundary.area_m2), x=x, y=y)
        _text(painter, area, ground=look.colour("card"))
        self._north(painter)
        self._bar(painter, plan)

    def _outline(self, painter: QPainter, plan: Plan) -> None:
        look = theme.current()
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.OddEvenFill)
        for ring in plan.rings:
            path.addPolygon(QPolygonF([QPointF(*place) for place in ring]))
            path.closeSubpath()
        ground = QColor(look.colour("accent"))
        ground.setAlpha(26)
        painter.setPen(QPen(look.colour("accent"), 1.6))
        painter.setBrush(ground)
        painter.drawPath(path)
        painter.setPen(QPen(look.colour("accent"), 1.2))
        painter.setBrush(look.colour("card"))
        for ring in plan.rings:
            for place in ring:
                painter.drawEllipse(QPointF(*place), _DOT, _DOT)

    def _north(self, painter: QPainter) -> None:
        look = theme.current()
        height = look.px(_ARROW)
        x, top = self.width() - look.px(22), look.px(20)
        arrow = [
            QPointF(x, top),
            QPointF(x + height / 4, top + height),
            QPointF(x, top + height * 0.75),
            QPointF(x - height / 4, top + height),
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("ink"))
        painter.drawPolygon(QPolygonF(arrow))
        painter.setPen(look.colour("ink"))
        _text(painter, PlanText(text=tr("N"), x=x, y=top - look.px(9)))

    def _bar(self, painter: QPainter, plan: Plan) -> None:
        look = theme.current()
        left, y, tick = look.px(12), self.height() - look.px(12), look.px(5)
        right = left + plan.bar_length
        painter.setPen(QPen(look.colour("ink"), 1.4))
        painter.drawPolyline(
            [
                QPointF(left, y - tick),
                QPointF(left, y),
                QPointF(right, y),
                QPointF(right, y - tick),
            ]
        )
        middle = (left + right) / 2
        _text(painter, PlanText(text=f"{plan.bar_m:g} m", x=middle, y=y - look.px(10)))


def _text(painter: QPainter, one: PlanText, *, ground: QColor | None = None) -> None:
    size = QFontMetricsF(painter.font()).boundingRect(one.text)
    room = QRectF(-size.width() / 2 - 3, -size.height() / 2, size.width() + 6, size.height())
    painter.save()
    painter.translate(one.x, one.y)
    painter.rotate(one.turned)
    if ground is not None:
        painter.fillRect(room, ground)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), one.text)
    painter.restore()

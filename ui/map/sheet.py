"""The map on a sheet of paper: at a round scale, with legend, scale bar, north arrow and date.

Lengths are millimetres of an A4 sheet lying down; what is painted on says how many dots they are.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QImageWriter,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from landsteward.app.language import tr
from landsteward.domain.boundary_plan import round_below
from ui import theme
from ui.map.camera import Camera
from ui.map.furniture import Pens, paint_arrow, paint_bar
from ui.map.labels import Labels
from ui.map.look import Kind
from ui.map.scene import Part, Scene
from ui.map.swatch import paint_swatch

WIDTH_MM, HEIGHT_MM = 297.0, 210.0
_EDGE, _HEAD, _SIDE, _FOOT = 12.0, 14.0, 52.0, 7.0
_DPI = 200
_MM_AN_INCH = 25.4
_TEXT_MM = 3.1
_ROUND = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWords:
    """What is written on the sheet; empty ones are left out. `legend` is what the colours say."""

    title: str
    mark: str
    maker: str
    day: str
    system: str
    legend: str


class MapSheet:
    """One view of a scene, laid out for paper."""

    def __init__(
        self,
        scene: Scene,
        camera: Camera,
        kinds: Sequence[tuple[Kind, int]],
        words: SheetWords,
        name_of: Callable[[int], str],
    ) -> None:
        """`kinds` are those of the legend with how many there are of each."""
        self._scene = scene.on_paper()
        self._kinds = [one for one in kinds if one[1]]
        self._words = words
        self._name_of = name_of
        width, height = WIDTH_MM - 2 * _EDGE - _SIDE, HEIGHT_MM - 2 * _EDGE - _HEAD - _FOOT
        self._map = QRectF(_EDGE, _EDGE + _HEAD, width, height)
        box = camera.box
        exact = max(box.width * 1000 / width, box.height * 1000 / height)
        power = 10.0 ** math.floor(math.log10(max(exact, 1.0)))
        self.scale = next(one * power for one in _ROUND if one * power >= exact * (1 - 1e-9))
        self._camera = camera

    def as_png(self) -> Iterator[bytes | None]:
        """The bytes of a PNG, last; None at every pause before."""
        dots = _DPI / _MM_AN_INCH
        image = QImage(round(WIDTH_MM * dots), round(HEIGHT_MM * dots), QImage.Format.Format_RGB32)
        image.setDotsPerMeterX(round(dots * 1000))
        image.setDotsPerMeterY(round(dots * 1000))
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        try:
            for _pause in self._paint(painter, dots):
                yield None
        finally:
            painter.end()
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"PNG")).write(image)
        buffer.close()
        yield bytes(content.data())

    def as_pdf(self) -> Iterator[bytes | None]:
        """The bytes of a PDF, last; None at every pause before."""
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(_DPI)
        writer.setPageSize(QPageSize(QSizeF(WIDTH_MM, HEIGHT_MM), QPageSize.Unit.Millimeter))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        writer.setTitle(self._words.title)
        painter = QPainter(writer)
        try:
            for _pause in self._paint(painter, _DPI / _MM_AN_INCH):
                yield None
        finally:
            painter.end()
            buffer.close()
        yield bytes(content.data())

    def _paint(self, painter: QPainter, dots: float) -> Iterator[None]:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        yield from self._paint_map(painter, dots)
        self._paint_words(painter, dots)
        self._paint_legend(painter, dots)

    def _paint_map(self, painter: QPainter, dots: float) -> Iterator[None]:
        place = QRectF(
            self._map.left() * dots,
            self._map.top() * dots,
            self._map.width() * dots,
            self._map.height() * dots,
        )
        pixels = 1000 / self.scale * dots
        view = Camera(
            self._camera.x, self._camera.y, pixels, round(place.width()), round(place.height())
        )
        ratio = dots / 4.5
        painter.save()
        painter.setClipRect(place)
        painter.translate(place.topLeft())
        part = Part(view.scale, *view.origin, view.width, view.height, ratio)
        yield from self._scene.paint(painter, part)
        labels = Labels(self._scene, ratio, self._name_of)
        for _pause in labels.lay_out(view):
            yield
        labels.paint(painter, view)
        pens = Pens(self._scene.look, self._font(dots, _TEXT_MM), ratio)
        metres = round_below(view.width * 0.22 / view.scale)
        foot = QPointF(4 * dots, view.height - 4 * dots)
        paint_bar(painter, foot, metres, metres * view.scale, pens)
        top = QPointF(view.width - 7 * dots, 9 * dots)
        paint_arrow(painter, top, self._scene.shapes.plane.turned, 8 * dots, pens)
        painter.restore()
        painter.setPen(QPen(Qt.GlobalColor.black, 0.2 * dots))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)

    def _paint_words(self, painter: QPainter, dots: float) -> None:
        words = self._words
        left, right = _EDGE * dots, (WIDTH_MM - _EDGE) * dots
        top = _EDGE * dots
        painter.setPen(Qt.GlobalColor.black)
        painter.setFont(self._font(dots, 5.6, strong=True))
        line = QRectF(left, top, right - left, (_HEAD - 4) * dots)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), words.title)
        if words.mark:
            painter.setFont(self._font(dots, 4.2, strong=True))
            painter.drawText(
                line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), words.mark
            )
        painter.setFont(self._font(dots, _TEXT_MM))
        foot = QRectF(left, self._map.bottom() * dots, right - left, (_FOOT + 1) * dots)
        scale = tr("Scale 1:{number}", number=f"{self.scale:,.0f}")
        painter.drawText(
            foot,
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
            " · ".join(one for one in (scale, words.system) if one),
        )
        painter.drawText(
            foot,
            int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
            " · ".join(one for one in (words.maker, words.day) if one),
        )

    def _paint_legend(self, painter: QPainter, dots: float) -> None:
        left = (self._map.right() + 4) * dots
        y = self._map.top() * dots
        room = (_SIDE - 4) * dots
        painter.setFont(self._font(dots, 3.6, strong=True))
        painter.setPen(Qt.GlobalColor.black)
        painter.drawText(
            QRectF(left, y, room, 6 * dots), int(Qt.AlignmentFlag.AlignVCenter), self._words.legend
        )
        y += 8 * dots
        text = self._font(dots, _TEXT_MM)
        sign = self._font(dots, 2.6, strong=True)
        metrics = QFontMetricsF(text, painter.device())
        for kind, count in self._kinds:
            place = QRectF(left, y, 7 * dots, 4.6 * dots)
            paint_swatch(painter, place, kind, sign, self._scene.look)
            painter.setFont(text)
            painter.setPen(Qt.GlobalColor.black)
            figure = f"{count:,}"
            width = metrics.horizontalAdvance(figure)
            line = QRectF(left + 9 * dots, y, room - 9 * dots, 4.6 * dots)
            word = metrics.elidedText(
                kind.word, Qt.TextElideMode.ElideRight, line.width() - width - 2 * dots
            )
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), word)
            painter.drawText(
                line, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), figure
            )
            y += 6.6 * dots

    def _font(self, dots: float, millimetres: float, *, strong: bool = False) -> QFont:
        font = QFont(theme.FAMILY)
        font.setPixelSize(max(round(millimetres * dots), 1))
        if strong:
            font.setWeight(QFont.Weight.DemiBold)
        return font


def in_view(scene: Scene, camera: Camera) -> Counter[int]:
    """How many shapes of each kind, by its number, are in view and shown."""
    return Counter(
        scene.kind_of[shape] for shape in scene.shapes.within(camera.box) if scene.shown(shape)
    )


def last_of(steps: Iterator[bytes | None], pause: Callable[[], None]) -> bytes:
    """Go through all pauses; the bytes at the end."""
    found = b""
    for one in steps:
        if one is None:
            pause()
        else:
            found = one
    return found

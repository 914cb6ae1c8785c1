"""What was painted of a map: square pieces at one scale, and coarse pictures to show meanwhile.

A view is never waited for. What is not painted yet at the present scale is shown from what was
painted before, shifted and scaled; sharp pieces take its place as they come.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from ui.map.camera import Camera
from ui.map.scene import Part, Scene

SIDE = 256
"""Pixels of a piece; small ones come sooner, large ones cost less in all."""
_KEPT = 3
"""Pieces that are kept, in views' worth."""
_OVERVIEW_PX = 1400
_OVERVIEW_MARGIN = 0.05
_NONE: tuple[int, int] = (0, 0)
Place = tuple[int, int]


@dataclass(slots=True)
class _Piece:
    image: QImage
    version: int


@dataclass(frozen=True, slots=True)
class _Picture:
    """Something painted whole, and the part of the map it shows."""

    image: QImage
    part: Part


class Tiles:
    """Pieces of one scene for one camera after another."""

    def __init__(self, scene: Scene, ratio: float, ground: QColor) -> None:
        self._scene = scene
        self._ratio = ratio
        self._ground = ground
        self._scale = 0.0
        self._origin: Place = _NONE
        self._pieces: dict[Place, _Piece] = {}
        self._before: _Picture | None = None
        self._overview: _Picture | None = None
        self._overview_version = -1
        self._job: _Job | None = None

    def drop(self) -> None:
        """Stop painting."""
        if self._job is not None:
            self._job.end()
            self._job = None

    def look_from(self, camera: Camera) -> None:
        """Pieces are wanted for this camera; of another scale none of those there fit."""
        if camera.scale != self._scale:
            self.drop()
            if self._pieces:
                self._before = self._composed(camera)
            self._scale = camera.scale
            self._pieces = {}
        self._origin = camera.origin

    def _composed(self, camera: Camera) -> _Picture:
        """The last view at the scale before, to be stretched meanwhile."""
        part = Part(self._scale, *self._origin, camera.width, camera.height, self._ratio)
        image = QImage(part.width, part.height, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        self._paint(painter, part, QRect(0, 0, part.width, part.height))
        painter.end()
        return _Picture(image, part)

    def paint(self, painter: QPainter, camera: Camera, area: QRect) -> None:
        """Paint what there is into a view; `area` is what of it is wanted, in device pixels."""
        self._paint(painter, self._part(camera), area)

    def _part(self, camera: Camera) -> Part:
        return Part(camera.scale, *camera.origin, camera.width, camera.height, self._ratio)

    def _paint(self, painter: QPainter, part: Part, area: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        wanted = _places(part, area) if part.scale == self._scale else []
        there = [one for one in wanted if one in self._pieces]
        if not wanted or len(there) < len(wanted):
            painter.fillRect(area, self._ground)
            for picture in (self._overview, self._before):
                if picture is not None:
                    _stretch(painter, picture, part)
        for column, row in there:
            at = QPointF(column * SIDE - part.left, row * SIDE - part.top)
            painter.drawImage(at, self._pieces[column, row].image)

    def missing(self, camera: Camera, around: int = 0) -> list[Place]:
        """What is not painted as it is now, the middle of the view first; with so many pieces
        around the view.
        """
        part = self._part(camera)
        area = QRect(0, 0, part.width, part.height)
        area = area.adjusted(-around * SIDE, -around * SIDE, around * SIDE, around * SIDE)
        version = self._scene.version
        missing = [
            one
            for one in _places(part, area)
            if (piece := self._pieces.get(one)) is None or piece.version != version
        ]
        return sorted(missing, key=_distance_from(part))

    def work(self, camera: Camera, until: float) -> list[Place] | None:
        """Paint what is missing until a moment (`time.perf_counter`).

        Gives the pieces that have become ready, or None where nothing is left to do. A piece that
        was begun is finished even if the view has moved on, or moving would leave nothing done.
        """
        ready: list[Place] = []
        while True:
            if self._job is None:
                self._job = self._next(camera)
                if self._job is None:
                    self._forget(self._part(camera))
                    return ready or None
            if self._job.version != self._scene.version:
                self.drop()
                continue
            if self._job.goes_on():
                if time.perf_counter() >= until:
                    return ready
                continue
            job, self._job = self._job, None
            job.end()
            if job.place is None:
                self._overview = _Picture(job.image, job.part)
                self._overview_version = job.version
            else:
                self._pieces[job.place] = _Piece(job.image, job.version)
                ready.append(job.place)

    def _next(self, camera: Camera) -> "_Job | None":
        inside = self.missing(camera)
        if inside:
            return self._piece(inside[0])
        if self._overview_version != self._scene.version and (survey := self._survey()):
            return survey
        around = self.missing(camera, 1)
        return self._piece(around[0]) if around else None

    def _piece(self, place: Place) -> "_Job":
        column, row = place
        part = Part(self._scale, column * SIDE, row * SIDE, SIDE, SIDE, self._ratio)
        return _Job(self._scene, part, place)

    def _survey(self) -> "_Job | None":
        """The whole map, small: what is shown where nothing better is there."""
        extent = self._scene.shapes.extent()
        if extent is None:
            return None
        camera = Camera(0, 0, 1, _OVERVIEW_PX, _OVERVIEW_PX).fitted(extent, margin=_OVERVIEW_MARGIN)
        return _Job(
            self._scene, Part(camera.scale, *camera.origin, camera.width, camera.height), None
        )

    def _forget(self, part: Part) -> None:
        """Keep what is nearest."""
        view = QRect(0, 0, part.width, part.height)
        most = _KEPT * len(_places(part, view.adjusted(-SIDE, -SIDE, SIDE, SIDE)))
        if len(self._pieces) > most:
            nearest = sorted(self._pieces, key=_distance_from(part))
            self._pieces = {one: self._pieces[one] for one in nearest[:most]}


class _Job:
    """One picture being painted; `place` is the piece it is, None for the whole map."""

    def __init__(self, scene: Scene, part: Part, place: Place | None) -> None:
        self.part = part
        self.place = place
        self.version = scene.version
        self.image = QImage(part.width, part.height, QImage.Format.Format_RGB32)
        self._painter = QPainter(self.image)
        self._steps = scene.paint(self._painter, part)

    def goes_on(self) -> bool:
        """Paint a little; False once all of it is there."""
        return next(self._steps, self) is None

    def end(self) -> None:
        """No more painting."""
        self._steps.close()
        self._painter.end()


def _distance_from(part: Part) -> Callable[[Place], float]:
    x, y = (part.left + part.width / 2) / SIDE - 0.5, (part.top + part.height / 2) / SIDE - 0.5
    return lambda place: math.hypot(place[0] - x, place[1] - y)


def _places(part: Part, area: QRect) -> list[Place]:
    """The pieces that an area of a part needs."""
    left, top = part.left + area.left(), part.top + area.top()
    columns = range(left // SIDE, (left + area.width() - 1) // SIDE + 1)
    rows = range(top // SIDE, (top + area.height() - 1) // SIDE + 1)
    return [(column, row) for row in rows for column in columns]


def _stretch(painter: QPainter, picture: _Picture, part: Part) -> None:
    """A picture of one scale where it belongs at another."""
    then = picture.part
    factor = part.scale / then.scale
    target = QRectF(
        then.left * factor - part.left,
        then.top * factor - part.top,
        then.width * factor,
        then.height * factor,
    )
    source = QRectF(0, 0, then.width, then.height)
    # Only what is seen: Qt would clip a picture stretched to a country too, but slowly.
    seen = target.intersected(QRectF(0, 0, part.width, part.height))
    if seen.isEmpty():
        return
    cut = QRectF(
        (seen.left() - target.left()) / factor,
        (seen.top() - target.top()) / factor,
        seen.width() / factor,
        seen.height() / factor,
    )
    painter.drawImage(seen, picture.image, cut.intersected(source))

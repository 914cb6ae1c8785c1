"""Outlines as Qt paints them: made from flat arrays when they are first needed, then kept."""

import sys

from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainterPath, QPolygonF

from landsteward.app.rings import Rings

_ORDER = (
    QDataStream.ByteOrder.LittleEndian
    if sys.byteorder == "little"
    else QDataStream.ByteOrder.BigEndian
)


def path_of(rings: Rings, shape: int, *, closed: bool = True) -> QPainterPath:
    """The rings of a shape (what an odd number of them holds is inside), or its open lines.

    Through a stream, as that takes a third of the time of making each point in Python.
    """
    path = QPainterPath()
    for ring in range(rings.shapes[shape], rings.shapes[shape + 1]):
        count, points = rings.bytes_of(ring)
        stream = QDataStream(QByteArray(count.to_bytes(4, sys.byteorder) + points))
        stream.setByteOrder(_ORDER)
        polygon = QPolygonF()
        stream >> polygon
        path.addPolygon(polygon)
        if closed:
            path.closeSubpath()
    return path


class PathStore:
    """The paths of many shapes, on each level of detail that was asked for."""

    def __init__(self, *, closed: bool = True) -> None:
        self._closed = closed
        self._levels: dict[int, tuple[Rings, dict[int, QPainterPath]]] = {}

    def of(self, rings: Rings, shape: int) -> QPainterPath:
        """A shape on a level."""
        # The level is kept beside its paths: its number stays its own.
        _level, known = self._levels.setdefault(id(rings), (rings, {}))
        path = known.get(shape)
        if path is None:
            path = known[shape] = path_of(rings, shape, closed=self._closed)
        return path

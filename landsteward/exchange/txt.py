"""界址点 TXT (`domain.md` §1): every plot as it was understood, or refused with its bad lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from landsteward.app.boundaries_file import ReadPlot
from landsteward.app.importing import RowNote
from landsteward.domain.boundaries import BoundaryLimits, Crs, Vertex, arranged
from landsteward.domain.boundary_remarks import Remark, RemarkKind
from landsteward.domain.identifiers import half_width
from landsteward.domain.text import Message, msg
from landsteward.exchange import systems
from landsteward.exchange.areas import stated_area
from landsteward.exchange.axes import Coordinates, coordinates_of
from landsteward.exchange.measuring import measured
from landsteward.exchange.text import number

_PLOT_END = re.compile(r"[@＠][,，\s]*$")
_SECTION = re.compile(r"^\s*[\[【](.*?)[\]】]\s*$")
_PLOTS = "地块坐标"
_KINDS = frozenset({"面", "线", "点"})
_UNIT_CODE = re.compile(r"\d{12}[GJZ][A-Z]\d{5}([FLQW]\d{8})?")
_CLOSABLE = 2
_MOST_NOTES = 50


@dataclass(slots=True)
class _Block:
    """The lines of one plot: its own line and those of its points, with their numbers."""

    row: int
    line: str
    points: list[tuple[int, str]] = field(default_factory=list)


def read_txt(
    text: str, limits: BoundaryLimits, *, file: str = ""
) -> tuple[list[ReadPlot], list[RowNote]]:
    """The plots of a 界址点 file in their order, and remarks on lines that belong to none."""
    header: list[tuple[str, str]] = []
    blocks: list[_Block] = []
    strays: list[RowNote] = []
    for row, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or _SECTION.match(line):
            continue
        if _PLOT_END.search(line):
            blocks.append(_Block(row, line))
        elif blocks:
            blocks[-1].points.append((row, line))
        elif "=" in half_width(line):
            key, _, value = half_width(line).partition("=")
            header.append((key.strip(), value.strip()))
        else:
            strays.append(_note(row, line, msg("This line belongs to no plot.")))
    plots = [_Reading(block, header, limits, file).plot() for block in blocks]
    if len(strays) > _MOST_NOTES:
        more = len(strays) - _MOST_NOTES
        strays = strays[:_MOST_NOTES]
        strays.append(_note(0, "", msg("{count} more lines belong to no plot.", count=more)))
    return plots, strays


def looks_like_txt(text: str) -> bool:
    """Whether a text has a plot line or the heading of the plots."""
    return any(
        _PLOT_END.search(line.strip())
        or ((found := _SECTION.match(line)) is not None and _PLOTS in found.group(1))
        for line in text.splitlines()
    )


def _note(row: int, value: str, reason: Message, column: str = "") -> RowNote:
    return RowNote(row=row, column=column, value=value[:200], reason=reason)


class _Reading:
    """One plot being understood."""

    def __init__(
        self,
        block: _Block,
        header: Sequence[tuple[str, str]],
        limits: BoundaryLimits,
        file: str,
    ) -> None:
        self._block = block
        self._header = tuple(header)
        self._limits = limits
        self._file = file
        self._remarks: list[Remark] = []
        self._refused: list[RowNote] = []

    def plot(self) -> ReadPlot:
        """The plot, with its shape unless a point cannot be read."""
        fields = _fields(self._block.line)
        rings = self._rings(self._points())
        shape = None
        stated = None
        if not any(vertices for _, vertices in rings) and not self._refused:
            self._refuse(self._block.row, "", msg("This plot has no points."))
        if not self._refused:
            points = [vertex for _, vertices in rings for vertex in vertices]
            coordinates = coordinates_of(points)
            self._remarks += coordinates.remarks
            if coordinates.swapped:
                rings = [(ring, [_turned(one) for one in vertices]) for ring, vertices in rings]
            crs = self._crs(coordinates)
            self._count(fields.count, len(points))
            shape = measured(arranged(rings), crs, (), self._limits)
            stated, said = stated_area(fields.area, shape.area_m2, self._limits)
            self._remarks += said
            shape = replace(shape, remarks=(*self._remarks, *shape.remarks))
        return ReadPlot(
            row=self._block.row,
            shape=shape,
            refused=tuple(self._refused),
            plot_no=fields.plot_no,
            name=fields.name,
            unit_code=fields.plot_no if _UNIT_CODE.fullmatch(fields.plot_no) else "",
            electronic_no="",
            land_use=fields.land_use,
            stated_area_m2=stated,
            header=self._header,
            attributes=fields.others,
            file=self._file,
        )

    def _refuse(self, row: int, value: str, reason: Message, column: str = "") -> None:
        """The plot is the row that is refused; which of its lines is at fault stands in words."""
        if row != self._block.row:
            reason = msg("Line {line}: {reason}", line=row, reason=reason)
        self._refused.append(_note(self._block.row, value, reason, column))

    def _points(self) -> list[tuple[int, Vertex]]:
        """Ring number and point of every line; a line that is none is noted."""
        found: list[tuple[int, Vertex]] = []
        for row, line in self._block.points:
            parts = [part.strip() for part in half_width(line).rstrip(", ").split(",")]
            if len(parts) == 3:
                # Without the number of the ring: the only one there is.
                parts = [parts[0], "1", *parts[1:]]
            if len(parts) != 4:
                self._refuse(row, line, msg("A point has four parts: number, ring, north, east."))
                continue
            label, ring, north_text, east_text = parts
            north, east = number(north_text), number(east_text)
            if not ring.isdecimal() or not ring.isascii() or len(ring) > 6:
                self._refuse(row, ring, msg("This is no number of a ring."), "圈号")
            elif north is None:
                self._refuse(row, north_text, msg("This is no coordinate."), "X")
            elif east is None:
                self._refuse(row, east_text, msg("This is no coordinate."), "Y")
            else:
                found.append((int(ring), Vertex(number=label, north=north, east=east)))
        return found

    def _rings(self, points: Sequence[tuple[int, Vertex]]) -> list[tuple[int, list[Vertex]]]:
        """Points by rings, in the order of the file, without the one that closes a ring."""
        rings: list[tuple[int, list[Vertex]]] = []
        open_at: dict[int, int] = {}
        closed: set[int] = set()
        for ring, vertex in points:
            if ring in closed:
                # A ring of that number was closed already: what follows is another one.
                closed.discard(ring)
                open_at.pop(ring)
                self._remarks.append(Remark(kind=RemarkKind.RING_AGAIN, ring=ring))
            if ring not in open_at:
                open_at[ring] = len(rings)
                rings.append((ring, [vertex]))
                continue
            vertices = rings[open_at[ring]][1]
            if len(vertices) >= _CLOSABLE and vertex.place == vertices[0].place:
                closed.add(ring)
            else:
                vertices.append(vertex)
        return rings

    def _count(self, stated: str, there: int) -> None:
        """The number of points may or may not count those that close a ring."""
        lines = len(self._block.points)
        if stated.isdecimal() and stated.isascii() and int(stated) not in (lines, there):
            self._remarks.append(Remark(kind=RemarkKind.POINT_COUNT, detail=stated))

    def _crs(self, coordinates: Coordinates) -> Crs:
        told = {key: value for key, value in self._header if value}
        name = told.get("坐标系", "")
        datum = systems.datum_named(name)
        if coordinates.degrees:
            known = systems.geographic(datum) if datum else None
            return known or Crs(epsg=None, name=name, plane=False, transformable=False)
        unknown = Crs(epsg=None, name=name, plane=True, transformable=False)
        if datum is None or coordinates.mixed:
            return unknown
        zone_text, width_text = told.get("带号", ""), told.get("几度分带", "")
        zone = int(zone_text) if zone_text.isascii() and zone_text.isdecimal() else None
        prefix = coordinates.zone
        if zone is None and prefix is not None:
            zone = prefix
            self._remarks.append(Remark(kind=RemarkKind.ZONE_FROM_EASTING, detail=str(prefix)))
        elif zone is None or (prefix is not None and prefix != zone):
            return unknown
        wide = width_text.rstrip("度带分 ")
        width = int(wide) if wide in ("3", "6") else systems.zone_width(zone)
        known = systems.gauss_krueger(
            datum, width=width or 3, zone=zone, prefixed=prefix is not None
        )
        return known or unknown


def _turned(vertex: Vertex) -> Vertex:
    return Vertex(number=vertex.number, north=vertex.east, east=vertex.north)


@dataclass(frozen=True, slots=True)
class _Fields:
    count: str
    area: Decimal | None
    plot_no: str
    name: str
    land_use: str
    others: tuple[tuple[str, str], ...]


def _fields(line: str) -> _Fields:
    """The plot line, from its beginning up to the @, where fields at the end may be missing.

    点数, 面积, 地块编号, 地块名称, 面, 图幅号, 地块用途, 地类编号. Where the word 面 comes earlier
    than fifth, the plot's number is what is missing.
    """
    told = _PLOT_END.sub("", line)
    # Where the line has its commas, full-width ones belong to the names.
    parts = [part.strip() for part in told.split("," if "," in line else "，")]
    if parts and not parts[-1]:
        # The comma in front of the @.
        parts.pop()
    kind = next((at for at, part in enumerate(parts) if at >= 2 and part in _KINDS), None)
    if kind is not None and kind < 4:
        parts[2:2] = [""] * (4 - kind)
    parts += [""] * (8 - len(parts))
    area = number(half_width(parts[1]))
    others = (
        ("面积", parts[1] if area is None else ""),
        ("类型", parts[4]),
        ("图幅号", parts[5]),
        ("地块用途", parts[6]),
        ("地类编号", parts[7]),
    )
    return _Fields(
        count=half_width(parts[0]),
        area=area,
        plot_no=half_width(parts[2]),
        name=parts[3],
        land_use=parts[6],
        others=tuple(
            (key, value) for key, value in (*others, ("其他", ",".join(parts[8:]))) if value
        ),
    )

"""Features of GeoJSON, Shapefile, KML and DXF as plots: outlines, and what their columns say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from landsteward.app.boundaries_file import ReadPlot
from landsteward.app.importing import RowNote
from landsteward.domain.boundaries import BoundaryLimits, Crs, Ring, Vertex
from landsteward.domain.boundary_remarks import Remark, RemarkKind
from landsteward.domain.text import Message, msg
from landsteward.exchange import systems
from landsteward.exchange.areas import stated_area
from landsteward.exchange.axes import coordinates_of
from landsteward.exchange.measuring import measured
from landsteward.exchange.settings import settings, word
from landsteward.exchange.text import number

Points = Sequence[Vertex]
Polygon = Sequence[Points]
"""An outline and what is cut out of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A feature as its file has it: vertices without numbers; `refused` says why it is no plot."""

    row: int
    polygons: Sequence[Polygon] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    heights: bool = False
    refused: Message | None = None


def plot_of(
    feature: Feature, definition: str | None, limits: BoundaryLimits, *, file: str = ""
) -> ReadPlot:
    """A feature as a plot. `definition` is the system its file names; None where it names none."""
    told = _Columns(feature.attributes)
    refused = feature.refused
    vertices = [one for polygon in feature.polygons for ring in polygon for one in ring]
    if refused is None and not vertices:
        refused = msg("This plot has no points.")
    shape = stated = None
    if refused is None:
        remarks = [Remark(kind=RemarkKind.HEIGHTS_LEFT_OUT)] if feature.heights else []
        coordinates = coordinates_of(vertices)
        if coordinates.swapped:
            remarks += coordinates.remarks
        rings = _rings(feature.polygons, swapped=coordinates.swapped)
        crs = _system(definition, degrees=_in_degrees(vertices))
        shape = measured(rings, crs, remarks, limits)
        stated, said = stated_area(number(told.area), shape.area_m2, limits)
        shape = replace(shape, remarks=(*said, *shape.remarks))
    notes: tuple[RowNote, ...] = ()
    if refused is not None:
        notes = (RowNote(row=feature.row, column="", value=told.label, reason=refused),)
    return ReadPlot(
        row=feature.row,
        shape=shape,
        refused=notes,
        plot_no=told.plot_no,
        name=told.name,
        unit_code=told.unit_code,
        electronic_no=told.electronic_no,
        land_use=told.land_use,
        stated_area_m2=stated,
        attributes=feature.attributes,
        file=file,
    )


def _system(definition: str | None, *, degrees: bool) -> Crs:
    if definition is None:
        return replace(systems.UNKNOWN, plane=not degrees)
    crs = systems.system_of(systems.number_in(definition))
    if crs.epsg is not None and not crs.plane and not degrees:
        # Metres in a file that says degrees: it says nothing of which metres.
        return replace(systems.UNKNOWN, name=crs.name)
    return crs


def _in_degrees(vertices: Points) -> bool:
    return all(abs(value) <= 180 for one in vertices for value in one.place)


def _rings(polygons: Sequence[Polygon], *, swapped: bool) -> list[Ring]:
    """Rings in the order of the file, points numbered J1, J2 … on and on."""
    found: list[Ring] = []
    count = 0
    for polygon in polygons:
        outline = len(found)
        for at, points in enumerate(polygon):
            vertices = []
            for one in _open(points):
                count += 1
                north, east = (one.east, one.north) if swapped else one.place
                vertices.append(Vertex(number=f"J{count}", north=north, east=east))
            found.append(
                Ring(
                    number=len(found) + 1,
                    vertices=tuple(vertices),
                    hole_of=outline if at else None,
                )
            )
    return found


def _open(points: Points) -> Points:
    """A ring without the point that closes it."""
    if len(points) > 2 and points[0].place == points[-1].place:
        return points[:-1]
    return points


class _Columns:
    """What the columns of a feature say, by the names the settings know."""

    def __init__(self, attributes: Sequence[tuple[str, str]]) -> None:
        self._values = {word(name): value.strip() for name, value in attributes if value.strip()}
        columns = settings().columns
        self.unit_code = self._first(columns.unit_code)
        self.electronic_no = self._first(columns.electronic_no)
        self.plot_no = self._first(columns.plot_no)
        self.name = self._first(columns.name)
        self.area = self._first(columns.area)
        self.land_use = self._first(columns.land_use)

    @property
    def label(self) -> str:
        """By what a person knows the feature."""
        return self.name or self.plot_no or self.unit_code or self.electronic_no

    def _first(self, names: Sequence[str]) -> str:
        return next((found for name in names if (found := self._values.get(word(name)))), "")

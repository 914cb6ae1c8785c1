"""Boundaries by where they lie, and the parcels that a boundary file may mean."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from db.connection import Session
from db.errors import damaged, storage_errors
from db.mapping import Mapper, Row
from db.states import STATES
from landsteward.app.boundaries_file import ParcelMark
from landsteward.app.parcel_map import MapParcel, OddBoundary, OutlinePage, ParcelMap
from landsteward.app.rings import Rings
from landsteward.domain.boundaries import Extent, Outline, ParcelBoundary
from landsteward.domain.boundary_remarks import Remark, is_fault
from landsteward.domain.register import Parcel

_MAP = Path(__file__).with_name("sql") / "map_parcels.sql"
_outline = msgspec.json.Decoder(Outline).decode
_remarks = msgspec.json.Decoder(tuple[Remark, ...]).decode
_OUTLINES = """
    SELECT b.nr, p.id, p.name, b.outline, b.remarks FROM parcel_boundaries AS b
    JOIN parcels AS p ON p.id = b.parcel_id AND p.deleted_at IS NULL
    WHERE b.deleted_at IS NULL AND b.nr > ? ORDER BY b.nr LIMIT ?
"""
# What tells that outlines are others now: every import gives those it brings in its own key, and
# taking one back gives the keys before it back.
_STATE = """
    SELECT
        (SELECT count(*) FROM boundary_places)
            || ' ' || (SELECT count(*) FROM parcel_boundaries WHERE deleted_at IS NULL)
            || ' ' || coalesce((SELECT max(batch_id) FROM parcel_boundaries), ''),
        (SELECT count(*) FROM parcels WHERE deleted_at IS NULL) - (
            SELECT count(*) FROM parcel_boundaries AS b
            JOIN parcels AS p ON p.id = b.parcel_id AND p.deleted_at IS NULL
            WHERE b.deleted_at IS NULL
        )
"""
_WANTED = "WITH wanted AS (SELECT DISTINCT value FROM json_each(?)) "
_MEETS = "place.east >= ? AND place.west <= ? AND place.north >= ? AND place.south <= ?"
_LAND_CODE = 19
"""So many characters of a unit code say which parcel of land it is (GB/T 37346)."""

# By each mark: the value and the parcels that bear it, by way of an index; by name, of which there
# is none, in one walk over all parcels.
_MATCHES = {
    ParcelMark.UNIT_CODE: (
        "wanted.value",
        "wanted JOIN parcels AS p ON p.unit_code = wanted.value",
    ),
    ParcelMark.LAND_CODE: (
        "wanted.value",
        "wanted JOIN parcels AS p ON p.unit_code >= wanted.value "
        "AND p.unit_code < wanted.value || '~'",
    ),
    ParcelMark.ELECTRONIC_NO: (
        "wanted.value",
        "wanted JOIN parcels AS p ON p.electronic_no = wanted.value",
    ),
    ParcelMark.NAME: ("p.name", "parcels AS p NOT INDEXED"),
}
_ONLY = {ParcelMark.NAME: "p.name IN wanted AND "}


def _sides(extent: Extent) -> list[float]:
    """A box for the parameters of `_MEETS`."""
    return [float(side) for side in (extent.west, extent.east, extent.south, extent.north)]


class SqlBoundarySearch:
    """Questions about boundaries of one open file."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._boundaries = Mapper(ParcelBoundary, session.path)
        self._parcels = Mapper(Parcel, session.path)

    def near(self, extent: Extent) -> list[ParcelBoundary]:
        """The boundaries whose boxes meet this one, oldest first."""
        sql = (
            f"SELECT {self._boundaries.columns('b.')} FROM boundary_places AS place "
            "JOIN parcel_boundaries AS b ON b.nr = place.id "
            f"WHERE {_MEETS} AND b.deleted_at IS NULL ORDER BY b.id"
        )
        with storage_errors(self._session.path):
            rows = self._session.conn.execute(sql, _sides(extent)).fetchall()
        return [self._boundaries.record(row) for row in rows]

    def outlines_in(self, extent: Extent) -> Iterator[tuple[str, str, Outline]]:
        """Key and name of every parcel whose boundary's box meets this one, with its outline."""
        sql = (
            "SELECT p.id, p.name, b.outline FROM boundary_places AS place "
            "JOIN parcel_boundaries AS b ON b.nr = place.id AND b.deleted_at IS NULL "
            "JOIN parcels AS p ON p.id = b.parcel_id AND p.deleted_at IS NULL "
            f"WHERE {_MEETS} ORDER BY b.id"
        )
        with storage_errors(self._session.path):
            rows = self._session.conn.execute(sql, _sides(extent)).fetchall()
        for key, name, outline in rows:
            yield key, name, self._rings(outline, key)

    def of_parcels(self, parcel_ids: Sequence[str]) -> dict[str, ParcelBoundary]:
        """The boundaries of these parcels, by the parcel's key."""
        sql = (
            f"{_WANTED}SELECT {self._boundaries.columns('b.')} FROM wanted "
            "JOIN parcel_boundaries AS b ON b.parcel_id = wanted.value AND b.deleted_at IS NULL"
        )
        found = map(self._boundaries.record, self._all(sql, parcel_ids))
        return {one.parcel_id: one for one in found}

    def parcels(self, mark: ParcelMark, values: Sequence[str]) -> dict[str, list[Parcel]]:
        """The parcels that bear one of these values, by value, oldest first."""
        value, rows = _MATCHES[mark]
        sql = (
            f"{_WANTED}SELECT {value}, {self._parcels.columns('p.')} FROM {rows} "
            f"WHERE {_ONLY.get(mark, '')}p.deleted_at IS NULL ORDER BY p.id"
        )
        found: dict[str, list[Parcel]] = defaultdict(list)
        for said, *row in self._all(sql, values):
            found[said].append(self._parcels.record(tuple(row)))
        return dict(found)

    def parcel_map(self, on: date) -> ParcelMap:
        """Every parcel that can be put on the map, with what maps are coloured by."""
        conn = self._session.conn
        with storage_errors(self._session.path):
            stamp, without = conn.execute(_STATE).fetchone()
            rows = conn.execute(_MAP.read_text("utf-8"), {**STATES, "on": on.isoformat()})
            parcels = tuple(
                MapParcel(
                    parcel_id=key,
                    name=name,
                    enterprise_id=holder_id,
                    enterprise=holder or "",
                    others=others,
                    grade=grade,
                    stage=stage,
                    severity=severity,
                    open_findings=count,
                )
                for key, name, holder_id, holder, others, grade, stage, severity, count in rows
            )
        return ParcelMap(stamp=stamp, parcels=parcels, without=without)

    def outlines(self, after: int, most: int) -> OutlinePage:
        """So many boundaries behind a place, in the order they were first brought in."""
        with storage_errors(self._session.path):
            rows = self._session.conn.execute(_OUTLINES, [after, most]).fetchall()
        keys: list[str] = []
        drawn = Rings()
        odd: list[OddBoundary] = []
        for _nr, key, name, outline, remarks in rows:
            rings, said = self._rings(outline, key), self._said(remarks, key)
            if rings:
                keys.append(key)
                drawn.add(rings)
            if not rings or any(map(is_fault, said)):
                odd.append(OddBoundary(parcel_id=key, name=name, remarks=said, placed=bool(rings)))
        return OutlinePage(
            parcel_ids=tuple(keys),
            outlines=drawn,
            odd=tuple(odd),
            next=rows[-1][0] if len(rows) == most else None,
        )

    def _rings(self, text: str, key: str) -> Outline:
        try:
            return _outline(text)
        except (msgspec.MsgspecError, TypeError) as error:
            raise damaged(self._session.path, f"parcel_boundaries {key}") from error

    def _said(self, text: str, key: str) -> tuple[Remark, ...]:
        try:
            return _remarks(text)
        except (msgspec.MsgspecError, TypeError) as error:
            raise damaged(self._session.path, f"parcel_boundaries {key}") from error

    def _all(self, sql: str, values: Sequence[str]) -> list[Row]:
        wanted = msgspec.json.encode(list(values)).decode()
        with storage_errors(self._session.path):
            rows: list[Row] = self._session.conn.execute(sql, [wanted]).fetchall()
        return rows

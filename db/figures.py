"""What lists show of enterprises and parcels, worked out by the domain and kept beside the rows.

`db/derived.py` says when they are worked out anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from db.connection import Session
from db.mapping import Mapper
from landsteward.domain.figures import enterprise_figures, parcel_figures
from landsteward.domain.quantities import rounded
from landsteward.domain.register import Occupancy, SupplyContract, YearlyMetrics

_PLACES = 4

_WANTED = "(SELECT value FROM json_each(:keys))"
Row = tuple[Any, ...]


class SqlFigures:
    """The figures of one open file."""

    def __init__(self, session: Session) -> None:
        self._conn = session.conn
        self._occupancies = Mapper(Occupancy, session.path)
        self._contracts = Mapper(SupplyContract, session.path)
        self._metrics = Mapper(YearlyMetrics, session.path)

    def keep(self, table: str, nrs: Sequence[int], today: date, *, name: str) -> None:
        """Work out the figures of a table's rows and keep them in the table of that name; those of
        rows that are gone are dropped.
        """
        rows = list(self.rows(table, nrs, today))
        self._conn.execute(
            f"DELETE FROM {name} WHERE nr IN (SELECT value FROM json_each(?))",
            [_json(set(nrs) - {row[0] for row in rows})],
        )
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._conn.executemany(f"INSERT OR REPLACE INTO {name} VALUES ({marks})", rows)

    def rows(self, table: str, nrs: Sequence[int], today: date) -> Iterator[Row]:
        """The figures of these rows as their table keeps them, in its order of columns."""
        worked_out = self._of_enterprises if table == "enterprises" else self._of_parcels
        return worked_out(nrs, today)

    def _of_enterprises(self, nrs: Sequence[int], today: date) -> Iterator[Row]:
        ids = self._ids("enterprises", nrs)
        keys = list(ids.values())
        own = self._records(self._occupancies, "occupancies", "enterprise_id", keys)
        parcels = sorted({one.parcel_id for one in own})
        on_parcel = _by(
            self._records(self._occupancies, "occupancies", "parcel_id", parcels), "parcel_id"
        )
        areas = self._areas(parcels)
        mine = _by(own, "enterprise_id")
        supplies = _by(
            self._records(self._contracts, "supply_contracts", "holder_id", keys), "holder_id"
        )
        metrics = _by(
            self._records(self._metrics, "yearly_metrics", "enterprise_id", keys), "enterprise_id"
        )
        for nr, key in ids.items():
            here = dict.fromkeys(one.parcel_id for one in mine[key])
            found = enterprise_figures(
                key,
                parcel_areas=areas,
                occupancies=[one for parcel in here for one in on_parcel[parcel]],
                supplies=supplies[key],
                metrics=metrics[key],
                today=today,
            )
            tax = found.tax_wan_per_mu
            yield (
                nr,
                found.parcels,
                None if found.area_m2 is None else f"{found.area_m2:f}",
                found.grade,
                None if tax is None else str(rounded(tax, _PLACES)),
                _day(found.good_until),
            )

    def _of_parcels(self, nrs: Sequence[int], today: date) -> Iterator[Row]:
        ids = self._ids("parcels", nrs)
        keys = list(ids.values())
        supplies = _by(
            self._records(self._contracts, "supply_contracts", "parcel_id", keys), "parcel_id"
        )
        occupancies = _by(
            self._records(self._occupancies, "occupancies", "parcel_id", keys), "parcel_id"
        )
        found = {
            nr: parcel_figures(supplies=supplies[key], occupancies=occupancies[key], today=today)
            for nr, key in ids.items()
        }
        contracts = self._nrs("supply_contracts", (one.contract_id for one in found.values()))
        holders = self._nrs("enterprises", (one.holder_id for one in found.values()))
        for nr, one in found.items():
            yield (
                nr,
                contracts.get(one.contract_id),
                holders.get(one.holder_id),
                _day(one.good_until),
            )

    def _ids(self, table: str, nrs: Sequence[int]) -> dict[int, str]:
        sql = (
            "SELECT t.nr, t.id FROM json_each(:keys) AS wanted "
            f"CROSS JOIN {table} AS t ON t.nr = wanted.value WHERE t.deleted_at IS NULL"
        )
        return dict(self._conn.execute(sql, {"keys": _json(nrs)}).fetchall())

    def _nrs(self, table: str, ids: Iterable[str | None]) -> dict[str | None, int]:
        sql = f"SELECT id, nr FROM {table} WHERE id IN {_WANTED}"
        return dict(self._conn.execute(sql, {"keys": _json({one for one in ids if one})}))

    def _areas(self, parcels: Sequence[str]) -> dict[str, Decimal | None]:
        sql = f"SELECT id, area_m2 FROM parcels WHERE id IN {_WANTED}"
        rows = self._conn.execute(sql, {"keys": _json(parcels)}).fetchall()
        return {key: None if area is None else Decimal(area) for key, area in rows}

    def _records(
        self, mapper: Mapper[Any], table: str, column: str, keys: Sequence[str]
    ) -> list[Any]:
        sql = (
            f"SELECT {mapper.columns()} FROM {table} "
            f"WHERE {column} IN {_WANTED} AND deleted_at IS NULL"
        )
        return [mapper.record(row) for row in self._conn.execute(sql, {"keys": _json(keys)})]


def _by(records: Iterable[Any], field: str) -> dict[str, list[Any]]:
    """Records by what a field of theirs says; nothing under every other key."""
    found: dict[str, list[Any]] = defaultdict(list)
    for one in records:
        found[getattr(one, field)].append(one)
    return found


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _json(values: Iterable[object]) -> str:
    return msgspec.json.encode(list(values)).decode()

"""What an import of rosters asks of the record: many enterprises, parcels and years at once."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from db.connection import Session
from db.errors import storage_errors
from db.mapping import Mapper
from db.merged import survivor_of
from landsteward.app.views import ParcelPlace
from landsteward.domain.register import Enterprise, Parcel, YearlyMetrics


class SqlRosters:
    """The questions of one open file."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._enterprises = Mapper(Enterprise, session.path)
        self._parcels = Mapper(Parcel, session.path)
        self._metrics = Mapper(YearlyMetrics, session.path)

    def enterprises_by_code(self, codes: Sequence[str]) -> dict[str, Enterprise]:
        """The enterprises of these credit codes; of one that was merged, what stands for it now."""
        rows = self._among(self._enterprises, "enterprises", "uscc", codes)
        found = {one.uscc or "": one for one in map(self._enterprises.record, rows)}
        merged = self._all(
            "SELECT uscc, id FROM enterprises WHERE merged_into IS NOT NULL "
            "AND uscc IN (SELECT value FROM json_each(?)) ORDER BY deleted_at",
            msgspec.json.encode([code for code in codes if code not in found]).decode(),
        )
        led = {code: survivor_of(self._session, key) for code, key in merged}
        stayed = self._among(self._enterprises, "enterprises", "id", sorted(set(led.values())))
        by_id = {one.id: one for one in map(self._enterprises.record, stayed)}
        return found | {code: by_id[key] for code, key in led.items() if key in by_id}

    def parcels_by_unit_code(self, codes: Sequence[str]) -> dict[str, Parcel]:
        """The parcels of these 不动产单元代码."""
        rows = self._among(self._parcels, "parcels", "unit_code", codes)
        return {one.unit_code or "": one for one in map(self._parcels.record, rows)}

    def parcel_places(self) -> Iterator[ParcelPlace]:
        """Key, name and place of every parcel, in no order."""
        rows = self._all("SELECT id, name, location FROM parcels WHERE deleted_at IS NULL")
        return (ParcelPlace(id=key, name=name, location=place) for key, name, place in rows)

    def metrics_of(
        self, enterprise_ids: Sequence[str], years: Sequence[int]
    ) -> dict[tuple[str, int], YearlyMetrics]:
        """The figures of these enterprises in these years, by enterprise and year."""
        rows = self._among(self._metrics, "yearly_metrics", "enterprise_id", enterprise_ids)
        wanted = set(years)
        place = self._metrics.names.index("year")
        found = [self._metrics.record(row) for row in rows if row[place] in wanted]
        return {(one.enterprise_id, one.year): one for one in found}

    def _among(
        self, mapper: Mapper[Any], table: str, column: str, values: Sequence[str]
    ) -> list[Any]:
        if not values:
            return []
        sql = (
            f"SELECT {mapper.columns()} FROM {table} WHERE deleted_at IS NULL "
            f"AND {column} IN (SELECT value FROM json_each(?))"
        )
        return self._all(sql, msgspec.json.encode(list(values)).decode())

    def _all(self, sql: str, *given: object) -> list[Any]:
        with storage_errors(self._session.path):
            rows: list[Any] = self._session.conn.execute(sql, given).fetchall()
        return rows

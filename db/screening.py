"""The register read through once for the automatic rules: parcel by parcel, then enterprise by
enterprise, each with all that belongs to it.

Several queries in the order of one key, taken side by side: no record is looked up by itself, and
no more than one parcel or enterprise is held at a time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar

import msgspec

from db.connection import Session
from db.errors import storage_errors
from db.mapping import Mapper
from landsteward.domain.gathering import EnterpriseRecords, Held, LandRecords, Lazily, ParcelRecords
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.register import (
    ConstructionProgress,
    Enterprise,
    Occupancy,
    OutputContract,
    Parcel,
    Permit,
    SupplyContract,
    YearlyMetrics,
)
from landsteward.domain.states import FindingState, Severity
from landsteward.domain.subjects import Checks, OpenFinding

T = TypeVar("T")

# What the rules do not look at is not read.
_OF_ENTERPRISE = (
    *("id", "name", "name_key", "industry_code", "scale", "industry_policy"),
    *("production", "production_since", "carrier_id"),
)
_OF_PARCEL = (
    *("id", "name", "area_m2", "land_use", "ratio_floor_m2", "floor_m2", "footprint_m2"),
    *("office_land_m2", "office_floor_m2", "service_floor_m2", "empty_m2", "carrier_id"),
)
_OF_SUPPLY = (
    *("id", "parcel_id", "identity", "holder_id", "electronic_no", "contract_no", "area_m2"),
    *("price_wan", "plot_ratio_min", "plot_ratio_max", "investment_wan_per_mu"),
    *("coefficient_min", "office_land_max", "planned_floor_m2", "started_floor_m2", "signed_on"),
    *("agreed_delivery_on", "agreed_start_on", "agreed_completion_on", "actual_delivery_on"),
    *("actual_start_on", "actual_completion_on", "phased", "reserved_m2", "reserved_on"),
)
_NOT_OPEN = ", ".join(f"'{one}'" for one in sorted({FindingState.DRAFT, *SETTLED_FINDING_STATES}))
_OF_SUPPLIED = ("id", "parcel_id", "identity", "area_m2", "signed_on")


class _Rows(Generic[T]):
    """Records in the order of a key that stands before them, handed out key by key."""

    def __init__(self, rows: Iterator[Any], make: Callable[[Any], T]) -> None:
        self._rows = rows
        self._make = make
        self._next = next(rows, None)

    def of(self, key: str) -> tuple[T, ...]:
        """The records of a key; those of keys before it are passed over."""
        row = self._next
        if row is None or row[0] > key:
            return ()
        found: list[T] = []
        while row is not None and row[0] <= key:
            if row[0] == key:
                found.append(self._make(row[1:]))
            row = next(self._rows, None)
        self._next = row
        return tuple(found)


class SqlScreening:
    """What the automatic rules read of one open file."""

    def __init__(self, session: Session) -> None:
        self._session = session
        path = session.path
        self._enterprises = Mapper(Enterprise, path, only=_OF_ENTERPRISE)
        self._parcels = Mapper(Parcel, path, only=_OF_PARCEL)
        self._supplies = Mapper(SupplyContract, path, only=_OF_SUPPLY)
        self._supplied = Mapper(SupplyContract, path, only=_OF_SUPPLIED)
        self._outputs = Mapper(OutputContract, path)
        self._looks = Mapper(ConstructionProgress, path)
        self._metrics = Mapper(YearlyMetrics, path)
        self._permits = Mapper(Permit, path)
        self._occupancies = Mapper(Occupancy, path)

    def parcels(self, of: Sequence[str] | None = None) -> Iterator[ParcelRecords]:
        """Every parcel, or those of these keys, with supplies, holders, contracts and looks."""
        supplies = self._held(of)
        outputs = self._by("output_contracts", "parcel_id", self._outputs, of)
        looks = self._by("construction_progress", "parcel_id", self._looks, of)
        checks = self._checks(of)
        for row in self._read(
            f"SELECT {self._parcels.columns()} FROM parcels WHERE deleted_at IS NULL"
            + _among("id", of)
            + " ORDER BY id",
            of,
        ):
            parcel = self._parcels.record(row)
            yield ParcelRecords(
                parcel=parcel,
                supplies=supplies.of(parcel.id),
                outputs=outputs.of(parcel.id),
                looks=looks.of(parcel.id),
                checks=checks,
            )

    def enterprises(
        self, of: Sequence[str] | None = None, *, with_land: bool = True
    ) -> Iterator[EnterpriseRecords]:
        """Every enterprise, or those of these keys, with years and permits, and its land."""
        years = self._raw("yearly_metrics", "enterprise_id", self._metrics, of, then="year")
        permits = self._by("permits", "enterprise_id", self._permits, of)
        used = self._occupied(of) if with_land else None
        supplied = self._raw("supply_contracts", "holder_id", self._supplied, of, then="id")
        for row in self._read(
            f"SELECT {self._enterprises.columns()} FROM enterprises WHERE deleted_at IS NULL"
            + _among("id", of)
            + " ORDER BY id",
            of,
        ):
            enterprise = self._enterprises.record(row)
            yield EnterpriseRecords(
                enterprise=enterprise,
                years=Lazily(years.of(enterprise.id)[::-1], self._metrics.record),
                permits=permits.of(enterprise.id),
                land=self._land(used.of(enterprise.id), supplied.of(enterprise.id))
                if used
                else None,
            )

    def _checks(self, of: Sequence[str] | None) -> dict[str, Checks]:
        """What checkups found of all who hold land, or of those who hold these parcels."""
        held = (
            ""
            if of is None
            else " AND c.enterprise_id IN (SELECT holder_id FROM supply_contracts"
            f" WHERE deleted_at IS NULL{_among('parcel_id', of)})"
        )
        departments: dict[str, set[str]] = defaultdict(set)
        for enterprise_id, listed in self._read(
            "SELECT c.enterprise_id, k.departments FROM checkups AS k "
            "JOIN cases AS c ON c.id = k.case_id AND c.deleted_at IS NULL "
            f"WHERE k.finished_at IS NOT NULL AND k.deleted_at IS NULL{held}",
            of,
        ):
            departments[enterprise_id].update(msgspec.json.decode(listed))
        findings: dict[str, list[OpenFinding]] = defaultdict(list)
        for row in self._read(
            "SELECT c.enterprise_id, f.department, f.severity, f.title, f.violated_on "
            "FROM findings AS f JOIN cases AS c ON c.id = f.case_id AND c.deleted_at IS NULL "
            f"WHERE f.deleted_at IS NULL AND f.state NOT IN ({_NOT_OPEN}){held} ORDER BY f.id",
            of,
        ):
            enterprise_id, department, severity, title, since = row
            findings[enterprise_id].append(
                OpenFinding(
                    department=department,
                    severity=Severity(severity),
                    title=title,
                    since=date.fromisoformat(since) if since else None,
                )
            )
        return {
            one: Checks(
                departments=frozenset(departments.get(one, ())),
                findings=tuple(findings.get(one, ())),
            )
            for one in departments.keys() | findings.keys()
        }

    def _held(self, of: Sequence[str] | None) -> _Rows[Held]:
        """Supplies with their holders, parcel by parcel, oldest first."""
        end = len(self._supplies.names)
        rows = self._read(
            f"SELECT s.parcel_id, {self._supplies.columns('s.')}, {self._enterprises.columns('e.')}"
            " FROM supply_contracts AS s "
            "LEFT JOIN enterprises AS e ON e.id = s.holder_id AND e.deleted_at IS NULL "
            "WHERE s.deleted_at IS NULL"
            f"{_among('s.parcel_id', of)} ORDER BY s.parcel_id, s.signed_on, s.id",
            of,
        )

        def made(row: Any) -> Held:
            holder = None if row[end] is None else self._enterprises.record(row[end:])
            return self._supplies.record(row[:end]), holder

        return _Rows(rows, made)

    def _occupied(self, of: Sequence[str] | None) -> _Rows[tuple[Occupancy, Decimal | None]]:
        """All occupancies of the parcels an enterprise has a part in, with the parcels' areas."""
        rows = self._read(
            f"SELECT mine.enterprise_id, p.area_m2, {self._occupancies.columns('o.')} "
            "FROM (SELECT DISTINCT enterprise_id, parcel_id FROM occupancies "
            f"WHERE deleted_at IS NULL{_among('enterprise_id', of)}) AS mine "
            "JOIN occupancies AS o ON o.parcel_id = mine.parcel_id AND o.deleted_at IS NULL "
            "JOIN parcels AS p ON p.id = o.parcel_id ORDER BY mine.enterprise_id",
            of,
        )

        def made(row: Any) -> tuple[Occupancy, Decimal | None]:
            area = None if row[0] is None else Decimal(row[0])
            return self._occupancies.record(row[1:]), area

        return _Rows(rows, made)

    def _land(
        self, used: tuple[tuple[Occupancy, Decimal | None], ...], supplied: tuple[Any, ...]
    ) -> LandRecords:
        return LandRecords(
            parcel_areas={one.parcel_id: area for one, area in used},
            occupancies=tuple(one for one, _area in used),
            supplies=Lazily(supplied, self._supplied.record),
        )

    def _raw(
        self, table: str, column: str, mapper: Mapper[T], of: Sequence[str] | None, *, then: str
    ) -> _Rows[Any]:
        """Rows as they lie there, for what is seldom looked at whole."""
        sql = (
            f"SELECT {column}, {mapper.columns()} FROM {table} "
            f"WHERE deleted_at IS NULL AND {column} IS NOT NULL{_among(column, of)} "
            f"ORDER BY {column}, {then}"
        )
        return _Rows(self._read(sql, of), _as_it_is)

    def _by(self, table: str, column: str, mapper: Mapper[T], of: Sequence[str] | None) -> _Rows[T]:
        sql = (
            f"SELECT {column}, {mapper.columns()} FROM {table} "
            f"WHERE deleted_at IS NULL AND {column} IS NOT NULL{_among(column, of)} "
            f"ORDER BY {column}"
        )
        return _Rows(self._read(sql, of), mapper.record)

    def _read(self, sql: str, of: Sequence[str] | None) -> Iterator[Any]:
        given = [] if of is None else [msgspec.json.encode(list(of)).decode()]
        with storage_errors(self._session.path):
            yield from self._session.conn.execute(sql, given)


def _as_it_is(row: Any) -> Any:
    return row


def _among(column: str, of: Sequence[str] | None) -> str:
    return "" if of is None else f" AND {column} IN (SELECT value FROM json_each(?))"

"""What gradings ask: a county's enterprises with land and figures of a year, and results."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from db.connection import Session
from db.errors import storage_errors
from db.mapping import Mapper
from landsteward.app.grading_sources import GradeCount, Scored
from landsteward.domain.figures import land_of_year
from landsteward.domain.grading.scope import Candidate, GradedEnterprise
from landsteward.domain.gradings import GradingResult
from landsteward.domain.occupancy import in_force, year_end
from landsteward.domain.register import Occupancy, SupplyContract, YearlyMetrics
from landsteward.domain.states import EnterpriseKind, Scale, Tenure

_AT_ONCE = 1000
_WANTED = "(SELECT value FROM json_each(:keys))"


class SqlGradings:
    """The questions of one open file."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._conn = session.conn
        self._occupancies = Mapper(Occupancy, session.path)
        self._contracts = Mapper(SupplyContract, session.path)
        self._metrics = Mapper(YearlyMetrics, session.path)
        self._results = Mapper(GradingResult, session.path)

    def candidates(self, year: int) -> Iterator[Candidate]:
        """Every enterprise with its figures and land of a year, one after another."""
        sql = (
            "SELECT nr, id, name, uscc, kind, industry_code, industry_name, scale, carrier_id "
            "FROM enterprises WHERE deleted_at IS NULL AND nr > ? ORDER BY nr LIMIT ?"
        )
        last = 0
        while rows := self._all(sql, last, _AT_ONCE):
            last = rows[-1][0]
            yield from self._of([_enterprise(row[1:]) for row in rows], year)

    def _of(self, enterprises: Sequence[GradedEnterprise], year: int) -> Iterator[Candidate]:
        keys = [one.id for one in enterprises]
        in_year = f" AND year = {year:d}"
        found = self._records(self._metrics, "yearly_metrics", "enterprise_id", keys, in_year)
        metrics: dict[str, YearlyMetrics] = {one.enterprise_id: one for one in found}
        graded_before = self._grades(keys, year - 1)
        own = self._records(self._occupancies, "occupancies", "enterprise_id", keys)
        parcels = sorted({one.parcel_id for one in own})
        others = self._records(
            self._occupancies,
            "occupancies",
            "parcel_id",
            parcels,
            " AND enterprise_id NOT IN (SELECT value FROM json_each(:mine))",
            mine=_json(keys),
        )
        on_parcel = _by([*own, *others], "parcel_id")
        areas = self._areas(parcels)
        mine = _by(own, "enterprise_id")
        day = year_end(year)
        used = {
            key: [
                one
                for parcel in dict.fromkeys(one.parcel_id for one in mine[key])
                for one in on_parcel[parcel]
            ]
            for key in keys
        }

        def land(key: str, supplies: Iterable[SupplyContract]) -> Any:
            figures = metrics.get(key)
            return land_of_year(
                key,
                figures or YearlyMetrics(id="", enterprise_id=key, year=year),
                parcel_areas=areas,
                occupancies=used[key],
                supplies=supplies,
            )

        lands = {key: land(key, ()) for key in keys}
        # Supplies decide only where neither use nor a stated area does.
        open_keys = [key for key, found in lands.items() if found is None]
        supplies = _by(
            self._records(self._contracts, "supply_contracts", "holder_id", open_keys), "holder_id"
        )
        for key in open_keys:
            lands[key] = land(key, supplies[key])
        for one in enterprises:
            leases = {
                lease.parcel_id
                for lease in mine[one.id]
                if lease.tenure is Tenure.LESSEE and in_force(lease, day)
            }
            yield Candidate(
                one,
                metrics.get(one.id),
                lands[one.id],
                graded_before.get(one.id),
                tuple(sorted(leases)),
            )

    def _grades(self, keys: Sequence[str], year: int) -> dict[str, str]:
        sql = (
            "SELECT enterprise_id, grade FROM yearly_metrics WHERE grade IS NOT NULL "
            "AND deleted_at IS NULL AND year = ? "
            "AND enterprise_id IN (SELECT value FROM json_each(?))"
        )
        return dict(self._all(sql, year, _json(keys)))

    def grade_counts(self, run_id: str) -> Sequence[GradeCount]:
        """How many have which grade, group by group."""
        sql = (
            "SELECT r.scale, r.grade, count(*), sum(r.score IS NULL) FROM grading_results AS r "
            "WHERE r.run_id = ? AND r.deleted_at IS NULL GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return [
            GradeCount(
                scale=None if scale is None else Scale(scale),
                grade=grade,
                count=count,
                unscored=unscored,
            )
            for scale, grade, count, unscored in self._all(sql, run_id)
        ]

    def scores(self, run_id: str) -> Sequence[Scored]:
        """All scores of a run with their grades, the highest first."""
        sql = (
            "SELECT r.scale, r.score, r.grade FROM grading_results AS r "
            "WHERE r.run_id = ? AND r.rank IS NOT NULL AND r.deleted_at IS NULL ORDER BY r.rank"
        )
        return [
            Scored(scale=Scale(scale), score=Decimal(score), grade=grade)
            for scale, score, grade in self._all(sql, run_id)
        ]

    def changes(self, run_id: str) -> dict[str, int]:
        """How many are better, the same or worse than the year before, by these words."""
        from db.orders import list_sql
        from landsteward.app.views import ListKind

        sql = (
            f"SELECT change, count(*) FROM ({list_sql(ListKind.GRADING)}) "
            "WHERE run_id = ? AND change IS NOT NULL GROUP BY 1"
        )
        return dict(self._all(sql, run_id))

    def years(self) -> Sequence[int]:
        """The years there are figures of, the latest first."""
        # The index by enterprise and year holds living rows alone.
        sql = "SELECT DISTINCT year FROM yearly_metrics WHERE deleted_at IS NULL ORDER BY 1 DESC"
        return [year for (year,) in self._all(sql)]

    def ranked(self, run_id: str, scale: Scale) -> int:
        """How many units of a group have a rank: those scored as one count once."""
        sql = (
            "SELECT count(DISTINCT CASE s.together WHEN '' THEN s.id ELSE s.together END) "
            "FROM grading_results AS r JOIN grading_subjects AS s ON s.id = r.subject_id "
            "WHERE r.run_id = ? AND r.rank IS NOT NULL AND r.deleted_at IS NULL AND r.scale = ?"
        )
        ((count,),) = self._all(sql, run_id, scale.value)
        found: int = count
        return found

    def places(self, run_id: str) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
        """The carriers of a run by key and name, and its industries by class and name."""
        carriers = self._all(
            "SELECT DISTINCT o.id, o.name FROM grading_subjects AS s "
            "JOIN organisations AS o ON o.id = s.carrier_id WHERE s.run_id = ? ORDER BY o.name",
            run_id,
        )
        industries = self._all(
            "SELECT substr(industry_code, 1, 3), min(industry_name) FROM grading_subjects "
            "WHERE run_id = ? AND industry_code IS NOT NULL GROUP BY 1 ORDER BY 1",
            run_id,
        )
        return dict(carriers), tuple((code, name) for code, name in industries)

    def of_enterprises(self, enterprise_ids: Sequence[str]) -> Sequence[GradingResult]:
        """The results of these enterprises in all runs there are."""
        return self._records(
            self._results,
            "grading_results",
            "enterprise_id",
            enterprise_ids,
            " AND run_id IN (SELECT id FROM grading_runs WHERE deleted_at IS NULL)",
        )

    def _records(
        self,
        mapper: Mapper[Any],
        table: str,
        column: str,
        keys: Sequence[str],
        more: str = "",
        **given: str,
    ) -> list[Any]:
        if not keys:
            return []
        sql = (
            f"SELECT {mapper.columns()} FROM {table} "
            f"WHERE {column} IN {_WANTED} AND deleted_at IS NULL{more}"
        )
        with storage_errors(self._session.path):
            rows = self._conn.execute(sql, {"keys": _json(keys), **given}).fetchall()
        return [mapper.record(row) for row in rows]

    def _areas(self, parcels: Sequence[str]) -> dict[str, Decimal | None]:
        sql = f"SELECT id, area_m2 FROM parcels WHERE id IN {_WANTED}"
        rows = self._conn.execute(sql, {"keys": _json(parcels)}).fetchall()
        return {key: None if area is None else Decimal(area) for key, area in rows}

    def _all(self, sql: str, *given: object) -> list[Any]:
        with storage_errors(self._session.path):
            rows: list[Any] = self._conn.execute(sql, given).fetchall()
        return rows


def _enterprise(row: tuple[Any, ...]) -> GradedEnterprise:
    key, name, uscc, kind, code, industry, scale, carrier = row
    return GradedEnterprise(
        key,
        name,
        uscc,
        EnterpriseKind(kind),
        code,
        industry,
        None if scale is None else Scale(scale),
        carrier,
    )


def _by(records: Iterable[Any], field: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for one in records:
        found[getattr(one, field)].append(one)
    return found


def _json(values: Sequence[str]) -> str:
    return msgspec.json.encode(list(values)).decode()

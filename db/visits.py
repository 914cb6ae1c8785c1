"""Questions about campaigns and their visits; each stands in `db/sql`."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from db.connection import Session
from db.errors import damaged, storage_errors
from db.mapping import Mapper
from landsteward.app.visit_lines import PlannedVisit, ProblemCount, VisitLine
from landsteward.domain.campaigns import Visit
from landsteward.domain.states import VisitStage
from landsteward.domain.visit_cap import CountedVisit

_QUERIES = Path(__file__).with_name("sql")


@lru_cache
def _sql(name: str) -> str:
    return (_QUERIES / f"{name}.sql").read_text("utf-8")


class SqlVisitReports:
    """The questions over one open file."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._visits = Mapper(Visit, session.path)

    def of_campaign(self, campaign_id: str) -> list[VisitLine]:
        """Every visit of a campaign, also those made elsewhere; oldest first."""
        return [
            VisitLine(
                id=row[0],
                enterprise_id=row[1],
                carrier_id=row[2],
                carrier=row[3],
                departments=self._listed(row[4], row[0]),
                made_id=row[5],
                made_in=row[6],
                day=_day(row[7]),
                stage=VisitStage(row[8]),
                case_id=row[9],
            )
            for row in self._rows(_sql("visit_lines"), {"campaign_id": campaign_id})
        ]

    def problems(self, campaign_id: str) -> list[ProblemCount]:
        """What the cases of a campaign's visits found, by department."""
        return [
            ProblemCount(case_id=case_id, department=department, count=count)
            for case_id, department, count in self._rows(
                _sql("visit_problems"), {"campaign_id": campaign_id}
            )
        ]

    def counted(self, enterprise_ids: Sequence[str], years: Sequence[int]) -> list[CountedVisit]:
        """The visits to these enterprises that count towards the cap in these years."""
        given = {
            "ids": msgspec.json.encode(list(enterprise_ids)).decode(),
            "years": msgspec.json.encode(list(years)).decode(),
        }
        return [
            CountedVisit(
                key=key,
                enterprise_id=enterprise_id,
                department=department,
                year=year,
                day=_day(day),
                begun=bool(begun),
                case_no=case_no,
                campaign=campaign,
            )
            for key, enterprise_id, department, year, day, begun, case_no, campaign in self._rows(
                _sql("visits_counted"), given
            )
        ]

    def joinable(self, campaign_id: str) -> list[Visit]:
        """Visits not begun to enterprises that have several of them; by enterprise."""
        sql = _sql("visits_joinable").format(columns=self._visits.columns("v."))
        return [self._visits.record(row) for row in self._rows(sql, {"campaign_id": campaign_id})]

    def between(
        self, first: date, last: date, *, campaign_id: str | None, person_id: str | None
    ) -> list[PlannedVisit]:
        """Visits with a day in this time; by day, carrier and name."""
        given = {
            "first": first.isoformat(),
            "last": last.isoformat(),
            "campaign_id": campaign_id,
            "person_id": person_id,
        }
        return [
            PlannedVisit(
                id=row[0],
                campaign=row[1],
                enterprise_id=row[2],
                enterprise=row[3],
                uscc=row[4] or "",
                carrier=row[5],
                address=row[6],
                contact=row[7],
                phone=row[8],
                departments=self._listed(row[9], row[0]),
                inspectors=self._listed(row[10], row[0]),
                day=date.fromisoformat(row[11]),
                stage=VisitStage(row[12]),
                case_id=row[13],
            )
            for row in self._rows(_sql("visits_between"), given)
        ]

    def _rows(self, sql: str, given: dict[str, Any]) -> list[Any]:
        with storage_errors(self._session.path):
            rows: list[Any] = self._session.conn.execute(sql, given).fetchall()
        return rows

    def _listed(self, text: str, of: str) -> tuple[str, ...]:
        try:
            return msgspec.json.decode(text, type=tuple[str, ...])
        except msgspec.DecodeError as error:
            raise damaged(self._session.path, f"visits {of}") from error


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)

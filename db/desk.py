"""The cases on the desk and everything that has a day, each in one reading."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from db.connection import Session
from db.errors import storage_errors
from db.states import STATES
from landsteward.domain.desk import CaseOnDesk, FindingOnDesk
from landsteward.domain.dues import Due, DueKind
from landsteward.domain.states import CaseStage, FindingState

_QUERIES = Path(__file__).with_name("sql")


@lru_cache
def _sql(name: str) -> str:
    return (_QUERIES / f"{name}.sql").read_text("utf-8")


class SqlDesk:
    """The desk of one open file."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def cases(self) -> list[CaseOnDesk]:
        """Every case that is not archived, the oldest first."""
        with storage_errors(self._session.path):
            rows = self._session.conn.execute(_sql("desk")).fetchall()
        return [_case(row) for row in rows]

    def dues(self, on: date) -> list[Due]:
        """Every deadline that is not met, by its day; engagements that have run out are over."""
        given = {**STATES, "on": on.isoformat()}
        with storage_errors(self._session.path):
            rows = self._session.conn.execute(_sql("dues"), given).fetchall()
        return [
            Due(
                kind=DueKind(kind),
                id=key,
                case_id=case_id,
                case_no=case_no,
                subject=subject,
                title=title,
                who=who,
                due_on=date.fromisoformat(due_on),
            )
            for kind, key, case_id, case_no, subject, title, who, due_on in rows
        ]


def _case(row: tuple[Any, ...]) -> CaseOnDesk:
    key, case_no, subject, enterprise_id, stage, opened_on, due_on, carrier_id = row[:8]
    findings, visit, firms, step_on, replies = row[8:]
    scheduled_on, departments, inspectors = msgspec.json.decode(visit) if visit else (None, (), ())
    return CaseOnDesk(
        id=key,
        case_no=case_no,
        subject=subject,
        enterprise_id=enterprise_id,
        stage=CaseStage(stage),
        opened_on=date.fromisoformat(opened_on),
        due_on=_day(due_on),
        carrier_id=carrier_id,
        findings=tuple(_finding(*one) for one in msgspec.json.decode(findings)),
        visit_on=_day(scheduled_on),
        departments=tuple(departments),
        inspectors=frozenset(inspectors),
        firms=frozenset(msgspec.json.decode(firms)),
        step_on=_day(step_on),
        waiting_replies=replies,
    )


def _finding(
    state: str,
    department: str,
    deadline_on: str | None,
    assigned_by: str | None,
    passed: int | None,
    requested_by: str | None,
    answer_by: str | None,
) -> FindingOnDesk:
    return FindingOnDesk(
        state=FindingState(state),
        department=department,
        deadline_on=_day(deadline_on),
        assigned_by=assigned_by,
        passed=bool(passed),
        closure_requested_by=requested_by,
        answer_by=_day(answer_by),
    )


@lru_cache(maxsize=8192)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

"""What the records of service firms are computed from: plans, findings, steps and readings."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from db.connection import Session
from db.errors import storage_errors
from landsteward.domain.engagements import Term
from landsteward.domain.firm_records import AnswerFact, GainFact, MoveFact, PlanFact, StepFact
from landsteward.domain.states import FindingMove, PlanStatus

_QUERIES = Path(__file__).with_name("sql")


@lru_cache
def _sql(name: str) -> str:
    return (_QUERIES / f"{name}.sql").read_text("utf-8")


class SqlFirmFacts:
    """The facts of one open file; of the firms whose keys are given."""

    def __init__(self, session: Session, firm_ids: Sequence[str]) -> None:
        self._session = session
        self._given = {"firms": msgspec.json.encode(list(firm_ids)).decode()}

    def plans(self) -> list[PlanFact]:
        """Every version of their plans."""
        return [
            PlanFact(
                plan_id=row[0],
                firm_id=row[1],
                case_id=row[2],
                enterprise_id=row[3],
                status=PlanStatus(row[4]),
                submitted_on=_day(row[5]),
                decided_on=_day(row[6]),
            )
            for row in self._rows("firm_plans")
        ]

    def answers(self) -> list[AnswerFact]:
        """Which findings these answer."""
        return [
            AnswerFact(plan_id=plan_id, finding_id=finding_id)
            for plan_id, finding_id in self._rows("firm_answers")
        ]

    def moves(self) -> list[MoveFact]:
        """When these findings were assigned, closed, found again."""
        return [
            MoveFact(finding_id=finding_id, move=FindingMove(move), on=date.fromisoformat(on))
            for finding_id, move, on in self._rows("firm_moves")
        ]

    def steps(self) -> list[StepFact]:
        """The steps of the chosen alternatives that have a day."""
        return [
            StepFact(
                plan_id=plan_id,
                step_id=step_id,
                until=date.fromisoformat(until),
                done_on=_day(done_on),
            )
            for plan_id, step_id, until, done_on in self._rows("firm_steps")
        ]

    def gains(self) -> list[GainFact]:
        """Whole years' readings beside the baseline of the chosen alternative."""
        return [
            GainFact(
                plan_id=plan_id,
                metric=metric,
                baseline=Decimal(baseline),
                value=Decimal(value),
                read_on=date.fromisoformat(read_on),
            )
            for plan_id, metric, baseline, value, read_on in self._rows("firm_gains")
        ]

    def covers(self) -> dict[tuple[str, str], list[Term]]:
        """For which of the enterprises they planned for they were engaged when."""
        found: dict[tuple[str, str], list[Term]] = defaultdict(list)
        for firm_id, enterprise_id, first, last in self._rows("firm_covers"):
            term = Term(first=date.fromisoformat(first), last=date.fromisoformat(last))
            found[firm_id, enterprise_id].append(term)
        return found

    def _rows(self, name: str) -> list[Any]:
        with storage_errors(self._session.path):
            rows: list[Any] = self._session.conn.execute(_sql(name), self._given).fetchall()
        return rows


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)

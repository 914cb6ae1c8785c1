"""What the colours of cases follow from, read for many cases at once.

Every query gives rows of one kind of fact by case. Of which cases, `{cases}` says in it, a
condition on the case `c`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from db.connection import Session
from db.errors import storage_errors
from db.states import STATES
from landsteward.domain.colours import (
    CaseFacts,
    FindingFacts,
    ObstacleFacts,
    StepFacts,
    TargetFacts,
)

_QUERIES = Path(__file__).with_name("sql") / "following"
_UNDER_WAY = "c.stage NOT IN (SELECT value FROM json_each(:ended))"
_NAMED = "c.id IN (SELECT value FROM json_each(:of))"


@lru_cache
def _sql(name: str) -> str:
    return (_QUERIES / f"{name}.sql").read_text("utf-8")


class SqlFollowing:
    """The following of one open file."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._kept: tuple[object, list[CaseFacts]] | None = None

    def cases(self, of: Sequence[str] | None = None) -> list[CaseFacts]:
        """What the colours follow from: of these cases, or of all that are not ended.

        Those of all are kept until something is written: board, desk and lists ask in turn.
        """
        if of is not None or self._session.conn.in_transaction:
            return self._read(of)
        version = self._session.version()
        if self._kept is None or self._kept[0] != version:
            self._kept = version, self._read(None)
        return self._kept[1]

    def _read(self, of: Sequence[str] | None) -> list[CaseFacts]:
        given = STATES
        if of is not None:
            given = {**STATES, "of": msgspec.json.encode(list(of)).decode()}
        with storage_errors(self._session.path):
            findings = self._findings(given)
            steps = self._steps(given)
            obstacles = self._obstacles(given)
            targets = self._targets(given)
            percents = dict(self._all("percents", given))
            returns = dict(self._all("returns", given))
            cases = list(self._all("cases", given))
        return [
            CaseFacts(
                id=key,
                stage=stage,
                ended=bool(ended),
                due_on=_day(due_on),
                findings=tuple(findings.get(key, ())),
                steps=tuple(steps.get(key, ())),
                obstacles=tuple(obstacles.get(key, ())),
                targets=tuple(targets.get(key, ())),
                percent=percents.get(key),
                returns=returns.get(key, 0),
            )
            for key, stage, ended, due_on in cases
        ]

    def ended(self) -> dict[str, int]:
        """How many cases are ended, by stage."""
        with storage_errors(self._session.path):
            return dict(self._all("ended", STATES))

    def _findings(self, given: dict[str, str]) -> dict[str, list[FindingFacts]]:
        found: dict[str, list[FindingFacts]] = defaultdict(list)
        for case_id, key, number, settled, deadline_on, back, extended in self._all(
            "findings", given
        ):
            facts = FindingFacts(
                id=key,
                number=number,
                settled=bool(settled),
                deadline_on=_day(deadline_on),
                came_back=bool(back),
                extended=extended,
            )
            found[case_id].append(facts)
        return found

    def _steps(self, given: dict[str, str]) -> dict[str, list[StepFacts]]:
        found: dict[str, list[StepFacts]] = defaultdict(list)
        for case_id, key, number, starts_on, until, done_on, percent in self._all("steps", given):
            facts = StepFacts(
                id=key,
                number=number,
                starts_on=_day(starts_on),
                until=_day(until),
                done_on=_day(done_on),
                percent=percent,
            )
            found[case_id].append(facts)
        return found

    def _obstacles(self, given: dict[str, str]) -> dict[str, list[ObstacleFacts]]:
        found: dict[str, list[ObstacleFacts]] = defaultdict(list)
        for case_id, step_id, since_on, cause in self._all("obstacles", given):
            facts = ObstacleFacts(
                since_on=date.fromisoformat(since_on), cause=cause, step_id=step_id
            )
            found[case_id].append(facts)
        return found

    def _targets(self, given: dict[str, str]) -> dict[str, list[TargetFacts]]:
        """The latest reading of a whole year beside its target: rows come oldest first."""
        latest: dict[tuple[str, str, int], TargetFacts] = {}
        for case_id, metric, year, target, reading in self._all("targets", given):
            latest[case_id, metric, year] = TargetFacts(
                metric=metric, year=year, target=Decimal(target), reading=Decimal(reading)
            )
        found: dict[str, list[TargetFacts]] = defaultdict(list)
        for (case_id, _, _), facts in latest.items():
            found[case_id].append(facts)
        return found

    def _all(self, name: str, given: dict[str, str]) -> Iterator[Any]:
        which = _NAMED if "of" in given else _UNDER_WAY
        sql = _sql(name).replace("{cases}", which)
        return iter(self._session.conn.execute(sql, given).fetchall())


@lru_cache(maxsize=8192)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

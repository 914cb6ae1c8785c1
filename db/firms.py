"""Questions about engagements of service firms, over the view `engaged_enterprises`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from db.connection import Session
from db.errors import storage_errors
from db.stores import SqlStore
from landsteward.app.ports.firms import Cover, ListedEnterprise, Overlap
from landsteward.domain.engagements import Engagement
from landsteward.domain.firm_records import FirmFacts

_COVERS = """
    SELECT engagement_id, firm_id, from_on, last_on FROM engaged_enterprises
    WHERE enterprise_id = ? ORDER BY from_on, engagement_id
"""
_OVERLAPS = """
    SELECT o.engagement_id, o.firm_id, count(DISTINCT o.enterprise_id),
        min(max(m.from_on, o.from_on)), max(min(m.last_on, o.last_on))
    FROM engaged_enterprises AS m
    JOIN engaged_enterprises AS o
        ON o.enterprise_id = m.enterprise_id AND o.firm_id <> m.firm_id
        AND o.from_on <= m.last_on AND o.last_on >= m.from_on
    WHERE m.engagement_id = ?
    GROUP BY o.engagement_id ORDER BY o.engagement_id
"""
# Of several declarations the one that blocks counts, else the latest.
_LISTED = """
    SELECT l.id, l.enterprise_id, e.name, e.uscc, l.from_on, l.to_on,
        (
            SELECT CASE
                WHEN d.kinds = '[]' THEN 'none'
                WHEN d.approved IS NULL THEN 'open'
                WHEN d.approved THEN 'approved'
                ELSE 'refused'
            END
            FROM conflict_declarations AS d
            WHERE d.engagement_id = l.engagement_id AND d.enterprise_id = l.enterprise_id
                AND d.deleted_at IS NULL
            ORDER BY d.kinds <> '[]' AND d.approved IS NOT 1 DESC, d.declared_at DESC, d.id DESC
            LIMIT 1
        )
    FROM engagement_enterprises AS l
    JOIN enterprises AS e ON e.id = l.enterprise_id
    WHERE l.engagement_id = ? AND l.deleted_at IS NULL
    ORDER BY chinese_order(e.name), l.from_on, l.id
"""


class SqlFirms:
    """The questions over one open file."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._engagements = SqlStore(session, Engagement, "engagements")

    def engaged_for(self, firm_id: str, on: date) -> frozenset[str]:
        """The keys of the enterprises a firm is engaged for on a day."""
        day = on.isoformat()
        rows = self._rows(
            "SELECT DISTINCT enterprise_id FROM engaged_enterprises "
            "WHERE firm_id = ? AND from_on <= ? AND last_on >= ?",
            [firm_id, day, day],
        )
        return frozenset(key for (key,) in rows)

    def covers(self, enterprise_id: str) -> list[Cover]:
        """Which contracts are, were or will be for an enterprise; by their first day."""
        return [
            Cover(
                engagement_id=engagement_id,
                firm_id=firm_id,
                from_on=date.fromisoformat(from_on),
                last_on=date.fromisoformat(last_on),
            )
            for engagement_id, firm_id, from_on, last_on in self._rows(_COVERS, [enterprise_id])
        ]

    def overlaps(self, engagement_id: str) -> list[Overlap]:
        """Other firms' contracts for the same enterprises on the same days."""
        return [
            Overlap(
                engagement_id=other,
                firm_id=firm_id,
                enterprises=enterprises,
                from_on=date.fromisoformat(from_on),
                last_on=date.fromisoformat(last_on),
            )
            for other, firm_id, enterprises, from_on, last_on in self._rows(
                _OVERLAPS, [engagement_id]
            )
        ]

    def listed(self, engagement_id: str) -> list[ListedEnterprise]:
        """The enterprises listed with a contract, by name."""
        return [
            ListedEnterprise(
                listed_id=row[0],
                enterprise_id=row[1],
                name=row[2],
                uscc=row[3] or "",
                from_on=date.fromisoformat(row[4]),
                to_on=date.fromisoformat(row[5]) if row[5] else None,
                declared=row[6],
            )
            for row in self._rows(_LISTED, [engagement_id])
        ]

    def count_on(self, engagement_id: str, on: date) -> int:
        """For how many enterprises a contract is on a day; after its end, on its last day."""
        day = on.isoformat()
        ((last,),) = self._rows(
            "SELECT max(last_on) FROM engaged_enterprises WHERE engagement_id = ?", [engagement_id]
        )
        day = min(day, last or day)
        ((count,),) = self._rows(
            "SELECT count(DISTINCT enterprise_id) FROM engaged_enterprises "
            "WHERE engagement_id = ? AND from_on <= ? AND last_on >= ?",
            [engagement_id, day, day],
        )
        return int(count)

    def facts(self, firm_ids: Sequence[str]) -> FirmFacts:
        """What the records of these firms are computed from."""
        from db.firm_facts import SqlFirmFacts

        facts = SqlFirmFacts(self._session, firm_ids)
        wanted = set(firm_ids)
        return FirmFacts(
            plans=facts.plans(),
            answers=facts.answers(),
            moves=facts.moves(),
            steps=facts.steps(),
            gains=facts.gains(),
            engagements=[one for one in self._engagements.where() if one.firm_id in wanted],
            covers=facts.covers(),
        )

    def _rows(self, sql: str, given: list[Any]) -> list[Any]:
        with storage_errors(self._session.path):
            rows: list[Any] = self._session.conn.execute(sql, given).fetchall()
        return rows

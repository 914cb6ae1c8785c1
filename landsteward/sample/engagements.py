"""The contracts of `resources/sample/engagements.toml`, licences, and declared conflicts."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import msgspec

from landsteward.app.conflicts import decide_conflict, declare_conflicts
from landsteward.app.context import Context
from landsteward.app.engagements import assign_enterprises, end_engagement, engage_firm
from landsteward.app.people import edit_person
from landsteward.domain.engagements import Engagement
from landsteward.domain.register import Enterprise
from landsteward.sample.content import FOLDER, Table


class EngagementEntry(Table):
    """A carrier's contract with a firm, for these enterprises or all; fee in 万元."""

    firm: str
    contract_no: str
    from_on: int
    to_on: int
    fee_wan: Decimal
    scope: str
    enterprises: tuple[str, ...] = ()
    ended_on: int | None = None
    end_reason: str = ""


class LicenceEntry(Table):
    """By which licence one of a firm's people works."""

    who: str
    qualification: str
    licence_no: str


class DeclarationEntry(Table):
    """A conflict that was declared, and what was decided the same day, where something was."""

    day: int
    who: str
    contract_no: str
    enterprise: str
    kinds: list[str]
    detail: str
    by: str = ""
    approved: bool = True
    reason: str = ""


class _Engagements(Table):
    engagements: list[EngagementEntry]
    licences: list[LicenceEntry]
    declarations: list[DeclarationEntry]


def read_engagements() -> _Engagements:
    """All of the file."""
    content = (FOLDER / "engagements.toml").read_bytes()
    return msgspec.toml.decode(content, type=_Engagements)


class SampleEngagements:
    """Enters the file day by day; contracts are known by their numbers."""

    def __init__(
        self,
        staff: Mapping[str, Context],
        today: date,
        enterprises: Mapping[str, Enterprise],
        organisations: Mapping[str, str],
    ) -> None:
        self._staff = staff
        self._today = today
        self._enterprises = enterprises
        self._organisations = organisations
        self._contracts: dict[str, Engagement] = {}

    def happenings(self) -> list[tuple[int, Callable[[], None]]]:
        """What happens, each with its day."""
        content = read_engagements()
        made: list[tuple[int, Callable[[], None]]] = []
        for contract in content.engagements:
            made.append((contract.from_on, partial(self._engage, contract)))
            if contract.ended_on is not None:
                made.append((contract.ended_on, partial(self._end, contract)))
        first = min(one.from_on for one in content.engagements)
        made += [(first, partial(self._license, one)) for one in content.licences]
        made += [(one.day, partial(self._declare, one)) for one in content.declarations]
        return made

    def _engage(self, entry: EngagementEntry) -> None:
        ctx = self._staff["carrier"]
        made = engage_firm(
            ctx,
            firm_id=self._organisations[entry.firm],
            contract_no=entry.contract_no,
            from_on=self._day(entry.from_on),
            to_on=self._day(entry.to_on),
            fee_wan=entry.fee_wan,
            scope=entry.scope,
        )
        if entry.enterprises:
            assign_enterprises(
                ctx,
                engagement_id=made.id,
                enterprise_ids=[self._enterprises[key].id for key in entry.enterprises],
                from_on=made.from_on,
            )
        self._contracts[entry.contract_no] = made

    def _end(self, entry: EngagementEntry) -> None:
        ctx = self._staff["carrier"]
        end_engagement(
            ctx,
            engagement_id=self._contracts[entry.contract_no].id,
            last_day=ctx.today(),
            reason=entry.end_reason,
        )

    def _license(self, entry: LicenceEntry) -> None:
        edit_person(
            self._staff["carrier"],
            person_id=self._staff[entry.who].actor.id,
            qualification=entry.qualification,
            licence_no=entry.licence_no,
        )

    def _declare(self, entry: DeclarationEntry) -> None:
        (made,) = declare_conflicts(
            self._staff[entry.who],
            engagement_id=self._contracts[entry.contract_no].id,
            enterprise_ids=[self._enterprises[entry.enterprise].id],
            kinds=entry.kinds,
            detail=entry.detail,
        )
        if entry.by:
            decide_conflict(
                self._staff[entry.by],
                declaration_id=made.id,
                approved=entry.approved,
                reason=entry.reason,
            )

    def _day(self, days: int) -> date:
        return self._today + timedelta(days=days)

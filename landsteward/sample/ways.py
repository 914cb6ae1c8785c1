"""What `resources/sample/ways.toml` tells: facts that decide over ways out, found out in time."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial

import msgspec

from landsteward.app.context import Context
from landsteward.app.standings import answer_for_case, edit_standing
from landsteward.domain.register import Enterprise
from landsteward.domain.states import Tenure
from landsteward.sample.content import FOLDER, Table


class Found(Table):
    """Something that somebody finds out on a day about an enterprise."""

    enterprise: str
    day: int
    who: str


class StandingEntry(Found):
    """Rights and limits of the enterprise's parcel, as in `LandStanding`."""

    seized: bool | None = None
    seized_by: str = ""
    seized_until: int | None = None
    mortgaged: bool | None = None
    mortgagee: str = ""
    mortgagee_agrees: bool | None = None
    soil_supervised: bool | None = None
    soil_surveyed: bool | None = None
    in_park: bool | None = None
    low_efficient: bool | None = None
    low_efficient_on: int | None = None
    note: str = ""


class FactEntry(Found):
    """One thing found out for the enterprise's case."""

    fact: str
    holds: bool
    note: str = ""


class Ways(Table):
    """ways.toml."""

    standings: list[StandingEntry]
    facts: list[FactEntry]


def happenings(
    staff: Mapping[str, Context], today: date, enterprises: Mapping[str, Enterprise]
) -> Iterator[tuple[int, Callable[[], None]]]:
    """Each of them on its day."""
    told = msgspec.toml.decode((FOLDER / "ways.toml").read_bytes(), type=Ways)
    for one in told.standings:
        enterprise = enterprises[one.enterprise]
        yield one.day, partial(_stand, staff[one.who], today, enterprise, one)
    for fact in told.facts:
        yield fact.day, partial(_answer, staff[fact.who], enterprises[fact.enterprise], fact)


def _stand(ctx: Context, today: date, enterprise: Enterprise, one: StandingEntry) -> None:
    (owned,) = ctx.workspace.occupancies.where(enterprise_id=enterprise.id, tenure=Tenure.OWNER)
    edit_standing(
        ctx,
        parcel_id=owned.parcel_id,
        checked_on=ctx.today(),
        seized=one.seized,
        seized_by=one.seized_by,
        seized_until=_day(today, one.seized_until),
        mortgaged=one.mortgaged,
        mortgagee=one.mortgagee,
        mortgagee_agrees=one.mortgagee_agrees,
        soil_supervised=one.soil_supervised,
        soil_surveyed=one.soil_surveyed,
        in_park=one.in_park,
        low_efficient=one.low_efficient,
        low_efficient_on=_day(today, one.low_efficient_on),
        note=one.note,
    )


def _answer(ctx: Context, enterprise: Enterprise, one: FactEntry) -> None:
    (case,) = ctx.workspace.cases.where(enterprise_id=enterprise.id)
    answer_for_case(ctx, case_id=case.id, fact=one.fact, holds=one.holds, note=one.note)


def _day(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days=days)

"""Where facts that ways out ask for are entered: a parcel's rights and limits, a case's answers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from landsteward.app.cases import living_case
from landsteward.app.context import Context
from landsteward.domain.errors import KnownError
from landsteward.domain.permissions import Action
from landsteward.domain.standings import CaseFact, LandStanding
from landsteward.domain.text import msg


class StandingFields(TypedDict, total=False):
    """What is kept of a parcel's rights and limits."""

    checked_on: date | None
    seized: bool | None
    seized_by: str
    seized_until: date | None
    mortgaged: bool | None
    mortgagee: str
    mortgagee_agrees: bool | None
    soil_supervised: bool | None
    soil_surveyed: bool | None
    soil_surveyed_on: date | None
    in_park: bool | None
    low_efficient: bool | None
    low_efficient_on: date | None
    note: str


class Answer(TypedDict, total=False):
    """What is kept of one thing found out for a case."""

    holds: bool | None
    value: Decimal | None
    note: str


def edit_standing(
    ctx: Context, *, parcel_id: str, **changes: Unpack[StandingFields]
) -> LandStanding:
    """Keep what was found out about a parcel's rights and limits; one record a parcel."""
    ctx.require(Action.EDIT_REGISTER)
    ctx.workspace.parcels.get(parcel_id)
    store = ctx.workspace.land_standings
    known = store.first(parcel_id=parcel_id)
    edited = replace(known or LandStanding(id=ctx.ids.new(), parcel_id=parcel_id), **changes)
    for day, name in (
        (edited.checked_on, msg("Looked up on")),
        (edited.soil_surveyed_on, msg("Soil survey done on")),
        (edited.low_efficient_on, msg("Recognised on")),
    ):
        if day is not None and day > ctx.today():
            raise KnownError(msg("{name}: this day has not come yet.", name=name), where=str(day))
    with ctx.change():
        if known is None:
            store.add(edited)
        else:
            store.save(edited)
    return edited


def answer_for_case(ctx: Context, *, case_id: str, fact: str, **answer: Unpack[Answer]) -> CaseFact:
    """Keep what was found out for a case about one thing a way out asks."""
    ctx.require(Action.WRITE_PLAN)
    case = living_case(ctx, case_id=case_id)
    paths = ctx.packs.get(case.pack, case.pack_version).paths
    if fact not in {one.fact for path in paths for one in path.conditions + path.blocks}:
        raise KnownError(msg("No way out of this case's rule pack asks for this."), where=fact)
    store = ctx.workspace.case_facts
    known = store.first(case_id=case_id, fact=fact)
    found = replace(known or CaseFact(id=ctx.ids.new(), case_id=case_id, fact=fact), **answer)
    with ctx.change():
        if known is None:
            store.add(found)
        else:
            store.save(found)
    return found

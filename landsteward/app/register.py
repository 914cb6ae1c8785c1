"""The register by hand: enterprises, parcels, what was agreed for them, and yearly figures."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from landsteward.app.context import Context
from landsteward.domain.errors import KnownError, RefusedMoveError
from landsteward.domain.identifiers import CodeCheck, check_unit_code, check_uscc, name_key
from landsteward.domain.industries import check_industry_code
from landsteward.domain.land_supply import SupplyRow, supply_identity
from landsteward.domain.permissions import Action
from landsteward.domain.register import (
    ConstructionProgress,
    Enterprise,
    OutputContract,
    Parcel,
    SupplyContract,
    YearlyMetrics,
)
from landsteward.domain.states import DelayCause, EnterpriseKind, IndustryPolicy, Production, Scale
from landsteward.domain.text import msg


class EnterpriseFields(TypedDict, total=False):
    """What is kept of an enterprise beside its name."""

    short_name: str
    formerly: str
    kind: EnterpriseKind
    uscc: str | None
    uscc_reason: str
    industry_code: str | None
    industry_name: str
    scale: Scale | None
    industry_policy: IndustryPolicy | None
    production: Production | None
    production_since: date | None
    carrier_id: str | None
    district: str
    address: str
    legal_representative: str
    contact: str
    phone: str
    note: str


class EnterpriseChanges(EnterpriseFields, total=False):
    """Fields of an enterprise that may be edited."""

    name: str


class ParcelFields(TypedDict, total=False):
    """What is kept of a parcel beside its name; area in m²."""

    district: str
    location: str
    area_m2: Decimal | None
    land_use: str
    ratio_floor_m2: Decimal | None
    floor_m2: Decimal | None
    footprint_m2: Decimal | None
    office_land_m2: Decimal | None
    office_floor_m2: Decimal | None
    service_floor_m2: Decimal | None
    empty_m2: Decimal | None
    electronic_no: str | None
    unit_code: str | None
    carrier_id: str | None
    note: str


class ParcelChanges(ParcelFields, total=False):
    """Fields of a parcel that may be edited."""

    name: str


class SupplyTerms(TypedDict, total=False):
    """Terms of a land supply and what came of them; area in m², price in 万元."""

    electronic_no: str | None
    contract_no: str
    project_name: str
    supply_method: str
    land_source: str
    land_grade: str
    industry_name: str
    term_years: str
    area_m2: Decimal | None
    price_wan: Decimal | None
    plot_ratio_min: Decimal | None
    plot_ratio_max: Decimal | None
    investment_wan_per_mu: Decimal | None
    coefficient_min: Decimal | None
    office_land_max: Decimal | None
    planned_floor_m2: Decimal | None
    started_floor_m2: Decimal | None
    signed_on: date | None
    agreed_delivery_on: date | None
    agreed_start_on: date | None
    agreed_completion_on: date | None
    actual_delivery_on: date | None
    actual_start_on: date | None
    actual_completion_on: date | None
    phased: bool | None
    reserved_m2: Decimal | None
    reserved_on: date | None
    split_forbidden: bool | None
    approved_by: str
    source_link: str


class OutputTerms(TypedDict, total=False):
    """Terms of a 产出监管合同; per-mu values in 万元/亩, investment in 万元."""

    signed_on: date | None
    reach_on: date | None
    investment_wan: Decimal | None
    investment_wan_per_mu: Decimal | None
    tax_wan_per_mu: Decimal | None
    revenue_wan_per_mu: Decimal | None
    plot_ratio_min: Decimal | None
    note: str


class ProgressSeen(TypedDict, total=False):
    """What was seen of building; areas in m², investment in 万元 without land price and taxes."""

    suspended_since: date | None
    area_to_develop_m2: Decimal | None
    developed_area_m2: Decimal | None
    total_investment_wan: Decimal | None
    invested_wan: Decimal | None
    cause: DelayCause | None
    note: str


class YearFigures(TypedDict, total=False):
    """An enterprise's figures of a year; units as in `YearlyMetrics`."""

    land_area_m2: Decimal | None
    tax_wan: Decimal | None
    revenue_wan: Decimal | None
    value_added_wan: Decimal | None
    energy_tce: Decimal | None
    rnd_wan: Decimal | None
    staff_average: Decimal | None
    upgrade_investment_wan: Decimal | None
    emissions_t: Decimal | None
    grade: str | None


def add_enterprise(ctx: Context, *, name: str, **fields: Unpack[EnterpriseFields]) -> Enterprise:
    """Put an enterprise into the register. A credit code is there once; so is a name without one.

    A code that fails its check is kept with a reason only; unusual first letters are let through.
    An industry is named by its code or by its name in GB/T 4754. What a carrier's officer adds is
    the carrier's, where nothing else is said.
    """
    ctx.require(Action.EDIT_REGISTER)
    fields.setdefault("carrier_id", ctx.carrier_id)
    added = _checked(
        ctx, Enterprise(id=ctx.ids.new(), name=name.strip(), name_key=name_key(name), **fields)
    )
    with ctx.change():
        ctx.workspace.enterprises.add(added)
    return added


def edit_enterprise(
    ctx: Context, *, enterprise_id: str, **changes: Unpack[EnterpriseChanges]
) -> Enterprise:
    """Change an enterprise's particulars; the same checks as for a new one."""
    ctx.require(Action.EDIT_REGISTER)
    known = ctx.workspace.enterprises.get(enterprise_id)
    edited = replace(known, **changes)
    edited = _checked(
        ctx,
        replace(edited, name=edited.name.strip(), name_key=name_key(edited.name)),
        before=known,
    )
    with ctx.change():
        ctx.workspace.enterprises.save(edited)
    return edited


def _checked(
    ctx: Context, enterprise: Enterprise, *, before: Enterprise | None = None
) -> Enterprise:
    if not enterprise.name:
        raise KnownError(msg("An enterprise needs a name."))
    enterprise = _with_industry(ctx, _with_code(enterprise), before)
    if enterprise.uscc:
        twins = ctx.workspace.enterprises.where(uscc=enterprise.uscc)
    else:
        twins = ctx.workspace.enterprises.where(name_key=enterprise.name_key)
    for twin in twins:
        if twin.id != enterprise.id:
            raise RefusedMoveError(
                msg("{name} is in the register already.", name=twin.name),
                where=enterprise.uscc or enterprise.name,
                remedy=msg("Open that record, or give this one its own credit code."),
            )
    return enterprise


def _with_code(enterprise: Enterprise) -> Enterprise:
    """The credit code in its one form; the reason is kept with a code that needs one."""
    if not enterprise.uscc:
        return replace(enterprise, uscc=None, uscc_reason="")
    check = check_uscc(enterprise.uscc)
    if check.refused is None:
        return replace(enterprise, uscc=check.value, uscc_reason="")
    reason = enterprise.uscc_reason.strip()
    if not reason:
        raise KnownError(
            check.refused,
            where=f"{enterprise.name} · {check.value}",
            remedy=msg("Correct the code, leave it empty, or say why it is kept."),
        )
    return replace(enterprise, uscc=check.value, uscc_reason=reason)


def _with_industry(ctx: Context, enterprise: Enterprise, before: Enterprise | None) -> Enterprise:
    """The industry's code in its one form; its name follows where nobody wrote another one."""
    if not enterprise.industry_code:
        return replace(enterprise, industry_code=None)
    known = before.industry_code if before is not None else None
    if enterprise.industry_code == known:
        return enterprise
    industries = ctx.packs.codes().industries
    named = industries.read(enterprise.industry_code)
    if named is None:
        check = check_industry_code(enterprise.industry_code, industries)
        raise KnownError(
            check.refused or msg("GB/T 4754-2017 has no industry of this code."),
            where=f"{enterprise.name} · {check.value}",
            remedy=msg("Type the code or the name as in GB/T 4754-2017, or leave it empty."),
        )
    former = industries.find(known) if known else None
    free = enterprise.industry_name in ("", former.name if former else "")
    return replace(
        enterprise,
        industry_code=named.code,
        industry_name=named.name if free else enterprise.industry_name,
    )


def _code(check: CodeCheck, where: str) -> str:
    if check.refused is not None:
        raise KnownError(
            check.refused,
            where=f"{where} · {check.value}",
            remedy=msg("Correct the code, or leave it empty."),
        )
    return check.value


def add_parcel(ctx: Context, *, name: str, **fields: Unpack[ParcelFields]) -> Parcel:
    """Put a parcel into the register; a unit code (28 characters) is there once."""
    ctx.require(Action.EDIT_REGISTER)
    if not name.strip():
        raise KnownError(msg("A parcel needs a name."))
    fields.setdefault("carrier_id", ctx.carrier_id)
    parcel = Parcel(id=ctx.ids.new(), name=name.strip(), **fields)
    if parcel.unit_code:
        parcel = replace(parcel, unit_code=_code(check_unit_code(parcel.unit_code), parcel.name))
        twin = ctx.workspace.parcels.first(unit_code=parcel.unit_code)
        if twin is not None:
            raise RefusedMoveError(
                msg("{name} is in the register already.", name=twin.name),
                where=parcel.unit_code or "",
            )
    with ctx.change():
        ctx.workspace.parcels.add(parcel)
    return parcel


def edit_parcel(ctx: Context, *, parcel_id: str, **changes: Unpack[ParcelChanges]) -> Parcel:
    """Change a parcel's particulars; a unit code must be well formed and is there once."""
    ctx.require(Action.EDIT_REGISTER)
    edited = replace(ctx.workspace.parcels.get(parcel_id), **changes)
    edited = replace(edited, name=edited.name.strip(), unit_code=edited.unit_code or None)
    if not edited.name:
        raise KnownError(msg("A parcel needs a name."))
    _refuse_negative(edited, changes)
    if edited.unit_code:
        edited = replace(edited, unit_code=_code(check_unit_code(edited.unit_code), edited.name))
        twin = ctx.workspace.parcels.first(unit_code=edited.unit_code)
        if twin is not None and twin.id != parcel_id:
            raise RefusedMoveError(
                msg("{name} is in the register already.", name=twin.name),
                where=edited.unit_code or "",
            )
    with ctx.change():
        ctx.workspace.parcels.save(edited)
    return edited


def _refuse_negative(record: object, names: Iterable[str]) -> None:
    """Areas and amounts are never below nothing."""
    for name in names:
        value = getattr(record, name)
        if isinstance(value, Decimal) and value < 0:
            raise KnownError(msg("This cannot be below zero."), where=str(value))


def edit_supply(
    ctx: Context, *, contract_id: str, **changes: Unpack[SupplyTerms]
) -> SupplyContract:
    """Change the terms of a supply, or what came of them. Its identity stays what it was."""
    ctx.require(Action.EDIT_REGISTER)
    known = ctx.workspace.supply_contracts.get(contract_id)
    edited = replace(known, **changes)
    for actual in (
        edited.actual_delivery_on,
        edited.actual_start_on,
        edited.actual_completion_on,
    ):
        if actual is not None and actual > ctx.today():
            raise RefusedMoveError(msg("What was done cannot lie ahead."), where=str(actual))
    _refuse_negative(edited, changes)
    start, end = edited.actual_start_on, edited.actual_completion_on
    if start is not None and end is not None and end < start:
        raise RefusedMoveError(msg("Work would be completed before it starts."), where=str(end))
    with ctx.change():
        ctx.workspace.supply_contracts.save(edited)
    return edited


def edit_output_contract(
    ctx: Context, *, contract_id: str, **changes: Unpack[OutputTerms]
) -> OutputContract:
    """Change the terms of a 产出监管合同."""
    ctx.require(Action.EDIT_REGISTER)
    edited = replace(ctx.workspace.output_contracts.get(contract_id), **changes)
    with ctx.change():
        ctx.workspace.output_contracts.save(edited)
    return edited


def record_supply(
    ctx: Context, *, parcel_id: str, holder_id: str | None, **terms: Unpack[SupplyTerms]
) -> SupplyContract:
    """Record a land supply, known by the same identity as if a sheet had brought it."""
    ctx.require(Action.EDIT_REGISTER)
    space = ctx.workspace
    parcel = space.parcels.get(parcel_id)
    holder = space.enterprises.get(holder_id) if holder_id else None
    identity = supply_identity(
        SupplyRow(
            electronic_no=terms.get("electronic_no") or "",
            holder=holder.name if holder else "",
            location=parcel.location,
            signed_on=terms.get("signed_on"),
            area_m2=terms.get("area_m2"),
        )
    )
    if not identity:
        raise KnownError(
            msg("Too little is known to tell this supply from another."),
            where=parcel.name,
            remedy=msg("Enter the supervision number, or the signing date and the area."),
        )
    if space.supply_contracts.first(identity=identity) is not None:
        raise RefusedMoveError(msg("This supply is in the register already."), where=identity)
    contract = SupplyContract(
        id=ctx.ids.new(), parcel_id=parcel_id, identity=identity, holder_id=holder_id, **terms
    )
    with ctx.change():
        space.supply_contracts.add(contract)
    return contract


def record_output_contract(
    ctx: Context, *, parcel_id: str, enterprise_id: str, **terms: Unpack[OutputTerms]
) -> OutputContract:
    """Record a 产出监管合同 (plan item 13); of several, the latest counts."""
    ctx.require(Action.EDIT_REGISTER)
    contract = OutputContract(
        id=ctx.ids.new(), parcel_id=parcel_id, enterprise_id=enterprise_id, **terms
    )
    with ctx.change():
        ctx.workspace.output_contracts.add(contract)
    return contract


def record_progress(
    ctx: Context, *, parcel_id: str, observed_on: date, **seen: Unpack[ProgressSeen]
) -> ConstructionProgress:
    """Record what was seen of building on a day; each look is kept."""
    ctx.require(Action.EDIT_REGISTER)
    if observed_on > ctx.today():
        raise RefusedMoveError(msg("What was seen cannot lie ahead."), where=str(observed_on))
    progress = ConstructionProgress(
        id=ctx.ids.new(), parcel_id=parcel_id, observed_on=observed_on, **seen
    )
    with ctx.change():
        ctx.workspace.construction_progress.add(progress)
    return progress


def record_year(
    ctx: Context, *, enterprise_id: str, year: int, **figures: Unpack[YearFigures]
) -> YearlyMetrics:
    """Record an enterprise's figures of a year; figures not named keep what they were."""
    ctx.require(Action.EDIT_REGISTER)
    metrics = ctx.workspace.yearly_metrics
    known = metrics.first(enterprise_id=enterprise_id, year=year)
    with ctx.change():
        if known is not None:
            changed = replace(known, **figures)
            metrics.save(changed)
            return changed
        added = YearlyMetrics(id=ctx.ids.new(), enterprise_id=enterprise_id, year=year, **figures)
        metrics.add(added)
    return added

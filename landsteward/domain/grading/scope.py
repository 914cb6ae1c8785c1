"""Who is graded, in which group, and with whom (`domain.md` §2)."""

from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from landsteward.domain.grading.scheme import ScaleBy, Scope, Together
from landsteward.domain.gradings import GradingSubject
from landsteward.domain.occupancy import LandBasis
from landsteward.domain.quantities import m2_to_mu
from landsteward.domain.register import YearlyMetrics
from landsteward.domain.states import EnterpriseKind, Scale
from landsteward.domain.text import msg


class OutOfScope(StrEnum):
    """Why somebody is not graded at all."""

    PERSON = "person"
    INDUSTRY = "industry"
    LAND = "land"
    NOTHING = "nothing"


OUT_OF_SCOPE = {
    OutOfScope.PERSON: msg("persons"),
    OutOfScope.INDUSTRY: msg("public utilities and other excluded industries"),
    OutOfScope.LAND: msg("below the threshold, with too little land"),
    OutOfScope.NOTHING: msg("no scale, no figures of the year, not enough land on record"),
}


class GradedEnterprise(NamedTuple):
    """What gradings need of an enterprise."""

    id: str
    name: str
    uscc: str | None
    kind: EnterpriseKind
    industry_code: str | None
    industry_name: str
    scale: Scale | None
    carrier_id: str | None


class Candidate(NamedTuple):
    """An enterprise with what is known of it for the year.

    `leases` are the parcels it leases at the year's end.
    """

    enterprise: GradedEnterprise
    metrics: YearlyMetrics | None
    land: LandBasis | None
    previous_grade: str | None = None
    leases: tuple[str, ...] = ()


def scale_of(candidate: Candidate, scope: Scope) -> tuple[Scale | None, bool]:
    """In which group it is, and whether register and revenue contradict each other."""
    metrics = candidate.metrics
    revenue = metrics.revenue_wan if metrics is not None else None
    by_revenue = None
    if revenue is not None:
        by_revenue = Scale.ABOVE if revenue >= scope.threshold_wan else Scale.BELOW
    by_register = candidate.enterprise.scale
    ways = (by_register, by_revenue)
    first, second = ways if scope.scale_by is ScaleBy.REGISTER else reversed(ways)
    return first or second, None not in ways and by_register is not by_revenue


def placed(
    candidate: Candidate,
    scope: Scope,
    *,
    run_id: str,
    new_id: Callable[[], str],
    together: str = "",
    joint_m2: Decimal | None = None,
) -> GradingSubject | OutOfScope:
    """The enterprise as a subject of the run, or why it is none.

    Where it cannot be told whether somebody below the threshold has enough land, it is in scope:
    it is said that it cannot be scored, and why. Who is scored `together` with others has enough
    where all of them have (`joint_m2`).
    """
    enterprise, metrics, land = candidate.enterprise, candidate.metrics, candidate.land
    if enterprise.kind is EnterpriseKind.PERSON:
        return OutOfScope.PERSON
    code = enterprise.industry_code or ""
    if code.startswith(scope.excluded_industries):
        return OutOfScope.INDUSTRY
    scale, doubt = scale_of(candidate, scope)
    counts_m2 = joint_m2 if joint_m2 is not None else land.area_m2 if land is not None else None
    enough = counts_m2 is not None and m2_to_mu(counts_m2) >= scope.below_least_mu
    if scale is not Scale.ABOVE:
        if scale is Scale.BELOW and counts_m2 is not None and not enough:
            return OutOfScope.LAND
        if metrics is None and not enough:
            return OutOfScope.NOTHING
    return GradingSubject(
        id=new_id(),
        run_id=run_id,
        enterprise_id=enterprise.id,
        name=enterprise.name,
        uscc=enterprise.uscc,
        industry_code=enterprise.industry_code,
        industry_name=enterprise.industry_name,
        carrier_id=enterprise.carrier_id,
        scale=scale,
        scale_doubt=doubt,
        together=together,
        reported=metrics is not None,
        land_m2=land.area_m2 if land is not None else None,
        land_source=land.source if land is not None else None,
        tax_wan=metrics.tax_wan if metrics else None,
        revenue_wan=metrics.revenue_wan if metrics else None,
        value_added_wan=metrics.value_added_wan if metrics else None,
        energy_tce=metrics.energy_tce if metrics else None,
        rnd_wan=metrics.rnd_wan if metrics else None,
        staff_average=metrics.staff_average if metrics else None,
        upgrade_investment_wan=metrics.upgrade_investment_wan if metrics else None,
        emissions_t=metrics.emissions_t if metrics else None,
        previous_grade=candidate.previous_grade,
        recorded_grade=metrics.grade if metrics else None,
    )


def joined(leases: Iterable[tuple[str, Collection[str]]], together: Together) -> dict[str, str]:
    """For each enterprise that is scored with others: the key of those scored as one.

    `leases` are the enterprises with the parcels they lease. Who leases two parcels joins the
    lessees of both. The key is that of the first parcel, in the order of keys.
    """
    if together is Together.APART:
        return {}
    root: dict[str, str] = {}

    def top(parcel: str) -> str:
        while root.setdefault(parcel, parcel) != parcel:
            parcel = root[parcel]
        return parcel

    held = [(enterprise, sorted(parcels)) for enterprise, parcels in leases if parcels]
    for _enterprise, parcels in held:
        for other in parcels[1:]:
            one, two = sorted((top(parcels[0]), top(other)))
            root[two] = one
    key = {enterprise: top(parcels[0]) for enterprise, parcels in held}
    several: dict[str, int] = {}
    for one in key.values():
        several[one] = several.get(one, 0) + 1
    return {enterprise: one for enterprise, one in key.items() if several[one] > 1}

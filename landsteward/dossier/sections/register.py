"""一、企业与宗地: who, on which land, under which contracts, with what effect per 亩."""

from decimal import Decimal

from reportlab.platypus import Flowable

from landsteward.app.dossier_view import DossierParcel, DossierView
from landsteward.domain.indicators import TAX_INDICATORS
from landsteward.domain.quantities import m2_to_mu, shown
from landsteward.domain.register import (
    ConstructionProgress,
    Enterprise,
    OutputContract,
    Parcel,
    SupplyContract,
)
from landsteward.domain.sight import Restricted
from landsteward.domain.states import EnterpriseKind
from landsteward.dossier.paper import Column, Line, Pair, Paper
from landsteward.dossier.parcel_plan import parcel_plan

_YEARS_A_TABLE = 5
_INDICATOR_PLACES = 2


def register(paper: Paper, view: DossierView, number: str) -> list[Flowable]:
    """The enterprise's sheet, every parcel with its contracts, and the yearly figures."""
    words = paper.words
    story = paper.section("titles.register", number)
    story += paper.heading(words("register.enterprise"))
    if view.enterprise is None:
        story += paper.nothing("register.no_enterprise")
    else:
        story.append(paper.sheet(_enterprise(paper, view, view.enterprise)))
    if not view.parcels:
        story += paper.heading(words("register.parcels"))
        story += paper.nothing("register.no_parcels")
    for place, parcel in enumerate(view.parcels, start=1):
        story += _parcel(paper, parcel, place)
    story += paper.heading(words("register.years"))
    story += _years(paper, view)
    return story


def holder_code(paper: Paper, view: DossierView, one: Enterprise) -> str:
    """A credit code; of a natural person it is an ID number, which may be restricted."""
    if Restricted.ID_NUMBERS in view.masked and one.kind is EnterpriseKind.PERSON:
        return paper.words("common.restricted")
    return one.uscc or ""


def _enterprise(paper: Paper, view: DossierView, one: Enterprise) -> list[Pair]:
    words = paper.words
    hidden = Restricted.PHONES in view.masked
    phone = words("common.restricted") if hidden else one.phone
    industry = " ".join(part for part in (one.industry_code, one.industry_name) if part)
    scale = words(f"scale.{one.scale}") if one.scale else words("common.none")
    return [
        Pair(words("register.name"), one.name, wide=True),
        Pair(words("register.uscc"), words.typed(holder_code(paper, view, one))),
        Pair(words("register.kind"), words(f"enterprise_kind.{one.kind}")),
        Pair(words("register.industry"), words.typed(industry)),
        Pair(words("register.scale"), scale),
        Pair(words("register.carrier"), words.typed(view.carrier)),
        Pair(words("register.district"), words.typed(one.district)),
        Pair(words("register.legal_representative"), words.typed(one.legal_representative)),
        Pair(words("register.contact"), words.typed(" ".join((one.contact, phone)).strip())),
        Pair(words("register.address"), words.typed(one.address), wide=True),
        Pair(words("register.note"), words.typed(one.note), wide=True),
    ]


def _parcel(paper: Paper, one: DossierParcel, place: int) -> list[Flowable]:
    words = paper.words
    story = paper.heading(words("register.parcel", number=place, name=one.parcel.name))
    story.append(paper.sheet(_parcel_pairs(paper, one.parcel)))
    story += paper.subheading("register.supplies")
    if not one.supplies:
        story += paper.nothing("register.no_supplies")
    story += [paper.sheet(_supply(paper, supply)) for supply in one.supplies]
    story += paper.subheading("register.outputs")
    if not one.outputs:
        story += paper.nothing("register.no_outputs")
    story += [paper.sheet(_output(paper, output)) for output in one.outputs]
    if one.boundary is not None:
        story += parcel_plan(paper, one.boundary)
    if one.progress:
        story += paper.subheading("register.progress")
        story += [paper.sheet(_progress(paper, progress)) for progress in one.progress]
    if one.occupancies:
        story += paper.subheading("register.occupancies")
        story.append(_occupancies(paper, one))
    return story


def area(paper: Paper, area_m2: Decimal | None) -> str:
    """An area as m² (as kept) and 亩 (rounded)."""
    if area_m2 is None:
        return paper.words("common.none")
    return paper.words(
        "common.area", m2=paper.words.figure(area_m2), mu=shown(m2_to_mu(area_m2), 2)
    )


def _parcel_pairs(paper: Paper, one: Parcel) -> list[Pair]:
    words = paper.words
    return [
        Pair(words("register.location"), words.typed(one.location), wide=True),
        Pair(words("register.area"), area(paper, one.area_m2)),
        Pair(words("register.land_use"), words.typed(one.land_use)),
        Pair(words("register.electronic_no"), words.typed(one.electronic_no or "")),
        Pair(words("register.district"), words.typed(one.district)),
        Pair(words("register.unit_code"), words.typed(_grouped(one.unit_code)), wide=True),
        Pair(words("register.note"), words.typed(one.note), wide=True),
    ]


def _grouped(unit_code: str | None) -> str:
    """A 不动产单元代码 in its usual groups of 6, 6, 7 and 9."""
    if not unit_code or len(unit_code) != 28:
        return unit_code or ""
    return f"{unit_code[:6]} {unit_code[6:12]} {unit_code[12:19]} {unit_code[19:]}"


def _supply(paper: Paper, one: SupplyContract) -> list[Pair]:
    words = paper.words
    number = words.typed(one.contract_no or one.electronic_no or "")
    return [
        Pair(words("register.contract_no"), number),
        Pair(words("register.supply_method"), words.typed(one.supply_method)),
        Pair(words("register.project"), words.typed(one.project_name), wide=True),
        Pair(words("register.area"), area(paper, one.area_m2)),
        Pair(words("register.price"), _wan(paper, one.price_wan)),
        Pair(words("register.term"), words.typed(one.term_years)),
        Pair(words("register.plot_ratio"), words.bounds(one.plot_ratio_min, one.plot_ratio_max)),
        Pair(words("register.land_source"), words.typed(one.land_source)),
        Pair(words("register.phased"), words.yes_no(one.phased)),
        Pair(words("register.signed_on"), words.day(one.signed_on)),
        Pair(words("register.approved_by"), words.typed(one.approved_by)),
        Pair(words("register.agreed_delivery_on"), words.day(one.agreed_delivery_on)),
        Pair(words("register.actual_delivery_on"), words.day(one.actual_delivery_on)),
        Pair(words("register.agreed_start_on"), words.day(one.agreed_start_on)),
        Pair(words("register.actual_start_on"), words.day(one.actual_start_on)),
        Pair(words("register.agreed_completion_on"), words.day(one.agreed_completion_on)),
        Pair(words("register.actual_completion_on"), words.day(one.actual_completion_on)),
    ]


def _wan(paper: Paper, value: Decimal | None) -> str:
    if value is None:
        return paper.words("common.none")
    return paper.words("common.wan", figure=paper.words.figure(value))


def _output(paper: Paper, one: OutputContract) -> list[Pair]:
    words = paper.words

    def per_mu(key: str, value: Decimal | None) -> Pair:
        text = _wan(paper, value)
        return Pair(words(key), text if value is None else words("common.per_mu", wan=text))

    return [
        Pair(words("register.signed_on"), words.day(one.signed_on)),
        Pair(words("register.reach_on"), words.day(one.reach_on)),
        Pair(words("register.investment"), _wan(paper, one.investment_wan)),
        per_mu("register.investment_per_mu", one.investment_wan_per_mu),
        per_mu("register.tax_per_mu", one.tax_wan_per_mu),
        per_mu("register.revenue_per_mu", one.revenue_wan_per_mu),
        Pair(words("register.plot_ratio_min"), words.figure(one.plot_ratio_min)),
        Pair(words("register.note"), words.typed(one.note), wide=True),
    ]


def _progress(paper: Paper, one: ConstructionProgress) -> list[Pair]:
    words = paper.words
    cause = words(f"delay_cause.{one.cause}") if one.cause else words("common.none")
    return [
        Pair(words("register.observed_on"), words.day(one.observed_on)),
        Pair(words("register.suspended_since"), words.day(one.suspended_since)),
        Pair(words("register.area_to_develop"), area(paper, one.area_to_develop_m2)),
        Pair(words("register.developed_area"), area(paper, one.developed_area_m2)),
        Pair(words("register.total_investment"), _wan(paper, one.total_investment_wan)),
        Pair(words("register.invested"), _wan(paper, one.invested_wan)),
        Pair(words("register.cause"), cause),
        Pair(words("register.note"), words.typed(one.note), wide=True),
    ]


def _occupancies(paper: Paper, one: DossierParcel) -> Flowable:
    words = paper.words
    columns = (
        Column(words("register.user"), 50),
        Column(words("register.tenure"), 18, "c"),
        Column(words("register.area"), 42, "r"),
        Column(words("register.from_on"), 23, "c"),
        Column(words("register.to_on"), 23, "c"),
    )
    return paper.table(
        columns,
        [
            Line(
                (
                    words.typed(user),
                    words(f"tenure.{occupancy.tenure}"),
                    area(paper, occupancy.area_m2),
                    words.short_day(occupancy.from_on),
                    words.short_day(occupancy.to_on),
                )
            )
            for occupancy, user in one.occupancies
        ],
    )


def _years(paper: Paper, view: DossierView) -> list[Flowable]:
    words = paper.words
    if not view.years:
        return paper.nothing("register.no_years")
    taxes = Restricted.TAX in view.masked
    restricted = words("common.restricted")
    story: list[Flowable] = []
    for start in range(0, len(view.years), _YEARS_A_TABLE):
        years = view.years[start : start + _YEARS_A_TABLE]
        share = 100 / len(years)
        columns = [
            Column(words("register.figure"), 56),
            *(Column(words("common.year", year=one.figures.year), share, "r") for one in years),
        ]
        lines = [
            Line(
                (
                    words(f"figures.{name}"),
                    *(
                        restricted
                        if taxes and name == "tax_wan"
                        else words.figure(getattr(one.figures, name))
                        for one in years
                    ),
                )
            )
            for name in _FIGURES
        ]
        lines.append(
            Line((words("figures.grade"), *(words.typed(one.figures.grade or "") for one in years)))
        )
        lines.append(
            Line(
                (
                    words("register.divided_by"),
                    *(words.figure(one.land.area_m2 if one.land else None) for one in years),
                )
            )
        )
        lines.append(
            Line(
                (
                    words("register.divided_by_source"),
                    *(
                        words(f"land_basis.{one.land.source}") if one.land else words.figure(None)
                        for one in years
                    ),
                )
            )
        )
        lines += [
            Line(
                (
                    words("register.indicator", name=metric.name, unit=metric.unit),
                    *(
                        restricted
                        if taxes and metric.key in TAX_INDICATORS
                        else words.figure(one.value(metric.key), _INDICATOR_PLACES)
                        for one in years
                    ),
                )
            )
            for metric in view.metrics
        ]
        story.append(paper.table(columns, lines))
    return story


_FIGURES = (
    "land_area_m2",
    "tax_wan",
    "revenue_wan",
    "value_added_wan",
    "energy_tce",
    "rnd_wan",
    "staff_average",
    "upgrade_investment_wan",
    "emissions_t",
)

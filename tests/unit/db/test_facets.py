"""Facets: any combination shows what the same words in Python say, over all rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.workspace import create_workspace
from landsteward.app.views import Facet, Flag, ListFilter, ListKind, Sort
from landsteward.domain.casework import Case
from landsteward.domain.findings import Finding
from landsteward.domain.lifecycle import ENDED_CASE_STAGES, SETTLED_FINDING_STATES
from landsteward.domain.organisations import Organisation, Person
from landsteward.domain.register import Occupancy, Parcel, SupplyContract, YearlyMetrics
from landsteward.domain.states import (
    CaseStage,
    FindingOrigin,
    FindingState,
    OrganisationKind,
    Role,
    Severity,
)
from tests.helpers.boundaries import head, kept, plot, square, text
from tests.unit.db.conftest import ACTOR, MOMENT, Desk

TODAY = date(2026, 3, 4)
CARRIERS = ("park", "zone")
DEPARTMENTS = ("land", "ecology")
BOUNDARY = kept(text(head(), plot(square())))


@dataclass
class County:
    """Made-up records and the workspace that holds them."""

    desk: Desk
    enterprises: list[str] = field(default_factory=list)
    parcels: list[str] = field(default_factory=list)
    carriers: dict[str, str | None] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    metrics: list[YearlyMetrics] = field(default_factory=list)
    supplies: list[SupplyContract] = field(default_factory=list)
    occupancies: list[Occupancy] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    bounded: set[str] = field(default_factory=set)

    def fits(self, kind: ListKind, row: str, wanted: ListFilter) -> bool:
        """The predicate itself."""
        return all(
            all(self.flagged(kind, row, Flag(value)) for value in values)
            if facet is Facet.FLAG
            else bool(self.values(kind, row, facet) & set(values))
            for facet, values in wanted.chosen.items()
        )

    def of(self, kind: ListKind, row: str) -> list[Case]:
        if kind is ListKind.CASES:
            return [one for one in self.cases if one.id == row]
        if kind is ListKind.PARCELS:
            return [one for one in self.cases if one.parcel_id == row]
        return [one for one in self.cases if one.enterprise_id == row]

    def open_findings(self, kind: ListKind, row: str) -> list[Finding]:
        cases = {one.id for one in self.of(kind, row)}
        return [
            one
            for one in self.findings
            if one.case_id in cases and one.state not in SETTLED_FINDING_STATES
        ]

    def values(self, kind: ListKind, row: str, facet: Facet) -> set[str]:
        if facet is Facet.CARRIER:
            return {self.carriers[row] or ""}
        if facet is Facet.DEPARTMENT:
            return {one.department for one in self.open_findings(kind, row)}
        if facet is Facet.GRADE:
            graded = [one for one in self.metrics if one.enterprise_id == row and one.grade]
            return {max(graded, key=lambda one: one.year).grade or ""} if graded else {""}
        if facet is Facet.STAGE:
            cases = self.of(kind, row)
            under_way = [one for one in cases if one.stage not in ENDED_CASE_STAGES]
            latest = max(under_way or cases, key=lambda one: (one.opened_on, one.id), default=None)
            return {latest.stage.value if latest else ""}
        if kind is ListKind.PARCELS:
            signed = [one.signed_on for one in self.supplies if one.parcel_id == row]
            return {str(day.year) for day in signed if day}
        return {str(one.opened_on.year) for one in self.of(kind, row)}

    def flagged(self, kind: ListKind, row: str, flag: Flag) -> bool:
        cases = {one.id for one in self.of(kind, row)}
        supplies = [one for one in self.supplies if row in (one.parcel_id, one.holder_id)]
        used = [
            one
            for one in self.occupancies
            if row in (one.parcel_id, one.enterprise_id)
            and (one.to_on is None or one.to_on >= TODAY)
        ]
        match flag:
            case Flag.OVERDUE:
                return any(
                    one.deadline_on is not None and one.deadline_on < TODAY
                    for one in self.open_findings(kind, row)
                )
            case Flag.SUSPECTED:
                return any(
                    one.case_id in cases
                    and one.origin is FindingOrigin.RULE
                    and one.state is FindingState.DRAFT
                    for one in self.findings
                )
            case Flag.NO_CASE:
                return all(one.stage in ENDED_CASE_STAGES for one in self.of(kind, row))
            case Flag.NO_CODE:
                return row not in self.codes
            case Flag.NO_LAND:
                return not supplies and not used
            case Flag.NO_HOLDER:
                return not any(one.holder_id for one in supplies) and not used
            case Flag.NOT_STARTED:
                return any(
                    one.agreed_start_on is not None
                    and one.agreed_start_on < TODAY
                    and one.actual_start_on is None
                    for one in supplies
                )
            case Flag.NO_BOUNDARY:
                return row not in self.bounded
            case Flag.TODAY | Flag.LATE | Flag.NO_DAY | Flag.PROBLEMS:
                raise AssertionError(f"{flag} is one of visits: tests/unit/app/test_visit_lists.py")
            case _:
                raise AssertionError(f"{flag} is for the list of findings")


@contextmanager
def a_county() -> Iterator[County]:
    """An empty one in a file of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "park.lsw"
        desk = Desk(path, create_workspace(path, now=lambda: MOMENT))
        try:
            with desk.change():
                office = Organisation(id="org-1", kind=OrganisationKind.DEPARTMENT, name="局")
                desk.workspace.organisations.add(office)
                desk.workspace.people.add(
                    Person(id=ACTOR, organisation_id="org-1", name="张三", role=Role.INSPECTOR)
                )
            yield County(desk)
        finally:
            desk.workspace.close()


DAYS = st.integers(-900, 400).map(lambda days: TODAY + timedelta(days=days))


def fill(county: County, data: st.DataObject) -> None:
    desk, draw = county.desk, data.draw
    with desk.change():
        for key in CARRIERS:
            desk.workspace.organisations.add(
                Organisation(id=key, kind=OrganisationKind.CARRIER, name=key)
            )
    carrier = st.sampled_from((None, *CARRIERS))
    for number in range(draw(st.integers(1, 5))):
        code = f"9134160{number:011}" if draw(st.booleans()) else None
        one = desk.enterprise(f"企业{number}", carrier_id=draw(carrier), uscc=code)
        county.enterprises.append(one.id)
        county.carriers[one.id] = one.carrier_id
        if code:
            county.codes.add(one.id)
    for number in range(draw(st.integers(0, 4))):
        parcel: Parcel = desk.parcel(f"地块{number}", carrier_id=draw(carrier))
        county.parcels.append(parcel.id)
        county.carriers[parcel.id] = parcel.carrier_id
    holder = st.sampled_from((None, *county.enterprises))
    with desk.change():
        space = desk.workspace
        for parcel_id in county.parcels:
            for _ in range(draw(st.integers(0, 2))):
                supply = SupplyContract(
                    id=desk.key("s"),
                    parcel_id=parcel_id,
                    identity=desk.key("identity"),
                    holder_id=draw(holder),
                    signed_on=draw(st.none() | DAYS),
                    agreed_start_on=draw(st.none() | DAYS),
                    actual_start_on=draw(st.none() | DAYS),
                )
                space.supply_contracts.add(supply)
                county.supplies.append(supply)
            if draw(st.booleans()):
                boundary = replace(BOUNDARY, id=desk.key("b"), parcel_id=parcel_id)
                space.parcel_boundaries.add(boundary)
                county.bounded.add(parcel_id)
            if draw(st.booleans()):
                user = Occupancy(
                    id=desk.key("o"),
                    parcel_id=parcel_id,
                    enterprise_id=draw(st.sampled_from(county.enterprises)),
                    to_on=draw(st.none() | DAYS),
                )
                space.occupancies.add(user)
                county.occupancies.append(user)
        for enterprise_id in county.enterprises:
            for year in draw(st.sets(st.integers(2022, 2025), max_size=3)):
                figures = YearlyMetrics(
                    id=desk.key("m"),
                    enterprise_id=enterprise_id,
                    year=year,
                    grade=draw(st.sampled_from((None, "A", "D"))),
                )
                space.yearly_metrics.add(figures)
                county.metrics.append(figures)
        for number in range(draw(st.integers(0, 5))):
            case = Case(
                id=desk.key("c"),
                case_no=f"体检〔2026〕{number}号",
                enterprise_id=draw(st.sampled_from(county.enterprises)),
                parcel_id=draw(st.sampled_from((None, *county.parcels))),
                carrier_id=draw(carrier),
                stage=draw(st.sampled_from(CaseStage)),
                opened_on=draw(DAYS),
                pack="test",
                pack_version="1",
            )
            space.cases.add(case)
            county.cases.append(case)
            county.carriers[case.id] = case.carrier_id
            for finding_no in range(draw(st.integers(0, 2))):
                finding = Finding(
                    id=desk.key("f"),
                    case_id=case.id,
                    finding_no=finding_no + 1,
                    origin=draw(st.sampled_from(FindingOrigin)),
                    department=draw(st.sampled_from(DEPARTMENTS)),
                    severity=draw(st.sampled_from(Severity)),
                    title="问题",
                    state=draw(st.sampled_from(FindingState)),
                    deadline_on=draw(st.none() | DAYS),
                )
                space.findings.add(finding)
                county.findings.append(finding)


VALUES: dict[Facet, tuple[str, ...]] = {
    Facet.CARRIER: (*CARRIERS, ""),
    Facet.DEPARTMENT: DEPARTMENTS,
    Facet.GRADE: ("A", "D", ""),
    Facet.STAGE: (*(one.value for one in CaseStage), ""),
    Facet.YEAR: ("2024", "2025", "2026"),
}
CASE_WORDS = (Flag.OVERDUE, Flag.SUSPECTED, Flag.NO_CASE)
FLAGS: dict[ListKind, tuple[Flag, ...]] = {
    ListKind.ENTERPRISES: (*CASE_WORDS, Flag.NO_CODE, Flag.NO_LAND),
    ListKind.PARCELS: (*CASE_WORDS, Flag.NO_HOLDER, Flag.NOT_STARTED),
    ListKind.CASES: CASE_WORDS[:2],
}


def some_of(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), min_size=1, unique=True).map(tuple)


def filters(kind: ListKind) -> st.SearchStrategy[ListFilter]:
    facets = [one for one in VALUES if one is not Facet.GRADE or kind is ListKind.ENTERPRISES]
    parts = {one: some_of(VALUES[one]) for one in facets}
    parts[Facet.FLAG] = some_of(tuple(one.value for one in FLAGS[kind]))
    chosen = st.fixed_dictionaries({}, optional=parts)
    return chosen.map(lambda one: ListFilter(chosen=one, on=TODAY))


@pytest.mark.parametrize("kind", FLAGS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_combination_shows_what_the_predicate_says(kind: ListKind, data: st.DataObject) -> None:
    with a_county() as county:
        fill(county, data)
        rows = {
            ListKind.ENTERPRISES: county.enterprises,
            ListKind.PARCELS: county.parcels,
            ListKind.CASES: [one.id for one in county.cases],
        }[kind]
        column = "case_no" if kind is ListKind.CASES else "name"
        lists = county.desk.workspace.lists
        for wanted in data.draw(st.lists(filters(kind), min_size=1, max_size=8)):
            found = lists.ids(kind, wanted, Sort(column=column))
            assert sorted(found) == sorted(row for row in rows if county.fits(kind, row, wanted)), (
                wanted
            )

"""What is latest goes by day and version: keys of two laptops, or of a clock set back, lie."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from landsteward.app.cases import (
    contracts_of,
    current_checkup,
    latest_look,
    open_case_of_parcel,
)
from landsteward.app.checkups import checkup_sheet
from landsteward.app.dossier_assembly import assemble_dossier
from landsteward.app.finding_facts import move_facts
from landsteward.app.follow_ups import current_plan
from landsteward.app.register import add_enterprise
from landsteward.app.register_papers import enterprise_cases, parcel_cases
from landsteward.app.register_sheets import enterprise_supplies, parcel_sheet
from landsteward.domain.casework import Case, Checkup, ItemResult
from landsteward.domain.plans import RemedyPlan
from landsteward.domain.register import ConstructionProgress, SupplyContract
from landsteward.domain.remedies import Closure, Recheck, RecheckResult
from landsteward.domain.states import CaseOrigin, ItemOutcome, PlanStatus
from tests.helpers.casework import opened, reported
from tests.helpers.office import CHINA, Office
from tests.helpers.rule_packs import LAND, SMALL_PACK

OLD, NEW = "z-made-later", "a-made-earlier"
"""Keys against the order of days."""


@pytest.fixture
def case(office: Office) -> Case:
    """A case."""
    return opened(office)


def test_a_checkup_by_its_visit(office: Office, case: Case) -> None:
    for key, day in ((OLD, 3), (NEW, 9)):
        with office.administrator.change():
            office.workspace.checkups.add(
                Checkup(
                    id=key,
                    case_id=case.id,
                    pack=SMALL_PACK.key,
                    pack_version=SMALL_PACK.version,
                    departments=(LAND,),
                    scheduled_on=date(2026, 3, day),
                )
            )
    latest = current_checkup(office.reader, case_id=case.id)
    assert latest is not None
    assert latest.id == NEW
    view = assemble_dossier(office.reader, case_id=case.id, on=date(2026, 4, 1))
    assert [one.checkup.id for one in view.checkups] == [OLD, NEW]


def test_the_answers_of_last_time_by_the_visit(office: Office, case: Case) -> None:
    space = office.workspace
    base = Checkup(
        id="",
        case_id=case.id,
        pack=SMALL_PACK.key,
        pack_version=SMALL_PACK.version,
        departments=(LAND,),
    )
    moment = datetime(2025, 12, 31, tzinfo=CHINA)
    with office.administrator.change():
        space.cases.add(replace(case, id="earlier", case_no="体检〔2025〕1号"))
        for key, year, note in ((OLD, 2024, "old"), (NEW, 2025, "new")):
            space.checkups.add(
                replace(
                    base,
                    id=key,
                    case_id="earlier",
                    started_on=date(year, 5, 1),
                    finished_at=moment,
                )
            )
            space.item_results.add(
                ItemResult(
                    id=f"result {key}",
                    checkup_id=key,
                    item_key="start",
                    department=LAND,
                    outcome=ItemOutcome.OK,
                    note=note,
                )
            )
        space.checkups.add(replace(base, id="0-now", started_on=date(2026, 3, 2)))
        space.item_results.add(
            ItemResult(id="0", checkup_id="0-now", item_key="start", department=LAND)
        )
    (section,) = checkup_sheet(office.reader, checkup_id="0-now").sections
    (line,) = section.items
    assert line.last_year is not None
    assert line.last_year.note == "new"


def test_a_plan_by_its_version(office: Office, case: Case) -> None:
    with office.administrator.change():
        for key, version in ((OLD, 1), (NEW, 2)):
            office.workspace.remedy_plans.add(
                RemedyPlan(id=key, case_id=case.id, version=version, status=PlanStatus.ACCEPTED)
            )
    plan = current_plan(office.reader, case_id=case.id)
    assert plan is not None
    assert plan.id == NEW


def test_contracts_and_looks_by_their_day(office: Office, case: Case) -> None:
    space, parcel = office.workspace, office.parcel.id
    with office.administrator.change():
        space.supply_contracts.add(
            SupplyContract(
                id="a-signed-later",
                parcel_id=parcel,
                identity="later",
                holder_id=office.enterprise.id,
                signed_on=date(2024, 5, 1),
            )
        )
        for key, day in ((OLD, 3), (NEW, 9)):
            space.construction_progress.add(
                ConstructionProgress(id=key, parcel_id=parcel, observed_on=date(2026, 1, day))
            )
    supply, _ = contracts_of(office.reader, case)
    assert supply is not None
    assert supply.identity == "later"
    held = enterprise_supplies(office.reader, enterprise_id=office.enterprise.id)
    assert held[0].supply == supply
    sheet = parcel_sheet(office.reader, parcel_id=parcel)
    assert [one.id for one in sheet.looks] == [NEW, OLD]
    view = assemble_dossier(office.reader, case_id=case.id, on=date(2026, 4, 1))
    assert [one.id for one in view.parcels[0].progress] == [OLD, NEW]
    assert view.parcels[0].supplies[-1] == supply


def test_a_parcels_case_is_that_of_whom_it_was_supplied_to_last(office: Office) -> None:
    other = add_enterprise(office.carrier, name="后来的示例公司")
    for key, holder, year in (("a", other.id, 2025), ("z", None, 1999)):
        with office.administrator.change():
            office.workspace.supply_contracts.add(
                SupplyContract(
                    id=key,
                    parcel_id=office.parcel.id,
                    identity=key,
                    holder_id=holder,
                    signed_on=date(year, 1, 1),
                )
            )
    case = open_case_of_parcel(office.carrier, parcel_id=office.parcel.id)
    assert (case.enterprise_id, case.parcel_id) == (other.id, office.parcel.id)


def test_cases_by_the_day_they_were_opened(office: Office) -> None:
    with office.administrator.change():
        for key, day in ((OLD, 3), (NEW, 9)):
            office.workspace.cases.add(
                Case(
                    id=key,
                    case_no=key,
                    enterprise_id=office.enterprise.id,
                    parcel_id=office.parcel.id,
                    origin=CaseOrigin.MANUAL,
                    opened_on=date(2026, 1, day),
                    pack=SMALL_PACK.key,
                    pack_version=SMALL_PACK.version,
                )
            )
    for cases in (
        enterprise_cases(office.reader, enterprise_id=office.enterprise.id),
        parcel_cases(office.reader, parcel_id=office.parcel.id),
        parcel_sheet(office.reader, parcel_id=office.parcel.id).cases,
    ):
        assert [one.id for one in cases] == [NEW, OLD]


def test_what_a_second_look_found_by_its_day(office: Office) -> None:
    case, (finding,) = reported(office, "start")
    space = office.workspace
    with office.administrator.change():
        for key, day, passed in ((OLD, 3, True), (NEW, 9, False)):
            space.rechecks.add(
                Recheck(
                    id=key,
                    case_id=case.id,
                    planned_on=date(2026, 3, day),
                    done_on=date(2026, 3, day),
                )
            )
            space.recheck_results.add(
                RecheckResult(
                    id=f"result {key}", recheck_id=key, finding_id=finding.id, passed=passed
                )
            )
    look = latest_look(office.reader, finding_id=finding.id)
    assert look is not None
    assert look[1].id == NEW
    assert move_facts(office.land_lead, finding=finding).recheck_passed is False
    view = assemble_dossier(office.reader, case_id=case.id, on=date(2026, 4, 1))
    assert [one.recheck.id for one in view.rechecks] == [OLD, NEW]

    # A closure refused after that look counts, whatever its key; one refused before does not.
    refused = Closure(
        id="",
        finding_id=finding.id,
        requested_by=office.land_inspector.actor.id,
        requested_at=datetime(2026, 3, 4, tzinfo=CHINA),
        approved=False,
    )
    with office.administrator.change():
        space.closures.add(replace(refused, id="z-before"))
    assert not move_facts(office.land_lead, finding=finding).closure_refused
    with office.administrator.change():
        space.closures.add(
            replace(refused, id="0-after", requested_at=datetime(2026, 3, 10, tzinfo=CHINA))
        )
    assert move_facts(office.land_lead, finding=finding).closure_refused

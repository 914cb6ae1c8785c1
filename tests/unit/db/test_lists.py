from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from landsteward.app.views import Cell, Facet, Flag, ListFilter, ListKind, Sort
from landsteward.domain.campaigns import Campaign, Visit
from landsteward.domain.closing import LookBack
from landsteward.domain.documents import ImportBatch, ImportReject
from landsteward.domain.findings import Finding
from landsteward.domain.follow_ups import FollowUp
from landsteward.domain.gradings import GradingResult, GradingRun, GradingSubject
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.organisations import Organisation
from landsteward.domain.plans import PlanAlternative, PlanFinding, PlanStep, RemedyPlan
from landsteward.domain.register import Enterprise, Occupancy, SupplyContract, YearlyMetrics
from landsteward.domain.remedies import Closure
from landsteward.domain.states import (
    CaseStage,
    FindingOrigin,
    FindingState,
    OrganisationKind,
    PlanStatus,
    Severity,
)
from tests.helpers.gradings import RATIO
from tests.unit.db.conftest import ACTOR, MOMENT, Desk


def ids(
    desk: Desk,
    kind: ListKind,
    column: str,
    *,
    text: str = "",
    equal: dict[str, str] | None = None,
    descending: bool = False,
) -> list[str]:
    return desk.workspace.lists.ids(
        kind, ListFilter(text=text, equal=equal or {}), Sort(column=column, descending=descending)
    )


def cells(desk: Desk, kind: ListKind, record_id: str) -> dict[str, Cell]:
    (row,) = desk.workspace.lists.rows(kind, [record_id])
    assert row.id == record_id
    return row.cells


@pytest.fixture
def park(desk: Desk) -> Desk:
    """Three enterprises; the first one with a carrier, parcels, figures, a case and all of it."""
    with desk.change():
        desk.workspace.organisations.add(
            Organisation(id="car-1", kind=OrganisationKind.CARRIER, name="谯城区", code="341602")
        )
        desk.workspace.organisations.add(
            Organisation(id="firm-1", kind=OrganisationKind.SERVICE_FIRM, name="正大律所")
        )
    first = desk.enterprise(
        "安泰药业", carrier_id="car-1", uscc="91341600MA2RABCD1X", district="谯城区"
    )
    desk.enterprise("北方机械", district="利辛县")
    desk.enterprise("长江酒业", district="谯城区")
    parcel = desk.parcel(
        "一号", location="芍花路", area_m2=Decimal("20000.50"), land_use="工业用地"
    )
    desk.parcel("二号", location="药都大道", area_m2=Decimal("9000"))
    case = desk.case("体检〔2026〕1号", first, stage=CaseStage.IN_REMEDY, parcel_id=parcel.id)
    store = desk.workspace
    with desk.change():
        store.supply_contracts.add(
            SupplyContract(
                id="s-1",
                parcel_id=parcel.id,
                identity="x",
                holder_id=first.id,
                contract_no="2007-12",
                area_m2=Decimal("20000.50"),
                signed_on=date(2007, 5, 1),
            )
        )
        store.yearly_metrics.add(
            YearlyMetrics(
                id="m-1",
                enterprise_id=first.id,
                year=2024,
                tax_wan=Decimal("30"),
                land_area_m2=Decimal("20000"),
                grade="B",
            )
        )
        store.yearly_metrics.add(
            YearlyMetrics(id="m-2", enterprise_id=first.id, year=2023, grade="C")
        )
        for number, state in enumerate((FindingState.RECTIFYING, FindingState.CLOSED), start=1):
            store.findings.add(
                Finding(
                    id=f"f-{number}",
                    case_id=case.id,
                    finding_no=number,
                    origin=FindingOrigin.MANUAL,
                    department="natural_resources",
                    severity=Severity(number),
                    title=f"问题{number}",
                    state=state,
                    deadline_on=date(2026, 6, number),
                    assigned_by="firm-1",
                )
            )
        store.closures.add(
            Closure(id="q-1", finding_id="f-2", requested_by=ACTOR, requested_at=MOMENT)
        )
        store.look_backs.add(
            LookBack(
                id="b-1",
                case_id=case.id,
                finding_id="f-2",
                closure_id="q-1",
                due_on=date(2026, 9, 1),
            )
        )
        plan = RemedyPlan(id="plan-1", case_id=case.id, firm_id="firm-1")
        store.remedy_plans.add(plan)
        store.plan_alternatives.add(PlanAlternative(id="way-1", plan_id="plan-1", position=1))
        store.remedy_plans.save(replace(plan, recommended_id="way-1"))
        for number, done in enumerate((date(2026, 4, 1), None, None), start=1):
            store.plan_steps.add(
                PlanStep(
                    id=f"step-{number}",
                    alternative_id="way-1",
                    position=number,
                    due_on=date(2026, 4, 30 - number),
                    done_on=done,
                )
            )
        store.follow_ups.add(
            FollowUp(
                id="u-1",
                case_id=case.id,
                happened_on=date(2026, 4, 2),
                content="桩基完成",
                author_id=ACTOR,
                percent=40,
            )
        )
        store.grading_runs.add(
            GradingRun(
                id="g-1",
                year=2024,
                scheme=RATIO,
                pack_key="test",
                pack_version="1",
                made_on=MOMENT.date(),
                made_by=ACTOR,
            )
        )
        store.grading_subjects.add(
            GradingSubject(id="gs-1", run_id="g-1", enterprise_id=first.id, name=first.name)
        )
        store.grading_results.add(
            GradingResult(id="gr-1", run_id="g-1", subject_id="gs-1", enterprise_id=first.id)
        )
        store.import_batches.add(
            ImportBatch(
                id="b-1",
                kind="land-supply",
                file_name="供地.xls",
                sha256="0",
                imported_at=MOMENT,
                imported_by=ACTOR,
            )
        )
        store.import_rejects.add(
            ImportReject(
                id="r-1", batch_id="b-1", row=7, column="面积", value="abc", reason="不是数"
            )
        )
    with desk.change():
        desk.workspace.campaigns.add(
            Campaign(id="g-1", year=2026, name="第一批", departments=("land",))
        )
        desk.workspace.visits.add(
            Visit(id="v-1", campaign_id="g-1", enterprise_id=first.id, departments=("land",))
        )
    return desk


def test_an_enterprise_as_the_list_shows_it(park: Desk) -> None:
    (first, *_) = ids(park, ListKind.ENTERPRISES, "name")
    assert cells(park, ListKind.ENTERPRISES, first) == {
        "name": "安泰药业",
        "short_name": "",
        "kind": "organisation",
        "uscc": "91341600MA2RABCD1X",
        "industry": "",
        "district": "谯城区",
        "carrier": "谯城区",
        "parcels": 1,
        "area_m2": "20000.50",
        "grade": "B",
        "tax_wan_per_mu": "1.0000",
        "case_no": "体检〔2026〕1号",
        "stage": "in_remedy",
    }


def test_area_in_use_counts_before_area_supplied(park: Desk) -> None:
    (first, *_) = ids(park, ListKind.ENTERPRISES, "name")
    (parcel,) = ids(park, ListKind.PARCELS, "name", equal={"name": "一号"})
    with park.change():
        park.workspace.occupancies.add(
            Occupancy(id="o-1", parcel_id=parcel, enterprise_id=first, area_m2=Decimal("0.1"))
        )
        park.workspace.occupancies.add(
            Occupancy(id="o-2", parcel_id=parcel, enterprise_id=first, area_m2=Decimal("0.2"))
        )
        park.workspace.occupancies.add(
            Occupancy(
                id="o-3",
                parcel_id=parcel,
                enterprise_id=first,
                area_m2=Decimal("5"),
                to_on=date(2020, 1, 1),
            )
        )
    shown = cells(park, ListKind.ENTERPRISES, first)
    assert (shown["area_m2"], shown["parcels"]) == ("0.3", 1)


def test_the_other_lists_show_what_they_promise(park: Desk) -> None:
    (parcel,) = ids(park, ListKind.PARCELS, "name", equal={"name": "一号"})
    shown = cells(park, ListKind.PARCELS, parcel)
    assert (shown["holder"], shown["signed_on"], shown["area_m2"]) == (
        "安泰药业",
        "2007-05-01",
        "20000.50",
    )
    (case,) = ids(park, ListKind.CASES, "case_no")
    shown = cells(park, ListKind.CASES, case)
    assert (shown["enterprise"], shown["parcel"], shown["district"]) == (
        "安泰药业",
        "一号",
        "谯城区",
    )
    assert (shown["findings"], shown["open_findings"]) == (2, 1)
    assert shown["next_deadline_on"] == "2026-06-01"
    shown = cells(park, ListKind.FINDINGS, "f-2")
    assert (shown["case_no"], shown["severity"], shown["state"]) == ("体检〔2026〕1号", 2, "closed")
    shown = cells(park, ListKind.PLANS, "plan-1")
    assert (shown["firm"], shown["steps"], shown["steps_done"]) == ("正大律所", 3, 1)
    assert shown["next_due_on"] == "2026-04-27"
    shown = cells(park, ListKind.FOLLOW_UPS, "u-1")
    assert (shown["author"], shown["percent"], shown["content"]) == ("张三", 40, "桩基完成")
    shown = cells(park, ListKind.REJECTS, "r-1")
    assert (shown["file"], shown["row"], shown["column"]) == ("供地.xls", 7, "面积")


@pytest.mark.parametrize(
    ("facet", "fitting", "other"),
    [
        (Facet.CARRIER, "car-1", ""),
        (Facet.FIRM, "firm-1", ""),
        (Facet.TURN, "carrier", "writer"),
        (Facet.FLAG, Flag.OVERDUE, Flag.COMMENTED),
    ],
)
def test_plans_are_narrowed_by_what_is_chosen(
    park: Desk, facet: Facet, fitting: str, other: str
) -> None:
    """The plan is handed in for a finding that is due 2026-06-01, and waits for the carrier."""
    store = park.workspace
    with park.change():
        plan = store.remedy_plans.get("plan-1")
        case = store.cases.get(plan.case_id)
        store.cases.save(replace(case, carrier_id="car-1"))
        store.remedy_plans.save(replace(plan, status=PlanStatus.SUBMITTED))
        store.plan_findings.add(PlanFinding(id="l-1", plan_id=plan.id, finding_id="f-1"))

    def found(*chosen: str) -> list[str]:
        wanted = ListFilter(chosen={facet: chosen}, on=date(2026, 6, 2))
        return store.lists.ids(ListKind.PLANS, wanted, Sort(column="case_no"))

    assert found(fitting) == ["plan-1"]
    assert found(other) == []
    assert found(fitting, other) == ([] if facet is Facet.FLAG else ["plan-1"])


@pytest.mark.parametrize("kind", list(ListKind))
def test_every_list_sorts_by_every_column_both_ways(park: Desk, kind: ListKind) -> None:
    columns = ids(park, kind, "stage" if kind is ListKind.CASES else _some(kind))
    shown = cells(park, kind, columns[0])
    for column in shown:
        up = ids(park, kind, column)
        down = ids(park, kind, column, descending=True)
        assert sorted(up) == sorted(down)
        assert len(up) >= 1


def _some(kind: ListKind) -> str:
    return {
        ListKind.ENTERPRISES: "name",
        ListKind.PARCELS: "name",
        ListKind.FINDINGS: "title",
        ListKind.PLANS: "firm",
        ListKind.FOLLOW_UPS: "content",
        ListKind.TRACKING: "title",
        ListKind.LOOK_BACKS: "title",
        ListKind.REJECTS: "row",
        ListKind.GRADING: "rank",
        ListKind.CAMPAIGNS: "name",
        ListKind.VISITS: "day",
    }[kind]


def names(desk: Desk, found: list[str]) -> list[Cell]:
    return [row.cells["name"] for row in desk.workspace.lists.rows(ListKind.ENTERPRISES, found)]


def test_names_are_sorted_as_people_look_them_up(park: Desk) -> None:
    up = ids(park, ListKind.ENTERPRISES, "name")
    assert names(park, up) == ["安泰药业", "北方机械", "长江酒业"]
    assert ids(park, ListKind.ENTERPRISES, "name", descending=True) == up[::-1]


def test_figures_are_sorted_as_figures_and_gaps_come_last(park: Desk) -> None:
    park.parcel("三号")
    for descending, expected in (
        (False, ["二号", "一号", "三号"]),
        (True, ["一号", "二号", "三号"]),
    ):
        found = ids(park, ListKind.PARCELS, "area_m2", descending=descending)
        shown = park.workspace.lists.rows(ListKind.PARCELS, found)
        assert [row.cells["name"] for row in shown] == expected


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(
    ("kind", "column"),
    [
        (ListKind.ENTERPRISES, "district"),
        (ListKind.ENTERPRISES, "industry"),
        (ListKind.PARCELS, "location"),
        (ListKind.PARCELS, "district"),
        (ListKind.PARCELS, "land_use"),
        (ListKind.PARCELS, "contract_no"),
        (ListKind.REJECTS, "column"),
        (ListKind.REJECTS, "value"),
    ],
)
def test_empty_texts_come_last_both_ways(
    desk: Desk, kind: ListKind, column: str, descending: bool
) -> None:
    for text in ("乙", "", "甲"):
        desk.enterprise(f"企业{text}", district=text, industry_name=text)
        parcel = desk.parcel(f"地块{text}", location=text, district=text, land_use=text)
        with desk.change():
            desk.workspace.supply_contracts.add(
                SupplyContract(
                    id=desk.key("s"), parcel_id=parcel.id, identity=text, contract_no=text
                )
            )
    batch = ImportBatch(
        id="b",
        kind="land-supply",
        file_name="a.csv",
        sha256="",
        imported_at=desk.moment,
        imported_by=ACTOR,
    )
    with desk.change():
        desk.workspace.import_batches.add(batch)
        for text in ("乙", "", "甲"):
            desk.workspace.import_rejects.add(
                ImportReject(
                    id=desk.key("r"), batch_id="b", row=2, column=text, value=text, reason="x"
                )
            )
    found = ids(desk, kind, column, descending=descending)
    shown = [row.cells[column] for row in desk.workspace.lists.rows(kind, found)]
    assert shown[-1] == ""
    assert sorted(map(str, shown[:2])) == ["乙", "甲"]


def test_a_filter_keeps_what_fits_in_order(park: Desk) -> None:
    kind = ListKind.ENTERPRISES
    first, north, river = ids(park, kind, "name")
    assert ids(park, kind, "name", equal={"district": "谯城区"}) == [first, river]
    assert ids(park, kind, "name", equal={"stage": ""}) == [north, river]
    assert ids(park, kind, "name", text="业") == [first, river]
    assert ids(park, kind, "name", text="业", descending=True) == [river, first]
    both = ids(park, kind, "name", text="业", equal={"carrier": "谯城区"})
    assert names(park, both) == ["安泰药业"]
    assert ids(park, kind, "name", text="*") == []


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        (ListKind.PARCELS, "name"),
        (ListKind.CASES, "case_no"),
        (ListKind.FINDINGS, "finding_no"),
        (ListKind.PLANS, "case_no"),
        (ListKind.FOLLOW_UPS, "happened_on"),
    ],
)
def test_what_belongs_to_an_enterprise_is_found_by_its_name(
    park: Desk, kind: ListKind, column: str
) -> None:
    assert len(ids(park, kind, column, text="安泰")) >= 1
    assert len(ids(park, kind, column, text="atyy")) >= 1
    assert ids(park, kind, column, text="长江酒业") == []


@pytest.mark.parametrize(
    ("kind", "column", "text"),
    [
        (ListKind.PARCELS, "name", "芍花"),
        (ListKind.PARCELS, "name", "2007-1"),
        (ListKind.CASES, "case_no", "2026"),
        (ListKind.FINDINGS, "title", "问题1"),
        (ListKind.PLANS, "firm", "律所"),
        (ListKind.FOLLOW_UPS, "content", "桩基"),
        (ListKind.REJECTS, "row", "abc"),
    ],
)
def test_each_list_is_filtered_by_its_own_text(
    park: Desk, kind: ListKind, column: str, text: str
) -> None:
    assert len(ids(park, kind, column, text=text)) == 1


def test_a_list_follows_what_is_written(park: Desk) -> None:
    kind = ListKind.ENTERPRISES
    before = ids(park, kind, "name", text="业")
    enterprise = park.workspace.enterprises.get(before[0])
    with park.change():
        park.workspace.enterprises.save(replace(enterprise, name="中泰药业"))
    assert ids(park, kind, "name", text="业") == before[::-1]
    with park.change():
        park.workspace.enterprises.retire(enterprise.id)
    assert ids(park, kind, "name", text="业") == before[1:]
    assert park.workspace.lists.rows(kind, before) == park.workspace.lists.rows(kind, before[1:])


def test_rows_come_in_the_order_asked_for(park: Desk) -> None:
    found = ids(park, ListKind.ENTERPRISES, "name")
    rows = park.workspace.lists.rows(ListKind.ENTERPRISES, [found[2], "gone", found[0]])
    assert [row.id for row in rows] == [found[2], found[0]]


@pytest.mark.parametrize("column", ["nothing", "name; DROP TABLE people", "nr", 'name" --'])
def test_only_columns_of_the_list_get_into_sql(park: Desk, column: str) -> None:
    with pytest.raises(ValueError, match="has no column"):
        ids(park, ListKind.ENTERPRISES, column)
    with pytest.raises(ValueError, match="has no column"):
        ids(park, ListKind.ENTERPRISES, "name", equal={column: "x"})


def test_open_findings_are_those_the_lifecycle_holds_open(park: Desk) -> None:
    finding = park.workspace.findings.get("f-1")
    for state in FindingState:
        with park.change():
            park.workspace.findings.save(replace(finding, state=state))
        (case,) = ids(park, ListKind.CASES, "case_no")
        expected = 0 if state in SETTLED_FINDING_STATES else 1
        assert cells(park, ListKind.CASES, case)["open_findings"] == expected, state


def test_a_filter_that_fits_many_keeps_the_order(desk: Desk) -> None:
    many = [
        Enterprise(id=desk.key("e"), name=f"{chr(0x4E00 + n % 97)}厂{n}", name_key="x")
        for n in range(300)
    ]
    with desk.change():
        desk.workspace.enterprises.add_many(many)
    everything = ids(desk, ListKind.ENTERPRISES, "name")
    assert ids(desk, ListKind.ENTERPRISES, "name", text="厂") == everything
    few = ids(desk, ListKind.ENTERPRISES, "name", text="厂29")
    assert few == [one for one in everything if one in few]
    assert len(few) == 11

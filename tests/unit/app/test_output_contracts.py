"""Output contracts with what became of them, gathered from the whole workspace."""

from datetime import date
from decimal import Decimal

import pytest

from landsteward.app.case_closing import close_case
from landsteward.app.checkups import set_item_value
from landsteward.app.merging import merge_enterprises
from landsteward.app.occupancies import edit_occupancy, record_occupancy
from landsteward.app.output_contracts import enterprise_outputs, parcel_outputs
from landsteward.app.register import (
    add_enterprise,
    edit_supply,
    record_output_contract,
    record_progress,
    record_supply,
    record_year,
)
from landsteward.app.register_papers import (
    enterprise_cases,
    overviews,
    paper_content,
    papers,
    pools,
)
from landsteward.app.register_sheets import enterprise_head, enterprise_supplies
from landsteward.app.removals import Removable, bring_back, remove
from landsteward.app.unmerging import unmerge_enterprises
from landsteward.app.views import ListKind
from landsteward.domain.checklist import LimitSource
from landsteward.domain.errors import KnownError, RecordNotFoundError, RefusedMoveError
from landsteward.domain.output_terms import Standing, Term, TermLine
from landsteward.domain.register import OutputContract
from tests.helpers.casework import archive, close, in_checkup, line, opened, prove, rechecked
from tests.helpers.office import Office


@pytest.fixture
def contract(office: Office) -> OutputContract:
    """60 亩, 15 万元 of tax each from 2024 on."""
    ctx = office.carrier
    for year, tax in ((2023, 300), (2024, 840), (2025, 960)):
        record_year(ctx, enterprise_id=office.enterprise.id, year=year, tax_wan=Decimal(tax))
    record_progress(
        ctx, parcel_id=office.parcel.id, observed_on=date(2024, 1, 1), invested_wan=Decimal(9000)
    )
    return record_output_contract(
        ctx,
        parcel_id=office.parcel.id,
        enterprise_id=office.enterprise.id,
        signed_on=date(2021, 3, 1),
        reach_on=date(2023, 12, 31),
        investment_wan=Decimal(9000),
        tax_wan_per_mu=Decimal(15),
    )


def lines(office: Office) -> dict[Term, TermLine]:
    (view,) = enterprise_outputs(office.reader, enterprise_id=office.enterprise.id)
    return {one.term: one for one in view.lines}


def test_it_is_judged_by_what_the_register_says(office: Office, contract: OutputContract) -> None:
    found = lines(office)
    tax = found[Term.TAX_PER_MU]
    assert (tax.actual, tax.as_of, tax.standing) == (16, 2025, Standing.MET)
    assert found[Term.INVESTMENT].standing is Standing.MET
    reach = found[Term.REACH]
    assert (reach.actual, reach.gap, reach.standing) == (2025, 1, Standing.NOT_MET)
    assert found[Term.START].gap == (date(2021, 10, 8) - date(2021, 9, 1)).days
    (seen_there,) = parcel_outputs(office.reader, parcel_id=office.parcel.id)
    assert seen_there.lines == tuple(found.values())
    assert seen_there.latest


def test_the_plot_ratio_is_what_a_checkup_measured(
    office: Office, contract: OutputContract
) -> None:
    found = lines(office)[Term.PLOT_RATIO]
    assert (found.agreed, found.source) == (Decimal("1.0"), LimitSource.SUPPLY_CONTRACT)
    assert found.standing is Standing.UNJUDGED
    _case, checkup = in_checkup(office)
    set_item_value(
        office.land_inspector,
        result_id=line(office, checkup, "ratio").id,
        value=Decimal("0.8"),
    )
    found = lines(office)[Term.PLOT_RATIO]
    assert (found.actual, found.as_of) == (Decimal("0.8"), office.clock.today())
    assert found.standing is Standing.NOT_MET


def test_of_several_the_latest_counts(office: Office, contract: OutputContract) -> None:
    later = record_output_contract(
        office.carrier,
        parcel_id=office.parcel.id,
        enterprise_id=office.enterprise.id,
        signed_on=date(2024, 3, 1),
    )
    found = parcel_outputs(office.reader, parcel_id=office.parcel.id)
    assert [(one.contract.id, one.latest) for one in found] == [
        (later.id, True),
        (contract.id, False),
    ]


def test_the_supply_of_whom_the_contract_is_with_counts(
    office: Office, contract: OutputContract
) -> None:
    """The land went on to somebody else: their dates are not this contract's."""
    other = add_enterprise(office.carrier, name="接手公司")
    (supply,) = office.workspace.supply_contracts.where()
    edit_supply(office.carrier, contract_id=supply.id, actual_completion_on=date(2023, 1, 1))
    record_supply(
        office.carrier,
        parcel_id=office.parcel.id,
        holder_id=other.id,
        signed_on=date(2025, 1, 1),
        area_m2=Decimal(1),
    )
    assert lines(office)[Term.COMPLETION].actual == date(2023, 1, 1)


def test_the_head_has_the_key_figures(office: Office, contract: OutputContract) -> None:
    head = enterprise_head(office.reader, enterprise_id=office.enterprise.id)
    assert head.land.today is not None
    assert head.land.today.area_m2 == Decimal(40000)
    assert [one.figures.year for one in head.years] == [2025, 2024, 2023]
    assert head.years[0].indicators["tax_per_mu"].value == 16
    assert head.grade is None
    assert head.case is None
    assert (head.parcels, len(head.outputs), head.cases) == (1, 1, 0)
    record_year(office.carrier, enterprise_id=office.enterprise.id, year=2024, grade="C")
    case = opened(office)
    head = enterprise_head(office.reader, enterprise_id=office.enterprise.id)
    assert head.grade == ("C", 2024)
    assert head.case is not None
    assert head.case.case == case
    (held,) = enterprise_supplies(office.reader, enterprise_id=office.enterprise.id)
    assert held.parcel == office.parcel


def test_findings_are_counted_open_and_overdue(office: Office) -> None:
    case, findings = rechecked(office, "start", "ratio")
    ctx = office.reader
    head = enterprise_head(ctx, enterprise_id=office.enterprise.id)
    assert (head.open_findings, head.overdue_findings) == (2, 0)
    office.clock.pass_days(400)
    head = enterprise_head(ctx, enterprise_id=office.enterprise.id)
    assert (head.open_findings, head.overdue_findings) == (2, 2)
    close(office, findings[0])
    head = enterprise_head(ctx, enterprise_id=office.enterprise.id)
    assert (head.open_findings, head.overdue_findings) == (1, 1)
    (overview,) = overviews(ctx, enterprise_cases(ctx, enterprise_id=office.enterprise.id))
    assert (overview.case.id, overview.open_findings) == (case.id, 1)


def test_papers_and_evidence_of_all_its_cases(office: Office) -> None:
    case, findings = rechecked(office, "start")
    prove(office.land_inspector, findings[0], b"\xff\xd8another")
    close(office, findings[0])
    close_case(office.land_lead, case_id=case.id)
    document = archive(office.land_lead, case.id, dossier=b"%PDF-kept", pages=3)
    ctx = office.reader
    cases = enterprise_cases(ctx, enterprise_id=office.enterprise.id)
    (paper,) = papers(ctx, cases)
    assert (paper.document, paper.case.id) == (document, case.id)
    assert paper.issued_by == "鲁负责"
    assert paper_content(ctx, document=document) == b"%PDF-kept"
    (pool,) = pools(ctx, cases)
    assert pool.case.id == case.id
    assert len(pool.evidence) == 2
    assert [pool.added_by[one.added_by] for one in pool.evidence] == ["顾律师", "林检查"]


class TestRemovals:
    def test_what_was_taken_out_comes_back_as_it_was(
        self, office: Office, contract: OutputContract
    ) -> None:
        ctx = office.carrier
        (used,) = office.workspace.occupancies.where()
        (year, *_others) = office.workspace.yearly_metrics.where()
        (look,) = office.workspace.construction_progress.where()
        for kind, record in (
            (Removable.OCCUPANCY, used),
            (Removable.OUTPUT_CONTRACT, contract),
            (Removable.YEAR, year),
            (Removable.LOOK, look),
        ):
            store = getattr(office.workspace, kind)
            remove(ctx, kind=kind, record_id=record.id)
            assert store.find(record.id) is None
            bring_back(ctx, kind=kind, record_id=record.id)
            assert store.get(record.id) == record
        assert office.workspace.check().ok

    def test_what_stands_cannot_be_brought_back(
        self, office: Office, contract: OutputContract
    ) -> None:
        with pytest.raises(RecordNotFoundError):
            bring_back(office.carrier, kind=Removable.OUTPUT_CONTRACT, record_id=contract.id)

    def test_a_year_entered_anew_is_not_doubled(
        self, office: Office, contract: OutputContract
    ) -> None:
        ctx = office.carrier
        year = office.workspace.yearly_metrics.where()[0]
        remove(ctx, kind=Removable.YEAR, record_id=year.id)
        record_year(ctx, enterprise_id=office.enterprise.id, year=year.year)
        with pytest.raises(KnownError, match="taken its place"):
            bring_back(ctx, kind=Removable.YEAR, record_id=year.id)

    def test_only_who_may(self, office: Office, contract: OutputContract) -> None:
        with pytest.raises(RefusedMoveError):
            remove(office.reader, kind=Removable.OUTPUT_CONTRACT, record_id=contract.id)
        remove(office.carrier, kind=Removable.OUTPUT_CONTRACT, record_id=contract.id)
        with pytest.raises(RefusedMoveError):
            bring_back(office.reader, kind=Removable.OUTPUT_CONTRACT, record_id=contract.id)


def listed(office: Office) -> tuple[Decimal | None, Decimal | None]:
    """What the list of enterprises says: area and tax per mu."""
    (row,) = office.workspace.lists.rows(ListKind.ENTERPRISES, [office.enterprise.id])
    area, tax = row.cells["area_m2"], row.cells["tax_wan_per_mu"]
    return (
        None if area is None else Decimal(str(area)),
        None if tax is None else Decimal(str(tax)),
    )


def headed(office: Office) -> tuple[Decimal | None, Decimal | None]:
    """What the enterprise's page says."""
    head = enterprise_head(office.reader, enterprise_id=office.enterprise.id)
    tax = next((one.indicators["tax_per_mu"].value for one in head.years), None)
    return head.land.today.area_m2 if head.land.today is not None else None, tax


def test_list_and_page_say_the_same(office: Office) -> None:
    ctx, key = office.carrier, office.enterprise.id
    assert listed(office) == headed(office) == (Decimal(40000), None)
    record_year(ctx, enterprise_id=key, year=2025, tax_wan=Decimal(90), land_area_m2=Decimal(1))
    assert listed(office) == headed(office) == (Decimal(40000), Decimal("1.5"))
    tenant = add_enterprise(ctx, name="租厂公司")
    lease = record_occupancy(
        ctx, parcel_id=office.parcel.id, enterprise_id=tenant.id, area_m2=Decimal(10000)
    )
    assert listed(office) == headed(office) == (Decimal(30000), Decimal(2))
    # An area that is nowhere on record is not taken for nothing: what was stated counts instead.
    edit_occupancy(ctx, occupancy_id=lease.id, area_m2=None)
    assert listed(office) == headed(office) == (Decimal(40000), Decimal(60000))
    merge_enterprises(ctx, stays_id=key, goes_id=tenant.id)
    assert listed(office) == headed(office)
    unmerge_enterprises(ctx, gone_id=tenant.id)
    assert listed(office) == headed(office) == (Decimal(40000), Decimal(60000))
    remove(ctx, kind=Removable.OCCUPANCY, record_id=lease.id)
    assert listed(office) == headed(office) == (Decimal(40000), Decimal("1.5"))
    bring_back(ctx, kind=Removable.OCCUPANCY, record_id=lease.id)
    assert listed(office) == headed(office) == (Decimal(40000), Decimal(60000))

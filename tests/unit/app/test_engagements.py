"""Engagements: contracts, the enterprises they are for, and who is engaged on a day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from landsteward.app.engagements import (
    assign_enterprises,
    cover_all_enterprises,
    edit_engagement,
    end_engagement,
    engage_firm,
    engaged_enterprises,
    put_enterprises_back,
    resume_engagement,
    take_enterprises_out,
)
from landsteward.app.people import add_organisation
from landsteward.app.plans import draft_plan
from landsteward.app.register import add_enterprise
from landsteward.domain.engagements import Engagement
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.states import OrganisationKind
from tests.helpers.casework import assign, reported
from tests.helpers.office import FIRST_DAY, Office

JUNE = date(2026, 6, 30)


@pytest.fixture
def firm_id(office: Office) -> str:
    """A second firm, engaged by nobody yet."""
    return add_organisation(
        office.administrator, kind=OrganisationKind.SERVICE_FIRM, name="示例会计师事务所"
    ).id


def more(office: Office, *names: str) -> list[str]:
    """Further enterprises of the same carrier."""
    carrier_id = office.enterprise.carrier_id
    return [add_enterprise(office.carrier, name=name, carrier_id=carrier_id).id for name in names]


def own_contract(office: Office) -> Engagement:
    """The one the office begins with: for all of the carrier's, until further notice."""
    (found,) = office.workspace.engagements.where()
    return found


def test_a_contract_without_a_list_is_for_all_of_the_carrier(office: Office, firm_id: str) -> None:
    others = more(office, "示例甲厂", "示例乙厂")
    stranger = add_enterprise(office.land_lead, name="示例外地厂").id
    engagement = engage_firm(
        office.carrier, firm_id=firm_id, fee_wan=Decimal("12.5"), to_on=JUNE, contract_no="1号"
    )
    assert engagement.carrier_id == office.carrier.actor.organisation_id
    assert engagement.from_on == FIRST_DAY
    everybody = {office.enterprise.id, *others}
    assert engaged_enterprises(office.reader, firm_id=firm_id) == everybody
    assert engaged_enterprises(office.reader, firm_id=firm_id, on=JUNE) == everybody
    day_after = JUNE + timedelta(days=1)
    assert engaged_enterprises(office.reader, firm_id=firm_id, on=day_after) == frozenset()
    assert stranger not in everybody


def test_enterprises_join_and_leave_a_contract_while_it_runs(office: Office, firm_id: str) -> None:
    """甲 from 2 March on; 乙 joins on 1 April; 甲 leaves, its last day being 30 April."""
    one, other = more(office, "示例甲厂", "示例乙厂")
    ctx = office.carrier
    engagement = engage_firm(ctx, firm_id=firm_id, to_on=JUNE)
    made = assign_enterprises(ctx, engagement_id=engagement.id, enterprise_ids=[one, one])
    assert made.narrowed
    assert len(made.listed_ids) == 1
    again = assign_enterprises(
        ctx, engagement_id=engagement.id, enterprise_ids=[one, other], from_on=date(2026, 4, 1)
    )
    assert (again.known, len(again.listed_ids), again.narrowed) == (1, 1, False)
    taken = take_enterprises_out(ctx, listed_ids=made.listed_ids, last_day=date(2026, 4, 30))

    def on(month: int, day: int) -> frozenset[str]:
        return engaged_enterprises(ctx, firm_id=firm_id, on=date(2026, month, day))

    assert on(3, 1) == frozenset()
    assert on(3, 31) == {one}
    assert on(4, 30) == {one, other}
    assert on(5, 1) == on(6, 30) == {other}
    back = assign_enterprises(
        ctx, engagement_id=engagement.id, enterprise_ids=[one], from_on=date(2026, 6, 1)
    )
    assert on(5, 31) == {other}
    assert on(6, 1) == {one, other}
    take_enterprises_out(ctx, listed_ids=back.listed_ids, last_day=date(2026, 5, 1))
    assert on(6, 1) == {other}
    put_enterprises_back(ctx, taken=taken)
    assert on(5, 1) == {one, other}
    cover_all_enterprises(ctx, engagement_id=engagement.id)
    assert on(5, 1) == {one, other, office.enterprise.id}


def test_what_was_taken_out_before_its_first_day_is_put_back(office: Office, firm_id: str) -> None:
    (one,) = more(office, "示例甲厂")
    ctx = office.carrier
    engagement = engage_firm(ctx, firm_id=firm_id)
    made = assign_enterprises(ctx, engagement_id=engagement.id, enterprise_ids=[one])
    taken = take_enterprises_out(ctx, listed_ids=made.listed_ids)
    assert office.workspace.engagement_enterprises.count() == 0
    assert engaged_enterprises(ctx, firm_id=firm_id) == frozenset()
    put_enterprises_back(ctx, taken=taken)
    assert engaged_enterprises(ctx, firm_id=firm_id) == {one}


def test_a_contract_ends_early_with_a_reason_and_may_be_resumed(office: Office) -> None:
    engagement = own_contract(office)
    ctx, firm_id = office.carrier, engagement.firm_id
    last = FIRST_DAY + timedelta(days=10)
    with pytest.raises(RefusedMoveError, match="why"):
        end_engagement(ctx, engagement_id=engagement.id, last_day=last, reason=" ")
    with pytest.raises(RefusedMoveError, match="does not run"):
        end_engagement(
            ctx, engagement_id=engagement.id, last_day=FIRST_DAY - timedelta(days=1), reason="x"
        )
    end_engagement(ctx, engagement_id=engagement.id, last_day=last, reason="未按约履行")
    assert engaged_enterprises(ctx, firm_id=firm_id, on=last)
    assert not engaged_enterprises(ctx, firm_id=firm_id, on=last + timedelta(days=1))
    resume_engagement(ctx, engagement_id=engagement.id)
    assert engaged_enterprises(ctx, firm_id=firm_id, on=last + timedelta(days=1))


def test_a_contract_that_ran_out_closes_the_right_to_write_plans(office: Office) -> None:
    case, (draft,) = reported(office, "start")
    finding = assign(office.land_lead, draft)
    engagement = own_contract(office)
    edit_engagement(office.carrier, engagement_id=engagement.id, to_on=office.clock.today())
    office.clock.pass_days(1)
    with pytest.raises(RefusedMoveError, match="not engaged") as refused:
        draft_plan(office.consultant, case_id=case.id, finding_ids=[finding.id])
    assert refused.value.where == "示例律师事务所"
    edit_engagement(office.carrier, engagement_id=engagement.id, to_on=None)
    draft_plan(office.consultant, case_id=case.id, finding_ids=[finding.id])


def test_who_may_engage_whom(office: Office, firm_id: str) -> None:
    with pytest.raises(RefusedMoveError, match="role"):
        engage_firm(office.consultant, firm_id=firm_id)
    with pytest.raises(RefusedMoveError, match="county or zone"):
        engage_firm(office.land_lead, firm_id=firm_id)
    with pytest.raises(RefusedMoveError, match="service firms"):
        engage_firm(office.carrier, firm_id=office.land_lead.actor.organisation_id)


def test_terms_that_cannot_be_are_refused(office: Office, firm_id: str) -> None:
    engagement = engage_firm(office.carrier, firm_id=firm_id, contract_no="示服〔2026〕3号")
    before = FIRST_DAY - timedelta(days=1)
    with pytest.raises(RefusedMoveError, match="before the first"):
        edit_engagement(office.carrier, engagement_id=engagement.id, to_on=before)
    with pytest.raises(RefusedMoveError, match="below zero"):
        edit_engagement(office.carrier, engagement_id=engagement.id, fee_wan=Decimal(-1))
    with pytest.raises(RefusedMoveError, match="number"):
        engage_firm(office.carrier, firm_id=firm_id, contract_no="示服〔2026〕3号")
    edit_engagement(office.carrier, engagement_id=engagement.id, to_on=FIRST_DAY)
    with pytest.raises(RefusedMoveError, match="run out"):
        assign_enterprises(
            office.carrier,
            engagement_id=engagement.id,
            enterprise_ids=[office.enterprise.id],
            from_on=FIRST_DAY + timedelta(days=1),
        )


def test_other_firms_for_the_same_enterprises_are_said(office: Office, firm_id: str) -> None:
    """Engaged by the first firm until further notice, by the second from 1 April to 30 June for
    two of the carrier's three: two enterprises, April to June. A contract from July on overlaps
    with the first firm's alone.
    """
    one, _other = more(office, "示例甲厂", "示例乙厂")
    ctx = office.carrier
    spring = engage_firm(ctx, firm_id=firm_id, from_on=date(2026, 4, 1), to_on=JUNE)
    assign_enterprises(ctx, engagement_id=spring.id, enterprise_ids=[one, office.enterprise.id])
    later = engage_firm(ctx, firm_id=firm_id, from_on=date(2026, 7, 1))
    first = own_contract_of(office, spring.id, later.id)
    (seen,) = office.workspace.firms.overlaps(spring.id)
    assert (seen.engagement_id, seen.enterprises) == (first, 2)
    assert (seen.from_on, seen.last_on) == (date(2026, 4, 1), JUNE)
    (seen,) = office.workspace.firms.overlaps(later.id)
    assert (seen.engagement_id, seen.enterprises, seen.last_on) == (first, 3, date(9999, 12, 31))
    assert [one.engagement_id for one in office.workspace.firms.covers(one)] == [
        first,
        spring.id,
        later.id,
    ]


def own_contract_of(office: Office, *others: str) -> str:
    """The key of the contract the office begins with."""
    return next(one.id for one in office.workspace.engagements.where() if one.id not in others)

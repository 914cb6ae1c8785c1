"""A firm's record from a real workspace, its table and its page."""

from datetime import timedelta
from decimal import Decimal

from landsteward.app.conflicts import declare_conflicts
from landsteward.app.engagements import edit_engagement, engage_firm, find_or_add_firm
from landsteward.app.firms import counted_lines, firm_record, firm_sheet, firm_table
from landsteward.domain.engagements import Term
from landsteward.domain.firm_records import Measure
from tests.helpers.casework import close, rechecked
from tests.helpers.office import FIRST_DAY, Office


def test_a_closed_case_in_numbers(office: Office) -> None:
    """Assigned, planned and accepted on the first day; the step done in time; the finding closed.
    A fee of 36.5 万元 for 365 days is 0.1 a day; the time begins and ends with the first month.
    """
    (engagement,) = office.workspace.engagements.where()
    edit_engagement(
        office.carrier,
        engagement_id=engagement.id,
        to_on=FIRST_DAY + timedelta(days=364),
        fee_wan=Decimal("36.5"),
    )
    case, (finding,) = rechecked(office, "start")
    close(office, finding)
    month = Term(first=FIRST_DAY, last=FIRST_DAY + timedelta(days=29))
    record = firm_record(office.reader, firm_id=engagement.firm_id, within=month, on=month.last)
    assert [record.count(one) for one in Measure if one in _COUNTS] == list(_COUNTS.values())
    assert record.mean(Measure.DAYS) == 0
    assert record.fee_wan == Decimal(3)
    (line,) = counted_lines(office.reader, counted=record.of(Measure.CLOSED))
    assert (line.case_no, line.enterprise) == (case.case_no, office.enterprise.name)
    assert finding.title in line.what


_COUNTS = {
    Measure.SUBMITTED: 1,
    Measure.RETURNED: 0,
    Measure.ACCEPTED: 1,
    Measure.CLOSED: 1,
    Measure.REBOUND: 0,
}


def test_the_table_names_every_firm_with_what_waits(office: Office) -> None:
    (engagement,) = office.workspace.engagements.where()
    idle = find_or_add_firm(office.carrier, name="示例闲置事务所")
    declare_conflicts(
        office.consultant,
        engagement_id=engagement.id,
        enterprise_ids=[office.enterprise.id],
        kinds=["stake"],
        detail="持股",
    )
    rows = {one.firm.name: one for one in firm_table(office.reader, within=Term(first=FIRST_DAY))}
    busy = rows["示例律师事务所"]
    assert (busy.running, busy.enterprises, busy.undecided) == (1, 1, 1)
    assert (rows[idle.name].running, rows[idle.name].enterprises) == (0, 0)


def test_the_page_shows_contracts_people_declarations_and_who_else_is_engaged(
    office: Office,
) -> None:
    (first,) = office.workspace.engagements.where()
    other = find_or_add_firm(office.carrier, name="示例会计师事务所")
    engage_firm(office.carrier, firm_id=other.id)
    sheet = firm_sheet(office.carrier, firm_id=first.firm_id)
    (card,) = sheet.engagements
    assert (card.carrier, card.enterprises) == ("示例园区管委会", 1)
    assert [name for _overlap, name in card.overlaps] == ["示例会计师事务所"]
    assert [one.name for one in sheet.people] == ["顾律师"]
    assert [one.enterprise for one in sheet.declarations] == [office.enterprise.name]
    assert (sheet.may_engage, sheet.may_declare) == (True, False)
    assert firm_sheet(office.consultant, firm_id=first.firm_id).may_declare

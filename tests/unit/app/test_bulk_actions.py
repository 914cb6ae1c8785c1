"""One action on many rows of the register: what it does, what it refuses, and its undoing."""

import pytest

from landsteward.app.bulk_actions import assign_carrier, open_cases, undo_assignment
from landsteward.app.cases import open_case
from landsteward.app.people import add_organisation
from landsteward.app.register import add_enterprise, add_parcel
from landsteward.app.views import ListKind
from landsteward.domain.errors import RecordNotFoundError, RefusedMoveError
from landsteward.domain.states import OrganisationKind
from tests.helpers.office import Office


def some(office: Office, count: int = 4) -> list[str]:
    return [add_enterprise(office.land_lead, name=f"示例{n}号厂").id for n in range(count)]


def carriers(office: Office, ids: list[str]) -> list[str | None]:
    return [office.workspace.enterprises.get(one).carrier_id for one in ids]


def zone(office: Office, name: str = "示例开发区") -> str:
    added = add_organisation(office.administrator, kind=OrganisationKind.CARRIER, name=name)
    return added.id


def test_a_carrier_is_assigned_to_all_and_taken_back(office: Office) -> None:
    ids, park = some(office), office.enterprise.carrier_id
    new = zone(office)
    ids.append(office.enterprise.id)
    told: list[tuple[int, int]] = []
    assigned = assign_carrier(
        office.land_lead,
        kind=ListKind.ENTERPRISES,
        ids=ids,
        carrier_id=new,
        told=lambda done, total: told.append((done, total)),
    )
    assert carriers(office, ids) == [new] * 5
    assert told[-1] == (5, 5)
    assert assigned.before == {**dict.fromkeys(ids[:4]), office.enterprise.id: park}
    assert undo_assignment(office.land_lead, assigned=assigned) == 5
    assert carriers(office, ids) == [None] * 4 + [park]


def test_parcels_have_carriers_too(office: Office) -> None:
    parcel = add_parcel(office.land_lead, name="二号地块")
    new = zone(office)
    assign_carrier(office.land_lead, kind=ListKind.PARCELS, ids=[parcel.id], carrier_id=new)
    assert office.workspace.parcels.get(parcel.id).carrier_id == new


def test_undoing_leaves_what_somebody_changed_meanwhile(office: Office) -> None:
    ids, first, second = some(office, 2), zone(office), zone(office, "示例高新区")
    kind = ListKind.ENTERPRISES
    assigned = assign_carrier(office.land_lead, kind=kind, ids=ids, carrier_id=first)
    assign_carrier(office.land_lead, kind=kind, ids=ids[:1], carrier_id=second)
    assert undo_assignment(office.land_lead, assigned=assigned) == 1
    assert carriers(office, ids) == [second, None]


def test_stopped_half_way_nothing_is_assigned(office: Office) -> None:
    ids, new = some(office), zone(office)

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise LookupError

    with pytest.raises(LookupError):
        assign_carrier(
            office.land_lead, kind=ListKind.ENTERPRISES, ids=ids, carrier_id=new, told=stop
        )
    assert carriers(office, ids) == [None] * 4


def test_only_a_carrier_can_be_one_and_only_who_may_assigns(office: Office) -> None:
    ids = some(office, 1)
    with pytest.raises(RefusedMoveError, match="is no carrier"):
        assign_carrier(
            office.land_lead,
            kind=ListKind.ENTERPRISES,
            ids=ids,
            carrier_id=office.consultant.actor.organisation_id,
        )
    with pytest.raises(RefusedMoveError, match="role"):
        assign_carrier(office.reader, kind=ListKind.ENTERPRISES, ids=ids, carrier_id=None)
    with pytest.raises(RecordNotFoundError):
        assign_carrier(office.land_lead, kind=ListKind.ENTERPRISES, ids=ids, carrier_id="gone")


def test_cases_are_opened_for_all_but_those_that_have_one(office: Office) -> None:
    ids = some(office)
    busy = open_case(office.land_lead, enterprise_id=ids[1], parcel_id=None)
    done = open_cases(office.land_lead, kind=ListKind.ENTERPRISES, ids=ids)
    assert [case.enterprise_id for case in done.opened] == [ids[0], ids[2], ids[3]]
    assert [(one.id, one.name) for one in done.refused] == [(ids[1], "示例1号厂")]
    assert busy.case_no in str(done.refused[0].reason)
    numbers = [case.case_no for case in done.opened]
    assert len(set(numbers)) == 3
    assert office.workspace.cases.count() == 4


def test_a_parcels_case_is_its_holders(office: Office) -> None:
    lone = add_parcel(office.land_lead, name="无主地块")
    done = open_cases(office.land_lead, kind=ListKind.PARCELS, ids=[office.parcel.id, lone.id])
    assert [case.enterprise_id for case in done.opened] == [office.enterprise.id, None]
    again = open_cases(office.land_lead, kind=ListKind.PARCELS, ids=[lone.id])
    assert [one.name for one in again.refused] == ["无主地块"]


def test_stopped_half_way_no_case_is_opened_and_no_number_used(office: Office) -> None:
    ids = some(office)
    code, year = office.carrier.pack().numbering.case_code, office.clock.today().year

    def stop(done: int, total: int) -> None:
        if done == 3:
            raise LookupError

    with pytest.raises(LookupError):
        open_cases(office.land_lead, kind=ListKind.ENTERPRISES, ids=ids, told=stop)
    assert office.workspace.cases.count() == 0
    assert office.workspace.next_number(code, year) == 1


def test_a_reader_opens_none(office: Office) -> None:
    with pytest.raises(RefusedMoveError, match="role"):
        open_cases(office.reader, kind=ListKind.ENTERPRISES, ids=some(office, 1))

"""Duplicates of one enterprise and of the whole register, and telling two apart."""

import pytest

from landsteward.app.duplicates import duplicates_of, find_duplicates, tell_apart
from landsteward.app.merging import merge_enterprises
from landsteward.app.register import add_enterprise
from landsteward.domain.duplicates import Likeness
from landsteward.domain.errors import KnownError
from landsteward.domain.register import Enterprise, EnterpriseKind
from tests.helpers.office import Office


@pytest.fixture
def pair(office: Office) -> tuple[Enterprise, Enterprise]:
    """One enterprise written in two ways; a person of the same name is none of them."""
    ctx = office.carrier
    first = add_enterprise(
        ctx, name="亳州市双写药业有限公司", phone="1", district="谯城区", contact="王"
    )
    second = add_enterprise(ctx, name="双写药业（亳州）有限责任公司", phone="2", district="谯城区")
    add_enterprise(ctx, name="双写药业", kind=EnterpriseKind.PERSON)
    return first, second


def test_pairs_say_by_what_they_are_alike_and_what_agrees(
    office: Office, pair: tuple[Enterprise, Enterprise]
) -> None:
    heard: list[tuple[int, int]] = []
    found = find_duplicates(office.reader, told=lambda done, total: heard.append((done, total)))
    assert found.total == len(found.pairs) == 1
    (one,) = found.pairs
    assert (one.first, one.second) == pair
    assert one.by == (Likeness.NAME,)
    assert (one.agrees, one.differs) == (("district",), ("phone",))
    assert heard


def test_each_of_them_knows_the_other(office: Office, pair: tuple[Enterprise, Enterprise]) -> None:
    first, second = pair
    assert duplicates_of(office.reader, enterprise_id=first.id) == (second,)
    assert duplicates_of(office.reader, enterprise_id=second.id) == (first,)
    assert duplicates_of(office.reader, enterprise_id=office.enterprise.id) == ()


def test_two_that_were_told_apart_are_not_proposed_again(
    office: Office, pair: tuple[Enterprise, Enterprise]
) -> None:
    first, second = pair
    with pytest.raises(KnownError):
        tell_apart(office.reader, first_id=first.id, second_id=second.id)
    tell_apart(office.carrier, first_id=second.id, second_id=first.id)
    assert find_duplicates(office.reader).total == 0
    assert duplicates_of(office.reader, enterprise_id=first.id) == ()
    assert duplicates_of(office.reader, enterprise_id=second.id) == ()


def test_merged_ones_are_no_pair_any_more(
    office: Office, pair: tuple[Enterprise, Enterprise]
) -> None:
    first, second = pair
    tell_apart(office.carrier, first_id=second.id, second_id=office.enterprise.id)
    merge_enterprises(office.carrier, stays_id=first.id, goes_id=second.id)
    assert find_duplicates(office.reader).total == 0
    (mark,) = office.workspace.not_the_same.where()
    assert (mark.first_id, mark.second_id) == (first.id, office.enterprise.id)

"""Duplicates of one enterprise and of the whole register, and telling two apart."""

import pytest

from landsteward.app.duplicates import duplicates_of, find_duplicates, tell_apart
from landsteward.app.merging import merge_enterprises
from landsteward.app.register import add_enterprise
from landsteward.domain.duplicates import Likeness
from landsteward.domain.errors import KnownError
from landsteward.domain.register import Enterprise
from landsteward.domain.states import EnterpriseKind
from tests.helpers.office import Office
from tests.helpers.roster_desk import code


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


class TestOneSlip:
    @pytest.fixture
    def slipped(self, office: Office) -> tuple[Enterprise, Enterprise]:
        ctx = office.carrier
        first = add_enterprise(ctx, name="亳州市示例药业有限公司")
        return first, add_enterprise(ctx, name="示列药业（亳州）有限公司", uscc=code(1))

    def test_names_one_sign_apart_are_proposed_after_all_others(
        self,
        office: Office,
        slipped: tuple[Enterprise, Enterprise],
        pair: tuple[Enterprise, Enterprise],
    ) -> None:
        found = find_duplicates(office.reader)
        assert [(one.first, one.second) for one in found.pairs] == [pair, slipped]
        assert found.pairs[1].by == (Likeness.SPELLING,)

    def test_each_of_them_knows_the_other(
        self, office: Office, slipped: tuple[Enterprise, Enterprise]
    ) -> None:
        first, second = slipped
        assert duplicates_of(office.reader, enterprise_id=first.id) == (second,)
        assert duplicates_of(office.reader, enterprise_id=second.id) == (first,)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("双写药业一厂", "双写药业二厂"),
            ("双写药业1号公司", "双写药业2号公司"),
            ("城东双写公司", "城西双写公司"),
        ],
    )
    def test_another_number_or_direction_is_another_enterprise(
        self, office: Office, one: str, other: str
    ) -> None:
        made = [add_enterprise(office.carrier, name=name) for name in (one, other)]
        assert find_duplicates(office.reader).total == 0
        assert duplicates_of(office.reader, enterprise_id=made[0].id) == ()

    def test_codes_of_two_organisations_are_two_enterprises(self, office: Office) -> None:
        for name, number in (("示例药业", 1), ("示列药业", 2)):
            add_enterprise(office.carrier, name=name, uscc=code(number))
        assert find_duplicates(office.reader).total == 0

    def test_where_many_differ_by_one_sign_none_is_proposed(self, office: Office) -> None:
        made = [add_enterprise(office.carrier, name=f"宏{one}药业") for one in "达源远图伟昌"]
        assert find_duplicates(office.reader).total == 0
        assert duplicates_of(office.reader, enterprise_id=made[0].id) == ()

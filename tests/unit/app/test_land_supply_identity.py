"""Which supply, holder and parcel on record a row of an import speaks of."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from landsteward.app.language import Language, current_language, render, use_language
from landsteward.app.people import add_organisation
from landsteward.app.register import add_parcel, record_supply
from landsteward.domain.states import EnterpriseKind, OrganisationKind
from tests.helpers.office import Office
from tests.helpers.sheets import supply, write_text
from tests.helpers.supply_desk import SupplyDesk, outcomes


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = current_language()
    use_language(Language.ENGLISH)
    yield
    use_language(before)


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> SupplyDesk:
    return SupplyDesk(office.land_inspector, tmp_path)


def supplies_on_record(desk: SupplyDesk) -> tuple[int, int]:
    space = desk.ctx.workspace
    return space.supply_contracts.count(), space.parcels.count()


@pytest.mark.parametrize(
    "first",
    [
        {"电子监管号": ""},
        {"电子监管号": "", "土地使用权人": ""},
        {"土地使用权人": ""},
    ],
)
def test_what_was_unknown_at_first_is_filled_in(desk: SupplyDesk, first: dict[str, str]) -> None:
    early = write_text(desk.sheet().with_name("early.txt"), [supply(1, **first)])
    desk.take(early)
    (before,) = (one for one in desk.everything()["contracts"] if one.batch_id)
    count = supplies_on_record(desk)
    late = desk.sheet(supply(1), supply(2))
    result = desk.take(late)
    assert outcomes(result) == ["updated", "created"]
    if "电子监管号" in first:
        assert {"filled in" in str(note.reason) for note in result.warnings} == {True}
        assert {note.column for note in result.warnings} == set(first)
    assert supplies_on_record(desk) == (count[0] + 1, count[1] + 1)
    space = desk.ctx.workspace
    contract = space.supply_contracts.get(before.id)
    assert contract.identity == contract.electronic_no == "3499992021B00001"
    assert space.parcels.get(contract.parcel_id).electronic_no == "3499992021B00001"
    assert space.enterprises.get(contract.holder_id or "").name == "虚构食品有限公司"
    assert space.occupancies.count(parcel_id=contract.parcel_id) == 1
    after = desk.everything()
    assert outcomes(desk.take(early)) == ["unchanged"]
    assert outcomes(desk.take(late)) == ["unchanged", "unchanged"]
    assert desk.everything() == after
    # Another file that does not know the number either speaks of the same supply.
    again = desk.run(supply(1, **first, 实际开工时间="2021/12/1"))
    assert outcomes(again) == ["updated"]
    assert supplies_on_record(desk) == (count[0] + 1, count[1] + 1)


def test_a_holder_that_comes_later_without_a_number(desk: SupplyDesk) -> None:
    early = write_text(desk.sheet().with_name("e.txt"), [supply(1, 电子监管号="", 土地使用权人="")])
    desk.take(early)
    count = supplies_on_record(desk)
    late = desk.sheet(supply(1, 电子监管号=""))
    result = desk.take(late)
    assert outcomes(result) == ["updated"]
    assert ["holder unknown" in str(note.reason) for note in result.warnings] == [True]
    assert outcomes(desk.take(early)) == outcomes(desk.take(late)) == ["unchanged"]
    assert outcomes(desk.run(supply(1))) == ["updated"]
    assert supplies_on_record(desk) == count


def test_where_several_supplies_may_be_meant_none_is_guessed(desk: SupplyDesk) -> None:
    same = {"项目位置": "示例县开发区1号路"}
    desk.run(supply(1), supply(2, **same))
    count = supplies_on_record(desk)
    path = desk.sheet(supply(1, 电子监管号=""))
    result = desk.take(path)
    assert outcomes(result) == ["created"]
    assert ["More than one" in str(note.reason) for note in result.warnings] == [True]
    assert supplies_on_record(desk) == (count[0] + 1, count[1] + 1)
    assert outcomes(desk.take(path)) == ["unchanged"]
    # Two numbers for one supply without any: neither of them is preferred.
    desk.run(supply(5, 电子监管号=""))
    place = {"项目位置": "示例县开发区5号路"}
    path = desk.sheet(supply(5), supply(6, **place))
    result = desk.take(path)
    assert outcomes(result) == ["created", "created"]
    assert ["More than one" in str(note.reason) for note in result.warnings] == [True, True]
    assert outcomes(desk.take(path)) == ["unchanged", "unchanged"]


def test_organisations_are_one_by_name_and_persons_within_their_district(desk: SupplyDesk) -> None:
    desk.run(
        supply(1, 土地使用权人="虚构（示例）有限公司"),
        supply(2, 土地使用权人="虚构(示例) 有限公司", 行政区="另一县"),
        supply(3, 土地使用权人="王样本"),
        supply(4, 土地使用权人="王样本", 行政区="另一县"),
        supply(5, 土地使用权人="王样本"),
    )
    space = desk.ctx.workspace
    assert space.enterprises.count(name_key="虚构(示例)有限公司") == 1
    persons = space.enterprises.where(name="王样本")
    assert [one.district for one in persons] == ["示例县", "另一县"]
    assert {one.kind for one in persons} == {EnterpriseKind.PERSON}


def test_holders_that_are_not_named_are_never_taken_for_one_another(desk: SupplyDesk) -> None:
    rows = [
        supply(1, 土地使用权人="个人"),
        supply(2, 土地使用权人="个人"),
        supply(3, 土地使用权人="anonymous", 电子监管号=""),
        supply(4, 土地使用权人="anonymous", 电子监管号=""),
        supply(5, 土地使用权人="自然人", 电子监管号="", 项目位置=""),
    ]
    space = desk.ctx.workspace
    result = desk.run(*rows)
    assert outcomes(result) == ["created"] * 4 + ["rejected"]
    said = [note for note in result.warnings if "names nobody" in str(note.reason)]
    assert [(note.row, note.value) for note in said] == [
        (2, "个人"),
        (3, "个人"),
        (4, "anonymous"),
        (5, "anonymous"),
    ]
    before = {one.id for one in space.supply_contracts.where(batch_id=None)}
    holders = {one.holder_id for one in space.supply_contracts.where() if one.id not in before}
    assert len(holders) == 4
    assert {space.enterprises.get(one or "").kind for one in holders} == {EnterpriseKind.PERSON}
    # Another file of the same supplies finds each by its own identity, and makes no more of them.
    again = desk.run(*rows, supply(6, 土地使用权人="个人"))
    assert outcomes(again) == ["unchanged"] * 4 + ["rejected", "created"]
    fresh = [one for one in space.supply_contracts.where() if one.id not in before]
    assert len({one.holder_id for one in fresh}) == len(fresh) == 5
    # Whoever is on record by name stays so where a file names nobody.
    desk.run(supply(1, 土地使用权人="王样本"))
    assert outcomes(desk.run(supply(1, 土地使用权人="个人"))) == ["unchanged"]
    named = space.supply_contracts.first(identity="3499992021B00001")
    assert named is not None
    assert space.enterprises.get(named.holder_id or "").name == "王样本"


def test_a_known_enterprise_parcel_and_carrier_are_used(desk: SupplyDesk, office: Office) -> None:
    carrier = add_organisation(
        office.administrator, kind=OrganisationKind.CARRIER, name="示例县", department=None
    )
    parcel = add_parcel(
        office.administrator, name="老地块", electronic_no="3499992021B00001", note="手工录入"
    )
    desk.run(supply(1, 土地使用权人="示例机械制造有限公司"), supply(2))
    space = desk.ctx.workspace
    contract = space.supply_contracts.first(identity="3499992021B00001")
    assert contract is not None
    assert contract.holder_id == office.enterprise.id
    assert contract.parcel_id == parcel.id
    known = space.parcels.get(parcel.id)
    assert (known.name, known.note, known.area_m2) == ("老地块", "手工录入", Decimal(25000))
    fresh = space.parcels.first(electronic_no="3499992021B00002")
    assert fresh is not None
    assert fresh.carrier_id == carrier.id


def test_rows_of_one_supply_fill_each_other_or_are_refused(desk: SupplyDesk) -> None:
    result = desk.run(
        supply(1, 土地使用权人="", 成交价格=""),
        supply(1),
        supply(1),
        supply(1, 面积="9"),
    )
    assert outcomes(result) == ["created", "updated", "unchanged", "rejected"]
    (note,) = result.refused
    assert (note.row, note.column, note.value) == (5, "面积(公顷)", "9")
    assert "Row 2" in str(note.reason)
    contract = desk.ctx.workspace.supply_contracts.first(identity="3499992021B00001")
    assert contract is not None
    assert contract.price_wan == Decimal(600)
    assert contract.area_m2 == Decimal(25000)
    assert desk.ctx.workspace.occupancies.count(parcel_id=contract.parcel_id) == 1


def test_a_holder_that_comes_later_and_one_that_changes(desk: SupplyDesk) -> None:
    space = desk.ctx.workspace
    desk.run(supply(1, 土地使用权人=""))
    contract = space.supply_contracts.first(identity="3499992021B00001")
    assert contract is not None
    assert contract.holder_id is None
    assert space.occupancies.where(parcel_id=contract.parcel_id) == []
    desk.run(supply(1, 土地使用权人="甲虚构公司"))
    result = desk.run(supply(1, 土地使用权人="乙虚构公司"))
    assert outcomes(result) == ["updated"]
    assert [note.column for note in result.warnings] == ["土地使用权人"]
    (owner,) = space.occupancies.where(parcel_id=contract.parcel_id)
    assert space.enterprises.get(owner.enterprise_id).name == "乙虚构公司"


OF_ONE = [
    pytest.param({}, {"电子监管号": ""}, id="without its number below"),
    pytest.param({"电子监管号": ""}, {}, id="without its number above"),
    pytest.param({}, {"电子监管号": "", "土地使用权人": ""}, id="with neither number nor holder"),
]


@pytest.mark.parametrize(("one", "other"), OF_ONE)
def test_rows_with_and_without_number_of_one_file_are_one_supply(
    desk: SupplyDesk, one: dict[str, str], other: dict[str, str]
) -> None:
    count = supplies_on_record(desk)
    path = desk.sheet(supply(1, **one), supply(1, **other, 实际开工时间="2021/12/1"), supply(2))
    assert outcomes(desk.take(path)) == ["created", "updated", "created"]
    assert supplies_on_record(desk) == (count[0] + 2, count[1] + 2)
    contract = desk.ctx.workspace.supply_contracts.first(identity="3499992021B00001")
    assert contract is not None
    assert contract.actual_start_on == date(2021, 12, 1)
    before = desk.everything()
    assert outcomes(desk.take(path)) == ["unchanged"] * 3
    assert desk.everything() == before


def test_a_row_without_number_that_fits_two_of_its_file_is_neither(desk: SupplyDesk) -> None:
    place = {"项目位置": "示例县开发区1号路"}
    result = desk.run(supply(1), supply(2, **place), supply(3, 电子监管号="", **place))
    assert outcomes(result) == ["created"] * 3
    assert ["More than one" in str(note.reason) for note in result.warnings] == [True]


@pytest.mark.parametrize(
    "moved",
    [
        {"项目位置": "示例县开发区9号路"},
        {"面积": "9"},
        {"合同签订日期": "2021-05-04"},
        {"土地使用权人": "改名虚构公司"},
    ],
)
def test_an_older_list_still_finds_what_was_corrected_since(
    desk: SupplyDesk, moved: dict[str, str]
) -> None:
    desk.run(supply(1, 电子监管号=""))
    desk.run(supply(1))
    count = supplies_on_record(desk)
    desk.run(supply(1, **moved))
    # The older list once more, with one row more than before: it is another file.
    result = desk.run(supply(1, 电子监管号=""), supply(2))
    assert outcomes(result) == ["updated", "created"]
    assert supplies_on_record(desk) == (count[0] + 1, count[1] + 1)
    assert any("On record until now" in render(note.reason) for note in result.warnings)


def test_what_a_supply_was_described_as_is_another_ones_once_it_has_another_number(
    desk: SupplyDesk,
) -> None:
    desk.run(supply(1, 电子监管号=""))
    desk.run(supply(1))
    desk.run(supply(1, 项目位置="示例县开发区9号路"))
    count = supplies_on_record(desk)
    # Another supply at the place, of the day and the size that the first was described with.
    assert outcomes(desk.run(supply(2, 项目位置="示例县开发区1号路"))) == ["created"]
    assert supplies_on_record(desk) == (count[0] + 1, count[1] + 1)


def test_of_several_supplies_on_one_parcel_the_first_of_the_file_says_what_it_is(
    desk: SupplyDesk,
) -> None:
    desk.run(supply(1))
    space = desk.ctx.workspace
    first = space.supply_contracts.first(identity="3499992021B00001")
    assert first is not None
    record_supply(
        desk.ctx,
        parcel_id=first.parcel_id,
        holder_id=first.holder_id,
        electronic_no="3499992021B00002",
        signed_on=date(2021, 3, 15),
        area_m2=Decimal(25000),
    )
    before = space.parcels.get(first.parcel_id)
    # Nothing is new of the first; the second lies elsewhere by its row.
    desk.run(supply(1), supply(2, 面积="3"))
    assert space.parcels.get(first.parcel_id) == before
    second = space.supply_contracts.first(identity="3499992021B00002")
    assert second is not None
    assert second.area_m2 == Decimal(30000)


def test_the_same_file_again_brings_nothing_back_that_was_taken_out(desk: SupplyDesk) -> None:
    path = desk.sheet(supply(1), supply(2))
    desk.take(path)
    space = desk.ctx.workspace
    gone = space.supply_contracts.first(identity="3499992021B00001")
    assert gone is not None
    with desk.ctx.change():
        space.supply_contracts.retire(gone.id)
    before = desk.everything()
    assert outcomes(desk.take(path)) == ["unchanged", "unchanged"]
    assert desk.everything() == before

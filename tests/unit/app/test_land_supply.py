"""Imports of land supply: what comes into the register, and that nothing else does."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landsteward.app.context import Context
from landsteward.app.land_supply import (
    ImportResult,
    import_land_supply,
    plan_land_supply_import,
    refused_rows,
    write_refused_rows,
)
from landsteward.app.land_supply_plan import Outcome
from landsteward.app.language import Language, current_language, render, use_language
from landsteward.app.people import add_organisation
from landsteward.app.register import add_parcel, edit_parcel, edit_supply
from landsteward.domain.errors import InputFileError, RefusedMoveError
from landsteward.domain.organisations import OrganisationKind
from landsteward.domain.register import EnterpriseKind, Tenure
from landsteward.tabular.land_supply import LandSupplySheets
from landsteward.tabular.writing import RefusedRows
from tests.helpers.office import Office, open_office
from tests.helpers.sheets import HEADER, supply, write_text, write_xlsx


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = current_language()
    use_language(Language.ENGLISH)
    yield
    use_language(before)


class Desk:
    """Somebody who imports sheets made on the spot."""

    def __init__(self, ctx: Context, folder: Path) -> None:
        self.ctx = ctx
        self._folder = folder

    def sheet(self, *rows: list[object]) -> Path:
        return write_xlsx(self._folder / "month.xlsx", rows)

    def run(self, *rows: list[object]) -> ImportResult:
        return self.take(self.sheet(*rows))

    def take(self, path: Path) -> ImportResult:
        return import_land_supply(self.ctx, path=path, reader=LandSupplySheets())

    def everything(self) -> dict[str, list[Any]]:
        """All records an import could touch."""
        space = self.ctx.workspace
        return {
            "enterprises": space.enterprises.where(),
            "parcels": space.parcels.where(),
            "contracts": space.supply_contracts.where(),
            "occupancies": space.occupancies.where(),
            "batches": space.import_batches.where(),
            "rejects": space.import_rejects.where(),
        }


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Desk:
    return Desk(office.land_inspector, tmp_path)


def outcomes(result: ImportResult) -> list[str]:
    return [row.outcome.value for row in result.outcomes]


def test_a_supply_becomes_enterprise_parcel_contract_and_owner(desk: Desk) -> None:
    result = desk.run(supply(1))
    space = desk.ctx.workspace
    contract = space.supply_contracts.first(identity="3499992021B00001")
    assert contract is not None
    assert result.batch is not None
    assert contract.batch_id == result.batch.id
    assert contract.area_m2 == Decimal(25000)
    assert contract.price_wan == Decimal(600)
    assert contract.agreed_start_on == date(2021, 11, 1)
    assert contract.actual_start_on is None
    parcel = space.parcels.get(contract.parcel_id)
    assert (parcel.location, parcel.land_use) == ("示例县开发区1号路", "工业用地")
    assert parcel.electronic_no == "3499992021B00001"
    holder = space.enterprises.get(contract.holder_id or "")
    assert (holder.name, holder.kind) == ("虚构食品有限公司", EnterpriseKind.ORGANISATION)
    (owner,) = space.occupancies.where(parcel_id=parcel.id)
    assert (owner.enterprise_id, owner.tenure) == (holder.id, Tenure.OWNER)
    assert (owner.area_m2, owner.from_on) == (Decimal(25000), date(2021, 3, 15))


def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    rows = [
        supply(1),
        supply(2, 电子监管号=""),
        supply(3, 土地使用权人="王样本"),
        supply(4, 土地使用权人="Nah"),
        supply(5, 面积="很大"),
        supply(1, 土地级别="五级"),
    ]
    path = desk.sheet(*rows)
    first = desk.take(path)
    assert outcomes(first) == ["created"] * 4 + ["rejected"] * 2
    before = desk.everything()
    second = desk.take(path)
    assert outcomes(second) == ["unchanged"] * 4 + ["rejected"] * 2
    assert second.batch is None
    assert desk.everything() == before
    # The same content in another form is another file, but changes no more of the register.
    third = desk.take(write_text(path.with_name("month.txt"), rows))
    assert outcomes(third) == outcomes(second)
    after = desk.everything()
    for kind in ("enterprises", "parcels", "contracts", "occupancies"):
        assert after[kind] == before[kind]


def test_the_same_file_again_leaves_what_was_corrected_by_hand(desk: Desk) -> None:
    path = desk.sheet(supply(1), supply(2))
    desk.take(path)
    space = desk.ctx.workspace
    wrong = space.supply_contracts.first(identity="3499992021B00001")
    assert wrong is not None
    corrected = edit_supply(desk.ctx, contract_id=wrong.id, agreed_start_on=date(2022, 5, 5))
    edit_parcel(desk.ctx, parcel_id=wrong.parcel_id, location="示例县开发区1号路西侧")
    before = desk.everything()
    preview = plan_land_supply_import(desk.ctx, path=path, reader=LandSupplySheets())
    assert outcomes(preview) == outcomes(desk.take(path)) == ["unchanged", "unchanged"]
    assert space.supply_contracts.get(wrong.id) == corrected
    assert desk.everything() == before


def test_a_preview_says_the_same_and_writes_nothing(desk: Desk) -> None:
    path = desk.sheet(supply(1), supply(2, 合同签订日期="某日"))
    before = desk.everything()
    preview = plan_land_supply_import(desk.ctx, path=path, reader=LandSupplySheets())
    assert desk.everything() == before
    done = desk.take(path)
    assert preview.as_json() == done.as_json()


def test_the_json_document_has_exactly_the_agreed_shape(desk: Desk) -> None:
    document = desk.run(
        supply(1), supply(2, 面积="很大", 成交价格="面议"), supply(3, 土地使用权人="")
    ).as_json()
    assert document == {
        "rows": 3,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "rejected": [
            {"row": 3, "column": "面积(公顷)", "value": "很大", "reason": "Not a number."},
            {"row": 3, "column": "成交价格(万元)", "value": "面议", "reason": "Not a number."},
        ],
        "warnings": [
            {
                "row": 4,
                "column": "土地使用权人",
                "value": "",
                "reason": "No holder is named: the parcel is kept with its holder unknown.",
            }
        ],
    }


def test_changed_values_update_and_blanks_erase_nothing(desk: Desk) -> None:
    desk.run(supply(1))
    result = desk.run(supply(1, 实际开工时间="2021/12/1", 成交价格="", 土地使用权人="", 面积="3"))
    assert outcomes(result) == ["updated"]
    assert not [note for note in result.warnings if note.column == "土地使用权人"]
    contract = desk.ctx.workspace.supply_contracts.first(identity="3499992021B00001")
    assert contract is not None
    assert contract.actual_start_on == date(2021, 12, 1)
    assert contract.price_wan == Decimal(600)
    assert contract.holder_id is not None
    assert contract.area_m2 == Decimal(30000)
    assert desk.ctx.workspace.parcels.get(contract.parcel_id).area_m2 == Decimal(30000)
    (owner,) = desk.ctx.workspace.occupancies.where(parcel_id=contract.parcel_id)
    assert owner.area_m2 == Decimal(30000)


def supplies_on_record(desk: Desk) -> tuple[int, int]:
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
def test_what_was_unknown_at_first_is_filled_in(desk: Desk, first: dict[str, str]) -> None:
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


def test_a_holder_that_comes_later_without_a_number(desk: Desk) -> None:
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


def test_where_several_supplies_may_be_meant_none_is_guessed(desk: Desk) -> None:
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


def test_every_value_that_is_overwritten_is_named(desk: Desk) -> None:
    desk.run(supply(1), supply(2))
    path = desk.sheet(
        supply(
            1,
            面积="3",
            土地用途="仓储用地",
            土地使用权人="乙虚构公司",
            约定开工时间="2022/1/1",
            实际开工时间="2021/12/1",
            成交价格="",
        ),
        supply(2),
    )
    preview = plan_land_supply_import(desk.ctx, path=path, reader=LandSupplySheets())
    result = desk.take(path)
    assert preview.as_json() == result.as_json()
    assert outcomes(result) == ["updated", "unchanged"]
    said = {(note.row, note.column, note.value, render(note.reason)) for note in result.warnings}
    assert len(result.warnings) == len(said)
    assert said == {
        (2, "面积(公顷)", "3", "On record until now: 25000 m². It becomes: 30000 m²."),
        (2, "土地用途", "仓储用地", "On record until now: 工业用地. It becomes: 仓储用地."),
        (
            2,
            "土地使用权人",
            "乙虚构公司",
            "On record until now: 虚构食品有限公司. It becomes: 乙虚构公司.",
        ),
        (2, "约定开工时间", "2022/1/1", "On record until now: 2021-11-01. It becomes: 2022-01-01."),
    }
    assert desk.take(path).warnings == ()


def test_a_holder_that_comes_later_and_one_that_changes(desk: Desk) -> None:
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


def test_organisations_are_one_by_name_and_persons_within_their_district(desk: Desk) -> None:
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


def test_holders_that_are_not_named_are_never_taken_for_one_another(desk: Desk) -> None:
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


def test_a_known_enterprise_parcel_and_carrier_are_used(desk: Desk, office: Office) -> None:
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


def test_rows_of_one_supply_fill_each_other_or_are_refused(desk: Desk) -> None:
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


def test_further_payments_go_with_the_row_above(desk: Desk, tmp_path: Path) -> None:
    header = [*HEADER, "支付期号", "约定支付金额(万元)"]
    blank: list[object] = [""] * len(HEADER)
    rows = [
        [*supply(1), "1", "300"],
        [*blank, "2", "300"],
        [*supply(2, 面积="很大"), "1", "600"],
        [*blank, "2", "1"],
    ]
    path = write_xlsx(tmp_path / "payments.xlsx", rows, header=header)
    result = desk.take(path)
    assert outcomes(result) == ["created", "unchanged", "rejected", "rejected"]


def test_a_row_that_says_too_little_is_refused(desk: Desk) -> None:
    result = desk.run(supply(1, 电子监管号="", 项目位置="", 土地使用权人=""), supply(2))
    assert outcomes(result) == ["rejected", "created"]
    assert result.refused[0].column == "电子监管号"


def test_refused_rows_are_kept_written_out_mended_and_imported(desk: Desk, tmp_path: Path) -> None:
    result = desk.run(supply(1, 面积="很大", 合同签订日期="某日"), supply(2))
    assert result.batch is not None
    assert (result.batch.rejected, result.batch.created) == (1, 1)
    kept = refused_rows(desk.ctx, batch_id=result.batch.id)
    assert {(one.row, one.column, one.value) for one in kept} == {
        (2, "面积(公顷)", "很大"),
        (2, "合同签订日期", "某日"),
    }
    assert dict(kept[0].cells)["项目位置"] == "示例县开发区1号路"
    target = tmp_path / "refused.xlsx"
    count = write_refused_rows(
        desk.ctx, batch_id=result.batch.id, path=target, writer=RefusedRows()
    )
    assert count == 1
    again = desk.take(target)
    assert outcomes(again) == ["rejected"]


class Stopped(Exception):
    """Somebody pressed the button."""


@pytest.mark.parametrize("stop_at", [0, 1, 2, 3, 5])
def test_a_stopped_import_leaves_nothing(desk: Desk, stop_at: int) -> None:
    path = desk.sheet(*(supply(number) for number in range(1, 601)))
    before = desk.everything()
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) > stop_at:
            raise Stopped

    with pytest.raises(Stopped):
        import_land_supply(desk.ctx, path=path, reader=LandSupplySheets(), progress=progress)
    assert desk.everything() == before
    assert all(0 <= done <= total for done, total in told)


def test_a_bad_file_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "page.xls"
    path.write_text("<html><table>", encoding="utf-8")
    before = desk.everything()
    with pytest.raises(InputFileError):
        desk.take(path)
    assert desk.everything() == before


def test_who_may_not_import_is_refused(desk: Desk, office: Office) -> None:
    path = desk.sheet(supply(1))
    for person in (office.reader, office.consultant):
        with pytest.raises(RefusedMoveError):
            import_land_supply(person, path=path, reader=LandSupplySheets())


rows_of_supplies = st.lists(
    st.builds(
        supply,
        st.integers(1, 4),
        面积=st.sampled_from(["2.5", "3", "", "很大"]),
        土地使用权人=st.sampled_from(["甲虚构公司", "王样本", "", "Nah"]),
        电子监管号=st.sampled_from(["3499992021B00001", "3499992021B00002", ""]),
        实际开工时间=st.sampled_from(["", "2021/12/1", "某日"]),
    ),
    min_size=1,
    max_size=8,
)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=rows_of_supplies)
def test_whatever_the_rows_each_ends_as_one_thing_and_twice_is_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    office = open_office(folder)
    try:
        desk = Desk(office.land_inspector, folder)
        path = desk.sheet(*rows)
        first = desk.take(path)
        document = first.as_json()
        counted = document["created"] + document["updated"] + document["unchanged"]
        assert document["rows"] == len(rows)
        assert document["rows"] == counted + len({one["row"] for one in document["rejected"]})
        assert [row.row for row in first.outcomes] == list(range(2, len(rows) + 2))
        before = desk.everything()
        second = desk.take(path)
        assert not {Outcome.CREATED, Outcome.UPDATED} & {row.outcome for row in second.outcomes}
        assert desk.everything() == before
    finally:
        office.workspace.close()


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(months=st.lists(rows_of_supplies, min_size=2, max_size=3))
def test_each_of_several_files_at_once_again_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, months: list[list[list[object]]]
) -> None:
    folder = tmp_path_factory.mktemp("months")
    office = open_office(folder)
    try:
        desk = Desk(office.land_inspector, folder)
        paths = [
            write_text(folder / f"{number}.txt", [supply(9 + number), *rows])
            for number, rows in enumerate(months)
        ]
        for path in paths:
            desk.take(path)
            before = desk.everything()
            again = desk.take(path)
            assert not {Outcome.CREATED, Outcome.UPDATED} & {row.outcome for row in again.outcomes}
            assert desk.everything() == before
    finally:
        office.workspace.close()

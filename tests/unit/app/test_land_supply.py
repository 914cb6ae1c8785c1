"""Imports of land supply: what comes into the register, and that nothing else does."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from landsteward.app.importing import refused_rows, write_refused_rows
from landsteward.app.language import Language, current_language, render, use_language
from landsteward.app.register import edit_parcel, edit_supply
from landsteward.domain.errors import InputFileError, RefusedMoveError
from landsteward.domain.states import EnterpriseKind, Tenure
from landsteward.tabular.writing import RefusedRows
from tests.helpers.office import Office
from tests.helpers.sheets import HEADER, supply, write_text, write_xlsx
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


def test_a_supply_becomes_enterprise_parcel_contract_and_owner(desk: SupplyDesk) -> None:
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


def test_the_same_file_twice_changes_nothing(desk: SupplyDesk) -> None:
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


def test_the_same_file_again_leaves_what_was_corrected_by_hand(desk: SupplyDesk) -> None:
    path = desk.sheet(supply(1), supply(2))
    desk.take(path)
    space = desk.ctx.workspace
    wrong = space.supply_contracts.first(identity="3499992021B00001")
    assert wrong is not None
    corrected = edit_supply(desk.ctx, contract_id=wrong.id, agreed_start_on=date(2022, 5, 5))
    edit_parcel(desk.ctx, parcel_id=wrong.parcel_id, location="示例县开发区1号路西侧")
    before = desk.everything()
    preview = desk.plan(path)
    assert outcomes(preview) == outcomes(desk.take(path)) == ["unchanged", "unchanged"]
    assert space.supply_contracts.get(wrong.id) == corrected
    assert desk.everything() == before


def test_a_preview_says_the_same_and_writes_nothing(desk: SupplyDesk) -> None:
    path = desk.sheet(supply(1), supply(2, 合同签订日期="某日"))
    before = desk.everything()
    preview = desk.plan(path)
    assert desk.everything() == before
    done = desk.take(path)
    assert preview.as_json() == done.as_json()


def test_the_json_document_has_exactly_the_agreed_shape(desk: SupplyDesk) -> None:
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


def test_changed_values_update_and_blanks_erase_nothing(desk: SupplyDesk) -> None:
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


def test_every_value_that_is_overwritten_is_named(desk: SupplyDesk) -> None:
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
    preview = desk.plan(path)
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


def test_further_payments_go_with_the_row_above(desk: SupplyDesk, tmp_path: Path) -> None:
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


def test_a_row_that_says_too_little_is_refused(desk: SupplyDesk) -> None:
    result = desk.run(supply(1, 电子监管号="", 项目位置="", 土地使用权人=""), supply(2))
    assert outcomes(result) == ["rejected", "created"]
    assert result.refused[0].column == "电子监管号"


def test_refused_rows_are_kept_written_out_mended_and_imported(
    desk: SupplyDesk, tmp_path: Path
) -> None:
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
def test_a_stopped_import_leaves_nothing(desk: SupplyDesk, stop_at: int) -> None:
    path = desk.sheet(*(supply(number) for number in range(1, 601)))
    before = desk.everything()
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) > stop_at:
            raise Stopped

    with pytest.raises(Stopped):
        desk.take(path, progress=progress)
    assert desk.everything() == before
    assert all(0 <= done <= total for done, total in told)


def test_a_bad_file_changes_nothing(desk: SupplyDesk, tmp_path: Path) -> None:
    path = tmp_path / "page.xls"
    path.write_text("<html><table>", encoding="utf-8")
    before = desk.everything()
    with pytest.raises(InputFileError):
        desk.take(path)
    assert desk.everything() == before


def test_who_may_not_import_is_refused(desk: SupplyDesk, office: Office, tmp_path: Path) -> None:
    path = desk.sheet(supply(1))
    for person in (office.reader, office.consultant):
        with pytest.raises(RefusedMoveError):
            SupplyDesk(person, tmp_path).take(path)

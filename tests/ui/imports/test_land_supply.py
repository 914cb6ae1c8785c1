"""Land supplies go the same way as every other sheet."""

from pathlib import Path

from landsteward.app.register import edit_supply
from landsteward.app.rosters_table import RosterKind
from tests.helpers.sheets import supply, write_text, write_xlsx
from tests.helpers.windows import Driver
from tests.helpers.wizard import Wizard, asked, imported
from ui.pages.screening.page import ScreeningPage


def test_supplies_are_recognised_previewed_and_lead_to_the_screening(
    office_window: Driver, tmp_path: Path
) -> None:
    rows = [supply(1), supply(2), supply(3, 合同签订日期="someday"), supply(4)]
    wizard = Wizard(office_window, write_xlsx(tmp_path / "supplies.xlsx", rows))
    assert wizard.page.columns.kind.value() is RosterKind.LAND_SUPPLY
    wizard.go_on()
    assert wizard.fates() == [(4, "Refused")]
    assert wizard.toned(4) == {"合同签订日期": "bad"}
    assert wizard.said(4).startswith("合同签订日期: ")
    assert asked(office_window, lambda ctx: ctx.workspace.parcels.count()) == 1
    assert wizard.page.next.text() == "Import 3 rows"
    wizard.go_on()
    assert asked(office_window, lambda ctx: ctx.workspace.parcels.count()) == 4
    assert wizard.page.next.text() == "Screen the supplies"
    office_window.click(wizard.page.next)
    office_window.settle()
    assert isinstance(office_window.shell.page, ScreeningPage)


def test_what_was_and_what_becomes_of_a_supply_is_said(
    office_window: Driver, tmp_path: Path
) -> None:
    imported(office_window, write_xlsx(tmp_path / "march.xlsx", [supply(1), supply(2)]))
    rows = [supply(1), supply(2, 项目位置="示例县开发区二号路"), supply(3)]
    wizard = Wizard(office_window, write_xlsx(tmp_path / "april.xlsx", rows))
    wizard.go_on()
    assert wizard.fates() == [(2, "Unchanged"), (3, "Updated"), (4, "New")]
    assert "项目位置: 示例县开发区2号路 → 示例县开发区二号路" in wizard.said(3)
    assert wizard.toned(3) == {"项目位置": "accent"}


def test_the_same_file_again_changes_nothing_that_was_corrected_by_hand(
    office_window: Driver, tmp_path: Path
) -> None:
    file = write_text(tmp_path / "supplies.txt", [supply(1)], encoding="gbk")
    imported(office_window, file)
    (contract,) = [
        one
        for one in asked(office_window, lambda ctx: ctx.workspace.supply_contracts.where())
        if one.batch_id
    ]
    office_window.window.operations.change(
        office_window.window,
        lambda ctx: edit_supply(ctx, contract_id=contract.id, contract_no="corrected"),
    )
    office_window.settle()
    wizard = Wizard(office_window, file)
    wizard.go_on()
    assert wizard.fates() == [(2, "Unchanged")]
    assert "This very file was imported on" in wizard.page.preview.notice.text()
    assert not wizard.page.next.isEnabled()
    contracts = asked(office_window, lambda ctx: ctx.workspace.supply_contracts.where())
    assert contracts[-1].contract_no == "corrected"


def test_a_column_that_was_not_recognised_is_assigned(
    office_window: Driver, tmp_path: Path
) -> None:
    header = ["电子监管号", "地头", "面积(公顷)", "受让方", "签约日"]
    row = ["3499992021B00001", "示例县一号路", "2.5", "虚构食品有限公司", "2021-03-15"]
    file = write_xlsx(tmp_path / "supplies.xlsx", [row], header=header)
    wizard = Wizard(office_window, file)
    office_window.settle()
    kinds = [kind for kind, _word in wizard.page.columns.kind._options]
    at = kinds.index(RosterKind.LAND_SUPPLY)
    wizard.page.columns.kind.box.setCurrentIndex(at)
    wizard.page.columns.kind.box.activated.emit(at)
    wizard.rest()
    wizard.choose_field(1, "土地坐落")
    wizard.choose_field(4, "签订")
    wizard.go_on()
    wizard.go_on()
    supplies = asked(office_window, lambda ctx: ctx.workspace.supply_contracts.where())
    assert str(supplies[-1].signed_on) == "2021-03-15"

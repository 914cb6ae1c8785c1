"""Roles in the window: the table to read, what each person sees, masks, the log of exports."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from landsteward.app.context import Context
from landsteward.app.people import list_members
from landsteward.app.register import add_enterprise
from landsteward.domain.sight import Restricted
from landsteward.domain.states import Role
from tests.helpers.windows import Driver, office_file
from ui.pages.register.enterprise import EnterprisePage
from ui.pages.register.enterprise_facts import FactsPart
from ui.pages.register.lists import RegisterPage
from ui.pages.settings.page import SettingsPage
from ui.widgets.fields import TextField


class Roles:
    """A window in which people take turns, over an enterprise of the park and one of nobody."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.keys: dict[str, str] = {}
        self.mine = ""

        def fill(ctx: Context) -> None:
            self.keys = {one.person.name: one.person.id for one in list_members(ctx)}
            self.mine = ctx.workspace.enterprises.where()[0].id
            add_enterprise(ctx, name="无人认领的企业")

        driver.window.operations.change(driver.window, fill)
        driver.settle()

    def turn(self, name: str) -> None:
        """Another person takes over."""
        self.driver.window.switch_person(self.keys[name])
        self.driver.settle()

    def settings(self, tab: str) -> SettingsPage:
        """The settings, at one of their tabs."""
        self.driver.go("settings", step=tab)
        page = self.driver.shell.page
        assert isinstance(page, SettingsPage)
        return page

    def register(self) -> RegisterPage:
        """The list of enterprises."""
        self.driver.go("register", step="enterprises")
        page = self.driver.shell.page
        assert isinstance(page, RegisterPage)
        return page

    def enterprise(self) -> EnterprisePage:
        """The page of the park's enterprise."""
        self.driver.go("enterprise", self.mine)
        page = self.driver.shell.page
        assert isinstance(page, EnterprisePage)
        return page


@pytest.fixture
def roles(driver: Driver, tmp_path: Path) -> Roles:
    """The administrator begins."""
    driver.open(office_file(tmp_path), person="管理员")
    return Roles(driver)


def test_what_each_person_sees_and_what_was_masked_for_them(roles: Roles, tmp_path: Path) -> None:
    """One window: the administrator masks phones for consultants, the consultant looks, takes the
    list along, and the administrator reads that they did.
    """
    driver = roles.driver
    page = roles.settings("access")
    model = page.access.model
    names = [model.index(row, 0).data() for row in range(model.rowCount())]
    closing = names.index("Approve closure")
    assert [model.index(closing, column).data() for column in range(1, 7)] == list("✓✓––✓–")
    assert [model.index(0, column).data() for column in (1, 3, 4)] == [
        "all of them",
        "own carrier's",
        "engaged for",
    ]
    for kind in (Restricted.PHONES, Restricted.TAX):
        box = page.access.masks[Role.CONSULTANT, kind]
        driver.click(box)
        driver.settle()
        assert box.isChecked()
    assert len(roles.register().enterprises.model.ids) == 2

    roles.turn("顾律师")
    register = roles.register()
    assert register.enterprises.model.ids == [roles.mine]
    assert driver.shell.top.scope.text() == (
        "Enterprises engaged for only · some values restricted"
    )
    tax = next(at for at, one in enumerate(register.enterprises.model.columns) if "tax" in one.key)
    assert register.enterprises.model.index(0, tax).data() == "restricted"
    sheet = roles.enterprise()
    assert sheet.figures["tax"].value.text() == "restricted"
    assert "chronicle" not in sheet.tabs.buttons
    part = sheet.tabs.part
    assert isinstance(part, FactsPart)
    phone = part.form.fields["phone"]
    assert isinstance(phone, TextField)
    assert not phone.isEnabled()
    assert phone.line.placeholderText() == "restricted"
    listed = roles.register().enterprises
    listed.exporter.write(
        tmp_path / "out.xlsx", "Enterprises", listed.model, listed.model.ids, listed.model.columns
    )
    driver.settle()
    access = roles.settings("access").access
    assert not access.masks[Role.CONSULTANT, Restricted.PHONES].isEnabled()
    assert "Administrator" in access.whose.text()
    assert roles.settings("exports").exports.table.isHidden()

    roles.turn("管理员")
    log = roles.settings("exports").exports.model
    assert log.headerData(0, Qt.Orientation.Horizontal) == "When"
    line = [log.index(0, column).data() for column in range(1, 6)]
    assert line == [
        "顾律师 · 示例律师事务所",
        "List · Enterprises",
        "1",
        "masked",
        "out.xlsx",
    ]


def test_a_reader_takes_nothing_along_and_is_told_who_may(roles: Roles, tmp_path: Path) -> None:
    roles.turn("查阅")
    listed = roles.register().enterprises
    listed.exporter.write(
        tmp_path / "out.xlsx", "Enterprises", listed.model, listed.model.ids, listed.model.columns
    )
    roles.driver.settle()
    assert not (tmp_path / "out.xlsx").exists()

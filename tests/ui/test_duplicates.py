"""The page of possible duplicates, by clicks."""

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from landsteward.app.register import add_enterprise
from tests.helpers.windows import Driver
from tests.ui.test_register_pages import asked
from ui.pages.register.duplicates import DuplicatesPage
from ui.pages.register.lists import RegisterPage
from ui.pages.register.merge import MergePage


def word(widget: QWidget, text: str) -> QPushButton:
    return next(one for one in widget.findChildren(QPushButton) if one.text() == text)


def open_page(driver: Driver) -> DuplicatesPage:
    driver.go("register")
    register = driver.shell.page
    assert isinstance(register, RegisterPage)
    driver.click(register.duplicates)
    driver.settle()
    page = driver.shell.page
    assert isinstance(page, DuplicatesPage)
    return page


def test_a_pair_is_told_apart_and_another_compared(office_window: Driver) -> None:
    for name in ("甲乙药业有限公司", "亳州甲乙药业公司", "丙丁酒业公司", "丙丁酒业（亳州）公司"):
        asked(office_window, partial(add_enterprise, name=name))
    page = open_page(office_window)
    assert len(page.pairs) == 2
    office_window.click(word(page.pairs[0], "Not the same"))
    office_window.settle()
    assert len(page.pairs) == 1
    assert asked(office_window, lambda ctx: ctx.workspace.not_the_same.count()) == 1
    office_window.click(word(page.pairs[0], "Compare and merge"))
    office_window.settle()
    assert isinstance(office_window.shell.page, MergePage)
    assert len(open_page(office_window).pairs) == 1

"""Search and lists follow a large import while nobody asks for anything, and the window says so."""

from landsteward.app.context import Context
from landsteward.domain.identifiers import name_key
from landsteward.domain.register import Enterprise
from tests.helpers.windows import Driver
from ui.pages.register.lists import RegisterPage

MANY = 1200


def flood(driver: Driver) -> None:
    def add(ctx: Context) -> None:
        with ctx.change():
            ctx.workspace.enterprises.add_many(
                Enterprise(id=f"m-{number:05d}", name=name, name_key=name_key(name))
                for number in range(MANY)
                for name in (f"第{number}蜡烛厂",)
            )

    driver.window.operations.change(driver.window, add)


def test_the_window_says_how_much_is_still_to_be_indexed_and_then_shows_it(
    office_window: Driver,
) -> None:
    driver, top = office_window, office_window.shell.top
    said: list[str] = []
    driver.go("register")
    driver.window.operations.followed.connect(lambda _left: said.append(top.following.text()))
    page = driver.shell.page
    assert isinstance(page, RegisterPage)
    flood(driver)
    driver.settle()
    driver.type(page.enterprises.filter, "蜡烛")
    driver.qtbot.waitUntil(lambda: len(page.enterprises.model.ids) == MANY, timeout=20_000)
    driver.qtbot.waitUntil(lambda: top.following.isHidden(), timeout=5_000)
    assert f"Indexing {MANY:,}…" in said
    assert driver.window.operations.left_to_follow == 0


def test_what_is_not_indexed_yet_is_not_called_unknown(office_window: Driver) -> None:
    driver = office_window
    flood(driver)
    driver.window.operations.left_to_follow = MANY
    driver.type(driver.shell.top.search, "没有这家")
    driver.settle()
    assert "1,200 changes are still being indexed" in driver.shell.top.search.nothing.text()


def test_work_asked_for_meanwhile_is_done_between(office_window: Driver) -> None:
    driver = office_window
    counts: list[int] = []
    flood(driver)
    for _ in range(5):
        driver.window.operations.query(
            driver.window, lambda ctx: ctx.workspace.enterprises.count(), success=counts.append
        )
        driver.settle()
    driver.qtbot.waitUntil(lambda: driver.window.operations.left_to_follow == 0, timeout=20_000)
    assert counts == [MANY + 1] * 5

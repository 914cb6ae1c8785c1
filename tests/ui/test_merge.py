"""Merging two records on their page, and coming to what stayed by an old link."""

from PySide6.QtWidgets import QLabel, QRadioButton

from landsteward.app.merging import merge_enterprises
from landsteward.app.register import add_enterprise
from landsteward.domain.register import Enterprise
from tests.helpers.windows import Driver
from tests.ui.test_register_pages import asked
from ui.dialogs.ask import AskFirst
from ui.pages.register.enterprise import EnterprisePage
from ui.pages.register.enterprise_facts import FactsPart
from ui.pages.register.merge import MergePage


def two(driver: Driver) -> tuple[Enterprise, Enterprise]:
    first = asked(driver, lambda ctx: ctx.workspace.enterprises.where()[0])
    return first, asked(driver, lambda ctx: add_enterprise(ctx, name="另一个名字", phone="0558-9"))


def test_two_records_are_merged_and_the_page_of_the_one_that_stays_opens(
    office_window: Driver,
) -> None:
    first, second = two(office_window)
    office_window.go("merge", second.id, first.id)
    page = office_window.shell.page
    assert isinstance(page, MergePage)
    # On the first hangs the land: it is proposed as the one that stays.
    assert page.groups["stays"].checkedId() == 1
    taken = page.groups["name"].button(0)
    assert isinstance(taken, QRadioButton)
    office_window.click(taken)
    office_window.click(page.merge)
    ask = page.findChild(AskFirst)
    assert isinstance(ask, AskFirst)
    office_window.click(ask.yes)
    office_window.settle()
    opened = office_window.shell.page
    assert isinstance(opened, EnterprisePage)
    assert opened.place().record_id == first.id
    assert opened.name.text() == "另一个名字"
    facts = office_window.part("facts", FactsPart)
    said = [one.text() for one in facts.findChildren(QLabel)]
    assert any(one.startswith("Merged from 另一个名字") for one in said)
    kept = asked(office_window, lambda ctx: ctx.workspace.enterprises.where())
    assert [(one.id, one.name, one.phone) for one in kept if one.name == "另一个名字"] == [
        (first.id, "另一个名字", first.phone or "0558-9")
    ]
    assert second.id not in [one.id for one in kept]


def test_an_old_link_leads_to_the_record_that_stayed(office_window: Driver) -> None:
    first, second = two(office_window)
    asked(
        office_window,
        lambda ctx: merge_enterprises(ctx, stays_id=first.id, goes_id=second.id),
    )
    office_window.go("enterprise", second.id, "years")
    page = office_window.shell.page
    assert isinstance(page, EnterprisePage)
    assert page.place().record_id == first.id
    assert page.tabs.current == "years"


def test_what_stands_against_it_is_said(office_window: Driver) -> None:
    first, _second = two(office_window)
    other = asked(
        office_window, lambda ctx: add_enterprise(ctx, name="丙", uscc="91110108551385082Q")
    )
    office_window.go("merge", first.id, other.id)
    page = office_window.shell.page
    assert isinstance(page, MergePage)
    assert not page.merge.isEnabled()
    assert page.message.isVisible()

"""The rule pack through the window: read, searched, copied, edited, compared, published."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from landsteward.packs.source import DEFAULT_PACK
from tests.helpers.windows import Driver, english_services, office_file
from ui.dialogs.ask import AskFirst, AskName
from ui.pages.rules.bases import BasesField, BasisLine
from ui.pages.rules.editing import EntryForm
from ui.pages.rules.page import RulePackPage
from ui.widgets.field import Field, LineField
from ui.widgets.fields import ChoiceField

DEADLINE = ("severities", "1", "deadline_days")


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path) -> Iterator[Driver]:
    """A window on a small office, nobody chosen yet."""
    made = Driver(qtbot, english_services(tmp_path))
    made.open(office_file(tmp_path), person="管理员")
    yield made
    made.close()


@pytest.fixture
def other(qtbot: QtBot, tmp_path: Path) -> Iterator[Driver]:
    """The same in the hands of a head of department."""
    made = Driver(qtbot, english_services(tmp_path))
    made.open(office_file(tmp_path), person="鲁负责")
    yield made
    made.close()


def page_of(driver: Driver) -> RulePackPage:
    page = driver.shell.page
    assert isinstance(page, RulePackPage)
    return page


def looked_at(driver: Driver) -> RulePackPage:
    driver.go("rules")
    return page_of(driver)


def section(driver: Driver, key: str, row: int = 0) -> None:
    """Bring a section to the front and one of its entries."""
    page = page_of(driver)
    driver.click(page.sides[key])
    page.list.setCurrentIndex(page.list.entries.index(row))
    driver.settle()


def copied(driver: Driver, county: str = "示例县") -> RulePackPage:
    """A draft, begun as a person begins one."""
    page = looked_at(driver)
    driver.click(page.copy)
    ask = page.findChild(AskName)
    assert ask is not None
    driver.type(ask.name.line, county)
    driver.click(ask.ok)
    driver.settle()
    return page


def form_of(driver: Driver) -> EntryForm:
    form = page_of(driver).detail.form
    assert form is not None
    return form


def field(driver: Driver, place: tuple[str, ...]) -> Field:
    return form_of(driver).fields[place]


def enter(driver: Driver, place: tuple[str, ...], text: str) -> LineField:
    found = field(driver, place)
    assert isinstance(found, LineField)
    driver.type(found.line, text, enter=True)
    driver.settle()
    return found


def choose(driver: Driver, place: tuple[str, ...], number: int) -> None:
    """Another line of a choice, by the keyboard."""
    found = field(driver, place)
    assert isinstance(found, ChoiceField)
    found.box.setFocus()
    QTest.keyClick(found.box, Qt.Key.Key_Home)
    for _ in range(number):
        QTest.keyClick(found.box, Qt.Key.Key_Down)
    found.box.activated.emit(found.box.currentIndex())
    driver.settle()


def publish(driver: Driver, changes: str = "十天") -> None:
    page = page_of(driver)
    driver.click(page.publish)
    driver.settle()
    page.publishing.changes.edit.setPlainText(changes)
    driver.click(page.publishing.publish)
    driver.settle()


def test_everything_of_the_pack_is_there_to_read(driver: Driver) -> None:
    page = looked_at(driver)
    assert [key for key in page.sides if key.startswith("items/")] == [
        f"items/{name}.toml"
        for name in [
            "natural_resources",
            "ecology",
            "market",
            "industry",
            "tax",
            "housing",
            "emergency",
        ]
    ]
    for key in list(page.sides):
        section(driver, key)
        for row in range(len(page.list.entries.entries)):
            page.list.setCurrentIndex(page.list.entries.index(row))
        assert page.detail.shown
    driver.settle()


def test_the_law_behind_a_basis_is_one_click_away(driver: Driver) -> None:
    page = looked_at(driver)
    section(driver, "items/ecology.toml")
    basis = page.detail.findChildren(BasisLine)[0]
    assert "Environmental Impact Assessment Law》第二十五条" in basis.head.text()
    assert not basis.told.isVisible()
    driver.click(basis.head)
    assert basis.told.isVisible()
    assert "2018年修正" in basis.told.text()
    assert "Ecology and Environment Code" in basis.told.text(), "what has to be verified is said"


def test_the_search_finds_in_all_sections(driver: Driver) -> None:
    page = looked_at(driver)
    driver.type(page.search, "noise")
    driver.settle()
    assert {one.file for one in page.list.entries.entries} == {"items/ecology.toml", "laws.toml"}
    driver.type(page.search, "噪声 减振")
    driver.settle()
    assert [one.place for one in page.list.entries.entries] == [("items", "noise")]
    driver.type(page.search, "nothing of the kind")
    driver.settle()
    assert not page.list.entries.entries


def test_who_is_no_administrator_only_reads(other: Driver) -> None:
    page = looked_at(other)
    assert page.export.isVisible()
    for changing in (page.copy, page.take_in, page.discard, page.publish, page.resume):
        assert not changing.isVisible()
    section(other, "pack.toml/severities")
    assert page.detail.form is None
    assert not page.detail.findChildren(LineField)


def test_a_county_copies_edits_and_publishes(driver: Driver) -> None:
    page = copied(driver)
    assert "Draft for 示例县" in page.said.text()
    section(driver, "pack.toml/severities")
    enter(driver, DEADLINE, "10")
    section(driver, "departments.toml", 4)
    choose(driver, ("departments", "tax", "on"), 0)
    assert page.sides["departments.toml"].text().endswith("•")
    assert driver.services.packs.current().key == DEFAULT_PACK, "nothing changes before"
    publish(driver)
    pack = driver.services.packs.current()
    assert (pack.key, pack.severities[0].deadline_days) == ("示例县", 10)
    assert pack.department("tax").on
    assert "holds from 2026-03-02" in page.message.text.text()
    assert "十天" in page.said.text()
    assert page.copy.isVisible()


def test_a_value_that_makes_no_sense_stays_with_its_reason_under_it(driver: Driver) -> None:
    copied(driver)
    section(driver, "pack.toml/severities")
    refused = enter(driver, DEADLINE, "0")
    assert refused.problem.isVisible()
    assert "at least one day" in refused.problem.text()
    assert refused.line.text() == "0"
    enter(driver, DEADLINE, "12")
    assert not refused.problem.text()
    section(driver, "items/market.toml")
    enter(driver, ("items", "no_licence", "title"), "")
    assert "text is empty" in field(driver, ("items", "no_licence", "title")).problem.text()


def test_a_basis_is_chosen_and_typed(driver: Driver) -> None:
    page = copied(driver)
    section(driver, "items/market.toml")
    place = ("items", "no_licence", "bases")
    bases = field(driver, place)
    assert isinstance(bases, BasesField)
    driver.click(bases.add)
    lines = bases.findChildren(LineField)
    driver.type(lines[-1].line, "第一条", enter=True)
    driver.settle()
    kept = page.list.entries.entries[0].table["bases"]
    assert kept == ["market_registration 第四十三条", "supply_contract 第一条"]
    assert page.list.entries.entries[0].changed
    driver.click(page.detail.restore)
    driver.settle()
    assert page.list.entries.entries[0].table["bases"] == ["market_registration 第四十三条"]


def test_an_entry_is_added_like_another_and_removed(driver: Driver) -> None:
    page = copied(driver)
    section(driver, "items/housing.toml")
    driver.click(page.detail.another)
    ask = page.findChild(AskName)
    assert ask is not None
    driver.type(ask.name.line, "own_1")
    driver.click(ask.ok)
    driver.settle()
    assert [one.place[1] for one in page.list.entries.entries][-1] == "own_1"
    section(driver, "items/housing.toml", 4)
    enter(driver, ("items", "own_1", "title"), "屋顶未验收")
    assert page.list.entries.entries[-1].title == "Built without a construction permit"
    driver.click(page.detail.remove)
    driver.settle()
    assert len(page.list.entries.entries) == 4


def test_a_law_gets_another_edition_after_the_first_has_ended(driver: Driver) -> None:
    page = copied(driver)
    driver.type(page.search, "noise pollution prevention")
    driver.settle()
    page.list.setCurrentIndex(page.list.entries.index(len(page.list.entries.entries) - 1))
    driver.settle()
    place = ("laws", "noise_pollution", "versions")
    enter(driver, (*place, "2021年公布", "valid_to"), "2026-03-01")
    form_of(driver).edition_asked.emit(place)
    ask = page.findChild(AskName)
    assert ask is not None
    driver.type(ask.name.line, "新版")
    driver.click(ask.ok)
    driver.settle()
    assert (*place, "新版", "valid_from") in form_of(driver).fields


def test_a_draft_is_compared_with_what_is_in_force(driver: Driver) -> None:
    page = copied(driver)
    section(driver, "pack.toml/severities")
    enter(driver, DEADLINE, "10")
    driver.click(page.compare)
    driver.settle()
    assert page.compared.count.text() == "4 differences"
    said = [one.text() for one in page.compared.findChildren(type(page.said))]
    assert "Severities and deadlines › Major › Days to put it right" in said
    assert "15 → 10" in said


def test_a_draft_is_put_aside_and_taken_up_again(driver: Driver) -> None:
    page = copied(driver)
    driver.click(page.discard)
    ask = page.findChild(AskFirst)
    assert ask is not None
    driver.click(ask.yes)
    driver.settle()
    assert "came with the program" in page.said.text()
    driver.click(page.resume)
    driver.settle()
    assert "Draft for 示例县" in page.said.text()


def test_a_pack_goes_out_into_a_file_and_comes_back_checked(driver: Driver, tmp_path: Path) -> None:
    page = looked_at(driver)
    file = tmp_path / "pack.zip"
    assert page.view is not None
    page.doing.export_to(page.view.choice, file)
    driver.settle()
    assert file.is_file()
    page.doing.import_from(file)
    driver.settle()
    assert "begun with pack.zip" in page.said.text()
    spoilt = tmp_path / "spoilt.zip"
    spoilt.write_bytes(b"no archive")
    page.doing.import_from(spoilt)
    driver.settle()
    assert "no rule pack" in page.message.text.text()


def test_what_is_being_typed_stays_while_something_else_is_kept(driver: Driver) -> None:
    copied(driver)
    section(driver, "pack.toml/severities")
    found = field(driver, DEADLINE)
    assert isinstance(found, LineField)
    driver.window.activateWindow()
    found.line.setFocus()
    driver.qtbot.waitUntil(found.line.hasFocus)
    found.line.setText("7")
    name = field(driver, ("severities", "1", "name"))
    name.committed.emit("很重大")
    driver.settle()
    assert field(driver, DEADLINE) is found
    assert found.line.text() == "7"

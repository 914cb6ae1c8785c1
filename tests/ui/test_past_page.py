"""What happened, and the page as it was recorded on an earlier day, by clicks and keys."""

from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from landsteward.app.context import Context
from landsteward.app.merging import merge_enterprises
from landsteward.app.occupancies import record_occupancy
from landsteward.app.register import add_enterprise, edit_enterprise, record_year
from landsteward.app.removals import Removable, remove
from tests.helpers.office import SteppingClock
from tests.helpers.roster_desk import RosterDesk
from tests.helpers.windows import Driver
from tests.ui.test_register_pages import asked
from ui.dialogs.ask import AskFirst
from ui.pages.imports.record import RecordPage
from ui.pages.register.chronicle import ChronicleTab
from ui.pages.register.enterprise import EnterprisePage
from ui.pages.register.enterprise_facts import FactsPart
from ui.pages.register.past import PastPage


def texts(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def own(driver: Driver) -> str:
    return asked(driver, lambda ctx: ctx.workspace.enterprises.where()[0].id)


def chronicle(driver: Driver) -> ChronicleTab:
    driver.go("enterprise", own(driver))
    return driver.part("chronicle", ChronicleTab)


def lines(part: ChronicleTab) -> list[str]:
    return part.view.toPlainText().splitlines()


def follow(driver: Driver, part: ChronicleTab, text: str) -> None:
    """Click on the first such words of the timeline."""
    cursor = part.view.document().find(text)
    assert isinstance(cursor, QTextCursor)
    assert not cursor.isNull(), text
    cursor.setPosition(cursor.selectionStart() + 1)
    place = part.view.cursorRect(cursor).center()
    QTest.mouseClick(part.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    driver.settle()


def past(driver: Driver) -> PastPage:
    page = driver.shell.page
    assert isinstance(page, PastPage)
    return page


class TestWhatHappened:
    def test_each_field_is_told_from_what_to_what_with_who_and_when(
        self, office_window: Driver, clock: SteppingClock
    ) -> None:
        key = own(office_window)
        clock.go_to(date(2026, 3, 4))
        asked(office_window, lambda ctx: edit_enterprise(ctx, enterprise_id=key, phone="0558-1"))
        part = chronicle(office_window)
        said = lines(part)
        assert said[0] == "Today"
        assert "Particulars: Phone – → 0558-1" in said[1]
        assert "林检查" in said[1]
        # What happened on the ground stands at its own day, with nobody's name.
        assert said[said.index("2021-03-01") + 1].endswith("Supply contract signed: 示例路1号地块")

    def test_long_ones_open_and_stay_open(self, office_window: Driver) -> None:
        part = chronicle(office_window)
        assert not any(one.startswith("Legal representative") for one in lines(part))
        follow(office_window, part, "Enterprise entered")
        assert "Legal representative 甲示例" in lines(part)
        part.present(None)
        office_window.settle()
        assert "Legal representative 甲示例" in lines(part)
        follow(office_window, part, "Enterprise entered")
        assert not any(one.startswith("Legal representative") for one in lines(part))

    def test_only_one_kind_is_looked_at(self, office_window: Driver) -> None:
        key = own(office_window)
        asked(
            office_window,
            lambda ctx: record_year(ctx, enterprise_id=key, year=2024, tax_wan=Decimal(5)),
        )
        part = chronicle(office_window)
        part.only.box.setFocus()
        for _each in range(4):
            QTest.keyClick(part.only.box, Qt.Key.Key_Down)
        office_window.settle()
        assert part.only.value() == "figures"
        said = [one for one in lines(part) if "　" in one]
        assert len(said) == 1
        assert "Yearly figures (2024) entered: Tax 5 (10 000 yuan)" in said[0]

    def test_what_was_taken_out_is_told(self, office_window: Driver) -> None:
        key = own(office_window)

        def there_and_gone(ctx: Context) -> None:
            year = record_year(ctx, enterprise_id=key, year=2024, tax_wan=Decimal(5))
            remove(ctx, kind=Removable.YEAR, record_id=year.id)

        asked(office_window, there_and_gone)
        part = chronicle(office_window)
        assert any("Yearly figures (2024) taken out" in one for one in lines(part))
        follow(office_window, part, "Bring back")
        (year,) = asked(office_window, lambda ctx: ctx.workspace.yearly_metrics.where())
        assert year.tax_wan == Decimal(5)
        said = lines(part)
        assert any("Yearly figures (2024) brought back" in one for one in said)
        assert not any("Bring back" in one for one in said), "it is there again"

    def test_an_import_is_named_and_leads_to_its_record(
        self, office_window: Driver, tmp_path: Path
    ) -> None:
        def bring_in(ctx: Context) -> str:
            one = ctx.workspace.enterprises.where()[0]
            result = RosterDesk(ctx, tmp_path).enterprises(
                (one.name, one.uscc, "食品", "是", "", "0558-7", "")
            )
            assert result.batch is not None
            return result.batch.file_name

        name = asked(office_window, bring_in)
        part = chronicle(office_window)
        follow(office_window, part, f"Import “{name}”")
        assert any("Phone – → 0558-7" in one for one in lines(part))
        follow(office_window, part, "The import")
        record = office_window.shell.page
        assert isinstance(record, RecordPage)
        assert name in record.name.text()

    def test_thousands_of_changes_come_in_portions(self, office_window: Driver) -> None:
        key = own(office_window)

        def many(ctx: Context) -> None:
            for number in range(700):
                edit_enterprise(ctx, enterprise_id=key, phone=str(number))
                record_year(
                    ctx, enterprise_id=key, year=2000 + number % 20, tax_wan=Decimal(number)
                )

        asked(office_window, many)
        part = chronicle(office_window)
        first = lines(part)
        assert first[-1] == "Show what was before"
        assert 200 < len(first) < 400
        follow(office_window, part, "Show what was before")
        assert lines(part)[: len(first) - 1] == first[:-1], "what stands stays"
        for _each in range(8):
            if lines(part)[-1] != "Show what was before":
                break
            part.view.moveCursor(QTextCursor.MoveOperation.End)
            follow(office_window, part, "Show what was before")
        said = lines(part)
        assert "Enterprise entered" in "".join(said)
        assert said[-1].endswith("Supply contract signed: 示例路1号地块")


class TestAsRecordedThen:
    def test_a_day_shows_the_page_as_it_was_recorded(
        self, office_window: Driver, clock: SteppingClock
    ) -> None:
        key = own(office_window)
        clock.go_to(date(2026, 4, 1))
        asked(
            office_window,
            lambda ctx: edit_enterprise(ctx, enterprise_id=key, phone="0558-2", contact="王"),
        )
        asked(
            office_window,
            lambda ctx: record_year(ctx, enterprise_id=key, year=2024, tax_wan=Decimal(5)),
        )
        office_window.go("enterprise", key, "years")
        page = office_window.shell.page
        assert isinstance(page, EnterprisePage)
        office_window.type(page.as_of.day.line, "2026-03-31", enter=True)
        office_window.settle()
        shown = past(office_window)
        assert "As it was on record on 2026-03-31" in shown.banner.text()
        assert shown.also.text() == "Since then: 2 values changed, 0 lines gone, 1 lines new."
        said = texts(shown)
        assert "≠ now 0558-2" in said
        assert "≠ now 王" in said
        assert "not on record then" in said
        fields = [one for one in shown.findChildren(QLineEdit) if one is not shown.as_of.day.line]
        assert not fields, "nothing to type in but the day"
        office_window.click(shown.back)
        office_window.settle()
        assert isinstance(office_window.shell.page, EnterprisePage)

    def test_another_day_is_looked_back_to_from_there(
        self, office_window: Driver, clock: SteppingClock
    ) -> None:
        key = own(office_window)
        clock.go_to(date(2026, 4, 1))
        asked(office_window, lambda ctx: edit_enterprise(ctx, enterprise_id=key, phone="7"))
        office_window.go("enterprise_past", key, "2026-03-31")
        shown = past(office_window)
        office_window.type(shown.as_of.day.line, "2026-04-01", enter=True)
        office_window.settle()
        shown = past(office_window)
        assert "2026-04-01" in shown.banner.text()
        assert shown.also.text() == "Nothing has changed since."

    def test_a_day_to_come_is_refused_under_its_field(self, office_window: Driver) -> None:
        office_window.go("enterprise", own(office_window))
        page = office_window.shell.page
        assert isinstance(page, EnterprisePage)
        office_window.type(page.as_of.day.line, "2031-01-01", enter=True)
        office_window.settle()
        assert office_window.shell.page is page
        assert page.as_of.day.problem.text() == "That day is still to come."
        office_window.type(page.as_of.day.line, "", enter=True)
        office_window.go("desk")

    def test_before_it_was_entered_it_says_when_that_was(self, office_window: Driver) -> None:
        office_window.go("enterprise_past", own(office_window), "2020-01-01")
        said = past(office_window).banner.text()
        assert said.startswith("Not yet on record on 2020-01-01: it was entered on 2026-03-02")
        assert said.endswith("by 管理员.")

    def test_who_used_the_land_is_told_by_both_meanings(
        self, office_window: Driver, clock: SteppingClock
    ) -> None:
        parcel = asked(office_window, lambda ctx: ctx.workspace.parcels.where()[0].id)
        clock.go_to(date(2026, 4, 1))

        def lease(ctx: Context) -> None:
            tenant = add_enterprise(ctx, name="租厂公司")
            record_occupancy(
                ctx, parcel_id=parcel, enterprise_id=tenant.id, from_on=date(2026, 1, 1)
            )

        asked(office_window, lease)
        office_window.go("parcel_past", parcel, "2026-03-15")
        said = texts(past(office_window))
        then, known = said.index("As recorded then"), said.index("As known today")
        assert not any("租厂公司" in one for one in said[then:known])
        assert any("租厂公司" in one for one in said[known:])

    def test_each_entry_of_the_timeline_leads_to_its_moment(
        self, office_window: Driver, clock: SteppingClock
    ) -> None:
        key = own(office_window)
        for day, phone in ((4, "1"), (6, "2")):
            clock.go_to(date(2026, 3, day))
            asked(office_window, partial(edit_enterprise, enterprise_id=key, phone=phone))
        part = chronicle(office_window)
        cursor = part.view.document().find("– → 1")
        begin = part.view.document().find("As it was then", cursor)
        begin.setPosition(begin.selectionStart() + 1)
        place = part.view.cursorRect(begin).center()
        QTest.mouseClick(part.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        office_window.settle()
        said = texts(past(office_window))
        assert said[said.index("Phone") + 1 : said.index("Phone") + 3] == ["1", "≠ now 2"]


class TestMergings:
    def merged(self, driver: Driver) -> str:
        key = own(driver)

        def merge(ctx: Context) -> str:
            twin = add_enterprise(ctx, name="另一个名字", phone="9")
            record_year(ctx, enterprise_id=twin.id, year=2024, tax_wan=Decimal(5))
            merge_enterprises(ctx, stays_id=key, goes_id=twin.id)
            return twin.id

        return asked(driver, merge)

    def test_the_record_that_went_is_seen_as_it_was(self, office_window: Driver) -> None:
        self.merged(office_window)
        office_window.go("enterprise", own(office_window))
        facts = office_window.part("facts", FactsPart)
        (see,) = [
            one for one in facts.findChildren(QPushButton) if one.text() == "See it as it was"
        ]
        office_window.click(see)
        office_window.settle()
        shown = past(office_window)
        assert shown.name.text() == "另一个名字"
        said = texts(shown)
        assert "2024" in said
        assert said.count("no longer here") == 1

    def test_a_merging_is_taken_back_from_the_timeline(self, office_window: Driver) -> None:
        twin = self.merged(office_window)
        part = chronicle(office_window)
        assert any("另一个名字 was merged into this one" in one for one in lines(part))
        follow(office_window, part, "Take the merging back…")
        ask = part.findChild(AskFirst)
        assert isinstance(ask, AskFirst)
        office_window.click(ask.yes)
        office_window.settle()
        page = office_window.shell.page
        assert isinstance(page, EnterprisePage)
        assert page.place().record_id == twin
        assert page.name.text() == "另一个名字"
        part = chronicle(office_window)
        said = "\n".join(lines(part))
        assert "The merging with 另一个名字 was taken back" in said
        assert "Take the merging back…" not in said, "there is none any more"

    def test_what_was_entered_since_is_named_before(self, office_window: Driver) -> None:
        self.merged(office_window)
        key = own(office_window)
        asked(office_window, lambda ctx: record_year(ctx, enterprise_id=key, year=2025))
        office_window.go("enterprise", key)
        facts = office_window.part("facts", FactsPart)
        (undo,) = [
            one for one in facts.findChildren(QPushButton) if one.text() == "Take the merging back…"
        ]
        office_window.click(undo)
        office_window.settle()
        ask = facts.findChild(AskFirst)
        assert isinstance(ask, AskFirst)
        (said,) = [one for one in texts(ask) if "two records again" in one]
        assert "Entered since, and staying with 示例机械制造有限公司: Yearly figures 2025." in said
        office_window.click(ask.no)
        office_window.settle()
        assert len(asked(office_window, lambda ctx: ctx.workspace.enterprises.where())) == 1

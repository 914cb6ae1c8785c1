"""A campaign in the window: chosen, scheduled, drawn together, visited, by clicks and keys."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton, QTableView

from landsteward.app.campaign_visits import add_enterprises, set_days
from landsteward.app.campaigns import plan_campaign
from landsteward.app.cases import open_case
from landsteward.app.context import Context
from landsteward.app.name_lists import kept_list
from landsteward.domain.campaigns import Campaign
from landsteward.domain.states import CampaignState, CaseStep
from tests.helpers.pdf_reading import flow_of
from tests.helpers.windows import Driver
from tests.ui.campaigns.conftest import asked, done
from ui.dialogs.ask import AskFirst, AskName
from ui.pages.campaigns.asks import AskDays, AskInspectors
from ui.pages.campaigns.choose import ChoosePanel
from ui.pages.campaigns.day_plan import DayPlan
from ui.pages.campaigns.joint import JointPanel
from ui.pages.campaigns.page import CampaignPage
from ui.pages.campaigns.too_often import TooOftenDialog
from ui.pages.case.page import CasePage
from ui.pages.case.register_step import RegisterStep
from ui.pages.checkups.page import CheckupsPage
from ui.pages.register.lists import RegisterPage
from ui.widgets.outcome import OutcomeLine
from ui.workbench import Place


def page_of(driver: Driver, campaign: Campaign, step: str = "overview") -> CampaignPage:
    driver.go("campaign", campaign.id, step)
    page = driver.shell.page
    assert isinstance(page, CampaignPage)
    return page


def choose(driver: Driver, table: QTableView, first: int, last: int) -> None:
    """Select rows as with the mouse and Shift."""
    for number, modifier in (
        (first, Qt.KeyboardModifier.NoModifier),
        (last, Qt.KeyboardModifier.ShiftModifier),
    ):
        at = table.visualRect(table.model().index(number, 0)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, at)
    driver.settle()


def pick(driver: Driver, start: str) -> None:
    """Click what begins so in the menu that has popped up."""
    driver.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text().startswith(start))
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    driver.settle()


def dialog(driver: Driver, kind: type[QDialog]) -> QDialog:
    found = [one for one in driver.window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def following(line: OutcomeLine, text: str) -> QPushButton:
    return next(one for one in line.findChildren(QPushButton) if one.text() == text)


def days(driver: Driver, campaign: Campaign) -> list[date | None]:
    return asked(
        driver,
        lambda ctx: [one.planned_on for one in ctx.workspace.visits.where(campaign_id=campaign.id)],
    )


def test_a_new_campaign_is_named_and_opened(county: Driver) -> None:
    county.go("checkups")
    page = county.shell.page
    assert isinstance(page, CheckupsPage)
    county.click(page.new)
    county.settle()
    ask = dialog(county, AskName)
    assert isinstance(ask, AskName)
    assert ask.name.line.text() == "2026年第1批企业健康体检"
    county.type(ask.name.line, "春季体检", enter=True)
    county.settle()
    campaign_page = county.shell.page
    assert isinstance(campaign_page, CampaignPage)
    assert campaign_page.name.text() == "春季体检"
    assert campaign_page.next.text() == "Choose enterprises"
    county.click(campaign_page.next)
    assert campaign_page.tabs.current == "choose"


def test_what_a_campaign_is_is_saved_as_it_is_left(county: Driver, planned: Campaign) -> None:
    page = page_of(county, planned)
    first = page.facts.form.fields["from_on"]
    county.type(first.editor, "2026-04-01")
    QTest.keyClick(first.editor, Qt.Key.Key_Tab)
    county.click(page.facts.departments.boxes["tax"])
    county.settle()
    kept = asked(county, lambda ctx: ctx.workspace.campaigns.get(planned.id))
    assert kept.from_on == date(2026, 4, 1)
    assert "tax" in kept.departments
    last = page.facts.form.fields["to_on"]
    county.type(last.editor, "2026-03-01")
    QTest.keyClick(last.editor, Qt.Key.Key_Tab)
    county.settle()
    assert "before the first" in last.problem.text()
    assert asked(county, lambda ctx: ctx.workspace.campaigns.get(planned.id)).to_on is None


def test_enterprises_are_chosen_by_filter_and_undone(county: Driver, planned: Campaign) -> None:
    page = page_of(county, planned, "choose")
    panel = page.tabs.stack.currentWidget()
    assert isinstance(panel, ChoosePanel)
    county.type(panel.register.filter, "样品1")
    county.settle()
    assert panel.add_all.text() == "Add all 10 shown"
    choose(county, panel.register.table, 0, 2)
    assert panel.add_chosen.text() == "Add 3 selected"
    county.click(panel.add_chosen)
    county.settle()
    assert page.line.text.text() == "3 enterprises added."
    assert panel.add_all.text() == "Add all 7 shown"
    county.click(panel.register.filters.chips()[0])
    county.settle()
    assert panel.add_all.text() == "Add all 10 shown"
    assert page.tabs.buttons["visits"].text() == "Enterprises (8)"
    county.click(panel.add_all)
    county.settle()
    assert page.line.text.text() == "7 enterprises added. 3 were there already."
    county.click(following(page.line, "Undo"))
    county.settle()
    assert page.tabs.buttons["visits"].text() == "Enterprises (8)"


def test_a_pasted_list_names_what_it_does_not_find(county: Driver, planned: Campaign) -> None:
    page = page_of(county, planned, "choose")
    panel = page.tabs.stack.currentWidget()
    assert isinstance(panel, ChoosePanel)
    county.click(panel.tabs.buttons["names"])
    QApplication.clipboard().setText("样品05号厂\n没有这家\n样品06号厂\n样品05号厂")
    panel.names.text.setFocus()
    QTest.keyClick(panel.names.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    county.click(panel.names.match)
    county.settle()
    assert panel.names.said.text() == "2 found, 1 not. 1 lines name one again."
    assert panel.names.unmatched.toPlainText() == "2\t没有这家"
    county.click(panel.names.add_found)
    county.settle()
    assert page.tabs.buttons["visits"].text() == "Enterprises (7)"
    QApplication.clipboard().clear()


def test_a_list_that_was_not_added_yet_is_kept(county: Driver, planned: Campaign) -> None:
    page = page_of(county, planned, "choose")
    panel = page.tabs.stack.currentWidget()
    assert isinstance(panel, ChoosePanel)
    county.click(panel.tabs.buttons["names"])
    county.type(panel.names.text, "样品09号厂")
    county.qtbot.waitUntil(
        lambda: asked(county, lambda ctx: kept_list(ctx, kept_as=planned.id)) == "样品09号厂"
    )
    county.window.rebuild()
    county.settle()
    again = county.shell.page
    assert isinstance(again, CampaignPage)
    found = again.tabs.stack.currentWidget()
    assert isinstance(found, ChoosePanel)
    county.qtbot.waitUntil(lambda: found.names.text.toPlainText() == "样品09号厂")


def test_the_cap_is_said_while_a_case_is_scheduled(county: Driver, planned: Campaign) -> None:
    enterprise = asked(county, lambda ctx: ctx.workspace.enterprises.where(name="样品00号厂")[0].id)
    case = done(county, lambda ctx: open_case(ctx, enterprise_id=enterprise, parcel_id=None))
    county.go("case", case.id, "register")
    page = county.shell.page
    assert isinstance(page, CasePage)
    step = page.step_page(CaseStep.REGISTER)
    assert isinstance(step, RegisterStep)
    county.qtbot.waitUntil(step.visits.isVisible)
    lines = step.visits.text().splitlines()
    assert len(lines) == 4
    assert lines[0] == (
        "Natural Resources and Planning Bureau: visit no. 2 in 2026, at most 1 "
        f"— no day yet {planned.name}"
    )
    county.click(step.departments.boxes["natural_resources"])
    county.settle()
    county.qtbot.waitUntil(lambda: step.visits.text().startswith("Ecology"))


def test_a_list_comes_from_a_sheet_too(county: Driver, planned: Campaign, tmp_path: Path) -> None:
    file = tmp_path / "名单.csv"
    file.write_bytes("企业名称,地址\n样品07号厂,某路\n样品08号厂,\n".encode("gb18030"))
    page = page_of(county, planned, "choose")
    panel = page.tabs.stack.currentWidget()
    assert isinstance(panel, ChoosePanel)
    panel.names.read(file)
    county.settle()
    assert panel.names.add_found.text() == "Add 2 found"


def test_the_cap_is_said_while_choosing(county: Driver, planned: Campaign) -> None:
    page = page_of(county, done(county, lambda ctx: plan_campaign(ctx, name="第二批")), "choose")
    panel = page.tabs.stack.currentWidget()
    assert isinstance(panel, ChoosePanel)
    county.type(panel.register.filter, "样品0")
    county.settle()
    choose(county, panel.register.table, 0, 9)
    county.qtbot.waitUntil(lambda: bool(panel.cap.warnings))
    assert panel.warning.text() == "4 would be visited more often than the cap."
    county.click(panel.which)
    told = dialog(county, TooOftenDialog)
    assert isinstance(told, TooOftenDialog)
    assert told.table.rowCount() == 16
    counting = told.table.item(0, 3)
    assert counting is not None
    assert counting.text() == "no day yet 第一批"
    county.click(told.close_button)
    county.click(panel.leave_out)
    county.settle()
    assert page.line.text.text() == "6 enterprises added."
    assert not page.cap_line.isVisible()
    assert planned.name == "第一批"


def test_days_are_set_for_many_spread_and_undone(county: Driver, planned: Campaign) -> None:
    page = page_of(county, planned)
    assert page.next.text() == "Set the day of 5 visits"
    county.click(page.next)
    county.settle()
    ask = dialog(county, AskDays)
    assert isinstance(ask, AskDays)
    county.type(ask.day.line, "2026-03-06")
    county.type(ask.a_day.line, "2", enter=True)
    county.settle()
    assert sorted(day for day in days(county, planned) if day) == [
        date(2026, 3, 6),
        date(2026, 3, 6),
        date(2026, 3, 9),
        date(2026, 3, 9),
        date(2026, 3, 10),
    ]
    assert page.line.text.text() == "5 visits have their day."
    county.click(following(page.line, "Undo"))
    county.settle()
    assert days(county, planned) == [None] * 5


def test_a_carriers_visits_have_their_day(county: Driver, planned: Campaign) -> None:
    page = page_of(county, planned, "visits")
    county.click(page.carrier_days)
    county.settle()
    ask = dialog(county, AskDays)
    assert isinstance(ask, AskDays)
    assert ask.carrier.box.currentText() == "示例园区管委会"
    county.type(ask.day.line, "2026-03-12", enter=True)
    county.settle()
    assert [day for day in days(county, planned) if day] == [date(2026, 3, 12)]


def test_inspectors_are_assigned_to_the_chosen_rows(county: Driver, planned: Campaign) -> None:
    page = page_of(county, planned, "visits")
    choose(county, page.visits.table, 0, 1)
    county.click(page.visits.more)
    pick(county, "Inspectors")
    ask = dialog(county, AskInspectors)
    assert isinstance(ask, AskInspectors)
    words = {box.text(): box for box in ask.boxes.boxes.values()}
    county.click(next(box for text, box in words.items() if text.startswith("沈负责")))
    county.click(ask.ok)
    county.settle()
    people = asked(county, lambda ctx: {one.id: one.name for one in ctx.workspace.people.where()})
    visits = asked(county, lambda ctx: ctx.workspace.visits.where(campaign_id=planned.id))
    named = [[people[key] for key in one.inspectors] for one in visits]
    assert sorted(named) == [["林检查"]] * 3 + [["沈负责"]] * 2


def test_visits_are_taken_out_and_brought_back(county: Driver, planned: Campaign) -> None:
    page = page_of(county, planned, "visits")
    choose(county, page.visits.table, 0, 1)
    county.click(page.visits.more)
    pick(county, "Take out")
    assert page.tabs.buttons["visits"].text() == "Enterprises (3)"
    county.click(following(page.line, "Undo"))
    county.settle()
    assert page.tabs.buttons["visits"].text() == "Enterprises (5)"


def test_several_visits_are_shown_then_drawn_together_and_parted(
    county: Driver, planned: Campaign
) -> None:
    def second(ctx: Context) -> Campaign:
        made = plan_campaign(ctx, name="环保专项", departments=["ecology", "tax"])
        ids = [one.enterprise_id for one in ctx.workspace.visits.where(campaign_id=planned.id)]
        add_enterprises(ctx, campaign_id=made.id, enterprise_ids=ids[:2])
        return made

    other = done(county, second)
    page = page_of(county, planned)
    assert page.next.text() == "See 2 joint visits"
    assert page.cap_line.isVisible()
    county.click(page.next)
    county.settle()
    panel = page.tabs.stack.currentWidget()
    assert isinstance(panel, JointPanel)
    row = panel.rows.all[0]
    assert "第一批 · no day yet" in row.visits.text()
    assert "环保专项" in row.visits.text()
    assert row.becomes.text().endswith("林检查")
    assert "Taxation Bureau" in row.becomes.text()
    county.click(panel.rows.all[1].chosen)
    county.click(panel.draw)
    county.settle()
    assert page.line.text.text() == "1 enterprises are visited once; 1 visits were saved."
    joined = asked(
        county,
        lambda ctx: [
            one.joined_into is not None for one in ctx.workspace.visits.where(campaign_id=other.id)
        ],
    )
    assert sorted(joined) == [False, True]
    county.click(page.tabs.buttons["visits"])
    county.settle()
    model = page.visits.model
    joint = [one.key for one in model.columns].index("joint")
    number = next(place for place in range(model.rowCount()) if model.index(place, joint).data())
    choose(county, page.visits.table, number, number)
    county.click(page.visits.more)
    pick(county, "Take joint visit apart")
    assert page.line.text.text() == "1 visits stand for themselves again."


def test_only_those_over_the_cap_are_shown(county: Driver, planned: Campaign) -> None:
    def second(ctx: Context) -> None:
        made = plan_campaign(ctx, name="复查", from_on=date(2026, 9, 1))
        ids = [one.enterprise_id for one in ctx.workspace.visits.where(campaign_id=planned.id)]
        add_enterprises(ctx, campaign_id=made.id, enterprise_ids=ids[:1])

    done(county, second)
    page = page_of(county, planned)
    assert page.cap.text() == "1 enterprises would be visited more often than the cap."
    county.click(page.cap_only)
    county.settle()
    assert page.visits.count.text() == "1 rows"
    county.click(page.cap_only)
    county.settle()
    assert page.visits.count.text() == "5 rows"


def test_a_row_opens_its_visit_and_the_case_goes_on(county: Driver, planned: Campaign) -> None:
    page = page_of(county, planned, "visits")
    county.type(page.visits.filter, "机械")
    county.settle()
    table = page.visits.table
    table.selectRow(0)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    county.settle()
    case = county.shell.page
    assert isinstance(case, CasePage)
    head = case.work.head
    assert head is not None
    assert head.checkup is not None
    assert head.checkup.campaign_id == planned.id
    state = asked(county, lambda ctx: ctx.workspace.campaigns.get(planned.id).state)
    assert state is CampaignState.RUNNING
    county.go("case", case.place().record_id, "register")
    case = county.shell.page
    assert isinstance(case, CasePage)
    step = case.step_page(CaseStep.REGISTER)
    assert isinstance(step, RegisterStep)
    assert step.campaign.text() == planned.name
    county.click(step.campaign)
    county.settle()
    again = county.shell.page
    assert isinstance(again, CampaignPage)
    assert again.departments.lines[0].progress.total == 5


def test_the_week_is_turned_and_narrowed_and_printed(
    county: Driver, planned: Campaign, tmp_path: Path
) -> None:
    def schedule(ctx: Context) -> None:
        ids = [one.id for one in ctx.workspace.visits.where(campaign_id=planned.id)]
        set_days(ctx, visit_ids=ids[:2], first=ctx.today())
        set_days(ctx, visit_ids=ids[2:3], first=ctx.today() + timedelta(days=7))

    done(county, schedule)
    page = page_of(county, planned, "plan")
    panel = page.tabs.stack.currentWidget()
    assert isinstance(panel, DayPlan)
    county.qtbot.waitUntil(lambda: len(panel.rows) == 2)
    file = tmp_path / "plan.pdf"
    panel.save_to(file)
    county.qtbot.waitUntil(file.exists)
    county.settle()
    printed = flow_of(file.read_bytes())
    assert "入企体检日程表" in printed
    assert "示例机械制造有限公司" in printed
    county.click(panel.after)
    county.settle()
    assert len(panel.rows) == 1
    county.click(panel.this)
    county.settle()
    person = asked(county, lambda ctx: ctx.workspace.people.where(name="沈负责")[0].id)
    panel.inspector.box.setCurrentIndex(
        next(
            place
            for place in range(panel.inspector.box.count())
            if panel.inspector.box.itemText(place).startswith("沈负责")
        )
    )
    panel.inspector.commit()
    county.settle()
    assert panel.inspector.value() == person
    assert panel.rows == []


def test_ending_asks_and_is_taken_up_again(county: Driver, planned: Campaign) -> None:
    page = page_of(county, planned)
    county.click(page.more)
    pick(county, "End the campaign")
    ask = dialog(county, AskFirst)
    assert isinstance(ask, AskFirst)
    county.click(ask.yes)
    county.settle()
    assert page.state.text() == "Ended"
    assert not page.next.isVisible()
    county.click(page.more)
    pick(county, "Take the campaign up")
    assert page.state.text() == "Under way"


def test_deleted_and_brought_back(county: Driver, planned: Campaign) -> None:
    page = page_of(county, planned)
    county.click(page.more)
    pick(county, "Delete")
    ask = dialog(county, AskFirst)
    assert isinstance(ask, AskFirst)
    county.click(ask.yes)
    county.settle()
    assert asked(county, lambda ctx: ctx.workspace.campaigns.count()) == 0
    assert page.line.text.text() == "第一批 was deleted."
    county.click(following(page.line, "Undo"))
    county.settle()
    assert asked(county, lambda ctx: ctx.workspace.visits.count()) == 5


def test_the_register_starts_a_campaign_of_the_chosen_and_of_all_shown(county: Driver) -> None:
    county.go("register", step="enterprises")
    page = county.shell.page
    assert isinstance(page, RegisterPage)
    county.qtbot.waitUntil(page.campaign.isEnabled)
    choose(county, page.enterprises.table, 0, 2)
    county.click(page.campaign)
    pick(county, "The 3 selected: new campaign")
    ask = dialog(county, AskName)
    assert isinstance(ask, AskName)
    QTest.keyClick(ask.name.line, Qt.Key.Key_Return)
    county.settle()
    campaign_page = county.shell.page
    assert isinstance(campaign_page, CampaignPage)
    assert campaign_page.tabs.buttons["visits"].text() == "Enterprises (3)"
    name = campaign_page.name.text()
    county.go("register", step="enterprises")
    page = county.shell.page
    assert isinstance(page, RegisterPage)
    county.type(page.enterprises.filter, "样品")
    county.settle()
    county.click(page.campaign)
    pick(county, f"All 20 shown: into {name}")
    assert page.line.text.text().startswith("1")
    county.click(following(page.line, "To the campaign"))
    county.settle()
    again = county.shell.page
    assert isinstance(again, CampaignPage)
    assert again.tabs.current == "visits"


def test_a_click_on_a_bar_shows_its_visits(county: Driver, planned: Campaign) -> None:
    page = page_of(county, planned)
    QTest.mouseClick(page.carriers, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    county.settle()
    assert page.tabs.current == "visits"
    assert page.visits.count.text() == "1 rows"
    assert page.visits.filters.isVisible()


@pytest.mark.parametrize("person", ["查阅", "顾律师"])
def test_who_may_not_plan_only_looks(county: Driver, planned: Campaign, person: str) -> None:
    key = asked(county, lambda ctx: ctx.workspace.people.where(name=person)[0].id)
    county.window.switch_person(key)
    county.settle()
    county.shell.go(Place("desk"))
    county.settle()
    county.window.rebuild()
    county.settle()
    page = page_of(county, planned)
    assert not page.next.isVisible()
    assert not page.more.isEnabled()
    assert not page.tabs.buttons["choose"].isVisible()
    assert not page.facts.departments.isEnabled()
    county.go("checkups")
    checkups = county.shell.page
    assert isinstance(checkups, CheckupsPage)
    assert not checkups.new.isEnabled()

"""亩均评价 through the window: a new run, bonus, notice, objection by two people, the end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from landsteward.packs.source import Packs
from tests.helpers.grading_office import PACK, YEAR, open_grading_office
from tests.helpers.office import SteppingClock
from tests.helpers.rule_packs import OnePack
from tests.helpers.windows import Driver, english_services
from ui.pages.grading.new import NewGradingPage
from ui.pages.grading.run import GradingPage
from ui.pages.grading.runs import GradingsPage
from ui.pages.grading.score import ScorePage
from ui.pages.register.enterprise import EnterprisePage
from ui.pages.register.figures import FiguresPart

P = TypeVar("P", bound=QWidget)


class Hands:
    """The window over the county of eight, somebody who may grade at work."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        office = open_grading_office(folder)
        self.keys = office.keys
        self.carrier = office.office.carrier.actor.id
        self.clock = SteppingClock()
        office.office.workspace.close()
        services = replace(
            english_services(folder, self.clock),
            packs=OnePack(replace(PACK, wording=Packs().current().wording)),
        )
        self.driver = Driver(qtbot, services)
        self.driver.open(office.office.path, "鲁负责")

    def page(self, kind: type[P]) -> P:
        """The page in front, of this kind."""
        self.driver.settle()
        page = self.driver.shell.page
        assert isinstance(page, kind), page
        return page

    def click(self, widget: QWidget) -> None:
        """A click, and what follows."""
        assert widget.isVisible()
        assert widget.isEnabled()
        self.driver.click(widget)
        self.driver.settle()

    def new_run(self) -> GradingPage:
        """Through the rail to a kept draft."""
        self.click(self.driver.shell.rail.buttons["gradings"])
        self.click(self.page(GradingsPage).new)
        self.click(self.page(NewGradingPage).keep)
        return self.page(GradingPage)

    def names(self, run: GradingPage) -> list[str]:
        """The enterprises in the list, from the top."""
        self.driver.settle()
        model = run.panel.model
        column = [one.key for one in model.columns].index("name")
        return [str(model.index(row, column).data()) for row in range(model.rowCount())]

    def open_score(self, run: GradingPage, name: str) -> ScorePage:
        """A double click on a row."""
        row = self.names(run).index(name)
        table = run.panel.table
        at = table.visualRect(run.panel.model.index(row, 1)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
        return self.page(ScorePage)


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    made = Hands(qtbot, tmp_path)
    made.driver.window.resize(1280, 720)
    yield made
    made.driver.close()


def said(widget: QWidget) -> str:
    """All labels of a widget."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_the_preview_says_who_is_in_scope_and_keeps_nothing(hands: Hands) -> None:
    hands.click(hands.driver.shell.rail.buttons["gradings"])
    runs = hands.page(GradingsPage)
    assert runs.nothing.isVisible()
    hands.click(runs.new)
    page = hands.page(NewGradingPage)
    assert page.year.value() == YEAR
    assert "9 enterprises looked at, 8 in scope, 2 of them cannot be scored" in page.summary.text()
    assert "1 below the threshold, with too little land" in page.summary.text()
    shown = {
        str(page.rows.index(row, 0).data()): str(page.rows.index(row, 2).data())
        for row in range(page.rows.rowCount())
    }
    assert shown["辛"] == "no figures of the year are on record; land is not on record"
    hands.click(hands.driver.shell.rail.buttons["gradings"])
    assert hands.page(GradingsPage).nothing.isVisible(), "a preview keeps nothing"


def test_from_a_draft_to_the_final_grades(hands: Hands) -> None:
    """丁 has 55 of 100 points, rank 4, C; a bonus of 20 lifts it to 75, before 丙 with 70."""
    run = hands.new_run()
    assert hands.names(run)[:5] == list("甲乙丙丁戊")
    assert hands.names(run)[5] == "己", "those below the threshold follow"

    score = hands.open_score(run, "丁")
    assert [cells[-1] for cells in score.lines.cells] == ["15", "40"]
    assert [cells[2:6] for cells in score.lines.cells] == [
        ["3", "12", "0.25", "0.25"],
        ["200", "200", "1", "1"],
    ]
    assert "Rank 4 of 5 in the group Above threshold: C C." in said(score.lines)
    hands.driver.type(score.form.points.line, "20")
    hands.driver.type(score.form.reason.line, "专精特新")
    hands.click(score.form.add)
    assert score.stale.isVisible()
    assert "+20 points" in said(score.marks)

    hands.driver.go("grading", run.place().record_id)
    hands.click(run.notice)
    hands.click(run.notice_card.go)
    assert "Marks were changed" in hands.driver.shell.message.text.text()
    hands.click(run.notice_card.cancel)
    hands.click(run.again)
    assert hands.names(run)[:5] == list("甲乙丁丙戊")

    hands.click(run.notice)
    assert run.notice_card.last.value() == date(2026, 3, 6)
    assert not run.notice.isVisible(), "one filled button at a time"
    hands.click(run.notice_card.go)
    assert run.state.text() == "On public notice"
    assert "notice 2026-03-02 – 2026-03-06" in run.facts.text()

    score = hands.open_score(run, "丙")
    hands.driver.type(score.objections.claim.edit, "请复核用地面积")
    hands.driver.type(score.objections.raised_by.line, "丙厂")
    hands.click(score.objections.record)
    (row,) = score.objections.rows.values()
    answer = row.answer
    assert answer is not None
    hands.click(answer.propose)
    assert answer.grade.wrong, "a grade has to be chosen"
    answer.grade.box.setFocus()
    QTest.keyClicks(answer.grade.box, "A")
    hands.driver.type(answer.text.edit, "面积确有重复")
    hands.click(answer.propose)
    (row,) = score.objections.rows.values()
    assert row.decision is not None
    assert row.decision.approve is None, "not by the same person"
    run_id = run.place().record_id
    second = next(one for one in row.decision.switches.values() if "沈负责" in one.text())
    hands.click(second)
    score = hands.page(ScorePage)
    (row,) = score.objections.rows.values()
    assert row.decision is not None
    assert row.decision.text is not None
    assert row.decision.approve is not None
    hands.driver.type(row.decision.text.edit, "同意")
    hands.click(row.decision.approve)
    assert score.grade.text() == "Grade A"
    assert "Changed after an objection from C to A A." in said(score.lines)

    hands.driver.go("grading", run_id)
    run = hands.page(GradingPage)
    hands.click(run.finish)
    assert "The notice runs until" in run.line.text.text()
    hands.clock.go_to(date(2026, 3, 9))
    hands.click(run.finish)
    assert run.state.text() == "Final"

    hands.driver.go("enterprise", hands.keys["丙"])
    page = hands.page(EnterprisePage)
    assert page.grade.text() == "Grade A"
    part = hands.driver.part("years", FiguresPart)
    hands.driver.settle()
    links = [one for one in part.findChildren(QPushButton) if one.text() == f"{YEAR}: A"]
    hands.click(links[0])
    assert hands.page(ScorePage).name.text() == "丙"


def test_a_final_grading_is_taken_back_with_a_reason(hands: Hands) -> None:
    run = hands.new_run()
    hands.click(run.notice)
    hands.click(run.notice_card.go)
    hands.clock.go_to(date(2026, 3, 9))
    hands.click(run.finish)
    hands.click(run.take_back)
    hands.click(run.reason_card.go)
    assert run.reason_card.reason.wrong, "a reason is needed"
    hands.driver.type(run.reason_card.reason.edit, "税务数据有误")
    hands.click(run.reason_card.go)
    assert run.state.text() == "Taken back"
    assert "税务数据有误" in run.facts.text()
    assert "6 yearly records written back" in run.line.text.text()


def test_the_list_is_narrowed_and_widened(hands: Hands) -> None:
    run = hands.new_run()
    choice = run.filters.choices["grade"]
    choice.box.setFocus()
    QTest.keyClicks(choice.box, "B")
    choice.box.activated.emit(choice.box.currentIndex())
    assert hands.names(run) == ["乙", "丙", "己"]
    hands.driver.type(run.panel.filter, "庚")
    hands.driver.settle()
    assert run.panel.nothing.isVisible()
    hands.click(run.panel.nothing.action)
    assert len(hands.names(run)) == 8, "everything of this run, and of no other"


def test_repeating_says_that_all_is_the_same(hands: Hands) -> None:
    run = hands.new_run()
    hands.click(run.repeat)
    assert "all 8 results are the same" in run.line.text.text()


def test_the_list_is_seen_as_a_pdf_and_saved(hands: Hands, tmp_path: Path) -> None:
    run = hands.new_run()
    hands.click(run.print)
    hands.driver.settle()
    assert run.work.paper is not None
    assert run.work.paper.content.startswith(b"%PDF")
    target = tmp_path / "list.pdf"
    run.work.paper.save_to(target)
    hands.driver.settle()
    assert target.read_bytes() == run.work.paper.content
    run.work.paper.close()


def test_a_draft_is_discarded_after_a_question(hands: Hands) -> None:
    from ui.dialogs.ask import AskFirst

    run = hands.new_run()
    hands.click(run.discard)
    (asked,) = run.findChildren(AskFirst)
    hands.click(asked.yes)
    assert hands.page(GradingsPage).nothing.isVisible()


def test_who_may_not_grade_looks_and_changes_nothing(hands: Hands) -> None:
    run = hands.new_run()
    key = run.place().record_id
    hands.driver.shell.bench.act_as(hands.carrier)
    hands.driver.settle()
    hands.driver.go("gradings")
    assert not hands.page(GradingsPage).new.isEnabled()
    hands.driver.go("grading", key)
    page = hands.page(GradingPage)
    assert not page.notice.isEnabled()
    score = hands.open_score(page, "丁")
    assert not score.form.isVisible()

"""测算 through the window: levers typed, what comes of them, the least taken over, kept, compared,
and taken into a plan.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from landsteward.app.access import set_masked
from landsteward.app.gradings import start_grading
from landsteward.app.plans import draft_plan
from landsteward.app.register import edit_enterprise, edit_parcel, record_year
from landsteward.domain.scenarios import Scenario
from landsteward.domain.sight import Restricted
from landsteward.domain.states import Role, Scale
from landsteward.packs.source import Packs
from tests.helpers.casework import assign, reported
from tests.helpers.grading_office import PACK, YEAR, open_grading_office
from tests.helpers.office import SteppingClock
from tests.helpers.rule_packs import OnePack
from tests.helpers.windows import Driver, english_services
from ui.pages.case.page import CasePage
from ui.pages.case.plan_step import PlanStepPage
from ui.pages.register.enterprise import EnterprisePage
from ui.pages.what_if.page import WhatIfPage

D = Decimal


class Hands:
    """The window over the county of eight and the office's own enterprise, a consultant at work.

    The own one: 40 000 m² = 60 mu, tax 36, revenue 12 000: 3 + 40 = 43 points, rank 5 of 6, C
    (`tests/unit/app/test_scenarios.py`). It has a draft of a plan.
    """

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        county = open_grading_office(folder)
        office = county.office
        self.key = office.enterprise.id
        edit_parcel(office.land_lead, parcel_id=office.parcel.id, ratio_floor_m2=D(30_000))
        edit_enterprise(office.land_lead, enterprise_id=self.key, scale=Scale.ABOVE)
        record_year(
            office.land_lead,
            enterprise_id=self.key,
            year=YEAR,
            tax_wan=D(36),
            revenue_wan=D(12_000),
        )
        start_grading(county.lead, year=YEAR)
        case, (finding,) = reported(office, "start")
        self.case_id = case.id
        assign(office.land_lead, finding)
        draft_plan(office.consultant, case_id=case.id, finding_ids=[finding.id])
        clock = SteppingClock()
        clock.go_to(office.clock.today())
        self.administrator = office.administrator.actor.id
        self.consultant = office.consultant.actor.id
        office.workspace.close()
        services = replace(
            english_services(folder, clock),
            packs=OnePack(replace(PACK, wording=Packs().current().wording)),
        )
        self.driver = Driver(qtbot, services)
        self.driver.open(office.path, "顾律师")

    @property
    def page(self) -> WhatIfPage:
        """The page, which must be in front."""
        self.driver.settle()
        found = self.driver.shell.page
        assert isinstance(found, WhatIfPage), found
        return found

    def type(self, lever: str, text: str) -> None:
        """Type a lever and leave it."""
        line = self.page.levers.rows[lever].field.line
        self.driver.type(line, text, enter=True)
        self.driver.settle()

    def kept(self) -> Scenario | None:
        """The scenario in front."""
        return self.page.scenario

    def verdict(self) -> tuple[str, str, str, str]:
        """Grade now and then, rank, score."""
        card = self.page.verdict
        return (
            card.grade_now.text(),
            card.grade_then.text(),
            card.rank.text(),
            card.score.text(),
        )


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    made = Hands(qtbot, tmp_path)
    made.driver.window.resize(1280, 720)
    yield made
    made.driver.close()


def test_from_a_lever_to_the_plans_expected_effect(hands: Hands) -> None:
    """Tax +144 is 180: 3 a mu, 55 points, ties with 丁 at rank 4, B. Land by itself: 8 728 m².

    30 000 m² of floor on 30 000 m² that remain after 10 000 m² are given up: plot ratio 1.00, the
    supply contract's.
    """
    driver = hands.driver
    driver.go("enterprise", hands.key)
    enterprise = driver.shell.page
    assert isinstance(enterprise, EnterprisePage)
    driver.click(enterprise.what_if)
    assert hands.verdict() == ("Grade C", "Grade C", "5", "43.00")

    # Live, while it is typed: nothing is kept yet.
    page = hands.page
    line = page.levers.rows["tax_wan"].field.line
    line.setFocus()
    QTest.keyClicks(line, "+144")
    assert hands.kept() is None
    assert page.verdict.rank.text() == "5 → 4"
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert hands.verdict() == ("Grade C", "Grade B", "5 → 4", "43.00 → 55.00")
    assert page.levers.rows["tax_wan"].by.text() == "+144\n+400 %"
    kept = hands.kept()
    assert kept is not None, "left, it is kept by itself"
    assert list(page.bar.chips) == [kept.id]

    # What cannot be stands under its field; the figures stay as they were.
    hands.type("land_given_up_m2", "50000")
    assert page.levers.rows["land_given_up_m2"].field.problem.text() == (
        "There is only 40,000 m² to let go."
    )
    hands.type("land_given_up_m2", "10000")
    assert not page.levers.rows["land_given_up_m2"].field.wrong
    ratio = next(one for one in page.limits.cells if one[0] == "Plot ratio as built")
    assert ratio == ["Plot ratio as built", "0.75", "1.00", "≥ 1, supply contract", "newly met"]

    # The least, beside what is set; taken over by its button.
    driver.click(page.levers.clear_all)
    driver.settle()
    assert hands.verdict()[1] == "Grade C"
    driver.click(page.tabs.buttons["least"])
    driver.settle()
    land = page.least.findChild(QPushButton, "land_given_up_m2:B")
    assert land is not None
    driver.click(land)
    driver.settle()
    assert page.levers.values() == {"land_given_up_m2": D(8728)}
    assert hands.verdict()[1:3] == ("Grade B", "5 → 4")
    assert [one.second.value for one in page.pair.shown], "two together are worked out as well"

    # A year more begins with what is set; a second scenario; both side by side.
    driver.click(page.years.more)
    driver.settle()
    hands.type("tax_wan", "60")
    kept = hands.kept()
    assert kept is not None
    assert [one.year for one in kept.stages] == [YEAR + 1, YEAR + 2]
    driver.type(page.bar.name.line, "Less land", enter=True)
    driver.settle()
    driver.click(page.new)
    driver.settle()
    hands.type("tax_wan", "+400%")
    driver.click(page.tabs.buttons["scenarios"])
    then = next(one for one in page.compare.cells if one[0] == "Then")
    assert then[2] == "55 points, rank 4 of 6, grade B"
    assert [chip.text() for chip in page.bar.chips.values()] == ["Less land", "What-if 2"]

    # Removed and brought back.
    gone = [one for one in page.compare.findChildren(QPushButton) if one.text() == "Remove"]
    driver.click(gone[1])
    driver.settle()
    assert len(page.bar.chips) == 1
    driver.click(page.message.action)
    driver.settle()
    assert len(page.bar.chips) == 2

    # Into the plan.
    driver.go("case", hands.case_id, "plan")
    case = driver.shell.page
    assert isinstance(case, CasePage)
    step = case.findChild(PlanStepPage)
    assert step is not None
    step.effect.choice.write(next(iter(page.bar.chips)))
    driver.click(step.effect.take)
    driver.settle()
    assert "grade B" in step.effect.placings.text()
    assert "“Less land”" in step.effect.about.text()
    assert [one.name for one in step.effect.chart.lines][:1] == ["Tax per mu"]
    targets = step._sheet.targets if step._sheet is not None else ()
    assert [(one.year, one.target) for one in targets if one.metric == "tax_per_mu"] == [
        (YEAR + 1, D("0.7675")),
        (YEAR + 2, D("1.2791")),
    ]


def test_whoever_sees_no_taxes_is_told_so_and_shown_no_number(hands: Hands) -> None:
    driver = hands.driver
    driver.window.switch_person(hands.administrator)
    driver.settle()
    driver.window.operations.change(
        driver.window,
        lambda ctx: set_masked(ctx, role=Role.CONSULTANT, kind=Restricted.TAX, masked=True),
    )
    driver.settle()
    driver.window.switch_person(hands.consultant)
    driver.settle()
    driver.go("what_if", hands.key)
    page = hands.page
    assert page.ground is None
    assert not page.empty.isHidden()
    assert "Tax figures are masked for your role" in page.empty.text.text()
    assert page.new.isHidden()
    assert page.loading.isHidden()
